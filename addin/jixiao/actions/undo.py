"""撤销: put back what a button wrote, cell by cell, unless somebody has worked on the cell since."""

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.forms.workings import normal_form, shows
from jixiao.grid import BLANK, Cell, Change, Document


class Entry(NamedTuple):
    """One cell: what stood there before, and what was written."""

    before: Change
    after: Change


class Step(NamedTuple):
    """What one press of a button wrote; marks leave no entries."""

    button: str
    entries: Sequence[Entry]


CHECKED = Step("check", [])


class Undoing(NamedTuple):
    """What to write back, and the cells that somebody changed since: those stay."""

    changes: Sequence[Change]
    kept: Sequence[Change]


def step_of(button: str, document: Document, changes: Sequence[Change]) -> Step:
    """The step that these changes to this document will be."""
    return Step(button, [Entry(_before(document, change), change) for change in changes])


def undo(document: Document, step: Step) -> Undoing:
    """The changes that take a step back."""
    changes: list[Change] = []
    kept: list[Change] = []
    for before, after in step.entries:
        untouched = _holds(_cell(document, after), after)
        (changes if untouched else kept).append(before)
    return Undoing(changes, kept)


def _before(document: Document, change: Change) -> Change:
    cell = _cell(document, change)
    return change._replace(value=cell.value, formula=cell.formula, old=change.value)


def _cell(document: Document, change: Change) -> Cell:
    grid = next((grid for grid in document.grids if grid.title == change.sheet), None)
    return grid.at(change.row, change.column) if grid else BLANK


def _holds(cell: Cell, written: Change) -> bool:
    if written.formula is None or cell.formula is None:
        return written.formula == cell.formula and shows(cell.value, written.value)
    return normal_form(cell.formula) == normal_form(written.formula)
