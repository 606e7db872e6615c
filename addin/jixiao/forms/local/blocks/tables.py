"""One table: from its heading down to where it ends, line by line."""

from collections.abc import Sequence

from jixiao.forms.local.blocks.across import AcrossRows
from jixiao.forms.local.blocks.block import ACROSS, AMOUNTS, Block, BlockRow, last
from jixiao.forms.local.blocks.endings import Endings
from jixiao.forms.local.blocks.evidence import weighed
from jixiao.forms.local.blocks.funds import FundRows, settled
from jixiao.forms.local.blocks.heads import COUNTS, Head, Heads
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.blocks.levels import is_band
from jixiao.forms.local.blocks.notes import behind_notes
from jixiao.forms.local.blocks.rows import Rows, total_row
from jixiao.forms.local.blocks.seen import Seen
from jixiao.forms.local.headings import heading, plain
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary

_COUNTS = frozenset(word[0] for word in COUNTS)
_WITHOUT_NOTES = ("goal", "funds", ACROSS)
_NOTES = ("注:", "注1", "备注:", "说明:", "填表说明", "填报说明", "填报人", "填表人", "审核人", "附:")
_SUBTOTALS = {"indicators": ("小计",), "tasks": ("小计", "合计", "总计")}
"""How rows end that add up others of their table; the total of all indicators is a fact."""

_LONGEST_TOTAL = 16


class Table:
    """Reads the table below one heading."""

    def __init__(self, head: Head, heads: Heads, seen: Seen, words: Vocabulary) -> None:
        self.head, self.lines, self.seen, self.words = head, heads.lines, seen, words
        self.block = Block(head.kind, head.columns, [], head.lines, head.label, _unit(head))
        self.rows = _rows(head, words)
        self.endings = Endings(head, heads, words)

    def read(self, i: int) -> int:
        """Read from the heading in line ``i``; the line behind the last that belongs to the table."""
        for line in self.head.lines:
            self.seen.mark(line, line.said)
        j = i + len(self.head.lines)
        while j < len(self.lines):
            behind = self._behind_notes(j)
            if behind == j and not self._takes(j):
                break
            j = max(behind, j + 1)
            if self._is_over(j):
                break
        return j

    def _behind_notes(self, j: int) -> int:
        """The line behind the notes between the rows; what stands below a goal or money begins something else."""
        behind = j if self.head.kind in _WITHOUT_NOTES else behind_notes(self.lines, j, self.words)
        for line in self.lines[j:behind]:
            self.seen.mark(line, line.said)
        return behind

    @property
    def finished(self) -> Block:
        """The block, each cell as sure as it can be."""
        funds = self.head.kind == "funds"
        return weighed(self.block._replace(rows=settled(self.block.rows, self._is_of_all())) if funds else self.block)

    def _is_of_all(self) -> bool:
        """Whether the label beside a block of money speaks of all of it, of no single source."""
        source = self.words.read(self.head.label, "source")
        return bool(self.head.label) and (source is None or source.field == "total")

    def _takes(self, j: int) -> bool:
        """Take one line; False if it no longer belongs to the table."""
        line = self.lines[j]
        if self._is_printed(line):
            self.seen.mark(line, line.said)
            return True
        if self._is_note(line):
            return True
        if self.endings.ends_at(j, self.block):
            return False
        if self._is_subtotal(line):
            self.seen.mark(line, line.said)
        elif self._is_total(line):
            self.seen.mark(line, line.said)
            self.block.rows.append(total_of(line, self.block, self.words))
        else:
            return self._takes_rows(line)
        return True

    def _takes_rows(self, line: Line) -> bool:
        rows = self.rows.read(line)
        if rows is None:
            return False
        if not rows and is_band(line, self.head.columns):
            self.seen.mark(line, line.said)
        self.block.rows.extend(rows)
        self._mark(line, rows)
        return True

    def _is_over(self, j: int) -> bool:
        """Whether the line before ``j`` was the total of all."""
        rows = self.block.rows
        return bool(rows) and rows[-1].total and rows[-1].line is self.lines[j - 1] and not self.endings.go_on(j)

    def _mark(self, line: Line, rows: Sequence[BlockRow]) -> None:
        spots = {entry.piece.spot for row in rows for entry in row.entries.values()}
        spots.update(row.label.piece.spot for row in rows if row.label)
        free = [piece for piece in line.said if piece.spot not in spots and not self._is_label(piece)]
        if free:
            left = {piece.spot for piece in free}
            self.seen.mark(line, [piece for piece in line.said if piece.spot not in left])
        else:
            self.seen.mark_whole(line)

    def _is_label(self, piece: Piece) -> bool:
        """Whether a cell left of the table says what block this is."""
        return self.head.is_left(piece) and (is_block(piece, self.words) or self.head.is_beside(piece))

    def _is_printed(self, line: Line) -> bool:
        """The heading printed again on the next page, or the numbers of its columns."""
        if any(line.texts == head.texts for head in self.head.lines):
            return True
        return any(text[0] in _COUNTS and plain(text) in COUNTS for text in line.texts)

    def _is_note(self, line: Line) -> bool:
        """A line of words across a table, which is none of its rows: a note, a caption."""
        if len(line.said) != 1 or self.head.kind in _WITHOUT_NOTES:
            return False
        piece = line.said[0]
        if any(p.text for p in line.pieces if p.spot != piece.spot and not is_block(p, self.words)):
            return False
        return plain(piece.text).startswith(_NOTES) and not self.words.read(piece.text, "text", "identity")

    def _is_subtotal(self, line: Line) -> bool:
        """A subtotal among indicators or tasks, which adds nothing."""
        first = self._first(line)
        return first is not None and plain(first.text).endswith(_SUBTOTALS[self.head.kind])

    def _is_total(self, line: Line) -> bool:
        """The total of an indicator table."""
        first = self._first(line) if self.head.kind == "indicators" else None
        return first is not None and is_total(first, self.words)

    def _first(self, line: Line) -> Piece | None:
        """The first cell of a line of indicators or tasks, if it may be a total."""
        if self.head.kind not in _SUBTOTALS:
            return None
        first = next((p for p in line.said if not self._is_label(p)), None)
        return first if first and len(first.text) <= _LONGEST_TOTAL else None


def is_total(piece: Piece, words: Vocabulary) -> bool:
    """Whether a cell says that the total of all stands beside it."""
    reading = words.read(piece.text, "total")
    return reading is not None and reading.field == "total"


def total_of(line: Line, block: Block, words: Vocabulary) -> BlockRow:
    """The total of a block that stands in a line, below it or below the narrative."""
    return total_row(line, next(p for p in line.said if is_total(p, words)), block.columns)


def _rows(head: Head, words: Vocabulary) -> FundRows | AcrossRows | Rows:
    """What reads the lines of such a table."""
    if head.kind == "funds":
        return FundRows(head.columns, words, head.beside)
    return AcrossRows(head, words) if head.kind == ACROSS else Rows(head.columns)


def _unit(head: Head) -> str:
    """The unit of money that the heading or the words beside the block say."""
    label = heading(head.label).unit if head.label else ""
    return label or next((c.unit for c in head.columns if c.unit and last(c.field) in AMOUNTS), "")
