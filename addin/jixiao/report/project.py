"""项目支出绩效评价报告 by the outline of 财预〔2020〕10号 附件3, for any of the project forms."""

from collections.abc import Iterable, Iterator

from jixiao.evaluation import Evaluation
from jixiao.evaluation.completeness import settled, unscored
from jixiao.law.scheme import Scheme
from jixiao.report import sentences
from jixiao.report.analysis import analysis
from jixiao.report.authored import authored, authored_if_asked, body, gap, is_none
from jixiao.report.document import Block, PageBreak, Paragraph, Style, WordDocument
from jixiao.report.legible import legible
from jixiao.report.scorechart import score_chart
from jixiao.report.scoretable import score_table
from jixiao.wording import report as words


def project_report(evaluation: Evaluation, scheme: Scheme) -> WordDocument:
    """The whole report. Figures are the printed texts of their cells; missing texts become visible gaps."""
    evaluation = settled(legible(evaluation))
    title = sentences.unit_name(evaluation) + sentences.project_name(evaluation) + words.TITLE
    sections = (_title, _basics, _work, _conclusion, _analysis, _closing, _signature)
    return WordDocument(title, [block for section in sections for block in section(evaluation, scheme)])


def report_gaps(document: WordDocument) -> list[str]:
    """What the author still has to write, in reading order, one line each."""
    gaps = (block.text for block in document.blocks if isinstance(block, Paragraph) and block.style is Style.GAP)
    return [text.strip("【】〔〕") for text in gaps]


def _title(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    names = (sentences.unit_name(evaluation), sentences.project_name(evaluation), words.TITLE)
    yield Paragraph(Style.TITLE, "\n".join(name for name in names if name))
    if year := evaluation.year:
        yield Paragraph(Style.CENTER, words.TITLE_YEAR.format(year=year))
    missing = [
        fact for fact, text in (("project.unit", names[0]), ("project.name", names[1]), ("year", year)) if not text
    ]
    yield from (gap(evaluation, fact) for fact in missing)


def _basics(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    yield _h1(words.BASICS)
    yield _h2(words.OVERVIEW)
    yield from body(sentences.overview(evaluation))
    yield from _numbered_overview(evaluation)
    yield _h2(words.GOAL)
    yield from authored(evaluation, "goal.expected")
    yield _h2(words.MANAGEMENT)
    yield _h3(words.ORGANISATION)
    yield from authored(evaluation, "report.organisation")
    yield _h3(words.CONTROLS)
    yield from authored(evaluation, "report.controls")


def _numbered_overview(evaluation: Evaluation) -> Iterator[Block]:
    """立项依据, the process where the form has one, and the money, numbered as they come."""
    topics: list[tuple[str, Iterable[Block]]] = [
        (words.FOUNDATION, authored(evaluation, "report.basis")),
        (words.PROCESS, authored_if_asked(evaluation, "goal.process")),
        (words.FUNDS, _funds(evaluation)),
    ]
    number = 0
    for heading, blocks in topics:
        texts = list(blocks)
        if texts:
            number += 1
            yield _h3(f"{number}.{heading}")
            yield from texts


def _funds(evaluation: Evaluation) -> Iterator[Block]:
    """The money as the form states it; what it is counted in is asked for where the form does not say it."""
    amounts = sentences.amounts(evaluation)
    if not amounts:
        yield gap(evaluation, "funds.total")
        return
    yield from body(amounts)
    if sentences.lacks_unit(evaluation):
        yield gap(evaluation, "funds.unit")


def _work(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    subject = sentences.subject(evaluation)._asdict()
    yield _h1(words.WORK)
    yield _h2(words.AIMS)
    yield from body(words.PURPOSE)
    yield from body(words.SUBJECT.format(**subject))
    yield from body(words.SCOPE.format(**subject))
    yield _h2(words.PRINCIPLES)
    yield from body(words.PRINCIPLE)
    yield from _introduced(words.STANDARDS, authored(evaluation, "report.standards"))
    yield from _introduced(words.METHODS, authored(evaluation, "report.methods"))
    yield from body(_criteria(evaluation))
    yield _h2(words.STEPS)
    yield from body(words.CHAIN.format(**subject))
    yield from authored(evaluation, "report.process")


def _criteria(evaluation: Evaluation) -> str:
    """By what is measured: scores add up only on a form that has scores."""
    scored = any(indicator.score is not None for indicator in evaluation.indicators)
    return words.CRITERIA + (words.CRITERIA_SCORED if scored or evaluation.drawn else words.CRITERIA_END)


def _introduced(introduction: str, texts: Iterable[Paragraph]) -> Iterator[Block]:
    """A text after its introduction: on the same line if it is one paragraph, else below."""
    paragraphs = list(texts)
    if len(paragraphs) == 1 and paragraphs[0].style is Style.BODY:
        yield Paragraph(Style.BODY, introduction + paragraphs[0].text)
    else:
        yield Paragraph(Style.BODY, introduction)
        yield from paragraphs


def _conclusion(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    yield _h1(words.CONCLUSION)
    yield _h2(words.RESULT)
    yield from body(sentences.result(evaluation, scheme))
    yield from _open_result(evaluation)
    yield from body(sentences.scale(scheme))
    yield from authored_if_asked(evaluation, "text.conclusion")
    yield _h2(words.ACHIEVEMENT)
    yield from authored(evaluation, "goal.actual")
    yield from _score_table(evaluation, scheme)
    yield from _score_chart(evaluation)


def _open_result(evaluation: Evaluation) -> Iterator[Block]:
    """What of the result is not there yet; a local form owes no grade it has no place for, nor one with rows unscored."""
    open_scores = len(unscored(evaluation))
    if open_scores:
        yield Paragraph(Style.GAP, words.UNSCORED.format(count=open_scores))
    if not evaluation.text("total.score"):
        yield gap(evaluation, "total.score")
    if not evaluation.text("grade") and not open_scores and (evaluation.drawn or "grade" in evaluation.facts):
        yield gap(evaluation, "grade")


def _score_table(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    """The table on a page of its own, so that no merged label is torn."""
    if table := score_table(evaluation, scheme):
        yield PageBreak()
        yield Paragraph(Style.CAPTION, words.TABLE_CAPTION.format(project=sentences.subject(evaluation).project))
        yield table


def _score_chart(evaluation: Evaluation) -> Iterator[Block]:
    if chart := score_chart(evaluation):
        yield chart
        yield Paragraph(Style.CAPTION, words.CHART_CAPTION)


def _analysis(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    yield _h1(words.ANALYSIS)
    yield from analysis(evaluation, scheme)


def _closing(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    yield _h1(words.EXPERIENCE)
    yield from authored(evaluation, "text.experience")
    yield _h1(words.PROBLEMS)
    yield from authored(evaluation, _problems(evaluation))
    yield _h1(words.SUGGESTIONS)
    yield from _suggestions(evaluation)
    yield _h1(words.OTHER)
    yield from authored(evaluation, "text.other")


def _problems(evaluation: Evaluation) -> str:
    """六: the problems; where a form asks only why targets were missed, that."""
    return (
        "text.deviation"
        if "text.deviation" in evaluation.facts and not evaluation.text("text.problems")
        else "text.problems"
    )


def _suggestions(evaluation: Evaluation) -> Iterator[Block]:
    """七: introduced as answers to the problems only where problems are stated."""
    fact = "text.measures" if "text.measures" in evaluation.facts else "text.suggestions"
    problems, suggestions = evaluation.text("text.problems"), evaluation.text(fact)
    if suggestions and not is_none(suggestions):
        has_problems = problems and not is_none(problems)
        introduction = words.SUGGESTIONS_FOR_PROBLEMS if has_problems else words.SUGGESTIONS_GENERAL
        yield from body(introduction.format(year=sentences.subject(evaluation).year))
    yield from authored(evaluation, fact)


def _signature(evaluation: Evaluation, scheme: Scheme) -> Iterator[Block]:
    if unit := sentences.unit_name(evaluation):
        yield Paragraph(Style.SIGNATURE, unit)
    if date := evaluation.text("report.date"):
        yield Paragraph(Style.SIGNATURE, date)
    else:
        yield gap(evaluation, "report.date")


def _h1(text: str) -> Paragraph:
    return Paragraph(Style.HEADING1, text)


def _h2(text: str) -> Paragraph:
    return Paragraph(Style.HEADING2, text)


def _h3(text: str) -> Paragraph:
    return Paragraph(Style.HEADING3, text)
