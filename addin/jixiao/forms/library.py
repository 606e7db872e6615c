"""The drawings that are shipped. Written with ``os`` alone: pathlib costs a tenth of the time of a whole check."""

import os
from functools import cache

from jixiao.errors import Refusal
from jixiao.forms.drawing import Drawing
from jixiao.forms.notation import parse
from jixiao.wording.drawings import NOT_TEXT
from jixiao.wording.structure import unknown_form


@cache
def folder() -> str:
    """Where the drawings and the built workbooks lie: inside the installed package, else beside it in the repository."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "workbook_templates")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "workbook_templates")


@cache
def identifiers() -> list[str]:
    """The ids of all drawings, sorted."""
    return sorted(name[:-4] for name in os.listdir(os.path.join(folder(), "drawings")) if name.endswith(".txt"))


@cache
def drawing(identifier: str) -> Drawing:
    """One drawing by its id. Raises Refusal if there is none."""
    if identifier not in identifiers():
        raise Refusal(unknown_form(identifier, identifiers()))
    try:
        with open(os.path.join(folder(), "drawings", f"{identifier}.txt"), encoding="utf-8-sig") as file:
            return parse(file.read(), identifier)
    except UnicodeDecodeError:
        raise Refusal(NOT_TEXT.format(name=identifier)) from None


def drawings() -> list[Drawing]:
    """All drawings."""
    return [drawing(identifier) for identifier in identifiers()]
