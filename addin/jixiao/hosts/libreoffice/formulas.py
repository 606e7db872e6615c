"""Formulas as Excel writes them and as Calc writes them: the same text but for separators, sheets and some names.

A block of formulas goes over the bridge in one call only as text in Calc's own notation, so the texts are translated here.
References to other workbooks are left as they are.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from jixiao.functions import FUNCTIONS

_CALC, _EXCEL, _EXCEL_FILE = 1, 3, 5  # com.sun.star.sheet.FormulaLanguage: ENGLISH, XL_ENGLISH, OOXML
_ALL = 0x7FFFFFFF  # com.sun.star.sheet.FormulaMapGroup

_SHEET = r"'(?:[^']|'')+'"
_REFERENCE = r"(?=\$?[A-Z]{1,3}(?:\$?\d|:)|\$?\d+:|\#REF!)"
_LEFT = (
    r'"(?:[^"]|"")*"|\#(?:REF!|NULL!|NUM!|VALUE!|DIV/0!|N/A|NAME\?)'  # texts, error values
    rf"|{_SHEET}\#\$?(?:{_SHEET}|\w+)\."  # sheets of other workbooks
)
_FUNCTION, _WORD = r"(?P<function>[^\W\d][\w.]*)(?=\()", r"[\w.$]+"

_OF_CALC = re.compile(
    rf"{_LEFT}|\$?(?P<sheet>{_SHEET}|\w+)\.{_REFERENCE}|(?P<truth>TRUE|FALSE)\(\)|{_FUNCTION}|{_WORD}|(?P<mark>[;|~!])"
)
_OF_EXCEL = re.compile(
    rf"{_LEFT}|(?P<sheet>{_SHEET}|[\w.]+)!|(?P<truth>\b(?:TRUE|FALSE)\b)(?![\w.(])|{_FUNCTION}|{_WORD}"
    r"|(?P<mark>[,;]|(?<=[\w)]) (?=[\w$'(]))"
)
# between arguments or columns, between rows, between areas taken together, and for what areas have in common
_TO_EXCEL = {";": ",", "|": ";", "~": ",", "!": " "}
_TO_CALC = {",": ";", ";": "|", " ": "!"}


class Names(NamedTuple):
    """What functions are called by both."""

    to_excel: Mapping[str, str]
    to_calc: Mapping[str, str]


class Notation:
    """Both ways of writing, by the names of one office. Forms are read several times: each text is translated once."""

    def __init__(self, mapper: Any) -> None:
        names = names_of(mapper)
        self.to_excel = cache(partial(to_excel, names=names))
        self.to_calc = cache(partial(to_calc, names=names))


def names_of(mapper: Any) -> Names:
    """The names as the office itself tells them (``com.sun.star.sheet.FormulaOpCodeMapper``)."""
    calc, excel, file = (_by_function(mapper.getAvailableMappings(kind, _ALL)) for kind in (_CALC, _EXCEL, _EXCEL_FILE))
    pairs = {name: _excel_name(key, excel, file) for key, name in calc.items() if key in excel}
    return Names(pairs, {excel_name: name for name, excel_name in reversed(pairs.items())})


def to_excel(formula: str, names: Names) -> str:
    """A formula or the content of a name as Excel writes it."""

    def translated(match: re.Match[str]) -> str:
        kind = match.lastgroup
        found = match[kind or 0]
        if kind == "sheet":
            return f"{found}!"
        if kind == "function":
            return names.to_excel.get(found.upper(), found.upper())
        return _TO_EXCEL[found] if kind == "mark" else found

    return _OF_CALC.sub(translated, formula)


def to_calc(formula: str, names: Names) -> str:
    """A formula or the content of a name as Calc writes it. Areas taken together it knows by the brackets around them."""

    def translated(match: re.Match[str]) -> str:
        kind = match.lastgroup
        found = match[kind or 0]
        if kind == "sheet":
            return f"${found}."
        if kind == "function":
            name = found.upper().removeprefix("_XLFN.")
            return names.to_calc.get(name, name)
        if kind == "truth":
            return f"{found}()"
        return _TO_CALC[found] if kind == "mark" else found

    return _OF_EXCEL.sub(translated, formula)


def _by_function(entries: Iterable[Any]) -> dict[tuple[int, str], str]:
    """Names by the number of a function; functions of add-ins share one number and tell their own name beside it."""
    return {(entry.Token.OpCode, _addin(entry.Token.Data)): entry.Name for entry in entries}


def _addin(data: Any) -> str:
    return data if isinstance(data, str) else ""


def _excel_name(key: tuple[int, str], excel: Mapping[Any, str], file: Mapping[Any, str]) -> str:
    own = key[1].rpartition(".")[2]
    if own in FUNCTIONS:
        return own
    return excel[key] if key[1] else file.get(key, excel[key]).removeprefix("_xlfn.")
