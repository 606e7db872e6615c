"""Parts under the names Excel gives them, and relations told from where they are: exceljs and IronCalc follow no others."""

import posixpath
import re

from jixiao.hosts.package.workbook import CONTENT_TYPES
from jixiao.hosts.word.package import packed
from jixiao.hosts.zipped import Archive

_NAMES = (
    (re.compile(r"\bxl/comments/comment(\d+)\.xml"), r"xl/comments\1.xml"),
    (re.compile(r"\bxl/drawings/commentsDrawing(\d+)\.vml"), r"xl/drawings/vmlDrawing\1.vml"),
)
_ABSOLUTE = re.compile(r'(?<= Target=")/([^"]+)')


def named_as_in_excel(archive: Archive) -> Archive:
    """The same package; openpyxl puts notes into a folder of their own and tells of every part from the root."""
    return packed({_name(part): _content(archive, part) for part in archive})


def _name(part: str) -> str:
    for pattern, name in _NAMES:
        part = pattern.sub(name, part)
    return part


def _content(archive: Archive, part: str) -> bytes:
    content = archive.read(part)
    if part == CONTENT_TYPES:
        return _name(content.decode()).encode()
    if part.endswith(".rels"):
        return _relations(content.decode(), posixpath.dirname(posixpath.dirname(part))).encode()
    return content


def _relations(text: str, folder: str) -> str:
    """``folder`` is that of the part whose relations these are."""
    return _ABSOLUTE.sub(lambda found: posixpath.relpath(_name(found[1]), folder), text)
