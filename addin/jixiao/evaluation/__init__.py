"""What a document states: every value with its place and its printed precision. Nothing is computed or corrected here."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.figures import Figure
from jixiao.findings import Finding
from jixiao.places import Place


class Stated(NamedTuple):
    """One stated value. ``exact`` is the number behind the print where the file keeps one; ``formula`` lacks its ``=``."""

    text: str
    place: Place
    figure: Figure | None = None
    exact: Decimal | None = None
    formula: str | None = None

    @property
    def blank(self) -> bool:
        return not self.text.strip()

    @property
    def number(self) -> Decimal | None:
        """The printed value; None for blanks and texts."""
        return self.figure.value if self.figure else None


class FundRow(NamedTuple):
    """One row of the fund block, amounts in 万元; a column the form does not have is None."""

    key: str
    label: str
    initial: Stated | None = None  # 年初预算数
    adjusted: Stated | None = None  # 全年/调整后预算数
    arrived: Stated | None = None  # 实际到位数
    executed: Stated | None = None  # 执行/支出数
    rate: Stated | None = None  # 执行率


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


class Group(NamedTuple):
    """A printed weight that stands for several rows: ``members`` are row numbers of indicators."""

    level: int
    label: str
    weight: Stated
    members: Sequence[int]


class Evaluation(NamedTuple):
    """One filled form.

    ``facts`` holds every single fact by name (``project.name``, ``total.score``); a fact the form does not have is
    missing, an empty cell is blank. ``indicators`` has no skeleton rows (指标1：, ……); those are in ``skeleton``.
    ``defects`` are findings made while reading: missing columns, shifted merges. ``unplaced`` is text that fits nowhere.
    """

    form: str
    scheme: str
    title: str
    facts: Mapping[str, Stated]
    funds: Sequence[FundRow] = ()
    details: Sequence[FundRow] = ()
    indicators: Sequence[Indicator] = ()
    skeleton: Sequence[Indicator] = ()
    groups: Sequence[Group] = ()
    people: Sequence[Mapping[str, Stated]] = ()
    defects: Sequence[Finding] = ()
    unplaced: Sequence[Stated] = ()

    def text(self, fact: str) -> str:
        """The printed text of a fact, stripped; empty if blank or absent."""
        stated = self.facts.get(fact)
        return stated.text.strip() if stated else ""

    def number(self, fact: str) -> Decimal | None:
        """The printed number of a fact; None if blank, absent or not a number."""
        stated = self.facts.get(fact)
        return stated.number if stated else None

    def fund(self, key: str) -> FundRow | None:
        return next((row for row in self.funds if row.key == key), None)
