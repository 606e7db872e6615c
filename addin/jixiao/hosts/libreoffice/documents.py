"""A workbook with its sheets and names, as the office holds it."""

import os
from collections.abc import Iterable, Iterator
from typing import Any

from jixiao.errors import Refusal
from jixiao.hosts.libreoffice.bridge import Denied, Live, path_of, struct
from jixiao.hosts.libreoffice.partial import Partial
from jixiao.hosts.libreoffice.ranges import Range
from jixiao.hosts.libreoffice.spreadsheet import Spreadsheet
from jixiao.office.launcher import file_url, properties
from jixiao.places import split_address
from jixiao.wording import calc as words

_UNNAMED = "jx_unnamed"
_FILTERS = {".xlsx": "Calc MS Excel 2007 XML", ".xlsm": "Calc MS Excel 2007 VBA XML"}


class Book(Partial):
    """An open spreadsheet document."""

    app: Any
    api: Live
    spreadsheet: Spreadsheet

    def __init__(self, app: Any, document: Live) -> None:
        self.app, self.api = app, document
        self.spreadsheet = Spreadsheet(document, app.notation(document))

    @property
    def fullname(self) -> str:
        """The file, or the title of a document that was never saved."""
        url: str = self.api.getURL()
        return path_of(url) if url else str(self.api.getTitle())

    @property
    def name(self) -> str:
        return os.path.basename(self.fullname)

    @property
    def sheets(self) -> "Sheets":
        return Sheets(self)

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save as .xlsx or .xlsm, or where it is."""
        if path is None and not self.api.hasLocation():
            raise Refusal(words.NOT_SAVED_YET.format(name=self.name))
        if path is None:
            self.api.store()
            return
        ending = os.path.splitext(path)[1].lower()
        if ending not in _FILTERS or password:
            raise NotImplementedError(f"LibreOffice engine: Book.save as {ending}, with a password")
        self.api.storeAsURL(file_url(os.path.abspath(path)), properties(FilterName=_FILTERS[ending]))

    def save_copy(self, path: str) -> None:
        """The workbook as it is now, as another file; it stays where it is, and as unsaved as it was."""
        ending = os.path.splitext(path)[1].lower()
        self.api.storeToURL(file_url(path), properties(FilterName=_FILTERS[ending]))

    def refuse_read_only(self) -> None:
        """Calc lets programs change much of what it lets nobody else change."""
        if self.api.isReadonly():
            raise Refusal(words.READ_ONLY.format(name=self.name))

    def select(self, sheet: "Sheet", addresses: Iterable[str]) -> None:
        """Bring a sheet to the front and select cells of it. Raises Denied if it is hidden."""
        controller = self.api.getCurrentController()
        if controller is None or not sheet.is_visible:
            raise Denied(sheet.name)
        controller.setActiveSheet(sheet.api)
        controller.select(sheet.areas(addresses))

    def close(self) -> None:
        """Close without saving."""
        self.api.setModified(False)
        self.api.close(True)


class Sheets(Partial):
    """The sheets of a workbook."""

    def __init__(self, book: Book) -> None:
        self._book = book

    @property
    def api(self) -> Live:
        sheets: Live | None = self._book.api.getSheets()
        if sheets is None:
            raise Refusal(words.CLOSED)
        return sheets

    def __call__(self, key: str | int) -> "Sheet":
        sheets = self.api
        try:
            return Sheet(self._book, sheets.getByIndex(key - 1) if isinstance(key, int) else sheets.getByName(key))
        except Denied:
            raise KeyError(key) from None

    def __len__(self) -> int:
        return int(self.api.getCount())

    def __contains__(self, name: str) -> bool:
        return bool(self.api.hasByName(name))

    def __iter__(self) -> Iterator["Sheet"]:
        sheets = self.api
        return (Sheet(self._book, sheets.getByIndex(number)) for number in range(sheets.getCount()))

    @property
    def active(self) -> "Sheet":
        """The sheet in front; without a window the first."""
        controller = self._book.api.getCurrentController()
        return Sheet(self._book, controller.getActiveSheet()) if controller is not None else self(1)

    def add(self, before: "Sheet | None", after: "Sheet | None", name: str) -> "Sheet":
        """A new sheet behind another one. Raises Denied if the structure of the workbook is protected."""
        if before is not None or after is None:
            raise NotImplementedError("LibreOffice engine: Sheets.add before a sheet")
        self.refuse_protected()
        self.api.insertNewByName(name, after.index)
        return self(name)

    def refuse_protected(self) -> None:
        """Calc asks only people whether the structure is protected."""
        self._book.refuse_read_only()
        if self._book.api.isProtected():
            raise Denied(self._book.name)


class Sheet(Partial):
    """One sheet."""

    book: Book
    api: Live

    def __init__(self, book: Book, sheet: Live) -> None:
        self.book, self.api = book, sheet

    @property
    def name(self) -> str:
        return str(self.api.getName())

    @property
    def index(self) -> int:
        return int(self.api.getRangeAddress().Sheet) + 1

    @property
    def names(self) -> "Names":
        return Names(self)

    @property
    def is_visible(self) -> bool:
        return bool(self.api.getPropertyValue("IsVisible"))

    def areas(self, addresses: Iterable[str]) -> Live:
        """Cells and blocks of cells of the sheet, together."""
        together: Live = self.book.api.createInstance("com.sun.star.sheet.SheetCellRanges")
        for address in addresses:
            together.addRangeAddress(self.api.getCellRangeByName(address).getRangeAddress(), True)
        return together

    def refuse_protected(self) -> None:
        """Looks of a protected sheet Excel lets nobody change, Calc every program."""
        self.book.refuse_read_only()
        if self.api.isProtected():
            raise Denied(self.name)

    def delete(self) -> None:
        """Remove the sheet. Raises Denied if the structure of the workbook is protected."""
        self.book.sheets.refuse_protected()
        self.book.sheets.api.removeByName(self.name)

    def range(self, first: Any, last: Any = None) -> Range:
        """A block between two corners, which are ranges, (row, column), or addresses."""
        if isinstance(first, str):
            first, _, end = first.partition(":")
            last = last or end or first
        if isinstance(first, tuple) and len(first) == 4:  # xlwings' way of naming a slice: the corner and the shape
            first, last = first[:2], (first[0] + first[2] - 1, first[1] + first[3] - 1)
        corners = [_corners(corner) for corner in (first, last or first)]
        return Range(self, self.book.spreadsheet, *corners[0][:2], *corners[1][2:])

    def activate(self) -> None:
        """Bring the sheet to the front. A hidden one stays hidden; without a window there is no front."""
        controller = self.book.api.getCurrentController()
        if controller is not None and self.is_visible:
            controller.setActiveSheet(self.api)


class Names(Partial):
    """The names scoped to a sheet."""

    api: Live

    def __init__(self, sheet: Sheet) -> None:
        self._sheet, self._spreadsheet = sheet, sheet.book.spreadsheet
        self.api = sheet.api.getPropertyValue("NamedRanges")

    def __call__(self, key: str) -> "Name":
        try:
            return Name(self, self._spreadsheet, key, self.api.getByName(key))
        except Denied:
            raise KeyError(key) from None

    def __iter__(self) -> Iterator["Name"]:
        return (self(name) for name in self.api.getElementNames())

    def add(self, name: str, refers_to: str) -> "Name":
        """A new name for what ``refers_to`` says, in Excel's notation.

        To add a name with a dot Calc refuses, in files it takes it, and a name that is there may be called so: therefore it
        is renamed. Nobody needs another way of writing names: a file that Calc has saved reads as one that Excel has.
        """
        self.refuse_read_only()
        content = self._spreadsheet.notation.to_calc(refers_to.removeprefix("="))
        first = _UNNAMED if "." in name else name
        self.api.addNewByName(first, content, struct("table.CellAddress"), 0)
        if first != name:
            self.api.getByName(first).setName(name)
        return self(name)

    def refuse_read_only(self) -> None:
        self._sheet.book.refuse_read_only()


class Name(Partial):
    """A name and what it stands for."""

    name: str
    api: Live

    def __init__(self, names: Names, spreadsheet: Spreadsheet, name: str, live: Live) -> None:
        self._names, self._spreadsheet, self.name, self.api = names, spreadsheet, name, live

    @property
    def refers_to(self) -> str:
        return f"={self._spreadsheet.notation.to_excel(self.api.getContent())}"

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._names.refuse_read_only()
        self.api.setContent(self._spreadsheet.notation.to_calc(value.removeprefix("=")))

    def delete(self) -> None:
        """Remove the name."""
        self._names.refuse_read_only()
        self._names.api.removeByName(self.name)


def _corners(corner: Any) -> tuple[int, int, int, int]:
    if isinstance(corner, Range):
        (height, width), top, left = corner.shape, corner.row, corner.column
        return top, left, top + height - 1, left + width - 1
    row, column = split_address(corner) if isinstance(corner, str) else corner
    return row, column, row, column
