"""Functions of numbers: rounding above all."""

import math
from decimal import Decimal

from jixiao.calculation.library.table import FUNCTIONS, Cells, listed
from jixiao.calculation.values import (
    Operand,
    Unknown,
    Value,
    added,
    divided,
    finite,
    kept,
    number,
    power,
)
from jixiao.figures import from_float, rounded

_DIGITS = 15


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


@listed(1, 2)
def ROUND(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return float(_nearest(from_float(number(cells.scalar(value))), _places(cells.scalar(places))))


@listed(1, 2)
def ROUNDUP(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return _toward(cells, value, places, away=True)


@listed(1, 2)
def ROUNDDOWN(cells: Cells, value: Operand, places: Operand = None) -> Value:
    return _toward(cells, value, places, away=False)


FUNCTIONS["TRUNC"] = FUNCTIONS["ROUNDDOWN"]


@listed(1, 1)
def INT(cells: Cells, value: Operand) -> Value:
    return float(_floor(number(cells.scalar(value))))


def _floor(value: float) -> int:
    """The whole number below; Unknown where a program may take 28.999999999999996 for 29, or not."""
    if math.floor(value) != math.floor(kept(value)):
        raise Unknown
    return math.floor(value)


@listed(1, 1)
def ABS(cells: Cells, value: Operand) -> Value:
    return abs(number(cells.scalar(value)))


@listed(2, 2)
def MOD(cells: Cells, over: Operand, under: Operand) -> Value:
    left, right = number(cells.scalar(over)), number(cells.scalar(under))
    return added(left, -right * _floor(divided(left, right)))


@listed(2, 2)
def POWER(cells: Cells, base: Operand, exponent: Operand) -> Value:
    return finite(power(number(cells.scalar(base)), number(cells.scalar(exponent))))
