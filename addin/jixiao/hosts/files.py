"""Which host reads which file."""

from jixiao.errors import Refusal
from jixiao.grid import Document
from jixiao.hosts.package import PackageHost
from jixiao.hosts.word.reading import read_document
from jixiao.wording.commands import NEEDS_WORKBOOK


def read_file(path: str) -> Document:
    """A workbook or a Word file as grids. Raises Refusal for anything else, saying how to convert it."""
    if path.lower().endswith(".docx"):
        return read_document(path)
    return PackageHost(path).read()


def open_workbook(path: str) -> PackageHost:
    """A workbook that will be written. Raises Refusal for a Word file."""
    if path.lower().endswith(".docx"):
        raise Refusal(NEEDS_WORKBOOK.format(name=path))
    return PackageHost(path)
