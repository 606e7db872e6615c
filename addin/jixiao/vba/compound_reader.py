"""Compound files read strictly: what Excel itself would not write is refused, since it may call such a file damaged. [MS-CFB]"""

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise

from jixiao.vba import compound
from jixiao.vba.compound import BLACK, END, ENTRY, FAT, FREE, HEADER, NOTHING, RED, SECTOR, Entry, Storage

_DEEPEST = 64  # far beyond any balanced tree that fits into a file


def read(data: bytes) -> Storage:
    """The streams and storages of a compound file; raises ValueError with the first defect.

    Every sector belongs to one chain or is free, sizes agree with chains, and the directory holds red-black trees.
    """
    fat_size, first_directory, first_mini_fat, mini_fat_size = _header(data)
    sectors = _Sectors("allocation table", data[SECTOR:], SECTOR, _fat(data, fat_size))
    entries = list(_entries(sectors.chain(first_directory, "the directory")))
    root = entries[0]._replace(color=BLACK, child=NOTHING, start=0, size=0)
    _check(root == Entry(compound.ROOT_NAME, compound.ROOT), "the directory does not start with its root")
    mini_fat = sectors.content(first_mini_fat, mini_fat_size * SECTOR, "the mini allocation table")
    mini_stream = sectors.content(entries[0].start, entries[0].size, "the mini stream")
    mini = _Sectors("mini allocation table", mini_stream, compound.MINI_SECTOR, _numbers(mini_fat))
    content = _Directory(entries, sectors, mini).content()
    sectors.check_rest()
    mini.check_rest()
    return content


def _check(condition: bool, defect: str) -> None:
    if not condition:
        raise ValueError(f"compound file: {defect}")


def _header(data: bytes) -> tuple[int, int, int, int]:
    """Number of FAT sectors, first directory sector, first sector and number of sectors of the mini FAT."""
    _check(len(data) > SECTOR and len(data) % SECTOR == 0, "the length is not that of whole sectors")
    *head, fat_size, directory, unused, cutoff, mini_fat, mini_fat_size, difat, difat_size = HEADER.unpack_from(data)
    _check((*head, unused, cutoff) == (*compound.VERSION_3, 0, compound.CUTOFF), "the header is not that of version 3")
    _check((difat, difat_size) == (END, 0), f"more than {compound.DIFAT} sectors of allocation table are not supported")
    return fat_size, directory, mini_fat, mini_fat_size


def _fat(data: bytes, size: int) -> list[int]:
    """The allocation table, put together from the sectors that the header names."""
    named = [sector for sector in struct.unpack_from(f"<{compound.DIFAT}I", data, HEADER.size) if sector != FREE]
    count = len(data) // SECTOR - 1
    _check(
        len(named) == size and max(named, default=count) < count, "the header names wrong sectors as allocation table"
    )
    table = _numbers(b"".join(data[(sector + 1) * SECTOR : (sector + 2) * SECTOR] for sector in named))
    marked = [sector for sector, following in enumerate(table) if following == FAT]
    _check(marked == sorted(named), "the allocation table does not mark its own sectors")
    _check(len(table) >= count, "the allocation table is too short for the file")
    return table


def _numbers(table: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(table) // 4}I", table))


class _Sectors:
    """The sectors of one allocation table; each belongs to one chain."""

    def __init__(self, table: str, data: bytes, size: int, following: Sequence[int]) -> None:
        self._table = table
        self._data = data
        self._size = size
        self._following = following
        self._count, rest = divmod(len(data), size)
        self._owners = {sector: f"the {table}" for sector, mark in enumerate(following) if mark == FAT}
        _check(rest == 0, f"what the {table} covers has no whole sectors")
        _check(self._count <= len(following), f"the {table} is too short")

    def chain(self, sector: int, owner: str) -> bytes:
        """What the sectors hold that follow each other from this one on."""
        pieces = []
        while sector != END:
            _check(sector < self._count, f"the sectors of {owner} lead out of the file")
            _check(sector not in self._owners, f"{owner} uses a sector of {self._owners.get(sector)}")
            self._owners[sector] = owner
            pieces.append(self._data[sector * self._size : (sector + 1) * self._size])
            sector = self._following[sector]
        return b"".join(pieces)

    def content(self, sector: int, size: int, owner: str) -> bytes:
        """What the chain of a stream of this size holds."""
        held = self.chain(sector, owner)
        _check(
            len(held) == -(-size // self._size) * self._size, f"{owner} has sectors for {len(held)} bytes, not {size}"
        )
        return held[:size]

    def check_rest(self) -> None:
        """All other sectors are free."""
        used = {sector for sector, following in enumerate(self._following) if following != FREE}
        _check(used == self._owners.keys(), f"sectors of the {self._table} belong to nothing")


def _entries(directory: bytes) -> Iterator[Entry]:
    _check(bool(directory), "there is no directory")
    for fields in ENTRY.iter_unpack(directory):
        name, length, kind, color, left, right, child, _, _, _, _, start, size = fields
        _check(color in {RED, BLACK}, "an entry of the directory is neither red nor black")
        yield Entry(_name(name, length), kind, color, left, right, child, start, size)


def _name(field: bytes, length: int) -> str:
    name, end, rest = field[:length].decode("utf-16-le", "replace").partition("\0")
    ended = len(name + end) * 2 == length and not rest and not any(field[length:]) and bool(name) == bool(end)
    _check(ended, "the name of an entry does not end where it says")
    return name


class _Directory:
    """The entries, followed from the root down."""

    def __init__(self, entries: Sequence[Entry], sectors: _Sectors, mini: _Sectors) -> None:
        self._entries = entries
        self._sectors = sectors
        self._mini = mini
        self._seen = {0}

    def content(self) -> Storage:
        """All that the file holds."""
        content = self._storage(self._entries[0], 0)
        unused = Entry("", compound.UNUSED, RED)
        for number, entry in enumerate(self._entries):
            _check(number in self._seen or entry == unused, f"{entry.name!r} is in no storage")
        return content

    def _storage(self, entry: Entry, depth: int) -> Storage:
        children = list(self._tree(entry.child, RED, depth + 1))
        for one, following in pairwise(children):
            sorted_names = compound.order(one.name) < compound.order(following.name)
            _check(sorted_names, f"{one.name!r} does not belong before {following.name!r}")
        self._black_height(entry.child)
        return {child.name: self._child(child, depth + 1) for child in children}

    def _child(self, entry: Entry, depth: int) -> bytes | Storage:
        if entry.kind == compound.STORAGE:
            _check((entry.start, entry.size) == (0, 0), f"the storage {entry.name!r} has sectors")
            return self._storage(entry, depth)
        stream = entry.kind == compound.STREAM and entry.child == NOTHING
        _check(stream, f"{entry.name!r} is neither storage nor stream")
        sectors = self._mini if entry.size < compound.CUTOFF else self._sectors
        return sectors.content(entry.start, entry.size, repr(entry.name))

    def _tree(self, number: int, above: int, depth: int) -> Iterator[Entry]:
        """The entries of a tree from left to right; ``above`` is the color of the entry above, red for none."""
        if number == NOTHING:
            return
        _check(number < len(self._entries), "a link leads out of the directory")
        _check(number not in self._seen, "two links of the directory lead to the same entry")
        _check(depth < _DEEPEST, "the directory is deeper than any balanced tree")
        self._seen.add(number)
        entry = self._entries[number]
        _check(BLACK in {entry.color, above}, f"{entry.name!r} is red below red or at the top")
        yield from self._tree(entry.left, entry.color, depth + 1)
        yield entry
        yield from self._tree(entry.right, entry.color, depth + 1)

    def _black_height(self, number: int) -> int:
        """How many black entries stand on every path down from here."""
        if number == NOTHING:
            return 0
        entry = self._entries[number]
        left, right = self._black_height(entry.left), self._black_height(entry.right)
        _check(left == right, f"the paths below {entry.name!r} are not equally black")
        return left + entry.color
