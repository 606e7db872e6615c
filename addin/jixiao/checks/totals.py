"""Execution score, bounds, total and grade."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.checks.operands import CENT, in_whole_points, listed, numeric, percent, percentages, points, sound
from jixiao.checks.rule import rule, say
from jixiao.checks.units import slipped_amounts
from jixiao.evaluation import Evaluation
from jixiao.evaluation.completeness import dropped
from jixiao.evaluation.entirety import for_indicators_only, missing_points, of_indicators
from jixiao.evaluation.printed import printed_weight, prints_intervals, tells_finished
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import filled, number_of
from jixiao.figures import ZERO, Figure, Interval, rounded
from jixiao.findings import Finding
from jixiao.law.execution import caps, stepped_scores
from jixiao.law.grades import grade_range, possible_grades, stated_grade
from jixiao.law.scheme import Scheme
from jixiao.relations.catalogue import relation
from jixiao.relations.values import FULL_WEIGHT, value
from jixiao.wording.checks import WEIGHT

_HIDDEN_PLACES = 6


@rule(
    "R02",
    of="execution.score execution.weight funds.total.executed /.budget",
    stages=EVALUATED,
    scoring=True,
)
def execution_score(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """预算执行率得分按评分方案由执行率得出；所印数字舍入范围内任一执行率能得出的分数都算相符。"""
    cell = evaluation.facts.get("execution.score")
    if _printed(evaluation, scheme):
        return
    score, rate = evaluation.related("execution-score", scheme), _execution_rate(evaluation, scheme)
    allowed, expected = score.bounds(_allowed), score.value
    if cell is None or cell.figure is None or allowed is None or rate is None or not isinstance(expected, Decimal):
        return
    if not sound(score.operands) or allowed.holds(cell.figure.value):
        return
    if any(one in score.operands for one in slipped_amounts(evaluation)):  # it has a finding of its own
        return
    whole = _nearest(allowed).holds(cell.figure.value) and (in_whole_points(evaluation, scheme) or not scheme.known)
    if not scheme.known and (whole or cell.figure.value in _by_other_rules(evaluation, scheme)):
        return
    yield say("R02.whole" if whole else "R02", scheme, [cell], cell.text.strip(), points(expected), rate=percent(rate))


def _execution_rate(evaluation: Evaluation, scheme: Scheme) -> Decimal | None:
    return evaluation.related("execution-rate", scheme, "funds.total.rate").exact()


def _printed(evaluation: Evaluation, scheme: Scheme) -> bool:
    return not scheme.known and printed_weight(evaluation) is not None


@rule("R02", of="execution.score funds.total.executed /.budget", where=_printed, stages=EVALUATED)
def execution_score_as_printed(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """来源不明的表在得分栏印有算法的（20分×执行率），得分按所印的算法得出。"""
    cell, weight = evaluation.facts.get("execution.score"), printed_weight(evaluation)
    rate = evaluation.related("execution-rate", scheme, "funds.total.rate")
    spread, exact = rate.bounds(), rate.exact()
    if scheme.known or weight is None or cell is None or cell.figure is None or spread is None or exact is None:
        return
    low, high = (weight * min(Decimal(1), share) for share in spread)
    places = max(0, -int(cell.figure.quantum.adjusted()))
    allowed = Interval(rounded(low, places), rounded(high, places))
    if sound([cell, *rate.operands]) and not allowed.holds(cell.figure.value):
        expected = points(rounded(weight * min(Decimal(1), exact), 2))
        yield say("R02.printed", scheme, [cell], cell.text.strip(), expected, rate=percent(exact))


def _by_other_rules(evaluation: Evaluation, scheme: Scheme) -> list[Decimal]:
    """The scores of execution by interval; full marks only where the form says that its project is finished (ruling 12)."""
    weight = evaluation.number("execution.weight")
    rate = evaluation.related("execution-rate", scheme, "funds.total.rate").bounds()
    if weight is None or rate is None:
        return []
    full = [weight] if rate.low <= 1 and (tells_finished(evaluation) or prints_intervals(evaluation)) else []
    return [*full, *stepped_scores(rate, weight, scheme)]


def _cut(evaluation: Evaluation, scheme: Scheme) -> list[Decimal]:
    """What the total may be cut to for a low execution rate, where nobody knows the rules."""
    rates = (evaluation.related("execution-rate", one, "funds.total.rate").bounds() for one in scheme.readings)
    return [cap for rate in rates if rate for cap in caps(rate, scheme)]


def _allowed(name: str, figure: Figure) -> Interval:
    """What a printed amount allows; a weight is exactly what it says."""
    return Interval(figure.value, figure.value) if name == "execution.weight" else figure.interval


def _nearest(allowed: Interval) -> Interval:
    return Interval(rounded(allowed.low, 0), rounded(allowed.high, 0))


@rule("R08", of=("indicators.score (.weight)", "indicators.review (.weight)", "execution.score (.weight)"))
def scores_in_bounds(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """得分（复核得分）不小于0，不大于分值。"""
    pairs = [(score, row.weight) for row in evaluation.indicators for score in (row.score, row.review)]
    for cell in evaluation.apart("execution.score"):
        pairs.append((cell, evaluation.facts.get("execution.weight")))
    beyond = [(cell, weight) for cell, weight in pairs if cell and _out_of_bounds(number_of(cell), number_of(weight))]
    if beyond:
        stated = listed(cell.text for cell, _ in beyond)
        most = listed(weight.text if weight and number_of(weight) else WEIGHT for _, weight in beyond)
        yield say("R08", scheme, [cell for cell, _ in beyond], stated, most=most)


def _out_of_bounds(score: Decimal | None, weight: Decimal | None) -> bool:
    return score is not None and (score < 0 or (weight is not None and score > weight >= 0))


def _totalled(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether the total stands there, if the form has one: before, the weights need not be complete.

    None where not all points are in hand.
    """
    open_ = all(missing_points(evaluation, scheme, column) for column in ("score", "weight"))
    return ("total.score" not in evaluation.facts or bool(evaluation.text("total.score"))) and (None if open_ else True)


@rule("R09", of=[f"total.{of} indicators.{of}[] (execution.{of})" for of in ("score", "weight")], where=_totalled)
def totals_are_sums(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """总分等于各项得分之和（每项只计一次），分值合计等于各项分值之和；来源不明的表，合计可以只合计指标。"""
    told = {"score": _score_total, "weight": _weight_total}
    found = (tell(evaluation, scheme) for of, tell in told.items() if not missing_points(evaluation, scheme, of))
    yield from filter(None, found)


def _score_total(evaluation: Evaluation, scheme: Scheme) -> Finding | None:
    cell, sum_ = evaluation.facts.get("total.score"), _score_sum(evaluation, scheme)
    if cell is None or cell.figure is None or sum_ is None:
        return None
    block = of_indicators(evaluation, "score") if for_indicators_only(evaluation, scheme) else sum_
    if cell.figure.value not in (sum_, block, *_cut(evaluation, scheme)):
        expected = block if "total.weight" in evaluation.facts else sum_
        near = abs(expected - cell.figure.value) <= CENT or cell.figure.interval.holds(expected)
        return say("R09.rounding" if near else "R09", scheme, [cell], cell.text.strip(), points(expected))
    return None


def _weight_total(evaluation: Evaluation, scheme: Scheme) -> Finding | None:
    cell, weights = evaluation.facts.get("total.weight"), evaluation.related("weights-total", scheme)
    if cell is None or cell.figure is None or for_indicators_only(evaluation, scheme):
        return None
    if sound(weights.operands) and weights.exact() == FULL_WEIGHT != cell.number:
        return say("R09.weight", scheme, [cell], cell.text.strip(), points(FULL_WEIGHT))
    return None


def _score_sum(evaluation: Evaluation, scheme: Scheme) -> Decimal | None:
    """What the scores come to; None where one has a finding of its own, or where the bureau decides what a row counts."""
    scores = evaluation.related("scores-total", scheme)
    if any(dropped(row) and number_of(row.weight) and number_of(row.score) is None for row in evaluation.indicators):
        return None
    if not numeric(evaluation.cells("indicators.score[]")) or not sound(scores.operands):
        return None
    return None if percentages([evaluation.facts.get("total.score"), *scores.operands]) else scores.exact()


def _reviewed(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether a second total stands there; None where not every indicator has a second score, or not all points are in hand."""
    if not filled(evaluation.facts.get("total.review")):
        return False
    every = all(row.shared or number_of(row.review) is not None for row in evaluation.indicators)
    return True if every and not missing_points(evaluation, scheme, "review") else None


@rule("R09", of="total.review indicators.review[] (funds.total.review)", where=_reviewed)
def review_totals_are_sums(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """每项另有复核得分（评价得分）的，其总分也等于各项之和。"""
    cell, execution = evaluation.facts.get("total.review"), evaluation.facts.get("funds.total.review")
    if cell is None or cell.figure is None or not _reviewed(evaluation, scheme):
        return
    if not sound([execution, *evaluation.cells("indicators.review[]")]):
        return
    block = of_indicators(evaluation, "review")
    sum_ = block + (number_of(execution) or ZERO)
    expected = (sum_, block) if for_indicators_only(evaluation, scheme) else (sum_,)
    if all(abs(one - cell.figure.value) > CENT for one in expected):
        yield say("R09", scheme, [cell], cell.text.strip(), points(sum_))


def _graded(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether a grade stands beside the total, or a number behind it."""
    grade = evaluation.facts.get("grade")
    return evaluation.facts["total.score"].exact is not None or (grade is not None and not grade.blank)


@rule("R14", of="total.score (grade) scheme.grades", where=_graded, stages=EVALUATED)
def grade_follows_total(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """评价等次按方案的分数线由所印总分得出；显示的总分背后不应另有小数。"""
    cell, sum_ = evaluation.facts.get("grade"), evaluation.facts.get("total.score")
    if sum_ and sum_.figure and sum_.exact is not None and rounded(sum_.exact, _HIDDEN_PLACES) != sum_.figure.value:
        yield say("R14.hidden", scheme, [sum_], sum_.text.strip(), exact=points(rounded(sum_.exact, _HIDDEN_PLACES)))
    if cell is None or not filled(cell) or sum_ is None or sum_.figure is None or not scheme.grades:
        return
    stated = stated_grade(cell.text, scheme)
    if stated is None:
        yield say("R14.unknown", scheme, [cell], cell.text.strip(), listed(band.grade for band in scheme.grades))
        return
    by_scores = _grade(evaluation.related("scores-total", scheme).exact(), scheme)
    expected = _grade(sum_.figure.value, scheme)
    if expected is not None and stated not in (expected, by_scores):
        yield say("R14", scheme, [cell], cell.text.strip(), expected, total=sum_.text.strip())


def _out_of(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether a grade has a range to fall into, and the total is one of 100; None where that cannot be told."""
    if not evaluation.text("grade"):
        return False
    whole = evaluation.number("total.weight") in (None, FULL_WEIGHT) and evaluation.number("total.score") is not None
    return True if whole and grade_range(evaluation.text("grade"), scheme) else None


@rule("R14", of="total.score grade scheme.grade_ranges", where=_out_of, stages=EVALUATED)
def grade_is_possible(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """来源不明的表，等次由通行的任一种分数线（90、80、60分，或80、70、60分）得不出的，请核对。"""
    cell, sum_ = evaluation.facts.get("grade"), evaluation.facts.get("total.score")
    if cell is None or sum_ is None or sum_.number is None or not _out_of(evaluation, scheme):
        return
    possible = possible_grades(sum_.number, scheme)
    if grade_range(cell.text, scheme) not in possible:
        grades = {(one.least, one.most): one.grade for one in reversed(possible)}  # 优 is 优秀 in one word
        yield say(
            "R14.possible",
            scheme,
            [cell],
            cell.text.strip(),
            listed(reversed(grades.values())),
            total=sum_.text.strip(),
        )


def _grade(sum_: Decimal | None, scheme: Scheme) -> str | None:
    found = value(relation("grade", scheme), {"total.score": sum_}.get)
    return found if isinstance(found, str) else None
