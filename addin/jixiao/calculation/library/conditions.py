"""Functions of conditions."""

from collections.abc import Sequence

from jixiao.calculation.library.table import ANY, Cells, listed, sound
from jixiao.calculation.values import Fault, Operand, Range, Value, truth


def _truths(cells: Cells, operands: Sequence[Operand]) -> list[bool]:
    """The conditions among operands: in ranges those that are conditions or numbers."""
    found: list[bool] = []
    for operand in operands:
        if isinstance(operand, Range):
            found += [bool(value) for value in sound(cells.filled(operand)) if isinstance(value, bool | float)]
        else:
            found.append(truth(operand))
    if not found:
        raise Fault("#VALUE!")
    return found


@listed(1, ANY)
def AND(cells: Cells, *operands: Operand) -> Value:
    return all(_truths(cells, operands))


@listed(1, ANY)
def OR(cells: Cells, *operands: Operand) -> Value:
    return any(_truths(cells, operands))


@listed(1, 1)
def NOT(cells: Cells, value: Operand) -> Value:
    return not truth(cells.scalar(value))


@listed(0, 0)
def TRUE(cells: Cells) -> Value:
    return True


@listed(0, 0)
def FALSE(cells: Cells) -> Value:
    return False


@listed(0, 0)
def NA(cells: Cells) -> Value:
    raise Fault("#N/A")


@listed(1, 1)
def ISBLANK(cells: Cells, value: Operand) -> Value:
    return cells.scalar(value) is None
