"""Where the facts of one form stand on one grid."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.forms.drawing import Drawing, normal
from jixiao.grid import Area, Grid, within

Spot = tuple[int, int]

_MOST_SPOTS = 500_000  # of one grid that are looked at; an official form has a thousand


_PART = "[a-z][a-z_]*(?:[0-9]_[a-z_]+)?[0-9]?"
_NAME = re.compile(rf"{_PART}(?:\.{_PART})*")
"""What a spreadsheet takes for a name and never for an address: no letters with more than one figure behind."""


class Sprawling(Exception):
    """A grid that is larger than any form."""


class Effort:
    """What may still be spent on one document, in about microseconds; a hundred forms take a tenth of it."""

    def __init__(self) -> None:
        self._left = 3_000_000

    def spend(self, amount: int) -> None:
        """Raises Sprawling where nothing is left: no honest document takes so long."""
        self._left -= amount
        if self._left < 0:
            raise Sprawling


class Band(NamedTuple):
    """A repeated block: its rows lie between the header row and the row that ends it (both excluded)."""

    header: int
    rows: Sequence[int]
    end: int
    columns: Mapping[str, int]

    def area(self, field: str) -> Area:
        """The named area of one column: header and end belong to it, so that rows inserted anywhere inside count."""
        column = self.columns[field]
        return Area(self.header, column, self.end, column)


class Placement(NamedTuple):
    """The cell of every single fact, and the repeated blocks by name."""

    facts: Mapping[str, Spot]
    bands: Mapping[str, Band]

    def names(self) -> Iterator[tuple[str, Area]]:
        """What a workbook of ours calls these places."""
        for fact, (row, column) in self.facts.items():
            yield fact, Area(row, column, row, column)
        for name, band in self.bands.items():
            for field in band.columns:
                yield f"{name}.{field}", band.area(field)

    def defined(self) -> Iterator[tuple[str, Area]]:
        """Those of these names that a workbook can define: a source of money in its own words (funds.?彩票) has none."""
        return ((name, area) for name, area in self.names() if _NAME.fullmatch(name))

    def spots(self) -> set[Spot]:
        """Every cell of a fact, those of the repeated blocks too."""
        blocks = {(r, c) for band in self.bands.values() for r in band.rows for c in band.columns.values()}
        return blocks.union(self.facts.values())


def by_names(grid: Grid, drawing: Drawing) -> Placement:
    """The placement a workbook of ours tells by its sheet-scoped names, read as the form is: row by row.

    Programs keep names in an order of their own, and the terms of a sum stand in the order of the form. Names the drawing
    does not know are other people's, or the program's (_xlnm.Print_Area). A name may stand for whole columns: a block has
    the rows of it that are there.
    """
    facts: dict[str, Spot] = {}
    columns: dict[str, dict[str, int]] = {}
    ends: dict[str, Area] = {}
    for name, area in sorted(grid.names.items(), key=lambda item: item[1]):
        prefix, _, field = name.partition(".")
        if prefix in drawing.bands:
            columns.setdefault(prefix, {})[field] = area.left
            ends.setdefault(prefix, area)
        elif name in drawing.facts:
            facts[name] = (area.top, area.left)
    rows = grid.rows_to(max(area.bottom for area in ends.values())) if ends else []
    bands = {
        prefix: Band(
            area.top,
            within(rows, area.top + 1, area.bottom - 1),
            area.bottom,
            _headed(grid, drawing, prefix, area.top, columns[prefix]),
        )
        for prefix, area in ends.items()
    }
    return Placement(facts, bands)


def _headed(grid: Grid, drawing: Drawing, band: str, header: int, columns: dict[str, int]) -> dict[str, int]:
    """The columns of a block, by their headings where somebody put the same headings in another order."""
    wanted = {field: normal(drawing.labels[f"{band}.{field}"]) for field in columns}
    stand = {normal(grid.at(header, column).text): column for column in columns.values()}
    if all(stand.get(heading) == columns[field] for field, heading in wanted.items()):
        return columns
    moved = {
        field: stand[heading]
        for field, heading in wanted.items()
        if stand.get(heading, columns[field]) != columns[field]
    }
    whole = sorted(moved.values()) == sorted(columns[field] for field in moved)
    return columns | moved if whole else columns


class Anchors:
    """Which cell speaks for a position: the top left one of its merged area, else itself.

    Merged areas do not overlap in a sound file; of two that do, the smaller counts. What lies in rows without anything in
    reach is left out: one merged area can cover a million of them.
    """

    def __init__(self, grid: Grid) -> None:
        self.rows = grid.rows
        self._rows: dict[
            int, tuple[list[int], list[Area]]
        ] = {}  # in each row the areas from the left, and where they begin
        self.size = len(self.rows) + sum(self._count(area) for area in grid.merges)
        if self.size > _MOST_SPOTS:
            raise Sprawling
        for area in sorted(grid.merges, key=_size):
            rows = within(self.rows, area.top, area.bottom)
            places = [self._rows.setdefault(row, ([], [])) for row in rows]
            spots = [bisect_left(lefts, area.left) for lefts, _ in places]
            if all(_is_free(areas, at, area) for (_, areas), at in zip(places, spots, strict=True)):
                for (lefts, areas), at in zip(places, spots, strict=True):
                    lefts.insert(at, area.left)
                    areas.insert(at, area)

    def _count(self, area: Area) -> int:
        """In how many rows a merged area matters."""
        return bisect_right(self.rows, area.bottom) - bisect_left(self.rows, area.top)

    @property
    def merged_rows(self) -> Collection[int]:
        """The rows in which a merged area lies."""
        return self._rows.keys()

    def areas(self, row: int) -> Sequence[Area]:
        """The merged areas that lie in a row, from the left."""
        return self._rows[row][1] if row in self._rows else ()

    def area(self, row: int, column: int) -> Area:
        if row in self._rows:
            lefts, areas = self._rows[row]
            at = bisect_right(lefts, column) - 1
            if at >= 0 and areas[at].right >= column:
                return areas[at]
        return Area(row, column, row, column)

    def of(self, row: int, column: int) -> Spot:
        area = self.area(row, column)
        return area.top, area.left


def _size(area: Area) -> int:
    return (area.bottom - area.top + 1) * (area.right - area.left + 1)


def _is_free(areas: Sequence[Area], at: int, area: Area) -> bool:
    """Whether an area fits into a row at this place of the list, between the one before it and the one behind."""
    return (not at or areas[at - 1].right < area.left) and (at == len(areas) or areas[at].left > area.right)
