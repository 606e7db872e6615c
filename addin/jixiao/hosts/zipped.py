"""Office files are zip packages: read one without trusting it, and write it back with untouched parts as they were.

Own reader on ``struct`` and ``zlib``: importing ``zipfile`` alone costs as much as reading a form.
"""

import struct
import zlib
from collections.abc import Iterator
from os import PathLike, fspath
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.hosts.parts import Part
from jixiao.hosts.prolog import ODD, Prolog, prolog, utf8
from jixiao.hosts.saving import base_name, read_bytes
from jixiao.wording import files

MOST_ENTRIES = 5_000
MOST_BYTES = 128 * 2**20  # of all parts together, unpacked
MOST_XML = 48 * 2**20  # of one part that is read; the largest in 3,500 files of all kinds of programs has 7 MiB
LONGEST_STRETCH = 3 * 2**20  # of such a part without a tag; a cell holds 32,767 characters
MOST_KEPT = 16 * 2**20  # of unpacked parts, for whoever reads them next
MOST_RATIO = 200  # unpacked to packed; sheets of the worst real workbooks stay below 50
RATIO_MATTERS_FROM = (
    16 * 2**20
)  # below, a part may shrink as much as it likes: one cell holds 32,767 letters, often the same
HEAD, LONGEST_PROLOG = 512, 2**16  # bytes in which the root element of a part begins: nearly always, and at the latest

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
    packed: bytes | memoryview


class Archive:
    """A zip package in memory. Raises Refusal, naming the file, for anything unsafe or damaged."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._unpacked: dict[str, bytes] = {}
        self._kept = 0
        self._tags: dict[str, int] = {}
        self._entries = _Directory(data, name).entries()
        self._refuse_odd_xml()

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
            raise Refusal(
                files.DAMAGED_AT.format(name=self.name, what=files.NO_PART.format(part=files.shortened(part)))
            )
        if part in self._unpacked:
            return self._unpacked[part]
        content = self._inflated(self._entries[part])
        if self._kept + len(content) <= MOST_KEPT:
            self._unpacked[part] = content
            self._kept += len(content)
        return content

    def xml(self, part: str, most_tags: int) -> Part:
        """A part that must be XML. Raises Refusal if it is missing or damaged, or if those asked for have more tags than that."""
        if part in self._entries and self._entries[part].size > MOST_XML:
            raise Part(self.name, part, b"").too_much()
        found = Part(self.name, part, self.read(part))
        try:
            found = found._replace(content=utf8(found.content))
        except ValueError:
            raise found.not_xml() from None
        self._tags[part] = found.content.count(b"<")
        if sum(self._tags.values()) > most_tags or _has_long_stretch(found.content):
            raise found.too_much()
        return found

    def put(self, part: str, content: bytes) -> None:
        """Replace a part in its place, or add it at the end."""
        self._entries[part] = _deflated(content)
        self._unpacked[part] = content

    def copy(self) -> "Archive":
        """The same package; what is put into one of the two is not in the other."""
        other = Archive.__new__(Archive)
        other.name, other._kept = self.name, self._kept
        other._unpacked, other._entries, other._tags = dict(self._unpacked), dict(self._entries), dict(self._tags)
        return other

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
            return bytes(entry.packed[:most])
        if entry.method != _DEFLATED:
            raise Refusal(files.ODD_ZIP.format(name=self.name))
        try:
            # Packed bytes are never twice as many; those left over of a large picture would be copied.
            return zlib.decompressobj(-15).decompress(entry.packed[: 2 * most], most)
        except zlib.error:
            raise Refusal(files.DAMAGED.format(name=self.name)) from None

    def _refuse_odd_xml(self) -> None:
        """A part is XML if it begins like XML, whatever its name: programs that open the file later read it too."""
        for part, entry in self._entries.items():
            start = self._prolog(entry)
            if start is None:
                continue
            if start.encoding is ODD:
                raise Refusal(files.ODD_ENCODING.format(name=self.name, part=files.shortened(part)))
            if start.has_doctype or start.goes_on and entry.size > LONGEST_PROLOG:
                raise Refusal(files.DOCTYPE.format(name=self.name))
            if entry.size <= MOST_XML:
                self.read(part)  # damaged ones are refused at once, those nobody reads too

    def _prolog(self, entry: Entry) -> Prolog | None:
        start = prolog(self._unpack(entry, HEAD))
        return prolog(self._unpack(entry, LONGEST_PROLOG)) if start and start.goes_on else start


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

    def _packed(self, local: int, length: int, raw: bytes) -> memoryview:
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
        return memoryview(self._data)[at : at + length]

    def _decoded(self, raw: bytes, flags: int) -> str:
        try:
            return raw.decode("utf-8" if raw.isascii() or flags & _FLAG_UTF8 else "cp437")
        except UnicodeDecodeError:
            raise self._refusal(files.DAMAGED) from None

    def _refusal(self, sentence: str) -> Refusal:
        return Refusal(sentence.format(name=self._name))


def _is_bomb(entry: Entry) -> bool:
    return entry.size > RATIO_MATTERS_FROM and entry.size > MOST_RATIO * len(entry.packed)


def _has_long_stretch(content: bytes) -> bool:
    """Whether there is no tag for very long: a text no cell holds, or a tag of a million attributes."""
    starts = range(0, len(content) - LONGEST_STRETCH + 1, LONGEST_STRETCH)
    return any(content.find(b"<", start, start + LONGEST_STRETCH) < 0 for start in starts)


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


def _deflated(content: bytes) -> Entry:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    return Entry(_DEFLATED, zlib.crc32(content), len(content), packed)


def _written(entries: dict[str, Entry]) -> Iterator[bytes | memoryview]:
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
