"""What only an office can do: read the files of other programs, count pages, print to PDF.

Every job has a private office, a time limit and a copy of its file. Macros never run, links are never followed.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple, TypeVar

from jixiao.errors import Refusal
from jixiao.hosts.saving import base_name, read_bytes
from jixiao.hosts.word.fields import with_page_numbers
from jixiao.hosts.word.verify import verify
from jixiao.hosts.zipped import MOST_BYTES, Archive
from jixiao.office.finding import load_uno
from jixiao.office.launcher import Office, file_url, properties
from jixiao.owned import TemporaryFolder
from jixiao.wording import libreoffice as words

SECONDS = 60.0
"""For one job."""

T = TypeVar("T")


class _Kind(NamedTuple):
    """A kind of file: how it begins, the office's filter that reads it, and what it becomes."""

    start: bytes
    filter: str
    ending: str


_NEVER = 0
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KINDS = {
    ".doc": _Kind(_COMPOUND, "MS Word 97", ".docx"),
    ".wps": _Kind(_COMPOUND, "MS Word 97", ".docx"),
    ".ods": _Kind(b"PK", "calc8", ".xlsx"),
}
_WORD = "MS Word 2007 XML"
_WRITERS = {".docx": _WORD, ".xlsx": "Calc MS Excel 2007 XML", ".pdf": "writer_pdf_Export"}
_STARTS = {".docx": b"PK", ".xlsx": b"PK", ".pdf": b"%PDF-"}


def is_installed() -> bool:
    """Whether this machine has an office that this program can talk to."""
    try:
        load_uno()
    except Refusal:
        return False
    return True


@contextmanager
def modern(path: str) -> Iterator[str]:
    """A temporary .docx or .xlsx of a file of an older or another program.

    The path itself where there is no office, or where the file is not what its name says. Raises Refusal for a file
    that the office cannot read either.
    """
    data = read_bytes(path, most=MOST_BYTES)
    stem, ending = os.path.splitext(base_name(path))
    kind = _KINDS[ending.lower()]
    if not data.startswith(kind.start) or not is_installed():
        yield path
        return
    with TemporaryFolder() as folder:
        copy = os.path.join(folder, stem + kind.ending)
        converted = _job(lambda office: _stored(office, data, base_name(path), kind.filter, kind.ending))
        with open(copy, "wb") as file:
            file.write(converted)
        yield copy


def pdf(documents: Sequence[bytes]) -> list[bytes]:
    """Word documents of ours as PDF. Raises Refusal where there is no office."""
    return _job(lambda office: [_stored(office, one, words.OUR_REPORT, _WORD, ".pdf") for one in documents])


def numbered(documents: Sequence[bytes]) -> list[bytes]:
    """Word documents of ours with the page numbers in their 目录. Raises Refusal where there is no office."""
    return _job(lambda office: [_numbered(office, document) for document in documents])


def _numbered(office: Office, data: bytes) -> bytes:
    """The office only counts; the document stays as we wrote it."""
    pages = _opened(office, data, words.OUR_REPORT, _WORD, _pages)
    package = Archive(data, "")
    part = package.read("word/document.xml").decode()
    package.put("word/document.xml", with_page_numbers(part, pages).encode())
    numbered = package.to_bytes()
    verify(numbered)
    return numbered


def _pages(document: Any) -> dict[str, int]:
    """The page of every bookmark."""
    cursor = document.getCurrentController().getViewCursor()
    bookmarks = document.getBookmarks()
    pages = {}
    for name in bookmarks.getElementNames():
        cursor.gotoRange(bookmarks.getByName(name).getAnchor(), False)
        pages[name] = cursor.getPage()
    return pages


def _stored(office: Office, data: bytes, name: str, reader: str, ending: str) -> bytes:
    """A file as the office writes it in another format."""
    path = os.path.join(office.profile, f"written{ending}")
    target = file_url(path), properties(FilterName=_WRITERS[ending])
    _opened(office, data, name, reader, lambda document: document.storeToURL(*target))
    written = read_bytes(path)
    if not written.startswith(_STARTS[ending]):
        raise Refusal(words.NOT_READ.format(name=name))
    return written


def _job(work: Callable[[Office], T]) -> T:
    # No generators around calls to the office: its errors do not pass through them.
    with Office(trusting=False) as office, office.limit(SECONDS):
        return work(office)


def _opened(office: Office, data: bytes, name: str, reader: str, work: Callable[[Any], T]) -> T:
    """What ``work`` makes of a copy of the file, opened by the filter that reads its kind and no other."""
    path = os.path.join(office.profile, "copy")
    with open(path, "wb") as file:
        file.write(data)
    failures = map(load_uno().getClass, ("com.sun.star.io.IOException", "com.sun.star.lang.IllegalArgumentException"))
    try:
        document = office.open(path, FilterName=reader, ReadOnly=True, MacroExecutionMode=_NEVER, UpdateDocMode=_NEVER)
        if document is None:
            raise Refusal(words.NOT_READ.format(name=name))
        done = work(document)
        document.close(True)
    except tuple(failures) as error:
        raise Refusal(words.NOT_READ.format(name=name)) from error
    return done
