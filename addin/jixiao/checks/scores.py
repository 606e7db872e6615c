"""Scores of single indicators: by the formula where target and actual are numbers, in their tier where they are words."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.checks.judging import backward, forward, judged
from jixiao.checks.operands import CENT, empty, in_whole_points, listed, points, sound
from jixiao.checks.rule import Condition, rule, say
from jixiao.evaluation import Evaluation, Indicator, Stated
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import answered, number_of, text_of
from jixiao.figures import rounded
from jixiao.findings import Finding
from jixiao.law.measures import half_width, measure
from jixiao.law.scheme import Scheme, Tier
from jixiao.law.scoring import Direction, tier, tier_allows, tier_bounds

_LEVELS = "优秀|良好|中等|较差|较好|一般|合格|不合格|及时|不及时|优|良|中|差|高|低|好|是|否|有|无"
_OPTIONS = rf"(?:{_LEVELS})(?:[、/,;|或]*(?:{_LEVELS}))+"  # a text, which re compiles for the first target in words
_ONE_LEVEL = frozenset({"优良", "良好", "中低", "中高"})
_TIER_LETTERS = 4


def _scored(told: Condition) -> Condition:
    """The rows a formula scores; what is beyond its weight is R08's, and no formula decides it."""
    return lambda row, scheme: told(row, scheme) and (None if _beyond(row) else True)


def _beyond(row: Indicator) -> bool:
    score, weight = number_of(row.score), number_of(row.weight)
    return score is not None and weight is not None and score > weight


@rule("R10", of="indicators.score .weight .target .actual", where=_scored(forward), stages=EVALUATED, scoring=True)
def scores_of_positive_indicators(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """正向指标（≥、＞、＝）：达到指标值记满分，未达到的按完成比例计分。"""
    yield from _by_formula("R10", evaluation, scheme)


@rule(
    "R11",
    of="indicators.score .weight .target .actual scheme.reverse",
    where=_scored(backward),
    stages=EVALUATED,
    scoring=True,
)
def scores_of_reverse_indicators(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """反向指标（≤、＜）：不超过指标值记满分，超过的按方案的公式扣分。"""
    yield from _by_formula("R11", evaluation, scheme)


def _by_formula(code: str, evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """Too many points are an error. Too few are the reviewer's right if he says why, and R15's or R16's matter if not."""
    whole = in_whole_points(evaluation, scheme)
    for row in evaluation.indicators:
        found, stated, weight = judged(row, scheme), number_of(row.score), number_of(row.weight)
        if found is None or found.score is None or stated is None or weight is None or stated > weight:
            continue
        if not sound([row.score, row.weight]):
            continue
        if (code == "R11") is not (found.direction is Direction.REVERSE):
            continue
        if not scheme.known and _prints(row.score, found.score):
            continue
        if stated > found.score and not _agrees(stated, found.score, whole):
            yield say(code, scheme, [row.score], points(stated), points(found.score), row=_name(row))
        elif stated < found.score < weight and not answered(row.reason) and not _agrees(stated, found.score, whole):
            yield say(f"{code}.low", scheme, [row.score], points(stated), points(found.score), row=_name(row))


def _agrees(stated: Decimal, expected: Decimal, whole: bool) -> bool:
    return abs(stated - expected) <= CENT or (whole and stated == rounded(expected, 0))


def _prints(stated: Stated | None, expected: Decimal) -> bool:
    """Whether a score is the expected one to as many places as it prints; whole points, often."""
    if stated is None or stated.figure is None:
        return False
    return stated.number == rounded(expected, max(0, -int(stated.figure.quantum.adjusted())))


def _name(row: Indicator) -> str:
    return text_of(row.name)


def _in_words(row: Indicator, scheme: Scheme) -> bool:
    """Whether a row aims at words, or its actual value names a tier."""
    return row.in_words or _tier(row, scheme) is not None


@rule(
    "R12", of=("indicators.target", "indicators.score .weight .actual scheme.tiers"), where=_in_words, stages=EVALUATED
)
def tiers_of_qualitative_indicators(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """定性指标的指标值是一个档次，不是全部选项；得分在完成值所属档次的范围内。"""
    lists = [row.target for row in evaluation.indicators if row.target and is_option_list(text_of(row.target))]
    if lists:
        yield say("R12", scheme, lists, listed(cell.text for cell in lists))
    for row in evaluation.indicators:
        named, weight, score = _tier(row, scheme), number_of(row.weight), number_of(row.score)
        if named is None or weight is None or score is None or not 0 <= score <= weight:
            continue
        if not tier_allows(named, weight, score):
            least, most = map(points, tier_bounds(named, weight))
            yield say("R12.tier", scheme, [row.score], points(score), tier=named.name, least=least, most=most)


def is_option_list(text: str) -> bool:
    """Whether a target lists the choices (优良差, 高/中/低) instead of naming one."""
    plain = half_width(text)
    return bool(plain) and plain not in _ONE_LEVEL and re.fullmatch(_OPTIONS, plain) is not None


def _tier(row: Indicator, scheme: Scheme) -> Tier | None:
    """The tier an actual value names in full words."""
    words = half_width(text_of(row.actual))
    try:
        return tier(words, scheme) if len(words) >= _TIER_LETTERS and measure(words).quantity is None else None
    except KeyError:
        return None


def _has_ratio(row: Indicator, scheme: Scheme) -> bool | None:
    """Whether a row is one to reach by so much of its target; None where that cannot be told, as of a target of 0."""
    found = judged(row, scheme)
    return forward(row, scheme) and (None if found is None or found.ratio is None else True)


@rule("R13", of="indicators.actual .target .weight scheme.overshoot_warning", where=_has_ratio, stages=EVALUATED)
def overshoot(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """完成值明显超过指标值的，应分析原因；超过较多的，应写明原因，必要时酌减得分。"""
    warned, explained = scheme.overshoot_warning, scheme.overshoot_reason
    if warned is None or explained is None:
        return
    for row in evaluation.indicators:
        found = judged(row, scheme)
        if found is None or found.ratio is None or found.direction is Direction.REVERSE or answered(row.reason):
            continue
        far = found.ratio >= explained and empty(row.reason)
        if found.ratio >= warned:
            multiple = points(rounded(found.ratio, 2))
            yield say("R13.reason" if far else "R13", scheme, [row.actual], text_of(row.actual), multiple=multiple)
