"""The journal: what was written into a workbook, kept for 撤销. One small file a workbook, the newest step last."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from jixiao.actions.steps import CHECKED, Entry, Step
from jixiao.errors import Refusal
from jixiao.grid import Change
from jixiao.hosts.saving import make_folder, replace_file
from jixiao.logbook import state_folder
from jixiao.wording.actions import NO_JOURNAL

MOST_STEPS = 20


class Journal:
    """The steps of one workbook. ``identity`` is what tells it from every other."""

    def __init__(self, identity: str) -> None:
        name = hashlib.sha256(identity.encode()).hexdigest()[:24]
        self._path = os.path.join(state_folder(), "journal", f"{name}.json")

    def steps(self) -> list[Step]:
        """The steps that can be taken back."""
        return [_step(stored) for stored in self._steps()]

    @contextmanager
    def keeping(self, step: Step) -> Iterator[None]:
        """Remember a step before it is done, and forget it again if it fails; the oldest of too many is forgotten.

        To check again takes nothing away that could be put back: of such steps one is enough.
        """
        before = self._steps()
        if step != CHECKED or before[-1:] != [_stored(CHECKED)]:
            self._store([*before, _stored(step)][-MOST_STEPS:])
        try:
            yield
        except BaseException:
            self._store(before)
            raise

    def forget(self, count: int) -> None:
        """The newest steps have been taken back."""
        self._store(self._steps()[:-count])

    def _steps(self) -> list[dict[str, Any]]:
        try:
            with open(self._path, encoding="utf-8") as file:
                steps = json.load(file)
        except (OSError, ValueError):  # none yet, or cut short by a power failure: nothing can be taken back
            return []
        return steps if isinstance(steps, list) else []

    def _store(self, steps: Sequence[dict[str, Any]]) -> None:
        """Raises Refusal where nothing can be remembered: what could not be taken back is not written either."""
        try:
            make_folder(os.path.dirname(self._path))
            replace_file(self._path, json.dumps(steps, ensure_ascii=False).encode())
        except Refusal as refusal:
            raise Refusal(NO_JOURNAL.format(reason=refusal)) from refusal


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
