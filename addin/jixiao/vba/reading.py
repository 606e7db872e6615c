"""A vbaProject.bin read back strictly: of the kind this package writes, without any defect."""

import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from jixiao.vba import compound_reader
from jixiao.vba.compound import Storage
from jixiao.vba.compression import decompress
from jixiao.vba.encryption import decrypt
from jixiao.vba.project import CODE_PAGE, HOST_EXTENDER, NO_CACHES, NO_PASSWORD, UNPROTECTED, VISIBLE


def sources(data: bytes) -> dict[str, str]:
    """The source of every module by its name, in the order of the project; lines end with CRLF.

    Raises ValueError with the first defect: of the compound file, of the records of the dir stream, of PROJECT and PROJECTwm,
    of the sources, or between them. A project with caches, as Excel saves it, is refused.
    """
    root = compound_reader.read(data)
    _check(root.keys() == {"VBA", "PROJECT", "PROJECTwm"}, f"the project holds {sorted(root)}")
    vba = _storage(root, "VBA")
    _check(_stream(vba, "_VBA_PROJECT") == NO_CACHES, "the project has compiled code or another version")
    listed = _Records(_expanded(vba, "dir")).project()
    names = [module.name for module in listed.modules]
    _check(
        sorted(vba) == sorted((*names, "dir", "_VBA_PROJECT")), f"the streams {sorted(vba)} are not those of {names}"
    )
    _check_project(_ascii(_stream(root, "PROJECT"), "PROJECT"), listed)
    _check_project_wm(_stream(root, "PROJECTwm"), names)
    return {name: _source(name, _expanded(vba, name)) for name in names}


def _check(condition: bool, defect: str) -> None:
    if not condition:
        raise ValueError(f"VBA project: {defect}")


def _storage(parent: Storage, name: str) -> Storage:
    content = parent.get(name)
    if not isinstance(content, Mapping):
        raise ValueError(f"VBA project: {name} is not a storage")
    return content


def _stream(parent: Storage, name: str) -> bytes:
    content = parent.get(name)
    if not isinstance(content, bytes):
        raise ValueError(f"VBA project: {name} is not a stream")
    return content


def _expanded(parent: Storage, name: str) -> bytes:
    stream = _stream(parent, name)
    with _defects_of(name):
        return decompress(stream)


@contextmanager
def _defects_of(part: str) -> Iterator[None]:
    """Tell what part of the project a defect is of."""
    try:
        yield
    except ValueError as error:
        raise ValueError(f"VBA project: {part}: {error}") from None


def _source(name: str, data: bytes) -> str:
    text = _ascii(data, f"the source of {name}")
    lines = text.split("\r\n")
    _check(lines[0] == f'Attribute VB_Name = "{name}"', f"the source of {name} does not start with its name")
    _check(lines[-1] == "" and not set("\r\n") & set("".join(lines)), f"lines of {name} do not end with CRLF")
    return text


# ---------------------------------------------------------------- dir


class _Listed(NamedTuple):
    """A module of the dir stream."""

    name: str
    procedural: bool


class _Project(NamedTuple):
    """What the dir stream tells."""

    name: str
    modules: list[_Listed]


class _Records:
    """The records of the dir stream, taken one after the other."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._position = 0

    def project(self) -> _Project:
        """All records, in the one order they may have."""
        for identifier, value in ((0x01, 3), (0x02, 0x409), (0x14, 0x409), (0x03, CODE_PAGE)):
            self._number(identifier, value)
        name = _ascii(self._take(0x04), "the name of the project")
        self._empty(0x05, 0x40, 0x06, 0x3D)
        self._number(0x07, 0)
        self._number(0x08, 0)
        self._version()
        self._empty(0x0C, 0x3C)
        while self._next() == 0x16:
            self._reference()
        count = int.from_bytes(self._take(0x0F, 2), "little")
        self._number(0x13, 0xFFFF)
        modules = [self._module() for _ in range(count)]
        self._empty(0x10)
        _check(self._position == len(self._data), "the dir stream goes on behind its end")
        return _Project(name, modules)

    def _module(self) -> _Listed:
        name = self._name(0x19, 0x47)
        _check(self._name(0x1A, 0x32) == name, f"the stream of {name} has another name")
        self._empty(0x1C, 0x48)
        self._number(0x31, 0)
        self._number(0x1E, 0)
        self._number(0x2C, 0xFFFF)
        procedural = self._next() == 0x21
        self._empty(0x21 if procedural else 0x22)
        if self._next() == 0x28:
            self._empty(0x28)
        self._empty(0x2B)
        return _Listed(name, procedural)

    def _reference(self) -> None:
        name = self._name(0x16, 0x3E)
        data = self._take(0x0D)
        _check(
            data[:4] == struct.pack("<I", len(data) - 10) and data[-6:] == bytes(6), f"the reference {name} is broken"
        )

    def _name(self, identifier: int, wide: int) -> str:
        name = _ascii(self._take(identifier), "a name in the dir stream")
        _check(self._take(wide) == name.encode("utf-16-le"), f"{name} has another name in UTF-16")
        return name

    def _number(self, identifier: int, value: int) -> None:
        data = self._take(identifier)
        found = int.from_bytes(data, "little")
        size = 2 if identifier in {0x03, 0x13, 0x2C} else 4
        _check(len(data) == size and found == value, f"the record {identifier:02X} is {found}, expected: {value}")

    def _empty(self, *identifiers: int) -> None:
        for identifier in identifiers:
            self._take(identifier, 0)

    def _version(self) -> None:
        """The one record that is longer than it says: four bytes for the major version, then two for the minor one."""
        self._take(0x09, 4)
        _check(self._data[self._position :][:2] == bytes(2), "the dir stream ends in the middle")
        self._position += 2

    def _next(self) -> int:
        return int.from_bytes(self._data[self._position :][:2], "little")

    def _take(self, identifier: int, size: int | None = None) -> bytes:
        """The data of the next record, which must be this one."""
        found, start = self._next(), self._position + 6
        length = int.from_bytes(self._data[start - 4 : start], "little")
        _check(found == identifier, f"the dir stream has the record {found:02X} where {identifier:02X} belongs")
        _check(start + length <= len(self._data), "the dir stream ends in the middle")
        _check(size in {None, length}, f"the record {identifier:02X} has a wrong size")
        self._position = start + length
        return self._data[start : self._position]


# ---------------------------------------------------------------- PROJECT, PROJECTwm


def _check_project(text: str, listed: _Project) -> None:
    properties, *sections = text.removesuffix("\r\n").split("\r\n\r\n")
    windows = ("[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in listed.modules))
    _check(sections == ["\r\n".join(HOST_EXTENDER), "\r\n".join(windows)], "PROJECT has not the windows of the modules")
    lines = [line.partition("=") for line in properties.split("\r\n")]
    declared = [_declared(key, value) for key, _, value in lines if key in _KINDS]
    _check(declared == listed.modules, "PROJECT and the dir stream list other modules")
    values = {key: value.strip('"') for key, _, value in lines if key not in _KINDS}
    _check(list(values) == _PROPERTIES, f"PROJECT has the properties {list(values)}")
    _check(values["Name"] == listed.name, "PROJECT and the dir stream name the project otherwise")
    for key, data in (("CMG", UNPROTECTED), ("DPB", NO_PASSWORD), ("GC", VISIBLE)):
        with _defects_of(key):
            plain = decrypt(values["ID"], values[key])
        _check(plain == data, f"{key} is not that of an open project")


_KINDS = ("Document", "Module", "Class")
_PROPERTIES = ["ID", "Name", "HelpContextID", "VersionCompatible32", "CMG", "DPB", "GC"]


def _declared(kind: str, value: str) -> _Listed:
    name, _, version = value.partition("/")
    _check(version == ("&H00000000" if kind == "Document" else ""), f"PROJECT declares {kind}={value}")
    return _Listed(name, procedural=kind == "Module")


def _check_project_wm(stream: bytes, names: list[str]) -> None:
    expected = b"".join(name.encode("ascii") + b"\0" + name.encode("utf-16-le") + b"\0\0" for name in names)
    _check(stream == expected + b"\0\0", "PROJECTwm has not the names of the modules")


def _ascii(data: bytes, what: str) -> str:
    _check(data.isascii(), f"{what} is not ASCII")
    return data.decode("ascii")
