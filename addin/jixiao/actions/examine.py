"""校验: check every form of a document."""

from collections.abc import Sequence

from jixiao.checks import check
from jixiao.findings import Finding, Severity
from jixiao.forms.recognise import forms
from jixiao.grid import Document, Link, Value
from jixiao.places import Place
from jixiao.wording import commands


def examine(document: Document) -> list[Finding]:
    """All findings of a document, sorted by place; one info if it holds no known form."""
    found = forms(document)
    if not found:
        return [Finding("R59", Severity.INFO, commands.NO_FORM)]
    findings = [finding for form in found for finding in check(form.evaluation)]
    order = {grid.title: number for number, grid in enumerate(document.grids)}
    return sorted(findings, key=lambda finding: _position(finding, order))


def _position(finding: Finding, order: dict[str, int]) -> tuple[int, int, int]:
    if not finding.places:
        return (0, 0, 0)
    place = finding.places[0]
    return (place.table or order.get(place.sheet or "", 0), place.row or 0, place.column or 0)


def marks(findings: Sequence[Finding]) -> dict[str, list[str]]:
    """The addresses to mark, by sheet."""
    addresses: dict[str, list[str]] = {}
    for finding in findings:
        for place in finding.places:
            if place.sheet and place.cell:
                addresses.setdefault(place.sheet, []).append(place.cell)
    return addresses


def lines(findings: Sequence[Finding]) -> list[list[Value | Link]]:
    """The rows of the sheet 校验结果."""
    return [_line(finding) for finding in findings]


def _line(finding: Finding) -> list[Value | Link]:
    place = finding.places[0] if finding.places else Place()
    link = Link(place.sheet, place.cell) if place.sheet and place.cell else None
    labels = "、".join(dict.fromkeys(place.label for place in finding.places if place.label))
    return [
        finding.severity.word,
        place.sheet,
        link,
        labels,
        finding.message,
        finding.stated,
        finding.expected,
        finding.citation,
        finding.suggestion,
    ]
