"""The functions of a spreadsheet that forms are filled with, and ours: by name what they answer.

A function gets its operands worked out, ranges as ranges; one that was left out is a blank. ``IF`` and the like, which work
out only what they need, and ``ROW()``, which asks where the formula stands, are ``evaluation``'s. Functions whose answer
depends on the day, the machine, the language or other files are not here: nobody knows what they gave.
"""

from collections.abc import Sequence
from decimal import Decimal

from jixiao.calculation.library import conditions, lookups, numbers, sums, texts  # noqa: F401  each enters its functions
from jixiao.calculation.library.table import FUNCTIONS, Cells, checked
from jixiao.calculation.values import Fault, Operand, Range, Unknown, Value
from jixiao.functions import FUNCTIONS as OURS
from jixiao.functions import CellError

_OUR_STEPS = 30  # a score takes as long as so many cells


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
        checked(cells.rows(operand)) if argument.range and isinstance(operand, Range) else cells.scalar(operand)
        for argument, operand in zip(function.arguments, operands, strict=False)
    ]
    try:
        answer = function.call(*given)
    except CellError as error:
        raise Fault(error.code) from None
    return float(answer) if isinstance(answer, Decimal) else answer or ""
