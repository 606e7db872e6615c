"""Schemes from their TOML files, read when first asked for. A file that extends another states only where it differs.

Beside the schemes that are shipped stand those that a user and her unit keep (``shelf``).
"""

import os
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from jixiao import shelf
from jixiao.errors import Refusal
from jixiao.law.entries import Wrong, nearest, read
from jixiao.law.scheme import Scheme
from jixiao.wording import law as words
from jixiao.wording.shelf import SHIPPED, TWICE

DEFAULT = "national-2020"
_FOLDER = os.path.join(os.path.dirname(__file__), "schemes")
_EXTENDS = "extends"
_KNOWN = (*Scheme._fields[1:], _EXTENDS)  # the file's name is the id
_OWN = {"title", "since", "until", "issued"}  # what names and dates a document is true of it alone
_Kept = tuple[shelf.Kept, ...]


def scheme_ids() -> list[str]:
    """The ids of all schemes: the shipped ones sorted, then one's own, those with a mistake too."""
    return _ids(_kept())


def scheme(scheme_id: str = DEFAULT) -> Scheme:
    """The scheme of this id.

    Raises Refusal for an unknown one, and for a file with wrong, unknown or missing parameters, an unknown parent or a circle.
    """
    return _scheme(scheme_id, () if scheme_id in _shipped_ids() else _kept())


def _kept() -> _Kept:
    return tuple(file for file in shelf.kept() if file.ending == shelf.SCHEME)


@cache
def _shipped_ids() -> list[str]:
    return sorted(name.removesuffix(".toml") for name in os.listdir(_FOLDER) if name.endswith(".toml"))


def _ids(own: _Kept) -> list[str]:
    return list(dict.fromkeys([*_shipped_ids(), *(file.name for file in own)]))


@lru_cache(64)
def _scheme(scheme_id: str, own: _Kept) -> Scheme:
    if scheme_id not in _ids(own):
        raise Refusal(words.unknown_scheme(scheme_id, _ids(own)))
    table = _parameters(scheme_id, [scheme_id], own)
    missing = [name for name in Scheme._fields if name not in {"id", *Scheme._field_defaults, *table}]
    if missing:
        raise Refusal(words.missing_parameters(scheme_id, missing))
    return Scheme(id=scheme_id, **table)


def _parameters(scheme_id: str, line: Sequence[str], own: _Kept) -> dict[str, Any]:
    """What a file states, over what it takes from its parent; ``line`` is the descent so far, this file last."""
    stated = dict(_stated(scheme_id, own))
    parent = stated.pop(_EXTENDS, None)
    if parent is None:
        return stated
    if parent in line:
        raise Refusal(words.circle(line[0], [*line, parent]))
    if parent not in _ids(own):
        raise Refusal(words.unknown_parent(scheme_id, str(parent), _ids(own)))
    inherited = {name: entry for name, entry in _parameters(parent, [*line, parent], own).items() if name not in _OWN}
    if "in_use" in inherited:  # where a file states a rule, it is known
        inherited["in_use"] = {name: rules for name, rules in inherited["in_use"].items() if name not in stated}
    return inherited | stated


@lru_cache(64)  # a parent of several is parsed once
def _stated(scheme_id: str, own: _Kept) -> Mapping[str, Any]:
    """The parameters one file states, as fields of a scheme."""
    table = _table(scheme_id, _text(scheme_id, own))
    unknown = sorted(table.keys() - {*_KNOWN})
    if unknown:
        raise Refusal(words.unknown_parameters(scheme_id, unknown, nearest(unknown[0], _KNOWN)))
    return {name: entry if name == _EXTENDS else _field(scheme_id, name, entry) for name, entry in table.items()}


def _text(scheme_id: str, own: _Kept) -> str:
    if scheme_id in _shipped_ids():
        with open(os.path.join(_FOLDER, f"{scheme_id}.toml"), encoding="utf-8") as file:
            return file.read()
    shelf.check_name(scheme_id)
    return shelf.text(next(file for file in own if file.name == scheme_id))


def _table(scheme_id: str, text: str) -> dict[str, Any]:
    import tomllib  # only who asks for a scheme pays for the parser

    try:
        return tomllib.loads(text.replace("\r\n", "\n"), parse_float=Decimal)
    except (RecursionError, ValueError) as error:
        at = re.search(r"line (\d+), column (\d+)", str(error))
        raise Refusal(words.no_toml(scheme_id, words.toml_place(*at.groups() if at else ("", "")))) from None


def _field(scheme_id: str, name: str, entry: Any) -> Any:
    try:
        return read(name, entry)
    except Wrong as wrong:
        raise Refusal(words.wrong_parameter(scheme_id, name, str(wrong))) from None


def checked(file: shelf.Kept) -> Scheme:
    """A scheme in any file, beside those of one's own. Raises Refusal if it cannot be used."""
    shelf.check_name(file.name)
    if file.name in _shipped_ids():
        raise Refusal(SHIPPED.format(name=file.name))
    return _scheme(file.name, (file, *(other for other in _kept() if other.name != file.name)))


def mistakes() -> Mapping[str, str]:
    """The schemes of one's own that cannot be used, by id: each with a sentence that says why."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    for file in _kept():
        try:
            if file.name in seen:
                raise Refusal(TWICE.format(name=file.name))
            checked(file)
        except Refusal as refusal:
            found[file.name] = str(refusal)
        seen.add(file.name)
    return found
