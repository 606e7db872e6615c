"""What a form itself says or prints of its scoring, in its notes, headings and texts."""

import re
from collections.abc import Iterator
from decimal import Decimal

from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import one_line
from jixiao.evaluation.vocabulary import EXECUTION_RATE, FINISHED, NOT
from jixiao.law.measures import half_width

_TEXTS = ("goal.", "text.", "analysis.")
_FACTOR = r"(?<![\d.])(\d{1,3})分?[×*X]|[×*X](\d{1,3})(?![\d.%])"
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


def _texts(evaluation: Evaluation) -> Iterator[str]:
    return (one_line(cell.text) for fact, cell in evaluation.facts.items() if fact.startswith(_TEXTS))


def _around(evaluation: Evaluation) -> Iterator[str]:
    """The notes of a form, and the heading of the score."""
    yield from (one_line(cell.text) for cell in evaluation.unplaced)
    yield from (one_line(thing.words) for thing in evaluation.unread)
    yield from (one_line(cell.place.label) for cell in evaluation.cells("execution.score"))
