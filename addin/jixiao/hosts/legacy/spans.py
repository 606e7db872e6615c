"""Where the cells of a web page's table stand."""

from jixiao.grid import Area
from jixiao.hosts.legacy.limits import LAST_ROW, Counter

_WIDEST = 1000  # columns of one cell, as browsers have it
_MOST_STEPS = 1_000_000


class Spans:
    """Places cells: each takes the next column that no cell from above still covers."""

    def __init__(self, name: str) -> None:
        self.row = 0
        self._column = 1
        self._covered: dict[int, int] = {}  # column -> the last row that a cell from above covers
        self._steps = Counter(name, _MOST_STEPS)

    def begin_row(self) -> None:
        """The next row."""
        self.row += 1
        self._column = 1

    def end_group(self) -> None:
        """Cells from above end here."""
        self._covered.clear()

    def place(self, rows: str, columns: str) -> Area:
        """The area of the next cell, by its rowspan (0: as far as its group of rows goes) and colspan; it may end below the table."""
        while self._covered.get(self._column, 0) >= self.row:
            self._column += 1
            self._steps.add()
        left, right = self._column, self._column + min(_number(columns) or 1, _WIDEST) - 1
        bottom = self.row + (_number(rows) or LAST_ROW) - 1
        if bottom > self.row:
            self._steps.add(right - left + 1)
            self._covered.update(dict.fromkeys(range(left, right + 1), bottom))
        self._column = right + 1
        return Area(self.row, left, bottom, right)


def _number(text: str) -> int:
    """A span as a page states it; 1 for anything that is none."""
    return min(int(text), LAST_ROW) if text.isascii() and text.isdecimal() and len(text) < 9 else 1
