"""Tables that run along the rows: the headings stand below each other on the left, every further column is one indicator."""

from collections.abc import Sequence

from jixiao.forms.local.blocks.block import LEVELS
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import COMPOUND, Vocabulary
from jixiao.places import LAST_ROW

_FIRST = frozenset({*LEVELS, "number"})  # what such a table begins with
_LEAST_LINES = 3
_LEAST_VALUES = 2
_LONGEST_HEADING = 20


def turned_at(lines: Sequence[Line], i: int, words: Vocabulary) -> tuple[list[Line], int]:
    """The lines of such a table as if they ran down, its headings first, and how many lines it has; none elsewhere."""
    run: list[tuple[Line, Piece]] = []
    fields: set[str] = set()
    for j in range(i, len(lines)):
        line = lines[j]
        label = line.said[0] if line.said else None
        reading = words.read(label.text, "indicators") if label and len(label.text) <= _LONGEST_HEADING else None
        if label is None or reading is None or reading.sure < COMPOUND or reading.field in fields:
            break
        if not run and reading.field not in _FIRST:
            break
        fields.add(reading.field)
        run.append((line, label))
    lefts = sorted({p.left for line, label in run for p in line.said if p.left > label.right})
    if len(run) < _LEAST_LINES or len(lefts) < _LEAST_VALUES or len(fields & set(LEVELS)) < 2:
        return [], 0
    return [_heading(run), *(_column(run, left, n) for n, left in enumerate(lefts, 1))], len(run)


def _heading(run: Sequence[tuple[Line, Piece]]) -> Line:
    first = run[0][0]
    pieces = [Piece(n, n, label.text, True, label.spot) for n, (_, label) in enumerate(run, 1)]
    return Line(first.grid, first.row, first.number, pieces, after_gap=False)


def _column(run: Sequence[tuple[Line, Piece]], left: int, number: int) -> Line:
    """One column as a line, numbered on from the last row a sheet has."""
    first = run[0][0]
    cells = [line.over(left) for line, _ in run]
    pieces = [Piece(n, n, cell.text, cell.left == left, cell.spot) for n, cell in enumerate(cells, 1)]
    return Line(first.grid, first.row, first.number + number * LAST_ROW, pieces, after_gap=False)
