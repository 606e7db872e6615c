"""生成报告: for every form of a document the report its drawing names."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from jixiao.actions.examine import error_remarks
from jixiao.actions.plan import NewFile, Plan
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.forms.recognise import Recognised, forms, is_known
from jixiao.grid import Document
from jixiao.law import scheme
from jixiao.law.scheme import Scheme
from jixiao.report.document import WordDocument
from jixiao.report.project import project_report, report_gaps
from jixiao.wording import commands
from jixiao.wording.actions import REPORT_SUFFIX

REPORTS: Mapping[str, Callable[[Evaluation, Scheme], WordDocument]] = {"project-evaluation": project_report}
"""The reports there are, as the drawings name them."""


class Report(NamedTuple):
    """A report, the sheet it tells of, and what its author still has to write."""

    sheet: str
    project: str
    document: WordDocument
    gaps: list[str]


def plan(document: Document, contents: bool = False) -> Plan:
    """A report for every form, with a 目录 if ``contents``. Raises Refusal if there is no form, or no report for one."""
    files = [
        NewFile(report.document._replace(contents=contents), (".docx",), REPORT_SUFFIX, report.sheet, report.gaps)
        for report in write_reports(document)
    ]
    return Plan(document, files=files, remarks=error_remarks(document))


def write_reports(document: Document) -> list[Report]:
    """The reports of all forms, in order. Raises Refusal if there is no form, or no report for one."""
    found = [form for form in forms(document) if is_known(form)]
    if not found:
        raise Refusal(commands.no_form(document.name))
    return [_report(form, form.grid.title or str(number)) for number, form in enumerate(found, 1)]


def _report(form: Recognised, sheet: str) -> Report:
    write = REPORTS.get(form.drawing.report)
    if write is None:
        raise Refusal(commands.NO_REPORT.format(form=form.drawing.title))
    text = write(form.evaluation, scheme(form.evaluation.scheme))
    return Report(sheet, form.evaluation.text("project.name"), text, report_gaps(text))
