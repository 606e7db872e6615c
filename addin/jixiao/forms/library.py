"""The drawings there are: those that are shipped, and those that a user and her unit keep (``shelf``).

Written with ``os`` alone: pathlib costs a tenth of the time of a whole check. A mistake in somebody's own drawing leaves
that drawing out, and nothing else.
"""

import os
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from jixiao import shelf
from jixiao.errors import Refusal
from jixiao.forms.drawing import Drawing
from jixiao.forms.notation import parse
from jixiao.law import scheme
from jixiao.wording import shelf as words
from jixiao.wording.drawings import NOT_TEXT
from jixiao.wording.structure import unknown_form


@cache
def folder() -> str:
    """Where the drawings and the built workbooks lie: inside the installed package, else beside it in the repository."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "workbook_templates")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "workbook_templates")


def identifiers() -> list[str]:
    """The ids of all drawings: the shipped ones sorted, then one's own."""
    return [*shipped_identifiers(), *_own().drawings]


@cache
def shipped_identifiers() -> list[str]:
    """The ids of the drawings that are shipped, sorted."""
    return sorted(name[:-4] for name in os.listdir(os.path.join(folder(), "drawings")) if name.endswith(".txt"))


def drawing(identifier: str) -> Drawing:
    """One drawing by its id. Raises Refusal if there is none, or a mistake in it."""
    own = _own()
    if identifier in own.drawings:
        return own.drawings[identifier]
    if reason := why_not(identifier):
        raise Refusal(reason)
    return _shipped(identifier)


@cache
def _shipped(identifier: str) -> Drawing:
    if identifier not in shipped_identifiers():
        raise Refusal(unknown_form(identifier, identifiers()))
    try:
        with open(os.path.join(folder(), "drawings", f"{identifier}.txt"), encoding="utf-8-sig") as file:
            return parse(file.read(), identifier)
    except UnicodeDecodeError:
        raise Refusal(NOT_TEXT.format(name=identifier)) from None


def drawings() -> list[Drawing]:
    """All drawings: the shipped ones, then one's own."""
    return [*shipped_drawings(), *own_drawings()]


def shipped_drawings() -> list[Drawing]:
    """The drawings that are shipped."""
    return [_shipped(identifier) for identifier in shipped_identifiers()]


def own_drawings() -> list[Drawing]:
    """The drawings of the user and of her unit that hold no mistake, in the order in which they are listed."""
    return list(_own().drawings.values())


def left_out() -> Mapping[str, str]:
    """The own drawings that are not used, by id: each with a sentence that says why."""
    return _own().left_out


def why_not(identifier: str) -> str:
    """Why there is no drawing of this id although its owner keeps one; empty for any other."""
    return "" if identifier in identifiers() else _own().left_out.get(identifier, "")


class _Own(NamedTuple):
    drawings: Mapping[str, Drawing]
    left_out: Mapping[str, str]


def _own() -> _Own:
    return _of(shelf.kept())


@lru_cache(1)
def _of(files: tuple[shelf.Kept, ...]) -> _Own:
    drawings: dict[str, Drawing] = {}
    left_out: dict[str, str] = {}
    for file in files:
        if file.ending != shelf.DRAWING:
            continue
        try:
            if file.name in drawings:
                raise Refusal(words.TWICE.format(name=file.name))
            drawings[file.name] = checked(file.name, shelf.text(file))
        except Refusal as refusal:
            left_out[file.name] = words.LEFT_OUT.format(reason=refusal)
    return _Own(drawings, left_out)


def checked(name: str, text: str) -> Drawing:
    """A drawing of one's own. Raises Refusal with the line of the first mistake, or for an id or a scheme that does not do."""
    shelf.check_name(name)
    if name in shipped_identifiers():
        raise Refusal(words.SHIPPED.format(name=name))
    drawing = parse(text, name)
    scheme(drawing.scheme)
    return drawing
