"""The text of a formula, taken apart: operands, operators behind their operands, calls with their arguments.

An expression is a flat sequence in the order of working it out (``1+2*3`` is ``1 2 3 * +``): however long a formula is, only
calls inside calls are nested. What is not understood raises ``Unknown``: array constants, references to other workbooks and
to tables, unions and intersections of ranges.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from jixiao.calculation.values import Unknown
from jixiao.grid import Area
from jixiao.places import column_number

LONGEST = 8192
"""Characters that a formula may have in Excel."""

_DEEPEST = 64  # calls inside calls
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_TOKEN = re.compile(
    r"""\s*(?:
    (?P<text>"(?:[^"]|"")*")
  | (?P<error>\#(?:NULL!|DIV/0!|VALUE!|REF!|NAME\?|NUM!|N/A))
  | (?P<sheet>(?:'(?:[^']|'')+'|[\w.\[\]]+)!)?
    (?: (?P<call>[^\W\d][\w.]*)\(
      | (?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?)(?![\w.])
      | (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.])
      | (?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w.])
      | (?P<name>[^\W\d][\w.]*)
    )
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<sign><=|>=|<>|[-+*/^&=<>%(),:])
    )""",
    re.VERBOSE,
)
_BINDING = {
    **dict.fromkeys(("=", "<", ">", "<=", ">=", "<>"), 1),
    **{"&": 2, "+": 3, "-": 3, "*": 4, "/": 4, "^": 5, ":": 7},
}
_OPEN = ("(", 0, 0)
_BEFORE = {"(": _OPEN, "-": ("-", 6, 1), "+": ("+", 6, 1)}  # an operand; -2^2 is 4


class Constant(NamedTuple):
    """A number, a text or a truth value that the formula itself states."""

    value: float | str | bool


class Failure(NamedTuple):
    """An error value that the formula itself states: ``#REF!`` where a cell was deleted."""

    code: str


class Reference(NamedTuple):
    """A cell or a range; without ``sheet`` on the sheet of the formula."""

    sheet: str | None
    area: Area


class Name(NamedTuple):
    """A defined name."""

    sheet: str | None
    name: str


class Call(NamedTuple):
    """A function with its arguments; one that was left out is empty."""

    function: str
    arguments: Sequence["Expression"]


class Operator(NamedTuple):
    """An operator for the ``operands`` values before it."""

    sign: str
    operands: int


Item = Constant | Failure | Reference | Name | Call | Operator
Expression = Sequence[Item]

_Waiting = tuple[str, int, int]
"""An operator whose right side is still to come, or an open bracket: its sign, how tightly it binds, its operands."""


def parsed(formula: str, spend: Callable[[int], None]) -> Expression:
    """A formula without its ``=`` in the order of working it out; every symbol of it is a step. Raises Unknown."""
    if len(formula) > LONGEST:
        raise Unknown
    reader = _Reader(_tokens(formula, spend))
    expression = reader.expression(0)
    if reader.sign or not expression:
        raise Unknown
    return expression


class _Reader:
    """Reads one formula from the left. ``sign`` is what ended the last expression: ``,``, ``)``, or nothing at the end."""

    def __init__(self, tokens: Iterator[re.Match[str]]) -> None:
        self.sign = ""
        self._tokens = tokens

    def expression(self, depth: int) -> Expression:
        """Up to the comma or bracket that ends it, or the end of the formula."""
        if depth > _DEEPEST:
            raise Unknown
        output: list[Item] = []
        waiting: list[_Waiting] = []
        before_operand = True
        for token in self._tokens:
            if token.lastgroup != "sign":
                if not before_operand:
                    raise Unknown
                output.append(self._operand(token, depth))
                before_operand = False
                continue
            sign = token["sign"]
            if before_operand:
                if sign in (",", ")"):
                    return self._ended(sign, waiting, output, before_operand)
                if sign not in _BEFORE:
                    raise Unknown
                waiting.append(_BEFORE[sign])
            elif sign in _BINDING:
                _settle(waiting, output, _BINDING[sign])
                waiting.append((sign, _BINDING[sign], 2))
                before_operand = True
            elif sign == "%":
                output.append(Operator("%", 1))
            elif sign == ")" and _OPEN in waiting:
                _settle(waiting, output, 1)
                waiting.pop()
            else:
                return self._ended(sign, waiting, output, before_operand)
        return self._ended("", waiting, output, before_operand)

    def _ended(
        self,
        sign: str,
        waiting: list[_Waiting],
        output: list[Item],
        before_operand: bool,
    ) -> Expression:
        self.sign = sign
        if (before_operand and (waiting or output)) or _OPEN in waiting:
            raise Unknown
        _settle(waiting, output, 1)
        return output

    def _operand(self, token: re.Match[str], depth: int) -> Item:
        kind, words = token.lastgroup, token[token.lastgroup or 0]
        match kind:
            case "text":
                return Constant(words[1:-1].replace('""', '"'))
            case "number":
                return Constant(float(words))
            case "error":
                return Failure(words)
            case "call":
                return Call(_plain(words, token["sheet"]), list(self._arguments(depth)))
        sheet = _sheet(token["sheet"])
        match kind:
            case "cell":
                return _reference(sheet, words)
            case "columns":
                return Reference(sheet, _whole_columns(words))
            case "rows":
                return Reference(sheet, _whole_rows(words))
        if sheet is None and words.upper() in ("TRUE", "FALSE"):
            return Constant(words.upper() == "TRUE")
        return Name(sheet, words)

    def _arguments(self, depth: int) -> Iterator[Expression]:
        argument = self.expression(depth + 1)
        if self.sign == ")" and not argument:
            return
        yield argument
        while self.sign == ",":
            yield self.expression(depth + 1)
        if self.sign != ")":
            raise Unknown


def _tokens(formula: str, spend: Callable[[int], None]) -> Iterator[re.Match[str]]:
    at, end = 0, len(formula.rstrip())
    for token in _TOKEN.finditer(formula):
        if token.start() != at:
            raise Unknown
        spend(1)
        yield token
        at = token.end()
    if at < end:
        raise Unknown


def _settle(
    waiting: list[_Waiting],
    output: list[Item],
    binding: int,
) -> None:
    """Operators that bind at least as tightly as the one to come are worked out before it: all bind to the left."""
    while waiting and waiting[-1][1] >= binding:
        sign, _, operands = waiting.pop()
        output.append(Operator(sign, operands))


def _plain(name: str, workbook: str | None) -> str:
    """A function without what Excel, WPS and LibreOffice put before its name (``_xlfn.``, ``'…jixiao.xlam'!``)."""
    name = name.upper()
    own = name.rpartition(".")[2]
    if own.startswith("PERF_"):
        return own
    if workbook is not None:
        raise Unknown
    for prefix in ("_XLFN.", "_XLWS."):
        name = name.removeprefix(prefix)
    return name


def _sheet(prefix: str | None) -> str | None:
    """``'项目 1'!`` -> ``项目 1``; other workbooks are not read."""
    if prefix is None:
        return None
    if "[" in prefix:
        raise Unknown
    name = prefix[:-1]
    return name[1:-1].replace("''", "'") if name.startswith("'") else name


def _reference(sheet: str | None, text: str) -> Reference | Name:
    """``$B$2:C9``, or a name that only looks like a cell (``ABC9999999``)."""
    first, _, last = text.replace("$", "").upper().partition(":")
    ends = [_split(first), _split(last or first)]
    if any(row > _LAST_ROW or column > _LAST_COLUMN for row, column in ends):
        return Name(sheet, text)
    rows, columns = sorted(row for row, _ in ends), sorted(column for _, column in ends)
    return Reference(sheet, Area(rows[0], columns[0], rows[1], columns[1]))


def _split(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters)


def _whole_columns(text: str) -> Area:
    left, right = sorted(column_number(name) for name in text.replace("$", "").upper().split(":"))
    if right > _LAST_COLUMN:
        raise Unknown
    return Area(1, left, _LAST_ROW, right)


def _whole_rows(text: str) -> Area:
    top, bottom = sorted(int(row) for row in text.replace("$", "").split(":"))
    if bottom > _LAST_ROW:
        raise Unknown
    return Area(top, 1, bottom, _LAST_COLUMN)
