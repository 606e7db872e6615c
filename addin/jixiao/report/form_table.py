"""An official form as blocks of a Word document: rows outside the border as paragraphs, the rest as one table."""

from decimal import Decimal

from jixiao.formats import printed
from jixiao.forms.compose import Content, Filled
from jixiao.forms.drawing import Label, Slot
from jixiao.forms.layout import LaidCell, cells_by_row
from jixiao.report.document import Block, Paragraph, Style, Table, TableCell, TableRow

TWIPS_PER_POINT = 20


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
            cell = next((cell for cell in cells if _text(form, cell)), cells[0])
            (after if rows else before).append(Paragraph(_style(cell, drawing.title), _text(form, cell)))
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
