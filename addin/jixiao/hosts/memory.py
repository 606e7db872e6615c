"""A host in plain memory: a document that can be changed, for tests of actions."""

from collections.abc import Iterable, Mapping, Sequence

from jixiao.errors import Refusal
from jixiao.formats import printed
from jixiao.grid import Area, Cell, Change, Document, Link, Value
from jixiao.places import address
from jixiao.wording import files


class MemoryHost:
    """Holds what was read, written, marked and saved. ``saved`` is the document as of the last ``save``."""

    def __init__(self, document: Document) -> None:
        self.marks: dict[str, list[str]] = {}
        self.lines: list[list[Value | Link]] = []
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

    def save(self) -> None:
        """Remember the document as it is now."""
        self.saved = self._document

    def _refuse_unwritable(self, change: Change) -> None:
        name = self._document.name
        grid = next((grid for grid in self._document.grids if grid.title == change.sheet), None)
        if grid is None:
            raise Refusal(files.NO_SHEET.format(name=name, sheet=change.sheet))
        for area in grid.merges:
            if _is_inner(area, change.row, change.column):
                cell = address(change.row, change.column)
                merged = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
                raise Refusal(files.INSIDE_MERGE.format(name=name, sheet=change.sheet, cell=cell, area=merged))


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
