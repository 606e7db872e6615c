"""Where a form asks for a reason, a reason stands."""

import re
from collections.abc import Iterator

from jixiao.checks.judging import decided, missed
from jixiao.checks.operands import empty, listed, percent, sound
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Indicator
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import number_of, text_of
from jixiao.figures import visible
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme
from jixiao.wording.checks import LOST
from jixiao.wording.findings import BLANK

_FILLING_NOTE = r"(?s)1[.．、]\s*预算执行率\s*[=＝].*?银行贷款\s*[.。]?"
"""The note 四川 prints in the cell itself: alone it explains nothing."""


@rule("R15", of="indicators.actual .target (.weight) .reason?", where=decided, stages=EVALUATED, scoring=True)
def missed_targets(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """未达到指标值的，填写偏差原因。"""
    cells = [row.reason for row in evaluation.indicators if empty(row.reason) and missed(row, scheme)]
    if cells:
        yield say("R15", scheme, cells, BLANK)


@rule("R16", of="indicators.score .weight .reason?", stages=EVALUATED)
def lost_points(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已达到指标值（或无法计量）而扣分的，说明扣分原因，否则应记满分。"""
    rows = [row for row in evaluation.indicators if empty(row.reason) and _lost(row) and not missed(row, scheme)]
    if rows:
        lost = listed(LOST.format(score=text_of(row.score), weight=text_of(row.weight)) for row in rows)
        yield say("R16", scheme, [row.reason for row in rows], BLANK, lost=lost)


def _lost(row: Indicator) -> bool:
    score, weight = number_of(row.score), number_of(row.weight)
    return not row.shared and score is not None and weight is not None and 0 <= score < weight


@rule("R26", of="funds.total.initial .adjusted funds.reason? scheme.adjustment_needs_reason", stages=EVALUATED)
def adjustments(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """年中调整预算（追加或调减）的，单独说明理由。"""
    total = evaluation.fund("total")
    if not scheme.adjustment_needs_reason or total is None or not _unexplained(evaluation):
        return
    initial, adjusted = number_of(total.initial), number_of(total.adjusted)
    if not sound([total.initial, total.adjusted]):
        return
    if initial is not None and adjusted is not None and initial != adjusted:
        reason = evaluation.facts["funds.reason"]
        yield say("R26", scheme, [reason], BLANK, initial=text_of(total.initial), adjusted=text_of(total.adjusted))


@rule("R27", of="funds.total.rate (.executed) /.budget funds.reason? scheme.rate_needing_reason", stages=EVALUATED)
def low_rates(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """预算执行率低于方案规定的界限，说明原因。"""
    total = evaluation.fund("total")
    if total is None or scheme.rate_needing_reason is None:
        return
    rate, limit = number_of(total.rate), scheme.rate_needing_reason
    budget = getattr(total, scheme.execution_denominator)
    if not number_of(budget) or not sound([total.rate, total.executed, budget]):
        return
    if rate is not None and rate < limit and _unexplained(evaluation):
        yield say("R27", scheme, [evaluation.facts["funds.reason"]], BLANK, rate=percent(rate), limit=percent(limit))


def _unexplained(evaluation: Evaluation) -> bool:
    """Whether the form has a reason cell for the funds and nobody wrote one."""
    cell = evaluation.facts.get("funds.reason")
    return cell is not None and empty(cell._replace(text=re.sub(_FILLING_NOTE, "", visible(cell.text))))
