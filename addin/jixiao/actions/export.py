"""导出上报版: the clean copy for submission, as a workbook with values only or as the official Word form."""

from decimal import Decimal

from jixiao.actions.book import Book, Sheet
from jixiao.actions.importing import aligned
from jixiao.figures import printed
from jixiao.forms.compose import Content, Filled, carried
from jixiao.forms.drawing import Label, Slot
from jixiao.forms.layout import LaidCell, cells_by_row
from jixiao.grid import Document
from jixiao.report.document import Block, PageBreak, Paragraph, Style, Table, TableCell, TableRow, WordDocument
from jixiao.wording.workbook import PROJECT_SHEET

TWIPS_PER_POINT = 20


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


def word_form(form: Filled) -> list[Block]:
    """One form: rows outside the border as paragraphs, the rest as one table."""
    drawing = form.layout.drawing
    before: list[Block] = []
    after: list[Block] = []
    rows: list[TableRow] = []
    by_row = cells_by_row(form.layout)
    for row, drawn in enumerate(form.layout.drawn, 1):
        cells = by_row[row]
        if drawing.rows[drawn].outside:
            (after if rows else before).append(Paragraph(_style(cells[0], drawing.title), _text(form, cells[0])))
        else:
            height = max(drawing.rows[drawn].height, 19) * TWIPS_PER_POINT
            rows.append(TableRow([(cell.column - 1, _table_cell(form, cell)) for cell in cells], height=height))
    return [*before, Table(list(drawing.widths), rows), *after]


def _style(cell: LaidCell, title: str) -> Style:
    text = cell.content.text if isinstance(cell.content, Label) else ""
    if text.startswith(("附件", "注")):
        return Style.ATTACHMENT
    return Style.FORM_TITLE if text == title else Style.CENTER


def _table_cell(form: Filled, cell: LaidCell) -> TableCell:
    content = cell.content
    title = form.layout.drawing.title
    bold = isinstance(content, Label) and content.text == title or isinstance(content, Slot) and title in content.before
    return TableCell(_text(form, cell), cell.row_span, cell.column_span, cell_side(form, cell), bold)


def cell_side(form: Filled, cell: LaidCell) -> str:
    """Long texts stand left, everything else in the middle."""
    content = cell.content
    long = len(_text(form, cell)) > 24 and cell.column_span > 1
    if isinstance(content, Slot) and (long or (content.before and content.fact != "year")):
        return "left"
    if isinstance(content, Label) and (content.text.startswith(("其中", "　")) or len(content.text) > 60):
        return "left"
    return "center"


def _text(form: Filled, cell: LaidCell) -> str:
    """What the cell prints."""
    if isinstance(cell.content, Label):
        return cell.content.text
    slot = cell.content
    content = form.contents.get((cell.row, cell.column), Content(None))
    spec = form.layout.drawing.spec(slot.fact)
    value = content.value
    if isinstance(value, Decimal):
        text = printed(value, content.number_format or spec.number_format)
    else:
        text = "" if value is None else str(value)
    if slot.ticks and not text:
        return slot.ticks
    return f"{slot.before}{text}{slot.after}"
