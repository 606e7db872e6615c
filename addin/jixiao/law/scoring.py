"""Scores of single indicators: 财预〔2020〕10号 Art. 16 and the formulas the self-evaluation systems use for it.

Weights and scores are points (分), rounded to two places; rates and shares are fractions. A score that takes judgement is
None, never a guess. Ruling 11: "a rate whose denominator is 0 or blank is blank in every function, host and native formula
(it is not an error of the user)". Points that are negative are one: every function raises ValueError for them.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from jixiao.figures import ZERO, Interval, rounded
from jixiao.law.measures import Measure, comparable, half_width, measure, ratio
from jixiao.law.scheme import Scheme, Tier

_ONE = Decimal(1)


class Direction(Enum):
    """How an actual value compares with its target; the values are the signs that say so."""

    POSITIVE = "≥>"
    REVERSE = "≤<"
    EQUAL = "="
    QUALITATIVE = "定"


class Scored(NamedTuple):
    """How a score came about. ``ratio`` is actual / target, None where they are not two numbers or the target is not above 0.

    ``met`` tells whether the target was, None where they are not compared; a day that was missed has no score by formula.
    """

    direction: Direction
    target: Measure
    actual: Measure
    ratio: Decimal | None
    score: Decimal | None
    met: bool | None = None


def score(target: Decimal | str, actual: Decimal | str, weight: Decimal, nature: str, scheme: Scheme) -> Decimal | None:
    """The score of one indicator; None where only judgement can give it.

    Numbers that are comparable: full weight if the target is met, else weight × completion (≥ > =) or by the scheme's rule
    (≤ <). Two full dates: full weight if the term is kept. Anything else, and 定性: full weight if the actual says the very
    words of the target, else None. ``nature`` (指标性质) goes before a comparator in the target; without either the target is
    one to reach (=). Raises ValueError for a negative weight, an unknown nature, and one that asks for numbers (≥ > = ≤ <)
    beside a text that names none.
    """
    return scored(measure(target), measure(actual), weight, nature, scheme).score


def scored(aim: Measure, done: Measure, weight: Decimal, nature: str, scheme: Scheme) -> Scored:
    """Like ``score``, with the way it came about."""
    if not aim.words or not done.words:  # a sign alone states nothing
        return Scored(Direction.QUALITATIVE, aim, done, None, None)
    not_negative(weight)
    way = direction(nature, aim)
    if aim.day and done.day and way in (Direction.EQUAL, Direction.REVERSE):
        in_time = done.day <= aim.day
        return Scored(way, aim, done, None, weight if in_time else None, in_time)
    if way is Direction.QUALITATIVE or not comparable(done, aim):
        return Scored(Direction.QUALITATIVE, aim, done, None, _by_words(aim, done, weight, nature, way))
    points = _by_numbers(aim, done, weight, way, scheme)
    return Scored(way, aim, done, _completion(done, aim), points, points >= weight)


def _by_words(aim: Measure, done: Measure, weight: Decimal, nature: str, way: Direction) -> Decimal | None:
    if aim.words == done.words:
        return weight
    if half_width(nature) and way is not Direction.QUALITATIVE and (aim.worded or done.worded):
        raise ValueError(f"{nature!r} compares numbers: {aim.text!r}, {done.text!r}")
    return None


def _by_numbers(aim: Measure, done: Measure, weight: Decimal, way: Direction, scheme: Scheme) -> Decimal:
    reached = _completion(done, aim)
    if reached is not None:
        return rounded(weight * _share(reached, way, scheme), 2)
    assert done.quantity is not None and aim.quantity is not None  # comparable ones are numbers
    return weight if _meets(done.quantity, aim.quantity, way) else ZERO


def _completion(done: Measure, aim: Measure) -> Decimal | None:
    """Actual / target; None for a target that is not above 0."""
    return ratio(done, aim) if aim.quantity is not None and aim.quantity > 0 else None


def not_negative(points: Decimal) -> Decimal:
    """Points as they are: a weight, a cut. Raises ValueError for negative ones."""
    if points < 0:
        raise ValueError(f"points are not negative: {points}")
    return points


def direction(nature: str, target: Measure) -> Direction:
    """The direction of an indicator by its 指标性质, else by the sign of its target. Raises ValueError for an unknown nature."""
    sign = half_width(nature)[:1] or target.sign.replace("≈", "=") or "="
    for way in Direction:
        if sign in way.value:
            return way
    raise ValueError(f"unknown nature: {nature!r}")


def _meets(actual: Decimal, target: Decimal, way: Direction) -> bool:
    return actual >= target if way is Direction.POSITIVE else actual <= target


def _share(completion: Decimal, way: Direction, scheme: Scheme) -> Decimal:
    if way is not Direction.REVERSE:
        return _clamped(completion)
    if scheme.reverse == "ratio":
        return _ONE / max(_ONE, completion)
    return _clamped(2 - completion)


def _clamped(share: Decimal) -> Decimal:
    return max(ZERO, min(_ONE, share))


def completion(actual: Decimal | str, target: Decimal | str) -> Decimal | None:
    """Completion rate (完成率): actual / target, four places; None if they are not comparable, and for a target of 0."""
    share = ratio(measure(actual), measure(target))
    return None if share is None else rounded(share, 4)


def deviation(target: Decimal | str, actual: Decimal | str) -> Decimal | None:
    """(actual - target) / target, four places; None if they are not comparable, and for a target of 0."""
    share = ratio(measure(actual), measure(target))
    return None if share is None else rounded(share - 1, 4)


def rate(part: Decimal, whole: Decimal) -> Decimal | None:
    """part / whole, four places (99.83 %); None where the whole is 0."""
    return rounded(part / whole, 4) if whole else None


def execution_score(executed: Decimal, budget: Decimal, weight: Decimal) -> Decimal | None:
    """weight × execution rate, at most the weight; None where there is no rate."""
    not_negative(weight)
    return rounded(weight * min(_ONE, executed / budget), 2) if budget else None


def satisfaction_score(
    satisfaction: Decimal | str, target: Decimal | str, weight: Decimal, scheme: Scheme
) -> Decimal | None:
    """Full weight if the satisfaction rate reaches its target, else weight × completion. Raises ValueError as ``score`` does."""
    return score(target, satisfaction, weight, "≥", scheme)


def tier(name: str, scheme: Scheme) -> Tier:
    """A qualitative tier by number (1 is the best), name or the beginning of its name. Raises KeyError if there is none."""
    word = half_width(name)
    if word.isdecimal() and 1 <= int(word) <= len(scheme.tiers):
        return scheme.tiers[int(word) - 1]
    for one in scheme.tiers:
        if word and one.name.startswith(word):
            return one
    raise KeyError(name)


def tier_bounds(tier: Tier, weight: Decimal) -> Interval:
    """The scores a tier allows, both rounded to two places. The upper end belongs to it only for the best tier."""
    not_negative(weight)
    return Interval(rounded(weight * tier.least, 2), rounded(weight * tier.most, 2))


def tier_allows(tier: Tier, weight: Decimal, score: Decimal) -> bool:
    """Whether a score of judgement lies in its tier: 100–80（含）, 80–60（含）, 60–0 % of the weight."""
    low, high = tier_bounds(tier, weight)
    return low <= score < high or (score == high and (tier.most == 1 or low == high))


def band_score(value: Decimal, full: Decimal, zero: Decimal, weight: Decimal) -> Decimal:
    """Full weight at or beyond ``full``, nothing at or beyond ``zero``, linear between. Raises ValueError if they coincide."""
    if full == zero:
        raise ValueError("the two lines coincide")
    return rounded(not_negative(weight) * _clamped((value - zero) / (full - zero)), 2)


def step_score(value: Decimal, full: Decimal, step: Decimal, cut: Decimal, weight: Decimal) -> Decimal:
    """Full weight at ``full``; every whole step short of it costs ``cut`` points, never below 0.

    A positive step counts downwards (≥95 %, each 1 % below), a negative one upwards (≤100 %, each 1 % above).
    Raises ValueError for a step of 0.
    """
    if not step:
        raise ValueError("a step of 0 never ends")
    steps = max(ZERO, (full - value) / step) // 1
    return max(ZERO, rounded(not_negative(weight) - steps * not_negative(cut), 2))


def survey_score(counts: Sequence[Decimal], points: Sequence[Decimal], valid: Decimal) -> Decimal | None:
    """Average score of a survey: Σ copies × points / valid copies, two places; None without valid copies.

    Raises ValueError if the two lists differ in length.
    """
    if len(counts) != len(points):
        raise ValueError("every option has a count and points")
    whole = sum((count * not_negative(point) for count, point in zip(counts, points, strict=True)), ZERO)
    return rounded(whole / valid, 2) if valid else None
