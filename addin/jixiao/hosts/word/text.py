"""The one door through which text enters a document: escaped, and free of what XML cannot hold."""

import re

# XML 1.0 knows no control characters but tab and newline, no lone surrogates and no U+FFFE or U+FFFF.
_IMPOSSIBLE = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
_SPECIAL = re.compile('[&<>"]')
# Signs that 仿宋 lacks or draws at another width; one symbol font for all keeps a row of boxes even.
_TICKS = re.compile("([☐☑☒□√]+)")

_PLAIN = '<w:rFonts w:hint="eastAsia"/>'
_SYMBOL = (
    '<w:rFonts w:hint="eastAsia" w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol"'
    ' w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'
)


def possible(text: str) -> str:
    """The text without the characters XML cannot hold; line ends of every kind become ``\\n``."""
    return _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def escaped(text: str) -> str:
    """The text as content or as the value of an attribute."""
    return _SPECIAL.sub(lambda sign: _ESCAPES[sign[0]], possible(text))


def runs(text: str, *, bold: bool = False) -> str:
    """The text as runs: line breaks and tabs as their own elements, ticks and boxes in the symbol font."""
    weight = "<w:b/>" if bold else ""
    pieces = _TICKS.split(escaped(text))
    return "".join(
        f"<w:r><w:rPr>{_SYMBOL if is_tick else _PLAIN}{weight}</w:rPr>{_content(piece)}</w:r>"
        for is_tick, piece in zip(_alternating(len(pieces)), pieces, strict=True)
        if piece
    )


def _alternating(count: int) -> list[bool]:
    """``re.split`` with one group gives text and match in turn."""
    return [index % 2 == 1 for index in range(count)]


def _content(piece: str) -> str:
    return '<w:t xml:space="preserve">' + piece.replace("\n", _BREAK).replace("\t", _TAB) + "</w:t>"


_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
