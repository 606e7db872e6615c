"""What a form keeps for next year, by the stage of its life: what it aims at, and nothing that has come of it."""

from enum import Enum, auto

from jixiao.evaluation import Stage
from jixiao.evaluation.doubts import UNKNOWN
from jixiao.evaluation.stage import EVALUATED
from jixiao.forms.drawing import Drawing, Kind

KEPT = (
    "project.",
    "unit.",
    "execution.weight",
    "goal.expected",
    "report.basis",
    "report.controls",
    "report.organisation",
)
"""The single facts that stay, of forms of ours and of others."""

KEPT_COLUMNS = ("level1", "level2", "name", "nature", "target", "unit", "weight", "content")
"""What a table keeps for next year: what its rows are called, aim at and weigh."""

_KEPT_ELSEWHERE = ("year", "goal.medium", "text.basis", "text.controls", "text.benchmark", "text.rubric", "text.source")
_WEIGHTS = frozenset({"weight", "group1_weight", "group2_weight"})
_KEPT_FIELDS = frozenset(
    {
        *KEPT_COLUMNS,
        *_WEIGHTS,
        *("direction", "rubric", "explanation", "standard", "formula", "source", "core", "owner"),
        *("topic", "number", "line", "code", "code_class", "code_group", "code_item", "side", "project", "goal"),
        *("question", "option", "start", "end", "grade1", "grade2", "grade3", "grade4"),
    }
)
_RESULTS = frozenset(
    {
        *("actual", "score", "review", "completion", "coefficient", "deduction", "deviation", "evidence", "reason"),
        *("measures", "interim", "forecast", "likelihood", "former", "opinion", "grade", "share", "count"),
        *("budget", "initial", "adjusted", "arrived", "executed", "balance", "final", "net", "pooled", "planned"),
        *("prior", "prior_budget", "prior_executed", "difference", "rate", "arrival_rate", "posts", "staff"),
        *("whole", "total", "subtotal", "basic", "projects", "remitted", "operating", "subsidies", "fiscal", "general"),
        *("government_fund", "state_capital", "business", "contributed", "upper", "other", "brought", "carried"),
        *("staff_costs", "office_costs", "income", "spending", "date", "filler", "checker", "leader"),
    }
)
"""Amounts, what was achieved and how it was judged, and who signed for it."""


class Next(Enum):
    """What becomes of a cell."""

    KEPT = auto()
    CLEARED = auto()
    ASKED = auto()  # it stays, and its owner is told so


def kept(drawing: Drawing, fact: str) -> bool:
    """Whether a form of a drawing keeps a fact for next year."""
    table, _, field = fact.partition(".")
    if table not in drawing.bands:
        return fact.startswith(KEPT)
    if drawing.spec(fact).kind is Kind.PRIVATE:
        return False
    columns = drawing.bands[table].columns
    return field in KEPT_COLUMNS or columns.get(field) == min(columns.values())  # what its rows are called stands first


def of_drawing(drawing: Drawing, fact: str) -> Next:
    """What becomes of a fact of a drawing."""
    printed = drawing.spec(fact).kind is Kind.LABEL or fact.partition(".")[0] == "year"
    return Next.KEPT if printed or kept(drawing, fact) else Next.CLEARED


def becomes(name: str, stage: Stage) -> Next:
    """What becomes of a fact or column of a form nobody has drawn.

    Words somebody wrote (``text.problems``, ``note``) belong to the year where the form tells what was achieved; where it
    declares goals they are its plan; where nobody knows which of the two, they are asked for.
    """
    parts = [part for part in name.split(".") if not part.isdecimal()]
    field = parts[-1]
    if name.startswith((*KEPT, *_KEPT_ELSEWHERE)):
        return Next.KEPT
    if field.startswith(UNKNOWN):
        return Next.ASKED
    if parts[0] == "text" or field == "note":
        return _of_words(name, stage)
    if field in _RESULTS:
        return Next.CLEARED
    return Next.KEPT if field in _KEPT_FIELDS else Next.ASKED


def _of_words(name: str, stage: Stage) -> Next:
    if stage is Stage.GOAL:
        return Next.KEPT
    told = stage in EVALUATED or stage is Stage.MONITORING
    return Next.CLEARED if told and name != "text.note" else Next.ASKED  # 说明 is often what the form itself prints
