"""What the first bytes of a part say: its encoding, and whether a DOCTYPE stands before its root element."""

import pytest

from jixiao.hosts.prolog import ODD, prolog, utf8

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("encoding", UNICODE)
@pytest.mark.parametrize("before", ["", " \r\n\t", "<!-- <!DOCTYPE a> -->", "<?a <!DOCTYPE a>?>", "<!--> --> <?a?> "])
def test_what_stands_before_the_root(encoding: str, before: str) -> None:
    for rest, has_doctype in (("<a>表</a>", False), ("<!DOCTYPE a><a/>", True), ("<!doctype a><a/>", False)):
        start = prolog((before + rest).encode(encoding))
        assert start and start.rest == rest and start.has_doctype is has_doctype and not start.goes_on


@pytest.mark.parametrize("cut", ["", " ", "<!-- a", "<?a", "<!", "<!-", "<!DOC", "<"])
def test_a_beginning_that_goes_on(cut: str) -> None:
    start = prolog(f" {cut}".encode())
    assert start and start.goes_on


@pytest.mark.parametrize(
    "head", [b"", b"\x89PNG\r\n", b"MZ", b"\0" * 512, b"\x3c\0\0\0\x01\0\0\0", b"a<b/>", "表".encode("utf-16")]
)
def test_what_is_no_xml(head: bytes) -> None:
    start = prolog(head)
    assert start is None or not start.goes_on and start.encoding is not ODD


@pytest.mark.parametrize("declared", ["UTF-8", "utf-8", "Utf-8", "us-ascii", "ASCII"])
def test_names_of_encodings_in_any_case(declared: str) -> None:
    for quoted in (f'"{declared}"', f"'{declared}'"):
        start = prolog(f'<?xml version="1.0" encoding = {quoted} standalone="yes"?><a/>'.encode())
        assert start and start.encoding == "utf-8"


@pytest.mark.parametrize(
    "declared", ["utf-7", "UTF-7", "gb18030", "GB2312", "iso-8859-1", "utf-32", "utf-16", "punycode", ""]
)
def test_no_other_encoding(declared: str) -> None:
    for mark in (b"", b"\xef\xbb\xbf"):
        start = prolog(mark + f'<?xml version="1.0"\n encoding=\n"{declared}"?><a/>'.encode())
        assert start and start.encoding is ODD


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32(encoding: str) -> None:
    start = prolog("<a>文</a>".encode(encoding))
    assert start and start.encoding is ODD
    with pytest.raises(ValueError):
        utf8("<a>文</a>".encode(encoding))


def test_excel_writes_utf_16_that_declares_utf_8() -> None:
    part = '<?xml version="1.0" encoding="utf-8"?><a>文</a>'.encode("utf-16-le")
    assert utf8(part).decode() == '<?xml version="1.0" encoding="UTF-8"?><a>文</a>'


def test_what_is_going_to_be_written_in_utf_8_says_so() -> None:
    """A part that declares ASCII must take Chinese."""
    assert utf8(b'<?xml version="1.0" encoding="us-ascii"?><a/>') == b'<?xml version="1.0" encoding="UTF-8"?><a/>'
