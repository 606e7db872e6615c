"""The number that tells one workbook from every other, written into its package."""

from jixiao.hosts.identity import ID_NAME
from jixiao.hosts.package.markup import Edit, edited, spans
from jixiao.hosts.parts import Part


def with_number(workbook: Part, sheet: int, number: str) -> bytes:
    """The workbook part with the number as a name of one sheet; unchanged if it has no names: then no form of ours is in it."""
    names, content = spans(workbook, "definedName"), workbook.content
    if not names:
        return content
    last = max(names, key=lambda span: span.end)
    tag = content[last.start + 1 : last.end].split(None, 1)[0].split(b">", 1)[0]  # with its prefix, if it has one
    name = b'<%b name="%b" localSheetId="%d">"%b"</%b>' % (tag, ID_NAME.encode(), sheet, number.encode(), tag)
    return edited(content, [Edit(last.end, last.end, name)])
