"""First reading: the value of a relation, and what its formula shows where there is none."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from jixiao.figures import DASHES, ZERO, bare, parse, rounded
from jixiao.grid import is_failure
from jixiao.law.grades import grade
from jixiao.law.measures import measure, with_unit
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import completion, not_negative, score
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
    Weight,
    WhenScored,
    WithUnit,
    ZeroOverZero,
)

FULL_WEIGHT = Decimal(100)
"""What all weights of a form add up to."""


NO_VALUE = "#VALUE!"
"""What a formula shows whose operands are refused: a negative weight, a text beside ≥, a total of 120 to be graded."""


def value(tree: Tree, facts: Facts) -> Decimal | str | None:
    """The value of a relation; None where a fact is blank, is no number, is refused, divides by 0, or takes judgement."""
    found = shown(tree, facts)
    return None if isinstance(found, str) and is_failure(found) else found


def shown(tree: Tree, facts: Facts) -> Decimal | str | None:
    """What the formula of a relation shows: its value, None for a blank cell, or an error value, its own or an operand's."""
    if isinstance(tree, WhenScored):
        return None if _any_unscored(tree, facts) else shown(tree.body, facts)
    try:
        return _failure(tree, facts) or _value(tree, facts)
    except (ValueError, ArithmeticError):
        return NO_VALUE


def _any_unscored(tree: WhenScored, facts: Facts) -> bool:
    """Whether a row has a weight and no score; of columns that are not told row by row there is nothing to say."""
    weights, scores = (list(map(_decimal, _all(facts(column.name)))) for column in (tree.weights, tree.scores))
    rows = zip(weights, scores, strict=len(weights) == len(scores))
    return any(weight is not None and weight > 0 and (score is None or score < 0) for weight, score in rows)


def _failure(tree: Tree, facts: Facts) -> str | None:
    """The error value among the operands that shows in the result: in a sum of blanks and quotients it counts as a blank."""
    if not isinstance(tree, Call | Exceeds | Fact) and not (isinstance(tree, Total) and addends_of(tree, facts)):
        return None
    known = (one for name in tree.facts() for one in _all(facts(name)))
    return next((one for one in known if isinstance(one, str) and is_failure(one)), None)


def _value(tree: Tree, facts: Facts) -> Decimal | str | None:
    match tree:
        case Call():
            return _answered(tree, facts)
        case Exceeds():
            return _word(tree, facts)
        case Fact(name):
            return _as_it_stands(facts(name))
        case _:
            _refuse_negative_weights(tree, facts)
            return number(tree, facts)


def _refuse_negative_weights(tree: Tree, facts: Facts) -> None:
    """Raises ValueError for one, if nothing else is missing: blank in, blank out goes first."""
    weights = [
        weight for part in tree.walk() if isinstance(part, Weight) and (weight := number(part, facts)) is not None
    ]
    if weights and all(number(Fact(name), facts) is not None for name in tree.facts()):
        not_negative(min(weights))


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
        case Total():
            return _sum(tree, facts)
        case Operation(_, left, right) | Least(left, right):
            first, second = number(left, facts), number(right, facts)
            return None if first is None or second is None else _combined(tree, first, second)
        case _:
            raise TypeError(f"not a number: {tree!r}")


def addends_of(total: Total, facts: Facts) -> list[Decimal]:
    """The numbers a sum adds up, blanks and texts left out."""
    known = (one for addend in total.addends for one in _all(facts(addend.name)))
    return [amount for amount in map(_decimal, known) if amount is not None]


def _all(found: Known | Sequence[Known]) -> Sequence[Known]:
    """What is known of a fact, or of each row of a column."""
    return found if isinstance(found, Sequence) and not isinstance(found, str) else [found]


def _sum(total: Total, facts: Facts) -> Decimal | None:
    numbers = addends_of(total, facts)
    return rounded(sum(numbers, ZERO), total.places) if numbers else None


def _combined(tree: Tree, first: Decimal, second: Decimal) -> Decimal | None:
    match tree:
        case Operation("+"):
            return first + second
        case Operation("-"):
            return first - second
        case Operation("*"):
            return first * second
        case ZeroOverZero() if not first and not second:
            return ZERO
        case Operation("/"):
            return first / second if second else None
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
                return bare(found) or None
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


def _asked(known: Known) -> Decimal | None:
    """A number a look-up asks for; None for a blank and a dash. Raises ValueError for any other text."""
    found = _decimal(known)
    if found is None and known is not None and known not in DASHES:
        raise ValueError(f"not a number: {known!r}")
    return found


def _grade(known: Sequence[Known], scheme: Scheme) -> str | None:
    total = _asked(known[0])
    return None if total is None else grade(total, scheme)


def _score(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    target, actual, weight, nature = known
    if target is None or actual is None or not measure(target).words or not measure(actual).words:
        return None
    points = _asked(weight)
    return None if points is None else score(target, actual, points, str(nature or ""), scheme)


def _completion(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    actual, target = known
    return None if actual is None or target is None else completion(actual, target)


def _weight_diff(known: Sequence[Known], scheme: Scheme) -> Decimal | None:
    total = _asked(known[0])
    return None if total is None else rounded(not_negative(total) - FULL_WEIGHT, 2)


_ANSWERS: Mapping[str, Callable[[Sequence[Known], Scheme], Decimal | str | None]] = {
    "PERF_GRADE": _grade,
    "PERF_SCORE": _score,
    "PERF_COMPLETION": _completion,
    "PERF_WEIGHT_DIFF": _weight_diff,
}
