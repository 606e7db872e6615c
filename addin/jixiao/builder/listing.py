"""Plain tables on sheets of their own: 项目汇总, 未导入内容, 校验结果."""

from collections.abc import Sequence

from openpyxl.styles import Alignment, Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.actions.book import Listing
from jixiao.builder.form_sheet import BOX, FONT, LINE_POINTS, lines_of, put
from jixiao.places import letters
from jixiao.wording import workbook as words

READY_LINES = 60  # lines of 校验结果 that are formatted in advance
TALLEST_ROW = 400
LAST_COLUMN = 16384
_TEXT = Font(name=FONT, size=10.5)


def draw_listing(ws: Worksheet, listing: Listing) -> None:
    """Write one listing, ready to print on landscape A4."""
    _head(ws, listing.heading, listing.columns)
    for (row, column), content in listing.contents.items():
        cell = ws.cell(row, column)
        cell.font, cell.border = _TEXT, BOX
        cell.alignment = Alignment("left" if isinstance(content.value, str) else "right", "center", wrap_text=True)
        cell.number_format = content.number_format or "General"
        whole = ws.column_dimensions[letters(column)]  # lines added later look like the first
        if whole.number_format == "General":
            whole.number_format, whole.font = cell.number_format, _TEXT
        if not content.formula:
            put(cell, content.value)
        needed = lines_of(str(content.value or ""), listing.columns[column - 1][1] - 1) * LINE_POINTS + 4
        ws.row_dimensions[row].height = max(ws.row_dimensions[row].height or 0, min(needed, TALLEST_ROW))
    for name, text in listing.constants.items():
        ws.defined_names[name] = DefinedName(name, attr_text=f'"{text}"')
    _print_on_one_width(ws)


def draw_results(ws: Worksheet) -> None:
    """The empty sheet 校验结果; the hidden columns from L on hold what is marked."""
    _head(ws, words.RESULTS, words.RESULT_COLUMNS)
    ws.cell(2, 1, words.RESULTS_HINT).font = Font(name=FONT, size=9, color="666666")
    for row in range(4, 4 + READY_LINES):
        ws.row_dimensions[row].height = 2 * LINE_POINTS + 2
        for column in range(1, len(words.RESULT_COLUMNS) + 1):
            cell = ws.cell(row, column)
            cell.font, cell.alignment = _TEXT, Alignment("left", "top", wrap_text=True)
    marked = ws.column_dimensions["L"]
    marked.min, marked.max, marked.hidden = 12, LAST_COLUMN, True
    ws.print_title_rows = "3:3"
    ws.freeze_panes = "A4"
    _print_on_one_width(ws)


def _head(ws: Worksheet, heading: str, columns: Sequence[tuple[str, float]]) -> None:
    ws.cell(1, 1, heading).font = Font(name="黑体", size=14)
    ws.row_dimensions[1].height = 22  # Calc would not make room for the large letters
    for column, (name, width) in enumerate(columns, 1):
        cell = ws.cell(3, column, name)
        cell.font, cell.border = Font(name=FONT, size=10.5, bold=True), BOX
        cell.alignment = Alignment("center", "center", wrap_text=True)
        ws.column_dimensions[letters(column)].width = width


def _print_on_one_width(ws: Worksheet) -> None:
    ws.page_setup.paperSize, ws.page_setup.orientation = 9, "landscape"
    ws.page_setup.fitToWidth, ws.page_setup.fitToHeight = 1, 0
    ws.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
