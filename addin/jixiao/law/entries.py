"""From the entries of a TOML file to the fields of a scheme: each is looked at when it is read.

Somebody's own file may say anything: what is no sound parameter is told by a sentence, with the nearest word where there is one.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Any, TypeVar

from jixiao.law.scheme import Band, Cap, Range, Step, Tier
from jixiao.wording import law as words

_NONE = "none"  # TOML has no null: so a file clears a number of the scheme it extends
_LONGEST = 200
_Row = TypeVar("_Row")
_Ranked = TypeVar("_Ranked", Band, Step)
_Range = TypeVar("_Range", Range, Tier)
_TOTAL, _POINTS, _TIMES = Decimal(100), Decimal(1000), Decimal(100)


class Wrong(Exception):
    """What is wrong about one entry, as half a sentence."""


def read(name: str, entry: Any) -> Any:
    """The field of this name. Raises Wrong for an entry that cannot be it."""
    return _READERS[name](entry)


def nearest(name: str, names: Collection[str]) -> str:
    """The words that point to the nearest of these names; empty where none is like it."""
    from difflib import get_close_matches  # only a mistake asks for neighbours

    found = get_close_matches(name, names, 1)
    return words.NEAREST.format(name=found[0]) if found else ""


# ---------------------------------------------------------------- single entries


def _text(entry: Any) -> str:
    if not isinstance(entry, str) or len(entry) > _LONGEST or not entry.isprintable() or '"' in entry:
        raise Wrong(words.NO_TEXT)
    return entry


def _flag(entry: Any) -> bool:
    if not isinstance(entry, bool):
        raise Wrong(words.NO_FLAG)
    return entry


def _year(entry: Any) -> int:
    if not isinstance(entry, int) or not 1990 <= entry <= 2100:
        raise Wrong(words.NO_YEAR)
    return entry


def _last_year(entry: Any) -> int | None:
    return None if entry == _NONE else _year(entry)


def _day(entry: Any) -> str | None:
    if entry == _NONE:
        return None
    try:
        return date.fromisoformat(_text(entry)).isoformat()
    except ValueError:
        raise Wrong(words.NO_DAY) from None


def _one_of(*known: str) -> Callable[[Any], str]:
    def chosen(entry: Any) -> str:
        if entry not in known:
            raise Wrong(words.no_such(str(entry), known, nearest(str(entry), known)))
        return str(entry)

    return chosen


def _number(most: Decimal) -> Callable[[Any], Decimal]:
    def number(entry: Any) -> Decimal:
        try:
            found = Decimal(entry) if isinstance(entry, str | int | Decimal) and not isinstance(entry, bool) else None
        except InvalidOperation:
            found = None
        if found is None or not found.is_finite() or not 0 <= found <= most:
            raise Wrong(words.NO_NUMBER.format(most=most))
        return found

    return number


def _optional(read_one: Callable[[Any], Decimal]) -> Callable[[Any], Decimal | None]:
    return lambda entry: None if entry == _NONE else read_one(entry)


_share, _total, _points, _times = (_number(most) for most in (Decimal(1), _TOTAL, _POINTS, _TIMES))


# ---------------------------------------------------------------- lists and tables


def _rows(row: Callable[..., _Row], **readers: Callable[[Any], Any]) -> Callable[[Any], tuple[_Row, ...]]:
    """A list of small tables, each with exactly these members."""

    def rows(entry: Any) -> tuple[_Row, ...]:
        if not isinstance(entry, list):
            raise Wrong(words.NO_LIST)
        return tuple(row(**_members(one, readers)) for one in entry)

    return rows


def _members(entry: Any, readers: Mapping[str, Callable[[Any], Any]]) -> dict[str, Any]:
    if not isinstance(entry, dict):
        raise Wrong(words.NO_LIST)
    for name in entry.keys() - readers.keys():
        raise Wrong(words.no_such(name, [*readers], nearest(name, readers)))
    if missing := readers.keys() - entry.keys():
        raise Wrong(words.NO_MEMBER.format(names="、".join(sorted(missing))))
    return {name: reader(entry[name]) for name, reader in readers.items()}


def _grades(entry: Any) -> tuple[Band, ...]:
    bands = _falling(_rows(Band, grade=_text, least=_total)(entry))
    if bands and bands[-1].least:
        raise Wrong(words.NO_LOWEST)
    return bands


def _steps(entry: Any) -> tuple[Step, ...]:
    return _falling(_rows(Step, least=_share, share=_share)(entry))


def _caps(entry: Any) -> tuple[Cap, ...]:
    caps = _rows(Cap, below=_share, most=_total)(entry)
    if any(one.below >= next_.below for one, next_ in pairwise(caps)):
        raise Wrong(words.NOT_RISING)
    return caps


def _falling(rows: tuple[_Ranked, ...]) -> tuple[_Ranked, ...]:
    """Rows looked through from the highest: each begins lower than the one before it."""
    if any(one.least <= next_.least for one, next_ in pairwise(rows)):
        raise Wrong(words.NOT_FALLING)
    return rows


def _ranges(row: Callable[..., _Range], most: Callable[[Any], Decimal], **name: Callable[[Any], str]) -> Any:
    def ranges(entry: Any) -> tuple[_Range, ...]:
        found = _rows(row, **name, least=most, most=most)(entry)
        if any(one.least > one.most for one in found):
            raise Wrong(words.UPSIDE_DOWN)
        return found

    return ranges


def _table(reader: Callable[[Any], Any]) -> Callable[[Any], dict[str, Any]]:
    """A table whose keys are words of the form."""

    def table(entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict):
            raise Wrong(words.NO_TABLE)
        return {_text(name): reader(one) for name, one in entry.items()}

    return table


def _names(entry: Any) -> tuple[str, ...]:
    if not isinstance(entry, list):
        raise Wrong(words.NO_LIST)
    return tuple(_text(name) for name in entry)


_BUDGETS = ("adjusted", "arrived", "initial")
_REVERSES = ("linear", "ratio")


def _in_use(entry: Any) -> dict[str, tuple[str, ...]]:
    known = {"execution_denominator": _BUDGETS, "reverse": _REVERSES}
    found = _table(_names)(entry)
    for name, values in found.items():
        if name not in known:
            raise Wrong(words.no_such(name, [*known], nearest(name, known)))
        for value in values:
            _one_of(*known[name])(value)
    return {name: values for name, values in found.items() if values}


_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": _text,
    "since": _year,
    "until": _last_year,
    "issued": _day,
    "citation": _text,
    "grades": _grades,
    "grade_aliases": _table(_text),
    "execution_denominator": _one_of(*_BUDGETS),
    "adjustment_needs_reason": _flag,
    "tiers": _ranges(Tier, _share, name=_text),
    "reverse": _one_of(*_REVERSES),
    "overshoot_warning": _optional(_times),
    "overshoot_reason": _optional(_times),
    "execution_weight": _optional(_total),
    "rate_needing_reason": _optional(_share),
    "weights": _table(_points),
    "levels": _table(_names),
    "reverse_citation": _text,
    "execution_citation": _text,
    "rate_citation": _text,
    "form_citation": _text,
    "in_use": _in_use,
    "execution_steps": _steps,
    "grade_ranges": _ranges(Range, _total, grade=_text),
    "total_caps": _caps,
}
"""How an entry becomes a field, for every field but the id, which is the file's name."""
