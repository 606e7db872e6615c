"""Workbooks of Excel 95 to 2003 (BIFF5, BIFF8) and of WPS (.et), read by xlrd.

Not by python-calamine: it tells no number formats, so that 99.83% would be 0.998267898 and no printed figure at all, no
hidden rows, no names and no errors; it fills the whole rectangle around one far cell (1 GiB), and panics on damaged files.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from math import isfinite
from typing import Any

from jixiao.errors import Refusal
from jixiao.figures import from_float
from jixiao.formats import NumberFormat, number_format
from jixiao.grid import TWIPS_PER_CHARACTER, Area, Cell, Document, Grid
from jixiao.hosts.legacy.biff_formulas import UNTOLD, SheetFormulas, Spot, formulas_in, words
from jixiao.hosts.legacy.limits import Counter
from jixiao.hosts.legacy.results import MOST, unsaved, with_results
from jixiao.hosts.package.formats import BUILT_IN
from jixiao.hosts.zipped import Archive
from jixiao.wording import files

# What xlrd calls the contents of cells.
_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _FORMATTED = range(7)
_BLANK = (_EMPTY, _FORMATTED)
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_NO_NUMBER = "#NUM!"
_ENCRYPTED, _NO_BOOK = "Workbook is encrypted", "Can't find workbook"  # what xlrd says


def read_biff(data: bytes, name: str) -> Document:
    """All sheets with cells. Raises Refusal for encrypted and damaged files."""
    import xlrd

    with _refusals(name, data):
        book = xlrd.open_workbook(
            file_contents=data,
            logfile=StringIO(),
            formatting_info=True,
            ragged_rows=True,
            on_demand=True,
            ignore_workbook_corruption=True,
        )
    reader = _Reader(book, name)
    return reader.computed(Document(name, list(reader.grids())))


@contextmanager
def _refusals(name: str, data: bytes = b"") -> Iterator[None]:
    """xlrd does not look before it reads: any error inside it means that the file is wrong."""
    try:
        yield
    except Exception as error:
        if _NO_BOOK in str(error):  # it belongs to an object in a document: the package knows what that is called
            Archive(data, name)
        sentence = files.ENCRYPTED if _ENCRYPTED in str(error) else files.DAMAGED
        raise Refusal(sentence.format(name=name)) from error


class _Reader:
    """The sheets of one book."""

    def __init__(self, book: Any, name: str) -> None:
        self._book = book
        self._name = name
        self._counter = Counter(name)
        self._formats: dict[int, NumberFormat] = {}
        self._numbers: dict[tuple[float, int], Cell] = {}
        self._unsaved: dict[tuple[str, int, int], NumberFormat] = {}

    def grids(self) -> Iterator[Grid]:
        book = self._book
        with _refusals(self._name):
            self._formulas = formulas_in(book.mem[book.base : book.base + book.stream_len])
        for number in range(book.nsheets):
            with _refusals(self._name):
                sheet = book.sheet_by_index(number)
            yield self._grid(sheet, number)
            book.unload_sheet(number)

    def _grid(self, sheet: Any, number: int) -> Grid:
        areas, constants = self._names(number)
        merges = [Area(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells]
        cells = dict(self._cells(sheet, self._formulas.sheets[number]))
        rows = [(row + 1, row + 1) for row, look in sheet.rowinfo_map.items() if look.hidden]
        columns = [(column + 1, column + 1) for column, look in sheet.colinfo_map.items() if look.hidden]
        widths = [
            (column + 1, column + 1, look.width * TWIPS_PER_CHARACTER // 256)
            for column, look in sheet.colinfo_map.items()
            if look.width
        ]
        return Grid(sheet.name, cells, merges, areas, constants).hiding(rows, columns).widened(widths)

    def _cells(self, sheet: Any, formulas: SheetFormulas) -> Iterator[tuple[tuple[int, int], Cell]]:
        spots = [
            (row, column)
            for row in range(sheet.nrows)
            for column, kind in enumerate(sheet.row_types(row))
            if kind not in _BLANK or (row, column) in formulas.own
        ]
        self._counter.add(len(spots))
        for row, column in spots:
            held = sheet.cell(row, column)
            cell = self._cell(held) if held.ctype not in _BLANK else Cell("")
            if (row, column) in formulas.own:
                cell = self._with_formula(cell, sheet.name, (row, column), formulas, held)
            if cell.text or cell.formula:
                yield (row + 1, column + 1), cell

    def _with_formula(self, cell: Cell, title: str, spot: Spot, formulas: SheetFormulas, held: Any) -> Cell:
        """A cell with its formula, and its result if there is one."""
        is_placeholder = held.ctype in _BLANK or (held.ctype in (_NUMBER, _DATE) and not held.value)
        if self._formulas.computed_by_excel or not is_placeholder:
            return cell._replace(formula=UNTOLD)
        self._unsaved[title, spot[0] + 1, spot[1] + 1] = self._format(held.xf_index)
        return unsaved(words(self._book, formulas, spot) if len(self._unsaved) <= MOST else UNTOLD)

    def computed(self, document: Document) -> Document:
        """The document with the results that were not saved."""
        return with_results(document, self._unsaved, bool(self._book.datemode))

    def _cell(self, held: Any) -> Cell:
        kind, value, style = held.ctype, held.value, held.xf_index
        if kind == _TEXT:
            return Cell(self._format(style).text(value) if value else "", value)
        if kind == _BOOLEAN:
            return Cell("TRUE" if value else "FALSE", bool(value))
        if kind == _ERROR or not isfinite(value):
            error = _ERRORS.get(value, _NO_NUMBER)
            return Cell(error, error)
        if (value, style) not in self._numbers:
            number = from_float(value)
            text = self._format(style).number(number, bool(self._book.datemode))
            self._numbers[value, style] = Cell(text, number)
        return self._numbers[value, style]

    def _format(self, style: int) -> NumberFormat:
        if style not in self._formats:
            styles, formats = self._book.xf_list, self._book.format_map
            key = styles[style].format_key if 0 <= style < len(styles) else 0
            code = BUILT_IN.get(key) or (formats[key].format_str if key in formats else "General")
            self._formats[style] = number_format(code)
        return self._formats[style]

    def _names(self, number: int) -> tuple[dict[str, Area], dict[str, str]]:
        """The names scoped to a sheet: areas of it, and texts."""
        from xlrd.formula import oREF, oSTRG

        areas, constants = {}, {}
        for name in self._book.name_obj_list:
            if name.scope != number or name.builtin or name.result is None:
                continue
            value = name.result.value
            if name.result.kind == oSTRG and isinstance(value, str):
                constants[name.name] = value
            elif name.result.kind == oREF and value and len(value) == 1:
                first, after, top, bottom, left, right = value[0].coords
                if (first, after) == (number, number + 1):
                    areas[name.name] = Area(top + 1, left + 1, bottom, right)
        return areas, constants
