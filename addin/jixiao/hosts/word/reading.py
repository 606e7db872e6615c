"""Read a Word document: every table as a grid at its true grid positions, every paragraph outside tables as a line.

Elements are known by their local names, so that the strict and the transitional dialect read alike.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jixiao.grid import Area, Cell, Document, Grid, Paragraph
from jixiao.hosts import stated
from jixiao.hosts.notes import is_note
from jixiao.hosts.parts import Odd
from jixiao.hosts.word import symbols
from jixiao.hosts.word.package import main_part

_HEXADECIMAL = re.compile("(?![dD][89a-fA-F])[0-9a-fA-F]{4}")  # a UTF-16 unit that is a character by itself
_MOST_NESTED = 10  # tables within tables; every one repeats in its text what those inside it hold
_MOST_COLUMNS = 63  # Word's own limit
# What is not text on the page: properties, deleted or moved-away text, field codes, pronunciation.
_UNSEEN = {"pPr", "rPr", "sdtPr", "del", "moveFrom", "delText", "instrText", "rt"}
# Elements that only wrap: what matters is inside.
_WRAPPERS = {"sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"}
_MERGES = ("restart", "continue")
_NOTE_MARKS = {"footnoteReference", "endnoteReference"}
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def read_document(path: str) -> Document:
    """Read a .docx: its tables as grids numbered from 1, its paragraphs outside tables in order, empty ones included.

    A table inside another is a grid too, after the one it stands in; the numbers of such tables go on after those of the
    page. Text is kept as typed: spaces, tabs and line breaks stay. The mark of a note to a figure is no part of it, and a text
    box in a cell that says something itself is a paragraph of its own, behind all others. Raises Refusal for a file that is not a readable document.
    """
    part, root = main_part(path)
    try:
        return _document(part.file, root)
    except RecursionError:  # no person nests tables so deep
        raise part.not_xml() from None
    except Odd as odd:
        raise part.refusal(odd) from None


def _document(name: str, root: Element) -> Document:
    body = next(part for part in root if _name(part) == "body")
    return Document(name, list(_blocks(body)))


def _blocks(body: Element) -> Iterator[Grid | Paragraph]:
    elements = list(_inside(body, "p", "tbl"))
    paragraphs, tables = count(1), count(1)
    on_page = sum(_name(element) == "tbl" for element in elements)
    inner_tables = count(on_page + 1)  # whatever a cell holds moves no number of the page
    beside: list[str] = []
    for element in elements:
        if _name(element) == "p":
            yield Paragraph(next(paragraphs), _lines(element))
        else:
            yield from _grids(_table(element), next(tables), None, inner_tables, beside)
    for text in beside:
        yield Paragraph(next(paragraphs), text)


class _Table(NamedTuple):
    """The cells that show, each with the area it covers, the rows that do not, and the widths of the columns."""

    cells: Sequence[tuple[Area, Element]]
    hidden_rows: frozenset[int]
    widths: Mapping[int, int]


def _grids(table: _Table, number: int, inside: int | None, numbers: Iterator[int], beside: list[str]) -> Iterator[Grid]:
    """A table, and after it those in its cells; these take their numbers from ``numbers``.

    The texts of boxes that only lie over a cell go to ``beside``.
    """
    texts = {(area.top, area.left): _cell_text(cell, beside) for area, cell in table.cells}
    yield Grid(
        title="",
        cells={spot: Cell(text, text or None) for spot, text in texts.items()},
        merges=[area for area, _ in table.cells if area[:2] != area[2:]],
        table=number,
        hidden_rows=table.hidden_rows,
        inside=inside,
        widths=table.widths,
    )
    for inner in _tables_in(table):
        yield from _grids(_table(inner), next(numbers), number, numbers, beside)


def _table(element: Element) -> _Table:
    """A table; of one that is only a frame around another, that other."""
    rows = list(_inside(element, "tr"))
    hidden = frozenset(number for number, row in enumerate(rows, 1) if _is_hidden(row))
    table = _Table(_shown(rows), hidden, dict(_widths(element)))
    inner = _tables_in(table)
    return _table(inner[0]) if len(inner) == 1 and not _has_own_text(table) else table


def _widths(table: Element) -> Iterator[tuple[int, int]]:
    """The columns whose width the table states in twips; one that is no width a page has is none."""
    grid = next((part for part in table if _name(part) == "tblGrid"), ())
    columns = (column for column in grid if _name(column) == "gridCol")
    for number, column in enumerate(islice(columns, _MOST_COLUMNS), 1):
        if width := stated.twips({"w": _attribute(column, "w") or ""}, "w", 1):
            yield number, width


def _tables_in(table: _Table) -> list[Element]:
    return [inner for _, cell in table.cells for inner in _inside(cell, "tbl")]


def _has_own_text(table: _Table) -> bool:
    return any(_lines(paragraph).strip() for _, cell in table.cells for paragraph in _inside(cell, "p"))


def _shown(rows: Sequence[Element]) -> list[tuple[Area, Element]]:
    """The cells of all rows with the areas they cover; of a merged area the first, which holds its content."""
    contents: dict[tuple[int, int, int], Element] = {}  # (top, left, right) of an area -> its first cell
    bottoms: dict[tuple[int, int, int], int] = {}  # … -> the last row it covers
    above: dict[tuple[int, int], int] = {}  # (left, right) -> the top row of the merge that may go on below
    for row, element in enumerate(rows, 1):
        current: dict[tuple[int, int], int] = {}
        for span in _spans(element):
            columns = span.left, span.right
            top = above.get(columns, row) if span.vertical == "continue" else row
            if top == row:
                contents[top, *columns] = span.element
            bottoms[top, *columns] = row
            if span.vertical:
                current[columns] = top
        above = current
    return [(Area(top, left, bottoms[top, left, right], right), cell) for (top, left, right), cell in contents.items()]


class _Span(NamedTuple):
    """A cell of one row and the grid columns it covers, both ends included."""

    left: int
    right: int
    vertical: str | None  # restart, continue, or not merged with its neighbours above and below
    element: Element


def _spans(row: Element) -> list[_Span]:
    """The cells of a row on the grid; horizontal merges of the old kind (hMerge) are folded into the cell they widen."""
    spans: list[_Span] = []
    column = 1 + _number(row, "trPr", "gridBefore", least=0)
    for cell in _inside(row, "tc"):
        right = column + _number(cell, "tcPr", "gridSpan", least=1) - 1
        if spans and _merge(cell, "hMerge") == "continue":
            spans[-1] = spans[-1]._replace(right=right)
        else:
            spans.append(_Span(column, right, _merge(cell, "vMerge"), cell))
        column = right + 1
    return spans


def _merge(cell: Element, kind: str) -> str | None:
    mark = _property(cell, "tcPr", kind)
    if mark is None:
        return None
    value = _attribute(mark, "val") or "continue"
    if value not in _MERGES:
        raise Odd(kind, value)
    return value


def _cell_text(cell: Element, beside: list[str]) -> str:
    """What a cell says; where it says nothing itself, what the text boxes in it say."""
    boxes: list[str] = []
    text = _block_text(cell, boxes)
    if boxes and not text.strip():
        return "\n".join(boxes)
    beside += boxes
    return text


def _block_text(parent: Element, boxes: list[str], depth: int = 0) -> str:
    """The text of a cell: its paragraphs as lines; a table inside gives a line a row, cells apart by tabs.

    Text boxes at its paragraphs go to ``boxes``; those inside a table are told with that table.
    """
    return "\n".join(
        _text(block, boxes) if _name(block) == "p" else _table_text(block, depth + 1)
        for block in _inside(parent, "p", "tbl")
    )


def _table_text(table: Element, depth: int) -> str:
    if depth > _MOST_NESTED:
        raise RecursionError
    rows = ([_block_text(cell, [], depth) for cell in _inside(row, "tc")] for row in _inside(table, "tr"))
    return "\n".join(map("\t".join, rows))


def _lines(paragraph: Element) -> str:
    """A paragraph, and below it the text boxes that hang on it."""
    boxes: list[str] = []
    text = _text(paragraph, boxes)
    return "\n".join(([text] if text else []) + boxes)


class _Raised(str):
    """Text that is set high."""


class _Boxed(str):
    """The text of a box, which only hangs on the place where it was anchored."""


def _text(paragraph: Element, boxes: list[str]) -> str:
    """What a paragraph says, without the marks of notes to figures; text boxes go to ``boxes``."""
    said: list[str] = []
    for piece in _pieces(paragraph):
        if isinstance(piece, _Boxed):
            boxes.append(piece)
        elif not (isinstance(piece, _Raised) and is_note(said, piece)):
            said.append(piece)
    return "".join(said)


def _pieces(parent: Element) -> Iterator[str]:
    for element in parent:
        name = _name(element)
        if name == "t":
            text = element.text or ""
            yield symbols.in_words(_font(parent), text) if max(text, default="") > symbols.FIRST else text
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "br":
            yield "\n" if _attribute(element, "type") in {None, "textWrapping"} else ""
        elif name == "sym":
            yield _symbol(element)
        elif name == "checkBox":
            yield "☑" if _is_ticked(element) else "□"
        elif name == "txbxContent":
            yield _box(element)
        elif name == "AlternateContent":
            yield from _pieces(_only(element))
        elif name not in _UNSEEN and not _is_vanished(element):
            pieces = _pieces(element)
            yield from map(_raised, pieces) if _is_raised(element) else pieces


def _box(content: Element) -> _Boxed:
    boxes: list[str] = []
    text = _block_text(content, boxes)
    return _Boxed("\n".join([text, *boxes]))


def _raised(piece: str) -> str:
    return piece if isinstance(piece, _Boxed) else _Raised(piece)


def _is_raised(run: Element) -> bool:
    """Whether this is a run that is set high, or holds a note's own mark."""
    if _name(run) != "r":
        return False
    align = _property(run, "rPr", "vertAlign")
    is_high = align is not None and _attribute(align, "val") == "superscript"
    return is_high or any(_name(piece) in _NOTE_MARKS for piece in run)


def _is_vanished(run: Element) -> bool:
    """Whether this is a run of hidden text, which is neither shown nor printed."""
    mark = _property(run, "rPr", "vanish") if _name(run) == "r" else None
    return mark is not None and _is_on(mark)


def _symbol(element: Element) -> str:
    """A sign of a symbol font as ordinary text; nothing where the file names no sign."""
    digits = _attribute(element, "char") or ""
    return symbols.sign(_attribute(element, "font") or "", int(digits, 16)) if _HEXADECIMAL.fullmatch(digits) else ""


def _font(run: Element) -> str:
    """The font a run names for letters; symbol fonts are named nowhere else."""
    fonts = _property(run, "rPr", "rFonts")
    return (_attribute(fonts, "ascii") if fonts is not None else None) or ""


def _is_ticked(box: Element) -> bool:
    """Whether an old form field is ticked: its present state, else its default."""
    states = {_name(state): state for state in box}
    state = states.get("checked", states.get("default"))
    return state is not None and _is_on(state)


def _is_hidden(row: Element) -> bool:
    mark = _property(row, "trPr", "hidden")
    return mark is not None and _is_on(mark)


def _is_on(switch: Element) -> bool:
    """A switch that is merely named is on."""
    value = _attribute(switch, "val")
    return value is None or stated.truth({_name(switch): value}, _name(switch))


def _inside(parent: Element, *names: str) -> Iterator[Element]:
    """The elements of these names directly inside, looking through wrappers; deleted rows are passed over."""
    for element in parent:
        name = _name(element)
        if name in names:
            if name != "tr" or _property(element, "trPr", "del") is None:
                yield element
        elif name in _WRAPPERS:
            yield from _inside(element, *names)
        elif name == "AlternateContent":
            yield from _inside(_only(element), *names)


def _only(alternatives: Element) -> Element:
    """Of several forms of one content the first, which is the newest; the others repeat it."""
    return next(iter(alternatives), alternatives)


def _property(element: Element, group: str, name: str) -> Element | None:
    """``<w:tc><w:tcPr><w:vMerge/>``: the property ``vMerge`` of the group ``tcPr``."""
    for properties in element:
        if _name(properties) == group:
            return next((item for item in properties if _name(item) == name), None)
    return None


def _number(element: Element, group: str, name: str, *, least: int) -> int:
    """A count of columns: the least where the document names none, and never more than Word has."""
    found = _property(element, group, name)
    value = _attribute(found, "val") if found is not None else None
    number = least if value is None else stated.whole({name: value}, name)
    if number < least:
        raise Odd(name, value)
    return min(number, _MOST_COLUMNS)


def _attribute(element: Element, name: str) -> str | None:
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), None)


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]
