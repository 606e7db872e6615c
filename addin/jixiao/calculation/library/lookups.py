"""Functions that say where things stand, and what stands there."""

from jixiao.calculation.library.table import Cells, listed
from jixiao.calculation.values import Fault, Operand, Range, Unknown, Value, equal, number, order, truth

_LONGEST_SOUGHT = 255
_WILD = set("*?~")


@listed(2, 3)
def INDEX(cells: Cells, where: Operand, row: Operand, column: Operand = None) -> Operand:
    if not isinstance(where, Range):
        raise Unknown
    first, second = int(number(cells.scalar(row))), int(number(cells.scalar(column)))
    if column is None and where.height == 1:
        first, second = 1, first
    if first and column is None and where.width == 1:
        second = 1
    if not first or not second:
        raise Unknown  # a whole row or column
    return where.cell(first, second)


@listed(2, 3)
def MATCH(cells: Cells, wanted: Operand, where: Operand, kind: Operand = 1.0) -> Value:
    return float(_position(cells, wanted, _line(where), number(cells.scalar(kind))) + 1)


@listed(3, 4)
def VLOOKUP(cells: Cells, wanted: Operand, table: Operand, column: Operand, near: Operand = True) -> Operand:
    if not isinstance(table, Range):
        raise Unknown
    first = table._replace(area=table.area._replace(right=table.area.left))
    row = _position(cells, wanted, first, 1.0 if truth(cells.scalar(near)) else 0.0)
    return table.cell(row + 1, int(number(cells.scalar(column))))


@listed(2, 3)
def LOOKUP(cells: Cells, wanted: Operand, where: Operand, what: Operand = None) -> Operand:
    line = _line(where)
    beside = line if what is None else _line(what)
    at = _position(cells, wanted, line, 1.0) + 1
    return beside.cell(at, 1) if beside.width == 1 else beside.cell(1, at)


def _line(where: Operand) -> Range:
    """A range of one row or one column."""
    if not isinstance(where, Range) or (where.height > 1 and where.width > 1):
        raise Unknown
    return where


def _position(cells: Cells, wanted: Operand, line: Range, kind: float) -> int:
    """Where a value stands in a row or column: itself (0), or the last not greater one in rising order (1)."""
    sought = cells.scalar(wanted)
    values = [value for row in cells.rows(line) for value in row]
    if isinstance(sought, str) and (len(sought) > _LONGEST_SOUGHT or _WILD & set(sought)):
        raise Unknown
    if kind not in (0.0, 1.0) or sought is None:
        raise Unknown
    if any(isinstance(value, Fault) for value in values):
        raise Unknown
    alike = [
        (at, value) for at, value in enumerate(values) if type(value) is type(sought) and not isinstance(value, Fault)
    ]
    if kind and any(
        not equal(one, next_one) and order(one, next_one) > 0
        for (_, one), (_, next_one) in zip(alike, alike[1:], strict=False)
    ):
        raise Unknown
    found = [at for at, value in alike if equal(value, sought) or (kind and order(value, sought) < 0)]
    if not found:
        raise Fault("#N/A")
    return found[-1] if kind else found[0]


@listed(1, 1)
def ROWS(cells: Cells, where: Operand) -> Value:
    if not isinstance(where, Range):
        raise Unknown
    return float(where.height)


@listed(1, 1)
def COLUMNS(cells: Cells, where: Operand) -> Value:
    if not isinstance(where, Range):
        raise Unknown
    return float(where.width)


@listed(1, 1)
def SINGLE(cells: Cells, value: Operand) -> Value:
    """How Excel stores an @ before a function."""
    return cells.scalar(value)
