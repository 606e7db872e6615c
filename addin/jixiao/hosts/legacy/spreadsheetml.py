"""XML Spreadsheet 2003: what Excel 2003 saved as .xml, and platforms write as .xls."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from jixiao.errors import Refusal
from jixiao.figures import from_float
from jixiao.formats import GENERAL, NumberFormat
from jixiao.grid import Area, Cell, Document, Grid
from jixiao.hosts.legacy.encoding import text_of
from jixiao.hosts.legacy.formats import named_format
from jixiao.hosts.legacy.limits import LAST_COLUMN, LAST_ROW, Counter
from jixiao.hosts.legacy.results import unsaved, with_results
from jixiao.places import address
from jixiao.wording import files

_OWN = "{urn:schemas-microsoft-com:office:spreadsheet}"
_DATE_1904 = "{urn:schemas-microsoft-com:office:excel}Date1904"
_DEEPEST = 50
_AT_A_TIME = 2**16  # characters
_ONE_DAY = timedelta(days=1)
_DAY_0, _DAY_0_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MARCH_1900 = datetime(1900, 3, 1)  # before it the days count one less: spreadsheets know a 29 February 1900
_TRUTH = {"1": True, "0": False}
_REFERENCE = re.compile(r'"[^"]*"|(?<![\w.])R(?:\[(-?\d{1,7})\]|(\d{1,7}))?C(?:\[(-?\d{1,7})\]|(\d{1,5}))?(?![\w\[(])')


def read_spreadsheetml(data: bytes, name: str) -> Document:
    """All sheets. Raises Refusal for what is not well-formed, and for every DOCTYPE."""
    text = text_of(data, name)
    if "<!DOCTYPE" in text:
        raise Refusal(files.DOCTYPE.format(name=name))
    try:
        book = _Book(name)
        return with_results(Document(name, book.grids(text.strip())), book.unsaved, book.from_1904)
    except (ParseError, ValueError, OverflowError) as error:
        raise Refusal(files.DAMAGED.format(name=name)) from error


def _events(text: str) -> Iterator[tuple[str, Element]]:
    """Where elements begin and end; those of the spreadsheet are called by their bare names."""
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    depth = 0
    for at in range(0, len(text), _AT_A_TIME):
        parser.feed(text[at : at + _AT_A_TIME])
        for event, element in cast(Iterator[tuple[str, Element]], parser.read_events()):
            depth += 1 if event == "start" else -1
            if depth > _DEEPEST:
                raise ValueError(depth)
            yield f"{event} {element.tag.removeprefix(_OWN)}", element
    parser.close()


class _Book:
    """What the sheets share, and reading them one after the other; what was read of the tree is dropped at once."""

    def __init__(self, name: str) -> None:
        self.counter = Counter(name)
        self.from_1904 = False
        self.unsaved: dict[tuple[str, int, int], NumberFormat] = {}
        self._formats: dict[str, NumberFormat] = {}

    def grids(self, text: str) -> list[Grid]:
        sheets: list[_Sheet] = []
        row = None
        for event, element in _events(text):
            if event == "end Style":
                self._add_style(element)
            elif event == f"end {_DATE_1904}":
                self.from_1904 = True
            elif event == "start Worksheet":
                sheets.append(_Sheet(self, element.get(f"{_OWN}Name", "")))
            elif event == "end Column":
                sheets[-1].add_columns(element)
            elif event == "start Row":
                row = element
                sheets[-1].begin_row(element)
            elif event == "end Cell" and row is not None:
                sheets[-1].add_cell(element)
                row.clear()
            elif event == "end Row":
                row = None
            elif event == "end Table":
                element.clear()
        return [sheet.grid() for sheet in sheets]

    def format(self, style: str) -> NumberFormat:
        return self._formats.get(style, self._formats.get("Default", GENERAL))

    def _add_style(self, style: Element) -> None:
        number_format = style.find(f"{_OWN}NumberFormat")
        code = number_format.get(f"{_OWN}Format") if number_format is not None else None
        parent = self._formats.get(style.get(f"{_OWN}Parent", ""), GENERAL)
        self._formats[style.get(f"{_OWN}ID", "")] = parent if code is None else named_format(code)


class _Sheet:
    """One sheet. Rows, columns and cells follow each other, or say where they go on."""

    def __init__(self, book: _Book, title: str) -> None:
        self._book = book
        self._title = title
        self._cells: dict[tuple[int, int], Cell] = {}
        self._merges: list[Area] = []
        self._hidden_rows: list[tuple[int, int]] = []
        self._hidden_columns: list[tuple[int, int]] = []
        self._column_styles: dict[int, str] = {}
        self._column = self._row = self._rows_end = self._right = 0
        self._row_style = ""

    def grid(self) -> Grid:
        return Grid(self._title, self._cells, self._merges).hiding(self._hidden_rows, self._hidden_columns)

    def add_columns(self, element: Element) -> None:
        first, self._column = _run(element, self._column, LAST_COLUMN)
        if style := element.get(f"{_OWN}StyleID"):
            self._column_styles.update(dict.fromkeys(range(first, self._column + 1), style))
        if element.get(f"{_OWN}Hidden") == "1":
            self._hidden_columns.append((first, self._column))

    def begin_row(self, element: Element) -> None:
        self._row, self._rows_end = _run(element, self._rows_end, LAST_ROW)
        self._right = 0
        self._row_style = element.get(f"{_OWN}StyleID", "")
        if element.get(f"{_OWN}Hidden") == "1":
            self._hidden_rows.append((self._row, self._rows_end))

    def add_cell(self, element: Element) -> None:
        row = self._row
        column, _ = _run(element, self._right, LAST_COLUMN)
        down, across = _number(element, "MergeDown", LAST_ROW), _number(element, "MergeAcross", LAST_COLUMN)
        self._right = column + across
        if down or across:
            self._merges.append(Area(row, column, min(row + down, LAST_ROW), min(self._right, LAST_COLUMN)))
        style = element.get(f"{_OWN}StyleID") or self._row_style or self._column_styles.get(column, "")
        cell = self._cell(element, self._book.format(style), row, column)
        if cell.text or cell.formula:
            self._book.counter.add()
            self._cells[row, column] = cell

    def _cell(self, element: Element, number_format: NumberFormat, row: int, column: int) -> Cell:
        data, stated = element.find(f"{_OWN}Data"), element.get(f"{_OWN}Formula", "")
        formula = _with_addresses(stated.removeprefix("="), row, column)
        if formula and data is None:
            self._book.unsaved[self._title, row, column] = number_format
            return unsaved(formula)
        cell = self._content(data, number_format)
        return cell._replace(formula=formula) if formula else cell

    def _content(self, data: Element | None, number_format: NumberFormat) -> Cell:
        """A cell by its type; a number that is none stays the text that it is."""
        text = "".join(data.itertext()) if data is not None else ""
        kind = data.get(f"{_OWN}Type") if data is not None else ""
        number = _value(kind, text, self._book.from_1904)
        if number is not None:
            return Cell(number_format.number(number, self._book.from_1904), number)
        if kind == "Boolean" and text in _TRUTH:
            return Cell("TRUE" if _TRUTH[text] else "FALSE", _TRUTH[text])
        if kind == "Error":
            return Cell(text, text)
        return Cell(number_format.text(text), text) if text else Cell("")


def _run(element: Element, last: int, most: int) -> tuple[int, int]:
    """The numbers an element stands for: its index, or the one after the last, and as many more as its span says."""
    first = _number(element, "Index", most) or last + 1
    if first <= last or first > most:
        raise ValueError(first)
    return first, min(first + _number(element, "Span", most), most)


def _number(element: Element, attribute: str, most: int) -> int:
    """A number of an attribute, 0 if it is not there. Raises ValueError for anything else."""
    text = element.get(_OWN + attribute, "0").strip()
    number = int(text) if len(text) < 9 else most + 1
    if not 0 <= number <= most:
        raise ValueError(text)
    return number


def _value(kind: str | None, text: str, from_1904: bool) -> Decimal | None:
    """The number behind a cell: of a date, as spreadsheets count days."""
    try:
        if kind == "Number":
            number = float(text)
            return from_float(number) if isfinite(number) else None
        return _serial(datetime.fromisoformat(text.strip()), from_1904) if kind == "DateTime" else None
    except ValueError:
        return None


def _serial(moment: datetime, from_1904: bool) -> Decimal:
    moment = moment.replace(tzinfo=None)
    days = (moment - (_DAY_0_OF_1904 if from_1904 else _DAY_0)) / _ONE_DAY
    return from_float(days if from_1904 or moment >= _MARCH_1900 else days - 1)


def _with_addresses(formula: str, row: int, column: int) -> str:
    """``RC[-1]/R4C2`` in C5 as every other reader tells it, without its dollars: ``B5/B4``."""

    def replaced(match: re.Match[str]) -> str:
        if match[0].startswith('"'):
            return match[0]
        across, down = _position(match[3], match[4], column), _position(match[1], match[2], row)
        if not (1 <= across <= LAST_COLUMN and 1 <= down <= LAST_ROW):
            return "#REF!"
        return address(down, across)

    return _REFERENCE.sub(replaced, formula)


def _position(relative: str | None, absolute: str | None, here: int) -> int:
    return int(absolute) if absolute else here + int(relative or 0)
