"""What a formula works with: values of cells, error values, and how one kind of value becomes another.

Numbers are the binary numbers of every spreadsheet, compared and rounded to the 15 digits it keeps. A blank is None. Where
programs or their languages differ (dates in words, full-width digits) nothing is guessed: the result is ``Unknown``.
"""

import math
import re
from typing import NamedTuple

from jixiao.figures import from_float, plain
from jixiao.grid import Area

Value = float | str | bool | None

ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
LONGEST_TEXT = 32_767
_LONGEST_NUMERAL = 255

_NUMERAL = re.compile(r"[-+]?(?:\d+|\d{1,3}(?:,\d{3})+)?(\.\d*)?([eE][-+]?\d+)?%?", re.ASCII)
_DATE_OR_MONEY = re.compile(r"[\d\s.,:/$¥￥€£()（）年月日时分秒上下午％+\-APMapm]+")
_NEARLY = 2.0**-48  # nearer than this two numbers are equal, and their difference is 0


class Unknown(Exception):
    """What is not computed here: its result is not known."""


class Fault(Exception):
    """An error value, on its way up to whoever asks for it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Range(NamedTuple):
    """Cells of one sheet: what a reference stands for."""

    sheet: str
    area: Area

    @property
    def height(self) -> int:
        return self.area.bottom - self.area.top + 1

    @property
    def width(self) -> int:
        return self.area.right - self.area.left + 1

    def cell(self, row: int, column: int) -> "Range":
        """One of its cells, counted from 1; ``#REF!`` beyond its ends."""
        if not (1 <= row <= self.height and 1 <= column <= self.width):
            raise Fault("#REF!")
        top, left = self.area.top + row - 1, self.area.left + column - 1
        return Range(self.sheet, Area(top, left, top, left))


Operand = Value | Range


def number(value: Value) -> float:
    """A value where a number is asked for: blanks are 0, texts that read as a number are that number."""
    if isinstance(value, str):
        return numeral(value)
    return float(value or 0)


def numeral(text: str) -> float:
    """The number that a text reads as; ``#VALUE!`` for other texts, Unknown for what some programs take for a date."""
    if len(text) > _LONGEST_NUMERAL:
        raise Fault("#VALUE!")
    text = text.strip(" ")
    match = _NUMERAL.fullmatch(text)
    if match and any(map(str.isdigit, text[: match.start(2)] if match[2] else text)):
        value = float(text.rstrip("%").replace(",", ""))
        return finite(value / 100 if text.endswith("%") else value)
    if _DATE_OR_MONEY.fullmatch(text) and any(map(str.isdigit, text)):
        raise Unknown
    raise Fault("#VALUE!")


def text(value: Value) -> str:
    """A value as it reads when it is joined to a text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        if value and not 1e-9 <= abs(value) < 1e15:
            raise Unknown  # powers of ten
        return plain(from_float(value))
    return value or ""


def truth(value: Value) -> bool:
    """A value where a condition is asked for."""
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise Fault("#VALUE!")
    return bool(value)


def finite(value: float) -> float:
    """A number that a cell can hold; ``#NUM!`` for others."""
    if not abs(value) < 1e308:
        raise Fault("#NUM!")
    return value


def kept(value: float) -> float:
    """The 15 digits of a number that a spreadsheet keeps."""
    return float(f"{value:.15g}")


def fits(length: int) -> None:
    """``#VALUE!`` for a text that is longer than a cell can hold."""
    if length > LONGEST_TEXT:
        raise Fault("#VALUE!")


def added(left: float, right: float) -> float:
    """A sum without the noise of binary numbers: 0.3 - 0.1 - 0.2 is 0."""
    total = left + right
    return 0.0 if abs(total) <= _NEARLY * max(abs(left), abs(right)) else total


def power(base: float, exponent: float) -> float:
    """base ^ exponent as a spreadsheet answers it."""
    if not base and exponent <= 0:
        raise Fault("#DIV/0!" if exponent else "#NUM!")
    if base < 0 and exponent != int(exponent):
        raise Fault("#NUM!")
    try:
        return math.pow(base, exponent)
    except OverflowError:
        raise Fault("#NUM!") from None


def divided(over: float, under: float) -> float:
    if not under:
        raise Fault("#DIV/0!")
    return over / under


def order(left: Value, right: Value) -> int:
    """-1, 0 or 1: numbers stand before texts, texts before truth values; a blank is like what it is compared with.

    Which of two words comes first differs between languages: Unknown.
    """
    here, there = _rank(_like(left, right)), _rank(_like(right, left))
    words = [word for _, word in (here, there) if isinstance(word, str)]
    if (
        len(words) == 2
        and here != there
        and all(words)
        and not all(word.isascii() and word.isalnum() for word in words)
    ):
        raise Unknown
    return (here > there) - (here < there)


def _like(value: Value, other: Value) -> Value:
    if value is not None:
        return value
    return "" if isinstance(other, str) else False if isinstance(other, bool) else 0.0


def _rank(value: Value) -> tuple[int, float | str]:
    if isinstance(value, bool):
        return 2, float(value)
    if isinstance(value, str):
        return 1, value.upper()
    return 0, kept(value or 0.0)


def equal(left: Value, right: Value) -> bool:
    """Whether two values are the same to ``=``."""
    return _rank(_like(left, right)) == _rank(_like(right, left))
