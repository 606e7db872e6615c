"""A drawing laid over a grid row by row, so that as many labels as possible agree."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.forms.drawing import Continued, Drawing, DrawnRow, Label, Slot, normal
from jixiao.forms.placement import Anchors, Effort
from jixiao.grid import Grid


class Piece(NamedTuple):
    """One cell of a row of the grid: where it begins, its compared text, whether it began further up."""

    column: int
    text: str
    continued: bool


def pieces_of(grid: Grid, anchors: Anchors, row: int, columns: Sequence[int]) -> list[Piece]:
    """The cells of one row, from the left; a merged cell is one piece in every row it covers."""
    pieces = []
    right = 0
    for column in columns:
        if column > right:
            area = anchors.area(row, column)
            pieces.append(Piece(column, normal(grid.at(area.top, area.left).text), area.top < row))
            right = area.right
    return pieces


Sign = tuple[str, bool]
"""What of a piece can matter for its likeness: a label of the form, the beginning of another text, continued or not."""
Signature = tuple[Sign, ...]
_TEXT = "\0"  # a text of which nothing matters but that it is there


class Matchers:
    """The matchers of one document: what one sheet has taught serves the next."""

    def __init__(self) -> None:
        self.effort = Effort()
        self._known: dict[str, Matcher] = {}

    def of(self, drawing: Drawing) -> "Matcher":
        if drawing.id not in self._known:
            self._known[drawing.id] = Matcher(drawing, self.effort)
        return self._known[drawing.id]


class Matcher:
    """Scores how well rows of a grid fit rows of a drawing; alike rows are compared once."""

    def __init__(self, drawing: Drawing, effort: Effort) -> None:
        self.drawing = drawing
        self._effort = effort
        self.cells = [_drawn_pieces(row) for row in drawing.rows]
        self.words = {normal(c.text) for row in drawing.rows for c in row.cells if isinstance(c, Label)} - {""}
        slots = [cell for row in self.cells for _, cell in row if isinstance(cell, Slot)]
        self._beginnings = tuple({normal(slot.before)[:4] for slot in slots if slot.before})
        self._first_letters = {slot.default[0] for slot in slots if slot.default}
        known: dict[_Cell, _Likeness] = {}
        self._likeness = [[known.setdefault(cell, _Likeness(cell)) for _, cell in row] for row in self.cells]
        self._size = sum(map(len, self.cells))
        self._fits: dict[Signature, list[float]] = {}
        self._pairs: dict[tuple[Signature, int], list[tuple[int, int]]] = {}

    def pair(self, rows: Mapping[int, Sequence[Piece]]) -> dict[int, int]:
        """The best assignment, in order: row of the grid -> row of the drawing."""
        count = len(self.cells)
        self._effort.spend(len(rows) * count // 4)
        skip_drawn = [-1.0 if not row.outside else 0.0 for row in self.drawing.rows]
        repeats = [bool(row.repeat) for row in self.drawing.rows]
        best = [0.0]
        for skip in skip_drawn:
            best.append(best[-1] + skip)
        steps: list[list[str]] = [[""] + ["skip"] * count]
        for pieces in rows.values():
            signature = self._signature(pieces)
            leave = -1.0 if any(text for text, _ in signature) else -0.1
            before, score = best, best[0] + leave
            best, step = [score], ["leave"]
            # of steps that are worth the same, the last of "again", "leave", "new", "skip" is taken
            for above, left, fit, skip, repeat in zip(
                before[1:], before[:-1], self._fits_of(signature), skip_drawn, repeats, strict=True
            ):
                score, skipped, taken = above + leave, score + skip, "leave"
                if repeat and above + fit > score:
                    score, taken = above + fit, "again"
                if left + fit >= score:
                    score, taken = left + fit, "new"
                if skipped >= score:
                    score, taken = skipped, "skip"
                best.append(score)
                step.append(taken)
            steps.append(step)
        return self._trace(steps, list(rows))

    def _trace(self, steps: Sequence[Sequence[str]], numbers: Sequence[int]) -> dict[int, int]:
        pairs: dict[int, int] = {}
        row, j = len(steps) - 1, len(self.cells)
        while row or j:
            step = steps[row][j] if row else "skip"
            if step == "skip":
                j -= 1
                continue
            if step in {"new", "again"}:
                pairs[numbers[row - 1]] = j - 1
            if step == "new":
                j -= 1
            row -= 1
        return dict(sorted(pairs.items()))

    def _signature(self, pieces: Sequence[Piece]) -> Signature:
        return tuple([(self._sign(piece.text), piece.continued) for piece in pieces])

    def _sign(self, text: str) -> str:
        if not text or text in self.words:
            return text
        if len(text) > 1 and (text.startswith(self._beginnings) or text[0] in self._first_letters):
            return "*" + text[:4]
        return _TEXT

    def _fits_of(self, signature: Signature) -> list[float]:
        """How well a row fits each row of the drawing."""
        if signature not in self._fits:
            self._effort.spend(len(signature) * self._size // 8)
            spare = _spare(signature)
            self._fits[signature] = [_fit(row, signature, spare) for row in self._likeness]
        return self._fits[signature]

    def columns(self, pieces: Sequence[Piece], j: int) -> dict[int, int]:
        """Column of the drawing -> column of the grid, for one pair of rows."""
        signature = self._signature(pieces)
        if (signature, j) not in self._pairs:
            self._pairs[signature, j] = _matched(self._likeness[j], signature)
        return {self.cells[j][a][0]: pieces[b].column for a, b in self._pairs[signature, j]}


_Cell = Label | Slot | Continued


def _drawn_pieces(row: DrawnRow) -> list[tuple[int, _Cell]]:
    return [(i, cell) for i, cell in enumerate(row.cells, 1) if not (isinstance(cell, Continued) and not cell.upward)]


class _Likeness(dict[Sign, float]):
    """How alike a drawn cell is to every sign it has met; each is judged once."""

    def __init__(self, cell: _Cell) -> None:
        self._cell = cell

    def __missing__(self, sign: Sign) -> float:
        self[sign] = found = _likeness_of_cells(self._cell, *sign)
        return found


def _spare(signature: Signature) -> list[float]:
    """What it costs to leave out each cell of a row."""
    return [-1.0 if text else -0.5 for text, _ in signature]


def _fit(drawn: Sequence[_Likeness], signature: Signature, spare: Sequence[float]) -> float:
    """The score of the best alignment of two rows' cells."""
    return _table(drawn, signature, spare)[-1][-1] / max(len(drawn), len(signature)) * 4


def _table(drawn: Sequence[_Likeness], signature: Signature, spare: Sequence[float]) -> list[list[float]]:
    """The score of the best alignment of every beginning of one row with every beginning of the other."""
    line = [0.0]
    for loss in spare:
        line.append(line[-1] + loss)
    table = [line]
    for i, likeness in enumerate(drawn, 1):
        above, best = line, -1.0 * i
        line = [best]
        for j, sign in enumerate(signature):
            best += spare[j]
            other = above[j + 1] - 1
            if other > best:
                best = other
            other = above[j] + likeness[sign]
            if other > best:
                best = other
            line.append(best)
        table.append(line)
    return table


def _matched(drawn: Sequence[_Likeness], signature: Signature) -> list[tuple[int, int]]:
    """The pairs of indexes in the best alignment of two rows' cells."""
    spare = _spare(signature)
    table = _table(drawn, signature, spare)
    pairs = []
    i, j = len(drawn), len(signature)
    while i and j:
        if table[i][j] == table[i - 1][j - 1] + drawn[i - 1][signature[j - 1]]:
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i][j] == table[i - 1][j] - 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def _likeness_of_cells(content: _Cell, text: str, continued: bool) -> float:
    if isinstance(content, Continued):
        return 0.6 if continued else -0.4
    if isinstance(content, Label):
        if not content.text:
            return 0.0 if not text else -0.5
        return (3.0 if not continued else 0.3) if normal(content.text) == text else -1.5
    if content.before and text.startswith("*" + normal(content.before)[:4]):
        return 2.5
    if content.default and content.default[0] == text[1:2]:
        return 0.6
    if continued and not content.joined:
        return -0.6
    return 0.2 if text else 0.05
