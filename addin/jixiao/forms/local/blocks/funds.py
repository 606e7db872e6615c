"""The rows of a fund block: one a source of money (年度资金总额, 其中：财政拨款 …), or what the money is spent for."""

from collections.abc import Collection, Sequence

from jixiao.forms.local.blocks.block import AMOUNTS, GUESSED, NUMBERS, UNKNOWN, BlockRow, Column, Entry
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.headings import SUBTOTAL, heading, plain, squeezed
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Reading, Vocabulary

DETAIL = "detail"
"""The key of a row that says what money is spent for."""

CONTENT = "content"
SOURCE = "source"
SUPPOSED = 0.5  # how sure a source is that nobody knows
_UNLABELLED = 0.7


class FundRows:
    """Reads the lines of one fund block."""

    def __init__(self, columns: Sequence[Column], words: Vocabulary, beside: Collection[str] = ()) -> None:
        self.words, self.beside = words, beside
        self.sides = [[c for c in columns if c.side == side] for side in sorted({c.side for c in columns})]
        self.details = any(column.field == CONTENT for column in columns)  # until the total

    def read(self, line: Line) -> list[BlockRow] | None:
        """The rows of a line, one for each list that stands beside another; None where the block has ended."""
        rows, begin = [], 0
        for columns in self.sides:
            row = self._row(line, columns, begin)
            rows += [row] if row else []
            begin = max(column.right for column in columns)
        return rows or (None if line.said else [])

    def _row(self, line: Line, columns: Sequence[Column], begin: int) -> BlockRow | None:
        label = self._label(line, columns, begin)
        reading = self._source(label)
        figures = [c for c in columns if c.field not in (CONTENT, SOURCE)]
        cells = [(c, p) for c in figures if (p := line.under(c.left, c.right)).fresh and p is not label]
        stated = any(p.numeric for c, p in cells if c.field in NUMBERS or not c.known)
        if not stated and (reading is None or (label and heading(label.text).value)):
            return None  # no row of figures; or label and value in one cell, which is no row of a table
        key, sure = self._key(label, reading)
        words = squeezed(label.text) if label else ""
        entries = {
            c.field: Entry(c.field, line, p, c.sure * sure, f"{words} {c.label}".strip(), None, c) for c, p in cells
        }
        called = Entry(CONTENT, line, label, sure, "", None) if label else None
        return BlockRow(line, entries, columns[0].side, key, called)

    def _label(self, line: Line, columns: Sequence[Column], begin: int) -> Piece | None:
        """The cell that names the source: the last one left of all figures."""
        amounts = [c.left for c in columns if c.field in AMOUNTS] or [c.left for c in columns if c.field in NUMBERS]
        end = min(amounts, default=columns[-1].left)
        cells = [p for p in line.pieces if begin < p.left < end and p.text and not p.numeric]
        cells = [p for p in cells if p.text not in self.beside]
        cells = [p for p in cells if not is_block(p, self.words, "funds") or self.words.read(p.text, "source")]
        if len(cells) > 1 and plain(cells[-1].text) == SUBTOTAL and self.words.read(cells[-2].text, "source"):
            return cells[-2]  # 财政拨款 beside 小计, 一般公共预算 …
        return cells[-1] if cells and cells[-1].fresh else None

    def _source(self, label: Piece | None) -> Reading | None:
        reading = self.words.read(label.text, "source") if label else None
        if reading and self.details and reading.sure < 1:
            return None  # 市政维护 is no money of a city
        return reading

    def _key(self, label: Piece | None, reading: Reading | None) -> tuple[str, float]:
        if reading:
            self.details = self.details and reading.field != "total"
            return reading.field, reading.sure
        if self.details:
            return DETAIL, 1.0
        if label is None:
            return "", 1.0
        return UNKNOWN + heading(label.text).core, SUPPOSED


def settled(rows: Sequence[BlockRow], of_all: bool = False) -> list[BlockRow]:
    """The rows of a whole block: one total at most, whatever its words; a single row without words is the total.

    That is certain where the label beside the block speaks ``of_all`` the money.
    """
    if len(rows) == 1 and not rows[0].key:
        return [_renamed(rows[0], "total", 1.0 if of_all else _UNLABELLED)]
    rows = _each_once(rows)
    totals = [row for row in rows if row.key == "total"]
    best = max(totals, key=_sure, default=None)
    equal = sum(_sure(row) == _sure(best) for row in totals) if best else 0
    return [_settled(row, row is best, equal > 1) for row in rows]


def _each_once(rows: Sequence[BlockRow]) -> list[BlockRow]:
    """Of two sources of one name (市级, 盟市) the second goes by its own words: nothing may be lost of a sum."""
    known: set[str] = set()
    found = []
    for row in rows:
        twice = row.key in known and row.key not in ("total", DETAIL, "") and row.label
        key = UNKNOWN + heading(row.label.piece.text).core if twice and row.label else row.key
        found.append(_renamed(row, key, SUPPOSED) if twice else row)
        known.add(row.key)
    return found


def _settled(row: BlockRow, best: bool, several: bool) -> BlockRow:
    if row.key == "total" and not best:
        return _renamed(row, UNKNOWN + heading(row.label.piece.text).core if row.label else UNKNOWN, GUESSED)
    if row.key == "total" and several:
        return _renamed(row, "total", _UNLABELLED)
    return row if row.key else _renamed(row, f"{UNKNOWN}{row.line.row}", GUESSED)


def _renamed(row: BlockRow, key: str, most: float) -> BlockRow:
    return row._replace(key=key, entries={f: e._replace(sure=min(e.sure, most)) for f, e in row.entries.items()})


def _sure(row: BlockRow | None) -> float:
    return row.label.sure if row and row.label else 0.0
