"""What tells one workbook from every other: a number written into it once, and where it lies.

A copy has the number of its original, but lies elsewhere; a new workbook at the same place has another number.
"""

import os

from jixiao.grid import Document

ID_NAME = "jx_id"
"""The name that holds the number; without a dot: Calc takes dotted names from a file, but not from a program."""


def known_identity(document: Document, place: str) -> str | None:
    """The identity of the workbook that was read and lies at ``place``; None if it has no number yet."""
    known = (grid.constants[ID_NAME] for grid in document.grids if ID_NAME in grid.constants)
    number = next(known, None)
    return identity(number, place) if number else None


def identity(number: str, place: str) -> str:
    """The identity of a workbook with this number; the same file has one place, whichever way leads there."""
    return f"{number}|{os.path.normcase(os.path.realpath(place)) if os.path.exists(place) else place}"


def new_number() -> str:
    return os.urandom(16).hex()


def numbered_sheet(document: Document) -> str:
    """The sheet whose name holds the number: the first form, so that it goes where the form goes."""
    forms = (grid.title for grid in document.grids if "jx.form" in grid.constants)
    return next(forms, document.grids[0].title)
