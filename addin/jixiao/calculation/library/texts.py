"""Functions of texts."""

import re

from jixiao.calculation.library.table import ANY, Cells, listed
from jixiao.calculation.values import Fault, Operand, Unknown, Value, fits, number, text
from jixiao.figures import from_float
from jixiao.formats import printed

_DIGITS = 15
_PRINTED = re.compile(r"(#,##)?0(\.0+)?%?")


@listed(1, ANY)
def CONCATENATE(cells: Cells, *operands: Operand) -> Value:
    parts = [text(cells.scalar(operand)) for operand in operands]
    fits(sum(map(len, parts)))
    return "".join(parts)


@listed(1, 1)
def LEN(cells: Cells, value: Operand) -> Value:
    return float(len(text(cells.scalar(value))))


@listed(1, 2)
def LEFT(cells: Cells, value: Operand, count: Operand = 1.0) -> Value:
    return text(cells.scalar(value))[: _count(cells, count)]


@listed(1, 2)
def RIGHT(cells: Cells, value: Operand, count: Operand = 1.0) -> Value:
    whole = text(cells.scalar(value))
    return whole[max(0, len(whole) - _count(cells, count)) :]


@listed(3, 3)
def MID(cells: Cells, value: Operand, start: Operand, count: Operand) -> Value:
    first = _count(cells, start) - 1
    if first < 0:
        raise Fault("#VALUE!")
    return text(cells.scalar(value))[first : first + _count(cells, count)]


def _count(cells: Cells, value: Operand) -> int:
    count = int(number(cells.scalar(value)))
    if count < 0:
        raise Fault("#VALUE!")
    return count


@listed(1, 1)
def TRIM(cells: Cells, value: Operand) -> Value:
    return " ".join(word for word in text(cells.scalar(value)).split(" ") if word)


@listed(3, 3)
def SUBSTITUTE(cells: Cells, value: Operand, old: Operand, new: Operand) -> Value:
    whole, gone, put = (text(cells.scalar(operand)) for operand in (value, old, new))
    if not gone:
        return whole
    fits(len(whole) + whole.count(gone) * (len(put) - len(gone)))
    return whole.replace(gone, put)


@listed(2, 3)
def FIND(cells: Cells, wanted: Operand, within: Operand, start: Operand = 1.0) -> Value:
    first = _count(cells, start) - 1
    whole = text(cells.scalar(within))
    at = whole.find(text(cells.scalar(wanted)), first) if 0 <= first <= len(whole) else -1
    if at < 0:
        raise Fault("#VALUE!")
    return float(at + 1)


@listed(2, 2)
def EXACT(cells: Cells, left: Operand, right: Operand) -> Value:
    return text(cells.scalar(left)) == text(cells.scalar(right))


@listed(1, 1)
def VALUE(cells: Cells, value: Operand) -> Value:
    return number(cells.scalar(value))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@listed(1, 1)
def ASC(cells: Cells, value: Operand) -> Value:
    return text(cells.scalar(value)).translate(_HALF_WIDTH)


@listed(2, 2)
def TEXT(cells: Cells, value: Operand, pattern: Operand) -> Value:
    given, code = cells.scalar(value), text(cells.scalar(pattern))
    if isinstance(given, str) or not _PRINTED.fullmatch(code) or not abs(number(given)) < 10**_DIGITS:
        raise Unknown
    return printed(from_float(number(given)), code)
