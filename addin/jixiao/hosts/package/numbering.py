"""What tells one workbook from every other, written into its package."""

from collections.abc import Iterable

from jixiao.hosts.defined import quoted
from jixiao.hosts.identity import Identity
from jixiao.hosts.package.names import with_names, without_names
from jixiao.hosts.parts import Part
from jixiao.ours import ID_NAME


def without_identity(workbook: Part) -> bytes:
    """The workbook part without the names of an identity."""
    return without_names(workbook, lambda _, name: name == ID_NAME)


def with_identity(workbook: Part, sheets: Iterable[int], identity: Identity) -> bytes:
    """The workbook part with the identity as a name of these sheets, in the place of the one they have."""
    return with_names(workbook, {(sheet, ID_NAME): quoted(str(identity)) for sheet in sheets})
