"""The functions of a spreadsheet that forms are filled with, and ours: by name what they answer.

A function gets its operands worked out, ranges as ranges; one that was left out is a blank. ``IF`` and the like, which work
out only what they need, and ``ROW()``, which asks where the formula stands, are ``evaluation``'s. Functions whose answer
depends on the day, the machine, the language or other files are not here: nobody knows what they gave.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple, Protocol

from jixiao.calculation.values import (
    Fault,
    Operand,
    Range,
    Unknown,
    Value,
    added,
    divided,
    equal,
    finite,
    fits,
    kept,
    number,
    numeral,
    order,
    power,
    text,
    truth,
)
from jixiao.figures import from_float, rounded
from jixiao.formats import printed
from jixiao.functions import FUNCTIONS as OURS
from jixiao.functions import CellError
from jixiao.grid import Area


class Cells(Protocol):
    """What a function may ask of the sheets."""

    def spend(self, steps: int) -> None:
        """Count what is done; beyond a limit nothing more is known."""

    def scalar(self, operand: Operand) -> Value:
        """The value of an operand; a range of one cell counts as that cell."""

    def filled(self, cells: Range) -> Iterator[Value | Fault]:
        """What the cells of a range hold, as far as there are any."""

    def rows(self, cells: Range) -> list[list[Value | Fault]]:
        """What a range holds, row by row, up to its last filled row and column."""


Answer = Callable[..., Operand]


class Function(NamedTuple):
    """One function, and how many operands it takes."""

    answer: Answer
    least: int
    most: int


FUNCTIONS: dict[str, Function] = {}
"""All functions by name; every one gets the cells first, then its operands."""

_ANY = 255
_OUR_STEPS = 30  # a score takes as long as so many cells
_LONGEST_SOUGHT = 255
_DIGITS = 15
_PRINTED = re.compile(r"(#,##)?0(\.0+)?%?")
_WILD = set("*?~")


def _listed(least: int, most: int) -> Callable[[Answer], Answer]:
    def enter(answer: Answer) -> Answer:
        FUNCTIONS[answer.__name__] = Function(answer, least, most)
        return answer

    return enter


def called(cells: Cells, name: str, operands: Sequence[Operand]) -> Operand:
    """What a function answers. Raises Fault for an error value, Unknown for what is not computed here."""
    if name in OURS:
        return _ours(cells, name, operands)
    function = FUNCTIONS.get(name)
    if function is None or not function.least <= len(operands) <= function.most:
        raise Unknown
    return function.answer(cells, *operands)


def _ours(cells: Cells, name: str, operands: Sequence[Operand]) -> Value:
    function = OURS[name]
    cells.spend(_OUR_STEPS)
    if len(operands) > len(function.arguments):
        raise Fault(CellError.code)
    given = [
        _checked(cells.rows(operand)) if argument.range and isinstance(operand, Range) else cells.scalar(operand)
        for argument, operand in zip(function.arguments, operands, strict=False)
    ]
    try:
        answer = function.call(*given)
    except CellError as error:
        raise Fault(error.code) from None
    return float(answer) if isinstance(answer, Decimal) else answer or ""


def _checked(rows: list[list[Value | Fault]]) -> list[list[Value]]:
    """The rows of a range; the first error value in it is the answer."""
    return [list(_sound(row)) for row in rows]


def _sound(values: Iterator[Value | Fault] | list[Value | Fault]) -> Iterator[Value]:
    for value in values:
        if isinstance(value, Fault):
            raise Fault(value.code)
        yield value


# ---- what adds up


def _numbers(cells: Cells, operands: Sequence[Operand]) -> Iterator[float]:
    """The numbers among operands: in ranges those that are numbers, else what reads as one."""
    for operand in operands:
        if isinstance(operand, Range):
            yield from (value for value in _sound(cells.filled(operand)) if isinstance(value, float))
        else:
            yield number(operand)


def _sum(numbers: Iterator[float]) -> float:
    total = 0.0
    for value in numbers:
        total = added(total, value)
    return finite(total)


@_listed(1, _ANY)
def SUM(cells: Cells, *operands: Operand) -> Value:
    return _sum(_numbers(cells, operands))


@_listed(1, _ANY)
def AVERAGE(cells: Cells, *operands: Operand) -> Value:
    numbers = list(_numbers(cells, operands))
    return divided(_sum(iter(numbers)), len(numbers))


@_listed(1, _ANY)
def MIN(cells: Cells, *operands: Operand) -> Value:
    return min(_numbers(cells, operands), default=0.0)


@_listed(1, _ANY)
def MAX(cells: Cells, *operands: Operand) -> Value:
    return max(_numbers(cells, operands), default=0.0)


@_listed(1, _ANY)
def PRODUCT(cells: Cells, *operands: Operand) -> Value:
    numbers = list(_numbers(cells, operands))
    return finite(math.prod(numbers)) if numbers else 0.0


@_listed(1, _ANY)
def COUNT(cells: Cells, *operands: Operand) -> Value:
    return float(sum(_counts(cells, operand) for operand in operands))


def _counts(cells: Cells, operand: Operand) -> int:
    if isinstance(operand, Range):
        return sum(isinstance(value, float) for value in cells.filled(operand))
    try:
        number(operand)
    except Fault:
        return 0
    return 1


@_listed(1, _ANY)
def COUNTA(cells: Cells, *operands: Operand) -> Value:
    return float(
        sum(
            sum(value is not None for value in cells.filled(operand)) if isinstance(operand, Range) else 1
            for operand in operands
        )
    )


@_listed(1, _ANY)
def SUMPRODUCT(cells: Cells, *operands: Operand) -> Value:
    ranges = [operand for operand in operands if isinstance(operand, Range)]
    if len(ranges) < len(operands) or len({(one.height, one.width) for one in ranges}) > 1:
        raise Unknown
    columns = [_by_offset(cells, one) for one in ranges]
    shared = columns[0].keys() & set.intersection(*(set(column) for column in columns))
    return _sum(math.prod(column[at] for column in columns) for at in sorted(shared))


def _by_offset(cells: Cells, one: Range) -> dict[tuple[int, int], float]:
    """The numbers of a range by where they stand in it."""
    return {
        (row, column): value
        for row, line in enumerate(_checked(cells.rows(one)))
        for column, value in enumerate(line)
        if isinstance(value, float)
    }


@_listed(2, 3)
def SUMIF(cells: Cells, where: Operand, criterion: Operand, what: Operand = None) -> Value:
    return _sum(iter(_chosen(cells, where, criterion, what)))


@_listed(2, 3)
def AVERAGEIF(cells: Cells, where: Operand, criterion: Operand, what: Operand = None) -> Value:
    numbers = _chosen(cells, where, criterion, what)
    return divided(_sum(iter(numbers)), len(numbers))


def _chosen(cells: Cells, where: Operand, criterion: Operand, what: Operand) -> list[float]:
    """The numbers beside the cells that meet a criterion."""
    if not isinstance(where, Range) or not (what is None or isinstance(what, Range)):
        raise Unknown
    meets = _criterion(cells.scalar(criterion))
    beside = where if what is None else _resized(what, where)
    values = _by_offset(cells, beside)
    return [values[at] for at in _meeting(cells, where, meets) if at in values]


def _resized(one: Range, like: Range) -> Range:
    """A range from the same first cell, as large as another."""
    top, left = one.area.top, one.area.left
    return one._replace(area=Area(top, left, top + like.height - 1, left + like.width - 1))


def _meeting(cells: Cells, where: Range, meets: Callable[[Value], bool]) -> Iterator[tuple[int, int]]:
    for row, line in enumerate(cells.rows(where)):
        for column, value in enumerate(line):
            if not isinstance(value, Fault) and meets(value):
                yield row, column


@_listed(2, 2)
def COUNTIF(cells: Cells, where: Operand, criterion: Operand) -> Value:
    return float(len(_meeting_all(cells, (where, criterion))))


@_listed(3, _ANY)
def SUMIFS(cells: Cells, what: Operand, *pairs: Operand) -> Value:
    if not isinstance(what, Range):
        raise Unknown
    values = _by_offset(cells, what)
    return _sum(values[at] for at in sorted(_meeting_all(cells, pairs)) if at in values)


@_listed(2, _ANY)
def COUNTIFS(cells: Cells, *pairs: Operand) -> Value:
    return float(len(_meeting_all(cells, pairs)))


def _meeting_all(cells: Cells, pairs: Sequence[Operand]) -> set[tuple[int, int]]:
    """Where every criterion is met by its range."""
    found: list[set[tuple[int, int]]] = []
    for where, criterion in zip(pairs[::2], pairs[1::2], strict=False):
        meets = _criterion(cells.scalar(criterion))
        if not isinstance(where, Range) or len(pairs) % 2 or meets(None):
            raise Unknown  # blanks are not counted here: a range has more of them than it has rows
        found.append(set(_meeting(cells, where, meets)))
    return set.intersection(*found)


def _criterion(criterion: Value) -> Callable[[Value], bool]:
    """``">=60"``, ``优``, 5: whether a value meets it. Patterns and blanks are not read."""
    if not isinstance(criterion, str):
        if criterion is None:
            raise Unknown
        return lambda value: type(value) is type(criterion) and equal(value, criterion)
    match = re.match(r"(<=|>=|<>|=|<|>)?(.*)", criterion, re.DOTALL)
    sign, wanted = (match[1] or "=", match[2]) if match else ("=", "")
    if not wanted or len(wanted) > _LONGEST_SOUGHT or _WILD & set(wanted):
        raise Unknown
    try:
        limit: Value = numeral(wanted)
    except Fault:
        limit = wanted
    allowed = {"<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}.get(sign, ())

    def meets(value: Value) -> bool:
        if type(value) is not type(limit):
            if isinstance(value, str) and isinstance(limit, float) and any(map(str.isdigit, value)):
                raise Unknown  # a number kept as a text meets some criteria and not others
            return sign == "<>"
        return equal(value, limit) is (sign == "=") if sign in ("=", "<>") else order(value, limit) in allowed

    return meets


# ---- numbers


def _places(value: Value) -> int:
    return max(-_DIGITS * 2, min(_DIGITS * 2, int(number(value))))


def _nearest(value: Decimal, places: int) -> Decimal:
    """Rounded, unless all digits that are kept stand before that place."""
    return value if value.adjusted() + places >= _DIGITS else rounded(value, places)


def _toward(cells: Cells, value: Operand, places: Operand, away: bool) -> float:
    """Rounded away from zero, or towards it."""
    given, digits = number(cells.scalar(value)), _places(cells.scalar(places))
    exact = from_float(given)
    if given != kept(given) and _nearest(exact, digits) == exact:
        raise Unknown  # 28.999999999999996 is 29 to one program, and not to another
    nearest, step = _nearest(exact, digits), Decimal(1).scaleb(-digits).copy_sign(exact)
    if away and abs(nearest) < abs(exact):
        nearest += step
    if not away and abs(nearest) > abs(exact):
        nearest -= step
    return float(nearest)


@_listed(1, 2)
def ROUND(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return float(_nearest(from_float(number(cells.scalar(value))), _places(cells.scalar(places))))


@_listed(1, 2)
def ROUNDUP(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return _toward(cells, value, places, away=True)


@_listed(1, 2)
def ROUNDDOWN(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return _toward(cells, value, places, away=False)


FUNCTIONS["TRUNC"] = FUNCTIONS["ROUNDDOWN"]


@_listed(1, 1)
def INT(cells: Cells, value: Operand) -> Value:
    return float(_floor(number(cells.scalar(value))))


def _floor(value: float) -> int:
    """The whole number below; Unknown where a program may take 28.999999999999996 for 29, or not."""
    if math.floor(value) != math.floor(kept(value)):
        raise Unknown
    return math.floor(value)


@_listed(1, 1)
def ABS(cells: Cells, value: Operand) -> Value:
    return abs(number(cells.scalar(value)))


@_listed(2, 2)
def MOD(cells: Cells, over: Operand, under: Operand) -> Value:
    left, right = number(cells.scalar(over)), number(cells.scalar(under))
    return added(left, -right * _floor(divided(left, right)))


@_listed(2, 2)
def POWER(cells: Cells, base: Operand, exponent: Operand) -> Value:
    return finite(power(number(cells.scalar(base)), number(cells.scalar(exponent))))


# ---- conditions


def _truths(cells: Cells, operands: Sequence[Operand]) -> list[bool]:
    """The conditions among operands: in ranges those that are conditions or numbers."""
    found: list[bool] = []
    for operand in operands:
        if isinstance(operand, Range):
            found += [bool(value) for value in _sound(cells.filled(operand)) if isinstance(value, bool | float)]
        else:
            found.append(truth(operand))
    if not found:
        raise Fault("#VALUE!")
    return found


@_listed(1, _ANY)
def AND(cells: Cells, *operands: Operand) -> Value:
    return all(_truths(cells, operands))


@_listed(1, _ANY)
def OR(cells: Cells, *operands: Operand) -> Value:
    return any(_truths(cells, operands))


@_listed(1, 1)
def NOT(cells: Cells, value: Operand) -> Value:
    return not truth(cells.scalar(value))


@_listed(0, 0)
def TRUE(cells: Cells) -> Value:
    return True


@_listed(0, 0)
def FALSE(cells: Cells) -> Value:
    return False


@_listed(0, 0)
def NA(cells: Cells) -> Value:
    raise Fault("#N/A")


@_listed(1, 1)
def ISBLANK(cells: Cells, value: Operand) -> Value:
    return cells.scalar(value) is None


# ---- texts


@_listed(1, _ANY)
def CONCATENATE(cells: Cells, *operands: Operand) -> Value:
    parts = [text(cells.scalar(operand)) for operand in operands]
    fits(sum(map(len, parts)))
    return "".join(parts)


@_listed(1, 1)
def LEN(cells: Cells, value: Operand) -> Value:
    return float(len(text(cells.scalar(value))))


@_listed(1, 2)
def LEFT(cells: Cells, value: Operand, count: Operand = 1.0) -> Value:
    return text(cells.scalar(value))[: _count(cells, count)]


@_listed(1, 2)
def RIGHT(cells: Cells, value: Operand, count: Operand = 1.0) -> Value:
    whole = text(cells.scalar(value))
    return whole[max(0, len(whole) - _count(cells, count)) :]


@_listed(3, 3)
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


@_listed(1, 1)
def TRIM(cells: Cells, value: Operand) -> Value:
    return " ".join(word for word in text(cells.scalar(value)).split(" ") if word)


@_listed(3, 3)
def SUBSTITUTE(cells: Cells, value: Operand, old: Operand, new: Operand) -> Value:
    whole, gone, put = (text(cells.scalar(operand)) for operand in (value, old, new))
    if not gone:
        return whole
    fits(len(whole) + whole.count(gone) * (len(put) - len(gone)))
    return whole.replace(gone, put)


@_listed(2, 3)
def FIND(cells: Cells, wanted: Operand, within: Operand, start: Operand = 1.0) -> Value:
    first = _count(cells, start) - 1
    whole = text(cells.scalar(within))
    at = whole.find(text(cells.scalar(wanted)), first) if 0 <= first <= len(whole) else -1
    if at < 0:
        raise Fault("#VALUE!")
    return float(at + 1)


@_listed(2, 2)
def EXACT(cells: Cells, left: Operand, right: Operand) -> Value:
    return text(cells.scalar(left)) == text(cells.scalar(right))


@_listed(1, 1)
def VALUE(cells: Cells, value: Operand) -> Value:
    return number(cells.scalar(value))


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


@_listed(1, 1)
def ASC(cells: Cells, value: Operand) -> Value:
    return text(cells.scalar(value)).translate(_HALF_WIDTH)


@_listed(2, 2)
def TEXT(cells: Cells, value: Operand, pattern: Operand) -> Value:
    given, code = cells.scalar(value), text(cells.scalar(pattern))
    if isinstance(given, str) or not _PRINTED.fullmatch(code) or not abs(number(given)) < 10**_DIGITS:
        raise Unknown
    return printed(from_float(number(given)), code)


# ---- where things stand


@_listed(2, 3)
def INDEX(cells: Cells, where: Operand, row: Operand, column: Operand = None) -> Operand:
    if not isinstance(where, Range):
        raise Unknown
    first, second = int(number(cells.scalar(row))), int(number(cells.scalar(column)))
    if column is None and where.height == 1:
        first, second = 1, first
    if first and column is None and where.width == 1:
        second = 1
    if not first or not second:
        raise Unknown  # a whole row or column
    return where.cell(first, second)


@_listed(2, 3)
def MATCH(cells: Cells, wanted: Operand, where: Operand, kind: Operand = 1.0) -> Value:
    return float(_position(cells, wanted, _line(where), number(cells.scalar(kind))) + 1)


@_listed(3, 4)
def VLOOKUP(cells: Cells, wanted: Operand, table: Operand, column: Operand, near: Operand = True) -> Operand:
    if not isinstance(table, Range):
        raise Unknown
    first = table._replace(area=table.area._replace(right=table.area.left))
    row = _position(cells, wanted, first, 1.0 if truth(cells.scalar(near)) else 0.0)
    return table.cell(row + 1, int(number(cells.scalar(column))))


@_listed(2, 3)
def LOOKUP(cells: Cells, wanted: Operand, where: Operand, what: Operand = None) -> Operand:
    line = _line(where)
    beside = line if what is None else _line(what)
    at = _position(cells, wanted, line, 1.0) + 1
    return beside.cell(at, 1) if beside.width == 1 else beside.cell(1, at)


def _line(where: Operand) -> Range:
    """A range of one row or one column."""
    if not isinstance(where, Range) or (where.height > 1 and where.width > 1):
        raise Unknown
    return where


def _position(cells: Cells, wanted: Operand, line: Range, kind: float) -> int:
    """Where a value stands in a row or column: itself (0), or the last not greater one in rising order (1)."""
    sought = cells.scalar(wanted)
    values = [value for row in cells.rows(line) for value in row]
    if isinstance(sought, str) and (len(sought) > _LONGEST_SOUGHT or _WILD & set(sought)):
        raise Unknown
    if kind not in (0.0, 1.0) or sought is None:
        raise Unknown
    if any(isinstance(value, Fault) for value in values):
        raise Unknown
    alike = [
        (at, value) for at, value in enumerate(values) if type(value) is type(sought) and not isinstance(value, Fault)
    ]
    if kind and any(
        not equal(one, next_one) and order(one, next_one) > 0
        for (_, one), (_, next_one) in zip(alike, alike[1:], strict=False)
    ):
        raise Unknown
    found = [at for at, value in alike if equal(value, sought) or (kind and order(value, sought) < 0)]
    if not found:
        raise Fault("#N/A")
    return found[-1] if kind else found[0]


@_listed(1, 1)
def ROWS(cells: Cells, where: Operand) -> Value:
    if not isinstance(where, Range):
        raise Unknown
    return float(where.height)


@_listed(1, 1)
def COLUMNS(cells: Cells, where: Operand) -> Value:
    if not isinstance(where, Range):
        raise Unknown
    return float(where.width)


@_listed(1, 1)
def SINGLE(cells: Cells, value: Operand) -> Value:
    """How Excel stores an @ before a function."""
    return cells.scalar(value)
