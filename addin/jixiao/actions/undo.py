"""撤销: put back what a step wrote, cell by cell, unless somebody has worked on the cell since."""

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.actions.plan import Marking, Plan, Remark
from jixiao.actions.steps import CHECKED, Entry, Step, cell_of
from jixiao.errors import Refusal
from jixiao.findings import Severity
from jixiao.forms.workings import normal_form, shows
from jixiao.grid import Cell, Change, Document, Grid
from jixiao.places import address
from jixiao.wording import actions as words
from jixiao.wording.workbook import RESULTS

MOST_NAMED = 12
_SEVERITIES = {severity.word for severity in Severity}


class Undoing(NamedTuple):
    """What to write back, and the cells that somebody changed since: those stay."""

    changes: Sequence[Change]
    kept: Sequence[Change]


def plan(document: Document, steps: Sequence[Step]) -> Plan:
    """Take back the newest step that stands in the document; newer ones, which were never saved into it, are forgotten.

    ``steps`` is the history of the workbook, the newest last. Raises Refusal if no step stands in it, or if no cell of
    that step is as it was written.
    """
    for forgets, step in enumerate(reversed(steps), 1):
        if _stands(document, step):
            return _plan(document, step, forgets)
    raise Refusal(words.NOTHING_TO_UNDO)


def _plan(document: Document, step: Step, forgets: int) -> Plan:
    if step == CHECKED:
        return Plan(document, words.MARKS_UNDONE, marking=Marking(), forgets=forgets)
    undoing = undo(document, step)
    cells = [f"{change.sheet} {address(change.row, change.column)}" for change in undoing.kept]
    if not undoing.changes:
        raise Refusal(words.NOT_UNDONE.format(lines="\n".join(cells[:MOST_NAMED])))
    remarks = [Remark(words.KEPT.format(count=len(cells)), cells)] if cells else []
    return Plan(
        document, words.UNDONE.format(count=len(undoing.changes)), undoing.changes, forgets=forgets, remarks=remarks
    )


def _stands(document: Document, step: Step) -> bool:
    """Whether a step ever came into this document: else every cell is still as it was before."""
    if step == CHECKED:
        return any(_lists_findings(grid) for grid in document.grids if grid.title == RESULTS)
    return not all(_untouched(document, entry) for entry in step.entries)


def _lists_findings(results: Grid) -> bool:
    return any(column == 1 and cell.value in _SEVERITIES for (_, column), cell in results.cells.items())


def _untouched(document: Document, entry: Entry) -> bool:
    known = any(grid.title == entry.before.sheet for grid in document.grids)
    return known and _holds(cell_of(document, entry.before), entry.before)


def undo(document: Document, step: Step) -> Undoing:
    """The changes that take a step back."""
    changes: list[Change] = []
    kept: list[Change] = []
    for before, after in step.entries:
        untouched = _holds(cell_of(document, after), after)
        (changes if untouched else kept).append(before)
    return Undoing(changes, kept)


def _holds(cell: Cell, written: Change) -> bool:
    if written.formula is None or cell.formula is None:
        return written.formula == cell.formula and shows(cell.value, written.value)
    return normal_form(cell.formula) == normal_form(written.formula)
