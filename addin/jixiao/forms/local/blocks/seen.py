"""Which cells of a form are understood: what is left was placed nowhere."""

from collections.abc import Iterable, Iterator, Sequence

from jixiao.forms.local.lines import Line, Piece


class Seen:
    """The cells that somebody has claimed."""

    def __init__(self) -> None:
        self._spots: set[tuple[int, int, int]] = set()
        self._whole: set[int] = set()  # numbers of lines of which nothing is left

    def mark(self, line: Line, pieces: Iterable[Piece]) -> None:
        """These cells are understood."""
        self._spots.update((id(line.grid), *piece.spot) for piece in pieces)

    def mark_whole(self, line: Line) -> None:
        """All of a line is understood."""
        self._whole.add(line.number)

    def has(self, line: Line, piece: Piece) -> bool:
        return line.number in self._whole or (id(line.grid), *piece.spot) in self._spots

    def left(self, lines: Sequence[Line]) -> Iterator[tuple[Line, Piece]]:
        """Every cell that nobody claimed; a merge undone with its text repeated is one cell."""
        for line in lines:
            if line.number in self._whole:
                continue
            before = ""
            for piece in line.said:
                if piece.text == before and not piece.numeric:
                    continue
                known = self.has(line, piece)
                before = piece.text if known else ""
                if not known:
                    yield line, piece
