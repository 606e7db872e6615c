"""First reading: the value of a relation."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from jixiao.figures import ZERO, parse, rounded
from jixiao.law.grades import grade
from jixiao.law.measures import with_unit
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import completion, score
from jixiao.relations.tree import (
    Call,
    Exceeds,
    Fact,
    Facts,
    Known,
    Least,
    Number,
    Operation,
    Rounded,
    Total,
    Tree,
    WithUnit,
)

FULL_WEIGHT = Decimal(100)
"""What all weights of a form add up to."""


def value(tree: Tree, facts: Facts) -> Decimal | str | None:
    """The value of a relation; None where a fact is blank, is no number, divides by 0 (0/0 is 0), or takes judgement."""
    try:
        match tree:
            case Call():
                return _answered(tree, facts)
            case Exceeds():
                return _word(tree, facts)
            case Fact(name):
                return _as_it_stands(facts(name))
            case _:
                return number(tree, facts)
    except (ValueError, ArithmeticError):  # a total of 120 has no grade, 10**400 no two decimals
        return None


def _word(tree: Exceeds, facts: Facts) -> str | None:
    amount = number(tree.amount, facts)
    return None if amount is None else tree.more if amount > tree.limit else tree.rest


def _as_it_stands(found: Known | Sequence[Known]) -> Known:
    return found if isinstance(found, Decimal | str) and found != "" else None


def number(tree: Tree, facts: Facts) -> Decimal | None:
    """Like ``value``, for a part that is a number."""
    match tree:
        case Number(constant):
            return constant
        case Fact():
            return _decimal(known_of(tree, facts))
        case Rounded(body, places):
            inner = number(body, facts)
            return None if inner is None else rounded(inner, places)
        case Total(addends):
            return _sum(addends, facts)
        case Operation(_, left, right) | Least(left, right):
            first, second = number(left, facts), number(right, facts)
            return None if first is None or second is None else _combined(tree, first, second)
        case _:
            raise TypeError(f"not a number: {tree!r}")


def addends_of(total: Total, facts: Facts) -> list[Decimal]:
    """The numbers a sum adds up, blanks and texts left out."""
    known: list[Known] = []
    for addend in total.addends:
        found = facts(addend.name)
        if isinstance(found, Sequence) and not isinstance(found, str):
            known.extend(found)
        else:
            known.append(found)
    return [amount for amount in map(_decimal, known) if amount is not None]


def _sum(addends: Sequence[Fact], facts: Facts) -> Decimal | None:
    numbers = addends_of(Total(addends), facts)
    return rounded(sum(numbers, ZERO), 2) if numbers else None


def _combined(tree: Tree, first: Decimal, second: Decimal) -> Decimal | None:
    match tree:
        case Operation("+"):
            return first + second
        case Operation("-"):
            return first - second
        case Operation("*"):
            return first * second
        case Operation("/"):
            return first / second if second else (None if first else ZERO)
        case _:
            return min(first, second)


def known_of(tree: Tree, facts: Facts) -> Known:
    """One fact as it stands: a number, a text, or None for a blank."""
    match tree:
        case WithUnit(target, unit):
            printed, sign = known_of(target, facts), known_of(unit, facts)
            return with_unit(printed, sign) if printed is not None and isinstance(sign, str) else printed
        case Fact(name):
            found = facts(name)
            if isinstance(found, str):
                return found.strip() or None
            return found if isinstance(found, Decimal) else None
        case _:
            return number(tree, facts)


def _decimal(known: Known) -> Decimal | None:
    if isinstance(known, str):
        figure = parse(known)
        return figure.value if figure else None
    return known


def _answered(call: Call, facts: Facts) -> Decimal | str | None:
    known = [None if argument is None else known_of(argument, facts) for argument in call.arguments]
    return _ANSWERS[call.name](known, call.scheme)


def _grade(known: Sequence[Known], scheme: Scheme) -> str | None:
    total = _decimal(known[0])
    return None if total is None else grade(total, scheme)


def _score(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    target, actual, weight, nature = *known[:2], _decimal(known[2]), known[3]
    if target is None or actual is None or weight is None:
        return None
    return score(target, actual, weight, str(nature or ""), scheme)


def _completion(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    actual, target = known
    return None if actual is None or target is None else completion(actual, target)


def _weight_diff(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    total = _decimal(known[0])
    return None if total is None else rounded(total - FULL_WEIGHT, 2)


_ANSWERS: Mapping[str, Callable[[Sequence[Known], Scheme], Decimal | str | None]] = {
    "PERF_GRADE": _grade,
    "PERF_SCORE": _score,
    "PERF_COMPLETION": _completion,
    "PERF_WEIGHT_DIFF": _weight_diff,
}
