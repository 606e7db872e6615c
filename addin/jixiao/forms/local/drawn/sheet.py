"""One form on one grid: as it stands on its sheet; of a Word document the lines above it and its tables, one below the other."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.forms.local import LocalForm
from jixiao.forms.local.lines import Line
from jixiao.forms.placement import Spot
from jixiao.grid import Area, Cell, Grid
from jixiao.places import Place

_FARTHEST = 20  # columns behind the last that says anything: a merged title may run to the end of the sheet


class Sheet(NamedTuple):
    """A grid with the form on it: its rows from the first to the last, and how many columns it takes.

    ``outside`` are the rows above its table. ``numbers`` tells the row of a line by its number.
    """

    grid: Grid
    rows: Sequence[int]
    width: int
    outside: frozenset[int]
    numbers: Mapping[int, int]
    tables: Mapping[tuple[int | None, int], int]  # (table, row) of a Word document -> row
    paragraphs: Mapping[int, int]

    def spot(self, place: Place) -> Spot | None:
        """Where a place of the document is on the grid; None if it is not on it."""
        if place.paragraph is not None:
            row = self.paragraphs.get(place.paragraph)
            return (row, 1) if row else None
        if place.row is None or place.column is None:
            return None
        row = self.tables.get((place.table, place.row)) if place.table is not None else place.row
        return (row, place.column) if row else None


def gathered(form: LocalForm) -> Sheet:
    """The grid of a form."""
    return _on_sheet(form) if form.grid.table is None else _of_tables(form)


def _on_sheet(form: LocalForm) -> Sheet:
    first, last = form.lines[0].number, form.lines[-1].number
    rows = range(first, last + 1)
    heads = {said.line.number for said in form.above if said.line}
    outside = frozenset(_leading(rows, heads, form.grid))
    return Sheet(form.grid, rows, _width(form.lines), outside, {row: row for row in rows}, {}, {})


def _leading(rows: Sequence[int], heads: set[int], grid: Grid) -> list[int]:
    """The rows at the top that only head the table, each with one text: title, year, unit of money, blank ones between."""
    texts = Counter(row for (row, _), cell in grid.cells.items() if cell.text.strip())
    leading: list[int] = []
    for row in rows:
        if texts[row] > 1 or (texts[row] and row not in heads):
            return leading
        leading.append(row)
    return []


def _of_tables(form: LocalForm) -> Sheet:
    above = [said for said in form.above if said.number is not None]
    offset = len(above) + 1 - form.lines[0].number
    width = _width(form.lines)
    cells: dict[Spot, Cell] = {(row, 1): Cell(said.text, said.text) for row, said in enumerate(above, 1)}
    merges = [Area(row, 1, row, width) for row, _ in enumerate(above, 1)]
    tables: dict[tuple[int | None, int], int] = {}
    for line in form.lines:
        tables[line.grid.table, line.row] = line.number + offset
    for grid, shift in _shifts(form.lines, offset):
        inside = {row for table, row in tables if table == grid.table}
        cells |= {(row + shift, column): cell for (row, column), cell in grid.cells.items() if row in inside}
        merges += [
            Area(area.top + shift, area.left, area.bottom + shift, area.right)
            for area in grid.merges
            if area.top in inside
        ]
    numbers = {line.number: line.number + offset for line in form.lines}
    rows = range(1, form.lines[-1].number + offset + 1)
    grid = Grid("", cells, merges, table=form.grid.table, widths=form.grid.widths)
    paragraphs = {said.number: row for row, said in enumerate(above, 1) if said.number is not None}
    return Sheet(grid, rows, width, frozenset(paragraphs.values()), numbers, tables, paragraphs)


def _shifts(lines: Sequence[Line], offset: int) -> list[tuple[Grid, int]]:
    """The tables of a form, and by how many rows each moves down."""
    found = {id(line.grid): (line.grid, line.number + offset - line.row) for line in lines}
    return list(found.values())


def _width(lines: Sequence[Line]) -> int:
    """The last column of a form: that in which its last text stands, and the merged cell it begins."""
    pieces = [piece for line in lines for piece in line.pieces]
    last = max((piece.left for piece in pieces if piece.text), default=1)
    return max((min(piece.right, last + _FARTHEST) for piece in pieces if piece.left <= last), default=last)
