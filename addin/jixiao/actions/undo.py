"""撤销: put back what a step wrote, cell by cell, unless somebody has worked on the cell since."""

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.actions.after import with_changes
from jixiao.actions.fill import fill
from jixiao.actions.plan import Marking, Plan, Remark
from jixiao.actions.steps import CHECKED, Step, cell_of, layouts_of
from jixiao.errors import Refusal
from jixiao.forms.workings import normal_form, shows
from jixiao.grid import Cell, Change, Document
from jixiao.places import address
from jixiao.wording import actions as words
from jixiao.wording.binding import UNBOUND


class Undoing(NamedTuple):
    """What to write back, and the cells that somebody changed since: those stay."""

    changes: Sequence[Change]
    kept: Sequence[Change]


def plan(document: Document, steps: Sequence[Step]) -> Plan:
    """Take back the newest of the steps that stand in the document.

    ``steps`` is the history of the workbook, the newest last. Raises Refusal if there is none, or if a sheet of the step
    has another name or other rows by now: then nobody knows which cells it wrote.
    """
    if not steps:
        raise Refusal(words.NOTHING_TO_UNDO.format(name=document.name))
    step = steps[-1]
    if step.button == CHECKED.button:
        return Plan(document, words.MARKS_UNDONE, marking=Marking(), goes_back=True)
    _ensure_laid_out(document, step)
    undoing = undo(document, step)
    changes = [*undoing.changes, *_results(with_changes(document, undoing.changes))]
    cells = [f"{change.sheet} {address(change.row, change.column)}" for change in undoing.kept]
    remarks = [Remark(words.KEPT.format(count=len(cells)), cells)] if cells else []
    done = UNBOUND if step.bindings else words.UNDONE
    return Plan(
        document,
        done.format(count=len(undoing.changes)),
        changes,
        goes_back=True,
        bindings=step.bindings,
        former=step.former,
        remarks=remarks,
    )


def undo(document: Document, step: Step) -> Undoing:
    """The changes that take a step back."""
    changes: list[Change] = []
    kept: list[Change] = []
    for before, after in step.entries:
        untouched = _holds(cell_of(document, after), after)
        (changes if untouched else kept).append(before)
    return Undoing(changes, kept)


def _ensure_laid_out(document: Document, step: Step) -> None:
    now = layouts_of(document)
    written = dict.fromkeys(entry.after.sheet for entry in step.entries)
    moved = [f"“{sheet}”" for sheet in written if sheet not in now or now[sheet] != step.layouts.get(sheet)]
    if moved:
        raise Refusal(words.NOT_UNDONE.format(name=document.name, sheets="、".join(moved)))


def _holds(cell: Cell, written: Change) -> bool:
    if written.formula is None or cell.formula is None:
        return written.formula == cell.formula and shows(cell.value, written.value)
    return normal_form(cell.formula) == normal_form(written.formula)


def _results(document: Document) -> list[Change]:
    """What formulas of ours that stay show once what they read was put back."""
    try:
        changes = fill(document).changes
    except (
        Refusal
    ):  # somebody's own formula whose result is not known is among what they read: no reason to keep a step
        return []
    cells = ((change, cell_of(document, change)) for change in changes)
    return [change._replace(formula=cell.formula) for change, cell in cells if cell.formula is not None]
