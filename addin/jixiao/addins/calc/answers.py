"""The cell functions as Calc calls them: values in, a float or a text out, real error values.

In come texts for single cells (see ``functions.types``); where an argument may be left out or be a range, floats, texts, None,
or tuples of rows. An error value among them never arrives: it is the answer already. An error value is a float for Calc, a NaN
that carries the number of the error.
"""

import re
import struct
from collections.abc import Callable
from decimal import Decimal
from math import isfinite
from typing import Any

from jixiao.functions import CellError, Function
from jixiao.logbook import keep_once


def _nan(number: int) -> float:
    """The NaN of one of Calc's errors: a quiet NaN with the number in its lower half."""
    [nan] = struct.unpack("<d", struct.pack("<II", number, 0x7FF80000))
    return float(nan)


ERRORS = {"#NUM!": _nan(503), "#VALUE!": _nan(519), "#DIV/0!": _nan(532), "#N/A": _nan(32767)}
"""Error values by their names in a cell."""

_EXPONENT = re.compile(r"-?\d(?:\.\d+)?E[+-]\d{3}")
"""How Calc writes numbers that are very large."""


def method(function: Function) -> Callable[..., float | str]:
    """A function of the table as a method of the component."""
    call, name = function.call, function.name

    def answer(_: object, *values: Any) -> float | str:
        try:
            return _result(call(*map(_given, values)))
        except CellError as error:
            return ERRORS[error.code]
        except Exception as bug:
            keep_once(name, type(bug))
            return ERRORS[CellError.code]

    return answer


def _given(value: Any) -> Any:
    """An argument as the function table takes it, numbers as numbers.

    A lone 0 of type ``any`` may be a blank cell, and is taken for one.
    """
    if not isinstance(value, str):
        return value or None
    if value.isascii() and value.replace(".", "", 1).isdecimal():
        return Decimal(value)  # the function would come to the same, in twice the time
    return float(value) if "E" in value and _EXPONENT.fullmatch(value) else value


def _result(answer: Decimal | str | None) -> float | str:
    """An answer as a cell holds it."""
    if isinstance(answer, Decimal):
        number = float(answer) + 0.0  # + 0.0: a rounded-away minus sign is no number of a spreadsheet's
        return number if isfinite(number) else ERRORS["#NUM!"]
    return answer or ""
