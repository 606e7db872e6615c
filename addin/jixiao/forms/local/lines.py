"""A table as lines of pieces: what stands beside what, merged areas told apart from single cells."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.figures import DASHES, MONEY, bare, measured, parse, without_note
from jixiao.forms.local.headings import plain
from jixiao.forms.placement import Anchors, Spot
from jixiao.grid import Area, Grid

_SIGNS_OF_MONEY = "¥￥"
_PLACEHOLDERS = frozenset("*×")


class Piece(NamedTuple):
    """One cell of a line: the columns it covers, what stands in it, and whether it began in this line."""

    left: int
    right: int
    text: str  # without blanks around it
    fresh: bool
    spot: Spot

    @property
    def numeric(self) -> bool:
        return bool(self.text) and is_figure(self.text)


class Line:
    """One row of a table that holds something. ``number`` counts the rows of the whole form, over all its tables."""

    __slots__ = ("grid", "row", "number", "pieces", "after_gap", "said", "texts", "_lefts", "_by_left")

    def __init__(self, grid: Grid, row: int, number: int, pieces: Sequence[Piece], after_gap: bool) -> None:
        self.grid, self.row, self.number, self.after_gap = grid, row, number, after_gap
        self.pieces = pieces
        self.said = [piece for piece in pieces if piece.text and piece.fresh]
        self.texts = [piece.text for piece in self.said]
        self._by_left = {piece.left: piece for piece in pieces}
        self._lefts = list(self._by_left)

    def renumbered(self, number: int) -> "Line":
        return Line(self.grid, self.row, number, self.pieces, self.after_gap)

    def without(self, spots: set[Spot]) -> "Line":
        """The same line, these cells left out."""
        kept = [piece for piece in self.pieces if piece.spot not in spots]
        return self if len(kept) == len(self.pieces) else Line(self.grid, self.row, self.number, kept, self.after_gap)

    def over(self, column: int) -> Piece:
        """The cell over a column; a blank one where none is."""
        at = bisect_right(self._lefts, column) - 1
        if at >= 0 and self.pieces[at].right >= column:
            return self.pieces[at]
        return Piece(column, column, "", True, (self.row, column))

    def repeated(self, column: int) -> Piece | None:
        """The cell of its own in a column, where it repeats the one on its left and so looks like one with it."""
        joined = self.over(column)
        cell = self.grid.cells.get((self.row, column)) if joined.left < column else None
        if cell is None or not joined.text or bare(cell.text) != joined.text:
            return None
        return joined._replace(left=column, right=column, spot=(self.row, column))

    def under(self, left: int, right: int) -> Piece:
        """The cell under a heading: the one over its left edge, else the first filled one that begins under it."""
        first = self._by_left.get(left) or self.over(left)
        if first.text or left == right:
            return first
        begin = bisect_right(self._lefts, left)
        inside = (p for p in self.pieces[begin : bisect_right(self._lefts, right)] if p.text)
        return next(inside, first)

    def behind(self, piece: Piece) -> Piece | None:
        """The next cell right of another that holds anything."""
        begin = bisect_right(self._lefts, piece.right)
        return next((self.pieces[at] for at in range(begin, len(self.pieces)) if self.pieces[at].text), None)

    def between(self, left: int, right: int) -> Sequence[Piece]:
        """The pieces that begin in these columns."""
        return self.pieces[bisect_right(self._lefts, left - 1) : bisect_right(self._lefts, right)]


def lines_of(grid: Grid, anchors: Anchors) -> Iterator[Line]:
    """The rows that hold a cell or a merged area, from the top."""
    columns: dict[int, list[int]] = {}
    for row, column in sorted(grid.cells):
        columns.setdefault(row, []).append(column)
    last = 0
    for row in sorted(columns.keys() | anchors.merged_rows):
        pieces = list(_pieces(grid, row, columns.get(row, ()), anchors.areas(row)))
        if pieces:
            yield Line(grid, row, row, pieces, row > last + 1)
            last = row


def _pieces(grid: Grid, row: int, columns: Sequence[int], areas: Sequence[Area]) -> Iterator[Piece]:
    merged = {area.left: area for area in areas}
    cells, right = grid.cells, 0
    for column in sorted({*columns, *merged}) if merged else columns:
        if column > right:
            area = merged.get(column)
            if area is None:
                right = column
                spot = row, column
                yield Piece(column, column, bare(cells[spot].text), True, spot)
            else:
                right = area.right
                text = bare(grid.at(area.top, area.left).text)
                yield Piece(column, right, text, area.top == row, (area.top, column))


_LONGEST_FIGURE = 40


def is_figure(text: str) -> bool:
    """Whether a text is one printed number, with its unit perhaps, or a sign that none stands here."""
    return len(text) <= _LONGEST_FIGURE and _is_figure(text)


@lru_cache(8192)
def _is_figure(text: str) -> bool:
    words = plain(text)
    number = words.lstrip(_SIGNS_OF_MONEY)
    return bool(words) and (words in DASHES or set(words) <= _PLACEHOLDERS or is_number(number))


def is_number(text: str) -> bool:
    """Whether a text is one printed number, with its unit perhaps."""
    return len(text) <= _LONGEST_FIGURE and _is_number(text)


@lru_cache(8192)
def _is_number(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    words = plain(without_note(text)).lstrip(_SIGNS_OF_MONEY)
    words += MONEY if words.endswith("万") else ""
    return parse(words) is not None or measured(words) is not None
