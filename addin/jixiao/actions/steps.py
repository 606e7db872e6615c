"""Steps: what an action wrote into a workbook, cell by cell, so that it can be taken back."""

import re
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.grid import BLANK, Binding, Cell, Change, Document, Grid

_FACT = re.compile(r"(?!jx\.)[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")


class Entry(NamedTuple):
    """One cell: what stood there before, and what was written."""

    before: Change
    after: Change


class Step(NamedTuple):
    """What one action wrote into a workbook; marks leave no entries. ``layouts`` tells how its sheets were laid out.

    ``bindings`` are those it brought, ``former`` what stood under the same names before.
    """

    button: str
    entries: Sequence[Entry]
    layouts: Mapping[str, str] = {}
    bindings: Sequence[Binding] = ()
    former: Sequence[Binding] = ()


CHECKED = Step("check", [])


def step_of(button: str, document: Document, changes: Sequence[Change]) -> Step | None:
    """The step that these changes to this document will be; None if they only refresh what formulas show."""
    entries = entries_of(document, changes)
    sheets = {entry.after.sheet for entry in entries}
    layouts = {title: layout for title, layout in layouts_of(document).items() if title in sheets}
    return Step(button, entries, layouts) if entries else None


def entries_of(document: Document, changes: Sequence[Change]) -> list[Entry]:
    """Every cell that these changes alter, with what stands there; formulas that stay what they are are none."""
    entries = [Entry(_before(document, change), change) for change in changes]
    return [entry for entry in entries if not _same_formula(*entry)]


def layouts_of(document: Document) -> dict[str, str]:
    """Where the facts of each sheet stand, as one number: another one once rows were inserted or deleted."""
    return {grid.title: _layout(grid) for grid in document.grids}


def _layout(grid: Grid) -> str:
    facts = sorted((name, *area) for name, area in grid.names.items() if _FACT.fullmatch(name))
    return f"{zlib.crc32(repr(facts).encode()):08x}"


def _before(document: Document, change: Change) -> Change:
    cell = cell_of(document, change)
    value = cell.value if cell.saved else None
    return change._replace(value=value, formula=cell.formula, old=change.value)


def _same_formula(before: Change, after: Change) -> bool:
    if before.formula is None or after.formula is None:
        return False
    from jixiao.forms.workings import normal_form  # a check, which only marks, has no need of it

    return normal_form(before.formula) == normal_form(after.formula)


def cell_of(document: Document, change: Change) -> Cell:
    """The cell of a change as it is in this document; blank where its sheet is gone."""
    grid = next((grid for grid in document.grids if grid.title == change.sheet), None)
    return grid.at(change.row, change.column) if grid else BLANK
