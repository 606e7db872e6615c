"""导出上报版: the clean copy for submission, as a workbook with values only or as the form in Word."""

from jixiao.actions.book import Book, Sheet
from jixiao.actions.copying import bindings_of, copy_of, stays_theirs
from jixiao.actions.examine import error_remarks
from jixiao.actions.fill import shown_by_ours
from jixiao.actions.importing import drawn_forms
from jixiao.actions.plan import NewFile, Plan
from jixiao.forms.compose import Filled, carried
from jixiao.forms.recognise import forms
from jixiao.grid import Document
from jixiao.report.document import WIDEST, Block, PageBreak, WordDocument
from jixiao.report.form_table import word_form
from jixiao.wording.actions import EXPORT_SUFFIX
from jixiao.wording.workbook import PROJECT_SHEET


def plan(document: Document, as_word: bool = False) -> Plan:
    """The clean copy of every form in one file. Raises Refusal if there is none."""
    clean = NewFile(export_word(document), (".docx",), EXPORT_SUFFIX) if as_word else _workbook(document)
    return Plan(document, files=[clean], remarks=error_remarks(document))


def _workbook(document: Document) -> NewFile:
    """Of somebody else's workbook a copy without anything of ours, of any other document a workbook of its forms."""
    if stays_theirs(document, forms(document)):
        return copy_of(document, shown_by_ours(document), bindings_of(document), EXPORT_SUFFIX)
    return NewFile(export_workbook(document), (".xlsx",), EXPORT_SUFFIX)


def export_workbook(document: Document) -> Book:
    """Every form with its values as printed: no formulas, no names of ours, no marks, nothing beside the form."""
    found = drawn_forms(document)
    sheets = [Sheet(_title(form.grid.title, i), _values(carried(form))) for i, form in enumerate(found, 1)]
    return Book(sheets, clean=True)


def export_word(document: Document) -> WordDocument:
    """Every form as a Word table that looks like the official one, across the page where one is too wide for it."""
    found = drawn_forms(document)
    wide = any(sum(form.drawing.widths) > WIDEST for form in found if not form.evaluation.drawn)
    blocks: list[Block] = []
    for form in found:
        if blocks:
            blocks.append(PageBreak())
        blocks += word_form(_values(carried(form)))
    return WordDocument(document.name, blocks, form=True, landscape=wide)


def _title(title: str, number: int) -> str:
    return title or PROJECT_SHEET.format(number=number)


def _values(form: Filled) -> Filled:
    """The contents without their formulas."""
    contents = {spot: content._replace(formula=None) for spot, content in form.contents.items()}
    return form._replace(contents=contents)
