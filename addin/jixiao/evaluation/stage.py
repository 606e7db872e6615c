"""In which stage of its life a form stands: what may still be open on it follows from that.

Forms are public in all stages. One that only declares its goals owes nobody an actual value; so the stage comes first.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from jixiao.evaluation.stated import Row, filled, one_line
from jixiao.evaluation.vocabulary import DONE, STAGE_TITLES


class Stage(StrEnum):
    GOAL = "goal"  # 申报、批复: targets, nothing achieved yet
    MONITORING = "monitoring"  # 监控: in the middle of the year
    SELF = "self"  # 自评
    DEPARTMENT = "department"  # 部门评价、财政评价
    REVIEW = "review"  # 复核
    UNDECIDED = "undecided"


EVERY = frozenset(Stage)
DECIDED = EVERY - {Stage.UNDECIDED}
EVALUATED = frozenset({Stage.SELF, Stage.DEPARTMENT, Stage.REVIEW})
"""The stages in which a form tells what was achieved, and owes it."""

_ACHIEVED = ("actual", "score")
_MIDYEAR = ("interim", "forecast", "likelihood")


def stage_of(title: str, facts: Iterable[str], indicators: Sequence[Row]) -> Stage:
    """The stage by the title of a form, else by its columns; undecided where they say nothing, or contradict each other."""
    if _stated(indicators, "review"):
        return Stage.REVIEW
    told = _by_title(title) or _by_columns(_columns(facts, indicators))
    early = told is Stage.GOAL and any(_stated(indicators, column) for column in _ACHIEVED)
    return Stage.UNDECIDED if early else told


def _by_title(title: str) -> Stage | None:
    plain = one_line(title)
    for stage, words in STAGE_TITLES.items():
        if any(word in plain for word in words):
            return None if stage == Stage.GOAL and DONE in plain else Stage(stage)  # 绩效目标完成情况表
    return None


def _by_columns(columns: frozenset[str]) -> Stage:
    if "review" in columns:
        return Stage.REVIEW
    if columns.intersection(_MIDYEAR):
        return Stage.MONITORING
    if "target" in columns and not columns.intersection((*_ACHIEVED, "executed")):
        return Stage.GOAL
    return Stage.SELF if columns.issuperset(_ACHIEVED) else Stage.UNDECIDED


def _columns(facts: Iterable[str], indicators: Sequence[Row]) -> frozenset[str]:
    """The columns of the indicators and of the funds."""
    funds = (fact.rpartition(".")[2] for fact in facts if fact.startswith("funds."))
    return frozenset(field for row in indicators for field in row.cells).union(funds)


def _stated(indicators: Sequence[Row], column: str) -> bool:
    return any(filled(row.cells.get(column)) for row in indicators)
