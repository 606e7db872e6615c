"""The one door through which text enters a document: escaped, and free of what XML cannot hold."""

import re

# XML 1.0 knows no control characters but tab and newline, no lone surrogates and no U+FFFE or U+FFFF.
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
# Signs that 仿宋 lacks or draws at another width; one symbol font for all keeps a row of boxes even.
_TICKS = re.compile("([☐☑☒□√]+)")

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
    if not text:
        return ""
    pieces = _TICKS.split(escaped(text))  # text and ticks in turn
    return "".join([_run(piece, index % 2 == 1, bold) for index, piece in enumerate(pieces) if piece])


def _run(piece: str, is_tick: bool, bold: bool) -> str:
    look = (_SYMBOL if is_tick else "") + ("<w:b/>" if bold else "")
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}{_content(piece)}</w:r>"


def _content(piece: str) -> str:
    return '<w:t xml:space="preserve">' + piece.replace("\n", _BREAK).replace("\t", _TAB) + "</w:t>"


_BREAK = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'
