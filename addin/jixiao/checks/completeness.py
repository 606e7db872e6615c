"""What a form that evaluates still lacks, once somebody has begun to fill it in."""

from collections.abc import Iterator

from jixiao.checks.operands import listed
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.completeness import (
    GOALS,
    HEADINGS,
    RESULTS,
    begun,
    blank_amounts,
    blank_facts,
    dropped,
    undone,
    unscored,
)
from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import filled, number_of, text_of
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme
from jixiao.wording.findings import BLANK


def _begun(evaluation: Evaluation, scheme: Scheme) -> bool:
    return begun(evaluation)


@rule("R60", of=["indicators.score[]? (indicators.weight[])", "indicators.actual[]?"], where=_begun, stages=EVALUATED)
def indicators_are_finished(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已经开始填写的表，有分值的指标都有得分，有完成值一栏的都有完成值；不涉及或本年未实施的，写明原因即可。"""
    if not begun(evaluation):
        return
    left = [one for one in undone(evaluation) if not _told_by_the_blanks(one.indicator.score, one.indicator.actual)]
    both: list[Stated | None] = [cell for one in left if one.actual and one.score for cell in (one.actual, one.score)]
    scores: list[Stated | None] = [one.score for one in left if not one.actual]
    actuals: list[Stated | None] = [one.actual for one in left if not one.score]
    for key, cells in (("R60.both", both), ("R60.score", scores), ("R60.actual", actuals)):
        if cells:
            yield say(key, scheme, cells, BLANK)
    rows = [row for row in evaluation.indicators if dropped(row)]
    if rows:
        cells = [row.name or row.actual or row.score for row in rows]
        yield say("R60.dropped", scheme, cells, rows=listed(text_of(row.name) for row in rows))


def _told_by_the_blanks(score: Stated | None, actual: Stated | None) -> bool:
    """Whether one of the two is there: then R20 misses the other."""
    return actual is not None and (number_of(score) is not None or filled(actual))


@rule("R60", of=[f"{fact}?" for fact in (*HEADINGS, *GOALS)], where=_begun, stages=EVALUATED)
def headings_and_goals_are_filled(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已经开始填写的表，项目和单位名称、年度、绩效目标及其完成情况都已填写。"""
    for key, names in (("R60.heading", HEADINGS), ("R60.goal", GOALS)):
        blank = blank_facts(evaluation, names) if begun(evaluation) else {}
        if blank:
            yield say(key, scheme, blank.values(), BLANK)


@rule("R60", of=["total.score?", "grade?"], where=_begun, stages=EVALUATED)
def results_are_filled(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已经开始填写的表，总分已填写；各项都已评分的，等次也已填写。"""
    if not begun(evaluation):
        return
    blank = blank_facts(evaluation, RESULTS)
    if "total.score" in blank:
        yield say("R60.total", scheme, blank.values(), BLANK)
    elif blank and filled(evaluation.facts.get("total.score")) and not unscored(evaluation):
        yield say("R60.grade", scheme, blank.values(), BLANK)


@rule("R60", of=[f"funds.{TOTAL}.{name}? funds.*.{name}[]" for name in AMOUNTS], where=_begun, stages=EVALUATED)
def fund_totals_are_filled(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已经开始填写的表，资金各来源已填的，总额也已填写。"""
    cells = blank_amounts(evaluation) if begun(evaluation) else []
    if cells:
        yield say("R60.funds", scheme, cells, BLANK)
