"""A second engine under the real xlwings front end: a workbook in memory that counts its calls, as Excel would be called.

It reads an .xlsx with openpyxl (not with our reader), answers what the add-in answers, and does not calculate. Cell by cell
access is a mistake: a block of one cell may be asked for only as often as a form has single facts to write.
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlwings
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

BUSY, DENIED, EXCEPTION = -2146777998, -2146827284, -2147352567
ERRORS = ("#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#REF!", "#NUM!", "#NULL!")
MOST_SINGLE_CELLS = 120


class ComError(Exception):
    """What pywin32 raises: its number says "exception", and what came with it says which."""

    def __init__(self, scode: int) -> None:
        super().__init__(EXCEPTION, "COM")
        self.hresult, self.excepinfo = EXCEPTION, (0, "Excel", "", "", 0, scode)


class Engine:
    name = "recording"
    type = "desktop"

    @property
    def apps(self) -> list[Any]:
        return []

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        return "" if value is None else value

    @staticmethod
    def clean_value_data(rows: Any, dates: Callable[..., Any], empty: Any, numbers: Any, err_to_str: bool) -> Any:
        def clean(value: Any) -> Any:
            if isinstance(value, dt.datetime):
                parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
                return dates(**{part: getattr(value, part) for part in parts}, tzinfo=None)
            if value in ERRORS and not err_to_str:
                return None
            return empty if value in (None, "") else value

        return [[clean(value) for value in row] for row in rows]


class App:
    """The office program: its macros, its boxes, its open workbooks."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.opened: list[str] = []
        self.bar: list[Any] = []
        self.agrees = True
        self.saves_to: Callable[[str], str | bool] = lambda suggested: suggested
        self.chosen: str | bool = False
        self.offered: tuple[str, list[str]] | None = None
        self.picks = 0
        self.busy_calls = 0
        self.display_alerts = True
        self.calculation = "automatic"
        self.installed = True
        self.book: Book | None = None
        self.selected: tuple[str, str] | None = None

    engine = property(lambda self: Engine())
    api = property(lambda self: self)
    pid = property(lambda self: 1)

    def count(self, what: str) -> None:
        self.calls[what] += 1
        assert self.calls["one cell"] <= MOST_SINGLE_CELLS, "cell by cell"
        if self.busy_calls:
            self.busy_calls -= 1
            raise ComError(BUSY)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        if buttons == "ok":
            self.said.append(prompt)
            return "ok"
        self.asked.append(prompt)
        return "yes" if self.agrees else "no"

    def calculate(self) -> None:
        self.count("calculate")

    @property
    def status_bar(self) -> Any:
        return self.bar[-1] if self.bar else False

    @status_bar.setter
    def status_bar(self, value: Any) -> None:
        self.bar.append(value)

    books = property(lambda self: Books(self))

    def run(self, macro: str, arguments: list[Any]) -> Any:
        self.count("macro")
        if not self.installed:
            raise ComError(DENIED)
        assert self.book
        match macro.removeprefix("'jixiao.xlam'!"), *arguments:
            case "JixiaoLayout", book, sheet:
                assert book == self.book.name
                return tuple(self.book.named(sheet).layout())
            case "JixiaoShow", book, sheet:
                assert book == self.book.name
                if self.book.named(sheet).hidden:
                    raise ComError(DENIED)
                self.book.bring_to_front(self.book.named(sheet))
                return None
            case "JixiaoShowMarks", book, sheet, area, condition:
                self.book.named(sheet).refuse_protected()
                self.book.named(sheet).conditions.append((area, condition))
                return None
            case "JixiaoHideMarks", book, sheet, word:
                return self.book.named(sheet).forget_conditions(word)
            case "JixiaoLayOutResults", book, sheet, widths:
                self.book.named(sheet).widths = widths
                return None
            case "JixiaoSelect", book, sheet, addresses:
                if self.book.named(sheet).hidden:
                    raise ComError(DENIED)
                self.book.bring_to_front(self.book.named(sheet))
                self.selected = sheet, addresses
                return None
            case "JixiaoSaveCopy", book, path:
                Path(path).write_bytes(Path(self.book.place).read_bytes())
                return None
            case "JixiaoAskSave", suggested, pattern, _:
                assert "*." in pattern
                return self.saves_to(suggested)
            case "JixiaoAskOpen", pattern, _:
                assert "*." in pattern
                return self.chosen
            case "JixiaoAskOne", lines, title:
                self.offered = (title, lines.split("\n"))
                return self.picks
        raise ComError(DENIED)


class Books:
    def __init__(self, app: App) -> None:
        self.app = app

    def __call__(self, name: str) -> "Book":
        if self.app.book and self.app.book.name == name:
            return self.app.book
        raise KeyError(name)

    def open(self, path: str, *options: Any) -> "Book":
        self.app.opened.append(path)
        assert self.app.book
        return self.app.book


class Book:
    def __init__(self, app: App, path: str | Path) -> None:
        formulas, values = load_workbook(path), load_workbook(path, data_only=True)
        self._app, self.place, self.name = app, str(path), Path(path).name
        self._sheets = [Sheet(self, formulas[name], values[name]) for name in formulas.sheetnames]
        self.saved = 0
        self.structure_protected = False
        self._sheets[0].in_front = True
        app.book = self

    app = property(lambda self: self._app)
    api = property(lambda self: self)
    sheets = property(lambda self: Sheets(self, self._sheets, self._app))

    @property
    def fullname(self) -> str:
        if "://" in self.place:
            raise xlwings.XlwingsError("cannot find the local path")
        return self.place

    def named(self, name: str) -> "Sheet":
        return next(sheet for sheet in self._sheets if sheet.name == name)

    def bring_to_front(self, front: "Sheet") -> None:
        for sheet in self._sheets:
            sheet.in_front = sheet is front

    def save(self, path: Any = None, password: Any = None) -> None:
        self.saved += 1


class Sheets:
    def __init__(self, book: Book, sheets: "list[Sheet]", app: App) -> None:
        self._book, self._sheets, self._app = book, sheets, app

    @property
    def active(self) -> "Sheet":
        return next(sheet for sheet in self._sheets if sheet.in_front)

    def add(self, before: Any, after: "Sheet", name: str) -> "Sheet":
        """As in Excel the new sheet comes to the front."""
        self._app.count("sheet")
        if self._book.structure_protected:
            raise ComError(DENIED)
        drawn = Workbook().create_sheet(name)
        sheet = Sheet(self._book, drawn, drawn)
        self._sheets.insert(self._sheets.index(after) + 1, sheet)
        self._book.bring_to_front(sheet)
        return sheet

    def __call__(self, name: str | int) -> "Sheet":
        if isinstance(name, int):
            return self._sheets[name - 1]
        for sheet in self._sheets:
            if sheet.name == name:
                return sheet
        raise ComError(DENIED)

    def __iter__(self) -> "Iterator[Sheet]":
        self._app.count("sheets")
        return iter(self._sheets)

    def __len__(self) -> int:
        return len(self._sheets)


class Sheet:
    def __init__(self, book: Book, formulas: Any, values: Any) -> None:
        self._book, self.name = book, formulas.title
        self.contents: dict[tuple[int, int], tuple[str | None, Any]] = {}
        self.formats: dict[tuple[int, int], str] = {}
        self.protected = self.in_front = self.hidden = False
        self.conditions: list[tuple[str, str]] = []
        self.widths = ""
        for row in formulas.iter_rows():
            for cell in row:
                self.formats[cell.row, cell.column] = cell.number_format
                if cell.value is not None:
                    computed = cell.data_type == "f"
                    value = values.cell(cell.row, cell.column).value
                    self.contents[cell.row, cell.column] = (cell.value if computed else None, _plain(value))
        self.merges = [area.bounds for area in formulas.merged_cells.ranges]
        self.hidden_rows = [row for row, look in formulas.row_dimensions.items() if look.hidden]
        self.hidden_columns = [(look.min, look.max) for look in formulas.column_dimensions.values() if look.hidden]
        self.refers = {name: f"={_unquoted(defined.attr_text)}" for name, defined in formulas.defined_names.items()}

    book = property(lambda self: self._book)
    api = property(lambda self: self)
    names = property(lambda self: Names(self))

    def range(self, first: Any, last: Any = None) -> "Range":
        top, left, *shape = first if isinstance(first, tuple) else (first.row, first.column)
        if last is None:
            height, width = shape or (1, 1)  # xlwings says so what a slice is
            return Range(self, top, left, top + height - 1, left + width - 1)
        bottom, right = last if isinstance(last, tuple) else (last.row, last.column)
        return Range(self, top, left, bottom, right)

    def delete(self) -> None:
        sheets = self._book._sheets
        sheets.remove(self)
        if self.in_front:
            sheets[0].in_front = True

    def refuse_protected(self) -> None:
        if self.protected:
            raise ComError(DENIED)

    def forget_conditions(self, word: str) -> str:
        self.refuse_protected()
        ours = [condition for condition in self.conditions if word in condition[1]]
        self.conditions = [condition for condition in self.conditions if condition not in ours]
        return ",".join(area for area, _ in ours)

    def layout(self) -> "Iterator[tuple[Any, ...]]":
        """What JixiaoLayout answers, one row a cell: the real one joins cells that look alike."""
        rows = [row for row, _ in self.contents] or [1]
        columns = [column for _, column in self.contents] or [1]
        yield "u", 1.0, 1.0, float(max(rows)), float(max(columns)), ""
        for row, column in self.contents:
            yield "f", float(row), float(column), float(row), self.formats.get((row, column), "General"), ""
        for left, top, right, bottom in self.merges:
            yield "m", float(top), float(left), float(bottom), float(right), ""
        for row in self.hidden_rows:
            yield "r", float(row), float(row), "", "", ""
        for first, last in self.hidden_columns:
            yield "c", float(first), float(min(last, max(columns))), "", "", ""
        for name, refers in self.refers.items():
            yield "n", name, refers, "", "", ""


class Names:
    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def __call__(self, name: str) -> "Name":
        assert name in self._sheet.refers
        return Name(self._sheet, name)

    def add(self, name: str, refers_to: str) -> "Name":
        self._sheet.book.app.count("name")
        self._sheet.refers[name] = refers_to
        return Name(self._sheet, name)


class Name:
    def __init__(self, sheet: Sheet, name: str) -> None:
        self._sheet, self._name = sheet, name

    def delete(self) -> None:
        self._sheet.book.app.count("name")
        del self._sheet.refers[self._name]

    @property
    def refers_to(self) -> str:
        return self._sheet.refers[self._name]

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self._sheet.book.app.count("name")
        self._sheet.refers[self._name] = value


class Range:
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet: Sheet, top: int, left: int, bottom: int, right: int) -> None:
        self._sheet, self.row, self.column = sheet, top, left
        self.shape = bottom - top + 1, right - left + 1

    sheet = property(lambda self: self._sheet)
    api = property(lambda self: self)
    address = property(lambda self: f"${get_column_letter(self.column)}${self.row}")

    def __call__(self, row: int, column: int) -> "Range":
        at = self.row + row - 1, self.column + column - 1
        return Range(self._sheet, *at, *at)

    def __len__(self) -> int:
        return self.shape[0] * self.shape[1]

    @property
    def number_format(self) -> str | None:
        """One code, or None where the cells differ."""
        self._sheet.book.app.count("formats")
        codes = {self._sheet.formats.get(at, "General") for at in self._cells()}
        return codes.pop() if len(codes) == 1 else None

    @number_format.setter
    def number_format(self, code: str) -> None:
        self._sheet.book.app.count("formats")
        self._sheet.formats.update(dict.fromkeys(self._cells(), code))

    def _cells(self) -> list[tuple[int, int]]:
        return [(row, column) for row in range(self.row, self.row + self.shape[0]) for column in self._columns()]

    def _rows(self, what: str, pick: Callable[[tuple[str | None, Any]], Any]) -> Any:
        self._sheet.book.app.count(what)
        if self.shape == (1, 1):
            self._sheet.book.app.count("one cell")
            return pick(self._sheet.contents.get((self.row, self.column), (None, None)))
        return tuple(
            tuple(pick(self._sheet.contents.get((row, column), (None, None))) for column in self._columns())
            for row in range(self.row, self.row + self.shape[0])
        )

    def _columns(self) -> range:
        return range(self.column, self.column + self.shape[1])

    @property
    def raw_value(self) -> Any:
        return self._rows("values", lambda held: held[1])

    @property
    def formula(self) -> Any:
        return self._rows("formulas", lambda held: held[0] or ("" if held[1] is None else _as_entry(held[1])))

    @formula.setter
    def formula(self, entries: Any) -> None:
        self._sheet.book.app.count("write")
        if self._sheet.protected:
            raise ComError(DENIED)
        rows = entries if isinstance(entries, list | tuple) else [[entries]]
        for row, line in enumerate(rows, self.row):
            for column, entry in enumerate(line, self.column):
                self._enter(row, column, entry)

    def _enter(self, row: int, column: int, entry: Any) -> None:
        """As Excel takes what is typed: = begins a formula, an apostrophe a text, everything else may become a number.

        In a cell formatted as text everything is text.
        """
        contents = self._sheet.contents
        if entry == "":
            contents.pop((row, column), None)
        elif self._sheet.formats.get((row, column)) == "@":
            contents[row, column] = (None, str(entry).removeprefix("'"))
        elif isinstance(entry, str) and entry.startswith("="):
            contents[row, column] = (entry, None)
        elif isinstance(entry, str) and entry.startswith("'"):
            contents[row, column] = (None, entry[1:])
        elif isinstance(entry, str):
            raise AssertionError(f"a text without an apostrophe may become a number or a date: {entry!r}")
        else:
            contents[row, column] = (None, entry)


def _plain(value: Any) -> Any:
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _unquoted(refers: str) -> str:
    """Excel quotes a sheet's name only where it must."""
    return re.sub(r"^'(\w+)'!", r"\1!", refers)


def _as_entry(value: Any) -> Any:
    return value if isinstance(value, str) else str(value)


def opened(path: str | Path) -> tuple[xlwings.Book, App]:
    """A workbook open in the recording program, behind xlwings' own classes."""
    app = App()
    return xlwings.Book(impl=Book(app, path)), app
