"""A scheme (口径): the dated, cited parameters by which one kind of form is scored and checked.

Each scheme is one TOML file in ``law/schemes``; code never holds such a number. A file may extend another
(``extends = "national-2020"``): what it does not state it takes from there, a table as a whole; an empty table clears one,
``"none"`` an optional number. Title and dates are never taken over.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple


class Band(NamedTuple):
    """A grade and the lowest total that earns it (included)."""

    grade: str
    least: Decimal


class Tier(NamedTuple):
    """A qualitative tier (档次): its name and the share of the weight it allows, lower end included."""

    name: str
    least: Decimal
    most: Decimal


class Range(NamedTuple):
    """The totals that earn a grade by any of the bands in use, both ends included."""

    grade: str
    least: Decimal
    most: Decimal


class Step(NamedTuple):
    """An execution rate, and what it earns from there on: a share of the weight."""

    least: Decimal
    share: Decimal


class Cap(NamedTuple):
    """What a total may come to at most where the execution rate lies below this one."""

    below: Decimal
    most: Decimal


class Scheme(NamedTuple):
    """Every parameter of one 口径. Shares and rates are fractions, weights are points (分)."""

    id: str  # national-2020
    title: str  # 财预〔2020〕10号 项目支出绩效自评
    since: int  # first year it is in force
    citation: str  # for findings about scores and grades: 财预〔2020〕10号，摘要
    grades: Sequence[Band]
    grade_aliases: Mapping[str, str]  # 优秀 -> 优
    execution_denominator: str  # the fund column an execution rate divides by: adjusted | arrived | initial
    adjustment_needs_reason: bool  # 年初 ≠ 调整后 must be explained (R26)
    tiers: Sequence[Tier]
    reverse: str  # how a missed ≤ target is scored: linear  w*(1-(a-t)/t)  |  ratio  w*t/a
    overshoot_warning: Decimal | None  # actual / target from which a warning is due; None: no such rule
    overshoot_reason: Decimal | None  # … from which a reason is due
    until: int | None = None  # last year it is in force, included; None: still in force
    issued: str | None = None  # ISO date of the document cited: 2020-02-25; None where it is not known
    execution_weight: Decimal | None = (
        None  # the customary weight of 预算执行率; None where it is an ordinary indicator
    )
    rate_needing_reason: Decimal | None = None  # an execution rate below this must be explained; None: no such rule
    weights: Mapping[str, Decimal] = {}  # customary level-1 weights: 产出指标 -> 50; empty: none
    levels: Mapping[str, Sequence[str]] = {}  # 产出指标 -> 数量指标, 质量指标 …; empty: the drawing decides
    reverse_citation: str = ""
    execution_citation: str = ""
    rate_citation: str = ""  # for findings about execution rates
    form_citation: str = ""  # for findings about what the form itself prints: its notes, columns and levels
    in_use: Mapping[
        str, Sequence[str]
    ] = {}  # parameter -> what is in use of it, where nobody knows which a form follows
    execution_steps: Sequence[Step] = ()  # the score of 预算执行率 by interval, as some score it
    grade_ranges: Sequence[Range] = ()  # what a grade may stand for, where nobody knows by which bands
    total_caps: Sequence[Cap] = ()  # what a low execution rate leaves of the total, as some have it

    @property
    def known(self) -> bool:
        """Whether it is known by which rules a form is scored; else those in use are all as good."""
        return not self.in_use

    @property
    def readings(self) -> "Sequence[Scheme]":
        """The schemes a form may follow: this one, or each combination of the rules in use."""
        budgets = self.in_use.get("execution_denominator", [self.execution_denominator])
        reverses = self.in_use.get("reverse", [self.reverse])
        return [
            self._replace(execution_denominator=budget, reverse=reverse) for budget in budgets for reverse in reverses
        ]
