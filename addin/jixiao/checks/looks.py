"""What a rule finds to look at on a form: for each of its needs the cells it holds together, and whether they are sound.

Findings do not tell this: a rule is silent where all is well, and where there is nothing to compare. Only the list of
rules asks; ``check`` itself never does.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from jixiao.checks.needs import BLOCKS, Operand, cells_of
from jixiao.checks.rule import Rule
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.stated import answered, failed, filled
from jixiao.figures import ZERO
from jixiao.findings import where
from jixiao.law.scheme import Scheme
from jixiao.wording import rulings as words


class Look(NamedTuple):
    """Cells that a rule holds together. ``doubt`` says why it cannot; it is empty where they are compared."""

    cells: Sequence[Stated]
    doubt: str = ""


class _Part(NamedTuple):
    """One operand of a need, and its cells."""

    operand: Operand
    cells: Sequence[Stated]

    @property
    def shown(self) -> bool:
        return any(map(answered, self.cells))

    @property
    def there(self) -> bool:
        """Whether something is stated or a formula is to state it; where a cell is asked for, whether there is one."""
        return any(self.operand.asked or answered(cell) or cell.formula is not None for cell in self.cells)

    @property
    def preset(self) -> bool:
        """Whether the form itself may have filled it in: a printed weight, the note in a cell for reasons."""
        return self.operand.weight or self.operand.asked


def looks(rule: Rule, evaluation: Evaluation, scheme: Scheme, unknown: str = "") -> Iterator[Look]:
    """Everything a rule holds together on a form; ``unknown`` is said wherever that takes a scheme which nobody knows."""
    for need in rule.needs:
        rows: Sequence[Any] = BLOCKS[need.block](evaluation) if need.block else [evaluation]
        for row in rows:
            parts = [_Part(operand, cells_of(operand, row, evaluation, scheme)) for operand in need.operands]
            speaks = _due(parts) and (rule.where is None or rule.where(row, scheme))
            if speaks is not False:
                doubt = unknown if need.by_scheme else ""
                yield Look(_looked_at(parts), doubt or _doubt(parts) or _untold(parts, speaks))


def _due(parts: Sequence[_Part]) -> bool:
    """Whether there is something to compare.

    Where a formula still has no result, somebody must have stated something: on a fresh form all wait for all.
    """
    needed = [part for part in parts if not part.operand.spare]
    waiting = not all(part.shown or part.operand.asked for part in needed)
    return all(part.there for part in needed) and any(part.shown for part in needed if not (waiting and part.preset))


def _looked_at(parts: Sequence[_Part]) -> list[Stated]:
    return [cell for part in parts for cell in part.cells if part.operand.asked or filled(cell)]


def _doubt(parts: Sequence[_Part]) -> str:
    """Where the first unsound operand stands, and what is the matter with it."""
    flaws = ((cell, _flaw(cell, part.operand)) for part in parts for cell in part.cells)
    return next((where([cell.place]) + flaw for cell, flaw in flaws if flaw), "")


def _flaw(cell: Stated, operand: Operand) -> str:
    """Why a cell cannot be compared; empty if it can, or if it is blank."""
    if cell.sure < 1 and filled(cell):
        return words.UNSURE
    if failed(cell) or _waits(cell, operand):
        return words.NO_RESULT
    if not operand.number or not filled(cell):
        return ""
    if cell.figure is None:
        return words.NO_NUMBER
    if cell.figure.value < 0:
        return words.NEGATIVE
    return words.ZERO if operand.divides and cell.figure.interval.holds(ZERO) else ""


def _waits(cell: Stated, operand: Operand) -> bool:
    """Whether a formula is still to give what is compared. Of several texts those are compared that are there."""
    several = operand.whole or operand.name.endswith("*") or operand.name == "formulas"
    pending = cell.formula is not None and not filled(cell)
    return pending and not operand.asked and (operand.number or not several)


def _untold(parts: Sequence[_Part], speaks: bool | None) -> str:
    """What is said where a rule cannot tell whether it speaks of a row."""
    cells = _looked_at(parts)
    return where([cells[0].place]) + words.NOT_TOLD if speaks is None else ""
