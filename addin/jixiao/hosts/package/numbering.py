"""What tells one workbook from every other, written into its package."""

from collections.abc import Iterable

from jixiao.hosts.identity import ID_NAME, Identity
from jixiao.hosts.package.markup import Edit, edited, spans
from jixiao.hosts.parts import Part


def without_identity(workbook: Part) -> bytes:
    """The workbook part without the names of an identity; where they are the only ones, without names."""
    names = spans(workbook, "definedName")
    ours = [span for span in names if span.attributes.get("name") == ID_NAME]
    whole = spans(workbook, "definedNames") if ours and len(ours) == len(names) else []
    return edited(workbook.content, [Edit(span.start, span.end) for span in whole or ours])


def with_identity(workbook: Part, sheets: Iterable[int], identity: Identity) -> bytes:
    """The workbook part with the identity as a name of these sheets, in the place of the one they have.

    Unchanged if there are no names at all: then no form of ours is in it.
    """
    names, content = spans(workbook, "definedName"), workbook.content
    if not names:
        return content
    last = max(names, key=lambda span: span.end)
    tag = content[last.start + 1 : last.end].split(None, 1)[0].split(b">", 1)[0]  # with its prefix, if it has one
    standing = {span.attributes.get("localSheetId"): span for span in names if span.attributes.get("name") == ID_NAME}
    edits = []
    for sheet in sheets:
        name = b'<%b name="%b" localSheetId="%d">"%b"</%b>' % (
            tag,
            ID_NAME.encode(),
            sheet,
            str(identity).encode(),
            tag,
        )
        old = standing.get(str(sheet))
        edits.append(Edit(old.start, old.end, name) if old else Edit(last.end, last.end, name))
    return edited(content, edits)
