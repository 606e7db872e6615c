"""A drawing laid over a grid row by row, so that as many labels as possible agree."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from jixiao.forms.drawing import Continued, Drawing, DrawnRow, Label, Slot, normal
from jixiao.forms.placement import Anchors
from jixiao.grid import Grid


class Piece(NamedTuple):
    """One cell of a row of the grid: where it begins, its compared text, whether it began further up."""

    column: int
    text: str
    continued: bool


def pieces_of(grid: Grid, anchors: Anchors, row: int, width: int) -> list[Piece]:
    """The cells of one row, from the left; a merged cell is one piece in every row it covers."""
    pieces = []
    column = 1
    while column <= width:
        area = anchors.area(row, column)
        pieces.append(Piece(column, normal(grid.at(area.top, area.left).text), area.top < row))
        column = area.right + 1
    return pieces


class Matcher:
    """Scores how well rows of a grid fit rows of a drawing; alike rows are compared once."""

    def __init__(self, drawing: Drawing) -> None:
        self.drawing = drawing
        self.cells = [_drawn_pieces(row) for row in drawing.rows]
        self.words = {normal(c.text) for row in drawing.rows for c in row.cells if isinstance(c, Label)} - {""}
        self.fit = cache(self._fit)

    def pair(self, rows: Sequence[Sequence[Piece]]) -> dict[int, int]:
        """The best assignment, in order: row of the grid (from 1) -> row of the drawing."""
        count = len(self.cells)
        skip_drawn = [-1.0 if not row.outside else 0.0 for row in self.drawing.rows]
        best = [0.0] * (count + 1)
        for j in range(count):
            best[j + 1] = best[j] + skip_drawn[j]
        steps: list[list[str]] = [[""] + ["skip"] * count]
        for pieces in rows:
            signature = self._signature(pieces)
            before, best = best, [0.0] * (count + 1)
            step = [""] * (count + 1)
            leave = -1.0 if any(text for text, _ in signature) else -0.1
            best[0], step[0] = before[0] + leave, "leave"
            for j in range(1, count + 1):
                fit = self.fit(signature, j - 1)
                options = [
                    (before[j - 1] + fit, "new"),
                    (best[j - 1] + skip_drawn[j - 1], "skip"),
                    (before[j] + leave, "leave"),
                ]
                if self.drawing.rows[j - 1].repeat:
                    options.append((before[j] + fit, "again"))
                best[j], step[j] = max(options)
            steps.append(step)
        return self._trace(steps)

    def _trace(self, steps: Sequence[Sequence[str]]) -> dict[int, int]:
        pairs: dict[int, int] = {}
        row, j = len(steps) - 1, len(self.cells)
        while row or j:
            step = steps[row][j] if row else "skip"
            if step == "skip":
                j -= 1
                continue
            if step in {"new", "again"}:
                pairs[row] = j - 1
            if step == "new":
                j -= 1
            row -= 1
        return dict(sorted(pairs.items()))

    def _signature(self, pieces: Sequence[Piece]) -> tuple[tuple[str, bool], ...]:
        return tuple(
            (piece.text if piece.text in self.words or len(piece.text) < 2 else "*" + piece.text[:4], piece.continued)
            for piece in pieces
        )

    def _fit(self, signature: tuple[tuple[str, bool], ...], j: int) -> float:
        return _alignment(self.cells[j], signature)[0]

    def columns(self, pieces: Sequence[Piece], j: int) -> dict[int, int]:
        """Column of the drawing -> column of the grid, for one pair of rows."""
        _, matched = _alignment(self.cells[j], self._signature(pieces))
        return {self.cells[j][a][0]: pieces[b].column for a, b in matched}


_Drawn = tuple[int, Label | Slot | Continued]


def _drawn_pieces(row: DrawnRow) -> list[_Drawn]:
    return [(i, cell) for i, cell in enumerate(row.cells, 1) if not (isinstance(cell, Continued) and not cell.upward)]


def _alignment(drawn: Sequence[_Drawn], signature: Sequence[tuple[str, bool]]) -> tuple[float, list[tuple[int, int]]]:
    """Align the cells of two rows; returns the score and the pairs of indexes."""
    n, m = len(drawn), len(signature)
    spare = [-1.0 if text else -0.5 for text, _ in signature]
    table = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(1, n + 1):
        table[i][0] = -1.0 * i
    for j in range(1, m + 1):
        table[0][j] = table[0][j - 1] + spare[j - 1]
    for i in range(1, n + 1):
        for j in range(1, m + 1):
            table[i][j] = max(
                table[i - 1][j - 1] + _likeness_of_cells(drawn[i - 1][1], *signature[j - 1]),
                table[i - 1][j] - 1,
                table[i][j - 1] + spare[j - 1],
            )
    pairs = []
    i, j = n, m
    while i and j:
        if table[i][j] == table[i - 1][j - 1] + _likeness_of_cells(drawn[i - 1][1], *signature[j - 1]):
            i, j = i - 1, j - 1
            pairs.append((i, j))
        elif table[i][j] == table[i - 1][j] - 1:
            i -= 1
        else:
            j -= 1
    return table[n][m] / max(n, m) * 4, pairs[::-1]


def _likeness_of_cells(content: Label | Slot | Continued, text: str, continued: bool) -> float:
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
