"""Whether every point of a form is in hand: what nobody has read may carry some, and then no sum of points can be judged.

Of a form that a drawing knows they always are. Elsewhere the points of 预算执行率 may be missing, or stand in what was not
understood.
"""

from collections.abc import Iterable
from decimal import Decimal

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.doubts import UNKNOWN
from jixiao.evaluation.stated import Part, number_of
from jixiao.figures import ZERO, Figure, bare, parse
from jixiao.law.scheme import Scheme
from jixiao.relations.values import FULL_WEIGHT
from jixiao.wording import coverage as words

_EXECUTION = {"weight": "execution.weight", "score": "execution.score", "review": "funds.total.review"}
WITHOUT_EXECUTION = (FULL_WEIGHT - 10, FULL_WEIGHT - 20)
"""What the customary weights of 预算执行率 leave."""


def missing_points(evaluation: Evaluation, scheme: Scheme, column: str) -> str:
    """Why the weights or scores (``column``) of a form cannot be added up; empty if all are in hand."""
    if scheme.known:
        return ""
    if unread_points(evaluation):
        return words.POINTS_UNREAD
    return "" if _execution_in_hand(evaluation, column) else words.NO_EXECUTION_POINTS


def of_indicators(evaluation: Evaluation, column: str) -> Decimal:
    """What the weights or scores of the indicators alone come to."""
    return sum((number_of(cell) or ZERO for cell in evaluation.cells(f"indicators.{column}[]")), ZERO)


def for_indicators_only(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether the printed total may be that of the indicators above it, the points of 预算执行率 besides."""
    printed = evaluation.number("total.weight")
    return not scheme.known and (printed is None or printed == of_indicators(evaluation, "weight"))


def _execution_in_hand(evaluation: Evaluation, column: str) -> bool:
    """Whether the points of 预算执行率 are read, or the form gives none for it."""
    if evaluation.number(_EXECUTION[column]) is not None:
        return True
    if any(row.tells_execution for row in evaluation.indicators):
        return True
    weights = of_indicators(evaluation, "weight")
    if weights and weights in (FULL_WEIGHT, evaluation.number("total.weight")):
        return True
    return not evaluation.funds and weights not in WITHOUT_EXECUTION


def unread_points(evaluation: Evaluation) -> bool:
    """Whether a table, a number that stands alone or a column of numbers was not understood."""
    texts = [*(thing.words for thing in evaluation.unread), *(cell.text for cell in evaluation.unplaced)]
    return (
        any(thing.part is Part.TABLE for thing in evaluation.unread)
        or any(_like_points(parse(bare(text))) for text in texts)
        or any(_like_points(cell.figure) for cell in _of_unknown_columns(evaluation))
    )


def _of_unknown_columns(evaluation: Evaluation) -> Iterable[Stated]:
    rows = evaluation.in_use("indicators")
    return (cell for row in rows for field, cell in row.cells.items() if field.startswith(UNKNOWN))


def _like_points(figure: Figure | None) -> bool:
    return figure is not None and not figure.unit and 0 < figure.value <= FULL_WEIGHT
