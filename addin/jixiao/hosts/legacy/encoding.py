"""The text of a file that says little about its encoding, as exports of Chinese platforms do."""

import re

from jixiao.errors import Refusal
from jixiao.wording import files

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_CHINESE = re.compile(rb"(?:x-)?gb|(?:cp|ms|windows-)?936$", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_HEAD = 8192


def text_of(data: bytes, name: str) -> str:
    """The text, by the mark at its beginning, else as UTF-8 or GB18030, each strictly, the declared one first.

    Other declarations say nothing: pages of GBK call themselves iso-8859-1. Raises Refusal where none fits.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal(files.UNKNOWN_ENCODING.format(name=name))


def _encodings(data: bytes) -> tuple[str, ...]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return (encoding,)
    declared = _DECLARED.search(data, 0, _HEAD)
    return ("gb18030", "utf-8") if declared and _CHINESE.match(declared[1]) else ("utf-8", "gb18030")
