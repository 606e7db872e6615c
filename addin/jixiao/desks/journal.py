"""The journal: what was written into a workbook, kept for 撤销. One small file a workbook.

Every step knows the one before it, and the workbook itself says which one stands in it. So nothing is ever taken out of the
journal because it was taken back or never saved: such a step is in nobody's chain, and is the first to make room.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import Any, NamedTuple

from jixiao.actions.steps import Entry, Step
from jixiao.grid import Area, Binding, Change, Value
from jixiao.hosts.saving import make_folder, replace_file
from jixiao.logbook import state_folder

MOST_STEPS = 20
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_YEAR = 365 * 24 * 3600  # seconds
_ODD = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)


class _Kept(NamedTuple):
    previous: str
    step: Step


class Journal:
    """The steps of the workbook of this number that lies at ``place``: a copy elsewhere has a history of its own."""

    def __init__(self, number: str, place: str) -> None:
        self._key = hashlib.sha256(os.fsencode(f"{number}|{_normal(place)}")).hexdigest()[:24]

    def steps(self, newest: str) -> list[Step]:
        """The steps that lead to this one, which is the last."""
        kept = self._kept()
        return [kept[name].step for name in reversed(list(_chain(kept, newest)))]

    def previous(self, name: str) -> str:
        """The step before this one; ``""`` if it was the first, or is not known any more."""
        kept = self._kept()
        before = kept[name].previous if name in kept else ""
        return before if before in kept else ""

    def keep(self, name: str, previous: str, step: Step) -> None:
        """Remember a step before it is done; of too many, those that lead to it are kept first.

        Raises Refusal or OSError where nothing can be remembered.
        """
        kept = {**self._kept(), name: _Kept(previous, step)}
        chain = list(_chain(kept, name))
        others = [other for other in reversed(kept) if other not in chain]
        staying = {*[*chain, *others][:MOST_STEPS]}
        stored = [_stored(name, *one) for name, one in kept.items() if name in staying]
        path = self._path()
        make_folder(os.path.dirname(path))
        replace_file(path, json.dumps(stored).encode())
        _clear(os.path.dirname(path))

    def _path(self) -> str:
        return os.path.join(state_folder(), "journal", f"{self._key}.json")

    def _kept(self) -> dict[str, _Kept]:
        """All steps, the oldest first; none where nothing can be read, or what was read is not ours."""
        try:
            with open(self._path(), encoding="utf-8") as file:
                return dict(map(_read, json.load(file)))
        except (OSError, *_ODD):
            return {}


def _normal(place: str) -> str:
    """The same file has one place, whichever way leads there."""
    return os.path.normcase(os.path.realpath(place)) if os.path.exists(place) else place


def _chain(kept: Mapping[str, _Kept], newest: str) -> Iterator[str]:
    """This step and those before it, one after the other."""
    seen: set[str] = set()
    while newest in kept and newest not in seen:
        seen.add(newest)
        yield newest
        newest = kept[newest].previous


def _clear(folder: str) -> None:
    """Remove the journals that nobody has written for a year: their workbooks are done, moved or gone."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.stat(follow_symlinks=False).st_mtime < time.time() - _YEAR:
                os.unlink(entry.path)


# ---- as it is stored


def _stored(name: str, previous: str, step: Step) -> dict[str, Any]:
    entries = [_stored_entry(*entry) for entry in step.entries]
    bindings, former = ([_stored_binding(*one) for one in part] for part in (step.bindings, step.former))
    return {
        "id": name,
        "previous": previous,
        "button": step.button,
        "layouts": step.layouts,
        "entries": entries,
        "bindings": bindings,
        "former": former,
    }


def _stored_binding(
    sheet: str, names: Mapping[str, Area], constants: Mapping[str, str], rates: Sequence[tuple[int, int]]
) -> list[Any]:
    return [sheet, {name: list(area) for name, area in names.items()}, dict(constants), list(rates)]


def _stored_entry(before: Change, after: Change) -> list[Any]:
    where = [before.sheet, before.row, before.column]
    return [*where, _stored_value(before.value), before.formula, _stored_value(after.value), after.formula]


def _stored_value(value: Value) -> Any:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _read(stored: Mapping[str, Any]) -> tuple[str, _Kept]:
    """A step as it was stored. Raises one of ``_ODD`` if it is none."""
    entries = [_entry(*entry) for entry in stored["entries"]]
    layouts = {sheet: _text(layout) for sheet, layout in stored["layouts"].items()}
    bindings, former = (tuple(_binding(*one) for one in stored.get(part, ())) for part in ("bindings", "former"))
    step = Step(_text(stored["button"]), entries, layouts, bindings, former)
    return _text(stored["id"]), _Kept(_text(stored["previous"]), step)


def _binding(sheet: Any, names: Any, constants: Any, rates: Any) -> Binding:
    areas = {_text(name): Area(*map(_whole, area)) for name, area in names.items()}
    texts = {_text(name): _text(text) for name, text in constants.items()}
    return Binding(_text(sheet), areas, texts, [(_whole(row), _whole(column)) for row, column in rates])


def _whole(stored: Any) -> int:
    if not _is_within(stored, MOST_ROWS):
        raise ValueError(stored)
    return int(stored)


def _entry(sheet: Any, row: Any, column: Any, old: Any, old_formula: Any, new: Any, new_formula: Any) -> Entry:
    if not (_is_within(row, MOST_ROWS) and _is_within(column, MOST_COLUMNS)):
        raise ValueError(row, column)
    before = Change(_text(sheet), row, column, _value(old), _formula(old_formula))
    return Entry(before, before._replace(value=_value(new), formula=_formula(new_formula)))


def _is_within(number: object, most: int) -> bool:
    return type(number) is int and 1 <= number <= most


def _value(stored: Any) -> Value:
    if stored is None or isinstance(stored, bool | str):
        return stored
    value = Decimal(_text(stored["number"]))
    if not value.is_finite():
        raise ValueError(value)
    return value


def _formula(stored: Any) -> str | None:
    return None if stored is None else _text(stored)


def _text(stored: Any) -> str:
    if not isinstance(stored, str):
        raise TypeError(stored)
    return stored
