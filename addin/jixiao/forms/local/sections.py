"""From a document to what may be its forms: where one begins and the next, and what stands above each.

A form may stand in several tables of a Word document (broken over pages, or one table a block), and several may stand in one
table or sheet. What stands apart beside a form, and a table that is only a frame around another, are told apart here.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from jixiao.forms.local.headings import heading, plain
from jixiao.forms.local.lines import Line, Piece, lines_of
from jixiao.forms.local.vocabulary import Vocabulary
from jixiao.forms.placement import Anchors, Spot, Sprawling
from jixiao.grid import Document, Grid, Paragraph
from jixiao.places import Place

_TITLE = re.compile(
    r"(?:绩效|自评|评价|决算|预算|目标|监控|问卷|收支|考核|数据|任务|项目|专项).{0,40}(?:表|书|底稿|自评)"
)
_AFTER_TITLE = re.compile(
    r"\((?:20\d\d|[\s_×xX]{0,4})年度?\)$|\((?:样表|参考|试行|表样|打捆项目|\d|[一二三四五六七八九十]{1,3})\)$|\d$"
)
_LONGEST_TITLE = 50
_MOST_ABOVE = 6  # lines above a table that may belong to it
_MOST_SPOTS = 200_000  # of one grid; a form of ten thousand indicators has half of it
_ANNEX = re.compile(r"附(?:件|表)\d{0,3}(?:-\d)?:?.{0,40}")


class Heard(NamedTuple):
    """A text above a table: a paragraph, or a line of the table that is no part of a block."""

    text: str
    number: int | None = None  # of the paragraph
    line: Line | None = None

    @property
    def spot(self) -> Spot | None:
        return self.line.said[0].spot if self.line else None

    @property
    def place(self) -> Place:
        if self.line:
            return self.line.grid.place(*self.line.said[0].spot)
        return Place(paragraph=self.number)


class Section(NamedTuple):
    """What may be one form."""

    title: str
    above: Sequence[Heard]  # title, year, unit of money
    lines: Sequence[Line]
    beside: Sequence[tuple[Line, Piece]]  # what stands apart, left or right of it

    @property
    def grid(self) -> Grid:
        """The table or sheet in which it begins."""
        return self.lines[0].grid


def is_title(text: str) -> bool:
    """Whether a text reads like the title of a form: it ends in 表, 书 …, and says what for."""
    flat = plain(text)
    if not 4 <= len(flat) <= _LONGEST_TITLE or "《" in flat or "。" in flat or ":" in flat:
        return False
    bare = _AFTER_TITLE.sub("", flat)
    found = _TITLE.search(bare)
    return bool(found) and bare.endswith(("表", "书", "底稿", "自评", "问卷"))


def sections(document: Document, skip: Collection[Grid], words: Vocabulary) -> Iterator[Section]:
    """What may be the forms of a document, in order; ``skip`` are tables that are known already."""
    return _Cutter(words).read(_tables(document, {id(grid) for grid in skip}, words))


class _Table(NamedTuple):
    """Lines of one or several tables, and what stands above them."""

    above: Sequence[Heard]
    lines: Sequence[Line]
    beside: Sequence[tuple[Line, Piece]]
    grid: Grid


def _tables(document: Document, skip: Collection[int], words: Vocabulary) -> Iterator[_Table]:
    """Each table of the document that is not left out, with the paragraphs since the one before it."""
    above: list[Heard] = []
    frames = _frames(document.grids)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                above.append(Heard(block.text, block.number))
        elif id(block) in skip:
            above = []
        else:
            lines = [line.without(frames.get(id(block), set())) for line in _lines(block, words)]
            lines, beside = _apart(lines, words)
            yield _Table(above[-_MOST_ABOVE:], lines, beside, block)
            above = [Heard(piece.text) for line in lines for piece in line.said[:1]] if id(block) in frames else []


def _lines(grid: Grid, words: Vocabulary) -> Sequence[Line]:
    """The lines of a grid; none of one that holds no words, or is far larger than a form and holds no heading of one."""
    if all(cell.text.isascii() for cell in grid.cells.values()):
        return ()
    size = len(grid.cells) + sum(_rows(grid, area.top, area.bottom) for area in grid.merges[:_MOST_SPOTS])
    if size > _MOST_SPOTS or len(grid.merges) > _MOST_SPOTS:
        if any(len(cell.text) < 12 and plain(cell.text) in _SURELY for cell in grid.cells.values()):
            raise Sprawling
        return ()
    return [_joined(line, words) for line in lines_of(grid, Anchors(grid))]


_SURELY = frozenset({"一级指标", "二级指标", "三级指标", "年度指标值", "绩效指标"})


def _rows(grid: Grid, top: int, bottom: int) -> int:
    return min(bottom - top + 1, len(grid.cells))


def _frames(grids: Sequence[Grid]) -> dict[int, set[Spot]]:
    """Of tables with another inside: the cells that only hold that other, which is read by itself."""
    outer = {grid.table: grid for grid in grids if grid.table is not None}
    found: dict[int, set[Spot]] = {}
    for inner in grids:
        around = outer.get(inner.inside) if inner.inside is not None else None
        row = min((row for row, _ in inner.cells), default=0)
        said = [cell.text for (top, _), cell in sorted(inner.cells.items()) if top == row and cell.text.strip()]
        if around and said:
            spots = {spot for spot, cell in around.cells.items() if all(text in cell.text for text in said)}
            found.setdefault(id(around), set()).update(spots)
    return found


def _joined(line: Line, words: Vocabulary) -> Line:
    """A line in which merges undone with their text repeated are one cell again: labels and titles, never values."""
    texts = line.texts
    if not any(text == after and not text[0].isdigit() for text, after in pairwise(texts)):
        return line
    alone = len(set(texts)) == 1 and not line.said[0].numeric
    pieces: list[Piece] = []
    for piece in line.pieces:
        before = pieces[-1] if pieces else None
        same = before is not None and before.text == piece.text != "" and before.fresh and piece.fresh
        if before and same and (alone or _is_label(piece.text, words)) and before.right + 1 == piece.left:
            pieces[-1] = before._replace(right=piece.right)
        else:
            pieces.append(piece)
    return Line(line.grid, line.row, line.number, pieces, line.after_gap)


def _is_label(text: str, words: Vocabulary) -> bool:
    return bool(words.readings(heading(text).core)) or is_title(text)


def _apart(lines: Sequence[Line], words: Vocabulary) -> tuple[list[Line], list[tuple[Line, Piece]]]:
    """The lines without what stands apart beside them: a few cells behind empty columns, none of them a label."""
    taken: set[int] = set()
    for line in lines:
        for piece in line.pieces:
            if piece.text and piece.right - piece.left < 200:
                taken.update(range(piece.left, piece.right + 1))
    columns = sorted(taken)
    runs: list[list[int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1][1] = column
        else:
            runs.append([column, column])
    if len(runs) < 2 or len(runs) > 20:
        return list(lines), []
    inside = {
        tuple(run): [(line, p) for line in lines for p in line.said if run[0] <= p.left <= run[1]] for run in runs
    }
    total = sum(map(len, inside.values()))
    beside = [
        (line, piece)
        for found in inside.values()
        if len(found) * 20 <= total and not any(_is_label(p.text, words) for _, p in found)
        for line, piece in found
    ]
    spots = {piece.spot for _, piece in beside}
    return ([line.without(spots) for line in lines] if spots else list(lines)), beside


class _Cutter:
    """Joins tables that are one form, and cuts those that hold several."""

    def __init__(self, words: Vocabulary) -> None:
        self.words = words

    def read(self, tables: Iterable[_Table]) -> Iterator[Section]:
        waiting: _Table | None = None
        for table in tables:
            if not table.lines:
                continue
            if waiting and self._goes_on(waiting, table):
                waiting = _one(waiting, table)
                continue
            if waiting:
                yield from self._cut(waiting)
            waiting = table
        if waiting:
            yield from self._cut(waiting)

    def _goes_on(self, first: _Table, second: _Table) -> bool:
        """Whether a table goes on where the one before ends: nothing stands between the two, and it begins no form."""
        if second.grid.table is None or second.above or second.grid.inside is not None:
            return False
        said = next((line.said for line in second.lines if line.said), [])
        if not said or (len(said) == 1 and is_title(said[0].text)) or self._names_project(said):
            return False
        wide = first.grid.width == second.grid.width or not self._levels(first) and self._levels(second)
        return wide or self._is_part(second)

    def _is_part(self, table: _Table) -> bool:
        """Whether a table begins with a block label alone (项目基本信息) and names no project: it is no form by itself."""
        said = next((line.texts for line in table.lines if line.said), [])
        label = len(said) == 1 and self.words.read(said[0], "block")
        return bool(label) and not any(self._names_project(line.said) for line in table.lines)

    def _levels(self, table: _Table) -> bool:
        """Whether a table has headings of indicators."""
        levels = ("level1", "level2", "name")
        readings = ([self.words.read(text, "indicators") for text in line.texts] for line in table.lines)
        return any(sum(bool(r and r.field in levels and r.sure == 1) for r in found) > 1 for found in readings)

    def _names_project(self, said: Sequence[Piece]) -> bool:
        """A row that begins a form: 项目名称 with its value beside it, not a column heading."""
        reading = self.words.read(said[0].text, "identity") if said else None
        return bool(reading) and reading is not None and reading.field == "project.name" and len(said) <= 4

    def _begins(self, lines: Sequence[Line], i: int) -> bool:
        """A title begins a form if an empty row stands above it, or a unit or a project is named soon after it."""
        after = [text for line in lines[i + 1 : i + 5] for text in line.texts[:1]]
        named = any((r := self.words.read(text, "identity")) and r.sure == 1 for text in after)
        return lines[i].after_gap or not lines[i - 1].said or named

    def _cut(self, table: _Table) -> Iterator[Section]:
        """One section a form: cut where a second title stands, or a second 项目名称 without a title of its own."""
        starts = [0]
        named = full = False  # since the last cut: a project was named; a table of several columns began
        for i, line in enumerate(table.lines):
            said = line.said
            alone = len(said) == 1 and not self.words.read(said[0].text, "block")
            title = alone and is_title(said[0].text)
            names = self._names_project(said)
            if (title and full and self._begins(table.lines, i)) or (names and named and full):
                starts.append(i)
                named = full = False
            named = named or names
            full = full or len(said) >= 4
        for start, end in zip(starts, [*starts[1:], len(table.lines)], strict=True):
            part = table.lines[start:end]
            if any(line.said for line in part):
                yield self._section(table, part, start)

    def _section(self, table: _Table, lines: Sequence[Line], start: int) -> Section:
        own = [
            Heard(line.said[0].text, line=line)
            for line in lines[:_MOST_ABOVE]
            if len(line.said) == 1 or (line.said and is_title(line.said[0].text))
        ]
        heads = [*(table.above if start == 0 else []), *own]
        title = next((heard.text for heard in reversed(heads) if is_title(heard.text)), "")
        title = title or next((h.text for h in heads if not _ANNEX.fullmatch(plain(h.text))), "")
        first, last = lines[0].number, lines[-1].number
        beside = [(line, piece) for line, piece in table.beside if first <= line.number <= last]
        return Section(" ".join(title.split()), heads, lines, beside)


def _one(first: _Table, second: _Table) -> _Table:
    """Two tables of one form; the rows of the second count on."""
    last = first.lines[-1].number
    lines = [line.renumbered(last + line.number) for line in second.lines]
    beside = [(line.renumbered(last + line.number), piece) for line, piece in second.beside]
    return _Table(first.above, [*first.lines, *lines], [*first.beside, *beside], second.grid)
