"""The cell functions as xlwings calls them: ``=PERF_GRADE(G45)`` in Excel ends here, once for every cell.

In come the values as COM hands them over (xlwings' "raw" converter: typed text and error values stay apart, and a large
range is not rebuilt cell by cell): floats, text, None for a blank or a missing argument, bool, whole numbers for error
values, tuples of rows for ranges. Out go a float, text, "" for a blank, or the text of an error value, which the VBA wrapper
turns into that error value. An error value among the arguments is the answer, as in Excel's own functions.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import wraps
from math import isfinite
from typing import Any

import xlwings as xw

from jixiao.functions import FUNCTIONS, CellError, Function
from jixiao.logbook import keep_once

_ERRORS = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
}
"""Error values by number (Excel's XlCVError). VBA has no name for the newer ones (#SPILL!, #CALC!): they become #VALUE!."""

_FACILITY = -0x7FF6
"""Upper half of an error value as COM carries it: 0x800A, signed. Numbers of cells are floats, so no number looks like it."""


def _entry(function: Function) -> Callable[..., Any]:
    """A function of the table as xlwings accepts it: its name, the names of its parameters, category and help."""

    @wraps(function.call, assigned=("__name__", "__qualname__"))
    def answer(*values: Any) -> Any:  # xlwings reads annotations as converters: no other says "as it is"
        try:
            return next(_errors(values), None) or _result(function.call(*values))
        except CellError as error:
            return error.code
        except Exception as bug:
            keep_once(function.name, type(bug))
            return CellError.code

    answer.__doc__ = function.description
    for parameter, argument in zip(_parameters(function), function.arguments, strict=True):
        xw.arg(parameter, "raw", doc=argument.help)(answer)
    return xw.func(category=function.category)(answer)


def _parameters(function: Function) -> tuple[str, ...]:
    """The names of the parameters (inspect.signature says the same; nothing of ours loads inspect for a cell)."""
    code = function.call.__wrapped__.__code__  # type: ignore[attr-defined]
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount]
    return names


def _errors(values: tuple[Any, ...]) -> Iterator[str]:
    """The error values among arguments and in their ranges, in the order of reading."""
    for value in values:
        if isinstance(value, tuple):
            yield from _errors(value)
        elif isinstance(value, int) and value >> 16 == _FACILITY:
            yield _ERRORS.get(value & 0xFFFF, CellError.code)


def _result(answer: Decimal | str | None) -> float | str:
    """An answer as a cell holds it."""
    if isinstance(answer, Decimal):
        number = float(answer) + 0.0  # + 0.0: a rounded-away minus sign is no number of Excel's
        return number if isfinite(number) else "#NUM!"
    return answer or ""


globals().update({name: _entry(function) for name, function in FUNCTIONS.items()})
