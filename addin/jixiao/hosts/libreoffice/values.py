"""Excel's conventions for what cells hold: dates, truth values, error values, blanks, and what one would type."""

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

Rows = Sequence[Sequence[Any]]

_ERRORS = {
    502: "#VALUE!",  # an argument that is not allowed: so does LibreOffice write it into an .xlsx
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}


class CellError(str):
    """An error value: ``#DIV/0!``. A type of its own, so that a text that looks like one stays a text."""

    __slots__ = ()


def error_of(number: int) -> CellError:
    """Excel's error value for an error of the office."""
    return CellError(_ERRORS.get(number, "#VALUE!"))


def moment(serial: float, day_zero: date) -> datetime | float:
    """The date that a number stands for; the number itself where the calendar has no such day."""
    try:
        return datetime(day_zero.year, day_zero.month, day_zero.day) + timedelta(days=serial)
    except OverflowError:
        return serial


HIDDEN_TAB = "\1"
"""What the office gives for a tab in a text of several lines or looks."""


def text_of(value: str, entry: str) -> str:
    """A text with its tabs, by what the formula bar shows: that has them, and one apostrophe more before one in front."""
    for text in (entry, entry.removeprefix("'")):
        if text.replace("\t", HIDDEN_TAB) == value:
            return text
    return value


def shown(value: Any) -> str:
    """A constant as the formula bar shows it."""
    if value is None or isinstance(value, str):
        return value or ""
    return repr(value).removesuffix(".0")


def typed(entry: Any, formula: Callable[[str], str]) -> str:
    """What has to be typed in English for an entry; ``formula`` translates the text of a formula."""
    if entry is None:
        return ""
    if isinstance(entry, bool):
        return "TRUE" if entry else "FALSE"
    if isinstance(entry, str):
        return formula(entry) if entry.startswith("=") else entry
    if isinstance(entry, int | float) and math.isfinite(entry):
        return repr(entry)
    raise NotImplementedError(f"LibreOffice engine: {type(entry).__name__} in a cell")


def cleaned(rows: Rows, dates: Callable[..., Any], empty: Any, numbers: Any, err_to_str: bool) -> list[list[Any]]:
    """Cells as xlwings promises them to its user."""

    def clean(value: Any) -> Any:
        if value is None or value == "":
            return empty
        if isinstance(value, CellError):
            return str(value) if err_to_str else None
        if isinstance(value, datetime):
            return _built(dates, value)
        if isinstance(value, float) and numbers is not None:
            return numbers(value)
        return value

    return [[clean(value) for value in row] for row in rows]


def _built(dates: Callable[..., Any], value: datetime) -> Any:
    names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
    parts: Mapping[str, int] = {name: getattr(value, name) for name in names}
    return dates(**parts, tzinfo=None)
