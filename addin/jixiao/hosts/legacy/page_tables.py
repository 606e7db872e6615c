"""Tables and cells of a web page while it is read."""

import re
from collections.abc import Sequence

from jixiao.grid import Area
from jixiao.hosts.legacy.spans import Spans
from jixiao.hosts.notes import is_note
from jixiao.hosts.stated import twips

_TWIPS_A_PIXEL = 15

BREAK, BLOCK = "\x1e", "\x1f"
"""In the pieces of a text: <br>; where a block begins or ends."""

_BLANKS = re.compile(r"[ \t\r\n\f]+")


def shown(text: str) -> str:
    """Text as a page shows it: blanks run together, <br> and blocks begin a line, the last of them none."""
    lines = (_joined_blocks(line.split(BLOCK)) for line in text.split(BREAK))
    return "\n".join(lines).strip("\n").replace("\xa0", " ")


def _joined_blocks(blocks: Sequence[str]) -> str:
    return "\n".join(filter(None, (_BLANKS.sub(" ", block).strip(" ") for block in blocks)))


class PageCell:
    """A cell while it is read: its own text in pieces, and the tables inside it."""

    __slots__ = ("area", "attributes", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.area = Area(0, 0, 0, 0)
        self.pieces: list[str | PageTable] = []

    def add(self, text: str, is_raised: bool) -> None:
        """Take in text, unless it is the mark of a note to the figure before it."""
        if not (is_raised and is_note([piece for piece in self.pieces if isinstance(piece, str)], text)):
            self.pieces.append(text)

    @property
    def tables(self) -> list["PageTable"]:
        return [piece for piece in self.pieces if isinstance(piece, PageTable)]

    @property
    def has_own_text(self) -> bool:
        return any(isinstance(piece, str) and piece.strip(" \t\r\n\f\xa0" + BREAK + BLOCK) for piece in self.pieces)

    def text(self) -> str:
        """What the cell shows: its lines, and of a table inside a line a row, cells apart by tabs."""
        parts: list[str] = []
        own: list[str] = []
        for piece in [*self.pieces, None]:
            if isinstance(piece, str):
                own.append(piece)
                continue
            parts.append(shown("".join(own)))
            own.clear()
            if piece is not None:
                parts.append(piece.text())
        return "\n".join(filter(None, parts))


class PageTable:
    """A table while it is read."""

    def __init__(self, name: str) -> None:
        self.spans = Spans(name)
        self.cells: list[PageCell] = []
        self.cell: PageCell | None = None
        self.hidden_rows: list[tuple[int, int]] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.widths: list[tuple[int, int, int]] = []
        self.columns = 0
        self._grouped = 0  # cells of the groups of rows that have ended
        self._is_hiding = False

    def begin_row(self, is_hidden: bool = False) -> None:
        self.cell = None
        self.spans.begin_row()
        if is_hidden or self._is_hiding:
            self.hidden_rows.append((self.spans.row, self.spans.row))

    def begin_cell(self, name: str, attributes: dict[str, str], is_hidden: bool) -> None:
        """A cell that is not displayed takes no place either: the cells behind it move up."""
        if not self.spans.row:
            self.begin_row()
        self.cell = PageCell(name, attributes)
        if not is_hidden:
            self.cell.area = self.spans.place(attributes.get("rowspan", ""), attributes.get("colspan", ""))
            self.cells.append(self.cell)

    def add_columns(self, attributes: dict[str, str], is_hidden: bool) -> None:
        first = self.columns + 1
        span = attributes.get("span", "")
        self.columns += int(span) if span.isascii() and span.isdecimal() and len(span) < 6 else 1
        if is_hidden:
            self.hidden_columns.append((first, self.columns))
        if width := twips(attributes, "width", _TWIPS_A_PIXEL):
            self.widths.append((first, self.columns, width))

    def begin_group(self, is_hidden: bool = False) -> None:
        """A group of rows begins or ends (thead, tbody, tfoot); no cell reaches from one into the next."""
        self.cell = None
        self._is_hiding = is_hidden
        self.spans.end_group()
        for cell in self.cells[self._grouped :]:
            cell.area = self.area(cell)
        self._grouped = len(self.cells)

    def text(self) -> str:
        rows: dict[int, list[str]] = {}
        for cell in self.cells:
            rows.setdefault(cell.area.top, []).append(cell.text())
        return "\n".join("\t".join(row) for row in rows.values())

    def content(self) -> "PageTable":
        """This table; of one that is only a frame around another, that other."""
        inner = [table for cell in self.cells for table in cell.tables]
        is_frame = len(inner) == 1 and not any(cell.has_own_text for cell in self.cells)
        return inner[0].content() if is_frame else self

    def area(self, cell: PageCell) -> Area:
        """The area of a cell; no cell reaches below the last row."""
        return cell.area._replace(bottom=min(cell.area.bottom, self.spans.row))
