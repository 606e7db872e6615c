"""One sheet part, read in one pass."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import islice, product

from jixiao.figures import from_float, parse
from jixiao.formats import GENERAL, NumberFormat
from jixiao.grid import NOT_KNOWN, REACH, TWIPS_PER_CHARACTER, Area, Cell, Grid, Value, is_failure
from jixiao.hosts import stated
from jixiao.hosts.package.formulas import shifted
from jixiao.hosts.package.markup import Attributes, capture, captured, decoded, walk
from jixiao.hosts.package.workbook import RichText, Sheet, Workbook
from jixiao.hosts.parts import Odd, Part
from jixiao.places import LAST_COLUMN, address

MOST_KNOWN = 20_000  # cells that are remembered for others that say the same
MOST_LETTERS = 2**23  # of all cells as they print and of shared formulas: one text or format can serve thousands
WIDEST = 255  # characters of a column
_UNSAVED = Cell(NOT_KNOWN, NOT_KNOWN, saved=False)
_PLACEHOLDER, _STREAMED = "0", "0.0"
"""What stands for a result: in files that ask to be computed, and in those POI streams out; who computes writes 0."""
_TEXTS = ("str", "inlineStr", "d")
MOST_IN_ARRAY = 10_000  # cells; a form has a few hundred
_FILLED = Cell("")
_FORMULAS = ("normal", "array", "dataTable", "shared")
_INFINITE = float("inf")


class Overgrown(Exception):
    """A workbook says more than any person's does."""


class SheetReader:
    """Reads sheets that share their texts and formats.

    ``unsaved`` are the cells whose formulas were saved without a result, by sheet, row and column, with their styles.
    """

    def __init__(self, texts: Sequence[str], formats: Sequence[NumberFormat], workbook: Workbook) -> None:
        self.unsaved: dict[tuple[str, int, int], str] = {}
        self.to_compute = workbook.to_compute
        self._texts = texts
        self._formats = formats
        self._from_1904 = workbook.from_1904
        self._known: dict[tuple[str, str, str], Cell] = {}
        self._letters_left = MOST_LETTERS
        self._columns: dict[str, int] = {}
        self._styles: dict[str, NumberFormat] = {}

    def read(self, sheet: Sheet, part: Part) -> Grid:
        """The sheet as a grid. Raises Refusal, naming the part and the place, for what cannot be read."""
        reading = _Reading(self)
        try:
            reading.run(part)
        except Overgrown:
            raise part.too_much() from None
        self.unsaved |= {(sheet.title, *spot): style for spot, style in reading.unsaved.items()}
        grid = Grid(sheet.title, reading.cells, reading.merges, sheet.names, sheet.constants, widths=reading.widths)
        return grid.hiding(reading.hidden_rows, reading.hidden_columns)

    def cell(self, kind: str, raw: str, style: str) -> Cell:
        """A cell from its type, its text in the file, and its style number; cells that say the same are one.

        Raises ValueError or LookupError for no value.
        """
        key = kind, raw, style
        cell = self._known.get(key)
        if cell is None:
            cell = self._cell(*key)
            if len(self._known) < MOST_KNOWN:
                self._known[key] = cell
        self._letters_left -= len(cell.text)
        if self._letters_left < 0:
            raise Overgrown
        return cell

    def spend(self, letters: int) -> None:
        """Raises Overgrown where the cells of the workbook say more than any person's."""
        self._letters_left -= letters
        if self._letters_left < 0:
            raise Overgrown

    def _cell(self, kind: str, raw: str, style: str) -> Cell:
        if kind == "s":
            return self._text(self._texts[_index(raw)], style)
        if kind == "n":
            return self._number(raw, style)
        if kind == "b":
            is_true = stated.TRUTH[raw]
            return Cell("TRUE" if is_true else "FALSE", is_true)
        if kind == "e":
            return Cell(raw, raw)
        if kind == "d":
            return self._text(_moment(raw), style)
        if kind not in _TEXTS:
            raise Odd("t", kind)
        return self._text(raw if kind == "inlineStr" else decoded(raw), style)

    def shown(self, cell: Cell, value: Value, style: str) -> Cell:
        """A cell of ``unsaved`` with the result of its formula. A percentage that was typed as =95% looks like that."""
        form = self._format(style)
        if isinstance(value, Decimal):
            typed = cell.formula if form == GENERAL and parse(cell.formula or "") else None
            return cell._replace(text=typed or form.number(value, self._from_1904), value=value)
        if isinstance(value, bool):
            return cell._replace(text="TRUE" if value else "FALSE", value=value)
        if not value or is_failure(value):
            return cell._replace(text=value or "", value=value or None)
        return cell._replace(text=form.text(value), value=value)

    def column(self, reference: str, row: int, digits: str) -> int:
        """The column of a cell's address; ``digits`` is the number of its row as nearly all write it."""
        name = reference.removesuffix(digits)
        return self._columns.get(name) or self._new_column(reference, row, name)

    def _new_column(self, reference: str, row: int, name: str) -> int:
        number = stated.column(reference, row)
        if name.isalpha():
            self._columns[name] = number
        return number

    def _text(self, text: str, style: str) -> Cell:
        return Cell(self._format(style).text(text), text) if text else Cell("")

    def _number(self, raw: str, style: str) -> Cell:
        if "_" in raw or not raw.isascii():  # Python's numbers, not a spreadsheet's
            raise ValueError(raw)
        number = float(raw)
        if not abs(number) < _INFINITE:  # NaN and the like, of programs that divide by zero: a text, as offices show it
            return Cell(raw, raw)
        value = from_float(number)
        return Cell(self._format(style).number(value, self._from_1904), value)

    def _format(self, style: str) -> NumberFormat:
        if style not in self._styles:
            self._styles[style] = self._new_format(style)
        return self._styles[style]

    def _new_format(self, style: str) -> NumberFormat:
        """The format of a style; of one that the workbook does not have the plain one, as in every office."""
        try:
            number = _index(style)
        except ValueError:
            raise Odd("s", style) from None
        return self._formats[number] if number < len(self._formats) else GENERAL


def _index(text: str) -> int:
    """A place in a list. Raises ValueError for what is none, and for those that count from the end."""
    number = stated.whole_number(text)
    if number < 0:
        raise ValueError(text)
    return number


class _Reading:
    """The state of one pass."""

    def __init__(self, reader: SheetReader) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.merges: list[Area] = []
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.widths: dict[int, int] = {}
        self.unsaved: dict[tuple[int, int], str] = {}
        self._reader = reader
        self._inline = RichText()
        self._parser = self._inline.parser
        self._row = self._column = self._sized = 0
        self._digits = ""
        self._kind = self._style = ""
        self._raw = ""
        self._has_value = False
        self._formula: str | None = None
        self._formula_attributes: Attributes = {}
        self._pieces: list[str] = []
        self._masters: dict[str, tuple[int, int, str]] = {}
        self._followers: list[tuple[int, int, str]] = []
        self._arrays: list[tuple[Area, str]] = []

    def run(self, part: Part) -> None:
        starts = {
            "col": self._columns_start,
            "row": self._row_start,
            "c": self._cell_start,
            "f": self._formula_start,
            "v": self._value_start,
            "is": self._inline.begin,
            "mergeCell": self._merge,
            **self._inline.starts,
        }
        ends = {
            "c": self._cell_end,
            "f": self._formula_end,
            "v": self._value_end,
            "is": self._inline_end,
            **self._inline.ends,
        }
        walk(part, starts, ends, self._parser)
        self._resolve_followers()
        self._tell_arrays()

    def _columns_start(self, attributes: Attributes) -> None:
        if stated.truth(attributes, "hidden"):
            self.hidden_columns.append((stated.whole(attributes, "min"), stated.whole(attributes, "max")))
        if width := _twips(attributes.get("width", "")):
            first, last = stated.whole(attributes, "min"), stated.whole(attributes, "max")
            last = min(last, first + REACH, LAST_COLUMN)  # the last run often goes on to the end of the sheet
            self.widths |= dict.fromkeys(range(max(first, self._sized + 1), last + 1), width)
            self._sized = max(self._sized, last)

    def _row_start(self, attributes: Attributes) -> None:
        self._row = stated.row(attributes) if "r" in attributes else self._row + 1
        self._digits = str(self._row)
        self._column = 0
        if stated.truth(attributes, "hidden"):
            self._hide_row()

    def _hide_row(self) -> None:
        """Rows are hidden one by one, often all to the end of the sheet: runs of them are kept."""
        if self.hidden_rows and self.hidden_rows[-1][1] == self._row - 1:
            self.hidden_rows[-1] = self.hidden_rows[-1][0], self._row
        else:
            self.hidden_rows.append((self._row, self._row))

    def _cell_start(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column = stated.next_column(self._row, self._column)
        else:
            self._column = self._reader.column(reference, self._row, self._digits)
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._raw = ""
        self._has_value = False
        self._formula = None

    def _cell_end(self) -> None:
        if not self._raw and self._formula is None:
            return
        cell = self._cell() if self._raw else Cell("")
        if self._formula is not None:
            if not self._is_computed():
                cell = _UNSAVED
                self.unsaved[self._row, self._column] = self._style
            cell = cell._replace(formula=self._formula)
        self.cells[self._row, self._column] = cell

    def _is_computed(self) -> bool:
        """Whether the file holds the result of a formula: an empty text is one, nothing at all is none."""
        if self._raw:
            placed = self._reader.to_compute and self._raw == _PLACEHOLDER
            return not placed and self._raw != _STREAMED
        return self._has_value and self._kind == "str"

    def _cell(self) -> Cell:
        try:
            return self._reader.cell(self._kind, self._raw, self._style)
        except (ValueError, LookupError):
            raise Odd(address(self._row, self._column), self._raw) from None

    def _value_start(self, _: Attributes) -> None:
        self._pieces = capture(self._parser)

    def _value_end(self) -> None:
        self._raw = captured(self._parser, self._pieces)
        self._has_value = True

    def _inline_end(self) -> None:
        self._raw = self._inline.text
        self._kind = "inlineStr"

    def _formula_start(self, attributes: Attributes) -> None:
        self._formula_attributes = attributes
        self._pieces = capture(self._parser)

    def _formula_end(self) -> None:
        self._formula = decoded(captured(self._parser, self._pieces)).removeprefix("=")
        kind = self._formula_attributes.get("t", "normal")
        if kind not in _FORMULAS:
            raise Odd("t", kind)
        if kind == "array" and "ref" in self._formula_attributes:
            self._arrays.append((stated.area(self._formula_attributes), self._formula))
        if kind != "shared":
            return
        index = stated.text(self._formula_attributes, "si")
        if self._formula:
            self._masters.setdefault(index, (self._row, self._column, self._formula))
        else:
            self._followers.append((self._row, self._column, index))

    def _resolve_followers(self) -> None:
        for row, column, index in self._followers:
            if index in self._masters:  # else its words are lost; that there is a formula is known
                top, left, formula = self._masters[index]
                self._reader.spend(4 * len(formula))  # to shift it takes as much longer
                cell = self.cells[row, column]
                self.cells[row, column] = cell._replace(formula=shifted(formula, row - top, column - left))

    def _tell_arrays(self) -> None:
        """One formula fills all cells of an array; the file writes it with the first."""
        for area, formula in self._arrays:
            spots = list(
                islice(product(range(area.top, area.bottom + 1), range(area.left, area.right + 1)), MOST_IN_ARRAY)
            )
            self._reader.spend(len(spots))
            for spot in spots:
                cell = self.cells.get(spot, _FILLED)
                if cell.formula is None:
                    self.cells[spot] = cell._replace(formula=formula)

    def _merge(self, attributes: Attributes) -> None:
        self.merges.append(stated.area(attributes))


def _twips(width: str) -> int | None:
    """The width of a column; None for what is none: nobody's cells depend on it."""
    try:
        characters = float(width)
    except ValueError:
        return None
    return round(characters * TWIPS_PER_CHARACTER) if 0 < characters <= WIDEST else None


def _moment(raw: str) -> str:
    """A moment as the strict dialect writes it, the way others are told: 2024-03-15T08:30:00 is 2024-03-15 08:30."""
    day, _, clock = raw.partition("T")
    time = clock[:8].removesuffix(":00")
    return day if time in ("", "00:00") else f"{day} {time}".strip()
