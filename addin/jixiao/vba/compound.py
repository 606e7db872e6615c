"""Compound files, version 3: storages and streams in sectors of 512 bytes, small streams in sectors of 64. [MS-CFB]"""

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

Storage = Mapping[str, "bytes | Storage"]
"""What a storage holds by name: streams are bytes, storages are mappings."""

HEADER = struct.Struct("<8s16sHHHHH6sIIIIIIIII")
VERSION_3 = bytes.fromhex("D0CF11E0A1B11AE1"), bytes(16), 0x3E, 3, 0xFFFE, 9, 6, bytes(6), 0
"""How the header starts: signature, class, versions, byte order, sizes of sectors as powers of two, two unused fields."""

ENTRY = struct.Struct("<64sHBBIII16sIQQIQ")
SECTOR, MINI_SECTOR, CUTOFF = 512, 64, 4096
PER_SECTOR = SECTOR // 4  # entries of an allocation table
DIFAT = 109  # FAT sectors the header can name
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOTHING = 0xFFFFFFFF
UNUSED, STORAGE, STREAM, ROOT = 0, 1, 2, 5
RED, BLACK = 0, 1
ROOT_NAME = "Root Entry"
LONGEST_NAME = 31


class Entry(NamedTuple):
    """A directory entry, with the place in the tree of its siblings."""

    name: str
    kind: int
    color: int = BLACK
    left: int = NOTHING
    right: int = NOTHING
    child: int = NOTHING
    start: int = 0
    size: int = 0


def order(name: str) -> tuple[int, str]:
    """What siblings are sorted by: the length of the name in UTF-16, then its capitals."""
    capitals = (letter.upper() for letter in name)
    text = "".join(capital if len(capital) == 1 else letter for letter, capital in zip(name, capitals, strict=True))
    return len(name.encode("utf-16-le")), text


def write(root: Storage) -> bytes:
    """A compound file with these streams and storages; raises ValueError for names and sizes the format has no place for."""
    directory = _Directory()
    directory.add(Entry(ROOT_NAME, ROOT), root)
    sectors = _Sectors(SECTOR)
    mini = _Sectors(MINI_SECTOR)
    for i, content in directory.streams.items():
        start = (mini if len(content) < CUTOFF else sectors).put(content)
        directory.entries[i] = directory.entries[i]._replace(start=start, size=len(content))
    start = sectors.put(bytes(mini.data))
    directory.entries[0] = directory.entries[0]._replace(start=start, size=len(mini.data))
    mini_fat = _table(mini.following)
    first_mini_fat = sectors.put(mini_fat)
    first_directory = sectors.put(directory.packed())
    return _header(sectors, first_directory, first_mini_fat, len(mini_fat) // SECTOR) + sectors.data + _fat(sectors)


class _Sectors:
    """Contents one behind the other, and for every sector the one that follows it."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.data = bytearray()
        self.following: list[int] = []

    def put(self, content: bytes) -> int:
        """Store a content; returns its first sector."""
        if not content:
            return END
        first, count = len(self.following), _ceil(len(content), self.size)
        self.following += [*range(first + 1, first + count), END]
        self.data += content.ljust(count * self.size, b"\0")
        return first


class _Directory:
    """The entries; a storage's children form a red-black tree."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.streams: dict[int, bytes] = {}

    def add(self, entry: Entry, content: "bytes | Storage") -> int:
        """Enter a stream, or a storage with all that it holds; returns the number of its entry."""
        number = len(self.entries)
        self.entries.append(entry)
        if isinstance(content, bytes):
            self.streams[number] = content
        else:
            self.entries[number] = entry._replace(child=self._children(content))
        return number

    def _children(self, storage: Storage) -> int:
        names = sorted(storage, key=order)
        _check_names(names)
        kinds = {name: STREAM if isinstance(storage[name], bytes) else STORAGE for name in names}
        numbers = [self.add(Entry(name, kinds[name]), storage[name]) for name in names]
        levels = len(numbers).bit_length()
        full = len(numbers) == (1 << levels) - 1
        return self._tree(numbers, levels, BLACK if full else RED)

    def _tree(self, numbers: Sequence[int], levels: int, last: int) -> int:
        """Link sorted siblings as a balanced tree; returns its root.

        All levels but the last are full. ``last`` is the color of the last level: red if it is incomplete, so that every path
        meets as many black entries.
        """
        if not numbers:
            return NOTHING
        middle = len(numbers) // 2
        number = numbers[middle]
        left = self._tree(numbers[:middle], levels - 1, last)
        right = self._tree(numbers[middle + 1 :], levels - 1, last)
        color = last if levels == 1 else BLACK
        self.entries[number] = self.entries[number]._replace(color=color, left=left, right=right)
        return number

    def packed(self) -> bytes:
        """All entries, filled up to whole sectors with unused ones."""
        unused = -len(self.entries) % (SECTOR // ENTRY.size)
        return b"".join(map(_packed, (*self.entries, *[Entry("", UNUSED, color=RED)] * unused)))


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        length, _ = order(name)
        if not 0 < length // 2 <= LONGEST_NAME or set(name) & set("/\\:!"):
            raise ValueError(f"a compound file has no place for the name {name!r}")
    if len({order(name) for name in names}) < len(names):
        raise ValueError("two names in a storage differ in nothing but capitals")


def _packed(entry: Entry) -> bytes:
    name = (entry.name + "\0").encode("utf-16-le") if entry.name else b""
    links = entry.left, entry.right, entry.child
    return ENTRY.pack(name, len(name), entry.kind, entry.color, *links, b"", 0, 0, 0, entry.start, entry.size)


def _fat(sectors: _Sectors) -> bytes:
    """The allocation table, which lies behind everything else and names itself, too."""
    return _table([*sectors.following, *[FAT] * _fat_size(sectors)])


def _fat_size(sectors: _Sectors) -> int:
    return _ceil(len(sectors.following), PER_SECTOR - 1)


def _table(following: Sequence[int]) -> bytes:
    rest = -len(following) % PER_SECTOR
    return struct.pack(f"<{len(following) + rest}I", *following, *[FREE] * rest)


def _header(sectors: _Sectors, first_directory: int, first_mini_fat: int, mini_fat_size: int) -> bytes:
    first, count = len(sectors.following), _fat_size(sectors)
    if count > DIFAT:
        raise ValueError(f"more than {DIFAT} sectors of allocation table (about 7 MB) are not supported")
    mini_fat = first_mini_fat, mini_fat_size
    head = HEADER.pack(*VERSION_3, count, first_directory, 0, CUTOFF, *mini_fat, END, 0)
    return head + struct.pack(f"<{DIFAT}I", *range(first, first + count), *[FREE] * (DIFAT - count))


def _ceil(count: int, size: int) -> int:
    return -(-count // size)
