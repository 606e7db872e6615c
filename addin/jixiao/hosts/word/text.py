"""The one door through which text enters a document: escaped, and free of what XML cannot hold."""

import re

# XML 1.0 knows no control characters but tab and newline, no lone surrogates and no U+FFFE or U+FFFF.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Signs that 仿宋 lacks or draws at another width; one symbol font for all keeps a row of boxes even.
_TICKS = re.compile("([☐☑☒□√]+)")

_PLAIN = '<w:rFonts w:hint="eastAsia"/>'
_SYMBOL = (
    '<w:rFonts w:hint="eastAsia" w:ascii="Segoe UI Symbol" w:hAnsi="Segoe UI Symbol"'
    ' w:eastAsia="Segoe UI Symbol" w:cs="Segoe UI Symbol"/>'
)


def escaped(text: str) -> str:
    """The text as content or as the value of an attribute, line ends of every kind as ``\\n``."""
    possible = _IMPOSSIBLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    return possible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def runs(text: str, *, bold: bool = False) -> str:
    """The text as runs: line breaks and tabs as their own elements, ticks and boxes in the symbol font."""
    weight = "<w:b/>" if bold else ""
    pieces = _TICKS.split(escaped(text))  # text and ticks in turn
    return "".join(
        f"<w:r><w:rPr>{_SYMBOL if index % 2 else _PLAIN}{weight}</w:rPr>{_content(piece)}</w:r>"
        for index, piece in enumerate(pieces)
        if piece
    )


def _content(piece: str) -> str:
    return '<w:t xml:space="preserve">' + piece.replace("\n", _BREAK).replace("\t", _TAB) + "</w:t>"


_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
