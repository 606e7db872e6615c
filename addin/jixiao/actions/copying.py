"""Copies of a workbook that is somebody else's: the file itself, a few cells changed, everything else as it stands."""

import re
from collections.abc import Sequence

from jixiao.actions.book import Copy
from jixiao.actions.plan import NewFile
from jixiao.forms.recognise import Form, as_drawn, forms, is_known
from jixiao.grid import Binding, Change, Document
from jixiao.ours import is_bound, is_foreign

_WITH_MACROS = (".xlsm", ".xltm")

_DOTTED = re.compile(
    r"(?:form\d+\.)?(?:project|unit|funds|execution|goal|indicators|details|people|accounts|survey|tasks|total|text|report"
    r"|analysis|worksheet|finance)\.[a-z]|form\d+\.(?:year|grade)$"
)
"""The names of facts, which nobody else gives: first of what, then which."""


def stays_theirs(document: Document, found: Sequence[Form]) -> bool:
    """Whether what is made of a document is a copy of it: a workbook with a form nobody has drawn, or one that we only bound.

    Where sheets of ours stand in it too they are copied with it: it is one file, and nothing of it gets lost. A form nobody
    has drawn on a sheet that we made is ours to build again.
    """
    return document.editable and any(_is_theirs(form) for form in found)


def _is_theirs(form: Form) -> bool:
    return is_foreign(form.grid) or not (is_known(form) or is_bound(form.grid))


def copy_of(
    document: Document, changes: Sequence[Change], unbound: Sequence[Binding] = (), suffix: str = ""
) -> NewFile:
    """The workbook as a file of its own kind."""
    ending = ".xlsm" if document.name.lower().endswith(_WITH_MACROS) else ".xlsx"
    return NewFile(Copy(changes, unbound), (ending,), suffix)


def bindings_of(document: Document) -> list[Binding]:
    """What of ours stands in the sheets of a workbook: all of it, whichever version put it there.

    The number formats of rates stay: a rate that is left goes on printing as one.
    """
    found = []
    placed: dict[str, set[str]] = {}
    for form in forms(document):
        names = placed.setdefault(form.grid.title, set())
        names.update(name for name, _ in as_drawn(form).placement.names())
    for grid in document.grids:
        if is_bound(grid):
            ours = {
                name: area
                for name, area in grid.names.items()
                if _DOTTED.match(name) or name in placed.get(grid.title, ())
            }
            constants = {name: text for name, text in grid.constants.items() if name.startswith("jx")}
            found.append(Binding(grid.title, ours, constants))
    return found
