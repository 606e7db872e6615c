"""Compound files: ours in other readers, others' and broken ones in ours."""

import io
import struct
from collections.abc import Callable, Iterator, Mapping

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from vba_samples import BY_EXCEL, BY_OTHERS, bin_of

from jixiao.vba import compound_reader
from jixiao.vba.compound import Storage, write
from jixiao.vba.compound_reader import read

NAMES = st.text("aBcXyZ_019 绩效é", min_size=1, max_size=31)
SIZES = st.sampled_from([0, 1, 63, 64, 65, 511, 512, 4095, 4096, 4097, 5000])
STREAMS = SIZES.map(lambda size: bytes(i * 7 % 256 for i in range(size)))
TREES = st.recursive(
    st.dictionaries(NAMES, STREAMS, max_size=6),
    lambda storages: st.dictionaries(NAMES, STREAMS | storages, max_size=5),
    max_leaves=12,
).filter(lambda tree: distinct(tree))


def distinct(storage: Storage) -> bool:
    inner = (content for content in storage.values() if isinstance(content, Mapping))
    return len({name.upper() for name in storage}) == len(storage) and all(map(distinct, inner))


def flat(storage: Storage, path: str = "") -> Iterator[tuple[str, bytes]]:
    for name, content in storage.items():
        if isinstance(content, bytes):
            yield path + name, content
        else:
            yield from flat(content, f"{path}{name}/")


def opened(data: bytes) -> olefile.OleFileIO:
    return olefile.OleFileIO(io.BytesIO(data), raise_defects=olefile.DEFECT_POTENTIAL)


@given(TREES)
def test_everything_comes_back(tree: Storage) -> None:
    assert read(write(tree)) == tree


@given(TREES)
def test_olefile_reads_the_same_streams_and_finds_no_defect(tree: Storage) -> None:
    file = opened(write(tree))
    assert {"/".join(path): file.openstream(path).read() for path in file.listdir()} == dict(flat(tree))
    assert file.parsing_issues == []


@pytest.mark.parametrize("count", [*range(34), 63, 64, 255, 300])
def test_directories_are_red_black_trees(count: int) -> None:
    file = opened(write({f"Sheet{i}": b"" for i in range(count)}))
    entries = file.direntries
    assert entries[0] is not None

    def look(number: int, above: int) -> tuple[int, int]:
        """Number and black height of the entries from here down."""
        if number == olefile.NOSTREAM:
            return 0, 0
        entry = entries[number]
        assert not entry.color == above == 0, "red below red"
        (left, left_height), (right, right_height) = (
            look(entry.sid_left, entry.color),
            look(entry.sid_right, entry.color),
        )
        assert left_height == right_height
        return left + right + 1, left_height + entry.color

    number, _ = look(file.root.sid_child, above=0)
    assert number == count


def test_siblings_are_sorted_by_length_then_by_capitals() -> None:
    names = ["b", "A", "ß", "a2", "dir", "_VBA_PROJECT", "Z", "Sheet1", "sheet0"]  # ß has no capital of one letter
    expected = ["A", "b", "Z", "ß", "a2", "dir", "sheet0", "Sheet1", "_VBA_PROJECT"]
    assert list(read(write(dict.fromkeys(names, b"")))) == expected


def test_two_writings_are_identical() -> None:
    tree = {"VBA": {"dir": b"1" * 5000, "Module1": b"2"}, "PROJECT": b"3"}
    assert write(tree) == write(tree)


def test_files_up_to_the_last_allocation_sector_of_the_header_are_written() -> None:
    most = 109 * 127 - 1  # one sector is the directory
    data = write({"a": bytes(most * 512)})
    assert len(read(data)["a"]) == most * 512
    assert opened(data).get_size("a") == most * 512
    with pytest.raises(ValueError, match="7 MB"):
        write({"a": bytes((most + 1) * 512)})


@pytest.mark.parametrize("names", [["a" * 32], [""], ["a/b"], ["a:b"], ["Dir", "dIR"], ["É", "é"]])
def test_names_without_a_place_are_refused(names: list[str]) -> None:
    with pytest.raises(ValueError, match="name"):
        write(dict.fromkeys(names, b""))


# ---------------------------------------------------------------- others' files


@pytest.mark.parametrize("package", BY_EXCEL, ids=lambda package: package.name)
def test_files_of_excel_are_read(package) -> None:
    data = bin_of(package)
    file = opened(data)
    assert dict(flat(read(data))) == {"/".join(path): file.openstream(path).read() for path in file.listdir()}


@pytest.mark.parametrize("package", BY_OTHERS, ids=lambda package: package.name)
def test_a_directory_that_is_a_chain_is_refused(package) -> None:
    data = bytearray(bin_of(package))
    data[24:26] = 0x3E, 0  # as if written by a current version, so that the reader goes on
    with pytest.raises(ValueError, match="not equally black"):
        read(bytes(data))


# ---------------------------------------------------------------- defects

SAMPLE = {
    "VBA": {"Big": b"B" * 5000, "Huge": b"H" * 4096, "Mid": b"M" * 150, "Min": b"m" * 65, "One": b"1"},
    "PROJECT": b"P" * 1020,
    "PROJECTwm": b"W" * 70,
}


class Broken:
    """A compound file to be damaged: fields of the header, tables and entries by name."""

    def __init__(self) -> None:
        self.data = bytearray(write(SAMPLE))
        fat, directory, mini_fat = (struct.unpack_from("<I", self.data, offset)[0] for offset in (76, 48, 60))
        self.fat, self.directory, self.mini_fat = (512 + 512 * sector for sector in (fat, directory, mini_fat))
        names = (self.entry_name(i) for i in range((fat - directory) * 4))
        self.numbers = {name: i for i, name in enumerate(names) if name}

    def entry_name(self, number: int) -> str:
        field = self.data[self.directory + number * 128 :][:64]
        return field.decode("utf-16-le").rstrip("\0")

    def put(self, offset: int, number: int, form: str = "<I") -> None:
        struct.pack_into(form, self.data, offset, number)

    def entry(self, name: str, offset: int, number: int, form: str = "<I") -> None:
        self.put(self.directory + self.numbers[name] * 128 + offset, number, form)

    def start(self, name: str) -> int:
        return int(struct.unpack_from("<I", self.data, self.directory + self.numbers[name] * 128 + 116)[0])

    def follow(self, name: str, following: int) -> None:
        """Let the first sector of a stream be followed by this one."""
        self.put((self.fat if name in {"Big", "Huge"} else self.mini_fat) + 4 * self.start(name), following)


LEFT, RIGHT, CHILD, START, SIZE, KIND, COLOR, NAME_SIZE = 68, 72, 76, 116, 120, 66, 67, 64
END, FREE, NOTHING = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFF

DEFECTS: dict[str, tuple[Callable[[Broken], object], str]] = {
    "empty": (lambda file: file.data.clear(), "whole sectors"),
    "one byte short": (lambda file: file.data.pop(), "whole sectors"),
    "one sector short": (lambda file: file.data.__delitem__(slice(-512, None)), "names wrong sectors"),
    "one sector long": (lambda file: file.data.extend(bytes(127 * 512)), "too short for the file"),
    "signature": (lambda file: file.put(0, 0), "header is not that of version 3"),
    "version 4": (lambda file: file.put(26, 4, "<H"), "header is not that of version 3"),
    "cutoff": (lambda file: file.put(56, 512), "header is not that of version 3"),
    "another table sector": (lambda file: file.put(76, 0), "does not mark its own sectors"),
    "two table sectors": (lambda file: file.put(44, 2), "names wrong sectors"),
    "more tables": (lambda file: file.put(68, 3), "more than 109"),
    "no directory": (lambda file: file.put(48, END), "no directory"),
    "directory elsewhere": (lambda file: file.put(48, 0), "end where it says|neither red nor black"),
    "mini table is longer": (lambda file: file.put(64, 2), "mini allocation table has sectors for 512 bytes, not 1024"),
    "chain in a circle": (lambda file: file.follow("Big", file.start("Big")), "'Big' uses a sector of 'Big'"),
    "chain cut": (lambda file: file.follow("Big", END), "'Big' has sectors for 512 bytes, not 5000"),
    "chain crosses": (lambda file: file.follow("Big", file.start("Huge")), "sectors for 4608 bytes, not 5000"),
    "two chains join": (
        lambda file: file.follow("Huge", file.start("Big") + 2),
        "'(Big|Huge)' uses a sector of '(Big|Huge)'",
    ),
    "chain leads out": (lambda file: file.follow("Big", 1000), "lead out of the file"),
    "chain leads just out": (lambda file: file.follow("Big", len(file.data) // 512 - 1), "lead out of the file"),
    "chain ends in a free sector": (lambda file: file.follow("Big", FREE), "lead out of the file"),
    "chain meets the table": (lambda file: file.follow("Huge", (file.fat - 512) // 512), "of the allocation table"),
    "orphan behind the end": (lambda file: file.put(file.fat + 508, END), "belong to nothing"),
    "mini chain in a circle": (lambda file: file.follow("Mid", file.start("Mid")), "'Mid' uses a sector of 'Mid'"),
    "mini chain cut": (lambda file: file.follow("Mid", END), "'Mid' has sectors for 64 bytes, not 150"),
    "mini chain crosses": (lambda file: file.follow("Mid", file.start("Min")), "'Min' uses a sector of 'Mid'"),
    "mini orphan": (lambda file: file.put(file.mini_fat + 508, END), "mini allocation table belong to nothing"),
    "mini stream is shorter": (lambda file: file.entry("Root Entry", SIZE, 640), "mini stream has sectors for"),
    "mini stream has a half sector": (lambda file: file.entry("Root Entry", SIZE, 1504), "has no whole sectors"),
    "mini table is too short": (
        lambda file: (file.put(64, 0), file.put(60, END)),
        "mini allocation table is too short",
    ),
    "stream elsewhere": (lambda file: file.entry("One", START, file.start("Mid")), "uses a sector of|has sectors for"),
    "stream is shorter": (lambda file: file.entry("Big", SIZE, 4200), "'Big' has sectors for 5120 bytes, not 4200"),
    "stream is longer": (lambda file: file.entry("One", SIZE, 65), "'One' has sectors for 64 bytes, not 65"),
    "stream is huge": (lambda file: file.entry("One", SIZE + 4, 1), "uses a sector|lead out|has sectors"),
    "storage has sectors": (lambda file: file.entry("VBA", START, END), "the storage 'VBA' has sectors"),
    "stream has children": (lambda file: file.entry("Big", CHILD, 1), "neither storage nor stream"),
    "unknown kind": (lambda file: file.entry("Big", KIND, 3, "B"), "neither storage nor stream"),
    "second root": (lambda file: file.entry("Big", KIND, 5, "B"), "neither storage nor stream"),
    "root is a storage": (lambda file: file.entry("Root Entry", KIND, 1, "B"), "start with its root"),
    "root has a sibling": (lambda file: file.entry("Root Entry", LEFT, 1), "start with its root"),
    "root is named otherwise": (lambda file: file.entry("Root Entry", 0, ord("r"), "<H"), "start with its root"),
    "child is lost": (lambda file: file.entry("VBA", CHILD, NOTHING), "is in no storage"),
    "link leads out": (lambda file: file.entry("PROJECT", LEFT, 77), "leads out of the directory"),
    "link leads just out": (
        lambda file: file.entry("PROJECT", LEFT, (file.fat - file.directory) // 128),
        "leads out of the directory",
    ),
    "link to the root": (lambda file: file.entry("PROJECT", LEFT, 0), "lead to the same entry"),
    "link to itself": (lambda file: file.entry("VBA", CHILD, file.numbers["VBA"]), "lead to the same entry"),
    "link to an unused entry": (lambda file: file.entry("One", LEFT, 9), "red below red|not equally black"),
    "siblings swapped": (
        lambda file: (
            file.entry("PROJECT", LEFT, file.numbers["PROJECTwm"]),
            file.entry("PROJECT", RIGHT, file.numbers["VBA"]),
        ),
        "does not belong before",
    ),
    "same names": (lambda file: file.entry("Mid", 4, ord("N"), "<H"), "does not belong before"),
    "red root of a tree": (lambda file: file.entry("PROJECT", COLOR, 0, "B"), "red below red or at the top"),
    "red leaf in black": (lambda file: file.entry("VBA", COLOR, 0, "B"), "not equally black"),
    "third color": (lambda file: file.entry("VBA", COLOR, 2, "B"), "neither red nor black"),
    "name is longer": (lambda file: file.entry("Big", NAME_SIZE, 10, "<H"), "name of an entry does not end"),
    "unused entry has an empty name": (
        lambda file: file.put(file.fat - 128 + NAME_SIZE, 2, "<H"),
        "name of an entry does not end",
    ),
    "name is shorter": (lambda file: file.entry("Big", NAME_SIZE, 6, "<H"), "name of an entry does not end"),
    "name has an odd size": (lambda file: file.entry("Big", NAME_SIZE, 7, "<H"), "name of an entry does not end"),
    "name leaves its field": (lambda file: file.entry("Big", NAME_SIZE, 66, "<H"), "name of an entry does not end"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_defects_are_found_and_told(name: str) -> None:
    damage, told = DEFECTS[name]
    file = Broken()
    assert read(bytes(file.data)) == SAMPLE
    damage(file)
    with pytest.raises(ValueError, match=f"^compound file: .*(?:{told})"):
        read(bytes(file.data))


UNREAD = range(80, 116)  # of an entry: class, state bits and times


def structure() -> list[int]:
    """The offsets of all bytes that tell where something is."""
    file = Broken()
    entries = range(file.directory, file.fat)
    tables = [*range(512), *range(file.fat, file.fat + 512), *range(file.mini_fat, file.mini_fat + 512)]
    told = (offset for offset in entries if (offset - file.directory) % 128 not in UNREAD)
    return [*tables, *(offset for offset in told if offset != file.directory + COLOR)]  # the root's color says nothing


def test_no_byte_of_the_structure_can_change_unnoticed() -> None:
    data = write(SAMPLE)
    for offset in structure():
        changed = bytearray(data)
        changed[offset] ^= 0x01
        assert unlike(bytes(changed)), f"byte {offset}"


def unlike(data: bytes) -> bool:
    """Whether the reader refuses this file, or at least reads something else from it."""
    try:
        return read(data) != SAMPLE
    except ValueError as error:
        return str(error).startswith("compound file: ")


@settings(max_examples=300)
@given(st.lists(st.tuples(st.integers(0, len(write(SAMPLE)) - 1), st.integers(0, 255)), min_size=1, max_size=5))
def test_whatever_is_changed_the_reader_reads_or_tells(changes: list[tuple[int, int]]) -> None:
    data = bytearray(write(SAMPLE))
    for offset, byte in changes:
        data[offset] = byte
    try:
        read(bytes(data))
    except ValueError as error:
        assert str(error).startswith("compound file: ")


def test_a_directory_like_a_thread_is_refused_before_it_exhausts_the_stack() -> None:
    count = 3000
    file = bytearray(write({f"{i:04}": b"" for i in range(count)}))
    (directory,) = struct.unpack_from("<I", file, 48)
    for i in range(count):
        offset = 512 + 512 * directory + 128 * (i + 1)
        struct.pack_into("<BII", file, offset + 67, 1, NOTHING, i + 2 if i + 1 < count else NOTHING)
    struct.pack_into("<I", file, 512 + 512 * directory + 76, 1)
    with pytest.raises(ValueError, match="deeper than any balanced tree"):
        compound_reader.read(bytes(file))
