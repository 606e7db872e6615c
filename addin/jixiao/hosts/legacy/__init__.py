"""Spreadsheets of older kinds, which platforms still export: .xls of Excel 95 to 2003, and what only bears that name.

What a file is, its content says and never its name: a web page, XML Spreadsheet 2003, a web archive and text with tabs all
open in Excel as .xls. They are read and never written.
"""

import re
from collections.abc import Callable
from enum import Enum

from jixiao.errors import Refusal
from jixiao.grid import Document
from jixiao.hosts.legacy.limits import MOST_BYTES, MOST_LETTERS
from jixiao.wording import files

_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAM = re.compile(rb"(?i:(?:w\0o\0r\0k\0)?b\0o\0o\0k\0)\0\0")  # the name that ends here, some write it in capitals
_ENTRY = 128  # bytes of an entry of the directory, which begins with its name
_HEAD = 8192  # bytes in which a file says what it is
_SPREADSHEET_XML = re.compile(r"<(?:\w+:)?workbook\b[^>]*\burn:schemas-microsoft-com:office:spreadsheet\b")
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|table)\b")
_ARCHIVE = re.compile(r"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*?)*?content-type:\s*multipart/related")
_NO_TEXT = re.compile(r"[\0-\x08\x0e-\x1a\x1c-\x1f]")


class Kind(Enum):
    """What a file is, and what it is called."""

    BIFF = files.BIFF
    XML = files.SPREADSHEET_XML
    ARCHIVE = files.WEB_ARCHIVE
    HTML = files.WEB_PAGE
    TABBED = files.TABBED_TEXT


def kind_of(data: bytes) -> Kind | None:
    """The kind of an older spreadsheet; None for everything else."""
    if data.startswith(_COMPOUND):
        names = _STREAM.finditer(data)
        return Kind.BIFF if any(name.start() % _ENTRY == 0 for name in names) else None
    head = _head(data)
    if _SPREADSHEET_XML.search(head):
        return Kind.XML
    if _ARCHIVE.match(head):
        return Kind.ARCHIVE
    if _HTML.search(head):
        return Kind.HTML
    return Kind.TABBED if "\t" in head and not _NO_TEXT.search(head) else None


def _head(data: bytes) -> str:
    """The beginning in small letters; only its ASCII is of interest."""
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return data[:_HEAD].decode("utf-16" if wide else "latin-1", "ignore").lower()


def read_legacy(kind: Kind, data: bytes, name: str) -> Document:
    """A file of this kind as grids. Raises Refusal, naming the file, for what is damaged or too large."""
    if len(data) > (MOST_BYTES if kind is Kind.BIFF else MOST_LETTERS):
        raise Refusal(files.TOO_LARGE.format(name=name))
    return _reader(kind)(data, name)


def _reader(kind: Kind) -> Callable[[bytes, str], Document]:
    """Each is loaded when a file asks for it."""
    if kind is Kind.BIFF:
        from jixiao.hosts.legacy.biff import read_biff

        return read_biff
    if kind is Kind.XML:
        from jixiao.hosts.legacy.spreadsheetml import read_spreadsheetml

        return read_spreadsheetml
    if kind is Kind.TABBED:
        from jixiao.hosts.legacy.tabbed import read_tabbed

        return read_tabbed
    from jixiao.hosts.legacy.pages import read_archive, read_page

    return read_page if kind is Kind.HTML else read_archive
