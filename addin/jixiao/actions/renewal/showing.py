"""What formulas show once what they read was cleared: nobody is to find last year's result behind a blank."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from jixiao.actions.after import with_changes
from jixiao.actions.fill import fill
from jixiao.actions.steps import cell_of
from jixiao.calculation import results
from jixiao.calculation.reading import Readers
from jixiao.calculation.sheets import Spot
from jixiao.errors import Refusal
from jixiao.forms.workings import shows
from jixiao.grid import NOT_KNOWN, Change, Document
from jixiao.places import Place, sheet_name

At = tuple[str, int, int]


class Showing(NamedTuple):
    """The formulas with their new results.

    ``unknown`` are those whose result only an office program can tell, ``unclear`` those that do not even tell what they
    read: they stay as they are.
    """

    changes: Sequence[Change]
    unknown: Sequence[Place]
    unclear: Sequence[Place]


def showing(document: Document, changes: Sequence[Change]) -> Showing:
    """What the formulas of a document show after these changes to its cells."""
    names = _names(document)
    readers = Readers(document, names)
    stale = _formulas(document, readers.stale({(change.sheet.casefold(), *change[1:3]) for change in changes}))
    waiting = {at: Change(*at, None, formula) for at, formula in stale.items()}
    found: dict[At, Change] = {}
    for _ in range(2):  # what our functions give may be read by formulas that could not be worked out before
        after = with_changes(document, [*changes, *waiting.values(), *found.values()])
        found |= _worked_out(after, waiting, names)
        after = with_changes(after, found.values())
        found |= _ours(after, waiting)
        waiting = {at: change for at, change in waiting.items() if at not in found}
    known = [change for at, change in found.items() if not shows(cell_of(document, change).value, change.value)]
    unknown = [change._replace(value=NOT_KNOWN) for change in waiting.values()]
    return Showing([*known, *unknown], _places(waiting), _places(_formulas(document, readers.unclear)))


def _places(cells: Iterable[At]) -> list[Place]:
    return [Place(sheet, row=row, column=column) for sheet, row, column in cells]


def _formulas(document: Document, spots: Collection[Spot]) -> dict[At, str]:
    """The formulas at these spots, by sheet, row and column."""
    return {
        (grid.title, row, column): cell.formula
        for grid in document.grids
        for (row, column), cell in grid.cells.items()
        if cell.formula is not None and (grid.title.casefold(), row, column) in spots
    }


def _worked_out(after: Document, waiting: Iterable[At], names: dict[tuple[str, str], str]) -> dict[At, Change]:
    known = results(after, names)
    formulas = {at: cell_of(after, Change(*at, None)).formula for at in waiting}
    return {at: Change(*at, known[at], formula) for at, formula in formulas.items() if at in known}


def _ours(after: Document, waiting: Iterable[At]) -> dict[At, Change]:
    """What formulas of ours show; none where they read what is not known."""
    try:
        changes = fill(after).changes
    except Refusal:
        return {}
    of_ours = {(change.sheet, change.row, change.column): change for change in changes}
    return {
        at: change._replace(value="" if change.value is None else change.value, formula=cell_of(after, change).formula)
        for at, change in of_ours.items()
        if at in waiting and cell_of(after, change).formula is not None
    }


def _names(document: Document) -> dict[tuple[str, str], str]:
    """The names of the sheets' own cells, as formulas may use them."""
    return {
        (grid.title, name): f"{sheet_name(grid.title)}!{area.absolute}"
        for grid in document.grids
        for name, area in grid.names.items()
    }
