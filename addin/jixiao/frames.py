"""Tables for people who work on with pandas; nothing of the add-in itself comes this way."""

from collections.abc import Iterable
from decimal import Decimal
from functools import singledispatch
from typing import TYPE_CHECKING

from jixiao.evaluation import Evaluation, Indicator
from jixiao.findings import Finding
from jixiao.wording import frames as words

if TYPE_CHECKING:
    from pandas import DataFrame

_TEXTS = ("level1", "level2", "name", "nature", "target", "unit", "actual", "reason")
_NUMBERS = ("weight", "score")


@singledispatch
def to_frame(source: Iterable[Finding]) -> "DataFrame":
    """Findings as a table, one row each: level, code, sheet, cell, message, stated, expected, citation."""
    from pandas import DataFrame

    return DataFrame([_finding(finding) for finding in source], columns=list(words.FINDING_COLUMNS))


@to_frame.register
def _(source: Evaluation) -> "DataFrame":
    """The indicators of a form, one row each; weight and score are numbers (分), everything else text as stated."""
    from pandas import DataFrame

    columns = [words.INDICATOR_COLUMNS[field] for field in (*_TEXTS, *_NUMBERS)]
    return DataFrame([_indicator(row) for row in source.indicators], columns=columns)


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
