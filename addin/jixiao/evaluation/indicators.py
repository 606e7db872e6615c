"""The indicator table (绩效指标): what each row aims at and achieved, and which weights and scores stand for several rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from jixiao.evaluation.stated import Row, Stated, failed, filled, not_known, one_line, text_of, unbroken
from jixiao.evaluation.vocabulary import ARRIVAL_RATE, EXECUTION_RATE, FUND_WORDS, QUALITATIVE
from jixiao.figures import bare, unit_of
from jixiao.grid import is_failure
from jixiao.law import scoring
from jixiao.law.measures import Measure, comparable, half_width, measure, slipped, sure, with_unit
from jixiao.law.scoring import Direction

_PROMPT = re.compile(r"(指标\s*\d*\s*[:：]?|…+|\.{2,}|/|—)?\s*")
_NUMBERING = re.compile(r"^\s*指标\s*\d+\s*[:：]?\s*")
_COUNTED = frozenset({"weight", "score"})  # what adds up
LEVELS = (1, 2)
"""The levels above an indicator that may have a printed weight of their own."""


class Indicator(NamedTuple):
    """One indicator row; a column the form does not have is None, an empty cell is a blank Stated."""

    row: int
    level1: Stated | None = None
    level2: Stated | None = None
    name: Stated | None = None
    nature: Stated | None = None  # 指标性质
    target: Stated | None = None  # 指标值
    unit: Stated | None = None  # 度量单位
    actual: Stated | None = None  # 完成值
    weight: Stated | None = None  # 分值/权重
    score: Stated | None = None  # 得分
    reason: Stated | None = None  # 偏差原因
    completion: Stated | None = None  # 完成率（报告用）
    evidence: Stated | None = None  # 评价说明（报告用）
    review: Stated | None = None  # 复核得分/评价得分, beside 自评得分
    explanation: Stated | None = None  # 指标解释
    rubric: Stated | None = None  # 评分标准
    source: Stated | None = None  # 数据来源
    interim: Stated | None = None  # 1–7月完成情况
    forecast: Stated | None = None  # 全年预计完成情况
    likelihood: Stated | None = None  # 完成可能性
    shared: bool = False  # its weight or score stands for several rows together: nothing follows for this one

    @property
    def aimed(self) -> str:
        """The target with its percent sign, wherever the form prints it."""
        return with_unit(text_of(self.target), text_of(self.unit))

    @property
    def achieved(self) -> str:
        """The actual value without the unit that has a column of its own."""
        return _achieved(text_of(self.actual), text_of(self.unit))

    @property
    def measures(self) -> tuple[Measure, Measure]:
        """Target and actual value; where only one prints a unit, the other is counted in that of its column or its name."""
        return _measures(_typed(self.target), _typed(self.actual), _typed(self.unit), _typed(self.name))

    @property
    def aim(self) -> Measure:
        return self.measures[0]

    @property
    def done(self) -> Measure:
        return self.measures[1]

    @property
    def comparable(self) -> bool | None:
        """Whether the actual value can be held against the target.

        None where one of them is not stated, and where people judge it: a target in words, or 定性.
        """
        if not filled(self.target) or not filled(self.actual):
            return None
        aim, done = self.measures
        if self.qualitative or aim.worded:
            return None
        if aim.day and done.day:
            return self.direction in (Direction.EQUAL, Direction.REVERSE)
        if aim.words == done.words:
            return True
        return comparable(done, aim) and sure(done, aim, limit=self.direction is Direction.REVERSE)

    @property
    def slipped(self) -> bool:
        """Whether target and actual value are so far apart that one of them must be in another unit (元 for 万元)."""
        aim, done = self.measures
        return slipped(done, aim)

    @property
    def direction(self) -> Direction | None:
        """How actual and target compare; None for an unknown 指标性质."""
        try:
            return scoring.direction(text_of(self.nature), self.aim)
        except ValueError:
            return None

    @property
    def quantitative(self) -> bool:
        """Whether a row asks for a number: by its 指标性质 where the form has it, else by its target."""
        if text_of(self.nature):
            return self.direction not in (Direction.QUALITATIVE, None)
        return self.aim.quantity is not None

    @property
    def qualitative(self) -> bool:
        """Whether its 指标性质 says that a row is judged in words."""
        return half_width(text_of(self.nature)).startswith(QUALITATIVE)

    @property
    def in_words(self) -> bool:
        """Whether a row is judged in words: by its 指标性质, or by a target without any digit."""
        target = text_of(self.target)
        return self.qualitative or (bool(target) and not any(map(str.isdigit, target)) and self.aim.quantity is None)

    @property
    def tells_execution(self) -> bool:
        """Whether a row is about the execution rate of the budget (预算执行率), not of a policy (政策执行率)."""
        return self._tells(EXECUTION_RATE)

    @property
    def tells_arrival(self) -> bool:
        """Whether a row is about the arrival rate of the funds (资金到位率), not of staff (人员到位率)."""
        return self._tells(ARRIVAL_RATE)

    def _tells(self, rate: str) -> bool:
        name = one_line(text_of(self.name))
        return name == rate or (rate in name and any(word in name for word in FUND_WORDS))


def _unit_in(name: str) -> str:
    """The unit in the bracket that ends a name: 参保人数（万人）; empty for any other words there."""
    _, bracket, words = half_width(name).rpartition("(")
    unit = words.removesuffix(")")
    return unit if bracket and unit != words and unit_of(unit) else ""


def _achieved(actual: str, unit: str) -> str:
    unit, text = half_width(unit), half_width(actual)
    return text if unit in ("", "%") else text.removesuffix(unit)


def _typed(cell: Stated | None) -> str:
    """What is stated as it was typed; nothing where a formula failed."""
    return "" if cell is None or failed(cell) else cell.text


@lru_cache(16_384)
def _measures(*typed: str) -> tuple[Measure, Measure]:
    """Target and actual value of these and of unit and name. Every check asks again; ten thousand indicators are kept."""
    target, actual, unit, name = map(bare, typed)
    aim, done = measure(with_unit(target, unit)), measure(_achieved(actual, unit))
    if bool(aim.unit) == bool(done.unit) and aim.scaled is done.scaled:
        return aim, done
    unit = unit or _unit_in(name)
    return aim.counted_in(unit), done.counted_in(unit)


class Group(NamedTuple):
    """A printed weight that stands for several rows: ``members`` are row numbers of indicators."""

    level: int
    label: str
    weight: Stated
    members: Sequence[int]


def indicators(rows: Sequence[Row]) -> list[Indicator]:
    """The rows of the table as indicators. A weight or score merged over several belongs to the first of them."""
    heads = {(row.head(field), field) for row in rows for field in _COUNTED.intersection(row.began)}
    return [_indicator(row, any((row.head(field), field) in heads for field in _COUNTED)) for row in rows]


def _indicator(row: Row, shared: bool) -> Indicator:
    """Names without the form's numbering and the breaks of a narrow column, levels on one line."""
    cells = {field: cell for field, cell in row.cells.items() if field in Indicator._fields}
    for field in _COUNTED.intersection(row.began):
        cells.pop(field, None)
    for field in cells.keys() & {"level1", "level2"}:
        cells[field] = _retold(cells[field], _one_line(cells[field].text))
    if "name" in cells:
        cells["name"] = _retold(cells["name"], _NUMBERING.sub("", unbroken(cells["name"].text)))
    return Indicator(row.number, **cells, shared=shared)


def _retold(cell: Stated, text: str) -> Stated:
    return cell if text == cell.text else cell._replace(text=text)


def _one_line(text: str) -> str:
    return one_line(text).rstrip("：:")


def unused(row: Indicator) -> bool:
    """A row nobody filled in: the form's own prompts (指标1：, ……), or nothing but formulas that failed."""
    values = (row.target, row.actual, row.weight, row.score)
    prompt = row.name is None or _PROMPT.fullmatch(row.name.text)
    if any(value is not None and not_known(value) for value in values):
        return False
    if prompt and all(value is None or value.blank or is_failure(value.text) for value in values):
        return True
    entered = (row.name, *values, row.reason)
    return not any(map(filled, entered)) and any(map(failed, entered))


def groups(rows: Sequence[Row], used: set[int]) -> Iterator[Group]:
    """The printed weights over several of the used rows, level by level, from the top."""
    for level in LEVELS:
        for run in _runs(rows, f"group{level}_weight"):
            members = [row for row in run if row.number in used]
            if members:
                yield _group(level, run[0].cells[f"group{level}_weight"], members)


def _runs(rows: Iterable[Row], field: str) -> Iterable[list[Row]]:
    """The rows beside each cell of a column."""
    runs: dict[int, list[Row]] = {}
    for row in rows:
        if field in row.cells:
            runs.setdefault(row.head(field), []).append(row)
    return runs.values()


def _group(level: int, weight: Stated, rows: Sequence[Row]) -> Group:
    names = (_one_line(row.cells[f"level{level}"].text) for row in rows if f"level{level}" in row.cells)
    label = "、".join(dict.fromkeys(name for name in names if name))
    place = weight.place._replace(label=f"{label} {weight.place.label}")
    return Group(level, label, weight._replace(place=place), [row.number for row in rows])
