"""The one chart of the report: weight and score of every part, side by side."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.stated import number_of
from jixiao.figures import ZERO
from jixiao.report.document import Chart
from jixiao.report.levels import parts
from jixiao.wording import report as words

MOST_BARS = 12  # more categories than this are unreadable on 14 cm


class Bar(NamedTuple):
    """One category; a sum is None where a cell under it holds no number."""

    label: str
    weight: Decimal | None
    score: Decimal | None


def score_chart(evaluation: Evaluation) -> Chart | None:
    """Stated weights and scores by part; None unless a chart can show them: a few parts, every cell a number."""
    bars = list(_bars(evaluation))
    weights = [float(bar.weight) for bar in bars if bar.weight is not None]
    scores = [float(bar.score) for bar in bars if bar.score is not None]
    if not (2 <= len(bars) <= MOST_BARS and len(bars) == len(weights) == len(scores)):
        return None
    return Chart(
        "column",
        words.CHART_TITLE,
        [bar.label for bar in bars],
        [(words.CHART_WEIGHT, weights), (words.CHART_SCORE, scores)],
    )


def _bars(evaluation: Evaluation) -> Iterator[Bar]:
    if evaluation.execution_stands_apart:
        yield Bar(words.EXECUTION_PART, evaluation.number("execution.weight"), evaluation.number("execution.score"))
    for part in parts(evaluation.indicators):
        yield Bar(
            part.label,
            _sum(indicator.weight for indicator in part.indicators),
            _sum(indicator.score for indicator in part.indicators),
        )


def _sum(cells: Iterable[Stated | None]) -> Decimal | None:
    numbers = [number_of(cell) for cell in cells]
    stated = [number for number in numbers if number is not None]
    return sum(stated, ZERO) if len(stated) == len(numbers) else None
