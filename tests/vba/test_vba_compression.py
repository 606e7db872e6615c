"""Compression as [MS-OVBA] 2.4.1 has it."""

import io

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vba_samples import BY_EXCEL, bin_of, decompress_stream

from jixiao.vba.compression import compress, decompress

EXAMPLES = {  # [MS-OVBA] 3.2: none, normal and maximum compression
    b"abcdefghijklmnopqrstuv.": "01 19B0 00 6162636465666768 00 696A6B6C6D6E6F70 00 717273747576 2E",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "01 2FB0 00 2361616162636465 82 66 0070 61 67 68 69 6A 0138 08 61 6B 6C 0030 6D 6E 6F 70 06 71 0270 0410"
        "72 73 74 75 76 10 77 78 79 7A 003C"
    ),
    b"a" * 73: "01 03B0 02 61 4500",
}

TEXTS = st.one_of(
    st.text("ab \r\n", max_size=9000),
    st.text(st.characters(max_codepoint=126), max_size=3000),
    st.text("x" * 3, min_size=4090),
).map(str.encode)


@pytest.mark.parametrize("text", EXAMPLES, ids=["none", "normal", "maximum"])
def test_the_examples_of_the_specification_expand(text: bytes) -> None:
    assert decompress(bytes.fromhex(EXAMPLES[text])) == text


@pytest.mark.parametrize("text", EXAMPLES, ids=["none", "normal", "maximum"])
def test_the_examples_of_the_specification_become_as_small(text: bytes) -> None:
    assert len(compress(text)) == len(bytes.fromhex(EXAMPLES[text]))


def test_what_has_one_way_only_is_compressed_as_in_the_specification() -> None:
    for text in (b"abcdefghijklmnopqrstuv.", b"a" * 73):
        assert compress(text) == bytes.fromhex(EXAMPLES[text])


def test_eight_literals_need_one_byte_of_flags() -> None:
    assert compress(b"abcdefgh") == bytes.fromhex("01 08B0 00") + b"abcdefgh"


@given(TEXTS)
def test_texts_come_back(text: bytes) -> None:
    assert decompress(compress(text)) == text


@given(TEXTS)
def test_oletools_expands_ours(text: bytes) -> None:
    assert bytes(decompress_stream(bytearray(compress(text)))) == text


@pytest.mark.parametrize("length", [0, 1, 4095, 4096, 4097, 8192, 8193])
def test_whole_chunks_and_their_neighbours_come_back(length: int) -> None:
    text = (b"Dim value As Long\r\n" * 500)[:length]
    assert decompress(compress(text)) == text


def test_repetitions_are_found_from_end_to_end_of_a_chunk() -> None:
    line, filling = bytes(range(32, 127)), b"\r" * 3900
    added = len(compress(line + filling + line)) - len(compress(line + filling))
    assert added <= 6 * 2 + 1  # copies reach 18 bytes there, six of them and a byte of flags


def test_what_does_not_become_smaller_is_refused() -> None:
    pairs = bytes(number for a in range(64) for b in range(64) for number in (a, 64 + b))
    with pytest.raises(ValueError, match="repeats nothing"):
        compress(pairs[:4096])


@pytest.mark.parametrize("package", BY_EXCEL, ids=lambda package: package.name)
def test_streams_of_excel_expand_as_oletools_expands_them(package) -> None:
    stream = olefile.OleFileIO(io.BytesIO(bin_of(package))).openstream("VBA/dir").read()
    assert decompress(stream) == bytes(decompress_stream(bytearray(stream)))


@pytest.mark.parametrize(
    ("container", "defect"),
    [
        ("", "do not start with 01"),
        ("00 03B0 02 61 4500", "do not start with 01"),
        ("01 03", "end in the middle"),
        ("01 03B0 02 61 45", "end in the middle"),
        ("01 03A0 02 61 4500", "has the header A003"),
        ("01 0330 02 61 4500", "has the header 3003"),
        ("01 02B0 01 4500", "starts before its chunk"),
        ("01 02B0 02 61 45", "end in the middle"),
        ("01 03B0 02 61 4500 03B0 02 61 4500", "only the last chunk"),
        ("01 05B0 06 61 FD0F 0300", "more than 4096 bytes"),
    ],
)
def test_defects_are_told(container: str, defect: str) -> None:
    with pytest.raises(ValueError, match=defect):
        decompress(bytes.fromhex(container))


def test_a_raw_chunk_expands_to_itself() -> None:
    chunk = bytes(i % 251 for i in range(4096))
    assert decompress(b"\x01\xff\x3f" + chunk) == chunk


@given(st.binary(max_size=60))
def test_any_bytes_are_expanded_or_refused(data: bytes) -> None:
    try:
        decompress(b"\x01" + data)
    except ValueError as error:
        assert "compressed data" in str(error)
