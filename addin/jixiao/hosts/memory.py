"""A host in plain memory: a document that can be changed, for tests of actions."""

from collections.abc import Iterable, Mapping, Sequence

from jixiao.errors import Refusal
from jixiao.formats import printed
from jixiao.grid import Area, Binding, Cell, Change, Document, Grid, Link, Value
from jixiao.places import address
from jixiao.wording import files


class MemoryHost:
    """Holds what was read, written, marked and saved. ``saved`` is the document as of the last ``save``."""

    def __init__(self, document: Document) -> None:
        self.marks: dict[str, list[str]] = {}
        self.lines: list[list[Value | Link]] = []
        self.bindings: list[Binding] = []
        self.saved: Document | None = None
        self._document = document

    def read(self) -> Document:
        """The document as it is now."""
        return self._document

    def write(self, changes: Iterable[Change]) -> None:
        """Put in all changes or, if one is refused, none; numbers print plainly."""
        cells = {grid.title: dict(grid.cells) for grid in self._document.grids}
        for change in changes:
            self._refuse_unwritable(change)
            at = change.row, change.column
            if change.value is None and change.formula is None:
                cells[change.sheet].pop(at, None)
            else:
                cells[change.sheet][at] = Cell(_printed(change.value), change.value, change.formula)
        self._document = self._document.with_grids(lambda grid: grid._replace(cells=cells[grid.title]))

    def mark(self, marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]) -> None:
        """Keep the marks and the list of findings instead of the ones before."""
        self.marks = {sheet: list(cells) for sheet, cells in marks.items()}
        self.lines = [list(line) for line in lines]

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Put in all names or, if a sheet is missing, none."""
        for binding in bindings:
            self._grid(binding.sheet)
        self._document = self._document.bound(bindings)
        self.bindings += bindings

    def unbind(self, bindings: Sequence[Binding]) -> None:
        """Take out the names, as far as they are there."""
        gone = {binding.sheet: {*binding.names, *binding.constants} for binding in bindings}
        self._document = self._document.with_grids(lambda grid: _without(grid, gone.get(grid.title, set())))
        self.bindings = [binding for binding in self.bindings if binding.sheet not in gone]

    def save(self) -> None:
        """Remember the document as it is now."""
        self.saved = self._document

    def _grid(self, sheet: str) -> Grid:
        """A sheet that must be there."""
        grid = next((grid for grid in self._document.grids if grid.title == sheet), None)
        if grid is None:
            raise Refusal(files.NO_SHEET.format(name=self._document.name, sheet=sheet))
        return grid

    def _refuse_unwritable(self, change: Change) -> None:
        name, grid = self._document.name, self._grid(change.sheet)
        for area in grid.merges:
            if _is_inner(area, change.row, change.column):
                cell = address(change.row, change.column)
                merged = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
                raise Refusal(files.INSIDE_MERGE.format(name=name, sheet=change.sheet, cell=cell, area=merged))


def _without(grid: Grid, gone: set[str]) -> Grid:
    names = {name: area for name, area in grid.names.items() if name not in gone}
    return grid._replace(
        names=names, constants={name: text for name, text in grid.constants.items() if name not in gone}
    )


def _is_inner(area: Area, row: int, column: int) -> bool:
    """Inside a merged area, but not the corner that holds its content."""
    inside = area.top <= row <= area.bottom and area.left <= column <= area.right
    return inside and (row, column) != (area.top, area.left)


def _printed(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return value if isinstance(value, str) else printed(value, "General")
