"""导出上报版: the clean copy for submission, as a workbook with values only or as the official Word form."""

from jixiao.actions.book import Book, Sheet
from jixiao.actions.importing import aligned
from jixiao.forms.compose import Filled, carried
from jixiao.grid import Document
from jixiao.report.document import Block, PageBreak, WordDocument
from jixiao.report.form_table import word_form
from jixiao.wording.workbook import PROJECT_SHEET


def export_workbook(document: Document) -> Book:
    """Every form with its values as printed: no formulas, no names of ours, no marks, nothing beside the form."""
    found = aligned(document)
    sheets = [Sheet(_title(form.grid.title, i), _values(carried(form))) for i, form in enumerate(found, 1)]
    return Book(sheets, clean=True)


def export_word(document: Document) -> WordDocument:
    """Every form as a Word table that looks like the official one."""
    blocks: list[Block] = []
    for found in aligned(document):
        if blocks:
            blocks.append(PageBreak())
        blocks += word_form(_values(carried(found)))
    return WordDocument(document.name, blocks, form=True)


def _title(title: str, number: int) -> str:
    return title or PROJECT_SHEET.format(number=number)


def _values(form: Filled) -> Filled:
    """The contents without their formulas."""
    contents = {spot: content._replace(formula=None) for spot, content in form.contents.items()}
    return form._replace(contents=contents)
