"""What stands at the head of tables that are no forms, to say what was seen there."""

from collections.abc import Iterator

from jixiao.evaluation.stated import one_line
from jixiao.grid import Document, Grid

_MOST, _LONGEST, _LINES = 5, 12, 30


def headings_seen(document: Document) -> list[str]:
    """Up to five headings of the first table that has any."""
    return next(filter(None, map(_headings, document.grids)), [])


def _headings(grid: Grid) -> list[str]:
    """The first line of a table in which several short words stand side by side; else its first words."""
    lines: dict[int, list[str]] = {}
    for row, text in _words(grid):
        lines.setdefault(row, []).append(text)
    first = list(lines.values())
    return next((line for line in first if len(set(line)) > 1), first[0] if first else [])[:_MOST]


def _words(grid: Grid) -> Iterator[tuple[int, str]]:
    """The short words at the head of a table, in reading order."""
    top = min((row for row, _ in grid.cells), default=0)
    for row, column in sorted(spot for spot in grid.cells if spot[0] < top + _LINES):
        text = one_line(grid.cells[row, column].text)
        if text and len(text) <= _LONGEST and not any(map(str.isdecimal, text)):
            yield row, text
