"""Blocks of cells: read and written whole, in a number of calls that does not depend on their size."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from jixiao.errors import Refusal
from jixiao.figures import parse
from jixiao.hosts.libreoffice.bridge import Denied, Live
from jixiao.hosts.libreoffice.partial import Partial
from jixiao.hosts.libreoffice.spreadsheet import Spreadsheet
from jixiao.hosts.libreoffice.values import HIDDEN_TAB, CellError, error_of, moment, shown, text_of, typed
from jixiao.places import letters
from jixiao.wording import calc as words

_FORMAT = "NumberFormat"
_DATE = 2  # com.sun.star.util.NumberFormat
_DATES = 2  # com.sun.star.sheet.CellFlags: constants that are dates or times; dates of formulas are told by their texts
_DATE_SHOWN = re.compile(r"\d\s?[-/:年月]\s?\d")
_TRUTH = {"TRUE": True, "FALSE": False}
_TRUTH_FORMULAS = {f"={word}()": word for word in _TRUTH}  # what Calc makes of a truth value in an .xlsx


class FormatGroup(NamedTuple):
    """Cells that look alike: where they are, and the key of their number format."""

    cells: Live
    format: int

    def areas(self) -> Sequence[Any]:
        areas: Sequence[Any] = self.cells.getRangeAddresses()
        return areas

    def is_plain(self) -> bool:
        """Whether the format is that of their style, and none of the cells' own: blank cells with one are saved, others are not."""
        return bool(self.cells.getPropertyState(_FORMAT).value == "DEFAULT_VALUE")


def format_groups(cells: Live) -> Iterator[FormatGroup]:
    """A range by the looks of its cells: as many groups as there are looks, however many cells."""
    groups = cells.getUniqueCellFormatRanges()
    for number in range(groups.getCount()):
        group = groups.getByIndex(number)
        yield FormatGroup(group, group.getPropertyValue(_FORMAT))


class Range(Partial):
    """A rectangle of cells, counted from 1."""

    sheet: Any
    row: int
    column: int
    shape: tuple[int, int]
    options: Mapping[str, Any] = {}  # xlwings notes down here how it reads
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Any, spreadsheet: Spreadsheet, top: int, left: int, bottom: int, right: int) -> None:
        self.sheet, self.row, self.column = sheet, top, left
        self.shape = bottom - top + 1, right - left + 1
        self._spreadsheet = spreadsheet

    @cached_property
    def api(self) -> Live:
        """The range of the office."""
        left, top = self.column - 1, self.row - 1
        corners = left, top, left + self.shape[1] - 1, top + self.shape[0] - 1
        cells: Live = self.sheet.api.getCellRangeByPosition(*corners)
        return cells

    @property
    def address(self) -> str:
        first = f"${letters(self.column)}${self.row}"
        last = f"${letters(self.column + self.shape[1] - 1)}${self.row + self.shape[0] - 1}"
        return first if first == last else f"{first}:{last}"

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    def __call__(self, row: int, column: int | None = None) -> "Range":
        """A cell of the block, counted from 1; with one number row by row."""
        if column is None:
            above, before = divmod(row - 1, self.shape[1])
            row, column = above + 1, before + 1
        at = self.row + row - 1, self.column + column - 1
        return Range(self.sheet, self._spreadsheet, *at, *at)

    # ---- number formats

    @property
    def number_format(self) -> str | None:
        """The code in Excel's notation; None where the cells differ."""
        keys = {group.format for group in format_groups(self.api)}
        codes = {self._spreadsheet.code_of_format(key) for key in keys}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        with self._spreadsheet.rows_as_high():
            self.api.setPropertyToDefault(_FORMAT)
            if self.number_format != code:
                self.api.setPropertyValue(_FORMAT, self._spreadsheet.key_of_format(code))

    # ---- what one sees in the formula bar, and types there

    @property
    def formula(self) -> Any:
        """Formulas in Excel's notation, constants as they would be typed; a single cell bare."""
        entries, values = self.api.getFormulaArray(), self._data()
        rows = tuple(tuple(map(self._entry, *both)) for both in zip(entries, values, strict=True))
        return rows[0][0] if len(self) == 1 else rows

    @formula.setter
    def formula(self, entries: Any) -> None:
        rows = entries if isinstance(entries, list | tuple) else [[entries]]
        if (len(rows), len(rows[0])) != self.shape:
            raise NotImplementedError("LibreOffice engine: one formula for many cells")
        with nullcontext() if any(map(_is_text, chain(*rows))) else self._spreadsheet.rows_as_high():
            self._write(rows)

    def _entry(self, entry: str, value: Any) -> str:
        if entry in _TRUTH_FORMULAS:
            return _TRUTH_FORMULAS[entry]
        if entry.startswith(("=", "{=")) and entry != value:
            return self._spreadsheet.notation.to_excel(entry[1:-1] if entry[0] == "{" else entry)
        return shown(value)

    def _write(self, rows: Sequence[Sequence[Any]]) -> None:
        """Calc gives some entries a number format; a format that was there stays, as in Excel."""
        texts = tuple(tuple(typed(entry, self._spreadsheet.notation.to_calc) for entry in row) for row in rows)
        before = [(group, group.is_plain()) for group in format_groups(self.api)]
        try:
            self.api.setFormulaArray(texts)
        except Denied as denied:
            raise self._refusal(denied) from denied
        for group, plain in before:
            if plain:
                group.cells.setPropertyToDefault(_FORMAT)
            else:
                group.cells.setPropertyValue(_FORMAT, group.format)
        for row, column in _truths(rows):
            cell = self.api.getCellByPosition(column, row)
            cell.setPropertyValue(_FORMAT, self._spreadsheet.logical_format())

    def _refusal(self, denied: Denied) -> Exception:
        if self._spreadsheet.live.isReadonly():
            return Refusal(words.READ_ONLY.format(name=self.sheet.book.name))
        return denied

    # ---- what cells hold

    @property
    def raw_value(self) -> Any:
        """Numbers, texts, dates, truth and error values; None or "" for a blank; a single cell bare."""
        rows = self._data()
        texts = self._spreadsheet.texts(self.api)
        self._tell_by_text(rows, texts)
        if self._may_hold_dates(texts):
            self._tell_dates(rows)
        return rows[0][0] if len(self) == 1 else rows

    @raw_value.setter
    def raw_value(self, values: Any) -> None:
        rows = values if isinstance(values, list | tuple) else [[values]]
        self.formula = [[f"'{value}" if value and isinstance(value, str) else value for value in row] for row in rows]

    def _data(self) -> list[list[Any]]:
        """Numbers and texts as the office keeps them; None for an error value."""
        rows = [list(row) for row in self.api.getDataArray()]
        if any(isinstance(value, str) and HIDDEN_TAB in value for row in rows for value in row):
            for row, entries in zip(rows, self.api.getFormulaArray(), strict=True):
                row[:] = (
                    text_of(*both) if isinstance(both[0], str) else both[0] for both in zip(row, entries, strict=True)
                )
        return rows

    def _tell_by_text(self, rows: list[list[Any]], texts: Sequence[str]) -> None:
        """What a cell shows tells errors from one another and truth values from numbers."""
        errors: dict[str, CellError] = {}
        for number, text in enumerate(texts):
            column, row = divmod(number, self.shape[0])
            value = rows[row][column]
            if value is None:
                if text not in errors:
                    errors[text] = error_of(self.api.getCellByPosition(column, row).getError())
                rows[row][column] = errors[text]
            elif value in (0.0, 1.0) and text in _TRUTH:
                rows[row][column] = _TRUTH[text]

    def _may_hold_dates(self, texts: Sequence[str]) -> bool:
        """Most blocks hold none, and to ask for number formats costs more than all the rest."""
        return any(map(_DATE_SHOWN.search, texts)) or bool(self.api.queryContentCells(_DATES).getCount())

    def _tell_dates(self, rows: list[list[Any]]) -> None:
        """Where the format says so, a number is a date."""
        day_zero = self._spreadsheet.day_zero
        for group in format_groups(self.api):
            if self._spreadsheet.kind_of_format(group.format) & _DATE:
                for row, column in self._places(group):
                    if isinstance(value := rows[row][column], float):
                        rows[row][column] = moment(value, day_zero)

    def _places(self, group: FormatGroup) -> Iterator[tuple[int, int]]:
        for area in group.areas():
            for row in range(area.StartRow, area.EndRow + 1):
                for column in range(area.StartColumn, area.EndColumn + 1):
                    yield row + 1 - self.row, column + 1 - self.column


def _is_text(entry: Any) -> bool:
    """Whether somebody may want a higher row to read it: a figure never takes two lines."""
    return isinstance(entry, str) and entry != "" and not entry.startswith("=") and parse(entry.lstrip("'")) is None


def _truths(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(rows):
        yield from ((row, column) for column, entry in enumerate(line) if isinstance(entry, bool))
