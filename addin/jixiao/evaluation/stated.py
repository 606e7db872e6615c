"""What stands in one cell, and in one row of a table."""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from jixiao.figures import Figure, bare, parse, plain, visible
from jixiao.grid import NOT_KNOWN, is_failure
from jixiao.places import Place, Where

_STROKES = "-–—―─－\u2212"
NOTHING = frozenset({"", "/", "//", "\\", "不适用", "N/A", *_STROKES, *(2 * one for one in _STROKES), "---"})
"""What may stand where there is nothing to state."""


_BREAK = r"(?<!\s)[^\S\n]*+\n\s*+"
_ENDS_WORD, _BEGINS_WORD = r"[A-Za-z0-9,.;:)&]", r"[A-Za-z0-9(&]"
_LONGEST = 40  # letters by which a text is told


class Part(StrEnum):
    """What kind of thing was not understood."""

    COLUMN = "column"
    ROW = "row"
    LABEL = "label"
    TABLE = "table"
    TEXT = "text"


class Stated(NamedTuple):
    """One stated value. ``exact`` is the number behind the print where the file keeps one; ``formula`` lacks its ``=``.

    ``sure`` says how sure it is that the cell means this fact: 1 where a name, a drawing or a heading says so beyond doubt;
    0 for a cell of a column whose cells contradict its heading.
    """

    text: str
    place: Place
    figure: Figure | None = None
    exact: Decimal | None = None
    formula: str | None = None
    sure: float = 1

    @property
    def blank(self) -> bool:
        return not bare(self.text)

    @property
    def number(self) -> Decimal | None:
        """The printed value; None for blanks and texts."""
        return self.figure.value if self.figure else None


class Row(NamedTuple):
    """One row of a repeated block: its row on the grid, and its cells by field, empty ones too.

    ``began`` tells, for the fields whose cell began in a row above, in which. ``printed`` are the fields whose words the
    form prints itself.
    """

    number: int
    cells: Mapping[str, Stated]
    began: Mapping[str, int] = {}
    printed: Sequence[str] = ()

    @property
    def blank(self) -> bool:
        """Whether nobody stated anything here."""
        return all(cell.blank for field, cell in self.cells.items() if field not in self.printed)

    def head(self, field: str) -> int:
        """The row in which the cell of a field begins."""
        return self.began.get(field, self.number)


class Unread(NamedTuple):
    """Something of a form that was not understood: the heading of a column, a label, a text, by its own words.

    ``contradicted`` says that a heading was understood, but what stands under it is something else.
    """

    words: str
    place: Place
    part: Part
    contradicted: bool = False


def each_once(cells: Iterable[Stated]) -> list[Stated]:
    """Every cell once, by the first of its names: one may be several facts."""
    known: dict[Where, Stated] = {}
    for cell in cells:
        known.setdefault(cell.place.spot, cell)
    return list(known.values())


def failed(cell: Stated | None) -> bool:
    """Whether a formula could not be computed (#NAME?, #DIV/0!) or its result is not known: its cell states nothing."""
    return cell is not None and cell.formula is not None and is_failure(cell.text.strip())


def not_known(cell: Stated) -> bool:
    """Whether the file was saved without the result of a formula, and it could not be worked out."""
    return cell.formula is not None and cell.text.strip() == NOT_KNOWN


def text_of(cell: Stated | None) -> str:
    """What is stated, stripped; empty without a cell and where a formula failed."""
    return "" if cell is None or failed(cell) else bare(cell.text)


def number_of(cell: Stated | None) -> Decimal | None:
    """The printed number; None without a cell, for blanks and texts."""
    return None if cell is None else cell.number


def without_unit(cell: Stated) -> str:
    """What is stated, stripped; a number is told bare, in the unit its figure knows, whatever was typed around it."""
    text = bare(cell.text)
    if cell.figure is None or cell.figure.percent:
        return text
    typed = cell.exact is None and parse(text) is None
    printed = bool(cell.figure.heading) and text[-1:].isalpha()
    return plain(cell.figure.value) if typed or printed else text


def told(cell: Stated | None) -> str:
    """What is stated, a number in the unit of its figure; a dash for nothing has none."""
    text = without_unit(cell) if cell is not None else ""
    return text + cell.figure.heading if cell and cell.figure and any(map(str.isdigit, text)) else text


def one_line(text: str) -> str:
    """A label without the blanks and breaks by which the forms fit it into narrow columns."""
    return "".join(visible(text).split())


def short(text: str) -> str:
    """The beginning of a text, on one line, to tell it by."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def unbroken(text: str) -> str:
    """A name without the line breaks that fit it into a narrow column; between words of letters a blank is left."""
    return re.sub(_BREAK, _blank, text) if "\n" in text else text


def _blank(line_break: re.Match[str]) -> str:
    before, after = line_break.string[: line_break.start()][-1:], line_break.string[line_break.end() :][:1]
    return " " if re.fullmatch(_ENDS_WORD, before) and re.fullmatch(_BEGINS_WORD, after) else ""


def filled(cell: Stated | None) -> bool:
    """Whether something is stated; a dash or slash states nothing, unless it is how a number prints."""
    return text_of(cell) not in NOTHING or number_of(cell) is not None


def answered(cell: Stated | None) -> bool:
    """Whether something is stated, or a formula stands there whose result is missing: the user has left nothing open."""
    return filled(cell) or failed(cell)
