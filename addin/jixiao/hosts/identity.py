"""What tells one workbook from every other, and which step stands in it: a name that is saved with the workbook.

Whatever is saved, copied, or closed without saving: the name goes with what it speaks of. A copy has the number of its
original, but lies elsewhere; a new workbook at the same place has another number.
"""

import os
import re
from typing import NamedTuple

from jixiao.grid import Document
from jixiao.ours import ID_NAME, is_bound

_STATED = re.compile(r"([0-9a-f]+)(?:\.([0-9a-f]+))?")


class Identity(NamedTuple):
    """The number of a workbook, and the newest of our steps that stands in it; ``""`` if none does."""

    number: str
    step: str = ""

    def __str__(self) -> str:
        return f"{self.number}.{self.step}" if self.step else self.number


def known_identity(document: Document) -> Identity | None:
    """The identity of the workbook that was read; None if it has none yet."""
    for grid in document.grids:
        stated = _STATED.fullmatch(grid.constants.get(ID_NAME, ""))
        if stated:
            return Identity(stated[1], stated[2] or "")
    return None


def new_number() -> str:
    """A number that no other workbook has."""
    return os.urandom(16).hex()


def new_step() -> str:
    """A number that no other step of a workbook has."""
    return os.urandom(8).hex()


def sheets_with_identity(document: Document) -> list[str]:
    """The sheets whose name holds it, for copied sheets have it too; else the first form: it goes where the form goes."""
    holding = [grid.title for grid in document.grids if ID_NAME in grid.constants]
    forms = (grid.title for grid in document.grids if is_bound(grid))
    return holding or [next(forms, document.grids[0].title)]
