"""生成报告: one 项目支出绩效评价报告 for every form of a document."""

from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.forms.recognise import forms
from jixiao.grid import Document
from jixiao.law import scheme
from jixiao.report.document import WordDocument
from jixiao.report.project import project_report, report_gaps
from jixiao.wording import commands


class Report(NamedTuple):
    """A report, the sheet it tells of, and what its author still has to write."""

    sheet: str
    project: str
    document: WordDocument
    gaps: list[str]


def write_reports(document: Document) -> list[Report]:
    """The reports of all forms, in order. Raises Refusal if there is no form."""
    found = forms(document)
    if not found:
        raise Refusal(f"{commands.NO_FORM}：{document.name}。")
    reports = []
    for number, form in enumerate(found, 1):
        text = project_report(form.evaluation, scheme(form.evaluation.scheme))
        sheet = form.grid.title or str(number)
        reports.append(Report(sheet, form.evaluation.text("project.name"), text, report_gaps(text)))
    return reports
