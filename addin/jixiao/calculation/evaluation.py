"""One formula worked out on the sheets of its document."""

import re
from collections.abc import Callable, Mapping, Sequence

from jixiao.calculation.library import called
from jixiao.calculation.sheets import Sheets, Spot
from jixiao.calculation.syntax import (
    Call,
    Constant,
    Expression,
    Failure,
    Item,
    Name,
    Operator,
    Reference,
    parsed,
)
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
    number,
    order,
    power,
    text,
    truth,
)
from jixiao.grid import Area

_STABLE_NAME = re.compile(
    r"""(?:'(?:[^']|'')+'|[\w.]+)!\$[A-Z]{1,3}\$\d+(?::\$[A-Z]{1,3}\$\d+)? | "(?:[^"]|"")*" | -?\d+(?:\.\d+)?%?""",
    re.VERBOSE,
)
_LETTERS_A_STEP = 16
_PLUS = Operator("+", 1)


class Working:
    """A formula at work: where it stands, and the sheets it reads."""

    def __init__(self, sheets: Sheets, spot: Spot) -> None:
        self.filled, self.rows, self.spend = sheets.filled, sheets.rows, sheets.spend
        self._sheets, self._spot = sheets, spot

    def result(self, expression: Expression) -> Value:
        """The value of a cell with this formula. Raises Fault, Unknown, or ``Needed`` for cells to be computed first."""
        found = self.scalar(self.operand(expression))
        return 0.0 if found is None else found

    def scalar(self, operand: Operand) -> Value:
        """The value of an operand; a range of one cell counts as that cell."""
        if not isinstance(operand, Range):
            return operand
        if operand.area[:2] != operand.area[2:]:
            raise Unknown  # which of its cells is meant differs between programs
        found = self._sheets.value((operand.sheet, *operand.area[:2]))
        if isinstance(found, Fault):
            raise Fault(found.code)
        return found

    def operand(self, expression: Expression) -> Operand:
        """What an expression comes to; an argument that was left out is a blank."""
        self.spend(len(expression))
        stack: list[Operand] = []
        for item in expression:
            if isinstance(item, Operator):
                operands = stack[-item.operands :]
                stack[-item.operands :] = [self._operated(item, operands)]
            else:
                stack.append(self._item(item))
        return stack[0] if stack else None

    def _item(self, item: Item) -> Operand:
        match item:
            case Constant(value):
                return finite(value) if isinstance(value, float) else value
            case Reference(sheet, area):
                return Range(self._sheet(sheet), area)
            case Call(function, arguments):
                special = _SPECIAL.get(function)
                if special is not None:
                    return special(self, arguments)
                found = called(self, function, [self.operand(argument) for argument in arguments])
                return self._paid(found) if isinstance(found, str) else found
            case Name(sheet, name):
                return self._named(self._sheets.name(self._sheet(sheet), name))
            case Failure(code):
                raise Fault(code)
            case _:
                raise Unknown

    def _sheet(self, sheet: str | None) -> str:
        return self._spot[0] if sheet is None else sheet.casefold()

    def _named(self, meaning: str) -> Operand:
        """What a name stands for, if that is the same wherever it is asked for: a fixed place, a text or a number."""
        if not _STABLE_NAME.fullmatch(meaning):
            raise Unknown
        return self.operand(parsed(meaning, self.spend))

    def _operated(self, operator: Operator, operands: Sequence[Operand]) -> Operand:
        if operator.sign == ":":
            return _spanned(*operands)
        values = [self.scalar(operand) for operand in operands]
        if operator.sign == "&":
            left, right = map(text, values)
            fits(len(left) + len(right))
            return self._paid(left + right)
        if operator.sign in ("=", "<>"):
            return equal(*values) is (operator.sign == "=")
        if operator.sign in _COMPARED:
            return order(*values) in _COMPARED[operator.sign]
        if operator == _PLUS:
            return values[0]  # =+A1 is what many people type
        return finite(_CALCULATED[operator.sign, operator.operands](*map(number, values)))

    def _paid(self, text: str) -> str:
        """A text that was made; what is made takes room."""
        self.spend(len(text) // _LETTERS_A_STEP)
        return text

    # ---- functions that work out what they need, or ask where they stand

    def condition(self, arguments: Sequence[Expression]) -> Operand:
        """IF."""
        if not 2 <= len(arguments) <= 3:
            raise Unknown
        if truth(self.scalar(self.operand(arguments[0]))):
            return self._branch(arguments[1])
        return self._branch(arguments[2]) if len(arguments) == 3 else False

    def _branch(self, argument: Expression) -> Operand:
        found = self.operand(argument)
        return 0.0 if found is None else found

    def otherwise(self, arguments: Sequence[Expression], codes: Sequence[str] = ()) -> Operand:
        """IFERROR; with ``codes`` only for these."""
        if len(arguments) != 2:
            raise Unknown
        try:
            found = self.scalar(self.operand(arguments[0]))
        except Fault as fault:
            if codes and fault.code not in codes:
                raise
            return self._branch(arguments[1])
        return 0.0 if found is None else found

    def choice(self, arguments: Sequence[Expression]) -> Operand:
        """CHOOSE."""
        at = int(number(self.scalar(self.operand(arguments[0] if arguments else ()))))
        if not 1 <= at < len(arguments):
            raise Fault("#VALUE!")
        return self._branch(arguments[at])

    def place(self, arguments: Sequence[Expression], end: int) -> Operand:
        """ROW and COLUMN, of a cell or of the formula itself."""
        if not arguments:
            return float(self._spot[1 + end])
        where = self.operand(arguments[0])
        if not isinstance(where, Range) or len(arguments) > 1 or where.area[:2] != where.area[2:]:
            raise Unknown
        return float(where.area[end])

    def kind(self, arguments: Sequence[Expression], asked: Callable[[Value | Fault], bool]) -> Operand:
        """ISNUMBER and the like, which take error values as well."""
        if len(arguments) != 1:
            raise Unknown
        found: Value | Fault
        try:
            found = self.scalar(self.operand(arguments[0]))
        except Fault as fault:
            found = fault
        return asked(found)


def _spanned(first: Operand, last: Operand) -> Range:
    """``H13:INDEX(H:H,ROW()-1)``: everything from one range to another."""
    if not isinstance(first, Range) or not isinstance(last, Range) or first.sheet != last.sheet:
        raise Unknown
    here, there = first.area, last.area
    top, left = min(here.top, there.top), min(here.left, there.left)
    return Range(first.sheet, Area(top, left, max(here.bottom, there.bottom), max(here.right, there.right)))


_COMPARED = {"<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}
_CALCULATED: Mapping[tuple[str, int], Callable[..., float]] = {
    ("+", 2): added,
    ("-", 2): lambda left, right: added(left, -right),
    ("*", 2): lambda left, right: left * right,
    ("/", 2): divided,
    ("^", 2): power,
    ("-", 1): lambda value: -value,
    ("%", 1): lambda value: value / 100,
}
_SPECIAL: Mapping[str, Callable[[Working, Sequence[Expression]], Operand]] = {
    "IF": Working.condition,
    "IFERROR": Working.otherwise,
    "IFNA": lambda working, arguments: working.otherwise(arguments, ["#N/A"]),
    "CHOOSE": Working.choice,
    "ROW": lambda working, arguments: working.place(arguments, 0),
    "COLUMN": lambda working, arguments: working.place(arguments, 1),
    "ISNUMBER": lambda working, arguments: working.kind(arguments, lambda found: isinstance(found, float)),
    "ISTEXT": lambda working, arguments: working.kind(arguments, lambda found: isinstance(found, str)),
    "ISERROR": lambda working, arguments: working.kind(arguments, lambda found: isinstance(found, Fault)),
    "ISNA": lambda working, arguments: working.kind(
        arguments, lambda found: isinstance(found, Fault) and found.code == "#N/A"
    ),
}
