"""Steps: what an action wrote into a workbook, cell by cell, so that it can be taken back."""

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.grid import BLANK, Cell, Change, Document


class Entry(NamedTuple):
    """One cell: what stood there before, and what was written."""

    before: Change
    after: Change


class Step(NamedTuple):
    """What one action wrote into a workbook; marks leave no entries."""

    button: str
    entries: Sequence[Entry]


CHECKED = Step("check", [])


def step_of(button: str, document: Document, changes: Sequence[Change]) -> Step:
    """The step that these changes to this document will be."""
    return Step(button, [Entry(_before(document, change), change) for change in changes])


def _before(document: Document, change: Change) -> Change:
    cell = cell_of(document, change)
    return change._replace(value=cell.value, formula=cell.formula, old=change.value)


def cell_of(document: Document, change: Change) -> Cell:
    """The cell of a change as it is in this document; blank where its sheet is gone."""
    grid = next((grid for grid in document.grids if grid.title == change.sheet), None)
    return grid.at(change.row, change.column) if grid else BLANK
