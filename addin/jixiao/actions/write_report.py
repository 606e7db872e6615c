"""生成报告: for every form of a document the report its drawing names; for a local form that evaluates a project, that report."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.examine import error_remarks
from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import one_line
from jixiao.evaluation.vocabulary import WHOLE_UNIT
from jixiao.forms.recognise import Form, forms, is_known
from jixiao.grid import Document
from jixiao.law import scheme
from jixiao.law.scheme import Scheme
from jixiao.report.document import WordDocument
from jixiao.report.project import project_report, report_gaps
from jixiao.wording import commands
from jixiao.wording.actions import REPORT_SUFFIX

PROJECT = "project-evaluation"
REPORTS: Mapping[str, Callable[[Evaluation, Scheme], WordDocument]] = {PROJECT: project_report}
"""The reports there are, as the drawings name them."""


class Report(NamedTuple):
    """A report, the sheet it tells of, and what its author still has to write."""

    sheet: str
    project: str
    document: WordDocument
    gaps: list[str]


def plan(document: Document, contents: bool = False) -> Plan:
    """A report for every form, with a 目录 if ``contents``. Raises Refusal if there is no form, or no report for any."""
    found = forms(document)
    files = [
        NewFile(report.document._replace(contents=contents), (".docx",), REPORT_SUFFIX, report.sheet, report.gaps)
        for report in _reports(found, document.name)
    ]
    return Plan(document, files=files, remarks=[*error_remarks(document), *_left_out(found)])


def write_reports(document: Document) -> list[Report]:
    """The reports of all forms that have one, in order. Raises Refusal if there is no form, or no report for any."""
    return _reports(forms(document), document.name)


def _reports(found: Sequence[Form], name: str) -> list[Report]:
    if not found:
        raise Refusal(commands.no_form(name))
    kinds = [report_of(form) for form in found]
    if not any(kinds):
        raise Refusal(commands.no_report(name, *_told(found[0].evaluation)))
    return [
        _report(form.evaluation, kind, form.grid.title or str(number))
        for number, (form, kind) in enumerate(zip(found, kinds, strict=True), 1)
        if kind
    ]


def report_of(form: Form) -> str:
    """The report a form has: what its drawing names, or that of a project it evaluates; empty where there is none."""
    if is_known(form):
        if form.drawing.report not in REPORTS:
            raise Refusal(commands.NO_REPORT.format(form=form.drawing.title))
        return form.drawing.report
    evaluates_project = form.evaluation.stage in EVALUATED and not _of_whole_unit(form.evaluation)
    return PROJECT if evaluates_project and form.evaluation.indicators else ""


def _of_whole_unit(evaluation: Evaluation) -> bool:
    return WHOLE_UNIT in one_line(evaluation.title)


def _report(evaluation: Evaluation, kind: str, sheet: str) -> Report:
    text = REPORTS[kind](evaluation, scheme(evaluation.scheme))
    return Report(sheet, evaluation.text("project.name"), text, report_gaps(text))


def _left_out(found: Sequence[Form]) -> list[Remark]:
    """The forms with indicators that have no report, where others have one; tables of figures ask for none."""
    left = [form.evaluation for form in found if form.evaluation.indicators and not report_of(form)]
    lines = [commands.form_of_kind(*_told(evaluation)) for evaluation in left]
    return [Remark(commands.LEFT_OUT.format(count=len(lines)), lines)] if lines else []


def _told(evaluation: Evaluation) -> tuple[str, str]:
    """The title of a form, and what kind of form it is."""
    kinds = (
        (_of_whole_unit(evaluation), commands.WHOLE_UNIT),
        (evaluation.stage in commands.EARLY_FORMS, commands.EARLY_FORMS.get(evaluation.stage, "")),
        (not evaluation.indicators, commands.NO_INDICATORS),
    )
    return one_line(evaluation.title), next((kind for applies, kind in kinds if applies), commands.NO_STAGE)
