"""Fourth reading: the range of results that the printed figures allow."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from itertools import product

from jixiao.figures import ZERO, Interval
from jixiao.relations.tree import Call, Exceeds, Facts, Known, Operation, Rounded, Total, Tree
from jixiao.relations.values import addends_of, number

Printed = Callable[[str], Interval | None | Sequence[Interval]]
"""The interval a printed fact stands for; None if it is blank or no number; a sequence for a column (``…[]``)."""


def bounds(tree: Tree, printed: Printed) -> Interval | None:
    """The least and greatest result that figures inside the printed intervals give, taken at the corners of the box.

    Exact where the relation rises or falls steadily in each fact, as all ours do. None where a fact is missing, where a
    denominator may be 0, and for look-ups.
    """
    box = {name: _side(printed(name)) for name in tree.facts()}
    ranges = {name: side for name, side in box.items() if side is not None}
    if isinstance(tree, Total):
        return _sum(list(ranges.values()))
    parts = list(tree.walk())
    if len(ranges) < len(box) or any(isinstance(part, Call | Exceeds) for part in parts):
        return None
    if any(_may_be_zero(part.right, ranges) for part in parts if isinstance(part, Operation) and part.sign == "/"):
        return None
    return _spread(tree, ranges)


def exact(tree: Tree, facts: Facts) -> Decimal | None:
    """The result of figures that are exactly what they say, before it is rounded: bounds without width."""
    if isinstance(tree, Total):
        addends = addends_of(tree, facts)
        return sum(addends, ZERO) if addends else None
    body = tree.body if isinstance(tree, Rounded) else tree
    found = bounds(body, lambda name: _points(facts(name)))
    return found.low if found else None


def _points(known: Known | Sequence[Known]) -> Interval | None | list[Interval]:
    if isinstance(known, Decimal):
        return Interval(known, known)
    if known is None or isinstance(known, str):
        return None
    return [Interval(one, one) for one in known if isinstance(one, Decimal)]


def _side(found: Interval | None | Sequence[Interval]) -> Interval | None:
    """One side of the box; a column is one variable, the sum of its intervals."""
    return found if found is None or isinstance(found, Interval) else _sum(found)


def _sum(parts: Sequence[Interval]) -> Interval | None:
    if not parts:
        return None
    return Interval(sum((part.low for part in parts), ZERO), sum((part.high for part in parts), ZERO))


def _spread(tree: Tree, ranges: Mapping[str, Interval]) -> Interval | None:
    """The least and greatest value over all corners."""
    corners = (dict(zip(ranges, corner, strict=True)) for corner in product(*ranges.values()))
    results = [result for corner in corners if (result := number(tree, corner.get)) is not None]
    return Interval(min(results), max(results)) if results else None


def _may_be_zero(divisor: Tree, ranges: Mapping[str, Interval]) -> bool:
    spread = _spread(divisor, {name: ranges[name] for name in divisor.facts()})
    return spread is None or spread.holds(ZERO)
