"""Where a table ends: at another heading, at a label of something else, at words where it has figures."""

from collections.abc import Sequence

from jixiao.forms.local.blocks.block import ACROSS, AMOUNTS, LEVELS, TABLE, Block
from jixiao.forms.local.blocks.heads import Head, Heads, heads_figures
from jixiao.forms.local.blocks.kinds import is_block, is_parting
from jixiao.forms.local.blocks.levels import is_band
from jixiao.forms.local.headings import heading
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary

_WITH_ROWS = frozenset({"indicators", "accounts", "survey", "people", "tasks", TABLE})
"""The kinds whose rows may begin further right: what stands left of them goes on from above."""

_LONGEST_LEVEL = 60
_LEAST_CELLS = 3


class Endings:
    """Tells of the lines below one heading whether they still belong to its table."""

    def __init__(self, head: Head, heads: Heads, words: Vocabulary) -> None:
        self.head, self.heads, self.words = head, heads, words
        self.left = min(column.left for column in head.columns)

    def ends_at(self, j: int, block: Block) -> bool:
        """Whether a line no longer belongs to the table above it."""
        line = self.heads.lines[j]
        said = self._own(line)
        if not said:
            return False
        figures = any(piece.numeric for piece in reversed(said))  # scores stand at the end
        found = None if self.head.kind == "indicators" and figures else self.heads.at(j)
        if found:
            return (self.head.kind, found.kind) != ("accounts", "funds")
        if self.head.kind == "goal":
            return bool(block.rows) and not self._goes_on(line)
        return self._by_kind(j, line, said) or (not self._is_inside(said[0]) and self._by_label(line, said, figures))

    def _by_kind(self, j: int, line: Line, said: Sequence[Piece]) -> bool:
        kind, columns = self.head.kind, self.head.columns
        if kind == "survey":
            return not said[0].numeric and said[0].left <= self.left
        if kind == "accounts":
            return heads_figures(self.heads.lines, j)
        if kind == "funds":
            return sum(map(is_parting, said)) > 1
        # words across the columns of a table nobody knows
        return kind == TABLE and any(sum(p.left <= c.left <= p.right for c in columns) > 1 for p in said)

    def _is_inside(self, first: Piece) -> bool:
        return self.head.kind in _WITH_ROWS and first.left > self.left

    def _by_label(self, line: Line, said: Sequence[Piece], figures: bool) -> bool:
        """Whether what stands at the left edge is a label of something else."""
        kind, first = self.head.kind, said[0]
        level = len(line.said) > 1 and heading(first.text).points != ""  # 项目绩效（60分） | 项目完成 | 完成数量
        labelled = self.is_label(first) and not level and not is_band(line, self.head.columns)
        if kind == "accounts":
            columns = self.head.columns
            across = len(said) == 1 and first.right >= columns[-1].right and len(columns) > 1
            return across or (labelled and not figures)
        if kind == ACROSS:
            return labelled and not self.words.read(first.text, "funds", "source")
        if kind == "funds" and self.words.read(first.text, "source"):
            return False
        if kind == "indicators" and len(line.said) == 1 and len(first.text) > _LONGEST_LEVEL:
            return True
        return labelled and not (self._is_indicator(line) or self._weighs_execution(line))

    def _is_indicator(self, line: Line) -> bool:
        """Whether a line states an indicator, whatever its level is called (项目年度绩效目标 | 制度指标 | 规章制度 …)."""
        names = [column for column in self.head.columns if column.field == "name"]
        named = self.head.kind == "indicators" and any(self._begins_at(line, column.left) for column in names)
        return named and len(set(line.texts)) > _LEAST_CELLS and not self.words.read(line.texts[0], "identity")

    def _weighs_execution(self, line: Line) -> bool:
        """Whether a line gives points for how the money was spent: 预算执行 | 预算执行率, over two levels | 100% | 90% | 10 | 9."""
        points = [c for c in self.head.columns if c.field in ("weight", "score")]
        weighed = self.head.kind == "indicators" and any(line.under(c.left, c.right).numeric for c in points)
        return weighed and is_block(line.said[0], self.words, "funds") and not any(map(self._is_money, line.texts[1:]))

    def _is_money(self, text: str) -> bool:
        """Whether a text names a source of money or an amount, not how much of it was spent."""
        reading = self.words.read(text, "funds")
        return self.words.read(text, "source") is not None or (reading is not None and reading.field in AMOUNTS)

    def _begins_at(self, line: Line, column: int) -> bool:
        """Whether a cell begins in a column, one that repeats its neighbour too (预算执行 | 预算执行率 | 预算执行率), no source."""
        repeated = line.repeated(column)
        source = self.words.read(repeated.text, "source") if repeated else None
        return line.over(column).left == column or (repeated is not None and not source)

    def go_on(self, j: int) -> bool:
        """Whether rows of the table follow its total, which then is one of several."""
        if j >= len(self.heads.lines) or self.heads.at(j):
            return False
        line = self.heads.lines[j]
        names = [c for c in self.head.columns if c.field in LEVELS]
        points = [c for c in self.head.columns if c.field in ("weight", "score")]
        named = any(line.under(c.left, c.right).text for c in names[-1:])
        return named and any(line.under(c.left, c.right).numeric for c in points) and not self.is_label(line.said[0])

    def is_label(self, piece: Piece) -> bool:
        """Whether a cell surely is the label of something else: of a fact, of a block, of the grade."""
        outer = [self.words.read(piece.text, block) for block in ("identity", "text", "block", "goal", "total")]
        readings = [r for r in outer if r and (r.block != "total" or r.field == "grade")]
        return any(r.sure == 1 or r.block == "text" for r in readings)

    def _own(self, line: Line) -> Sequence[Piece]:
        """The cells of a line without what only says what block this is."""
        if not line.said or not self.head.is_left(line.said[0]):
            return line.said
        return [p for p in line.said if not self.head.is_beside(p) and not is_block(p, self.words, self.head.kind)]

    def _goes_on(self, line: Line) -> bool:
        """Whether the block label beside the table reaches down to a line."""
        before = [p for p in line.pieces if p.left < self.left and p.text]
        return bool(before) and all(piece.text in self.head.beside for piece in before)
