"""Fourth reading: the range of results that the printed figures allow."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import product

from jixiao.figures import Interval
from jixiao.relations.tree import Call, Fact, Operation, Total, Tree
from jixiao.relations.values import number

Printed = Callable[[str], Interval | None | Sequence[Interval]]
"""The interval a printed fact stands for; None if it is blank or no number; a sequence for a column (``…[]``)."""


def bounds(tree: Tree, printed: Printed) -> Interval | None:
    """The least and greatest result that figures inside the printed intervals give, taken at the corners of the box.

    Exact where the relation rises or falls steadily in each fact, as all ours do. None where a fact is missing, where a
    denominator may be 0, and for look-ups.
    """
    if any(isinstance(part, Call) for part in tree.walk()):
        return None
    box = {name: _side(printed(name)) for name in tree.facts()}
    ranges = {name: side for name, side in box.items() if side is not None}
    if len(ranges) < len(box) and not isinstance(tree, Total):
        return None
    if any(
        _may_be_zero(part.right, ranges) for part in tree.walk() if isinstance(part, Operation) and part.sign == "/"
    ):
        return None
    results = list(_corners(tree, ranges))
    return Interval(min(results), max(results)) if results else None


def _side(found: Interval | None | Sequence[Interval]) -> Interval | None:
    """One side of the box; a column is one variable, the sum of its intervals."""
    if found is None or isinstance(found, Interval):
        return found
    if not found:
        return None
    return Interval(sum((part.low for part in found), Decimal(0)), sum((part.high for part in found), Decimal(0)))


def _corners(tree: Tree, ranges: dict[str, Interval]) -> list[Decimal]:
    if isinstance(tree, Total):
        lows, highs = zip(*ranges.values(), strict=True) if ranges else ((), ())
        return [sum(lows, Decimal(0)), sum(highs, Decimal(0))] if ranges else []
    found = []
    for corner in product(*ranges.values()):
        known = dict(zip(ranges, corner, strict=True))
        result = number(tree, known.get)
        if result is not None:
            found.append(result)
    return found


def _may_be_zero(denominator: Tree, ranges: dict[str, Interval]) -> bool:
    if isinstance(denominator, Fact):
        return ranges[denominator.name].holds(Decimal(0))
    results = _corners(denominator, {name: ranges[name] for name in denominator.facts()})
    return not results or min(results) <= 0 <= max(results)
