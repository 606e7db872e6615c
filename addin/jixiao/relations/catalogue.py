"""Every named relation, once, whatever the form.

``relation(name, scheme, present, of)`` builds the tree of one relation for one form:

* ``scheme`` decides denominators, grades and formulas;
* ``present`` are the names of the facts the form has, in its order, every cell under one name: where 预算执行率 is a row of
  the indicator table, ``execution.score`` is not among them. What a form does not have is left out;
* ``of`` is the fact being computed. ``funds-sum`` and ``details-sum`` ask for it: its last part is their column; and
  ``as-stated``, which is that fact itself, told by another sheet, and ``in-wan``, the same in 万元.

Behind ``of`` a relation may be told what a form prints and no scheme knows: the rates and the score of execution the column of
funds they divide by (``execution-rate of arrived``), the score its points too (``execution-score of 20 arrived``).

Names beginning with a dot belong to the row or block of that fact: ``.executed`` of ``funds.city.rate`` is
``funds.city.executed``, of a row of indicators it is that row's cell. ``group.weight[]`` are the leaf weights of the rows a
merged weight stands for. A line of 项目汇总 reads the facts of its project's own sheet (``as-stated``), its last line the columns
``projects.funds.total.executed[]`` over all of them.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.figures import unit_of
from jixiao.law.scheme import Scheme
from jixiao.relations.tree import (
    Call,
    Exceeds,
    Fact,
    Number,
    Total,
    Tree,
    WhenScored,
    WithUnit,
    ZeroOverZero,
    fact,
    least,
    rate,
    rounded,
    total,
    weight,
)
from jixiao.wording import workbook as words

BUDGETS = ("adjusted", "arrived", "initial")
"""The columns of funds an execution rate may divide by."""

BY_BUDGET = frozenset(
    {"execution-rate", "execution-rate-or-zero", "execution-rate-in-percent", "execution-score", "surplus-rate"}
)
"""The relations whose argument may name that column."""

_SCORED = ("indicators.weight", "indicators.score")
_WAN = Decimal(10000)  # 项目汇总 counts in 万元
_LARGE = Decimal("0.1")  # 项目汇总 asks whether more than 10 % of a budget is left


class Setting(NamedTuple):
    """What a relation may depend on."""

    scheme: Scheme
    present: Sequence[str]
    of: str
    argument: str = ""

    @property
    def column(self) -> str:
        return self.of.rpartition(".")[2]

    @property
    def budget(self) -> str:
        """The column of funds a rate divides by: the one the form prints, else the scheme's."""
        return next((word for word in self.argument.split() if word in BUDGETS), self.scheme.execution_denominator)

    @property
    def points(self) -> Decimal | None:
        """The points the form prints in its rule: 得分（20分×执行率）."""
        return next((Decimal(word) for word in self.argument.split() if is_points(word)), None)


def relation(name: str, scheme: Scheme, present: Iterable[str] = (), of: str = "") -> Tree:
    """The tree of a named relation for one form, its argument behind ``of``. Raises KeyError for an unknown name."""
    name, _, argument = name.partition(" of ")
    return RELATIONS[name](Setting(scheme, tuple(present), of, argument))


def is_points(word: str) -> bool:
    """Whether a word of an argument is a number of points: 20, 7.5."""
    whole, _, part = word.partition(".")
    return word.isascii() and whole.isdecimal() and (part.isdecimal() or "." not in word)


def _execution_rate(setting: Setting) -> Tree:
    return rate(fact(".executed") / fact(f".{setting.budget}"))


def _execution_rate_in_percent(setting: Setting) -> Tree:
    """The rate under a heading that carries the percent sign: 99.83 under 执行率（%）."""
    return rounded(fact(".executed") / fact(f".{setting.budget}") * 100, 2)


def _execution_rate_or_zero(setting: Setting) -> Tree:
    """Ruling 11: "0.00 % only where the form itself prints it beside 0.00"."""
    return rate(ZeroOverZero(fact(".executed"), fact(f".{setting.budget}")))


def _execution_score(setting: Setting) -> Tree:
    executed, budget = fact("funds.total.executed"), fact(f"funds.total.{setting.budget}")
    points = weight("execution.weight") if setting.points is None else Number(setting.points)
    return rounded(points * least(1, executed / budget), 2)


def _arrival_rate(setting: Setting) -> Tree:
    return rate(fact("funds.total.arrived") / fact("funds.total.initial"))


def _saving_rate(setting: Setting) -> Tree:
    plan, spent = fact("funds.total.initial"), fact("funds.total.executed")
    return rate((plan - spent) / plan)


def _surplus_rate(setting: Setting) -> Tree:
    budget = fact(f".{setting.budget}")
    return rate((budget - fact(".executed")) / budget)


def _large_surplus(setting: Setting) -> Tree:
    return Exceeds(fact(".surplus"), _LARGE, words.OVER_TEN, words.NOT_OVER_TEN)


def _as_stated(setting: Setting) -> Tree:
    return fact(setting.of)


def _in_wan(setting: Setting) -> Tree:
    """An amount counted in the unit of the argument, exactly, in 万元."""
    _, scale = unit_of(setting.argument) or ("", _WAN)
    amount = fact(setting.of)
    if scale == _WAN:
        return amount
    return amount * int(scale / _WAN) if scale > _WAN else amount / int(_WAN / scale)


def _indicator_score(setting: Setting) -> Tree:
    nature = fact(".nature") if "indicators.nature" in setting.present else None
    return Call("PERF_SCORE", (_target(setting), fact(".actual"), fact(".weight"), nature), setting.scheme)


def _completion(setting: Setting) -> Tree:
    return Call("PERF_COMPLETION", (fact(".actual"), _target(setting)), setting.scheme)


def _target(setting: Setting) -> Fact | WithUnit:
    target = fact(".target")
    return WithUnit(target, fact(".unit")) if "indicators.unit" in setting.present else target


def _funds_sum(setting: Setting) -> Total:
    sources = [
        name
        for name in setting.present
        if name.startswith("funds.") and name.endswith(f".{setting.column}") and name != f"funds.total.{setting.column}"
    ]
    return total(*sources)


def _funds_sum_exact(setting: Setting) -> Tree:
    """With all its places: local forms print amounts with up to six, which is 0.01元 in 万元."""
    return Total(_funds_sum(setting).addends, places=6)


def _details_sum(setting: Setting) -> Tree:
    return total(f"details.{setting.column}[]")


def _sum(setting: Setting) -> Tree:
    return total(f"{setting.argument}[]")


def _group_weight(setting: Setting) -> Tree:
    return total("group.weight[]")


def _over_indicators(column: str) -> Callable[[Setting], Total]:
    def build(setting: Setting) -> Total:
        execution = f"execution.{column}"
        return total(f"indicators.{column}[]", *([execution] if execution in setting.present else []))

    return build


def _weight_diff(setting: Setting) -> Tree:
    return Call("PERF_WEIGHT_DIFF", (fact("total.weight"),), setting.scheme)


def _grade(setting: Setting) -> Tree:
    """Ruling 14: open while a weighted indicator has no score."""
    graded, weights, scores = Call("PERF_GRADE", (fact("total.score"),), setting.scheme), *_SCORED
    if not set(_SCORED) & set(setting.present):
        return graded
    return WhenScored(graded, fact(f"{weights}[]"), fact(f"{scores}[]"))


RELATIONS: Mapping[str, Callable[[Setting], Tree]] = {
    "execution-rate": _execution_rate,
    "execution-rate-in-percent": _execution_rate_in_percent,
    "execution-rate-or-zero": _execution_rate_or_zero,
    "execution-score": _execution_score,
    "arrival-rate": _arrival_rate,
    "saving-rate": _saving_rate,
    "surplus-rate": _surplus_rate,
    "large-surplus": _large_surplus,
    "as-stated": _as_stated,
    "in-wan": _in_wan,
    "indicator-score": _indicator_score,
    "completion": _completion,
    "funds-sum": _funds_sum,
    "funds-sum-exact": _funds_sum_exact,
    "details-sum": _details_sum,
    "sum": _sum,
    "group-weight": _group_weight,
    "group1-total": _over_indicators("group1_weight"),
    "group2-total": _over_indicators("group2_weight"),
    "weights-total": _over_indicators("weight"),
    "scores-total": _over_indicators("score"),
    "weight-diff": _weight_diff,
    "grade": _grade,
}
