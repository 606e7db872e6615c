"""校验: check every form of a document."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jixiao.actions.plan import Marking, Plan, Remark
from jixiao.actions.steps import CHECKED, Step
from jixiao.checks import check
from jixiao.findings import Finding, Severity, has_errors
from jixiao.forms.recognise import forms
from jixiao.grid import Document, Link, Value
from jixiao.places import Place
from jixiao.wording import actions as words
from jixiao.wording import commands


class Examination(NamedTuple):
    """All findings of a document, in order."""

    findings: Sequence[Finding]

    def lines(self) -> Iterator[str]:
        """Sheet by sheet, and how many there are of each severity."""
        heading = None
        for finding in self.findings:
            if finding.places and finding.places[0].sheet != heading:
                heading = finding.places[0].sheet
                yield words.SHEET.format(sheet=heading)
            yield finding.line()
        yield self._told(words.SUMMARY) + "。"

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form: see ``check --json`` in docs/guide.md."""
        return [finding.as_json(file) for finding in self.findings]

    def brief(self) -> str:
        """How many there are, and where they are shown."""
        return self._told(words.FOUND)

    def _told(self, summary: str) -> str:
        if not self.findings:
            return words.NOTHING_FOUND
        counts = [sum(finding.severity is severity for finding in self.findings) for severity in Severity]
        return summary.format(errors=counts[0], warnings=counts[1], infos=counts[2])


def plan(document: Document, marking: bool) -> Plan:
    """Check every form, and mark what was found if the workbook is to show it."""
    findings = examine(document)
    examination = Examination(findings)
    marked = Marking(marks(findings), lines(findings)) if marking else None
    step = CHECKED if marking else None
    return Plan(document, examination.brief(), (), marked, step, listing=examination, errors=has_errors(findings))


def unmark(document: Document, steps: Sequence[Step] = ()) -> Plan:
    """Take the marks and the list of findings away; a check that is the newest of the ``steps`` is taken back with them."""
    checked = bool(steps) and steps[-1].button == CHECKED.button
    return Plan(document, words.UNMARKED, marking=Marking(), goes_back=checked)


def error_remarks(document: Document) -> list[Remark]:
    """What is written repeats the form as it is filled: what has to be said where the form has errors."""
    errors = sum(finding.severity is Severity.ERROR for finding in examine(document))
    return [Remark(words.STILL_ERRORS.format(count=errors))] if errors else []


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
