"""Compound files read strictly: what is not exactly as [MS-CFB] asks is refused, since Excel may call such a file damaged."""

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.hosts.vba.compound import (
    BLACK,
    CUTOFF,
    DIFAT,
    END,
    ENTRY,
    FAT,
    FREE,
    HEADER,
    MINI_SECTOR,
    NOTHING,
    RED,
    ROOT,
    ROOT_NAME,
    SECTOR,
    SIGNATURE,
    STORAGE,
    STREAM,
    UNUSED,
    Entry,
    Storage,
    order,
)

_DEEPEST = 64  # far beyond any red-black tree that fits in a file


def read(data: bytes) -> Storage:
    """The streams and storages of a compound file; raises ValueError with the first defect."""
    return _Container(data).root()


def _check(condition: bool, defect: str) -> None:
    if not condition:
        raise ValueError(f"compound file: {defect}")


class _Sectors:
    """The sectors of one allocation table; every sector belongs to one chain."""

    def __init__(self, data: bytes, size: int, following: Sequence[int], table: str) -> None:
        self._data = data
        self._size = size
        self._following = following
        self._table = table
        self._owners: dict[int, str] = {}

    def claim(self, sector: int, owner: str) -> None:
        """Note whose sector this is."""
        _check(sector < len(self._data) // self._size, f"{owner} lies outside of the file")
        _check(sector not in self._owners, f"{owner} uses a sector of {self._owners.get(sector)}")
        self._owners[sector] = owner

    def chain(self, sector: int, owner: str) -> bytes:
        """What the sectors hold that follow each other from this one on."""
        pieces = []
        while sector != END:
            self.claim(sector, owner)
            pieces.append(self._data[sector * self._size : (sector + 1) * self._size])
            sector = self._following[sector]
        return b"".join(pieces)

    def content(self, sector: int, size: int, owner: str) -> bytes:
        """What a chain holds of a stream of this size."""
        held = self.chain(sector, owner)
        _check(len(held) == -(-size // self._size) * self._size, f"{owner} has {len(held)} bytes for a size of {size}")
        return held[:size]

    def check_rest(self) -> None:
        """Every sector without an owner is free."""
        lost = [i for i, following in enumerate(self._following) if following != FREE and i not in self._owners]
        _check(not lost, f"sectors of the {self._table} belong to nothing: {lost[:8]}")


class _Container:
    """A compound file that is being read."""

    def __init__(self, data: bytes) -> None:
        _check(len(data) > SECTOR and len(data) % SECTOR == 0, "the length is not that of whole sectors")
        signature, clsid, _, *fields = HEADER.unpack_from(data)
        _check(signature == SIGNATURE and not any(clsid), "the signature is wrong")
        *fixed, reserved, directory_size, fat_size, directory, _, cutoff, mini_fat, mini_fat_size, difat, difat_size = (
            fields
        )
        _check(fixed == [3, 0xFFFE, 9, 6] and not any(reserved), "the header is not that of version 3")
        _check(directory_size == 0 and cutoff == CUTOFF, "the header is not that of version 3")
        _check(difat == END and difat_size == 0, f"more than {DIFAT} sectors of allocation table are not supported")
        fat = _fat(data, fat_size)
        self._sectors = _Sectors(data[SECTOR:], SECTOR, fat, "allocation table")
        for sector in (i for i, following in enumerate(fat) if following == FAT):
            self._sectors.claim(sector, "the allocation table")
        self._entries = list(_entries(self._sectors.chain(directory, "the directory")))
        _check(bool(self._entries) and self._entries[0].kind == ROOT, "the directory does not start with the root")
        table = self._sectors.chain(mini_fat, "the mini allocation table")
        _check(len(table) == mini_fat_size * SECTOR, "the mini allocation table is not as long as the header says")
        root = self._entries[0]
        mini_stream = self._sectors.content(root.start, root.size, "the mini stream")
        self._mini = _Sectors(mini_stream, MINI_SECTOR, _numbers(table), "mini allocation table")
        self._seen = {0}

    def root(self) -> Storage:
        """All that the file holds."""
        root = self._entries[0]
        _check(root.name == ROOT_NAME and root.left == root.right == NOTHING, "the root is not named or has siblings")
        content = self._storage(root, 0)
        for number, entry in enumerate(self._entries):
            _check(number in self._seen or entry == Entry("", UNUSED, RED), f"{entry.name!r} is in no storage")
        self._sectors.check_rest()
        self._mini.check_rest()
        return content

    def _storage(self, entry: Entry, depth: int) -> Storage:
        if entry.child != NOTHING:
            _check(self._entry(entry.child).color == BLACK, f"the children of {entry.name!r} have a red root")
        children = list(self._children(entry.child, depth + 1))
        for one, next_one in pairwise(children):
            _check(order(one.name) < order(next_one.name), f"{next_one.name!r} is not sorted behind {one.name!r}")
        self._black_height(entry.child)
        return {child.name: self._content(child, depth + 1) for child in children}

    def _content(self, entry: Entry, depth: int) -> bytes | Storage:
        if entry.kind == STORAGE:
            return self._storage(entry, depth)
        _check(entry.kind == STREAM and entry.child == NOTHING, f"{entry.name!r} is neither storage nor stream")
        sectors = self._mini if entry.size < CUTOFF else self._sectors
        return sectors.content(entry.start, entry.size, repr(entry.name))

    def _children(self, number: int, depth: int) -> Iterator[Entry]:
        """The entries of one tree from left to right."""
        if number == NOTHING:
            return
        _check(depth < _DEEPEST, "the directory is deeper than any balanced tree")
        _check(number not in self._seen, "two links of the directory lead to the same entry")
        self._seen.add(number)
        entry = self._entry(number)
        yield from self._children(entry.left, depth + 1)
        yield entry
        yield from self._children(entry.right, depth + 1)

    def _black_height(self, number: int) -> int:
        """How many black entries stand on every path down from here."""
        if number == NOTHING:
            return 0
        entry = self._entry(number)
        below = {self._black_height(entry.left), self._black_height(entry.right)}
        _check(len(below) == 1, f"the paths below {entry.name!r} are not equally black")
        children = [self._entry(child) for child in (entry.left, entry.right) if child != NOTHING]
        _check(
            entry.color == BLACK or all(child.color == BLACK for child in children), f"{entry.name!r} is red below red"
        )
        return below.pop() + entry.color

    def _entry(self, number: int) -> Entry:
        _check(number < len(self._entries), "a link leads out of the directory")
        return self._entries[number]


def _fat(data: bytes, size: int) -> list[int]:
    """The allocation table, put together from the sectors that the header names."""
    named = [i for i in struct.unpack_from(f"<{DIFAT}I", data, HEADER.size) if i != FREE]
    last = len(data) // SECTOR - 1
    _check(len(named) == size and all(sector < last for sector in named), "the header names wrong allocation sectors")
    table = _numbers(b"".join(data[(i + 1) * SECTOR : (i + 2) * SECTOR] for i in named))
    marked = [i for i, following in enumerate(table) if following == FAT]
    _check(marked == sorted(named), "the allocation table does not mark its own sectors")
    _check(len(table) >= last, "the allocation table is too short for the file")
    return table


def _numbers(table: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(table) // 4}I", table))


def _entries(directory: bytes) -> Iterator[Entry]:
    for fields in ENTRY.iter_unpack(directory):
        name, length, kind, color, left, right, child, _, _, _, _, start, size = fields
        _check(color in {RED, BLACK}, "a directory entry is neither red nor black")
        yield Entry(_name(name, length), kind, color, left, right, child, start, size)


def _name(field: bytes, length: int) -> str:
    _check(
        length % 2 == 0 and length <= len(field) and not any(field[length:]), "the name of an entry has a wrong length"
    )
    name = field[:length].decode("utf-16-le")
    _check(not name or (name.endswith("\0") and name.count("\0") == 1), "the name of an entry does not end")
    return name[:-1]
