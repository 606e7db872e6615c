"""A drawing with as many rows as a project needs: what the workbook builder and the Word export draw."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jixiao.forms.drawing import NO_ENTRY, Continued, Drawing, FactSpec, Label, Slot
from jixiao.forms.placement import Band, Placement, Spot
from jixiao.grid import Area


class LaidCell(NamedTuple):
    """One cell of the form, given at its top left corner."""

    row: int
    column: int
    row_span: int
    column_span: int
    content: Label | Slot
    outside: bool


class LaidExtra(NamedTuple):
    """A fact right of the print area: where its label and its value (for a column: its rows) stand."""

    spec: FactSpec
    label: Spot
    rows: Sequence[int]
    column: int


class Layout(NamedTuple):
    """``drawn`` names, for each row of the sheet in order, the row of the drawing it came from."""

    drawing: Drawing
    drawn: Sequence[int]
    cells: Sequence[LaidCell]
    extras: Sequence[LaidExtra]
    placement: Placement


def areas(layout: Layout) -> Callable[[int, int], Area]:
    """The merged area that covers a position of a layout."""
    covering = {
        (row, column): Area(cell.row, cell.column, cell.row + cell.row_span - 1, cell.column + cell.column_span - 1)
        for cell in layout.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    return lambda row, column: covering.get((row, column)) or Area(row, column, row, column)


def cells_by_row(layout: Layout) -> Mapping[int, Sequence[LaidCell]]:
    """The cells that begin in each row, from the left."""
    rows: dict[int, list[LaidCell]] = {row: [] for row in range(1, len(layout.drawn) + 1)}
    for cell in layout.cells:
        rows[cell.row].append(cell)
    return rows


def first_rows(drawing: Drawing) -> list[int]:
    """The rows of a new, empty form."""
    return [i for i, row in enumerate(drawing.rows) for _ in range(row.repeat or 1)]


def lay(drawing: Drawing, drawn: Sequence[int], text: Callable[[int, str], str]) -> Layout:
    """Place every cell. ``text(row, fact)`` is what a repeated row will hold; equal neighbours join by it."""
    joins = _Joins(drawing, drawn, text)
    width, height = drawing.width, len(drawn)
    owner: dict[Spot, Spot] = {}
    extent: dict[Spot, list[int]] = {}
    for row in range(1, height + 1):
        for column in range(1, width + 1):
            content = drawing.rows[drawn[row - 1]].cells[column - 1]
            if isinstance(content, Continued) and not content.upward:
                spot = owner[row, column - 1]
            elif joins.upward(row, column):
                spot = owner[row - 1, column]
            else:
                spot = (row, column)
            owner[row, column] = spot
            extent[spot] = [row, column]
    cells = []
    for (row, column), (bottom, right) in extent.items():
        drawn_row = drawing.rows[drawn[row - 1]]
        content = drawn_row.cells[column - 1]
        if not isinstance(content, Continued):
            span = (bottom - row + 1, right - column + 1)
            cells.append(LaidCell(row, column, *span, content, drawn_row.outside))
    bands = _bands(drawing, drawn)
    extras = _extras(drawing, bands)
    return Layout(drawing, drawn, cells, extras, _placement(cells, bands, extras))


class _Joins:
    """Which positions continue the cell above them."""

    def __init__(self, drawing: Drawing, drawn: Sequence[int], text: Callable[[int, str], str]) -> None:
        self.drawing, self.drawn, self.text = drawing, drawn, text

    def upward(self, row: int, column: int) -> bool:
        content = self.drawing.rows[self.drawn[row - 1]].cells[column - 1]
        if isinstance(content, Continued):
            return content.upward
        if row == 1 or self.drawn[row - 1] != self.drawn[row - 2]:
            return False
        if isinstance(content, Label):
            return content.text not in NO_ENTRY
        return content.joined and self._left_joined(row, column) and self._same_text(row, content)

    def _left_joined(self, row: int, column: int) -> bool:
        return column == 1 or self.upward(row, column - 1)

    def _same_text(self, row: int, slot: Slot) -> bool:
        if self.drawing.spec(slot.fact).relation:
            return True
        text = self.text(row, slot.fact)
        return bool(text) and text == self.text(row - 1, slot.fact)


def _bands(drawing: Drawing, drawn: Sequence[int]) -> dict[str, Band]:
    bands = {}
    for name, band in drawing.bands.items():
        rows = [row for row, index in enumerate(drawn, 1) if band.holds(index)]
        bands[name] = Band(rows[0] - 1, rows, rows[-1] + 1, band.columns)
    return bands


def _extras(drawing: Drawing, bands: Mapping[str, Band]) -> list[LaidExtra]:
    singles = [spec for spec in drawing.extras if spec.name.partition(".")[0] not in bands]
    columns = [spec for spec in drawing.extras if spec.name.partition(".")[0] in bands]
    left = drawing.width + 2
    laid = [LaidExtra(spec, (row, left), [row], left + 1) for row, spec in enumerate(singles, 2)]
    for column, spec in enumerate(columns, left + 3):
        band = bands[spec.name.partition(".")[0]]
        laid.append(LaidExtra(spec, (band.header, column), band.rows, column))
    return laid


def _placement(cells: Sequence[LaidCell], bands: Mapping[str, Band], extras: Sequence[LaidExtra]) -> Placement:
    facts = {
        cell.content.fact: (cell.row, cell.column)
        for cell in cells
        if isinstance(cell.content, Slot) and not cell.content.band
    }
    columns = {name: dict(band.columns) for name, band in bands.items()}
    for extra in extras:
        prefix, _, field = extra.spec.name.partition(".")
        if prefix in columns:
            columns[prefix][field] = extra.column
        else:
            facts[extra.spec.name] = (extra.rows[0], extra.column)
    return Placement(facts, {name: band._replace(columns=columns[name]) for name, band in bands.items()})
