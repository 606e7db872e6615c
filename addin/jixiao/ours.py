"""The names by which a sheet says that it is one of ours, and what of it: one home for what every room asks about them."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from jixiao.grid import Document

FORM_NAME = "jx.form"
"""The name that makes a sheet one of ours; it holds which form it is."""

LOCAL, SUMMARY_FORM = "local", "summary"
"""What it holds where no drawing is meant: a form that is read by its headings (its scheme is called so too), and 项目汇总."""

SCHEME_NAME = "jx.scheme"
"""The sheet's own name for its scheme."""

FORMULAS_NAME = "jx.formulas"
NATIVE, FUNCTIONS = "native", "functions"
"""What the formulas of a sheet are: those of every office program, or calls of the PERF_* functions."""

MARKS_NAME = "jx.marks"
"""The cells of 校验结果 that hold the addresses a sheet marks."""

ID_NAME = "jx_id"
"""The name that holds the identity; without a dot: Calc takes dotted names from a file, but not from a program."""

FOREIGN: Mapping[str, str] = {"jx.bound": "yes"}
"""What a sheet says of itself that somebody else made, and we only bound."""


class Named(Protocol):
    """A sheet, however a room holds it, by the texts of its names."""

    @property
    def constants(self) -> Mapping[str, str]: ...


def is_bound(sheet: Named) -> bool:
    """Whether a sheet is one of ours: made by us, or somebody else's that was bound."""
    return FORM_NAME in sheet.constants


def is_foreign(sheet: Named) -> bool:
    """Whether a sheet is bound, but somebody else's: read by what it prints, its own formulas not ours to change."""
    return any(name in sheet.constants for name in FOREIGN)


def is_imported(sheet: Named) -> bool:
    """Whether we made a sheet after a form nobody has drawn."""
    return sheet.constants.get(FORM_NAME) == LOCAL and not is_foreign(sheet)


def has_bound(document: "Document") -> bool:
    """Whether a sheet of a document is one of ours."""
    return any(map(is_bound, document.grids))
