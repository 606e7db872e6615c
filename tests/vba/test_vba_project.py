"""Whole projects: read by others, read back strictly, refused when anything in them disagrees."""

import io
import re
from collections.abc import Callable

import olefile
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyopenvba.cfb import CFB
from pyopenvba.vba import parse_vba_project
from vba_samples import BY_EXCEL, GREETING, VBA_Parser, bin_of, small, vendored

from jixiao.vba import DECODER, Kind, Module, SourceError, compound, project, sources
from jixiao.vba.compound_reader import read
from jixiao.vba.compression import compress, decompress
from jixiao.vba.encryption import encrypt


def many(sheets: int) -> list[Module]:
    """A workbook with many sheets, and a long module."""
    body = "".join(f'Public Sub Step{i}()\n    Debug.Print {i * i}, "第 {i} 步"\nEnd Sub\n' for i in range(1500))
    documents = [Module(f"Sheet{i}", Kind.WORKSHEET, f"' {i}") for i in range(1, sheets + 1)]
    return [Module("ThisWorkbook", Kind.WORKBOOK, ""), *documents, Module("Steps", Kind.MODULE, body), DECODER]


PROJECTS: dict[str, Callable[[], list[Module]]] = {
    "small": small,
    "with xlwings": lambda: small() + vendored(),
    "99 sheets": lambda: many(99),
    "199 sheets": lambda: many(199),
    "one module": lambda: [Module("A", Kind.MODULE, "")],
}


@pytest.fixture(params=PROJECTS)
def modules(request: pytest.FixtureRequest) -> list[Module]:
    return PROJECTS[request.param]()


def texts(modules: list[Module]) -> dict[str, str]:
    return {one.name: one.source() for one in modules}


def test_sources_come_back(modules: list[Module]) -> None:
    assert sources(project("JixiaoTest", modules)) == texts(modules)


def test_olevba_lists_the_same_sources(modules: list[Module]) -> None:
    parser = VBA_Parser("vbaProject.bin", data=project("JixiaoTest", modules))
    found = {file: text for _, _, file, text in parser.extract_all_macros()}
    assert found == {one.file: one.source() for one in modules}


def test_pyopenvba_lists_the_same_sources_and_finds_no_defect(modules: list[Module]) -> None:
    file = CFB.from_bytes(project("JixiaoTest", modules))
    parsed = parse_vba_project(file)
    assert parsed.validate(file) == []
    assert {one.name: one.source for one in parsed.modules} == texts(modules)
    assert (parsed.name, parsed.code_page, parsed.sys_kind) == ("JixiaoTest", 1252, 3)
    assert [reference.name for reference in parsed.references] == ["stdole", "Office"]


def test_two_projects_of_the_same_texts_are_identical(modules: list[Module]) -> None:
    assert project("JixiaoTest", modules) == project("JixiaoTest", modules)


def test_the_project_stream_declares_every_module_by_its_kind() -> None:
    stream = olefile.OleFileIO(io.BytesIO(project("JixiaoTest", small()))).openstream("PROJECT").read().decode("ascii")
    lines = stream.split("\r\n")
    assert lines[1:7] == [
        "Document=ThisWorkbook/&H00000000",
        "Document=Sheet1/&H00000000",
        "Module=Greeting",
        "Class=Holder",
        "Module=JixiaoText",
        'Name="JixiaoTest"',
    ]


def test_a_class_is_private_unless_it_is_exposed() -> None:
    for exposed in (False, True):
        data = project("P", [Module("C", Kind.CLASS, "", exposed=exposed)])
        (one,) = parse_vba_project(CFB.from_bytes(data)).modules
        assert one.is_private is not exposed


def test_the_dir_stream_is_that_of_excel_but_for_what_differs() -> None:
    """Record for record as Excel wrote it into a blank add-in, whose modules have no classes and lie behind caches."""
    stream = decompress(olefile.OleFileIO(io.BytesIO(bin_of(BY_EXCEL[1]))).openstream("VBA/dir").read())
    modules = [
        Module("ThisWorkbook", Kind.WORKBOOK, ""),
        Module("Sheet1", Kind.WORKSHEET, ""),
        Module("Module1", Kind.MODULE, ""),
    ]
    ours = decompress(olefile.OleFileIO(io.BytesIO(project("VBAProject", modules))).openstream("VBA/dir").read())
    theirs = [identifier for identifier, _ in records(stream)]
    assert [identifier for identifier, _ in records(ours)] == [
        identifier for identifier in theirs if identifier != 0x4A
    ]


def records(data: bytes) -> list[tuple[int, bytes]]:
    """Identifiers and data of a dir stream."""
    found, position = [], 0
    while position < len(data):
        identifier = int.from_bytes(data[position : position + 2], "little")
        length = int.from_bytes(data[position + 2 : position + 6], "little") + (2 if identifier == 0x09 else 0)
        found.append((identifier, data[position + 6 : position + 6 + length]))
        position += 6 + length
    return found


# ---------------------------------------------------------------- refused


@pytest.mark.parametrize("name", ["", "1A", "A b", "绩效", "A" * 32, "A-b", "_A"])
def test_a_name_vba_would_not_take_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=rf"^{name}\.bas:1: not a name for a module"):
        project("P", [Module(name, Kind.MODULE, "")])
    with pytest.raises(SourceError, match=rf"^{name}: not a name for a project"):
        project(name, [])


@pytest.mark.parametrize("name", ["Steps", "STEPS", "p", "dir", "VBA", "Excel", "Office", "stdole"])
def test_a_name_that_is_taken_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match=rf"^{name}\.cls:1: the name is taken"):
        project("P", [Module("Steps", Kind.MODULE, ""), Module(name, Kind.CLASS, "")])


def test_chinese_text_needs_the_decoder() -> None:
    greeting = Module("Greeting", Kind.MODULE, GREETING)
    with pytest.raises(SourceError, match=r"^Greeting\.bas:1: the text needs the module JixiaoText"):
        project("P", [greeting])
    assert "Greeting" in sources(project("P", [greeting, DECODER]))


def test_a_chinese_comment_needs_no_decoder() -> None:
    assert sources(project("P", [Module("A", Kind.MODULE, "' 绩效")]))["A"].endswith("\r\n'\r\n")


def test_a_text_that_cannot_be_compressed_is_refused_with_its_file() -> None:
    letters = [chr(i) for i in range(35, 39)] + [chr(i) for i in range(40, 127)]
    noise = "".join(letters[i % 91] + letters[i * i * 7 % 83] + letters[i // 9 % 89] for i in range(3000))
    body = "\n".join(noise[i : i + 1000] for i in range(0, len(noise), 1000))
    with pytest.raises(SourceError, match=r"^Noise\.bas:1: this text repeats nothing"):
        project("P", [Module("Noise", Kind.MODULE, body)])


@pytest.mark.parametrize("package", BY_EXCEL, ids=lambda package: package.name)
def test_a_project_with_compiled_code_is_refused(package) -> None:
    with pytest.raises(ValueError, match="^VBA project: the project has compiled code"):
        sources(bin_of(package))


# ---------------------------------------------------------------- defects

Tree = dict[str, bytes | dict[str, bytes]]


def changed(data: bytes, **streams: Callable[[bytes], bytes]) -> bytes:
    """A project some of whose streams were changed; those of sources and dir are expanded before."""
    root = {name: dict(content) if name == "VBA" else content for name, content in read(data).items()}
    for name, change in streams.items():
        if name in root:
            root[name] = change(root[name])
        elif name == "_VBA_PROJECT":
            root["VBA"][name] = change(root["VBA"][name])
        else:
            root["VBA"][name] = compress(change(decompress(root["VBA"][name])))
    return compound.write(root)


def swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(stream: bytes) -> bytes:
        assert old in stream
        return stream.replace(old, new, 1)

    return change


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


DEFECTS: dict[str, tuple[dict[str, Callable[[bytes], bytes]], str]] = {
    "another version": ({"_VBA_PROJECT": swap(b"\xff\xff", b"\xb2\x00")}, "compiled code or another version"),
    "a cache": ({"_VBA_PROJECT": lambda stream: stream + b"\0"}, "compiled code or another version"),
    "system kind": ({"dir": swap(b"\x01\0\4\0\0\0\3", b"\x01\0\4\0\0\0\1")}, "the record 01 is 1, expected: 3"),
    "language": ({"dir": swap(b"\x09\x04\0\0", b"\x04\x08\0\0")}, "the record 02 is 2052"),
    "code page": ({"dir": swap(b"\xe4\x04", b"\xa8\x03")}, "the record 03 is 936"),
    "name of the project": ({"dir": swap(b"JixiaoTest", b"JixiaoBest")}, "name the project otherwise"),
    "project named in Chinese": (
        {"dir": swap(b"JixiaoTest", b"Jixiao\xbc\xa8\xd0\xa7")},
        "name of the project is not ASCII",
    ),
    "version": ({"dir": swap(b"\x09\0\4\0\0\0\1\0\0\0\0\0", b"\x09\0\4\0\0\0\1\0\0\0\1\0")}, "ends in the middle"),
    "reference in UTF-16": ({"dir": swap(wide("stdole"), wide("stdolf"))}, "stdole has another name in UTF-16"),
    "library": ({"dir": swap(b"Automation" + bytes(6), b"Automation\0\0\0\0\1\0")}, "the reference stdole is broken"),
    "one module less": ({"dir": swap(b"\x0f\0\2\0\0\0\5", b"\x0f\0\2\0\0\0\4")}, "the record 19 where 10 belongs"),
    "one module more": ({"dir": swap(b"\x0f\0\2\0\0\0\5", b"\x0f\0\2\0\0\0\6")}, "the record 10 where 19 belongs"),
    "cookie": ({"dir": swap(b"\x13\0\2\0\0\0\xff\xff", b"\x13\0\2\0\0\0\xff\x7f")}, "the record 13 is 32767"),
    "module in UTF-16": (
        {"dir": swap(b"\x47\0" + b"\x10\0\0\0" + wide("Greeting"), b"\x47\0\x10\0\0\0" + wide("Meeting!"))},
        "Greeting has another name in UTF-16",
    ),
    "stream of a module": (
        {
            "dir": swap(
                b"\x1a\0\x06\0\0\0Holder\x32\0\x0c\0\0\0" + wide("Holder"),
                b"\x1a\0\x06\0\0\0Folder\x32\0\x0c\0\0\0" + wide("Folder"),
            )
        },
        "the stream of Holder has another name",
    ),
    "module without a stream": (
        {"dir": lambda stream: stream.replace(b"Holder", b"Folder").replace(wide("Holder"), wide("Folder"))},
        "are not those of",
    ),
    "offset of a source": ({"dir": swap(b"\x31\0\4\0\0\0\0", b"\x31\0\4\0\0\0\1")}, "the record 31 is 1"),
    "kind of a module": ({"dir": swap(b"\x21\0\0\0\0\0", b"\x22\0\0\0\0\0")}, "list other modules"),
    "unknown record": ({"dir": swap(b"\x21\0\0\0\0\0", b"\x23\0\0\0\0\0")}, "has the record 23 where 22 belongs"),
    "record with data": ({"dir": swap(b"\x1c\0\0\0\0\0", b"\x1c\0\1\0\0\0x")}, "the record 1C has a wrong size"),
    "dir cut": ({"dir": lambda stream: stream[:-3]}, "ends in the middle"),
    "dir cut in a name": ({"dir": lambda stream: stream[:60]}, "ends in the middle|has the record"),
    "dir goes on": ({"dir": lambda stream: stream + b"\0"}, "goes on behind its end"),
    "PROJECT lacks a module": ({"PROJECT": swap(b"Class=Holder\r\n", b"")}, "list other modules"),
    "PROJECT has a module twice": (
        {"PROJECT": swap(b"Class=Holder\r\n", b"Class=Holder\r\n" * 2)},
        "list other modules",
    ),
    "PROJECT names another kind": ({"PROJECT": swap(b"Class=Holder", b"Module=Holder")}, "list other modules"),
    "PROJECT orders otherwise": (
        {"PROJECT": swap(b"Class=Holder\r\nModule=JixiaoText", b"Module=JixiaoText\r\nClass=Holder")},
        "list other modules",
    ),
    "PROJECT takes a class for a document": (
        {"PROJECT": swap(b"Class=Holder", b"Class=Holder/&H00000000")},
        "PROJECT declares Class=Holder/&H00000000",
    ),
    "PROJECT has a document without version": (
        {"PROJECT": swap(b"Sheet1/&H00000000", b"Sheet1")},
        "PROJECT declares Document=Sheet1",
    ),
    "PROJECT names another project": (
        {"PROJECT": swap(b'Name="JixiaoTest"', b'Name="JixiaoBest"')},
        "name the project otherwise",
    ),
    "PROJECT has a password": ({"PROJECT": swap(b'DPB="', b'DPB="00')}, "is not encrypted for|not as long"),
    "PROJECT is of another project": ({"PROJECT": swap(b'ID="{', b'ID="{F')}, "is not encrypted for the project"),
    "PROJECT has no visibility": ({"PROJECT": swap(b"GC=", b"GD=")}, "has the properties"),
    "PROJECT has a package": ({"PROJECT": swap(b"Name=", b"Package=x\r\nName=")}, "has the properties"),
    "PROJECT lacks a window": ({"PROJECT": swap(b"Holder=0, 0, 0, 0, C\r\n", b"")}, "not the windows of the modules"),
    "PROJECT lacks a section": ({"PROJECT": swap(b"[Host Extender Info]\r\n", b"")}, "not the windows of the modules"),
    "PROJECT is cut": ({"PROJECT": lambda stream: stream[:40]}, "not the windows of the modules"),
    "PROJECT is not ASCII": ({"PROJECT": swap(b"JixiaoTest", b"Jixiao\xd0\xa7st")}, "PROJECT is not ASCII"),
    "PROJECTwm lacks a module": (
        {"PROJECTwm": swap(b"Holder\0" + wide("Holder\0"), b"")},
        "PROJECTwm has not the names",
    ),
    "PROJECTwm does not end": ({"PROJECTwm": lambda stream: stream[:-2]}, "PROJECTwm has not the names"),
    "source of another module": (
        {"Holder": swap(b'"Holder"', b'"Folder"')},
        "source of Holder does not start with its name",
    ),
    "source with LF": ({"Holder": swap(b"\r\nPublic", b"\nPublic")}, "lines of Holder do not end with CRLF"),
    "source without an end": ({"Holder": lambda stream: stream[:-2]}, "lines of Holder do not end with CRLF"),
    "source in Chinese": ({"Holder": swap(b"Text", "绩效".encode("gbk"))}, "the source of Holder is not ASCII"),
}


@pytest.mark.parametrize("name", DEFECTS)
def test_defects_are_found_and_told(name: str) -> None:
    data = project("JixiaoTest", small())
    streams, told = DEFECTS[name]
    with pytest.raises(ValueError, match=f"^VBA project: .*(?:{told})"):
        sources(changed(data, **streams))


@pytest.mark.parametrize(("key", "plain"), [("CMG", "04000000"), ("DPB", "01"), ("GC", "00")])
def test_a_project_that_is_closed_is_told(key: str, plain: str) -> None:
    def close(stream: bytes) -> bytes:
        (identifier,) = re.findall(r'^ID="(.*)"', stream.decode("ascii"))
        value = encrypt(identifier, bytes.fromhex(plain), seed=7)
        return re.sub(rf'{key}="[0-9A-F]+"'.encode(), f'{key}="{value}"'.encode(), stream)

    with pytest.raises(ValueError, match=f"^VBA project: {key} is not that of an open project"):
        sources(changed(project("JixiaoTest", small()), PROJECT=close))


def test_a_project_without_defects_is_read_after_the_same_detour() -> None:
    data = project("JixiaoTest", small())
    nothing: Callable[[bytes], bytes] = lambda stream: stream  # noqa: E731
    assert sources(changed(data, dir=nothing, Holder=nothing, PROJECT=nothing)) == texts(small())


@pytest.mark.parametrize("name", ["dir", "Holder"])
def test_a_stream_that_does_not_expand_is_told(name: str) -> None:
    root = dict(read(project("JixiaoTest", small())))
    broken = {**root["VBA"], name: root["VBA"][name][:-1]}
    with pytest.raises(ValueError, match=f"^VBA project: {name}: compressed data end in the middle"):
        sources(compound.write({**root, "VBA": broken}))


@pytest.mark.parametrize("name", ["VBA", "PROJECT", "PROJECTwm"])
def test_a_part_that_is_missing_is_told(name: str) -> None:
    root = dict(read(project("JixiaoTest", small())))
    del root[name]
    with pytest.raises(ValueError, match="^VBA project: the project holds"):
        sources(compound.write(root))


def test_a_stream_too_much_is_told() -> None:
    root = dict(read(project("JixiaoTest", small())))
    with pytest.raises(ValueError, match="__SRP_0"):
        sources(compound.write({**root, "VBA": {**root["VBA"], "__SRP_0": b"cache"}}))
    with pytest.raises(ValueError, match="UserForm1"):
        sources(compound.write({**root, "UserForm1": {}}))


def test_storages_and_streams_are_told_apart() -> None:
    root = dict(read(project("JixiaoTest", small())))
    with pytest.raises(ValueError, match="VBA is not a storage"):
        sources(compound.write({**root, "VBA": b""}))
    with pytest.raises(ValueError, match="PROJECT is not a stream"):
        sources(compound.write({**root, "PROJECT": {}}))


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_whatever_is_changed_is_read_or_refused_with_a_sentence(changes: list[tuple[int, int]]) -> None:
    data = bytearray(SMALL)
    for offset, byte in changes:
        data[offset % len(data)] = byte
    try:
        sources(bytes(data))
    except ValueError as error:
        assert type(error) is ValueError
        assert len(str(error)) > 20


SMALL = project("JixiaoTest", small())
