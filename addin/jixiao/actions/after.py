"""A document as it will be once changes were written into it."""

from collections.abc import Iterable
from decimal import Decimal

from jixiao.formats import printed
from jixiao.grid import NOT_KNOWN, Cell, Change, Document


def with_changes(document: Document, changes: Iterable[Change]) -> Document:
    """The document with these changes. A formula without a value is one whose result is not known yet."""
    cells = {grid.title: dict(grid.cells) for grid in document.grids}
    for change in changes:
        cells[change.sheet][change.row, change.column] = _cell(change)
    return document.with_grids(lambda grid: grid._replace(cells=cells[grid.title]))


def _cell(change: Change) -> Cell:
    value, formula = change.value, change.formula
    if value is None:
        return Cell("") if formula is None else Cell(NOT_KNOWN, NOT_KNOWN, formula, saved=False)
    if isinstance(value, Decimal):
        return Cell(printed(value, change.number_format), value, formula)
    return Cell(value if isinstance(value, str) else str(value).upper(), value, formula)
