"""四、绩效评价指标分析: one item an indicator, in table order, under its level-1 and level-2 labels."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Indicator
from jixiao.evaluation.completeness import dropped
from jixiao.evaluation.stated import number_of, text_of
from jixiao.evaluation.vocabulary import BENEFIT, COST, JUDGED, OUTPUT, SATISFACTION
from jixiao.law.scheme import Scheme
from jixiao.report import sentences
from jixiao.report.authored import authored_if_asked, body, gap
from jixiao.report.document import Block, Paragraph, Style
from jixiao.report.levels import Part, numeral, parts, runs
from jixiao.wording import report as words

PART_TEXTS = {OUTPUT: "analysis.output", BENEFIT: "analysis.benefit", SATISFACTION: "analysis.satisfaction"}
"""What the form's author wrote about a part."""


class _Context(NamedTuple):
    """What every item needs: the whole form, its scheme, and the row that speaks of costs."""

    evaluation: Evaluation
    scheme: Scheme
    cost_row: int | None


def analysis(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    """The body of section 四, under （一）, （二） …"""
    context = _Context(evaluation, scheme, _cost_row(evaluation.indicators))
    sections = [(part.label, list(_part(part, context))) for part in parts(evaluation.indicators)]
    if evaluation.execution_stands_apart or not any(row.tells_execution for row in evaluation.indicators):
        sections.insert(0, (words.EXECUTION_PART, list(_execution(context))))
    numbered = enumerate((section for section in sections if section[1]), start=1)
    for number, (name, blocks) in numbered:
        part = words.PART.format(part=name.removeprefix(words.PROJECT))
        yield Paragraph(Style.HEADING2, f"（{numeral(number)}）{part}")
        yield from blocks
    if not evaluation.indicators:
        yield gap(context.evaluation, "indicators")


def _cost_row(indicators: Sequence[Indicator]) -> int | None:
    """The first indicator that measures costs; 成本节约率 is said there, once."""
    costs = (row for row in indicators if COST in text_of(row.level2) + text_of(row.name))
    return next((row.row for row in costs if not row.in_words), None)


def _execution(context: _Context) -> Iterator[Block]:
    """预算执行, where the form scores it in its fund block instead of the indicator table."""
    evaluation = context.evaluation
    facts = (
        sentences.arrival(evaluation, context.scheme),
        sentences.execution(evaluation, context.scheme),
        sentences.scored(evaluation.facts.get("execution.weight"), evaluation.facts.get("execution.score")),
    )
    yield from body("".join(facts))
    if reason := evaluation.text("funds.reason"):
        yield from body(words.FUNDS_REASON.format(reason=reason))
    yield from authored_if_asked(evaluation, "analysis.execution")


def _part(part: Part, context: _Context) -> Iterator[Block]:
    if part.label in PART_TEXTS:
        yield from authored_if_asked(context.evaluation, PART_TEXTS[part.label])
    levels = [text_of(indicator.level2) for indicator in part.indicators]
    for number, (start, length) in enumerate(runs(levels), start=1):
        if levels[start]:
            yield Paragraph(Style.HEADING3, f"{number}.{levels[start]}")
        yield from _items(part.indicators[start : start + length], context)


def _items(indicators: Sequence[Indicator], context: _Context) -> Iterator[Block]:
    for number, indicator in enumerate(indicators, start=1):
        name = " ".join(text_of(indicator.name).split()).rstrip("。；;：:") or words.UNNAMED
        heading = words.ITEM.format(number=number, name=name) if len(indicators) > 1 else name
        text = _facts(indicator, context)
        yield Paragraph(Style.BODY, words.ITEM_TEXT.format(name=heading, text=text) if text else heading)
        yield from _explanation(indicator, name, context)


def _facts(indicator: Indicator, context: _Context) -> str:
    return "".join(
        (
            _rate(indicator, context),
            sentences.attainment(indicator),
            "" if indicator.shared else sentences.scored(indicator.weight, indicator.score),
            sentences.reviewed(indicator),
        )
    )


def _rate(indicator: Indicator, context: _Context) -> str:
    """The rate an indicator is about, if it is about one of the three rates of the fund block."""
    if indicator.tells_execution:
        return sentences.execution(context.evaluation, context.scheme)
    if indicator.tells_arrival:
        return sentences.arrival(context.evaluation, context.scheme)
    if indicator.row == context.cost_row:
        return sentences.saving(context.evaluation, context.scheme)
    return ""


def _explanation(indicator: Indicator, name: str, context: _Context) -> Iterator[Block]:
    """Evidence and reason as typed, then the gaps: what an indicator should state and does not."""
    evidence, reason = text_of(indicator.evidence), text_of(indicator.reason)
    yield from body(evidence)
    if reason:
        yield from body(words.REASON.format(reason=reason))
    if not text_of(indicator.name):
        yield gap(context.evaluation, "indicator.name", indicator.name)
    if _asks_values(indicator, context):
        if not text_of(indicator.target) and indicator.target:
            yield gap(context.evaluation, "indicator.target", indicator.target, name=name)
        if not text_of(indicator.actual) and indicator.actual:
            yield gap(context.evaluation, "indicator.actual", indicator.actual, name=name)
    if indicator.shared:
        return
    if not text_of(indicator.score):
        if (context.evaluation.drawn or indicator.score is not None) and not dropped(indicator):
            yield gap(context.evaluation, "indicator.score", indicator.score, name=name)
    elif _lost_points(indicator, context) and not (evidence or reason or _explained_elsewhere(indicator, context)):
        yield gap(context.evaluation, "indicator.reason", indicator.reason or indicator.evidence, name=name)


def _asks_values(indicator: Indicator, context: _Context) -> bool:
    """Whether target and actual value belong to an indicator: not to those judged by evidence or by a rate."""
    judged = text_of(indicator.level1) in JUDGED
    return not judged and not _rate(indicator, context)


def _explained_elsewhere(indicator: Indicator, context: _Context) -> bool:
    """A rate below 100 % says why points were lost, and so does a row for all reasons together; a saving does not."""
    if context.evaluation.text("text.deviation"):
        return True
    return indicator.row != context.cost_row and bool(_rate(indicator, context))


def _lost_points(indicator: Indicator, context: _Context) -> bool:
    weight, score = number_of(indicator.weight), number_of(indicator.score)
    return weight is not None and score is not None and score < weight
