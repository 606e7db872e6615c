"""Whether what stands under a heading is what the heading says: a whole term alone makes nothing certain."""

from collections.abc import Mapping
from decimal import Decimal

from jixiao.evaluation.stated import NOTHING
from jixiao.forms.local.blocks.block import ACROSS, Block, BlockRow, Column, Entry, is_number_field
from jixiao.forms.local.lines import is_number

_LEAST_AGREEMENT = 0.5
_ODD_ONE = 0.5  # how sure a single cell is that does not agree with its column
_FEW_KNOWN = 0.8  # how sure a column is among headings most of which nobody knows
_POINTS_FOR_TARGETS = 0.7
_ODD_NAMES = 0.7  # how sure names are that are nothing but numbers
_WORDS = frozenset({"unit", "nature"})
_LOOKED_AT = _WORDS | {"target", "name"}
_STATES = frozenset({"interim", "forecast"})
"""Amounts of money, but words as often where they tell how far an indicator is: 有所改善, 11800人."""

_FULL_MARKS = (90, 100, 110)
_PLACEHOLDERS = frozenset("*×xX.…")


def weighed(block: Block) -> Block:
    """The block, each entry as sure as its column and its neighbours allow."""
    looked_at = [c for c in block.columns if is_number_field(c.field) or c.field in _LOOKED_AT]
    texts = {id(column): _texts(block, column) for column in looked_at}
    cells = {key: [text for text in said if not _is_placeholder(text)] for key, said in texts.items()}
    judged = [c for c in looked_at if block.kind != "indicators" or c.field not in _STATES]
    contradicted = [column for column in judged if _contradicts(column, cells[id(column)])]
    doubtful = _points_for_targets(block, cells)
    factors: dict[int, float] = {id(column): 0.0 for column in contradicted}
    factors |= {id(c): _ODD_NAMES for c in looked_at if c.field == "name" and _all_numbers(cells[id(c)])}
    if doubtful:
        factors[id(doubtful)] = _POINTS_FOR_TARGETS
    most = _FEW_KNOWN if sum(c.known for c in block.columns) * 2 < len(block.columns) else 1.0
    waiting = any(len(cells[key]) < len(said) for key, said in texts.items())
    if factors or most < 1 or waiting:
        block = block._replace(rows=[_weighed(row, factors, most) for row in block.rows])
    return block._replace(contradicted=[*contradicted, *([doubtful] if doubtful else [])])


def _texts(block: Block, column: Column) -> list[str]:
    """What is stated under a heading."""
    if block.kind in ("funds", ACROSS):
        entries = [entry for row in block.rows for entry in row.entries.values() if entry.column is column]
    else:
        entries = [entry for row in block.rows if (entry := row.entries.get(column.field)) and entry.column is column]
    return [text for entry in entries if (text := entry.text) not in NOTHING]


def _contradicts(column: Column, cells: list[str]) -> bool:
    """Whether most cells are words under a heading of figures, or figures under one of words."""
    numbers = sum(map(is_number, cells))
    if is_number_field(column.field):
        return len(cells) > 1 and numbers < len(cells) * _LEAST_AGREEMENT
    return column.field in _WORDS and _all_numbers(cells)


def _all_numbers(cells: list[str]) -> bool:
    return len(cells) > 1 and all(map(is_number, cells))


def _points_for_targets(block: Block, cells: Mapping[int, list[str]]) -> Column | None:
    """The targets of a form without weights, where they are bare numbers that make up 100: somebody has filled in points."""
    fields = {column.field: column for column in block.columns}
    if block.kind != "indicators" or "target" not in fields or fields.keys() & {"weight", "score"}:
        return None
    targets = cells[id(fields["target"])]
    bare = len(targets) > 2 and all(len(cell) < 6 and cell.replace(".", "", 1).isdecimal() for cell in targets)
    return fields["target"] if bare and sum(map(Decimal, targets)) in _FULL_MARKS else None


def _weighed(row: BlockRow, factors: Mapping[int, float], most: float) -> BlockRow:
    entries = {field: entry._replace(sure=_sure(entry, factors, most)) for field, entry in row.entries.items()}
    return row._replace(entries=entries)


def _sure(entry: Entry, factors: Mapping[int, float], most: float) -> float:
    sure = min(entry.sure, most)
    sure *= factors.get(id(entry.column), 1.0)
    if is_number_field(entry.field) and _is_placeholder(entry.text):
        sure = min(sure, _ODD_ONE)
    return sure


def _is_placeholder(text: str) -> bool:
    """What stands where a blank form waits for a number."""
    return text[:1] in _PLACEHOLDERS and set(text) <= _PLACEHOLDERS
