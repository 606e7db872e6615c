"""What binding puts into the part of a bound sheet, and takes out of it: the format that shows marks, and rates."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from jixiao.hosts.marks import SHOWN
from jixiao.hosts.package.layout import CellSpan, Layout, RowSpan
from jixiao.hosts.package.markup import Attributes, Edit, edited, new_parser, walk_all
from jixiao.hosts.package.outline import OURS, Element, Outline, outline
from jixiao.hosts.package.styles import Former, Styles
from jixiao.hosts.parts import Part
from jixiao.ours import MARKS_NAME
from jixiao.places import address

_FOLLOWING = frozenset(
    {
        *("dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
        *("colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags", "drawing", "legacyDrawing"),
        *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
        "extLst",
    }
)
_STYLE = re.compile(rb"""( \t)?\ss=(?:"[^"]*"|'[^']*')""")
_REFERENCE_TO_STYLE = re.compile(rb"""\s(?:s|style)=["'](\d{1,9})["']""")
_REFERENCE_TO_FORMAT = re.compile(rb"""\sdxfId=["'](\d{1,9})["']""")
_SPANS = re.compile(rb"""\s+spans=["'](\d{1,9}):(\d{1,9})["']""")


# ---- the format that shows marks


def with_marks_format(part: Part, area: str, style: int) -> bytes:
    """The sheet with a conditional format behind all it has, and before whatever follows these."""
    found = outline(part)
    prefix = found.prefix
    rule = (
        f'<{prefix}conditionalFormatting sqref="{area}"><{prefix}cfRule type="expression" dxfId="{style}" '
        f'priority="{_last_priority(part) + 1}"><{prefix}formula>{SHOWN.replace(">", "&gt;")}</{prefix}formula></{prefix}cfRule>'
        f"</{prefix}conditionalFormatting>"
    ).encode()
    following = (child.start for child in found.root.children if child.local in _FOLLOWING)
    at = min(following, default=found.root.inner_end)
    return edited(part.content, [Edit(at, at, rule)])


def without_marks_format(part: Part) -> bytes:
    """The sheet without its rules that show marks."""
    if MARKS_NAME.encode() not in part.content:
        return part.content
    found = outline(part, 2)
    return edited(part.content, _marks_rules(found))


def _marks_rules(found: Outline) -> Iterator[Edit]:
    for element in found.root.children:
        if element.local == "conditionalFormatting":
            ours = [rule for rule in element.children if MARKS_NAME.encode() in found.whole(rule)]
            gone = [element] if len(ours) == len(element.children) else ours
            yield from (Edit(item.start, item.end) for item in gone if ours)


def _last_priority(part: Part) -> int:
    """The highest number of a rule; rules of extensions are counted with the others."""
    last = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal last
        if name.rpartition(":")[2] == "cfRule" and (number := attributes.get("priority", "").strip()).isdecimal():
            last = max(last, int(number[:9]))

    walk_all(part, start, lambda _: None, new_parser())
    return last


# ---- rates


def with_rates(part: Part, spots: Iterable[tuple[int, int]], styles: Styles) -> bytes:
    """The sheet whose cells print a rate where they had no number format."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(set(spots)):
        by_row.setdefault(row, []).append(column)
    layout = Layout(part, by_row.keys())
    if layout.data is None or not by_row:
        return part.content
    return edited(part.content, _Rates(part.content, layout, styles).edits(by_row))


class _Rates:
    """The cells of one sheet that are to print a rate."""

    def __init__(self, content: bytes, layout: Layout, styles: Styles) -> None:
        self._content, self._layout, self._styles = content, layout, styles
        self._rows = {row.number: row for row in layout.rows}

    def edits(self, by_row: Mapping[int, list[int]]) -> Iterator[Edit]:
        for number, columns in by_row.items():
            if row := self._rows.get(number):
                yield from self._row(row, columns)
            elif cells := b"".join(self._new(None, number, column) for column in columns):
                yield self._new_row(number, cells)

    def _row(self, row: RowSpan, columns: list[int]) -> Iterator[Edit]:
        cells = {cell.column: cell for cell in row.cells}
        added: list[Edit] = []
        for column in columns:
            if column in cells:
                yield from self._changed(cells[column])
            elif new := self._new(row, row.number, column):
                at = next((cell.span.start for cell in row.cells if cell.column > column), row.span.inner_end)
                added.append(Edit(at, at, new))
        if not added:
            return
        head = self._content[row.span.start : row.span.inner_start]
        reach = _SPANS.search(head)
        if reach and not all(int(reach[1]) <= column <= int(reach[2]) for column in columns):
            head = _SPANS.sub(b"", head)
        if head.endswith(b"/>"):
            inside = b"".join(edit.content for edit in added)
            yield Edit(row.span.start, row.span.end, head[:-2] + OURS + b">" + inside + self._close("row"))
        else:
            yield Edit(row.span.start, row.span.inner_start, head)
            yield from added

    def _changed(self, cell: CellSpan) -> Iterator[Edit]:
        style = self._styles.rate(_number(cell.span.attributes.get("s")), made=False)
        if style is None:
            return
        start, end = cell.span.start, cell.span.inner_start
        head, count = _STYLE.subn(b' s="%d"' % style, self._content[start:end], count=1)
        if not count:
            close = b"/>" if head.endswith(b"/>") else b">"
            head = head.removesuffix(close) + OURS + b' s="%d"' % style + close
        yield Edit(start, end, head)

    def _new(self, row: RowSpan | None, number: int, column: int) -> bytes:
        style = self._styles.rate(_number(self._layout.style_of(row, column)), made=True)
        if style is None:
            return b""
        return f'<{self._layout.prefix}c r="{address(number, column)}" s="{style}"/>'.encode()

    def _new_row(self, number: int, cells: bytes) -> Edit:
        data = self._layout.data
        if data is None:
            raise AssertionError("without cells there is nothing to change")
        row = f'<{self._layout.prefix}row r="{number}"'.encode() + OURS + OURS + b">" + cells + self._close("row")
        if self._content.endswith(b"/>", 0, data.inner_start):
            head = self._content[data.start : data.inner_start - 2] + OURS + b">"
            return Edit(data.start, data.end, head + row + self._close("sheetData"))
        at = next((row.span.start for row in self._layout.rows if row.number > number), data.inner_end)
        return Edit(at, at, row)

    def _close(self, local: str) -> bytes:
        return f"</{self._layout.prefix}{local}>".encode()


def _number(style: str | None) -> int:
    return int(style) if style and style.isdecimal() else 0


def without_rates(part: Part, former: Mapping[int, Former], staying: Collection[tuple[int, int]] = ()) -> bytes:
    """The sheet whose rates look as they did before, but for those ``staying``.

    Cells and rows that were made for them go if they are blank.
    """
    if not former or not any(b' s="%d"' % style in part.content for style in former):
        return part.content
    layout = Layout(part, _Every())
    content = edited(part.content, _former_cells(part.content, layout, former, staying))
    return _without_empty_rows(part._replace(content=content))


class _Every(frozenset[int]):
    """All rows are wanted."""

    def __contains__(self, _: object) -> bool:
        return True


def _former_cells(
    content: bytes, layout: Layout, former: Mapping[int, Former], staying: Collection[tuple[int, int]]
) -> Iterator[Edit]:
    for row in layout.rows:
        for cell in row.cells:
            known = former.get(_number(cell.span.attributes.get("s")))
            if known is None or (row.number, cell.column) in staying:
                continue
            start, end, span = cell.span.start, cell.span.inner_start, cell.span
            if known.made and not content[span.inner_start : span.inner_end].strip():
                yield Edit(start, span.end)
                continue
            head = content[start:end]
            inserted = _STYLE.search(head)
            style = b"" if inserted and inserted[1] else b' s="%d"' % known.style
            head = _STYLE.sub(style, head, count=1)
            yield Edit(start, end, head)


def _without_empty_rows(part: Part) -> bytes:
    found = outline(part, 2)
    data = found.root.child("sheetData")
    if data is None:
        return part.content
    edits = [edit for row in data.children if row.inner_start == row.inner_end for edit in _emptied(found, row)]
    content = edited(part.content, edits)
    opened = outline(part._replace(content=content))
    data = opened.root.child("sheetData")
    return edited(content, _emptied(opened, data) if data and data.inner_start == data.inner_end else ())


def _emptied(found: Outline, element: Element) -> Iterator[Edit]:
    """An element that holds nothing any more: gone if we made it, closed at once if it was."""
    head = found.tag(element)
    if head.endswith(OURS + OURS + b">"):
        yield Edit(element.start, element.end)
    elif head.endswith(OURS + b">"):
        yield Edit(element.start, element.end, head[: -len(OURS) - 1] + b"/>")


# ---- what is used


def used_styles(content: bytes) -> set[int]:
    """The styles of the cells, rows and columns of a sheet; perhaps more, never fewer."""
    return {int(number) for number in _REFERENCE_TO_STYLE.findall(content)}


def used_formats(content: bytes) -> set[int]:
    """The looks of the conditional formats of a sheet."""
    return {int(number) for number in _REFERENCE_TO_FORMAT.findall(content)}
