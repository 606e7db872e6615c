"""Which host reads which file. Each is loaded when a file asks for it."""

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jixiao.errors import Refusal
from jixiao.grid import Document
from jixiao.hosts.saving import base_name, ensure_writable, read_bytes
from jixiao.hosts.zipped import MOST_BYTES
from jixiao.wording.commands import NEEDS_WORKBOOK
from jixiao.wording.files import ONLY_READ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jixiao.hosts.legacy import Kind
    from jixiao.hosts.package import PackageHost

FOREIGN = (".doc", ".wps", ".ods")
"""Files of older and other programs, which are read where LibreOffice is installed, and never written."""


def load_document(path: str) -> Document:
    """A workbook or a Word file as grids. Raises Refusal for anything else, saying how to convert it."""
    if path.lower().endswith(FOREIGN):
        from jixiao.hosts.libreoffice.conversion import modern

        with modern(path) as copy:
            return _read(copy)._replace(name=base_name(path), editable=False)
    return _read(path)


def _read(path: str) -> Document:
    if path.lower().endswith(".docx"):
        from jixiao.hosts.word.reading import read_document

        return read_document(path)
    data, name = read_bytes(path, most=MOST_BYTES), base_name(path)
    if kind := _legacy_kind(data):
        from jixiao.hosts.legacy import read_legacy

        return read_legacy(kind, data, name)
    from jixiao.hosts.package import PackageHost

    return PackageHost.from_bytes(data, name).read()


def _legacy_kind(data: bytes) -> "Kind | None":
    if data.startswith(b"PK"):
        return None
    from jixiao.hosts.legacy import kind_of

    return kind_of(data)


@contextmanager
def editing(path: str) -> "Iterator[PackageHost]":
    """A workbook that may be written; until the end of the context no other program of ours writes it.

    Raises Refusal for a Word file, for what is only read or cannot be saved, and while another program writes it.
    """
    if path.lower().endswith(".docx"):
        raise Refusal(NEEDS_WORKBOOK.format(name=path))
    from jixiao.hosts.package import PackageHost
    from jixiao.hosts.saving.locks import locked

    with locked(path):
        try:
            host = PackageHost(path)
        except Refusal:
            if kind := _legacy_kind(read_bytes(path, most=MOST_BYTES)):
                raise Refusal(ONLY_READ.format(name=path, kind=kind.value)) from None
            raise
        ensure_writable(os.path.realpath(path))  # before anything is prepared, or remembered
        yield host
