"""Findings are values: what is stated, what was expected, where, by which rule, and what to do."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from jixiao.places import Place
from jixiao.wording import findings as words
from jixiao.wording.places import PARAGRAPH, ROWS, TABLE


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def word(self) -> str:
        return words.SEVERITIES[self.value]


class Finding(NamedTuple):
    """One cause, one finding; it may stand in several places."""

    code: str
    severity: Severity
    message: str
    places: Sequence[Place] = ()
    stated: str | None = None
    expected: str | None = None
    citation: str | None = None
    suggestion: str | None = None

    def as_json(self, file: str) -> dict[str, object]:
        """The public form: see the contract of ``check --json``."""
        return {
            "file": file,
            "severity": self.severity.value,
            "code": self.code,
            "message": self.message,
            "stated": self.stated,
            "expected": self.expected,
            "places": [place.as_json() for place in self.places],
            "citation": self.citation,
            "suggestion": self.suggestion,
        }

    def line(self) -> str:
        """One line for people: level · place · what is wrong; what is expected (source). What to do."""
        asked = words.MISSING if self.stated in (None, "", words.BLANK) else words.WRONG
        expected = asked.format(expected=self.expected) if self.expected else ""
        citation = words.CITATION.format(citation=self.citation) if self.citation else ""
        return f"{self.severity.word}·{where(self.places)}{self.message}{expected}{citation}。{self.suggestion or ''}"


def where(places: Sequence[Place]) -> str:
    """The places of one finding in words: ``第15–18行 完成值：``, at least its sheet; empty without places."""
    if not places:
        return ""
    rows = [place.row for place in places if place.row is not None]
    labels = list(dict.fromkeys(place.label for place in places if place.label))
    spots = [ROWS.format(rows=_spans(rows))] if rows else []
    if places[0].table is not None:
        spots.insert(0, TABLE.format(table=places[0].table))
    if places[0].paragraph is not None:
        spots.insert(0, PARAGRAPH.format(paragraph=places[0].paragraph))
    told = " ".join([*spots, "、".join(labels[:3])]).strip()
    return f"{told or places[0].sheet or ''}："


def _spans(numbers: Iterable[int]) -> str:
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return "、".join(str(low) if low == high else f"{low}–{high}" for low, high in runs)


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
