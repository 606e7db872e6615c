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
from jixiao.law.measures import Measure, half_width, measure, ratio
from jixiao.law.scheme import Scheme, Tier

_ONE = Decimal(1)


class Direction(Enum):
    """How an actual value compares with its target; the values are the signs that say so."""

    POSITIVE = "≥>"
    REVERSE = "≤<"
    EQUAL = "="
    QUALITATIVE = "定"


class Scored(NamedTuple):
    """How a score came about. ``ratio`` is actual / target, None where they are not two numbers or the target is not above 0."""

    direction: Direction
    target: Measure
    actual: Measure
    ratio: Decimal | None
    score: Decimal | None


def score(target: Decimal | str, actual: Decimal | str, weight: Decimal, nature: str, scheme: Scheme) -> Decimal | None:
    """The score of one indicator; None where only judgement can give it.

    Numbers: full weight if the target is met, else weight × completion (≥ > =) or by the scheme's rule (≤ <).
    Anything else, and 定性: full weight if the actual says the very words of the target, else None.
    ``nature`` (指标性质) goes before a sign in the target; without either the target is one to reach (=).
    Raises ValueError for a negative weight, an unknown nature, and one that asks for numbers (≥ > = ≤ <) beside a text.
    """
    return scored(target, actual, weight, nature, scheme).score


def scored(target: Decimal | str, actual: Decimal | str, weight: Decimal, nature: str, scheme: Scheme) -> Scored:
    """Like ``score``, with the way it came about."""
    aim, done = measure(target), measure(actual)
    if not aim.words or not done.words:  # a sign alone states nothing
        return Scored(Direction.QUALITATIVE, aim, done, None, None)
    not_negative(weight)
    way = direction(nature, aim)
    if way is Direction.QUALITATIVE or aim.numeral is None or done.numeral is None:
        same = aim.words == done.words
        if not same and half_width(nature) and way is not Direction.QUALITATIVE:
            raise ValueError(f"{nature!r} compares numbers: {target!r}, {actual!r}")
        return Scored(Direction.QUALITATIVE, aim, done, None, weight if same else None)
    if aim.numeral <= 0:
        return Scored(way, aim, done, None, weight if _meets(done.numeral, aim.numeral, way) else ZERO)
    completion = ratio(done, aim)
    return Scored(way, aim, done, completion, rounded(weight * _share(completion, way, scheme), 2))


def not_negative(points: Decimal) -> Decimal:
    """Points as they are: a weight, a cut. Raises ValueError for negative ones."""
    if points < 0:
        raise ValueError(f"points are not negative: {points}")
    return points


def direction(nature: str, target: Measure) -> Direction:
    """The direction of an indicator by its 指标性质, else by the sign of its target. Raises ValueError for an unknown nature."""
    sign = half_width(nature)[:1] or target.sign or "="
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
    """Completion rate (完成率): actual / target, four places; None if one is not a number, and for a target of 0."""
    done, aim = measure(actual), measure(target)
    return rounded(ratio(done, aim), 4) if done.numeral is not None and aim.numeral else None


def deviation(target: Decimal | str, actual: Decimal | str) -> Decimal | None:
    """(actual - target) / target, four places; None if one is not a number, and for a target of 0."""
    done, aim = measure(actual), measure(target)
    return rounded(ratio(done, aim) - 1, 4) if done.numeral is not None and aim.numeral else None


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
