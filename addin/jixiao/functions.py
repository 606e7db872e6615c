"""The PERF_* functions: one table for cells of every host, help pages and tests.

Blank in, blank out: with a blank argument (None or "", a dash for a number) a function answers None, except that a blank
optional argument takes its default. A rate over 0 is blank, too: ruling 11 calls it no error of the user's. Wrong input raises
a ``CellError``, which a host turns into a real error value of the cell: a text for a number, negative points, an unknown
scheme or tier. Numbers may be Decimal, int, float or text (``１００``, ``99.83%``); ranges are nested sequences. Numbers come
back as Decimal, rounded as Excel's ROUND; rates are fractions.
"""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import wraps
from typing import Any, NamedTuple

from jixiao.errors import Refusal
from jixiao.figures import DASHES, ZERO, bare, from_float, parse, rounded
from jixiao.law import DEFAULT, Scheme, grades, scoring
from jixiao.law import scheme as scheme_of
from jixiao.law.explaining import explained
from jixiao.law.measures import measure
from jixiao.wording import function_help as wording

Answer = Decimal | str | None
_RANGE = (list, tuple)  # not Sequence: asking an abstract class costs more than reading the cell


class CellError(Exception):
    """An error value of a cell."""

    code = "#VALUE!"


class ValueInvalid(CellError):
    """An argument of the wrong kind, or outside what the function knows."""


class _NothingStated(Exception):
    """A dash where a number belongs: as good as blank."""


class NotAvailable(CellError):
    """A look-up that finds nothing: an unknown scheme or tier."""

    code = "#N/A"


class Argument(NamedTuple):
    """One argument: its Chinese name, a line of help, and whether it may be left out or is a range."""

    name: str
    help: str
    optional: bool = False
    range: bool = False


class Function(NamedTuple):
    """One function of the table."""

    name: str
    call: Callable[..., Answer]
    description: str
    arguments: Sequence[Argument]
    category: str = wording.CATEGORY


FUNCTIONS: dict[str, Function] = {}
"""All functions by name, in the order a user meets them."""


def _listed(arguments: str) -> Callable[[Callable[..., Answer]], Callable[..., Answer]]:
    """Put a function into the table; ``arguments`` as in a help line: ``总分,[方案]``. 区域 at the end of a name is a range."""

    def enter(function: Callable[..., Answer]) -> Callable[..., Answer]:
        listed = [
            Argument(name, wording.HELP[name], word.startswith("["), name.endswith("区域"))
            for word in arguments.split(",")
            for name in [word.strip("[]")]
        ]

        @wraps(function)
        def call(*values: Any) -> Answer:
            return _answered(function, listed, values)

        FUNCTIONS[function.__name__] = Function(
            function.__name__, call, wording.DESCRIPTIONS[function.__name__], listed
        )
        return call

    return enter


def _answered(function: Callable[..., Answer], arguments: Sequence[Argument], values: Sequence[Any]) -> Answer:
    required = sum(not argument.optional for argument in arguments)
    if not required <= len(values) <= len(arguments):
        raise ValueInvalid(f"{function.__name__} takes {required} to {len(arguments)} arguments")
    cells = [value if argument.range else _cell(value) for argument, value in zip(arguments, values, strict=False)]
    if any(cell is None and not argument.optional for argument, cell in zip(arguments, cells, strict=False)):
        return None
    try:
        return function(*cells)
    except _NothingStated:
        return None
    except (KeyError, Refusal) as error:
        raise NotAvailable(str(error)) from error
    except (ValueError, ArithmeticError) as error:
        raise ValueInvalid(str(error)) from error


# ---- grades and scores


@_listed("总分,[方案]")
def PERF_GRADE(total: Any, scheme: Any = None) -> Answer:
    return grades.grade(_number(total), _scheme(scheme))


@_listed("指标值,完成值,分值,[性质],[方案]")
def PERF_SCORE(target: Any, actual: Any, weight: Any, nature: Any = None, scheme: Any = None) -> Answer:
    return scoring.score(target, actual, _number(weight), _text(nature), _scheme(scheme))


@_listed("执行数,预算数")
def PERF_EXEC_RATE(executed: Any, budget: Any) -> Answer:
    return scoring.rate(_number(executed), _number(budget))


@_listed("执行数,预算数,[分值],[方案]")
def PERF_EXEC_SCORE(executed: Any, budget: Any, weight: Any = None, scheme: Any = None) -> Answer:
    customary = _scheme(scheme).execution_weight
    points = customary if weight is None else _number(weight)
    if points is None:
        raise ValueError("this scheme has no customary weight of the execution rate")
    return scoring.execution_score(_number(executed), _number(budget), points)


@_listed("到位数,预算数")
def PERF_ARRIVAL_RATE(arrived: Any, budget: Any) -> Answer:
    return scoring.rate(_number(arrived), _number(budget))


@_listed("档次,分值,得分")
def PERF_TIER_CHECK(tier: Any, weight: Any, score: Any) -> Answer:
    chosen = scoring.tier(_text(tier), scheme_of(DEFAULT))
    points = _number(weight)
    if scoring.tier_allows(chosen, points, _number(score)):
        return wording.TIER_KEPT
    return wording.tier_broken(chosen.name, scoring.tier_bounds(chosen, points), chosen.most == 1)


@_listed("满意度,指标值,分值,[方案]")
def PERF_SATISFACTION_SCORE(satisfaction: Any, target: Any, weight: Any, scheme: Any = None) -> Answer:
    return scoring.satisfaction_score(satisfaction, target, _number(weight), _scheme(scheme))


@_listed("分值区域,[应有合计]")
def PERF_WEIGHT_DIFF(weights: Any, expected: Any = None) -> Answer:
    numbers = list(map(scoring.not_negative, _numbers(weights)))
    if not numbers:
        return None
    whole = Decimal(100) if expected is None else scoring.not_negative(_number(expected))
    return rounded(sum(numbers, ZERO) - whole, 2)


# ---- rates


@_listed("完成值,指标值")
def PERF_COMPLETION(actual: Any, target: Any) -> Answer:
    return scoring.completion(actual, target)


@_listed("指标值,完成值")
def PERF_DEVIATION(target: Any, actual: Any) -> Answer:
    return scoring.deviation(target, actual)


@_listed("本年,上年")
def PERF_GROWTH(this_year: Any, last_year: Any) -> Answer:
    """Ruling 11: "growth from zero is 不可比 in a rate's place"; where nothing stands in either year there is no growth."""
    now, before = _number(this_year), _number(last_year)
    return scoring.rate(now - before, before) if before or not now else wording.NOT_COMPARABLE


@_listed("部分,总数")
def PERF_SHARE(part: Any, whole: Any) -> Answer:
    return scoring.rate(_number(part), _number(whole))


@_listed("计划成本,实际成本")
def PERF_SAVING_RATE(plan: Any, spent: Any) -> Answer:
    planned = _number(plan)
    return scoring.rate(planned - _number(spent), planned)


# ---- rubrics and surveys


@_listed("值,满分线,零分线,分值")
def PERF_BAND_SCORE(value: Any, full: Any, zero: Any, weight: Any) -> Answer:
    return scoring.band_score(_number(value), _number(full), _number(zero), _number(weight))


@_listed("值,满分线,步长,每步扣分,分值")
def PERF_STEP_SCORE(value: Any, full: Any, step_size: Any, cut: Any, weight: Any) -> Answer:
    return scoring.step_score(_number(value), _number(full), _number(step_size), _number(cut), _number(weight))


@_listed("份数区域,分值区域,有效份数")
def PERF_SURVEY_SCORE(counts: Any, points: Any, valid: Any) -> Answer:
    copies, marks = list(_cells(counts)), list(_cells(points))
    if _blank(copies) or _blank(marks):
        return None
    return scoring.survey_score([*map(_amount, copies)], [*map(_amount, marks)], _number(valid))


# ---- words and units


@_listed("元")
def PERF_WAN(yuan: Any) -> Answer:
    return rounded(_number(yuan).scaleb(-4), 2)


@_listed("指标值,完成值,分值,[性质],[方案]")
def PERF_EXPLAIN(target: Any, actual: Any, weight: Any, nature: Any = None, scheme: Any = None) -> Answer:
    points, rules = _number(weight), _scheme(scheme)
    found = scoring.scored(measure(target), measure(actual), points, _text(nature), rules)
    return explained(found, points, rules.reverse)


# ---- what stands in a cell


def _cell(value: Any) -> Answer:
    """A single cell: Decimal, text, or None for a blank. A range of one cell counts as that cell."""
    match value:
        case float():  # first: what nearly every cell of a spreadsheet holds
            number = from_float(value)
        case None:
            return None
        case str():
            return bare(value) or None
        case bool():
            raise ValueInvalid("neither number nor text")
        case Decimal() | int():
            number = Decimal(value)
        case [one]:
            return _cell(one)
        case _:
            raise ValueInvalid(f"neither number nor text: {value!r}")
    if not number.is_finite():
        raise ValueInvalid("not a finite number")
    return number


def _cells(value: Any) -> Iterator[Answer]:
    """The cells of a range, row by row."""
    for part in value if isinstance(value, _RANGE) else [value]:
        if isinstance(part, _RANGE):
            yield from _cells(part)
        else:
            yield _cell(part)


def _numbers(value: Any) -> Iterator[Decimal]:
    """The numbers of a range; blanks and dashes are left out."""
    return (_number(cell) for cell in _cells(value) if isinstance(cell, Decimal) or (cell and cell not in DASHES))


def _number(cell: Answer) -> Decimal:
    if isinstance(cell, Decimal):
        return cell
    figure = parse(cell or "")
    if figure is None and cell in DASHES:
        raise _NothingStated
    if figure is None:
        raise ValueError(f"not a number: {cell!r}")
    return figure.value


def _blank(cells: Sequence[Answer]) -> bool:
    return all(cell is None for cell in cells)


def _amount(cell: Answer) -> Decimal:
    return ZERO if cell is None else _number(cell)


def _text(cell: Answer) -> str:
    return "" if cell is None else str(cell)


def _scheme(cell: Answer) -> Scheme:
    return scheme_of(_text(cell) or DEFAULT)
