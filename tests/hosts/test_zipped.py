"""Packages that must not be opened, and packages that must come back as they were."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.errors import Refusal
from jixiao.hosts import zipped
from jixiao.hosts.zipped import Archive

PARTS = {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<workbook/>", "xl/media/a.bin": bytes(range(256))}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def package(parts: dict[str, bytes] = PARTS, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def refusal(data: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        Archive(data, "自评表.xlsx")
    assert str(caught.value).startswith("自评表.xlsx：") and "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_parts_are_read_as_zipfile_wrote_them(method: int) -> None:
    archive = Archive(package(method=method), "a.xlsx")
    assert {part: archive.read(part) for part in archive} == PARTS


@given(
    st.dictionaries(
        st.from_regex(r"[a-z表]{1,8}\.bin", fullmatch=True), st.binary(max_size=200), min_size=1, max_size=5
    )
)
def test_zipfile_reads_what_was_written(parts: dict[str, bytes]) -> None:
    archive = Archive(package(), "a.xlsx")
    for part, content in parts.items():
        archive.put(part, content)
    archive.remove("xl/media/a.bin")
    with zipfile.ZipFile(io.BytesIO(archive.to_bytes())) as file:
        assert file.testzip() is None
        kept = {name: content for name, content in PARTS.items() if name != "xl/media/a.bin"}
        assert {name: file.read(name) for name in file.namelist()} == kept | parts


def test_equal_content_gives_equal_bytes_and_untouched_parts_keep_their_packed_bytes() -> None:
    # level 1 packs differently from our own level, so equal packed bytes were copied
    buffer = io.BytesIO()
    text = b"<a>" + b"".join(b"%d," % (n * n) for n in range(3000)) + b"</a>"
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("a.xml", text)
        packed = file.getinfo("a.xml").compress_size
    again = Archive(Archive(buffer.getvalue(), "a").to_bytes(), "a")
    with zipfile.ZipFile(io.BytesIO(again.to_bytes())) as file:
        assert file.getinfo("a.xml").compress_size == packed
        assert file.getinfo("a.xml").date_time == (1980, 1, 1, 0, 0, 0)
    assert again.to_bytes() == Archive(buffer.getvalue(), "a").to_bytes()


@pytest.mark.parametrize("data", [b"", b"hello", b"<html></html>"])
def test_what_is_no_zip(data: bytes) -> None:
    assert "不是 .xlsx" in refusal(data)


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_truncated(share: float) -> None:
    data = package()
    assert "不完整" in refusal(data[: int(len(data) * share)])


def test_every_cut_is_refused() -> None:
    data = package()
    for length in range(0, len(data)):
        refusal(data[:length])


def test_bomb_by_ratio() -> None:
    assert "过大" in refusal(package({"a.xml": b"<a>" + b" " * 20_000_000 + b"</a>"}))


def test_bomb_by_total_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zipped, "MOST_BYTES", 100)
    assert "过大" in refusal(package())


def test_bomb_by_number_of_entries() -> None:
    assert "数量过多" in refusal(package({f"{n}.bin": b"" for n in range(zipped.MOST_ENTRIES + 1)}))


@pytest.mark.parametrize("promised", [3, 5000])
def test_sizes_in_the_directory_that_lie(promised: int) -> None:
    content = b"<a>" + b"x" * 1000 + b"</a>"
    data = package({"a.xml": content})
    assert data.count(struct.pack("<I", len(content))) == 2
    assert "损坏" in refusal(data.replace(struct.pack("<I", len(content)), struct.pack("<I", promised)))


def test_overlapping_entries() -> None:
    data = bytearray(package({"a.bin": b"a" * 900, "b.bin": b"b" * 900}, zipfile.ZIP_STORED))
    second = data.rindex(b"PK\1\2")
    data[second + 42 : second + 46] = struct.pack("<I", 0)  # the second entry points at the first
    assert "损坏" in refusal(bytes(data))


@pytest.mark.parametrize("name", ["../a.xml", "xl/../../a.xml", "/etc/a.xml", "C:/a.xml"])
def test_bad_names(name: str) -> None:
    assert "损坏" in refusal(package({name: b"<a/>"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("second", ["a.xml", "A.XML"])
def test_duplicate_names(second: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.xml", "<a/>")
        file.writestr(second, "<b/>")
    assert "损坏" in refusal(buffer.getvalue())


def test_encrypted_entry() -> None:
    data = bytearray(package())
    data[data.index(b"PK\1\2") + 8] |= 1
    assert "密码" in refusal(bytes(data))


def test_unknown_compression() -> None:
    assert "压缩方式" in refusal(package(method=zipfile.ZIP_LZMA))


def test_damaged_content() -> None:
    data = package({"a.xml": b"<a>hello</a>"}, zipfile.ZIP_STORED)
    assert "损坏" in refusal(data.replace(b"hello", b"jello"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("name", ["docProps/app.xml", "xl/drawings/v.vml", "xl/odd.bin"])
def test_doctype_in_any_part(encoding: str, name: str) -> None:
    text = '<?xml version="1.0"?>' + f"<!-- {'x' * 300} -->" + '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert "DOCTYPE" in refusal(package(PARTS | {name: text.encode(encoding)}))


@pytest.mark.parametrize(
    ("stream", "word"),
    [("EncryptedPackage", "密码"), ("Workbook", ".xls "), ("WordDocument", ".doc "), ("Other", "旧版 Office")],
)
def test_compound_files_say_what_to_do(stream: str, word: str) -> None:
    assert word in refusal(OLE + stream.encode("utf-16-le") + b"\0" * 100)
