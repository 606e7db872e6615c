"""From the lines of one form to its blocks and facts: per line first *heads it a table?*, else *labels with values*."""

from collections.abc import Iterator, Sequence

from jixiao.evaluation.stated import Part
from jixiao.forms.blocks.block import ACROSS, AMOUNTS, LEVELS, TABLE, Block, BlockRow, Entry
from jixiao.forms.blocks.evidence import weighed
from jixiao.forms.blocks.funds import FundRows, settled
from jixiao.forms.blocks.heads import COUNTS, Head, head_at, heads_figures, unknown_at
from jixiao.forms.blocks.kinds import is_block
from jixiao.forms.blocks.paired import paired_at
from jixiao.forms.blocks.pairs import Pairs, goals_of_the_year
from jixiao.forms.blocks.rows import Rows, as_sources, total_row
from jixiao.forms.blocks.turned import turned_at
from jixiao.forms.headings import heading, plain
from jixiao.forms.lines import Line, Piece
from jixiao.forms.vocabulary import Vocabulary

GRADES = ("优", "良", "中", "差", "优秀", "良好", "合格", "不合格")
_COUNTS = frozenset(word[0] for word in COUNTS)
_NOTES = ("注:", "注1", "备注:", "说明:", "填表说明", "填报说明", "填报人", "填表人", "审核人", "附:")
_SUBTOTALS = {"indicators": ("小计",), "tasks": ("小计", "合计", "总计")}
"""How rows end that add up others of their table; the total of all indicators is a fact."""

_LONGEST_LEVEL = 60
_LONGEST_TOTAL = 16

Spot = tuple[int, int, int]


class Reader:
    """Reads the lines of one form."""

    def __init__(self, lines: Sequence[Line], words: Vocabulary) -> None:
        self.lines, self.words = lines, words
        self.blocks: list[Block] = []
        self.facts: list[Entry] = []
        self.unknown: list[tuple[Line, Piece, Part]] = []  # labels and rows nobody knows
        self._seen: set[Spot] = set()
        self._done: set[int] = set()  # lines of which nothing is left
        self._heads: dict[int, Head | None] = {}
        merged = any(piece.right > piece.left or not piece.fresh for line in lines for piece in line.pieces)
        self._used = {piece.left for line in lines for piece in line.said} if merged else set()

    def read(self) -> "Reader":
        i = 0
        while i < len(self.lines):
            block, end = paired_at(self.lines, i, self.words)
            if block:
                i = self._paired(i, end, block)
                continue
            head = self._head(i) or unknown_at(self.lines, i, self.words)
            i = self._table(i, head) if head else self._turned(i) or self._pairs(i)
        self.facts = goals_of_the_year(self.facts)
        return self

    def _paired(self, i: int, end: int, block: Block) -> int:
        self.blocks.append(block)
        for line in self.lines[i:end]:
            self.mark(line, line.said)
        return end

    def _turned(self, i: int) -> int:
        """Read a table that runs along the rows; 0 where none begins."""
        lines, height = turned_at(self.lines, i, self.words)
        if height:
            inner = Reader(lines, self.words).read()
            self.blocks += inner.blocks
            self._seen |= inner._seen
            self._seen.update(
                (id(line.grid), *p.spot) for line in lines if line.number in inner._done for p in line.said
            )
        return i + height if height else 0

    def unplaced(self) -> Iterator[tuple[Line, Piece]]:
        """Every cell that nobody claimed; a merge undone with its text repeated is one cell."""
        for line in self.lines:
            if line.number in self._done:
                continue
            before = ""
            for piece in line.said:
                if piece.text == before and not piece.numeric:
                    continue
                seen = self._is_seen(line, piece)
                before = piece.text if seen else ""
                if not seen:
                    yield line, piece

    def mark(self, line: Line, pieces: Sequence[Piece]) -> None:
        """These cells are understood."""
        self._seen.update((id(line.grid), *piece.spot) for piece in pieces)

    def _is_seen(self, line: Line, piece: Piece) -> bool:
        return line.number in self._done or (id(line.grid), *piece.spot) in self._seen

    def _head(self, i: int) -> Head | None:
        if i not in self._heads:
            self._heads[i] = head_at(self.lines, i, self.words)
        return self._heads[i]

    # ---------------------------------------------------------------- tables

    def _table(self, i: int, head: Head) -> int:
        block = Block(head.kind, head.columns, [], head.lines, head.label, _unit(head))
        for line in head.lines:
            self.mark(line, line.said)
        printed = [line.texts for line in head.lines]
        reading = _Below(head, self.words)
        j = i + len(head.lines)
        while j < len(self.lines):
            line = self.lines[j]
            if line.texts in printed or any(text[0] in _COUNTS and plain(text) in COUNTS for text in line.texts):
                self.mark(line, line.said)  # the heading printed again, or the numbers of its columns
            elif self._is_note(line, head):
                pass
            elif self._ends(line, head, j, block):
                break
            elif reading.is_subtotal(line):
                self.mark(line, line.said)
            elif reading.is_total(line):
                block.rows.append(self._total(line, block))
                if not self._rows_go_on(j + 1, head):
                    j += 1
                    break
            else:
                rows = reading.rows(line)
                if rows is None:
                    break
                block.rows.extend(rows)
                self._mark_rows(line, rows, head)
            j += 1
        self.blocks.append(weighed(block._replace(rows=settled(block.rows)) if head.kind == "funds" else block))
        return j

    def _mark_rows(self, line: Line, rows: Sequence[BlockRow], head: Head) -> None:
        spots = {entry.piece.spot for row in rows for entry in row.entries.values()}
        spots.update(row.label.piece.spot for row in rows if row.label)
        free = [piece for piece in line.said if piece.spot not in spots]
        left = [p for p in free if not (self._is_left(p, head) and (is_block(p, self.words) or head.is_beside(p)))]
        if left:
            self.mark(line, [piece for piece in line.said if piece not in left])
        else:
            self._done.add(line.number)

    def _is_left(self, piece: Piece, head: Head) -> bool:
        return piece.left < head.columns[0].left

    def _total(self, line: Line, block: Block) -> BlockRow:
        label = next(p for p in line.said if self._is_total(p))
        self.mark(line, line.said)
        return total_row(line, label, block.columns, GRADES)

    def _is_total(self, piece: Piece) -> bool:
        reading = self.words.read(piece.text, "total")
        return reading is not None and reading.field == "total"

    def _is_note(self, line: Line, head: Head) -> bool:
        """A line of words across a table, which is none of its rows: a note, a caption."""
        if len(line.said) != 1 or head.kind in ("goal", "funds", ACROSS):
            return False
        piece = line.said[0]
        if any(p.text for p in line.pieces if p.spot != piece.spot and not is_block(p, self.words)):
            return False
        return plain(piece.text).startswith(_NOTES) and not self.words.read(piece.text, "text", "identity")

    def _rows_go_on(self, j: int, head: Head) -> bool:
        """Whether rows of the same table follow its total, which then is one of several."""
        if j >= len(self.lines) or self._head(j):
            return False
        line = self.lines[j]
        names = [c for c in head.columns if c.field in LEVELS]
        figures = [c for c in head.columns if c.field in ("weight", "score")]
        named = any(line.under(c.left, c.right).text for c in names[-1:])
        return named and any(line.under(c.left, c.right).numeric for c in figures) and not self._labels(line.said[:1])

    def _ends(self, line: Line, head: Head, j: int, block: Block) -> bool:
        """Whether a line no longer belongs to the table above it."""
        kind, columns = head.kind, head.columns
        said = self._own(line, head)
        if not said:
            return False
        figures = any(piece.numeric for piece in said)
        if not (kind == "indicators" and figures) and (found := self._head(j)):
            return (kind, found.kind) != ("accounts", "funds")
        first = said[0]
        if kind == "goal":
            return bool(block.rows) and not self._goes_on(line, head)
        if kind == "survey" and not first.numeric and first.left <= columns[0].left:
            return True
        if kind == "accounts" and heads_figures(self.lines, j):
            return True
        if kind == TABLE and any(sum(p.left <= c.left <= p.right for c in columns) > 1 for p in said):
            return True  # words across its columns
        inside = first.left > min(column.left for column in columns)
        if kind in ("indicators", "accounts", "survey", "people", "tasks", TABLE) and inside:
            return False
        if kind == "accounts":
            across = len(said) == 1 and first.right >= columns[-1].right and len(columns) > 1
            return across or not figures and bool(self._labels([first]))
        if kind == ACROSS:
            return bool(self._labels(said[:1])) and not self.words.read(first.text, "funds", "source")
        if kind == "funds" and self.words.read(first.text, "source"):
            return False
        if kind == "indicators" and len(line.said) == 1 and len(first.text) > _LONGEST_LEVEL:
            return True
        return bool(self._labels([first]))

    def _own(self, line: Line, head: Head) -> Sequence[Piece]:
        """The cells of a line without what only says what block this is."""
        if not line.said or not self._is_left(line.said[0], head):
            return line.said
        return [p for p in line.said if not head.is_beside(p) and not is_block(p, self.words, head.kind)]

    def _goes_on(self, line: Line, head: Head) -> bool:
        """Whether the block label beside the table reaches down to a line."""
        left = min(column.left for column in head.columns)
        before = [p for p in line.pieces if p.left < left and p.text]
        return bool(before) and all(piece.text in head.beside for piece in before)

    def _labels(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Those that are surely labels of something else: of a fact, of a block, of the grade."""
        found = []
        for piece in pieces:
            outer = [self.words.read(piece.text, block) for block in ("identity", "text", "block", "goal", "total")]
            readings = [r for r in outer if r and (r.block != "total" or r.field == "grade")]
            if any(r.sure == 1 or r.block == "text" for r in readings):
                found.append(piece)
        return found

    # ---------------------------------------------------------------- labels and values

    def _pairs(self, i: int) -> int:
        line = self.lines[i]
        if not line.said:
            return i + 1
        block = next((b for b in reversed(self.blocks) if b.kind == "indicators"), None)
        if block and len(line.said) > 1 and self._is_total(line.said[0]):
            row = self._total(line, block)  # it stands below the narrative rows
            if row.entries:
                block.rows.append(row)
                return i + 1
        if self._is_caption(i):
            self.mark(line, line.said)
            return i + 1
        below = self.lines[i + 1] if i + 1 < len(self.lines) else None
        pairs = Pairs(line, below, self.words, self._used)
        self.facts += [fact for fact in pairs.facts() if not self._is_seen(fact.line, fact.piece)]
        self.mark(line, pairs.claimed)
        if below and pairs.below_claimed:
            self.mark(below, pairs.below_claimed)
            self.mark(below, [p for p in below.said if p in pairs.below_claimed])
            return i + 2
        self.unknown += [(line, piece, Part.ROW) for piece in pairs.own_words]
        self.unknown += [(line, p, Part.LABEL) for p in pairs.unread() if not self._is_seen(line, p)]
        self.mark(line, [p for p in line.said if is_block(p, self.words)])
        return i + 1

    def _is_caption(self, i: int) -> bool:
        """A goal that is only named above its indicators (项目年度目标1：道路养护)."""
        said = self.lines[i].said
        reading = self.words.read(said[0].text, "goal") if len(said) == 1 else None
        head = self._head(i + 1) if reading and heading(said[0].text).value and i + 1 < len(self.lines) else None
        return head is not None and head.kind == "indicators"


class _Below:
    """What stands below one heading, by its kind."""

    def __init__(self, head: Head, words: Vocabulary) -> None:
        self.head, self.words = head, words
        self.funds = FundRows(head.columns, words, head.beside) if head.kind == "funds" else None
        self.others = Rows(head.columns)

    def is_subtotal(self, line: Line) -> bool:
        """A subtotal among indicators or tasks, which adds nothing."""
        first = self._first(line)
        return first is not None and plain(first.text).endswith(_SUBTOTALS[self.head.kind])

    def _first(self, line: Line) -> Piece | None:
        """The first cell of a line of indicators or tasks, if it may be a total."""
        if self.head.kind not in _SUBTOTALS:
            return None
        first = next((p for p in line.said if not self.head.is_beside(p) and not self._is_label(p)), None)
        return first if first and len(first.text) <= _LONGEST_TOTAL else None

    def is_total(self, line: Line) -> bool:
        """The total of an indicator table."""
        first = self._first(line)
        if first is None or self.head.kind != "indicators":
            return False
        reading = self.words.read(first.text, "total")
        return reading is not None and reading.field == "total"

    def _is_label(self, piece: Piece) -> bool:
        return piece.left < self.head.columns[0].left and is_block(piece, self.words)

    def rows(self, line: Line) -> list[BlockRow] | None:
        if self.funds:
            return self.funds.read(line)
        if self.head.kind == ACROSS:
            return self._across(line)
        return self.others.read(line)

    def _across(self, line: Line) -> list[BlockRow] | None:
        """A row of figures under sources: the budget, unless words before them say another measure."""
        left = min(column.left for column in self.head.columns if column.field.endswith("@"))
        before = [p for p in line.pieces if p.right < left and p.text and p.text not in self.head.beside]
        before = [p for p in before if not is_block(p, self.words)]
        reading = self.words.read(before[-1].text, "funds") if before else None
        measure, sure = (reading.field, reading.sure) if reading else ("adjusted", 0.8)
        label = before[-1] if before and reading else None
        entries = as_sources(line, self.head.columns, measure, label.text if label else "", sure)
        if not any(entry.piece.numeric for entry in entries.values()):
            return None if line.said else []
        return [BlockRow(line, entries, label=Entry("", line, label, sure) if label else None)]


def _unit(head: Head) -> str:
    """The unit of money that the heading or the words beside the block say."""
    label = heading(head.label).unit if head.label else ""
    return label or next(
        (c.unit for c in head.columns if c.unit and c.field.rpartition(".")[2].rstrip("@") in AMOUNTS), ""
    )
