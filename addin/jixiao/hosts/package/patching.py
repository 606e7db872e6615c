"""Changes put into the bytes of a sheet part; whatever is not changed stays byte for byte."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from decimal import Decimal
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.grid import NOT_KNOWN, Area, Change
from jixiao.hosts import stated
from jixiao.hosts.package.layout import CellSpan, Formula, Layout, RowSpan
from jixiao.hosts.package.markup import Edit, coded, edited, escaped
from jixiao.hosts.parts import Odd, Part
from jixiao.places import address
from jixiao.wording import files

LONGEST_TEXT = 32_767  # UTF-16 units a cell holds
ERRORS = frozenset(
    {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"}
)
_SPANS = re.compile(rb"""\s+spans=(?:"[^"]*"|'[^']*')""")
_REFERENCE = re.compile(rb"""(\sref=)(?:"[^"]*"|'[^']*')""")

Wanted = Mapping[tuple[int, int], Change]


class Patched(NamedTuple):
    """A sheet part after its changes, and whether cells began or ceased to hold formulas."""

    content: bytes
    formulas_changed: bool


def patched(part: Part, changes: Iterable[Change], unlocked: AbstractSet[int] | None = None) -> Patched:
    """Put the changes of one sheet into its part. Raises Refusal, naming the cell, for what a sheet cannot take.

    If it is protected only cells of the ``unlocked`` styles take any; None where its protection is none of our concern.
    """
    try:
        return _patched(part, changes, unlocked)
    except Odd as odd:
        raise part.refusal(odd) from None


def _patched(part: Part, changes: Iterable[Change], unlocked: AbstractSet[int] | None) -> Patched:
    wanted = {(change.row, change.column): change for change in changes}
    rows = {row for row, _ in wanted}
    layout = Layout(part, rows | {row - 1 for row in rows})
    _refuse_unwritable(layout, wanted, part.file)
    if layout.protected and unlocked is not None:
        _refuse_locked(layout, wanted, unlocked, part.file)
    patch = _Patch(part.content, layout, wanted)
    edits = list(patch.edits())
    return Patched(edited(part.content, edits), patch.formulas_changed)


def _refuse_unwritable(layout: Layout, wanted: Wanted, file: str) -> None:
    inner = _covered(layout.merges, wanted)
    for (row, column), change in wanted.items():
        if layout.data is None:
            raise Refusal(files.NO_CELLS.format(name=file, sheet=change.sheet))
        cell = address(row, column)
        if isinstance(change.value, str) and len(change.value.encode("utf-16-le", "replace")) // 2 > LONGEST_TEXT:
            raise Refusal(files.TEXT_TOO_LONG.format(name=file, sheet=change.sheet, cell=cell))
        area = inner.get((row, column))
        if area and (row, column) != (area.top, area.left):
            name = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
            raise Refusal(files.INSIDE_MERGE.format(name=file, sheet=change.sheet, cell=cell, area=name))
    shared = _covered([area for area in layout.arrays if area[:2] != area[2:]], wanted)
    for at, change in wanted.items():
        formula = _formula_at(layout, *at)
        if formula and change.formula == formula.text:
            continue
        if at in shared or (formula and formula.attributes.get("t") == "shared" and _serves_others(formula.attributes)):
            raise Refusal(files.SHARED_FORMULA.format(name=file, sheet=change.sheet, cell=address(*at)))


def _refuse_locked(layout: Layout, wanted: Wanted, unlocked: AbstractSet[int], file: str) -> None:
    """Whoever protects a sheet says with each cell that he leaves open which may be filled."""
    for at, change in wanted.items():
        cell = _cell_at(layout, *at)
        style = cell.span.attributes.get("s") if cell else layout.style_of(_row_at(layout, at[0]), at[1])
        if not (style and style.isdecimal() and int(style) in unlocked) and not (style is None and 0 in unlocked):
            raise Refusal(files.LOCKED_CELL.format(name=file, sheet=change.sheet, cell=address(*at)))


def _serves_others(attributes: Mapping[str, str]) -> bool:
    """The cell that holds the words of a shared formula; its followers would lose theirs."""
    if "ref" not in attributes:
        return False
    area = stated.area(attributes)
    return area[:2] != area[2:]


def _covered(areas: Iterable[Area], wanted: Wanted) -> dict[tuple[int, int], Area]:
    """The areas that the wanted cells lie in."""
    rows = sorted(wanted)
    covered: dict[tuple[int, int], Area] = {}
    for area in areas:
        for at in rows[bisect_left(rows, (area.top, 0)) : bisect_left(rows, (area.bottom + 1, 0))]:
            if area.left <= at[1] <= area.right:
                covered[at] = area
    return covered


def _row_at(layout: Layout, number: int) -> RowSpan | None:
    at = bisect_left(layout.rows, number, key=lambda row: row.number)
    return layout.rows[at] if at < len(layout.rows) and layout.rows[at].number == number else None


def _cell_at(layout: Layout, row: int, column: int) -> CellSpan | None:
    found = _row_at(layout, row)
    if found is None:
        return None
    at = bisect_left(found.cells, column, key=lambda cell: cell.column)
    return found.cells[at] if at < len(found.cells) and found.cells[at].column == column else None


def _formula_at(layout: Layout, row: int, column: int) -> Formula | None:
    cell = _cell_at(layout, row, column)
    return cell.formula if cell else None


class _Patch:
    """One sheet part and the changes it takes."""

    def __init__(self, content: bytes, layout: Layout, wanted: Wanted) -> None:
        self.formulas_changed = False
        self._content = content
        self._layout = layout
        self._prefix = layout.prefix
        self._wanted = wanted

    def edits(self) -> Iterator[Edit]:
        by_row: dict[int, list[Change]] = {}
        for at in sorted(self._wanted):
            by_row.setdefault(at[0], []).append(self._wanted[at])
        new_rows: list[tuple[int, bytes]] = []
        for number, changes in by_row.items():
            row = _row_at(self._layout, number)
            if row is not None:
                yield from self._row(row, changes)
            elif cells := b"".join(self._new(change) for change in changes if not _is_blank(change)):
                new_rows.append((number, self._element("row", f' r="{number}"', cells)))
        yield from self._rows(new_rows)
        yield from self._dimension()

    def _row(self, row: RowSpan, changes: Iterable[Change]) -> Iterator[Edit]:
        """The edits inside a row that exists; new cells go before the first cell right of them."""
        added: list[Edit] = []
        for change in changes:
            cell = _cell_at(self._layout, row.number, change.column)
            if cell is not None:
                yield Edit(cell.span.start, cell.span.end, self._replaced(cell, change))
            elif not _is_blank(change):
                at = bisect_left(row.cells, change.column, key=lambda cell: cell.column)
                place = row.cells[at].span.start if at < len(row.cells) else row.span.inner_end
                added.append(Edit(place, place, self._new(change)))
        if not added:
            return
        head = _SPANS.sub(b"", self._content[row.span.start : row.span.inner_start])
        if self._is_empty(row.span.inner_start):
            cells = b"".join(edit.content for edit in added)
            yield Edit(row.span.start, row.span.end, self._opened(head) + cells + self._close("row"))
        else:
            yield Edit(row.span.start, row.span.inner_start, head)
            yield from added

    def _rows(self, rows: list[tuple[int, bytes]]) -> Iterator[Edit]:
        """Rows that are new, each before the first row below it."""
        data = self._layout.data
        if not rows:
            return
        if data is None:
            raise Odd("sheetData")
        if self._is_empty(data.inner_start):
            head = self._opened(self._content[data.start : data.inner_start])
            yield Edit(data.start, data.end, head + b"".join(text for _, text in rows) + self._close("sheetData"))
            return
        for number, text in rows:
            at = bisect_left(self._layout.rows, number, key=lambda row: row.number)
            place = self._layout.rows[at].span.start if at < len(self._layout.rows) else data.inner_end
            yield Edit(place, place, text)

    def _dimension(self) -> Iterator[Edit]:
        """The used range, grown to hold what was written; one that names no area says nothing, and is left as it is."""
        span = self._layout.dimension
        written = [at for at, change in self._wanted.items() if not _is_blank(change)]
        if span is None or not written:
            return
        try:
            area = stated.area(span.attributes)
        except Odd:
            return
        rows, columns = [row for row, _ in written], [column for _, column in written]
        grown = Area(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))
        if grown != area:
            name = f"{address(grown.top, grown.left)}:{address(grown.bottom, grown.right)}".encode()
            head = self._content[span.start : span.inner_start]
            yield Edit(span.start, span.inner_start, _REFERENCE.sub(rb'\1"' + name + b'"', head))

    def _replaced(self, cell: CellSpan, change: Change) -> bytes:
        """The cell with its new content; style stays, and so does a formula that says the same."""
        kept = b""
        if cell.formula and change.formula == cell.formula.text:
            kept = self._content[cell.formula.start : cell.formula.end]
        elif cell.formula or change.formula is not None:
            self.formulas_changed = True
        return self._cell(change, cell.span.attributes.get("s"), kept)

    def _new(self, change: Change) -> bytes:
        if change.formula is not None:
            self.formulas_changed = True
        return self._cell(change, self._style(change.row, change.column), b"")

    def _style(self, row: int, column: int) -> str | None:
        """The style of a cell not yet there: its row's, else its column's, else that of the cell above."""
        style = self._layout.style_of(_row_at(self._layout, row), column)
        if style is not None:
            return style
        above = _cell_at(self._layout, row - 1, column)
        return above.span.attributes.get("s") if above else None

    def _cell(self, change: Change, style: str | None, kept_formula: bytes) -> bytes:
        kind, content = self._content_of(change.value, change.formula is not None)
        formula = kept_formula
        if not kept_formula and change.formula is not None:
            formula = self._element("f", "", escaped(coded(change.formula)).encode())
        attributes = f' r="{address(change.row, change.column)}"'
        if style is not None:
            attributes += f' s="{style}"'
        if kind:
            attributes += f' t="{kind}"'
        return self._element("c", attributes, formula + content)

    def _content_of(self, value: object, has_formula: bool) -> tuple[str, bytes]:
        """The type of a cell and the element that holds its value."""
        if value is None:  # a formula that shows nothing has an empty text as its value, else programs compute it anew
            return ("str", f"<{self._prefix}v></{self._prefix}v>".encode()) if has_formula else ("", b"")
        if value == NOT_KNOWN and has_formula:  # put back as it was
            return "", b""
        if isinstance(value, bool):
            return "b", self._element("v", "", b"1" if value else b"0")
        if isinstance(value, Decimal):
            return "", self._element("v", "", _number(value).encode())
        text = escaped(coded(str(value))).encode()
        if has_formula:
            return ("e" if value in ERRORS else "str"), self._element("v", "", text)
        space = ' xml:space="preserve"' if str(value) != str(value).strip() or "\n" in str(value) else ""
        return "inlineStr", self._element("is", "", self._element("t", space, text))

    def _element(self, local: str, attributes: str, content: bytes) -> bytes:
        head = f"<{self._prefix}{local}{attributes}"
        return f"{head}>".encode() + content + self._close(local) if content else f"{head}/>".encode()

    def _close(self, local: str) -> bytes:
        return f"</{self._prefix}{local}>".encode()

    def _is_empty(self, head_end: int) -> bool:
        return self._content.endswith(b"/>", 0, head_end)

    def _opened(self, head: bytes) -> bytes:
        return head.removesuffix(b"/>").rstrip() + b">" if head.endswith(b"/>") else head


def _is_blank(change: Change) -> bool:
    return change.value is None and change.formula is None


def _number(value: Decimal) -> str:
    """The shortest writing of the binary number a spreadsheet keeps. Raises ValueError for what is no number."""
    if not value.is_finite():
        raise ValueError(f"not a number: {value}")
    return repr(float(value)).removesuffix(".0")
