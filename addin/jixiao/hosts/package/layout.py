"""Where rows and cells lie in the bytes of a sheet part."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from jixiao.grid import Area
from jixiao.hosts import stated
from jixiao.hosts.package.formulas import shifted
from jixiao.hosts.package.markup import (
    Attributes,
    Ends,
    Span,
    Starts,
    capture,
    captured,
    decoded,
    element_end,
    new_parser,
    tag_end,
    walk,
)
from jixiao.hosts.parts import Odd, Part


class Formula(NamedTuple):
    """A formula as it lies in a cell; ``text`` is what it says there, also if another cell holds the words."""

    start: int
    end: int
    attributes: Attributes
    text: str


class CellSpan(NamedTuple):
    """A cell as it lies in a part."""

    column: int
    span: Span
    formula: Formula | None


class RowSpan(NamedTuple):
    """A row as it lies in a part; its cells only if they were asked for."""

    number: int
    span: Span
    cells: list[CellSpan]


class Layout:
    """Positions of all rows, and of the cells in the wanted rows."""

    def __init__(self, part: Part, wanted_rows: AbstractSet[int]) -> None:
        self.rows: list[RowSpan] = []
        self.merges: list[Area] = []
        self.arrays: list[Area] = []
        self.columns: list[tuple[int, int, str]] = []  # first, last, style
        self.dimension: Span | None = None
        self.data: Span | None = None
        self.protected = False
        self._content = part.content
        self._wanted = wanted_rows
        self._parser = new_parser()
        self._open: list[tuple[Attributes, int]] = []
        self._row = self._column = 0
        self._inside = ""  # row, c, or neither
        self._cells: list[CellSpan] = []
        self._formula: Formula | None = None
        self._pieces: list[str] = []
        self._masters: dict[str, tuple[int, int, str]] = {}
        self.prefix = walk(part, self._starts(), self._ends(), self._parser)

    def _starts(self) -> Starts:
        return {
            "dimension": self._start,
            "col": self._column_start,
            "sheetProtection": self._protection,
            "sheetData": self._start,
            "row": self._row_start,
            "c": self._cell_start,
            "f": self._formula_start,
            "mergeCell": lambda attributes: self.merges.append(stated.area(attributes)),
        }

    def _ends(self) -> Ends:
        return {
            "dimension": self._dimension_end,
            "sheetData": self._data_end,
            "row": self._row_end,
            "c": self._cell_end,
            "f": self._formula_end,
        }

    def _start(self, attributes: Attributes) -> None:
        self._open.append((attributes, self._parser.CurrentByteIndex))

    def _end(self) -> Span:
        attributes, start = self._open.pop()
        inner_start, inner_end = tag_end(self._content, start), self._parser.CurrentByteIndex
        return Span(attributes, start, element_end(self._content, inner_start, inner_end), inner_start, inner_end)

    def _dimension_end(self) -> None:
        self.dimension = self._end()

    def _data_end(self) -> None:
        self.data = self._end()

    def style_of(self, row: RowSpan | None, column: int) -> str | None:
        """The style of a cell that is not there: its row's, else its column's."""
        if row and row.span.attributes.get("customFormat") in ("1", "true"):
            return row.span.attributes.get("s")
        return next((style for first, last, style in self.columns if first <= column <= last), None)

    def _protection(self, attributes: Attributes) -> None:
        self.protected = stated.truth(attributes, "sheet")

    def _column_start(self, attributes: Attributes) -> None:
        if "style" in attributes:
            self.columns.append((stated.whole(attributes, "min"), stated.whole(attributes, "max"), attributes["style"]))

    def _row_start(self, attributes: Attributes) -> None:
        self._enter("row", inside="")
        self._start(attributes)
        number = stated.row(attributes) if "r" in attributes else self._row + 1
        if number <= self._row:  # what is looked for by halves must be in order
            raise Odd("r", str(number))
        self._row = number
        self._column = 0
        self._cells = []

    def _row_end(self) -> None:
        self._inside = ""
        self.rows.append(RowSpan(self._row, self._end(), self._cells))

    def _cell_start(self, attributes: Attributes) -> None:
        self._enter("c", inside="row")
        reference, last = attributes.get("r"), self._column
        self._column = stated.column(reference, self._row) if reference else stated.next_column(self._row, last)
        if self._column <= last:
            raise Odd("r", reference)
        if self._row in self._wanted:
            self._formula = None
            self._start(attributes)

    def _cell_end(self) -> None:
        self._inside = "row"
        if self._row in self._wanted:
            self._cells.append(CellSpan(self._column, self._end(), self._formula))

    def _enter(self, element: str, inside: str) -> None:
        """Rows hold cells, and nothing else is a place to write to."""
        if self._inside != inside:
            raise Odd(element, f"{self._inside}/{element}")
        self._inside = element

    def _formula_start(self, attributes: Attributes) -> None:
        self._start(attributes)
        self._pieces = capture(self._parser)

    def _formula_end(self) -> None:
        span = self._end()
        text = decoded(captured(self._parser, self._pieces)).removeprefix("=")
        kind = span.attributes.get("t")
        if kind == "shared":
            text = self._shared(stated.text(span.attributes, "si"), text)
        elif kind in ("array", "dataTable") and "ref" in span.attributes:
            self.arrays.append(stated.area(span.attributes))
        self._formula = Formula(span.start, span.end, span.attributes, text)

    def _shared(self, index: str, text: str) -> str:
        if text:
            self._masters.setdefault(index, (self._row, self._column, text))
            return text
        if index not in self._masters or self._row not in self._wanted:
            return ""
        row, column, formula = self._masters[index]
        return shifted(formula, self._row - row, self._column - column)
