"""Formulas that several cells share: what each of them says."""

import re

from jixiao.places import LAST_COLUMN, LAST_ROW, column_number, letters

_REFERENCE = r"""
    "[^"]*" | '[^']*' | \[[^\]]*\]                                         # texts, sheet names, other workbooks
    | (?<![\w.\\])(?:
        (?P<dollar>\$?)(?P<column>[A-Za-z]{1,3})(?P<fixed>\$?)(?P<row>[1-9]\d{0,6})      # G45
      | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})                     # H:H
      | (?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})                          # 3:5
    )(?![\w.(!\\])
"""  # a text, which re compiles for the first shared formula: most files have none


def shifted(formula: str, down: int, right: int) -> str:
    """The formula as it reads ``down`` rows below and ``right`` columns right of where it was written."""

    def moved(match: re.Match[str]) -> str:
        if match["row"]:
            column = _column(match["dollar"] + match["column"], right)
            row = _row(match["fixed"] + match["row"], down)
            return column + row if column and row else "#REF!"
        if match["columns"]:
            return _range([_column(end, right) for end in match["columns"].split(":")])
        if match["rows"]:
            return _range([_row(end, down) for end in match["rows"].split(":")])
        return match[0]

    return re.sub(_REFERENCE, moved, formula, flags=re.VERBOSE)


def _column(name: str, right: int) -> str | None:
    if name[0] == "$":
        return name
    number = column_number(name.upper()) + right
    return letters(number) if 1 <= number <= LAST_COLUMN else None


def _row(text: str, down: int) -> str | None:
    if text[0] == "$":
        return text
    number = int(text) + down
    return str(number) if 1 <= number <= LAST_ROW else None


def _range(ends: list[str | None]) -> str:
    return ":".join(end for end in ends if end) if all(ends) else "#REF!"
