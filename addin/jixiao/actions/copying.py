"""Copies of a workbook that is somebody else's: the file itself, a few cells changed, everything else as it stands."""

from collections.abc import Sequence

from jixiao.actions.book import Copy
from jixiao.actions.plan import NewFile
from jixiao.forms.recognise import Form, is_known
from jixiao.grid import Binding, Change, Document
from jixiao.ours import is_bound, is_foreign

_WITH_MACROS = (".xlsm", ".xltm")


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
