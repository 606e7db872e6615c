"""What a rule looks at, written in the names of an evaluation: whether a form has it, and which cells that are.

A need is what a rule holds together, the compared value first, what it is held against behind it::

    funds.*.rate .executed /.budget

``total.score``         one fact; ``goal.*`` the texts of a topic together, ``title`` the heading of the form
``funds.*.rate``        row by row of the fund block; ``details.rate``, ``indicators.score``, ``group1.weight`` likewise
``indicators.score[]``  a whole column at once: what adds up (of ``funds.*`` without the total)
``.executed``           in the row or block of the name before it
``.budget``             the amount that the scheme divides by
``scheme.levels``       a parameter of the scheme; where it is empty the scheme has no such rule
``formulas``            the cells that hold a formula, together
``sums``                the sums the form itself declares and what they add up, together

``/name`` divides and may not be 0; ``name?`` is looked at while it is blank, too; ``(name)`` counts where the form has it.
A form has a need if it has every name of it. A rule with several needs looks at those the form has.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jixiao.evaluation import Evaluation, Group, Stated
from jixiao.evaluation.funds import AMOUNTS
from jixiao.evaluation.indicators import LEVELS
from jixiao.evaluation.stated import filled
from jixiao.law.scheme import Scheme
from jixiao.places import Place

_SCHEME, _TOPIC = "scheme.", ".*"
BUDGET, REVERSE = ".budget", "scheme.reverse"
"""What rules take from a scheme that may differ between those a form may follow."""
_WEIGHTS = frozenset({"weight", *(f"group{level}_weight" for level in LEVELS)})
_NUMBERS = _WEIGHTS.union(AMOUNTS, ("budget", "rate", "score", "sums"))


class Operand(NamedTuple):
    """One name of a need with its marks."""

    name: str
    whole: bool = False
    divides: bool = False
    asked: bool = False  # looked at while blank, too
    spare: bool = False  # counts where the form has it

    @property
    def column(self) -> str:
        return self.name.rpartition(".")[2]

    @property
    def block(self) -> str:
        """The rows it is read from; empty for what a form states once."""
        block = self.name.rpartition(".")[0]
        return block if block in BLOCKS else ""

    @property
    def number(self) -> bool:
        return self.column in _NUMBERS

    @property
    def weight(self) -> bool:
        return self.column in _WEIGHTS


class Need(NamedTuple):
    """What a rule holds together, and the names a form must have for it."""

    text: str
    names: frozenset[str]

    @property
    def operands(self) -> Sequence[Operand]:
        """What is held together, parameters of the scheme left out; a check itself asks for the names alone."""
        return [operand for operand in _operands(self.text) if not operand.name.startswith(_SCHEME)]

    @property
    def by_scheme(self) -> bool:
        return any(name.startswith(_SCHEME) or name.endswith(BUDGET) for name in self.names)

    @property
    def block(self) -> str:
        """The rows it is held against one by one; empty if it is held against the form once."""
        return next((operand.block for operand in self.operands if operand.block and not operand.whole), "")


def need(text: str) -> Need:
    """Read one need."""
    return Need(text, frozenset(name for name, word in _named(text) if "(" not in word))


def _named(text: str) -> Iterator[tuple[str, str]]:
    """The whole name of every word of a need, and the word with its marks."""
    before = ""
    for word in text.split():
        name = word.strip("()/?[]")
        name = before + name if name.startswith(".") else name
        yield name, word
        before = name.rpartition(".")[0]


def _operands(text: str) -> Iterator[Operand]:
    for name, word in _named(text):
        yield Operand(name, "[]" in word, "/" in word, "?" in word, "(" in word)


def names_of(evaluation: Evaluation, scheme: Scheme) -> frozenset[str]:
    """Every name that a form has, blank or not, and the parameters its scheme sets."""
    names = {*evaluation.facts, *map(_pattern, evaluation.facts), *evaluation.columns}
    names.update([f"group{level}.weight" for level in LEVELS if f"indicators.group{level}_weight" in names])
    budget = f".{scheme.execution_denominator}"
    names.update([name.removesuffix(budget) + BUDGET for name in names if name.endswith(budget)])
    names.update([_SCHEME + name for name, value in zip(scheme._fields, scheme, strict=True) if value])
    if evaluation.title:
        names.add("title")
    if evaluation.computes:
        names.add("formulas")
    if evaluation.sums:
        names.add("sums")
    return frozenset(names)


def _pattern(fact: str) -> str:
    """``goal.*`` of ``goal.expected``, ``funds.*.rate`` of ``funds.total.rate``."""
    topic, _, rest = fact.partition(".")
    column = rest.partition(".")[2]
    return f"{topic}.*.{column}" if column else topic + _TOPIC


def cells_of(operand: Operand, row: Any, evaluation: Evaluation, scheme: Scheme) -> list[Stated]:
    """The cells of one operand, in this row where it is read row by row; none where the form does not have it."""
    column = operand.column if operand.column != "budget" else scheme.execution_denominator
    if not operand.block:
        return list(_stated(operand.name.removesuffix(operand.column) + column, evaluation))
    rows = _adding_up(operand.block, evaluation) if operand.whole else [row]
    return [cell for cell in (getattr(row, column) for row in rows) if cell is not None]


def _stated(name: str, evaluation: Evaluation) -> Iterator[Stated]:
    """What a form states once under a name."""
    if name == "title":
        yield Stated(evaluation.title, Place())
    elif name == "formulas":
        yield from _computed(evaluation)
    elif name == "sums":
        yield from _added_up(evaluation)
    elif name.endswith(_TOPIC):
        yield from (cell for fact, cell in evaluation.facts.items() if _pattern(fact) == name)
    else:
        yield from evaluation.cells(name)


def _computed(evaluation: Evaluation) -> list[Stated]:
    return [cell for cell in evaluation.every_cell() if cell.formula is not None]


def _added_up(evaluation: Evaluation) -> Iterator[Stated]:
    for fact, column in evaluation.sums.items():
        if any(map(filled, evaluation.cells(fact))):
            yield from (*evaluation.cells(fact), *evaluation.cells(f"{column}[]"))


def _adding_up(block: str, evaluation: Evaluation) -> Sequence[Any]:
    return [row for row in BLOCKS[block](evaluation) if not getattr(row, "is_total", False)]


def _groups(level: int) -> Callable[[Evaluation], Sequence[Group]]:
    return lambda evaluation: [group for group in evaluation.groups if group.level == level]


BLOCKS: Mapping[str, Callable[[Evaluation], Sequence[Any]]] = {
    "funds.*": lambda evaluation: evaluation.funds,
    "details": lambda evaluation: evaluation.details,
    "indicators": lambda evaluation: evaluation.indicators,
    "group1": _groups(1),
    "group2": _groups(2),
}
"""What is read row by row."""
