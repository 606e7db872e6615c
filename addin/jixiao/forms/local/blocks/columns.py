"""Which column is which field: decided once, from the heading, for all rows of a block."""

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate

from jixiao.forms.local.blocks.block import ACROSS, AMOUNTS, GUESSED, LEVELS, UNKNOWN, Column
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.blocks.levels import with_levels
from jixiao.forms.local.headings import heading, is_yearly, squeezed
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import DOUBTFUL, ENDING, Reading, Vocabulary

_UNSAID = 0.9  # how sure a column is that has no heading of its own
_ADJUSTED = "调整"
_DONE = frozenset({"executed", "actual"})
_TICKS = frozenset("√✓✔☑■Vv")


def own_words(line: Line, piece: Piece) -> Column:
    """A column that is called by its own words."""
    return Column(
        UNKNOWN + heading(piece.text).core, piece.left, piece.right, squeezed(piece.text), GUESSED, line, piece
    )


def columns_of(heads: Sequence[Line], kind: str, below: Sequence[Line], words: Vocabulary) -> Sequence[Column]:
    """The columns of a block, from the left."""
    found = list(_Stack(heads, kind, below, words).columns())
    if kind == "funds":
        found = [_of_sources(column, below, words) for column in found]
    found = _sides(found)
    if kind == "indicators":
        found = with_levels(found, below)
    if kind in ("accounts", "funds"):
        found = _by_year(found)
    if kind == "funds":
        found = _by_adjustment(found)
    if kind == "goal":
        found = _by_term(found)
    if kind == "accounts":
        found = _named(_unheaded(_one_code(found, below), heads[-1], below))
    return _each_once(found)


class _Stack:
    """The heading lines of one block, looked at column by column."""

    def __init__(self, heads: Sequence[Line], kind: str, below: Sequence[Line], words: Vocabulary) -> None:
        self.heads, self.kind, self.below, self.words = heads, kind, below, words
        self.blocks = ("source", "funds") if kind == ACROSS else (kind,)

    def columns(self) -> list[Column]:
        """One column a heading: the lowest that is understood names it, those above it are context."""
        found: list[Column] = []
        column, last = 1, max(piece.right for line in self.heads for piece in line.said)
        while column <= last:
            made = self._column(column)
            found += made
            column = made[-1].right + 1 if made else self._next(column)
        return found

    def _next(self, column: int) -> int:
        """The next column in which a heading begins."""
        lefts = (piece.left for line in self.heads for piece in line.pieces if piece.left > column)
        return min(lefts, default=column + 1)

    def _column(self, column: int) -> list[Column]:
        stack = self._over(column)
        known = [(line, piece, r) for line, piece in stack if (r := self.words.read(piece.text, *self.blocks))]
        if not stack:
            return []
        line, piece = known[-1][:2] if known else stack[-1]
        reading = known[-1][2] if known else None
        lower = [(below, p) for below in self.heads if below.row > line.row for p in below.said if _in(p, piece)]
        if lower and not any(p.left <= column <= p.right for _, p in lower):
            return self._own(column, piece, lower, reading, stack)
        label = " ".join(dict.fromkeys(squeezed(p.text) for _, p in stack))
        unit = next((u for _, p in reversed(stack) if (u := heading(p.text).unit)), "")
        if reading is None:
            return [own_words(line, piece)._replace(label=label, unit=unit)]

        field, sure = self._field(reading, stack)
        made = Column(field, piece.left, piece.right, label, sure, line, piece, unit)
        return self._choices(made, lower) if len(lower) > 1 else [made]

    def _own(
        self,
        column: int,
        piece: Piece,
        lower: Sequence[tuple[Line, Piece]],
        reading: Reading | None,
        stack: Sequence[tuple[Line, Piece]],
    ) -> list[Column]:
        """A blank under a heading that spans others: its own column, if anything stands below (预期指标值 over 符号 | | 单位)."""
        cells = [line.over(column) for line in self.below]
        said = {r.field for _, p in lower if (r := self.words.read(p.text, *self.blocks))}
        if reading is None or reading.field in said or not any(c.text and c.left == column for c in cells):
            return []
        field, sure = self._field(reading, stack)
        right = min((p.left - 1 for _, p in lower if p.left > column), default=piece.right)
        line = stack[-1][0]
        return [Column(field, column, right, squeezed(piece.text), min(sure, _UNSAID), line, piece)]

    def _over(self, column: int) -> list[tuple[Line, Piece]]:
        """The headings over a column, from the top, each once; what stands beside the block is none."""
        found: dict[tuple[int, int, int], tuple[Line, Piece]] = {}
        for line in self.heads:
            piece = line.over(column)
            if piece.text and not piece.numeric and not self._beside(piece):
                found.setdefault((id(line.grid), *piece.spot), (line, piece))
        return list(found.values())

    def _beside(self, piece: Piece) -> bool:
        """Whether a cell stands beside a block, not over a column of it."""
        goes_on = bool(self.below) and self.below[0].over(piece.left).spot == piece.spot
        reading = self.words.read(piece.text, *self.blocks)
        if not is_block(piece, self.words):
            return (goes_on or self._repeats(piece)) and not reading
        first = all(is_block(p, self.words) for p in self.heads[0].said if p.left < piece.left)
        return goes_on or not reading or (first and self._labels(piece, reading))

    def _labels(self, piece: Piece, reading: Reading) -> bool:
        """Whether the first of several headings is the label of them all: nothing of its own stands below it."""
        others = [p for p in self.heads[-1].said if p.spot != piece.spot]
        fields = {r.field for p in others if (r := self.words.read(p.text, *self.blocks))}
        below = next((line.over(piece.left).text for line in self.below if line.said), "")
        return (len(fields) > 1 or reading.field in fields) and below in ("", piece.text)

    def _repeats(self, piece: Piece) -> bool:
        """Whether a cell says the same in every line below: a merge undone."""
        below = [line.over(piece.left).text for line in self.below[:3]]
        return bool(below) and all(text == piece.text for text in below)

    def _choices(self, made: Column, lower: Sequence[tuple[Line, Piece]]) -> list[Column]:
        """A heading over several that say no field: one of these is ticked, or they are columns of their own."""
        read = [(line, piece, self.words.read(piece.text, *self.blocks)) for line, piece in lower]
        unknown = [piece for _, piece, reading in read if reading is None]
        if len(unknown) == len(lower) and self._ticked(unknown):
            return [made._replace(choices=unknown)]
        return [
            Column(r.field, p.left, p.right, squeezed(p.text), r.sure, line, p) if r else own_words(line, p)
            for line, p, r in read
        ]

    def _ticked(self, choices: Sequence[Piece]) -> bool:
        """Whether the cells below say which of several headings holds, by a tick."""
        cells = [line.under(p.left, p.right).text for line in self.below for p in choices]
        filled = [text for text in cells if text]
        return all(set(text) <= _TICKS for text in filled)

    def _field(self, reading: Reading, stack: Sequence[tuple[Line, Piece]]) -> tuple[str, float]:
        """What is done in a part of the year is the interim figure; what is aimed at till then is no target of the year."""
        if reading.field == "target" and any(heading(p.text).period for _, p in stack):
            return UNKNOWN + heading(stack[-1][1].text).core, GUESSED
        if reading.field in _DONE and any(heading(p.text).period for _, p in stack):
            return "interim", max(reading.sure, ENDING) if reading.sure < DOUBTFUL else 1.0
        across = self.kind == ACROSS and reading.block == "source"
        return f"{reading.field}@" if across else reading.field, reading.sure


def _of_sources(column: Column, below: Sequence[Line], words: Vocabulary) -> Column:
    """A heading over the names of sources names them, whatever it says (年度预算数 over 总额, 财政资金 …)."""
    cells = [line.under(column.left, column.right) for line in below[:3]]
    named = [r for piece in cells if piece.text and (r := words.read(piece.text, "source")) and r.sure == 1]
    over = column.field in AMOUNTS and named and not any(piece.numeric for piece in cells)
    return column._replace(field="source") if over else column


def _in(lower: Piece, upper: Piece) -> bool:
    return upper.left <= lower.left and lower.right <= upper.right


def _sides(columns: list[Column]) -> list[Column]:
    """Tables side by side: where the first name column comes again, the next table begins."""
    counts = Counter(c.field for c in columns if c.field in {*LEVELS, "topic", "code", "source"})
    opener = next((c.field for c in columns if counts[c.field] > 1), None)
    levels = any(c.field in LEVELS for c in columns)
    if not opener or (opener == "topic" and (levels or not any(c.field in AMOUNTS for c in columns))):
        return columns
    sides = accumulate(column.field == opener for column in columns)
    return [column._replace(side=max(side - 1, 0)) for column, side in zip(columns, sides, strict=True)]


def _by_year(columns: list[Column]) -> list[Column]:
    """Of two years of one figure the earlier is the prior one."""
    found = []
    for column in columns:
        year = heading(column.label).year
        later = [
            c for c in columns if (c.field, c.side) == (column.field, column.side) and heading(c.label).year > year
        ]
        found.append(column._replace(field="prior") if year and later else column)
    return found


def _by_adjustment(columns: list[Column]) -> list[Column]:
    """Of two budgets the one before its adjustment is the initial one (预算批复 | 调整预算)."""
    budgets = [c for c in columns if c.field == "adjusted"]
    adjusted = [c for c in budgets if _ADJUSTED in c.label]
    if len(budgets) != 2 or len(adjusted) != 1 or any(c.field == "initial" for c in columns):
        return columns
    first = budgets[0]
    return [c._replace(field="initial") if c is first and c not in adjusted else c for c in columns]


def _one_code(columns: list[Column], below: Sequence[Line]) -> list[Column]:
    """类, 款 and 项 over one cell each row are one column."""
    codes = [column for column in columns if column.field in ("code_class", "code_group", "code_item")]
    cells = [line.over(codes[0].left) for line in below[:3]] if len(codes) > 1 else []
    if not cells or not all(cell.right >= codes[-1].left for cell in cells):
        return columns
    merged = codes[0]._replace(field="code", right=codes[-1].right)
    return [merged if column is codes[0] else column for column in columns if column not in codes[1:]]


def _by_term(columns: list[Column]) -> list[Column]:
    """Of two goals one is the year's, by its heading; the other is that of the whole project."""
    yearly = any(c.field == "expected" and is_yearly(c.label) for c in columns)
    return [
        c._replace(field="medium") if yearly and c.field == "expected" and not is_yearly(c.label) else c
        for c in columns
    ]


def _unheaded(columns: list[Column], head: Line, below: Sequence[Line]) -> list[Column]:
    """Words left of all figures under a blank heading name the rows."""
    if any(c.field in ("name", "code") for c in columns) or not columns[0].known:
        return columns
    blank = head.over(columns[0].left - 1)
    cells = [line.over(blank.left) for line in below[:3]]
    words = [cell for cell in cells if cell.text and not cell.numeric and cell.left == blank.left and cell.fresh]
    if blank.text or blank.left < 1 or len(words) < 2:
        return columns
    return [Column("name", blank.left, blank.right, "", _UNSAID, head, blank), *columns]


def _named(columns: list[Column]) -> list[Column]:
    """Words left of all figures name the rows."""
    if columns and not columns[0].known and not any(c.field == "name" for c in columns):
        columns[0] = columns[0]._replace(field="name", sure=0.5)
    return columns


def _each_once(columns: Sequence[Column]) -> list[Column]:
    """Of two columns of one field the surer keeps it, else the first; the other goes by its own words."""
    best: dict[tuple[str, int], Column] = {}
    for column in columns:
        key = column.field, column.side
        if key not in best or best[key].sure < column.sure:
            best[key] = column
    return [c if best[c.field, c.side] is c else c.unknown() for c in columns]
