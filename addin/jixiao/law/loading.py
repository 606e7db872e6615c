"""Schemes from their TOML files, read when first asked for. A file that extends another states only where it differs."""

import os
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from jixiao.errors import Refusal
from jixiao.law.scheme import Band, Cap, Range, Scheme, Step, Tier
from jixiao.wording import law as words

DEFAULT = "national-2020"
_FOLDER = os.path.join(os.path.dirname(__file__), "schemes")
_NONE = "none"  # TOML has no null: so a file clears a number of the scheme it extends
_EXTENDS = "extends"
_KNOWN = {*Scheme._fields, _EXTENDS} - {"id"}  # the file's name is the id
_OWN = {"title", "since", "until", "issued"}  # what names and dates a document is true of it alone


def scheme_ids() -> list[str]:
    """The ids of all schemes, sorted."""
    return sorted(name.removesuffix(".toml") for name in os.listdir(_FOLDER) if name.endswith(".toml"))


@cache
def scheme(scheme_id: str = DEFAULT) -> Scheme:
    """The scheme of this id.

    Raises Refusal for an unknown one, and for a file with unknown or missing parameters, an unknown parent or a circle.
    """
    if scheme_id not in scheme_ids():
        raise Refusal(words.unknown_scheme(scheme_id, scheme_ids()))
    table = _parameters(scheme_id, [scheme_id])
    missing = [name for name in Scheme._fields if name not in {"id", *Scheme._field_defaults, *table}]
    if missing:
        raise Refusal(words.missing_parameters(scheme_id, missing))
    return Scheme(id=scheme_id, **{name: _READERS.get(name, _as_it_is)(entry) for name, entry in table.items()})


def _parameters(scheme_id: str, line: Sequence[str]) -> dict[str, Any]:
    """What a file states, over what it takes from its parent; ``line`` is the descent so far, this file last."""
    stated = dict(_stated(scheme_id))
    parent = stated.pop(_EXTENDS, None)
    if parent is None:
        return stated
    if parent in line:
        raise Refusal(words.circle(line[0], [*line, parent]))
    if parent not in scheme_ids():
        raise Refusal(words.unknown_parent(scheme_id, parent, scheme_ids()))
    inherited = _parameters(parent, [*line, parent])
    return {name: entry for name, entry in inherited.items() if name not in _OWN} | stated


@cache  # a parent of several is parsed once
def _stated(scheme_id: str) -> Mapping[str, Any]:
    import tomllib  # only who asks for a scheme pays for the parser

    with open(os.path.join(_FOLDER, f"{scheme_id}.toml"), "rb") as file:
        table = tomllib.load(file)
    unknown = sorted(table.keys() - _KNOWN)
    if unknown:
        raise Refusal(words.unknown_parameters(scheme_id, unknown))
    return table


# ---------------------------------------------------------------- from TOML to the fields of a scheme


def _as_it_is(entry: Any) -> Any:
    return entry


def _number(entry: str | int) -> Decimal | None:
    return None if entry == _NONE else Decimal(entry)


def _bands(entries: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    return tuple(Band(entry["grade"], Decimal(entry["least"])) for entry in entries)


def _ranges(entries: Sequence[Mapping[str, Any]]) -> tuple[Range, ...]:
    return tuple(Range(entry["grade"], Decimal(entry["least"]), Decimal(entry["most"])) for entry in entries)


def _tiers(entries: Sequence[Mapping[str, Any]]) -> tuple[Tier, ...]:
    return tuple(Tier(entry["name"], Decimal(entry["least"]), Decimal(entry["most"])) for entry in entries)


def _steps(entries: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(Decimal(entry["least"]), Decimal(entry["share"])) for entry in entries)


def _caps(entries: Sequence[Mapping[str, Any]]) -> tuple[Cap, ...]:
    return tuple(Cap(Decimal(entry["below"]), Decimal(entry["most"])) for entry in entries)


def _weights(entries: Mapping[str, str | int]) -> dict[str, Decimal]:
    return {name: Decimal(weight) for name, weight in entries.items()}


def _levels(entries: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(names) for name, names in entries.items()}


_READERS: dict[str, Callable[[Any], Any]] = {
    "grades": _bands,
    "execution_weight": _number,
    "rate_needing_reason": _number,
    "grade_ranges": _ranges,
    "tiers": _tiers,
    "overshoot_warning": _number,
    "overshoot_reason": _number,
    "weights": _weights,
    "levels": _levels,
    "in_use": _levels,
    "execution_steps": _steps,
    "total_caps": _caps,
}
"""How an entry becomes a field; what is not listed stays as TOML has it."""
