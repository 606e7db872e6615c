"""What people do to a form without changing what it says."""

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from building import document
from form_file import ABOVE, LEFT, FormFile, Piece, Table, owner_of

from jixiao.grid import Document

Rows = list[list[Piece]]
Rewriting = Callable[[FormFile, Random], Document]
INDICATORS, TOTAL = "indicators.", "total."
VALUES = ("target", "actual", "weight", "score", "reason", "rubric", "explanation", "interim", "forecast", "likelihood")
"""The columns behind the levels and the name."""


# ---------------------------------------------------------------- columns and headings


def columns_permuted(form: FormFile, random: Random) -> Document:
    """The columns behind the names in another order: headings, cells and the total together."""
    rows = _rows(form.tables[0])
    block = _block(rows)
    places = [c for c in block.columns.values() if not _spanned(rows, block, c)]
    order = dict(zip(places, random.sample(places, len(places)), strict=True))
    for r, row in enumerate(rows):
        total = any(name.startswith(TOTAL) for piece in row for name in piece.names)
        if total:
            row[block.name + 1 :] = [piece._replace(joined="") for piece in row[block.name + 1 :]]
        if total or block.heading <= r < block.end:
            row[:] = [row[order.get(c, c)] for c in range(len(row))]
    return _with(form, rows)


def heading_over_two_rows(form: FormFile, random: Random) -> Document:
    """One more heading above two columns that stand side by side."""
    rows = _rows(form.tables[0])
    block = _block(rows)
    at, heads = block.columns, rows[block.first - 1]
    pairs = (("target", "actual", "指标完成情况"), ("weight", "score", "评分情况"), ("interim", "forecast", "执行情况"))
    below = [Piece(joined=LEFT if piece.joined == LEFT else ABOVE) for piece in heads]
    for left, right, words in pairs:
        if at.get(right) == at.get(left, -9) + 1 and block.heading == block.first - 1:
            below[at[left]], below[at[right]] = heads[at[left]], heads[at[right]]
            heads[at[left]], heads[at[right]] = Piece(words), Piece(joined=LEFT)
    if any(not piece.joined for piece in below):
        rows.insert(block.first, below)
    return _with(form, rows)


def heading_over_an_empty_column(form: FormFile, random: Random) -> Document:
    """A heading reaches over an empty column beside its own."""
    rows = _rows(form.tables[0])
    block = _block(rows)
    column = random.choice([c for c in block.columns.values() if not _spanned(rows, block, c)])
    _insert_column(rows, column + 1)
    for row in rows[block.heading : block.first]:
        row[column + 1] = Piece(joined=LEFT)
    return _with(form, rows)


class _Block(NamedTuple):
    """Where the indicators stand on a table, counted from 0: their headings, their rows, their columns by field."""

    heading: int
    first: int
    end: int
    name: int
    columns: dict[str, int]


def _block(table: Table) -> _Block:
    fields = {
        (r, c): name.removeprefix(INDICATORS)
        for r, row in enumerate(table)
        for c, piece in enumerate(row)
        for name in piece.names
        if name.startswith(INDICATORS)
    }
    first, end = min(r for r, _ in fields), max(r for r, _ in fields) + 1
    two_rows = any(piece.joined == ABOVE for piece in table[first - 1][1:])
    places = {field: c for (_, c), field in fields.items()}
    columns = {field: c for field, c in places.items() if field in VALUES}
    return _Block(first - 2 if two_rows else first - 1, first, end, places["name"], columns)


def _spanned(rows: Rows, block: _Block, column: int) -> bool:
    """Whether a column stands under a heading of several, or a cell of it reaches over two."""
    beside = [piece for row in rows[block.heading : block.end] for piece in row[column : column + 2]]
    return any(piece.joined == LEFT for piece in beside)


# ---------------------------------------------------------------- rows and columns more


def blank_rows(form: FormFile, random: Random) -> Document:
    """Empty rows between the others; what reaches over them is taller."""
    return _with(form, _rows_more(form.tables[0], random)[0])


def hidden_rows(form: FormFile, random: Random) -> Document:
    """Empty rows that nobody sees."""
    rows, places = _rows_more(form.tables[0], random)
    return _with(form, rows).with_grids(lambda grid: grid._replace(hidden_rows=places))


def blank_columns(form: FormFile, random: Random) -> Document:
    """Empty columns between the others; what reaches over them is wider."""
    return _with(form, _columns_more(form.tables[0], random)[0])


def hidden_columns(form: FormFile, random: Random) -> Document:
    """Empty columns that nobody sees."""
    rows, places = _columns_more(form.tables[0], random)
    return _with(form, rows).with_grids(lambda grid: grid._replace(hidden_columns=places))


def stray_cells(form: FormFile, random: Random) -> Document:
    """Notes beside values of the form, behind an empty column."""
    rows = _rows(form.tables[0])
    places = [r for r, row in enumerate(rows) if any(piece.names for piece in row)]
    said = dict(zip(random.sample(places, 3), ("已核对", "与决算一致", "3"), strict=True))
    return _with(form, [[*row, Piece(), Piece(said.get(r, ""))] for r, row in enumerate(rows)])


def _rows_more(table: Table, random: Random) -> tuple[Rows, frozenset[int]]:
    """The table with three empty rows, none between the headings of the indicators; and which they are."""
    rows, block = _rows(table), _block(table)
    places = [at for at in range(3, len(rows)) if not block.heading < at < block.first]
    chosen = sorted(random.sample(places, 3))
    for at in reversed(chosen):
        rows.insert(at, _row_inside(rows[at]))
    return rows, frozenset(at + number for number, at in enumerate(chosen, 1))


def _row_inside(below: list[Piece]) -> list[Piece]:
    """An empty row just above one: a part of whatever reaches down to that."""
    row: list[Piece] = []
    for piece in below:
        reaches = piece.joined == ABOVE or (piece.joined == LEFT and bool(row[-1].joined))
        row.append(Piece(joined=piece.joined if reaches else ""))
    return row


def _columns_more(table: Table, random: Random) -> tuple[Rows, frozenset[int]]:
    """The table with two empty columns, and which they are."""
    rows = _rows(table)
    chosen = sorted(random.sample(range(1, len(rows[0])), 2))
    for at in reversed(chosen):
        _insert_column(rows, at)
    return rows, frozenset(at + number for number, at in enumerate(chosen, 1))


def _insert_column(rows: Rows, at: int) -> None:
    """An empty column before one: a part of whatever reaches over the border."""
    owners = owner_of(rows)
    for r, row in enumerate(rows, 1):
        inside = at < len(row) and owners[r, at] == owners[r, at + 1]
        row.insert(at, Piece(joined=LEFT if inside else ""))


# ---------------------------------------------------------------- merges undone


def unmerged(form: FormFile, random: Random) -> Document:
    """Every merged cell taken apart: its text stands in the corner."""
    return _with(form, [[piece._replace(joined="") for piece in row] for row in form.tables[0]])


def unmerged_and_repeated(form: FormFile, random: Random) -> Document:
    """Every merged cell taken apart, and its text said again in each part."""
    table = form.tables[0]
    owners = owner_of(table)
    corners = [[owners[r, c] for c in range(1, len(row) + 1)] for r, row in enumerate(table, 1)]
    return _with(form, [[table[top - 1][left - 1] for top, left in row] for row in corners])


# ---------------------------------------------------------------- figures as people write them


def separated(form: FormFile, random: Random) -> Document:
    """Amounts with separators: 12345.60 is 12,345.60."""
    return _with(form, _rewritten(form.tables[0], _commas))


def full_width(form: FormFile, random: Random) -> Document:
    """Figures and percent signs as wide as the words around them."""
    wide = str.maketrans("0123456789%.", "０１２３４５６７８９％．")
    return _with(form, _rewritten(form.tables[0], lambda text: text.translate(wide)))


_AMOUNT = re.compile(r"\d{4,}(\.\d+)?")
_FIGURES = ("funds.", "execution.", TOTAL, *(INDICATORS + field for field in ("target", "actual", "weight", "score")))


def _commas(text: str) -> str:
    whole, point, rest = text.partition(".")
    return f"{int(whole):,}{point}{rest}" if _AMOUNT.fullmatch(text) else text


def _rewritten(table: Table, change: Callable[[str], str]) -> Rows:
    """The table with every figure written otherwise."""

    def said(piece: Piece) -> Piece:
        figure = any(name.startswith(_FIGURES) for name in piece.names)
        return piece._replace(text=change(piece.text)) if figure else piece

    return [[said(piece) for piece in row] for row in table]


# ---------------------------------------------------------------- several tables, several forms


def broken_over_two_tables(form: FormFile, random: Random) -> Document:
    """A Word table that goes on in a second one, in the middle of its indicators."""
    table = form.tables[0]
    block = _block(table)
    cut = random.randrange(block.first + 1, block.end)
    second = _rows(table[cut:])
    second[0] = [
        Piece(joined=LEFT if own and own == before else "") if piece.joined == ABOVE else piece
        for piece, own, before in zip(second[0], *_corners(table, cut), strict=True)
    ]
    return document(_as_word(form)._replace(blocks=[*form.blocks[:-1], table[:cut], second]))


def _corners(table: Table, row: int) -> tuple[list[tuple[int, int]], list[tuple[int, int] | None]]:
    """The corners of the cells of a row, and of the ones before each."""
    owners = owner_of(table)
    own = [owners[row + 1, c] for c in range(1, len(table[0]) + 1)]
    return own, [None, *own[:-1]]


def in_one_file(first: FormFile, second: FormFile) -> Document:
    """Two forms as two tables of one Word document."""
    return document(_as_word(first)._replace(blocks=[*first.blocks, "", *second.blocks]))


def on_one_sheet(first: FormFile, second: FormFile) -> Document:
    """Two forms, one below the other."""
    above, below = _with_titles(first), _with_titles(second)
    width = max(len(above[0]), len(below[0]))
    rows = [[*row, *[Piece()] * (width - len(row))] for row in [*above, [], *below]]
    return document(first._replace(head={**first.head, "载体": "工作表"}, blocks=[rows]))


def _with_titles(form: FormFile) -> Rows:
    """The table of a form with the paragraphs above it as its first rows."""
    rows = _rows(form.tables[0])
    titles = [block for block in form.blocks if isinstance(block, str)]
    return [*([Piece(title), *[Piece(joined=LEFT)] * (len(rows[0]) - 1)] for title in titles), *rows]


def _as_word(form: FormFile) -> FormFile:
    return form._replace(head={**form.head, "载体": "Word表格"})


def _rows(table: Table) -> Rows:
    return [list(row) for row in table]


def _with(form: FormFile, rows: Rows) -> Document:
    return document(form._replace(blocks=[block if isinstance(block, str) else rows for block in form.blocks]))


ALL: Sequence[Rewriting] = (
    columns_permuted,
    heading_over_two_rows,
    heading_over_an_empty_column,
    blank_rows,
    hidden_rows,
    blank_columns,
    hidden_columns,
    stray_cells,
    unmerged,
    unmerged_and_repeated,
    separated,
    full_width,
    broken_over_two_tables,
)
