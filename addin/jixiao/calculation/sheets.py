"""The sheets of a document as formulas read them, with a limit to how much is read in all."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from jixiao.calculation.values import ERRORS, Fault, Range, Unknown, Value
from jixiao.grid import Cell, Document, Grid, is_failure

Spot = tuple[str, int, int]
"""A cell: its sheet, as formulas name it in any case, its row and its column."""

LIMIT = 1_000_000
"""How many steps are taken for one document: symbols of formulas, cells read. That takes a second or two."""

_LETTERS_A_STEP = 64


class Needed(Exception):
    """Cells that must be computed first."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        super().__init__(spots)
        self.spots = spots


class Sheets:
    """``formulas`` are those whose results are not known; what comes of them is put into ``results``."""

    def __init__(self, document: Document, formulas: Mapping[Spot, str], names: Mapping[tuple[str, str], str]) -> None:
        self.formulas = formulas
        self.results: dict[Spot, Value | Fault | Unknown] = {}
        self._grids = {grid.title.casefold(): grid for grid in reversed(document.grids)}
        self._names = {(sheet.casefold(), name.upper()): text for (sheet, name), text in names.items()}
        self._rows: dict[str, dict[int, list[int]]] = {}
        self._left = LIMIT

    def spend(self, steps: int) -> None:
        """Count what is done; beyond the limit nothing more is known."""
        self._left -= steps
        if self._left < 0:
            raise Unknown

    def name(self, sheet: str, name: str) -> str:
        """What a defined name of a sheet, or else of the workbook, stands for."""
        found = self._names.get((sheet, name.upper())) or self._names.get(("", name.upper()))
        if found is None:
            raise Unknown
        return found

    def value(self, spot: Spot) -> Value | Fault:
        """What a cell holds; a long text takes its time."""
        found = self._result(spot) if spot in self.formulas else _held(self._grid(spot[0]).at(*spot[1:]))
        if isinstance(found, str):
            self.spend(len(found) // _LETTERS_A_STEP)
        return found

    def _result(self, spot: Spot) -> Value | Fault:
        if spot not in self.results:
            raise Needed([spot])
        result = self.results[spot]
        if isinstance(result, Unknown):
            raise Unknown  # never the kept one: it would remember everybody who asked
        return result

    def filled(self, cells: Range) -> Iterator[Value | Fault]:
        """What the cells of a range hold, column by column, as far as there are any."""
        spots = [(cells.sheet, row, column) for column in self._columns(cells) for row in self._filled(cells, column)]
        missing = [spot for spot in spots if spot in self.formulas and spot not in self.results]
        if missing:
            raise Needed(missing)
        return map(self.value, spots)

    def rows(self, cells: Range) -> list[list[Value | Fault]]:
        """What a range holds, row by row, blanks too; what lies behind the last filled row and column is left out."""
        area = cells.area
        columns = self._columns(cells)
        bottom = max((rows[-1] for column in columns if (rows := self._filled(cells, column))), default=area.top)
        right = max(columns, default=area.left)
        self.spend((bottom - area.top + 1) * (right - area.left + 1))
        list(self.filled(cells))  # all of them at once, where any is still to be computed
        return [
            [self.value((cells.sheet, row, column)) for column in range(area.left, right + 1)]
            for row in range(area.top, bottom + 1)
        ]

    def _grid(self, sheet: str) -> Grid:
        if sheet not in self._grids:
            raise Unknown
        return self._grids[sheet]

    def _index(self, sheet: str) -> dict[int, list[int]]:
        """The filled rows of every column of a sheet."""
        if sheet not in self._rows:
            rows: dict[int, list[int]] = {}
            for row, column in sorted(self._grid(sheet).cells):
                rows.setdefault(column, []).append(row)
            self._rows[sheet] = rows
        return self._rows[sheet]

    def _columns(self, cells: Range) -> list[int]:
        index, area = self._index(cells.sheet), cells.area
        self.spend(min(len(index), cells.width))
        if cells.width < len(index):
            return [column for column in range(area.left, area.right + 1) if column in index]
        return sorted(column for column in index if area.left <= column <= area.right)

    def _filled(self, cells: Range, column: int) -> list[int]:
        rows, area = self._index(cells.sheet)[column], cells.area
        found = rows[bisect_left(rows, area.top) : bisect_right(rows, area.bottom)]
        self.spend(len(found))
        return found


def _held(cell: Cell) -> Value | Fault:
    value = cell.value
    if value is None:
        return None if cell.formula is None else ""
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return float(value)
    if value in ERRORS:
        return Fault(value)
    if cell.formula is not None and is_failure(value):
        raise Unknown  # an error value that not every program knows
    return value
