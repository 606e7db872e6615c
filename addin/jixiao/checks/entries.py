"""What stands in a cell is of the kind the cell asks for."""

from collections.abc import Iterable, Iterator

from jixiao.checks.judging import proposed
from jixiao.checks.operands import amount_rows, empty, listed, numeric, percentages
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Indicator, Stated
from jixiao.evaluation.completeness import asks_actual, dropped
from jixiao.evaluation.funds import AMOUNTS
from jixiao.evaluation.stage import DECIDED, EVALUATED
from jixiao.evaluation.stated import each_once, filled, number_of, text_of
from jixiao.findings import Finding
from jixiao.law.measures import half_width, unit_of
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import Direction
from jixiao.wording.findings import BLANK

_SIGNS = frozenset(Direction.POSITIVE.value + Direction.REVERSE.value)  # "=" says no more than the number
_SCORES = ("execution.score", "total.score")
_SINGLE = ("execution.score", "total.weight", "total.score")
_NUMBERS = (
    *(f"{row}.{name}" for row in ("funds.*", "details") for name in (*AMOUNTS, "rate")),
    *("indicators.weight", "indicators.score", "group1.weight", "group2.weight", "execution.weight"),
    *_SINGLE,
    "sums",
)


@rule("R18", of=_NUMBERS)
def numbers_are_numbers(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """金额、分值、得分和执行率填数字；金额和分值不为负数。"""
    worded = _worded(_number_cells(evaluation))
    if not scheme.known:  # a form of its own may ask for an amount with its unit, or part by part
        worded = [cell for cell in worded if not any(map(str.isdecimal, cell.text))]
    for cells in _by_column(worded):
        yield say("R18.number", scheme, cells, listed(cell.text for cell in cells))
    negative = each_once(cell for cell in numeric(_never_negative(evaluation)) if cell.figure and cell.figure.value < 0)
    if negative:
        yield say("R18.negative", scheme, negative, listed(cell.text for cell in negative))
    percent = percentages([*(row.score for row in evaluation.indicators), *map(evaluation.facts.get, _SCORES)])
    if percent:
        yield say("R18.points", scheme, percent, listed(cell.text for cell in percent))


def _number_cells(evaluation: Evaluation) -> Iterator[Stated | None]:
    yield from _never_negative(evaluation)
    yield from (row.rate for row in amount_rows(evaluation))
    yield from (row.score for row in evaluation.indicators if not dropped(row))
    yield from (evaluation.facts.get(name) for name in _SINGLE)
    for fact, column in evaluation.sums.items():
        yield from (*evaluation.cells(fact), *evaluation.cells(f"{column}[]"))


def _never_negative(evaluation: Evaluation) -> Iterator[Stated | None]:
    for row in amount_rows(evaluation):
        yield from (getattr(row, name) for name in AMOUNTS)
    yield from (row.weight for row in evaluation.indicators)
    yield from (group.weight for group in evaluation.groups)
    yield evaluation.facts.get("execution.weight")


def _worded(cells: Iterable[Stated | None]) -> list[Stated]:
    """Those that hold words where a number belongs."""
    return each_once(cell for cell in cells if cell is not None and filled(cell) and cell.figure is None)


def _by_column(cells: Iterable[Stated]) -> Iterable[list[Stated]]:
    """One column, one finding."""
    columns: dict[str, list[Stated]] = {}
    for cell in cells:
        columns.setdefault(cell.place.label.rpartition(" ")[2], []).append(cell)
    return columns.values()


@rule(
    "R18",
    of=[f"indicators.{name}" for name in ("nature", "unit", "target", "actual", "reason")],
    stages=DECIDED,
    scoring=True,
)
def kinds_and_units(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """定量指标的指标值和完成值是同一单位的数字；定性指标不填百分号；原因栏不填“0”。"""
    rows = evaluation.indicators
    own_words = not scheme.known  # 定量, 正向 … of forms that have no list to choose from
    unknown = [row.nature for row in rows if filled(row.nature) and row.direction is None and not own_words]
    percent = [row.unit for row in rows if row.unit and row.qualitative and half_width(row.unit.text) == "%"]
    zero = [row.reason for row in rows if row.reason and half_width(row.reason.text) == "0"]
    yield from _one("R18.nature", scheme, unknown)
    yield from _one("R18.target", scheme, [row.target for row in rows if _worded_target(row)])
    yield from _one("R18.actual", scheme, [row.actual for row in rows if _worded_actual(row, scheme)])
    yield from _one("R18.unit", scheme, [row.actual for row in rows if _other_unit(row)])
    yield from _one("R18.percent", scheme, percent)
    yield from _one("R18.zero", scheme, zero)


def _one(key: str, scheme: Scheme, cells: Iterable[Stated | None]) -> Iterator[Finding]:
    """One finding for all cells with the same mistake, none without any."""
    found = [cell for cell in cells if cell is not None]
    if found:
        yield say(key, scheme, found, listed(cell.text for cell in found))


def _worded_target(row: Indicator) -> bool:
    return filled(row.target) and row.quantitative and row.aim.worded


def _worded_actual(row: Indicator, scheme: Scheme) -> bool:
    """Words where a number is asked for: by 指标性质, or in a form whose rules are known by a comparator, a bare number or
    a percentage. That 1套 is 已完成 may be said in words, and in a form of unknown origin anything (达成预期指标)."""
    if not filled(row.actual) or dropped(row):
        return False
    if not row.quantitative or row.aim.quantity is None or not row.done.worded:
        return False
    return bool(text_of(row.nature)) or (scheme.known and (bool(row.aim.sign) or row.aim.unit in ("", "%")))


def _other_unit(row: Indicator) -> bool:
    """A percentage where the unit column names something else (人, 万元)."""
    if not row.quantitative or not row.done.percent or row.aim.percent:
        return False
    return unit_of(text_of(row.unit))[1] not in ("", "%")


def _counted(row: Indicator, scheme: Scheme) -> bool:
    return row.aim.quantity is not None and row.done.quantity is not None


@rule("R38", of="indicators.actual .target", where=_counted)
def units_of_ten_thousand(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """完成值与指标值的单位一致，不把元写作万元、张写作万张。"""
    for row in evaluation.indicators:
        if row.slipped:
            yield say("R38", scheme, [row.actual], text_of(row.actual), target=text_of(row.target))


@rule("R19", of="indicators.actual .target", stages=EVALUATED)
def actuals_are_measured(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """完成值填实际数，不照抄指标值连同符号（≥95%、＞95%）。"""
    yield from _one("R19", scheme, [row.actual for row in evaluation.indicators if _copied(row)])


def _copied(row: Indicator) -> bool:
    if not filled(row.actual) or not filled(row.target):
        return False
    actual, target = row.done, row.aim
    written = half_width(text_of(row.actual))
    if actual.kind == "number" and actual.sign in _SIGNS and written == half_width(text_of(row.target)):
        return True  # the comparator in words, too: 95%以上
    same = actual.quantity == target.quantity if target.quantity is not None else actual.text == target.text
    return written[:1] in _SIGNS and same


def _asked(row: Indicator, scheme: Scheme) -> bool:
    return filled(row.actual) or asks_actual(row)


@rule("R20", of="indicators.actual? .score?", where=_asked, stages=EVALUATED)
def nothing_scored_unseen(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """已计得分的指标有完成值，已填完成值的指标有得分。"""
    rows = evaluation.indicators
    unseen = [row.actual for row in rows if asks_actual(row) and number_of(row.score) is not None]
    unscored = [row.score for row in rows if _unscored(row, scheme)]
    if unseen:
        yield say("R20", scheme, unseen, BLANK)
    if unscored:
        yield say("R20.score", scheme, unscored, BLANK)


def _unscored(row: Indicator, scheme: Scheme) -> bool:
    """Whether the user owes a score; a formula that only waits to be computed gives its own."""
    if not empty(row.score) or not filled(row.actual) or not number_of(row.weight) or dropped(row):
        return False
    found = proposed(row, scheme) if row.score and row.score.formula else None
    return found is None or found.score is None
