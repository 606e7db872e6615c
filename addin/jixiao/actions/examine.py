"""校验: check every form of a document."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.plan import Marking, Plan, Remark
from jixiao.actions.present import present_forms
from jixiao.actions.steps import CHECKED, Step
from jixiao.checks import check
from jixiao.checks.coverage import Coverage, coverage
from jixiao.findings import Finding, Severity, has_errors
from jixiao.forms import library
from jixiao.forms.recognise import Form
from jixiao.grid import Document, Link, Value
from jixiao.ours import FORM_NAME
from jixiao.places import Place
from jixiao.wording import actions as words
from jixiao.wording import coverage as covering
from jixiao.wording.findings import COVERED
from jixiao.wording.workbook import RESULTS


class Examined(NamedTuple):
    """One form: what was found, in order, and what was looked at."""

    findings: Sequence[Finding]
    coverage: Coverage


class Examination(NamedTuple):
    """All forms of a document, in order."""

    forms: Sequence[Examined]

    @property
    def findings(self) -> list[Finding]:
        return [finding for form in self.forms for finding in form.findings]

    def lines(self) -> Iterator[str]:
        """Form by form what was found and what was looked at, and the verdict."""
        heading = None
        for form in self.forms:
            if form.coverage.place.sheet != heading:
                heading = form.coverage.place.sheet
                yield words.SHEET.format(sheet=heading)
            yield from (finding.line() for finding in form.findings)
            yield f"{form.coverage.line()}。"
        yield f"{self._verdict(words.SUMMARY)}。"

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form: see ``check --json`` in docs/guide.md. Behind the findings of each form stands its coverage."""
        every = (finding for form in self.forms for finding in (*form.findings, form.coverage.finding()))
        return [finding.as_json(file) for finding in every]

    def brief(self) -> str:
        """The verdict and where findings are shown, then what was looked at, of many forms only where something is open."""
        shown = [form.coverage for form in self.forms if len(self.forms) == 1 or not form.coverage.clean]
        return "。\n".join([self._verdict(words.FOUND), *(coverage.line() for coverage in shown)])

    def _verdict(self, summary: str) -> str:
        """How many findings there are; without any, whether that means something."""
        if self.findings:
            counts = [sum(finding.severity is severity for finding in self.findings) for severity in Severity]
            return summary.format(errors=counts[0], warnings=counts[1], infos=counts[2])
        covered = [form.coverage for form in self.forms]
        if all(coverage.clean for coverage in covered):
            return covering.NOTHING_FOUND
        if all(coverage.blank for coverage in covered):
            return covering.BLANK_FORM
        open_ = {
            "unread": any(coverage.unread for coverage in covered),
            "left": any(coverage.left and not coverage.blank for coverage in covered),
            "blank": any(coverage.blank for coverage in covered),
        }
        verdict = covering.PARTLY if any(coverage.compared for coverage in covered) else covering.NOTHING_COMPARED
        return verdict.format(reasons="，".join(covering.REASONS[key] for key, is_so in open_.items() if is_so))

    def rows(self) -> list[list[Value | Link]]:
        """The rows of the sheet 校验结果: what was found, and below what was looked at; none if there is nothing to say."""
        if not self.findings and all(form.coverage.clean for form in self.forms):
            return []
        return [*lines(self.findings), *(_closing(form.coverage) for form in self.forms)]


def plan(document: Document, marking: bool) -> Plan:
    """Check every form, and mark what was found if the workbook is to show it and can. Raises Refusal if there is none."""
    examination = Examination(examined(document))
    findings = examination.findings
    if marking and all(grid.title != RESULTS for grid in document.grids):
        remarks = [Remark(words.NO_RESULTS_SHEET)]
        return Plan(document, words.NOT_MARKED, listing=examination, remarks=remarks, errors=has_errors(findings))
    marked = Marking(marks(findings), examination.rows()) if marking else None
    step = CHECKED if marking else None
    return Plan(
        *(document, examination.brief(), (), marked, step),
        listing=examination,
        remarks=_left_out(document),
        errors=has_errors(findings),
    )


def _left_out(document: Document) -> list[Remark]:
    """Why the drawing that a sheet names is not used, and its form was read by its headings."""
    named = dict.fromkeys(grid.constants.get(FORM_NAME, "") for grid in document.grids)
    return [Remark(reason) for name in named if (reason := library.why_not(name))]


def unmark(document: Document, steps: Sequence[Step] = ()) -> Plan:
    """Take the marks and the list of findings away; a check that is the newest of the ``steps`` is taken back with them."""
    checked = bool(steps) and steps[-1].button == CHECKED.button
    return Plan(document, words.UNMARKED, marking=Marking(), goes_back=checked)


def error_remarks(document: Document) -> list[Remark]:
    """What is written repeats the form as it is filled: what has to be said where the form has errors."""
    errors = sum(finding.severity is Severity.ERROR for finding in examine(document))
    return [Remark(words.STILL_ERRORS.format(count=errors))] if errors else []


def examine(document: Document) -> list[Finding]:
    """All findings of a document, form by form. Raises Refusal if it holds no form."""
    return [finding for form in examined(document) for finding in form.findings]


def examined(document: Document) -> list[Examined]:
    """All forms of a document with what was found. Raises Refusal (R59), naming what was seen, if it holds none."""
    order = {grid.title: number for number, grid in enumerate(document.grids)}
    return [_examined(form, order) for form in present_forms(document)]


def _examined(form: Form, order: Mapping[str, int]) -> Examined:
    findings = sorted(check(form.evaluation), key=lambda finding: _position(finding, order))
    return Examined(findings, coverage(form.evaluation, form.grid.place(1, 1)))


def _position(finding: Finding, order: Mapping[str, int]) -> tuple[int, int, int]:
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


def _closing(coverage: Coverage) -> list[Value | Link]:
    return [COVERED, coverage.place.sheet, None, None, coverage.said, None, None, None, None]
