"""Sentences made from cells. Every figure is the printed text of its cell; what a form does not state is not said.

A function returns an empty text where its cells are missing.
"""

import re
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from jixiao.evaluation import Evaluation, FundRow, Indicator, Related, Stated
from jixiao.evaluation.naming import without_code
from jixiao.evaluation.stated import number_of, one_line, text_of, told
from jixiao.evaluation.vocabulary import EQUALS, QUALITATIVE, SATISFACTION
from jixiao.figures import ZERO, Figure, plain, rounded
from jixiao.law.grades import stated_grade
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import Direction
from jixiao.relations.tree import fact
from jixiao.report.levels import numeral
from jixiao.wording import report as words

_ADDED = re.compile(r"[（(](?:(?:单位[:：]?)?[百千万亿]?元|[A-Z])[)）]")
_AMONG = re.compile(r"^其中[:：]?")
_UNTICKED = re.compile(r"[（(]\s*[）)]")
_TICKED = re.compile(r"(?<![^\s（）()√])([^\s（）()√]+)\s*[（(]\s*√\s*[）)]")


class Subject(NamedTuple):
    """Who and what the report is about, in words that fit a sentence even where the form leaves a name blank."""

    unit: str
    project: str
    year: str


def subject(evaluation: Evaluation) -> Subject:
    year = evaluation.year
    return Subject(
        unit_name(evaluation) or words.THIS_UNIT,
        _with_noun(project_name(evaluation)) if project_name(evaluation) else words.THIS_PROJECT,
        words.YEAR.format(year=year) if year else words.THIS_YEAR,
    )


def unit_name(evaluation: Evaluation) -> str:
    """The unit that writes the report: the one named in the form's head, else the implementing one."""
    return evaluation.text("unit.name") or evaluation.text("project.unit")


def project_name(evaluation: Evaluation) -> str:
    """The project's name without the budget system's code in front of it."""
    return without_code(" ".join(evaluation.text("project.name").split()))


def _with_noun(name: str) -> str:
    return name if name.endswith(words.PROJECT) else name + words.PROJECT


def ticked(text: str) -> str:
    """The choice of a cell: ``经常性项目（√） 一次性项目（  ）`` -> 经常性项目; nothing ticked, nothing chosen."""
    match = _TICKED.search(text)
    if match:
        return match[1]
    return "" if _UNTICKED.search(text) else text.strip()


def overview(evaluation: Evaluation) -> str:
    """Name, unit, department and kind of the project."""
    clauses = (
        (words.OVERVIEW_NAME, "name", evaluation.text("project.name")),
        (words.OVERVIEW_UNIT, "unit", unit_name(evaluation)),
        (words.OVERVIEW_DEPARTMENT, "department", evaluation.text("project.department")),
        (words.OVERVIEW_KIND, "kind", ticked(evaluation.text("project.kind"))),
    )
    return _sentence([clause.format(**{name: text}) for clause, name, text in clauses if text])


def _sentence(clauses: list[str]) -> str:
    return "，".join(clauses) + "。" if clauses else ""


def amounts(evaluation: Evaluation) -> str:
    """The amounts of the total row, the direction of an adjustment, and the sources that paid."""
    total = evaluation.fund("total")
    if not total:
        return ""
    clauses = [
        words.AMOUNT.format(column=column(total, field), amount=amount)
        for field in words.COLUMNS
        if (amount := told(getattr(total, field)))
    ]
    if not clauses:
        return ""
    if rate := text_of(total.rate):
        clauses.append(words.AMOUNTS_RATE.format(rate=rate))
    return subject(evaluation).year + _sentence(clauses) + _adjustment(total) + _sources(evaluation)


def lacks_unit(evaluation: Evaluation) -> bool:
    """Whether nothing says what an amount of the total row is counted in."""
    total = evaluation.fund("total")
    cells: list[Stated | None] = [getattr(total, field) for field in words.COLUMNS] if total else []
    return any(cell is not None and cell.figure is not None and not cell.figure.unit for cell in cells)


def column(row: FundRow, field: str) -> str:
    """A column of the fund block as this form names it: 全年预算数 in one, 调整后预算数 in another."""
    stated: Stated | None = getattr(row, field)
    return _spoken(stated, field)


def _spoken(cell: Stated | None, field: str) -> str:
    """A column in a sentence: without the unit and the letters of operands that its heading adds: 预算数（万元）, 执行数（B）."""
    return _ADDED.sub("", heading_of(cell, words.COLUMNS[field])) or words.COLUMNS[field]


def _adjustment(total: FundRow) -> str:
    initial, adjusted = number_of(total.initial), number_of(total.adjusted)
    if initial is None or adjusted is None or initial == adjusted or not _certain(total.initial, total.adjusted):
        return ""
    template = words.RAISED if adjusted > initial else words.LOWERED
    return template.format(adjusted=column(total, "adjusted"), initial=column(total, "initial"))


def _sources(evaluation: Evaluation) -> str:
    paid = [
        words.SOURCE.format(label=_source(row.label), amount=told(row.executed))
        for row in evaluation.funds
        if not row.is_total and number_of(row.executed)
    ]
    return words.SOURCES.format(sources="，".join(paid)) if paid else ""


def _source(label: str) -> str:
    """What a row of the fund block is called, apart from the list it stands in."""
    return _AMONG.sub("", one_line(label))


def arrival(evaluation: Evaluation, scheme: Scheme) -> str:
    """资金到位率, from its cell in the 报告用 area; empty for forms that do not ask for it."""
    return _ratio(words.ARRIVAL, evaluation.facts.get("arrival.rate"), evaluation.related("arrival-rate", scheme))


def execution(evaluation: Evaluation, scheme: Scheme) -> str:
    """预算执行率 of the total row, over the denominator of the scheme."""
    rate = "funds.total.rate"
    return _ratio(words.EXECUTION, evaluation.facts.get(rate), evaluation.related("execution-rate", scheme, rate))


def _ratio(name: str, rate: Stated | None, relation: Related) -> str:
    if rate is None or rate.blank:
        return ""
    equals = _equals(rate, _share(relation)) if _certain(*relation.operands) else ""
    if not equals:
        return words.RATE.format(name=name, rate=text_of(rate))
    over, under = (operand.rpartition(".")[2] for operand in relation.cells)
    numerator, denominator = relation.operands
    return words.RATIO.format(
        name=name,
        over=_spoken(numerator, over),
        under=_spoken(denominator, under),
        numerator=text_of(numerator),
        denominator=text_of(denominator),
        equals=equals,
        rate=text_of(rate),
    )


def _certain(*cells: Stated | None) -> bool:
    """Whether it is beyond doubt what these cells mean: else nothing is concluded from them."""
    return all(cell is None or cell.sure == 1 for cell in cells)


class _Share(NamedTuple):
    """A quotient of cells, of the numbers as printed and of those behind the print; None where there is none."""

    printed: Decimal | None
    exact: Decimal | None


def _share(relation: Related) -> _Share:
    return _Share(relation.exact(), relation.exact(_behind))


def _behind(stated: Stated) -> Decimal | None:
    return stated.number if stated.exact is None else stated.exact


def _equals(rate: Stated, share: _Share) -> str:
    """What stands between a quotient and its rate: ＝, ≈ where one of them is rounded; empty where they disagree."""
    figure = rate.figure
    if figure is None or share.printed is None:
        return ""
    if rounded(share.printed, _places(figure)) == figure.value:
        return words.EXACTLY
    shares = (value for value in share if value is not None)
    return words.ROUGHLY if any(map(figure.interval.holds, shares)) else ""


def _places(rate: Figure) -> int:
    """The places to which a rate has to be exact: two decimals of a percent, or as many as it prints."""
    return max(4, -int(rate.quantum.as_tuple().exponent))


def saving(evaluation: Evaluation, scheme: Scheme) -> str:
    """成本节约率 from its cell; empty where the budget did not stay the plan, for then nothing tells of a saving."""
    rate, total = evaluation.facts.get("saving.rate"), evaluation.fund("total")
    if rate is None or rate.blank or total is None or not _plan_stayed(total):
        return ""
    equals = _equals(rate, _share(evaluation.related("saving-rate", scheme)))
    if not equals:
        return words.RATE.format(name=words.SAVING, rate=text_of(rate))
    sentence = words.SAVING_RATIO.format(
        plan=text_of(total.initial),
        actual=text_of(total.executed),
        equals=equals,
        rate=text_of(rate),
        plan_column=column(total, "initial"),
        actual_column=column(total, "executed"),
    )
    return sentence + _cost_direction(total)


def _plan_stayed(total: FundRow) -> bool:
    """Whether the form tells of arrivals, and the initial budget was neither adjusted nor paid out in part."""
    budgets = {number_of(stated) for stated in (total.initial, total.adjusted, total.arrived) if stated}
    return total.arrived is not None and None not in budgets and len(budgets) == 1


def _cost_direction(total: FundRow) -> str:
    plan, actual = number_of(total.initial), number_of(total.executed)
    if plan is None or actual is None or actual < plan:
        return ""
    return words.OVERSPENT if actual > plan else words.EVEN


def target(indicator: Indicator) -> str:
    """An indicator's target as one text: ``≥95%``, ``16万人次``, ``优``."""
    nature = text_of(indicator.nature)
    amount = _with_unit(indicator.target, indicator.unit)
    if not amount or nature in EQUALS or nature == QUALITATIVE or indicator.aim.sign:
        return amount
    return nature + amount


def actual(indicator: Indicator) -> str:
    """An indicator's actual value with its unit."""
    return _with_unit(indicator.actual, indicator.unit)


def _with_unit(stated: Stated | None, unit: Stated | None) -> str:
    text, unit_text = text_of(stated), text_of(unit)
    if stated is None or stated.figure is None or text.endswith(unit_text):
        return text
    return text + unit_text


def attainment(indicator: Indicator) -> str:
    """Target, actual value and completion rate of an indicator."""
    is_satisfaction = SATISFACTION in text_of(indicator.level1) + text_of(indicator.level2)
    clauses = []
    if wanted := target(indicator):
        clauses.append(words.TARGET.format(target=wanted))
    if reached := actual(indicator):
        template = words.ACTUAL_SATISFACTION if is_satisfaction else words.ACTUAL
        clauses.append(template.format(actual=reached))
    if indicator.completion and not indicator.completion.blank and _is_fulfilment(indicator):
        clauses.append(_completion(indicator, indicator.completion))
    return _sentence(clauses)


def _is_fulfilment(indicator: Indicator) -> bool:
    """Whether actual / target tells how far a target was reached: numbers of one unit, and more is better."""
    if indicator.done.quantity is None or indicator.done.sign or not indicator.comparable:
        return False
    return indicator.direction in (Direction.POSITIVE, Direction.EQUAL)


def _completion(indicator: Indicator, rate: Stated) -> str:
    equals = _equals(rate, _share(_fulfilment(indicator))) if _in_one_unit(indicator) else ""
    if not equals:
        return words.COMPLETION_RATE.format(rate=text_of(rate))
    return words.COMPLETION.format(
        actual=text_of(indicator.actual), target=text_of(indicator.target), equals=equals, rate=text_of(rate)
    )


def _fulfilment(indicator: Indicator) -> Related:
    """Actual over target as a plain quotient, which the look-up behind 完成率 tells only rounded."""
    parts = {".actual": indicator.actual, ".target": indicator.target}
    tree = fact(".actual") / fact(".target")
    return Related(tree, {name: [cell] if cell else [] for name, cell in parts.items()})


def _in_one_unit(indicator: Indicator) -> bool:
    """Whether target and actual both carry a percent sign, or both none."""
    figures = [stated.figure for stated in (indicator.target, indicator.actual) if stated and stated.figure]
    return len(figures) == 2 and figures[0].percent == figures[1].percent


def scored(weight: Stated | None, score: Stated | None) -> str:
    """``分值3分，得2.99分。``; as much of it as the form states."""
    clauses = [
        template.format(points=_points(cell))
        for template, cell in ((words.WEIGHT, weight), (words.SCORE, score))
        if text_of(cell)
    ]
    return _sentence(clauses) if text_of(weight) or text_of(score) else ""


def reviewed(indicator: Indicator) -> str:
    """What the reviewers gave, called as the form calls it: 复核得分 beside 自评得分."""
    if not text_of(indicator.review):
        return ""
    return words.REVIEW.format(
        heading=heading_of(indicator.review, words.TABLE_COLUMNS["review"]), points=_points(indicator.review)
    )


def _points(cell: Stated | None) -> str:
    """A weight or score as points: 10分; a share (10%) and words stay what they are."""
    text = text_of(cell)
    return text + words.POINTS if text[-1:].isdigit() else text


def heading_of(cell: Stated | None, usual: str) -> str:
    """What a form calls the column of a cell; the usual word where it says nothing."""
    return (one_line(cell.place.label.rpartition(" ")[2]) if cell else "") or usual


def result(evaluation: Evaluation, scheme: Scheme) -> str:
    """综合结论: the stated total and grade."""
    clauses = []
    if evaluation.text("total.score"):
        clauses.append(words.TOTAL.format(points=_points(evaluation.facts["total.score"])))
    if grade := grade_word(evaluation, scheme):
        clauses.append(words.GRADE.format(grade=grade))
    return _sentence(clauses)


def grade_word(evaluation: Evaluation, scheme: Scheme) -> str:
    """The stated grade in the scheme's own word (优秀 -> 优); any other text as it is."""
    text = evaluation.text("grade")
    return stated_grade(text, scheme) or text


def scale(scheme: Scheme) -> str:
    """The grades of the scheme, lower ends included; empty where it has none."""
    bands = scheme.grades
    if not bands:
        return ""
    parts = [words.BAND_TOP.format(grade=bands[0].grade, least=plain(bands[0].least))]
    for above, band in pairwise(bands):
        template = words.BAND_MIDDLE if band.least > ZERO else words.BAND_BOTTOM
        parts.append(template.format(grade=band.grade, above=plain(above.least), least=plain(band.least)))
    return words.SCALE.format(count=numeral(len(bands)), bands="，".join(parts))
