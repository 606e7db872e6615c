"""Functions that add up, count and average, all of a range or what meets a condition."""

import math
import re
from collections.abc import Callable, Iterator, Sequence

from jixiao.calculation.library.table import ANY, Cells, checked, listed, sound
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
    number,
    numeral,
    order,
)
from jixiao.grid import Area

_LONGEST_SOUGHT = 255
_WILD = set("*?~")


def _numbers(cells: Cells, operands: Sequence[Operand]) -> Iterator[float]:
    """The numbers among operands: in ranges those that are numbers, else what reads as one."""
    for operand in operands:
        if isinstance(operand, Range):
            yield from (value for value in sound(cells.filled(operand)) if isinstance(value, float))
        else:
            yield number(operand)


def _sum(numbers: Iterator[float]) -> float:
    total = 0.0
    for value in numbers:
        total = added(total, value)
    return finite(total)


@listed(1, ANY)
def SUM(cells: Cells, *operands: Operand) -> Value:
    return _sum(_numbers(cells, operands))


@listed(1, ANY)
def AVERAGE(cells: Cells, *operands: Operand) -> Value:
    numbers = list(_numbers(cells, operands))
    return divided(_sum(iter(numbers)), len(numbers))


@listed(1, ANY)
def MIN(cells: Cells, *operands: Operand) -> Value:
    return min(_numbers(cells, operands), default=0.0)


@listed(1, ANY)
def MAX(cells: Cells, *operands: Operand) -> Value:
    return max(_numbers(cells, operands), default=0.0)


@listed(1, ANY)
def PRODUCT(cells: Cells, *operands: Operand) -> Value:
    numbers = list(_numbers(cells, operands))
    return finite(math.prod(numbers)) if numbers else 0.0


@listed(1, ANY)
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


@listed(1, ANY)
def COUNTA(cells: Cells, *operands: Operand) -> Value:
    return float(
        sum(
            sum(value is not None for value in cells.filled(operand)) if isinstance(operand, Range) else 1
            for operand in operands
        )
    )


@listed(1, ANY)
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
        for row, line in enumerate(checked(cells.rows(one)))
        for column, value in enumerate(line)
        if isinstance(value, float)
    }


@listed(2, 3)
def SUMIF(cells: Cells, where: Operand, criterion: Operand, what: Operand = None) -> Value:
    return _sum(iter(_chosen(cells, where, criterion, what)))


@listed(2, 3)
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


@listed(2, 2)
def COUNTIF(cells: Cells, where: Operand, criterion: Operand) -> Value:
    return float(len(_meeting_all(cells, (where, criterion))))


@listed(3, ANY)
def SUMIFS(cells: Cells, what: Operand, *pairs: Operand) -> Value:
    if not isinstance(what, Range):
        raise Unknown
    values = _by_offset(cells, what)
    return _sum(values[at] for at in sorted(_meeting_all(cells, pairs)) if at in values)


@listed(2, ANY)
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
