"""Where the facts of one form stand on one grid."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.forms.drawing import Drawing
from jixiao.grid import Area, Grid

Spot = tuple[int, int]


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


def by_names(names: Mapping[str, Area], drawing: Drawing) -> Placement:
    """The placement a workbook of ours tells by its sheet-scoped names, read as the form is: row by row.

    Programs keep names in an order of their own, and the terms of a sum stand in the order of the form. Names the drawing
    does not know are other people's, or the program's (_xlnm.Print_Area).
    """
    facts: dict[str, Spot] = {}
    columns: dict[str, dict[str, int]] = {}
    ends: dict[str, Area] = {}
    for name, area in sorted(names.items(), key=lambda item: item[1]):
        prefix, _, field = name.partition(".")
        if prefix in drawing.bands:
            columns.setdefault(prefix, {})[field] = area.left
            ends.setdefault(prefix, area)
        elif name in drawing.facts:
            facts[name] = (area.top, area.left)
    bands = {
        prefix: Band(area.top, range(area.top + 1, area.bottom), area.bottom, columns[prefix])
        for prefix, area in ends.items()
    }
    return Placement(facts, bands)


class Anchors:
    """Which cell speaks for a position: the top left one of its merged area, else itself."""

    def __init__(self, grid: Grid) -> None:
        self._areas = {
            (row, column): area
            for area in grid.merges
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        }

    def area(self, row: int, column: int) -> Area:
        return self._areas.get((row, column)) or Area(row, column, row, column)

    def of(self, row: int, column: int) -> Spot:
        area = self.area(row, column)
        return area.top, area.left
