"""Number formats and hiding in the styles of a web page, as Excel writes and reads them."""

import re
from collections.abc import Iterator

_FORMAT = re.compile(r"mso-number-format\s*:\s*(\"[^\"]*+\"|'[^']*+'|(?:\\.|[^;\\])++)", re.IGNORECASE | re.DOTALL)
_HIDDEN = re.compile(r"(?<![\w-])display\s*:\s*none\b", re.IGNORECASE)
_BLANK = re.compile(r"(?<![\w-])visibility\s*:\s*(?:hidden|collapse)\b", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{4})|(.))", re.DOTALL)
_SELECTOR = re.compile(r"[\w-]*(?:\.[\w-]+)?")


def format_in(style: str) -> str | None:
    """The number format a style asks for, as a format code or name; None if it asks for none."""
    found = _FORMAT.search(style)
    return _ESCAPE.sub(_character, found[1].strip().strip("\"'")) if found else None


def hides(style: str) -> bool:
    """Whether what has this style is not shown and takes no room."""
    return bool(_HIDDEN.search(style))


def blanks(style: str) -> bool:
    """Whether what has this style is not shown, though its room stays."""
    return bool(_BLANK.search(style))


def sheet_formats(sheet: str) -> dict[str, str]:
    """The number formats of a style sheet by selector: ``td``, ``.xl65`` or ``td.xl65``."""
    codes = ((selector, format_in(body)) for selector, body in _rules(sheet))
    return {selector: code for selector, code in codes if code is not None}


def sheet_hiding(sheet: str) -> dict[str, str]:
    """The styles of a style sheet that hide something, by selector."""
    return {selector: body for selector, body in _rules(sheet) if hides(body) or blanks(body)}


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    for rule in sheet.replace("<!--", " ").split("}"):
        selectors, _, body = rule.partition("{")
        for selector in selectors.split(",") if body else ():
            last = selector.split()[-1:]
            if last and _SELECTOR.fullmatch(last[0]):
                yield last[0].lower(), body


def _character(match: re.Match[str]) -> str:
    code = int(match[1] or "0", 16)
    return match[2] or ("" if 0xD800 <= code <= 0xDFFF else chr(code))
