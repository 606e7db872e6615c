"""What xlrd does not tell of a book: where its formulas stand, what they say, and whether anybody has computed them."""

import re
import struct
from typing import Any, NamedTuple

Spot = tuple[int, int]  # row and column, counted from 0

UNTOLD = "…"
"""Stands for the words of a formula that nobody needs: no action on a file that is only read asks for them."""

_PAIR = struct.Struct("<HH")
_BOUND_SHEET = struct.Struct("<IBB")
_BEGIN, _SHEET, _ENGINE, _SHARED = 0x0809, 0x0085, 0x01C1, 0x04BC
_FORMULAS = {0x0006, 0x0206, 0x0406}
_FORMULA_WORDS, _SHARED_WORDS = 20, 8  # where the length of the words stands in a record
_ELSEWHERE = 0x01  # the token that names the cell whose shared formula holds
_WORKSHEET = 0
_HISTORY = slice(12, 16)
_ROW = re.compile(rb"[\x22\x42\x62]\x00\x08\x00")  # ROW(), at which xlrd forgets all operands before it
_NUMBER, _BRACKETS = b"\x1e", b"\x15"
_ADDED = re.compile(r"CALL_ADDIN\(([\w.]+),?")
_WHOLE = re.compile(r"(?<![\w.])(\d+)\.0(?![\d.])")


class SheetFormulas(NamedTuple):
    """The formulas of one sheet as they lie in it; shared ones by the cell they were written for."""

    own: dict[Spot, bytes]
    shared: dict[Spot, bytes]


class Formulas(NamedTuple):
    """The formulas of all worksheets, in order.

    Excel leaves its own marks at the beginning of a book, and computes anew what has no number of a computing program. Other
    programs leave 0 where they computed nothing, and LibreOffice where a formula shows an empty text.
    """

    sheets: list[SheetFormulas]
    computed_by_excel: bool


def formulas_in(stream: bytes) -> Formulas:
    """The formulas in the stream of a workbook. Raises struct.error where it ends too soon."""
    worksheets: list[int] = []
    found: dict[int, SheetFormulas] = {}
    sheet = SheetFormulas({}, {})
    spot = (0, 0)
    engine = False
    at = 0
    while at + _PAIR.size <= len(stream):
        code, length = _PAIR.unpack_from(stream, at)
        content = at + _PAIR.size
        if code == _BEGIN:
            sheet = found.setdefault(at, SheetFormulas({}, {}))
        elif code in _FORMULAS:
            spot = _PAIR.unpack_from(stream, content)
            sheet.own[spot] = stream[content + _FORMULA_WORDS : content + length]
        elif code == _SHARED:
            sheet.shared[spot] = stream[content + _SHARED_WORDS : content + length]
        elif code == _SHEET:
            position, _, kind = _BOUND_SHEET.unpack_from(stream, content)
            if kind == _WORKSHEET:
                worksheets.append(position)
        elif code == _ENGINE:
            engine = True
        at = content + length
    nothing = SheetFormulas({}, {})
    return Formulas([found.get(position, nothing) for position in worksheets], engine and any(stream[_HISTORY]))


def words(book: Any, formulas: SheetFormulas, spot: Spot) -> str:
    """A formula as every other reader tells it, without ``=``; ``UNTOLD`` where xlrd does not know a part of it."""
    from xlrd.formula import FMLA_TYPE_CELL, FMLA_TYPE_SHARED, decompile_formula

    kind, held = FMLA_TYPE_CELL, formulas.own[spot]
    try:
        if held[2] == _ELSEWHERE:
            kind, held = FMLA_TYPE_SHARED, formulas.shared[_PAIR.unpack_from(held, 3)]
        length = int.from_bytes(held[:2], "little")
        row = _NUMBER + struct.pack("<H", spot[0] + 1) + _BRACKETS
        tokens = _ROW.sub(lambda _: row, held[2:])
        text = decompile_formula(book, tokens, length, kind, browx=spot[0], bcolx=spot[1])
    except Exception:  # whatever it is that xlrd does not know
        return UNTOLD
    return _as_typed(text) if isinstance(text, str) else UNTOLD


def _as_typed(text: str) -> str:
    """``CALL_ADDIN(_xlfn.IFERROR,A1,2.0)`` -> ``IFERROR(A1,2)``; texts inside stay."""
    parts = text.split('"')
    for number in range(0, len(parts), 2):
        part = _ADDED.sub(r"\1(", parts[number]).replace("_xlfn.", "")
        parts[number] = _WHOLE.sub(r"\1", part)
    return '"'.join(parts)
