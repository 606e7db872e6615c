"""What a host sees: a grid of cells, and the changes to write back. No rule lives here."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from jixiao.figures import Figure, parse, shown
from jixiao.places import Place, letters

Value = Decimal | str | bool | None


class Link(NamedTuple):
    """A cell that shows an address and jumps to it when clicked."""

    sheet: str
    cell: str


class Area(NamedTuple):
    """A rectangle of cells, all ends included, counted from 1."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def absolute(self) -> str:
        """``$D$14:$D$40``, or ``$D$14`` for one cell."""
        corners = (self.top, self.left), (self.bottom, self.right)
        return ":".join(f"${letters(column)}${row}" for row, column in dict.fromkeys(corners))


NOT_KNOWN = "#NOT_KNOWN!"
"""What a cell holds whose formula was saved without a result that could be worked out: nobody stated that it is blank."""


class Cell(NamedTuple):
    """One cell: its printed text, the value behind it (``#DIV/0!`` and the like stay text) and its formula without ``=``.

    ``saved`` is False where the file holds no result of the formula: its value was worked out here, or is ``NOT_KNOWN``.
    """

    text: str
    value: Value = None
    formula: str | None = None
    saved: bool = True

    @property
    def figure(self) -> Figure | None:
        """The cell as a printed number; None for text, blanks and errors."""
        return shown(self.text, self.value) if isinstance(self.value, Decimal) else parse(self.text)


BLANK = Cell("")


def is_failure(text: str) -> bool:
    """What a formula shows that could not be computed: #NAME?, #VALUE! …"""
    return text.startswith("#") and text.endswith(("!", "?", "/A"))


class Grid(NamedTuple):
    """One sheet of a workbook, or one table of a Word document.

    ``names`` are the names scoped to the sheet (``funds.total.executed`` -> area);
    ``constants`` those that hold a text (``jx.form`` -> ``datong-project-2021``). Hidden rows and columns are read like
    all others; ``facts`` says so. A table inside another table says ``inside`` which, and the text of that cell holds its text too.
    ``widths`` are those of the columns in twips, as far as the file states them.
    """

    title: str
    cells: Mapping[tuple[int, int], Cell]
    merges: Sequence[Area] = ()
    names: Mapping[str, Area] = {}
    constants: Mapping[str, str] = {}
    table: int | None = None
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    inside: int | None = None
    widths: Mapping[int, int] = {}

    def hiding(self, rows: Sequence[tuple[int, int]], columns: Sequence[tuple[int, int]]) -> "Grid":
        """The same grid with these runs of rows and columns hidden, as far as it has them."""
        return self._replace(
            hidden_rows=_numbers(rows, self.rows) if rows else frozenset(),  # to look for them is not free
            hidden_columns=_numbers(columns, self.columns) if columns else frozenset(),
        )

    def widened(self, runs: Sequence[tuple[int, int, int]]) -> "Grid":
        """The same grid with the widths of these runs of columns (first, last, twips), as far as it has them."""
        widths: dict[int, int] = {}
        there, end = self.columns if runs else (), 0
        for first, last, twips in sorted(runs):
            widths.update(dict.fromkeys(within(there, max(first, end + 1), last), twips))
            end = max(end, last)
        return self._replace(widths=widths) if widths else self

    def at(self, row: int, column: int) -> Cell:
        return self.cells.get((row, column), BLANK)

    def place(self, row: int, column: int, label: str = "") -> Place:
        if self.table is not None:
            return Place(None, self.table, None, row, column, label)
        return Place(self.title, None, None, row, column, label)

    @property
    def height(self) -> int:
        """The last row that holds anything, merged areas included."""
        rows = [row for row, _ in self.cells]
        return max([*rows, *(area.bottom for area in self.merges)], default=0)

    @property
    def width(self) -> int:
        """The last column that holds anything, merged areas included."""
        columns = [column for _, column in self.cells]
        return max([*columns, *(area.right for area in self.merges)], default=0)

    @property
    def rows(self) -> Sequence[int]:
        """The rows that hold something, and up to ``REACH`` empty ones behind each; one far cell adds no million between."""
        return self.rows_to(self.height)

    def rows_to(self, end: int) -> Sequence[int]:
        """Those rows as far as ``end``, wherever the last one that holds something is."""
        return _reached({row for row, _ in self.cells}, end)

    @property
    def columns(self) -> Sequence[int]:
        """The columns that hold something, and up to ``REACH`` empty ones behind each."""
        return _reached({column for _, column in self.cells}, self.width)


REACH = 100
"""How many empty rows or columns in a row may be part of a form; none that was ever published has half of it."""


def _reached(held: Iterable[int], end: int) -> list[int]:
    """The numbers up to ``end`` that hold something, and those in reach; what is held may begin a short way down."""
    found: list[int] = []
    for number in (0, *sorted(held)):
        free = found[-1] + 1 if found else 1
        found += range(max(free, number), min(number + REACH, end) + 1)
    return found


def within(numbers: Sequence[int], first: int, last: int) -> Sequence[int]:
    """Those of sorted numbers that lie between two, both included."""
    return numbers[bisect_left(numbers, first) : bisect_right(numbers, last)]


def _numbers(runs: Sequence[tuple[int, int]], there: Sequence[int]) -> frozenset[int]:
    """The numbers in all runs that are there: a run of hidden columns often goes on to the end of the sheet."""
    found: list[int] = []
    end = 0
    for first, last in sorted(runs):
        found += within(there, max(first, end + 1), last)
        end = max(end, last)
    return frozenset(found)


TWIPS_PER_CHARACTER = 105
"""How wide a character of a column is."""


class Paragraph(NamedTuple):
    """A line of a Word document outside its tables; ``number`` counts those lines from 1, empty ones included."""

    number: int
    text: str


class Binding(NamedTuple):
    """What makes a sheet of somebody else's workbook one of ours; nothing else of it is touched.

    ``names`` are scoped to the sheet and stand for its cells, ``constants`` hold a text. ``rates`` are the cells that will
    show a rate: where they have no number format yet they are to print ``0.00%``.
    """

    sheet: str
    names: Mapping[str, Area]
    constants: Mapping[str, str]
    rates: Sequence[tuple[int, int]] = ()


class Document(NamedTuple):
    """A whole file as read: its grids and the paragraphs around them, in order.

    ``editable`` says that it is a workbook which can be changed where it stands: a package, or one open in a program.
    """

    name: str
    blocks: Sequence[Grid | Paragraph]
    editable: bool = False

    @property
    def grids(self) -> Sequence[Grid]:
        """Its sheets or tables, in order."""
        return [block for block in self.blocks if isinstance(block, Grid)]

    @property
    def paragraphs(self) -> Sequence[str]:
        """The texts outside tables (Word only), in order."""
        return [block.text for block in self.blocks if isinstance(block, Paragraph)]

    def above(self, grid: Grid) -> Sequence[Paragraph]:
        """The paragraphs between a grid of this document and the one before it."""
        found: list[Paragraph] = []
        at = [id(block) for block in self.blocks].index(id(grid))  # blank forms of one kind are equal
        for block in reversed(self.blocks[:at]):
            if isinstance(block, Grid):
                break
            found.append(block)
        return found[::-1]

    def bound(self, bindings: Sequence[Binding]) -> "Document":
        """The same document once these bindings stand in it."""
        by_sheet = {binding.sheet: binding for binding in bindings}

        def bound(grid: Grid) -> Grid:
            binding = by_sheet.get(grid.title)
            if binding is None:
                return grid
            return grid._replace(
                names={**grid.names, **binding.names}, constants={**grid.constants, **binding.constants}
            )

        return self.with_grids(bound)

    def with_grids(self, changed: Callable[[Grid], Grid]) -> "Document":
        """The same document, every grid replaced by what becomes of it."""
        return self._replace(blocks=[changed(block) if isinstance(block, Grid) else block for block in self.blocks])


class Change(NamedTuple):
    """One cell to write: the value as it must be cached, and the formula behind it, if any (without ``=``)."""

    sheet: str
    row: int
    column: int
    value: Value
    formula: str | None = None
    old: Value = None
    label: str = ""
    number_format: str = "General"  # how the value prints, for people who are asked about the change


class Host(Protocol):
    """A spreadsheet that can be read and written in blocks: a file, Excel, LibreOffice, or plain memory."""

    def read(self) -> Document:
        """All sheets, each in one block."""

    def write(self, changes: Iterable[Change]) -> None:
        """Write all changes, one block a sheet; nothing else changes. Raises Refusal if a sheet or cell cannot be written."""

    def mark(self, marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]) -> None:
        """Replace the list of findings on 校验结果 and, by sheet, the addresses that are marked; empty ones unmark."""

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Make sheets of somebody else's workbook ours: their names, the marks, and the sheet 校验结果 where it is missing.

        Names that are there already stand for something else from now on. No cell changes but the number format of
        ``rates``. Raises Refusal, and changes nothing, where a sheet is missing or names cannot be written.
        """

    def unbind(self, bindings: Sequence[Binding]) -> None:
        """Take back what these bindings brought, marks and number formats too; 校验结果 goes with the last sheet of ours.

        What is gone already is no mistake: somebody may have deleted it.
        """

    def save(self) -> None:
        """Make it last, wholly or not at all."""
