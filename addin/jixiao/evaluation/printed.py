"""What a form itself says or prints of its scoring, in its notes, headings and texts."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from jixiao.evaluation import Evaluation
from jixiao.evaluation.doubts import UNKNOWN
from jixiao.evaluation.funds import headed_in_percent
from jixiao.evaluation.stated import one_line
from jixiao.evaluation.vocabulary import EXECUTION_RATE, FINISHED, NOT
from jixiao.figures import plain
from jixiao.law.loading import DEFAULT
from jixiao.law.measures import half_width
from jixiao.relations.catalogue import BUDGETS

_TEXTS = ("goal.", "text.", "analysis.")
_FACTOR = r"(?<![\d.])(\d{1,3})分?[×*X]|[×*X](\d{1,3})(?![\d.%])"
_LETTER = r"[(（]([A-Z])[)）]"
_QUOTIENT = r"(?<![A-Z])([A-Z])[/÷]([A-Z])(?![A-Z])"

_NOTES = "text.note"
_WEIGHT_BY_RATE = r"(?:分值|权重)[×*X](?:预算)?执行率|执行率[×*X](?:该项|该指标)?(?:分值|权重)"
_TARGET, _ACTUAL = r"(?:年度指标值|年初指标值|指标值|目标值)", r"(?:全年实际值|实际完成值|实际值|完成值)"
_POINTS = r"(?:[×*X](?:该项|该)?(?:指标)?(?:分值|权重)|计分|记分)"
_BY_COMPLETION = (
    rf"B/A(?:或A/B)?{_POINTS}|{_ACTUAL}(?:[(（]B[)）])?[/÷]{_TARGET}(?:[(（]A[)）])?{_POINTS}"
    r"|完成比例(?:计分|记分)|(?:完成值|实际值)与指标值的比例(?:计分|记分)"
)
_BY_RATIO = (
    rf"(?:B/A或)?A/B{_POINTS}",
    rf"反向[^。\n]{{0,60}}{_TARGET}(?:[(（]A[)）])?[/÷]{_ACTUAL}(?:[(（]B[)）])?{_POINTS}",
)
_BY_EXCESS = r"反向[^。\n]{0,40}(?:超出|超过)(?:指标值)?的?比例扣分|反向[^。\n]{0,40}1-[(（]B-A[)）]/A"
_NATIONAL_RULE = (
    r"(?:计分|评分|打分|得分|评价)[^。\n]{0,40}财预.?2020.?10号|财预.?2020.?10号[^。\n]{0,40}(?:计分|评分|打分|得分)"
)
_PERCENT = frozenset("%％")


def tells_finished(evaluation: Evaluation) -> bool:
    """Whether a form says that its project is finished."""
    return any(word in text and NOT + word not in text for text in _texts(evaluation) for word in FINISHED)


def prints_intervals(evaluation: Evaluation) -> bool:
    """Whether a form prints by which rates of execution points are given: 执行率90%以上得10分，80%—90%得8分."""
    return any(
        EXECUTION_RATE in text and "得" in text and sum(map(text.count, _PERCENT)) > 1
        for text in [*_texts(evaluation), *_around(evaluation)]
    )


def printed_weight(evaluation: Evaluation) -> Decimal | None:
    """The points a form prints as a rule over its score of execution: 得分（20分×执行率）, 得分（B/A×10）."""
    for cell in evaluation.cells("execution.score"):
        label = half_width(cell.place.label).upper()
        factor = re.search(_FACTOR, label)
        if factor and (EXECUTION_RATE in label or "B/A" in label):
            return Decimal(factor[1] or factor[2])
    return None


def execution_rule(evaluation: Evaluation) -> str:
    """The relation by which a form says its score of 预算执行率 is found (``execution-score of 20 adjusted``); "" if by none.

    The points are those of the printed rule, else those of the cell of its weight. Points by interval are no such rule.
    """
    column = denominator(evaluation)
    if not column or prints_intervals(evaluation):
        return ""
    points = printed_weight(evaluation)
    if points is not None:
        return f"execution-score of {plain(points)} {column}"
    ruled = any(re.search(_WEIGHT_BY_RATE, words) for words in _rules(evaluation)) or _cites_national(evaluation)
    return f"execution-score of {column}" if ruled and "execution.weight" in evaluation.facts else ""


def denominator(evaluation: Evaluation) -> str:
    """The column of funds by which a form divides its execution rate; "" where that is not certain.

    Its headings say so by letters: 全年预算数（A）, 全年执行数（B）, 执行率（B/A）. Else it is the only one the form has; 年初预算数
    beside the budget it was adjusted to is none (财预〔2020〕10号: 执行数 by 全年预算数).
    """
    headings = {column: _headings(evaluation, column) for column in (*BUDGETS, "executed")}
    letters = {column: _letters(words) for column, words in headings.items()}
    quotients = {found for words in _rates(evaluation) for found in re.findall(_QUOTIENT, words)}
    if quotients and any(letters.values()):
        (over, under), *others = quotients
        divided = [column for column in BUDGETS if letters[column] == {under}]
        executed = not letters["executed"] or letters["executed"] == {over}
        return divided[0] if executed and not others and len(divided) == 1 else ""
    present = [column for column in BUDGETS if headings[column]]
    if present == ["adjusted", "initial"]:
        return "adjusted"
    return present[0] if len(present) == 1 else ""


def rate_in_percent(evaluation: Evaluation) -> bool:
    """Whether a form writes its rates as 99.83 under 执行率（%）, and none of them with a sign of its own."""
    rates = [cell for fact, cell in evaluation.facts.items() if re.fullmatch(r"funds\.[^.]*\.rate", fact)]
    signed = any(rate.figure and rate.figure.percent for rate in rates)
    return bool(rates) and all(map(headed_in_percent, rates)) and not signed


def scored_by(evaluation: Evaluation) -> str:
    """The scheme by whose rule a form says its indicators are scored; "" where it prints none, half of one, or two.

    A rule only for targets to reach is half of one: what a target not to exceed costs is then for the bureau to say.
    """
    rules = "\n".join(_rules(evaluation))
    ratio = any(re.search(rule, rules) for rule in _BY_RATIO)
    linear = re.search(_BY_EXCESS, rules) is not None
    if ratio or linear:
        printed = {(True, False): "printed-ratio", (False, True): "printed-linear"}.get((ratio, linear), "")
        return printed if re.search(_BY_COMPLETION, rules) else ""
    return DEFAULT if _cites_national(evaluation) else ""


def _cites_national(evaluation: Evaluation) -> bool:
    return any(re.search(_NATIONAL_RULE, words) for words in _rules(evaluation))


def _rules(evaluation: Evaluation) -> Iterator[str]:
    """Where a form prints rules: notes, headings, a column 得分计算方法 of the funds. What its owner tells is no rule."""
    notes = (
        cell.text for fact, cell in evaluation.facts.items() if fact.startswith(_NOTES) or _of_unknown_column(fact)
    )
    heads = {cell.place.label for row in evaluation.tables.get("indicators", ()) for cell in row.cells.values()}
    return (half_width(words).upper() for words in [*notes, *_around(evaluation), *sorted(heads)])


def _of_unknown_column(fact: str) -> bool:
    return fact.startswith("funds.") and fact.rpartition(".")[2].startswith(UNKNOWN)


def _headings(evaluation: Evaluation, column: str) -> set[str]:
    cells = (getattr(row, column) for row in evaluation.funds)
    return {half_width(cell.place.label).upper() for cell in cells if cell is not None}


def _rates(evaluation: Evaluation) -> Iterator[str]:
    yield from _headings(evaluation, "rate")
    yield from (half_width(cell.place.label).upper() for cell in evaluation.cells("execution.score"))


def _letters(headings: Iterable[str]) -> set[str]:
    """The letters behind the headings of a column: 全年预算数（A）."""
    return {letter for words in headings for letter in re.findall(_LETTER, words)}


def _texts(evaluation: Evaluation) -> Iterator[str]:
    return (one_line(cell.text) for fact, cell in evaluation.facts.items() if fact.startswith(_TEXTS))


def _around(evaluation: Evaluation) -> Iterator[str]:
    """The notes of a form, and the heading of the score."""
    yield from (one_line(cell.text) for cell in evaluation.unplaced)
    yield from (one_line(thing.words) for thing in evaluation.unread)
    yield from (one_line(cell.place.label) for cell in evaluation.cells("execution.score"))
