"""What a form itself says or prints of its scoring, in its notes, headings and texts."""

from collections.abc import Iterator

from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import one_line
from jixiao.evaluation.vocabulary import EXECUTION_RATE, FINISHED, NOT

_TEXTS = ("goal.", "text.", "analysis.")
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


def _texts(evaluation: Evaluation) -> Iterator[str]:
    return (one_line(cell.text) for fact, cell in evaluation.facts.items() if fact.startswith(_TEXTS))


def _around(evaluation: Evaluation) -> Iterator[str]:
    """The notes of a form, and the heading of the score."""
    yield from (one_line(cell.text) for cell in evaluation.unplaced)
    yield from (one_line(thing.words) for thing in evaluation.unread)
    yield from (one_line(cell.place.label) for cell in evaluation.cells("execution.score"))
