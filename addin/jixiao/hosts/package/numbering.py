"""What tells one workbook from every other, written into its package."""

from collections.abc import Iterable

from jixiao.hosts.identity import ID_NAME, Identity
from jixiao.hosts.package.names import with_names
from jixiao.hosts.parts import Part


def without_identity(workbook: Part) -> bytes:
    """The workbook part without the names of an identity; where they are the only ones, without names."""
    names = spans(workbook, "definedName")
    ours = [span for span in names if span.attributes.get("name") == ID_NAME]
    whole = spans(workbook, "definedNames") if ours and len(ours) == len(names) else []
    return edited(workbook.content, [Edit(span.start, span.end) for span in whole or ours])


def with_identity(workbook: Part, sheets: Iterable[int], identity: Identity) -> bytes:
    """The workbook part with the identity as a name of these sheets, in the place of the one they have."""
    return with_names(workbook, {(sheet, ID_NAME): f'"{identity}"' for sheet in sheets})
