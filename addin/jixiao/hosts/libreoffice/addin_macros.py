"""What the add-in ``jixiao.xlam`` tells of a sheet in Excel (JixiaoLayout), told of a sheet in Calc."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from jixiao.grid import Area
from jixiao.hosts.libreoffice.bridge import Live
from jixiao.hosts.libreoffice.documents import Sheet
from jixiao.hosts.libreoffice.ranges import FormatGroup, format_groups
from jixiao.hosts.libreoffice.spreadsheet import GENERAL, Spreadsheet

Row = tuple[Any, Any, Any, Any, Any, Any]


def layout(sheet: Sheet) -> tuple[Row, ...]:
    """Used area, number formats, merged areas, hidden rows and columns, and names of a sheet, one fact a row."""
    return tuple(_facts(sheet))


def _facts(sheet: Sheet) -> Iterator[Row]:
    used = _used(sheet)
    yield "u", *used, ""
    groups = [(group, list(map(_area, group.areas()))) for group in format_groups(sheet.api)]
    yield from _formats(sheet.book.spreadsheet, groups, used)
    for area in _merged(sheet, groups):
        yield "m", *area, ""
    yield from _hidden(sheet, used)
    for name in sheet.names:
        yield "n", name.name, name.refers_to, "", "", ""


def _used(sheet: Sheet) -> Area:
    cursor = sheet.api.createCursor()
    cursor.gotoStartOfUsedArea(False)
    cursor.gotoEndOfUsedArea(True)
    return _area(cursor.getRangeAddress())


def _area(address: Any) -> Area:
    return Area(address.StartRow + 1, address.StartColumn + 1, address.EndRow + 1, address.EndColumn + 1)


# ---- number formats


def _formats(
    spreadsheet: Spreadsheet, groups: Sequence[tuple[FormatGroup, Sequence[Area]]], used: Area
) -> Iterator[Row]:
    """Cells of one format below one another; those without a format of their own are left out."""
    codes = {key: spreadsheet.code_of_format(key) for key in {group.format for group, _ in groups}}
    for group, areas in groups:
        code = codes[group.format]
        for area in areas if code != GENERAL else ():
            top, bottom = max(area.top, used.top), min(area.bottom, used.bottom)
            for column in range(max(area.left, used.left), min(area.right, used.right) + 1):
                if top <= bottom:
                    yield "f", top, column, bottom, code, ""


# ---- merged areas


def _merged(sheet: Sheet, groups: Sequence[tuple[FormatGroup, Sequence[Area]]]) -> Iterator[Area]:
    """How far a cell is merged is part of its look: what holds for one cell of a group holds for all."""
    cursor = _Cursor(sheet)
    for _, areas in groups:
        height, width = cursor.merged_from(areas[0].top, areas[0].left)
        if (height, width) != (1, 1):
            for area in areas:
                for row in range(area.top, area.bottom + 1):
                    for column in range(area.left, area.right + 1):
                        yield Area(row, column, row + height - 1, column + width - 1)


class _Cursor:
    """One cursor moved about: a new object of the office costs as much as ten calls."""

    def __init__(self, sheet: Sheet) -> None:
        self._live: Live = sheet.api.createCursorByRange(sheet.api.getCellByPosition(0, 0))
        self._row = self._column = 1

    def merged_from(self, row: int, column: int) -> tuple[int, int]:
        """The height and width of the area whose content stands in this cell; of any other cell 1 and 1."""
        self._live.collapseToSize(1, 1)
        self._live.gotoOffset(column - self._column, row - self._row)
        self._live.collapseToMergedArea()
        area = _area(self._live.getRangeAddress())
        self._row, self._column = area.top, area.left
        if (area.top, area.left) != (row, column):
            return 1, 1
        return area.bottom - area.top + 1, area.right - area.left + 1


# ---- hidden rows and columns


def _hidden(sheet: Sheet, used: Area) -> Iterator[Row]:
    """One call tells what shows; a row or column of which nothing shows is hidden."""
    cells = sheet.api.getCellRangeByPosition(0, 0, used.right - 1, used.bottom - 1)
    shown = list(map(_area, cells.queryVisibleCells().getRangeAddresses()))
    for row in _missing(used.bottom, ((area.top, area.bottom) for area in shown)):
        yield "r", row, row, "", "", ""
    for column in _missing(used.right, ((area.left, area.right) for area in shown)):
        yield "c", column, column, "", "", ""


def _missing(end: int, runs: Iterable[tuple[int, int]]) -> list[int]:
    """The numbers from 1 to ``end`` that no run holds."""
    held = {number for first, last in set(runs) for number in range(first, last + 1)}
    return [number for number in range(1, end + 1) if number not in held]
