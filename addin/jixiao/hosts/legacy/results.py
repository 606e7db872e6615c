"""Formulas that were saved without a result are worked out, as in workbooks of today."""

from collections.abc import Mapping
from decimal import Decimal

from jixiao.formats import NumberFormat
from jixiao.grid import NOT_KNOWN, Cell, Document, Grid, Value

MOST = 5_000
"""Formulas of one file that are worked out; of more none is known."""


def unsaved(formula: str) -> Cell:
    """A cell whose formula was saved without a result."""
    return Cell(NOT_KNOWN, NOT_KNOWN, formula, saved=False)


def with_results(document: Document, formats: Mapping[tuple[str, int, int], NumberFormat], from_1904: bool) -> Document:
    """The document with the results of its unsaved cells, as far as they can be told; ``formats`` are those of all of them."""
    if not 0 < len(formats) <= MOST:
        return document
    from jixiao.calculation import results  # few files need it

    found = results(document, {})

    def completed(grid: Grid) -> Grid:
        known = {
            spot: _shown(cell, found[grid.title, *spot], formats[grid.title, *spot], from_1904)
            for spot, cell in grid.cells.items()
            if not cell.saved and (grid.title, *spot) in found
        }
        return grid._replace(cells={**grid.cells, **known})

    return document.with_grids(completed)


def _shown(cell: Cell, value: Value, number_format: NumberFormat, from_1904: bool) -> Cell:
    if isinstance(value, Decimal):
        return cell._replace(text=number_format.number(value, from_1904), value=value)
    if isinstance(value, bool):
        return cell._replace(text="TRUE" if value else "FALSE", value=value)
    return cell._replace(text=value or "", value=value or None)
