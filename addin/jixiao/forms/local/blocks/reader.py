"""From the lines of one form to its blocks and facts: per line first *heads it a table?*, else *labels with values*."""

from collections.abc import Iterator, Sequence

from jixiao.evaluation.stated import Part
from jixiao.forms.local.blocks.block import Block, Entry
from jixiao.forms.local.blocks.heads import Head, Heads, unknown_at
from jixiao.forms.local.blocks.kinds import is_block, is_parting
from jixiao.forms.local.blocks.notes import behind_notes
from jixiao.forms.local.blocks.paired import paired_at
from jixiao.forms.local.blocks.pairs import Pairs, goals_of_the_year
from jixiao.forms.local.blocks.seen import Seen
from jixiao.forms.local.blocks.tables import Table, is_total, total_of
from jixiao.forms.local.blocks.turned import turned_at
from jixiao.forms.local.headings import heading
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary


class Reader:
    """Reads the lines of one form."""

    def __init__(self, lines: Sequence[Line], words: Vocabulary) -> None:
        self.lines, self.words = lines, words
        self.blocks: list[Block] = []
        self.facts: list[Entry] = []
        self.unknown: list[tuple[Line, Piece, Part]] = []  # labels and rows nobody knows
        self.seen = Seen()
        self.heads = Heads(lines, words)
        self._whole: set[int] = set()  # columns in which amounts of the whole project stand
        merged = any(piece.right > piece.left or not piece.fresh for line in lines for piece in line.pieces)
        self._used = {piece.left for line in lines for piece in line.said} if merged else set()

    def read(self) -> "Reader":
        i = 0
        while i < len(self.lines):
            i = self._paired(i) or self._table(i) or self._turned(i) or self._pairs(i)
        self.facts = goals_of_the_year(self.facts)
        return self

    def unplaced(self) -> Iterator[tuple[Line, Piece]]:
        """Every cell that nobody claimed."""
        return self.seen.left(self.lines)

    # ------------------------------------------- tables: the line behind each, 0 where none begins

    def _table(self, i: int) -> int:
        head: Head | None = self.heads.at(i) or unknown_at(self.lines, i, self.words)
        if head is None:
            return 0
        table = Table(head, self.heads, self.seen, self.words)
        end = table.read(i)
        self.blocks.append(table.finished)
        return end

    def _paired(self, i: int) -> int:
        """A table whose amounts stand beside their own words."""
        block, end = paired_at(self.lines, i, self.words)
        if block is None:
            return 0
        self.blocks.append(block)
        for line in self.lines[i:end]:
            self.seen.mark(line, line.said)
        return end

    def _turned(self, i: int) -> int:
        """A table that runs along the rows."""
        lines, height = turned_at(self.lines, i, self.words)
        if not height:
            return 0
        inner = Reader(lines, self.words).read()
        self.blocks += inner.blocks
        for line in lines:
            self.seen.mark(line, [piece for piece in line.said if inner.seen.has(line, piece)])
        return i + height

    # ------------------------------------------- labels and values

    def _pairs(self, i: int) -> int:
        line = self.lines[i]
        if not line.said or self._is_total(line):
            return i + 1
        behind = i + 1 if self._is_caption(i) else behind_notes(self.lines, i, self.words)
        if behind > i:
            for understood in self.lines[i:behind]:
                self.seen.mark(understood, understood.said)
            return behind
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        pairs = Pairs(line, below, self.words, self._used)
        self.facts += [fact for fact in self._in_terms(list(pairs.facts())) if not self.seen.has(fact.line, fact.piece)]
        self.seen.mark(line, pairs.claimed)
        if below and pairs.below_claimed:
            self.seen.mark(below, pairs.below_claimed)
            return i + 2
        self.unknown += [(line, piece, Part.ROW) for piece in pairs.own_words]
        self.unknown += [(line, p, Part.LABEL) for p in pairs.unread() if not self.seen.has(line, p)]
        self.seen.mark(line, [p for p in line.said if is_block(p, self.words) or is_parting(p)])
        return i + 1

    def _in_terms(self, facts: Sequence[Entry]) -> Sequence[Entry]:
        """Amounts below that of the whole project (中期资金总额 | 68.5 | 年度资金总额 | 51.35) are of it too."""
        columns = {fact.piece.left for fact in facts if fact.field.endswith(".whole")}
        if columns:
            self._whole = columns
            return facts
        twice = {fact.field for fact in facts if sum(other.field == fact.field for other in facts) > 1}
        return [
            fact._replace(field=f"{fact.field.rpartition('.')[0]}.whole")
            if fact.field in twice and fact.field.startswith("funds.") and fact.piece.left in self._whole
            else fact
            for fact in facts
        ]

    def _is_total(self, line: Line) -> bool:
        """Take the total of the indicators, where it stands below the narrative rows."""
        block = next((b for b in reversed(self.blocks) if b.kind == "indicators"), None)
        if block is None or len(line.said) < 2 or not is_total(line.said[0], self.words):
            return False
        row = total_of(line, block, self.words)
        if row.entries:
            block.rows.append(row)
            self.seen.mark(line, line.said)
        return bool(row.entries)

    def _is_caption(self, i: int) -> bool:
        """A goal that is only named above its indicators (项目年度目标1：道路养护)."""
        said = self.lines[i].said
        reading = self.words.read(said[0].text, "goal") if len(said) == 1 else None
        captioned = reading is not None and bool(heading(said[0].text).value) and i + 1 < len(self.lines)
        head = self.heads.at(i + 1) if captioned else None
        return head is not None and head.kind == "indicators"
