"""Web pages named .xls: the tables of a page as grids, its other text as lines.

Excel shows such a page as one sheet. A page that is nothing but one table is read as that sheet, and every table before
which LibreOffice wrote the name of a sheet as that one; of any other page only its author's program knows in which row
Excel would put what, so its tables are numbered like those of a Word file.
"""

import re
from collections.abc import Iterator
from itertools import count
from math import isfinite

from jixiao.errors import Refusal
from jixiao.figures import from_float, parse
from jixiao.grid import Area, Cell, Document, Grid, Paragraph, Value, is_failure
from jixiao.hosts.legacy.encoding import text_of
from jixiao.hosts.legacy.formats import named_format
from jixiao.hosts.legacy.limits import MOST_LETTERS, MOST_LINES, MOST_SLOTS, MOST_TAGS, Counter
from jixiao.hosts.legacy.page_tables import BLOCK, BREAK, PageCell, PageTable, shown
from jixiao.hosts.legacy.scanner import Comment, Declaration, Tag, plain_text, tokens
from jixiao.hosts.legacy.styles import blanks, format_in, hides, sheet_formats, sheet_hiding
from jixiao.hosts.legacy.veil import Veil
from jixiao.wording import files
from jixiao.wording.places import TABLE

_MOST_NESTED = 12
_MOST_CLASSES = 8
_AS_TYPED = "@"
_BLOCKS = frozenset(
    (
        *("p", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "hr", "center", "caption", "blockquote", "address"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "form", "fieldset", "section"),
    )
)
_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_OF_TABLES = _GROUPS | {"tr", "td", "th", "col", "colgroup"}
_UNSEEN = frozenset(("comment", "textarea", "noscript", "select"))
_SHEET_ANCHOR = re.compile(r"table\d{1,4}")
"""What LibreOffice calls the heading over a sheet; the sheet's name is the emphasised part of it."""
_SHEET_NAME = re.compile(r"<x:Name>([^<]*)</x:Name>", re.IGNORECASE)


def read_page(data: bytes, name: str) -> Document:
    """The tables and lines of a page. Raises Refusal for a page without tables, and for one that declares entities."""
    page = _Page(name)
    page.read(text_of(data, name))
    return page.document()


def read_archive(data: bytes, name: str) -> Document:
    """The same of a web archive (.mht), whose sheets are pages of their own."""
    from email import message_from_bytes

    Counter(name, MOST_LINES).add(data.count(b"\n"))
    page = _Page(name)
    for part in message_from_bytes(data).walk():
        if part.get_content_type() == "text/html" and not part.get("Content-Location", "").endswith("tabstrip.htm"):
            content = part.get_payload(decode=True)
            page.read(text_of(content if isinstance(content, bytes) else b"", name))
    return page.document()


class _Page:
    """Reads pages into one document."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._blocks: list[PageTable | str] = []
        self._open: list[PageTable] = []
        self._pieces: list[str] = []
        self._veil = Veil()
        self._hiding: dict[str, str] = {}
        self._is_raised = False
        self._formats: dict[str, str] = {}
        self._titles: list[str] = []
        self._heading: str | None = None  # of a sheet, while it is read
        self._is_name = False
        self._sheets: list[str] = []
        self._cells = Counter(name)
        self._letters = Counter(name, 4 * MOST_LETTERS)
        self._slots = Counter(name, MOST_SLOTS)
        self._tags = Counter(name, MOST_TAGS)

    def read(self, page: str) -> None:
        """Take in one page."""
        for token in tokens(page):
            self._tags.add()
            if isinstance(token, str):
                self._text(token)
            elif isinstance(token, Comment):
                self._titles += map(plain_text, _SHEET_NAME.findall(token.text))
            elif isinstance(token, Declaration):
                self._refuse_entities(token.text)
            elif token.closes:
                self._end(token.name)
            else:
                self._start(token)
        self._open.clear()
        self._veil.lift()
        self._end_lines()

    def document(self) -> Document:
        """What was read."""
        tables = [block.content() for block in self._blocks if isinstance(block, PageTable)]
        if not tables:
            raise Refusal(files.NO_TABLE.format(name=self._name))
        if len(self._blocks) == 1 and not any(cell.tables for cell in tables[0].cells):
            title = next(filter(None, self._titles), TABLE.format(table=1))
            return Document(self._name, [self._grid(tables[0])._replace(title=title)])
        if len(self._sheets) == len(set(self._sheets)) == len(self._blocks) == len(tables):
            sheets = zip(tables, self._sheets, strict=True)
            return Document(self._name, [self._grid(table)._replace(title=title) for table, title in sheets])
        return Document(self._name, list(self._numbered(len(tables))))

    def _refuse_entities(self, declaration: str) -> None:
        """The bare DOCTYPE of HTML names no file that would be read; anything that declares is refused."""
        words = declaration.lower().split()[:2]
        foreign = words[:1] == ["doctype"] and (words[1:] != ["html"] or "[" in declaration)
        if foreign or declaration[:6].lower() == "entity":
            raise Refusal(files.DOCTYPE.format(name=self._name))

    def _text(self, text: str) -> None:
        if self._veil:
            return
        if self._heading is not None:
            self._heading += text * self._is_name
        elif not self._open:
            self._pieces.append(text)
        elif self._open[-1].cell is not None:
            self._open[-1].cell.add(text, self._is_raised)
        elif line := shown(text).strip():
            self._blocks.insert(-1, line)  # in a table but in no cell, as its caption: browsers show it above

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if name == "style":
            self._formats |= sheet_formats(tag.content)
            self._hiding |= sheet_hiding(tag.content)
        elif name == "xml":
            self._titles += map(plain_text, _SHEET_NAME.findall(tag.content))
        if self._veil:
            self._veil.start(name)
        if self._veil:
            return
        style = self._style(tag)
        is_hidden, is_blank = "hidden" in tag.attributes or hides(style), blanks(style)
        if self._open and name in _OF_TABLES:
            self._start_inside(self._open[-1], tag, is_hidden, is_blank)
        elif name in _UNSEEN or is_hidden or is_blank:
            self._veil.draw(name)
        else:
            self._start_shown(tag)

    def _begin_sheet(self) -> None:
        """What stood before the first sheet is a list of them."""
        if not self._sheets:
            self._pieces.clear()
        self._heading, self._is_name = "", False

    def _end_sheet(self) -> None:
        self._sheets += [shown(self._heading).strip()] if self._heading else []
        self._heading = None

    def _style(self, tag: Tag) -> str:
        """What the page says of how an element looks, as far as it may hide it."""
        sheet = (
            [self._hiding[selector] for selector in _selectors(tag) if selector in self._hiding] if self._hiding else []
        )
        return ";".join((*sheet, tag.attributes.get("style", "")))

    def _start_shown(self, tag: Tag) -> None:
        name = tag.name
        if name == "a" and not self._open and _SHEET_ANCHOR.fullmatch(tag.attributes.get("name", "")):
            self._begin_sheet()
        elif name == "em":
            self._is_name = True
        elif name == "sup":
            self._is_raised = True
        elif name == "br":
            self._text(BREAK)
        elif name in _BLOCKS:
            self._text(BLOCK)
        elif name == "table":
            self._begin_table()

    def _start_inside(self, table: PageTable, tag: Tag, is_hidden: bool, is_blank: bool) -> None:
        name = tag.name
        if name == "tr":
            table.begin_row(is_hidden or is_blank)
        elif name in ("td", "th"):
            self._slots.add()
            self._is_raised = False
            table.begin_cell(name, tag.attributes, is_hidden)
            if is_blank:
                self._veil.draw(name)
        elif name in _GROUPS:
            table.begin_group(is_hidden or is_blank)
        elif name == "col" or "span" in tag.attributes:
            table.add_columns(tag.attributes, is_hidden or is_blank)

    def _end(self, name: str) -> None:
        if self._veil and not self._veil.end(name):
            return
        if name == "a" and self._heading is not None:
            self._end_sheet()
        elif name == "em":
            self._is_name = False
        elif name == "sup":
            self._is_raised = False
        elif name in _BLOCKS:
            self._text(BLOCK)
        elif name == "table" and self._open:
            self._open.pop()
        elif name in _GROUPS and self._open:
            self._open[-1].begin_group()
        elif name in ("td", "th", "tr") and self._open:
            self._open[-1].cell = None

    def _begin_table(self) -> None:
        if len(self._open) == _MOST_NESTED:
            raise Refusal(files.TOO_LARGE.format(name=self._name))
        self._slots.add()
        table = PageTable(self._name)
        outer = self._open[-1].cell if self._open else None
        if outer is not None:
            outer.pieces.append(table)
        else:
            self._end_lines()
            self._blocks.append(table)
        self._open.append(table)

    def _end_lines(self) -> None:
        lines = shown("".join(self._pieces)).split("\n")
        self._blocks += [line for line in lines if line.strip()]
        self._pieces.clear()

    def _numbered(self, tables: int) -> Iterator[Grid | Paragraph]:
        lines, numbers, inner = count(1), count(1), count(tables + 1)
        for block in self._blocks:
            if isinstance(block, str):
                yield Paragraph(next(lines), block)
            else:
                yield from self._grids(block.content(), next(numbers), None, inner)

    def _grids(self, table: PageTable, number: int, inside: int | None, numbers: Iterator[int]) -> Iterator[Grid]:
        """A table, and after it those in its cells; these take their numbers from ``numbers``."""
        yield self._grid(table)._replace(table=number, inside=inside)
        for inner in [inner for cell in table.cells for inner in cell.tables]:
            yield from self._grids(inner.content(), next(numbers), number, numbers)

    def _grid(self, table: PageTable) -> Grid:
        cells: dict[tuple[int, int], Cell] = {}
        merges: list[Area] = []
        for cell in table.cells:
            area = table.area(cell)
            content = self._content(cell)
            if content.text or content.formula is not None:
                self._cells.add()
                self._letters.add(len(content.text))
                cells[area[:2]] = content
            if area[:2] != area[2:]:
                merges.append(area)
        return Grid("", cells, merges).hiding(table.hidden_rows, table.hidden_columns).widened(table.widths)

    def _content(self, cell: PageCell) -> Cell:
        """A cell as the page shows it. A number behind the text is exact only where the page tells one."""
        text = cell.text()
        text = text if text.strip() else ""  # &nbsp; is how a page draws the border of a blank cell
        formula = cell.attributes.get("x:fmla", "")
        content = self._told(cell, text) or self._printed(cell, text) or Cell(text, text or None)
        if formula.startswith("=") or is_failure(text):  # the page may not tell the formula that failed
            return content._replace(formula=formula[1:])
        return content

    def _told(self, cell: PageCell, text: str) -> Cell | None:
        """The number that Excel (``x:num``) or LibreOffice (``sdval``) wrote beside what it shows."""
        number = _number(cell.attributes.get("x:num") or cell.attributes.get("sdval") or "")
        return Cell(text, number) if text and number is not None else None

    def _printed(self, cell: PageCell, text: str) -> Cell | None:
        """0.9983 under the format 0.00% as Excel shows it: 99.83%."""
        code, figure = self._format_of(cell), parse(text)
        if code in (None, _AS_TYPED) or figure is None or figure.percent:
            return None
        printed = named_format(code).number(figure.value)
        return Cell(printed, figure.value) if printed != text else None

    def _format_of(self, cell: PageCell) -> str | None:
        own = format_in(cell.attributes.get("style", ""))
        if own is not None:
            return own
        selectors = _selectors(Tag(cell.name, cell.attributes))
        return next((self._formats[selector] for selector in selectors if selector in self._formats), None)


def _selectors(tag: Tag) -> Iterator[str]:
    """The selectors of a style sheet that mean an element, the nearest first."""
    classes = tag.attributes.get("class", "").lower().split(None, _MOST_CLASSES)[:_MOST_CLASSES]
    return (f"{name}{dotted}" for dotted in (*(f".{name}" for name in classes), "") for name in (tag.name, ""))


def _number(text: str) -> Value:
    try:
        number = float(text)
    except ValueError:
        return None
    return from_float(number) if isfinite(number) else None
