"""Office files are zip packages: read one without trusting it, and write it back with untouched parts as they were.

Own reader on ``struct`` and ``zlib``: importing ``zipfile`` alone costs as much as reading a form.
"""

import struct
import zlib
from collections.abc import Iterator
from os import PathLike, fspath
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.hosts.saving import base_name, read_bytes
from jixiao.wording import files

MOST_ENTRIES = 5_000
MOST_BYTES = 256 * 2**20  # of all parts together, unpacked
MOST_RATIO = 200  # unpacked to packed; sheets of the worst real workbooks stay below 50
RATIO_MATTERS_FROM = 2**20  # a small part may shrink as much as it likes

_STORED, _DEFLATED = 0, 8
_FLAG_ENCRYPTED, _FLAG_UTF8 = 0x1, 0x800
_DATE_1980 = 0x21  # the zero of zip dates: two builds of the same content are the same bytes
_NEEDS_ZIP64 = 0xFFFFFFFF
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END = struct.Struct("<4sHHHHIIH")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Entry(NamedTuple):
    """One part as it lies in the package."""

    method: int
    crc: int
    size: int
    packed: bytes


class Archive:
    """A zip package in memory. Raises Refusal, naming the file, for anything unsafe or damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._unpacked: dict[str, bytes] = {}
        self._entries = _Directory(data, name).entries()
        self._refuse_doctypes()

    @classmethod
    def open(cls, path: str | PathLike[str]) -> "Archive":
        """Read the package at ``path``."""
        return cls(read_bytes(path, most=MOST_BYTES), base_name(fspath(path)))

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def named(self, target: str, folder: str = "") -> str:
        """The part that a relation means, seen from a folder; as the package writes it, which may be in other capitals."""
        steps: list[str] = []
        for step in (target if target.startswith("/") else f"{folder}/{target}").split("/"):
            if step == "..":
                del steps[-1:]
            elif step not in ("", "."):
                steps.append(step)
        part = "/".join(steps)
        return part if part in self._entries else self._alike(part)

    def _alike(self, part: str) -> str:
        """The part of the same name but for capitals and signs written as ``%20``; the name itself if there is none."""
        from urllib.parse import unquote  # nearly every package names its parts the way it writes them

        wanted = unquote(part).lower()
        return next((name for name in self._entries if unquote(name).lower() == wanted), part)

    def read(self, part: str) -> bytes:
        """The content of a part. Raises Refusal if it is missing or damaged."""
        if part not in self._entries:
            raise Refusal(files.DAMAGED.format(name=self.name))
        if part not in self._unpacked:
            self._unpacked[part] = self._inflated(self._entries[part])
        return self._unpacked[part]

    def put(self, part: str, content: bytes) -> None:
        """Replace a part in its place, or add it at the end."""
        self._entries[part] = _deflated(content)
        self._unpacked[part] = content

    def remove(self, part: str) -> None:
        """Take a part out; nothing happens if it is not there."""
        self._entries.pop(part, None)
        self._unpacked.pop(part, None)

    def to_bytes(self) -> bytes:
        """The whole package; equal content gives equal bytes."""
        return b"".join(_written(self._entries))

    def _inflated(self, entry: Entry) -> bytes:
        content = self._unpack(entry, entry.size + 1)
        if len(content) != entry.size or zlib.crc32(content) != entry.crc:
            raise Refusal(files.DAMAGED.format(name=self.name))
        return content

    def _unpack(self, entry: Entry, most: int) -> bytes:
        """At most ``most`` bytes of a part, whatever its headers promise."""
        if entry.method == _STORED:
            return entry.packed[:most]
        if entry.method != _DEFLATED:
            raise Refusal(files.ODD_ZIP.format(name=self.name))
        try:
            return zlib.decompressobj(-15).decompress(entry.packed, most)
        except zlib.error:
            raise Refusal(files.DAMAGED.format(name=self.name)) from None

    def _refuse_doctypes(self) -> None:
        """A part is XML if it begins like XML, whatever its name; only those are unpacked whole."""
        for part, entry in self._entries.items():
            if _is_markup(self._unpack(entry, 64)) and _has_doctype(self.read(part)):
                raise Refusal(files.DOCTYPE.format(name=self.name))


class _Directory:
    """The table of contents at the end of a zip, checked before anything is unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._name = name

    def entries(self) -> dict[str, Entry]:
        count, start = self._end_record()
        entries: dict[str, Entry] = {}
        seen: set[str] = set()
        total = 0
        for _ in range(count):
            part, entry, start = self._entry(start)
            if part.lower() in seen or _is_bad_name(part):
                raise self._refusal(files.DAMAGED)
            seen.add(part.lower())
            total += entry.size
            if total > MOST_BYTES or _is_bomb(entry):
                raise self._refusal(files.TOO_LARGE)
            entries[part] = entry
        if sum(len(entry.packed) for entry in entries.values()) > len(self._data):
            raise self._refusal(files.TOO_LARGE)  # entries that overlap: one kernel, unpacked many times
        return entries

    def _end_record(self) -> tuple[int, int]:
        """The number of entries and where their list starts."""
        data = self._data
        if data.startswith(_OLE):
            raise self._refusal(_ole_sentence(data))
        if not data.startswith(b"PK"):
            raise self._refusal(files.NOT_OFFICE)
        at = data.rfind(b"PK\5\6", max(0, len(data) - 2**16 - _END.size))
        if at < 0 or at + _END.size > len(data):
            raise self._refusal(files.TRUNCATED)
        _, _, _, _, count, _, start, comment = _END.unpack_from(data, at)
        if at + _END.size + comment > len(data):
            raise self._refusal(files.TRUNCATED)
        if count == 0xFFFF or start == _NEEDS_ZIP64:
            raise self._refusal(files.ODD_ZIP)
        if count > MOST_ENTRIES:
            raise self._refusal(files.TOO_MANY_PARTS)
        return count, start

    def _entry(self, start: int) -> tuple[str, Entry, int]:
        """The entry whose record starts here, and where the next record starts."""
        data = self._data
        try:
            (magic, _, _, flags, method, _, _, crc, packed, size, name, extra, comment, _, _, _, local) = (
                _CENTRAL.unpack_from(data, start)
            )
        except struct.error:
            raise self._refusal(files.TRUNCATED) from None
        if magic != b"PK\1\2":
            raise self._refusal(files.DAMAGED)
        if flags & _FLAG_ENCRYPTED:
            raise self._refusal(files.ENCRYPTED)
        if _NEEDS_ZIP64 in (packed, size, local):
            raise self._refusal(files.ODD_ZIP)
        at = start + _CENTRAL.size
        raw = data[at : at + name]
        entry = Entry(method, crc, size, self._packed(local, packed, raw))
        return self._decoded(raw, flags), entry, at + name + extra + comment

    def _packed(self, local: int, length: int, raw: bytes) -> bytes:
        """The packed bytes behind a local header, which must name the same part as the directory does."""
        try:
            magic, *_, name, extra = _LOCAL.unpack_from(self._data, local)
        except struct.error:
            raise self._refusal(files.TRUNCATED) from None
        at = local + _LOCAL.size
        if magic != b"PK\3\4" or self._data[at : at + name] != raw:
            raise self._refusal(files.DAMAGED)
        at += name + extra
        if at + length > len(self._data):
            raise self._refusal(files.TRUNCATED)
        return self._data[at : at + length]

    def _decoded(self, raw: bytes, flags: int) -> str:
        try:
            return raw.decode("utf-8" if raw.isascii() or flags & _FLAG_UTF8 else "cp437")
        except UnicodeDecodeError:
            raise self._refusal(files.DAMAGED) from None

    def _refusal(self, sentence: str) -> Refusal:
        return Refusal(sentence.format(name=self._name))


def _is_bomb(entry: Entry) -> bool:
    return entry.size > RATIO_MATTERS_FROM and entry.size > MOST_RATIO * len(entry.packed)


def _is_bad_name(part: str) -> bool:
    """Names that would leave the package if it were unpacked to a folder."""
    return not part or part[0] == "/" or "\\" in part or "\0" in part or ":" in part or ".." in part.split("/")


def _ole_sentence(data: bytes) -> str:
    """Which kind of compound file this is, by the names of its streams."""
    for stream, sentence in (
        ("EncryptedPackage", files.ENCRYPTED),
        ("WordDocument", files.OLD_WORD),
        ("Workbook", files.OLD_EXCEL),
        ("Book", files.OLD_EXCEL),
    ):
        if stream.encode("utf-16-le") in data:
            return sentence
    return files.OLD_OFFICE


def _is_markup(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")[:1] == b"<"


def _has_doctype(content: bytes) -> bool:
    wide = b"\0" in content[:4]
    return b"<!DOCTYPE" in (content.replace(b"\0", b"") if wide else content)


def _deflated(content: bytes) -> Entry:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return Entry(_DEFLATED, zlib.crc32(content), len(content), packed)


def _written(entries: dict[str, Entry]) -> Iterator[bytes]:
    directory: list[bytes] = []
    position = 0
    for part, entry in entries.items():
        name = part.encode()
        flags = 0 if name.isascii() else _FLAG_UTF8
        sizes = entry.crc, len(entry.packed), entry.size, len(name), 0
        header = _LOCAL.pack(b"PK\3\4", 20, flags, entry.method, 0, _DATE_1980, *sizes) + name
        directory.append(
            _CENTRAL.pack(b"PK\1\2", 20, 20, flags, entry.method, 0, _DATE_1980, *sizes, 0, 0, 0, 0, position) + name
        )
        position += len(header) + len(entry.packed)
        yield header
        yield entry.packed
    listing = b"".join(directory)
    yield listing
    yield _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(listing), position, 0)
