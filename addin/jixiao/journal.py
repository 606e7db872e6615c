"""The journal: what buttons wrote into a workbook, kept for 撤销. One small file a workbook, newest step last."""

import hashlib
import json
import os
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from jixiao.actions.undo import Entry, Step
from jixiao.grid import Change
from jixiao.hosts.saving import replace_file
from jixiao.logbook import state_folder

MOST_STEPS = 20


class Journal:
    """The steps of one workbook. ``identity`` is its full name, or its title while it was never saved."""

    def __init__(self, identity: str) -> None:
        name = hashlib.sha256(identity.encode()).hexdigest()[:24]
        self._path = os.path.join(state_folder(), "journal", f"{name}.json")

    def keep(self, step: Step) -> None:
        """Remember a step; the oldest of too many is forgotten."""
        self._store([*self._steps(), _stored(step)][-MOST_STEPS:])

    def last(self) -> Step | None:
        """The newest step, if any."""
        steps = self._steps()
        return _step(steps[-1]) if steps else None

    def forget_last(self) -> None:
        """The newest step has been put back."""
        self._store(self._steps()[:-1])

    def _steps(self) -> list[dict[str, Any]]:
        try:
            with open(self._path, encoding="utf-8") as file:
                steps = json.load(file)
        except (OSError, ValueError):  # none yet, or cut short by a power failure: nothing can be taken back
            return []
        return steps if isinstance(steps, list) else []

    def _store(self, steps: Sequence[dict[str, Any]]) -> None:
        os.makedirs(os.path.dirname(self._path), exist_ok=True)
        replace_file(self._path, json.dumps(steps, ensure_ascii=False).encode())


def _stored(step: Step) -> dict[str, Any]:
    return {"button": step.button, "entries": [[_stored_cell(change) for change in entry] for entry in step.entries]}


def _stored_cell(change: Change) -> list[Any]:
    value: Any = {"number": str(change.value)} if isinstance(change.value, Decimal) else change.value
    return [change.sheet, change.row, change.column, value, change.formula]


def _step(stored: dict[str, Any]) -> Step:
    entries = [Entry(_change(before), _change(after)) for before, after in stored["entries"]]
    return Step(stored["button"], entries)


def _change(stored: Sequence[Any]) -> Change:
    sheet, row, column, value, formula = stored
    return Change(sheet, row, column, Decimal(value["number"]) if isinstance(value, dict) else value, formula)
