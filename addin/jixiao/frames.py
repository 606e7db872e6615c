"""Tables for people who work on with pandas; nothing of the add-in itself comes this way."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from jixiao.evaluation import Evaluation, Indicator
from jixiao.findings import Finding
from jixiao.wording import frames as words

if TYPE_CHECKING:
    from pandas import DataFrame

_TEXTS = ("level1", "level2", "name", "nature", "target", "unit", "actual", "reason")
_NUMBERS = ("weight", "score")


def to_frame(source: Evaluation | Iterable[Finding]) -> "DataFrame":
    """The indicators of a form, or findings, as a table with one row each.

    Indicators: weight and score are numbers (分), everything else text as stated. Findings: level, code, first place,
    message, stated, expected, citation.
    """
    from pandas import DataFrame

    if isinstance(source, Evaluation):
        columns = [words.INDICATOR_COLUMNS[field] for field in (*_TEXTS, *_NUMBERS)]
        return DataFrame([_indicator(row) for row in source.indicators], columns=columns)
    return DataFrame([_finding(finding) for finding in source], columns=list(words.FINDING_COLUMNS))


def _finding(finding: Finding) -> list[str | None]:
    place = finding.places[0] if finding.places else None
    return [
        finding.severity.word,
        finding.code,
        place.sheet if place else None,
        place.cell if place else None,
        finding.message,
        finding.stated,
        finding.expected,
        finding.citation,
    ]


def _indicator(row: Indicator) -> list[str | float | None]:
    texts = [stated.text.strip() if (stated := getattr(row, field)) else None for field in _TEXTS]
    return [*texts, *(_points(stated.number if (stated := getattr(row, field)) else None) for field in _NUMBERS)]


def _points(number: Decimal | None) -> float | None:
    return None if number is None else float(number)
