"""How a part of a package begins: whether it is XML, in which encoding, and what stands before its root element.

Read by hand: every part of every file passes here, and compiling patterns for it would cost more than reading a form.
"""

import re
from typing import NamedTuple

ODD = ""
"""An encoding no office program writes: UTF-8 and UTF-16 are all that 4,500 files of all kinds of programs have."""
_BLANKS = " \t\r\n"
_SKIPPED = (("<?", "?>"), ("<!--", "-->"))  # instructions, of which the declaration looks like one, and comments
# How UTF-16 begins: with a mark, else with the zero half of its first sign, which is "<" or a blank.
_UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\0", "utf-16-be"))
# What a part may declare by how its bytes read. Excel writes parts in UTF-16 that declare UTF-8; the bytes leave no doubt.
_WIDE = {"", "utf-16", "utf-16le", "utf-16be", "utf-8"}
_NARROW = {"", "utf-8", "utf8", "us-ascii", "ascii"}
_UTF_32 = rb"(\xff\xfe\0\0)?<\0\0\0[!-~]\0\0\0|(\0\0\xfe\xff)?\0\0\0<\0\0\0[!-~]"
_DECLARATION = r"<\?xml.*?\?>"


class Prolog(NamedTuple):
    """The beginning of a part that is XML, as far as it was looked at."""

    encoding: str
    rest: str
    """What follows declaration, blanks, comments and instructions: the root element, or a DOCTYPE."""

    @property
    def has_doctype(self) -> bool:
        return self.rest.startswith("<!DOCTYPE")

    @property
    def goes_on(self) -> bool:
        """Whether the root element lies beyond what was looked at."""
        begun = any(sign.startswith(self.rest) for sign in ("<!DOCTYPE", "<!--"))
        return begun or self.rest.startswith(("<?", "<!--"))


def prolog(head: bytes) -> Prolog | None:
    """What the first bytes of a part say; None if it is no XML, whatever its name."""
    if b"\0\0\0" in head[:8] and re.match(_UTF_32, head):
        return Prolog(ODD, "<")
    encoding = _by_bytes(head)
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    if not text or text.lstrip(_BLANKS)[:1] not in ("", "<"):
        return None
    if _declared(text) not in (_NARROW if encoding == "utf-8" else _WIDE):
        encoding = ODD
    return Prolog(encoding, _behind(text))


def _by_bytes(head: bytes) -> str:
    marked = next((encoding for start, encoding in _UTF_16 if head.startswith(start)), None)
    return marked or ("utf-16-le" if head[1:2] == b"\0" else "utf-8")


def _declared(text: str) -> str:
    """The encoding a part declares, in small letters; empty if it declares none."""
    if not text.startswith("<?xml"):
        return ""
    _, named, rest = text.partition("?>")[0].partition("encoding")
    value = rest.partition("=")[2].strip(_BLANKS)
    return value[1:].partition(value[0])[0].lower() or "?" if named and value else ""


def _behind(text: str) -> str:
    """What stands behind declaration, blanks, comments and instructions; one that does not end is returned too."""
    while True:
        text = text.lstrip(_BLANKS)
        start, end = next((signs for signs in _SKIPPED if text.startswith(signs[0])), ("", "<"))
        _, closed, rest = text[len(start) :].partition(end)
        if not start or not closed:
            return text
        text = rest


def utf8(content: bytes) -> bytes:
    """An XML part in UTF-8, as it is in nearly all files, and as it then says. Raises ValueError if it is none."""
    head = content[:512]
    start = prolog(head)
    if start is None or start.encoding is ODD:
        raise ValueError
    if start.encoding == "utf-8" and _declared(head.decode("latin-1")) in ("", "utf-8"):
        return content
    text = content.decode(start.encoding).removeprefix("\ufeff")
    return re.sub(_DECLARATION, '<?xml version="1.0" encoding="UTF-8"?>', text, count=1).encode()
