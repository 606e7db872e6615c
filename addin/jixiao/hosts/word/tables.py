"""Tables of the document model as Word tables on exact grids."""

from collections.abc import Sequence

from jixiao.hosts.word.styles import CELL, SMALL_CELL, TABLE
from jixiao.hosts.word.text import runs
from jixiao.report.document import WIDEST, Table, TableCell, TableRow

_WIDEST_ACROSS = 15130  # the same on a landscape page
_MANY_COLUMNS = 10  # from here on the small type
_MOST_LINES = 20  # a row with more lines than this may break across pages, or a viewer would cut it off
_CHARACTER = 210  # twips: the width of a character of 10.5 pt
_BLANK = TableCell("")


def table(model: Table, landscape: bool = False) -> str:
    """The element ``w:tbl``."""
    widths = _printable(model.widths, _WIDEST_ACROSS if landscape else WIDEST)
    style = SMALL_CELL if len(widths) >= _MANY_COLUMNS else CELL
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    open_merges: dict[int, tuple[int, int]] = {}
    rows = "".join(_row(row, widths, style, open_merges) for row in model.rows)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>'
    )


def _printable(widths: Sequence[int], widest: int) -> list[int]:
    total = sum(widths)
    return list(widths) if total <= widest else [width * widest // total for width in widths]


def _row(row: TableRow, widths: Sequence[int], style: str, open_merges: dict[int, tuple[int, int]]) -> str:
    """One row. ``open_merges`` holds, by left column, the columns a cell from above covers and the rows it still goes on."""
    beginning = dict(row.cells)
    cells: list[str] = []
    column = 0
    while column < len(widths):
        if column in open_merges:
            span, rows_left = open_merges.pop(column)
            cell, merge = _BLANK, "<w:vMerge/>"
        else:
            cell = beginning.get(column, _BLANK)
            span, rows_left = cell.column_span, cell.row_span
            merge = '<w:vMerge w:val="restart"/>' if rows_left > 1 else ""
        if rows_left > 1:
            open_merges[column] = span, rows_left - 1
        cells.append(_cell(cell, sum(widths[column : column + span]), span, merge, style))
        column += span
    return f"<w:tr><w:trPr>{_row_properties(row, widths)}</w:trPr>{''.join(cells)}</w:tr>"


def _row_properties(row: TableRow, widths: Sequence[int]) -> str:
    whole = "<w:cantSplit/>" if _lines(row, widths) <= _MOST_LINES else ""
    height = f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>' if row.height else ""
    return whole + height + ("<w:tblHeader/>" if row.header else "")


def _lines(row: TableRow, widths: Sequence[int]) -> int:
    """About how many lines the longest text of a row takes."""
    return max(
        (
            cell.text.count("\n") + len(cell.text) * _CHARACTER // sum(widths[column : column + cell.column_span])
            for column, cell in row.cells
        ),
        default=0,
    )


def _cell(cell: TableCell, width: int, span: int, merge: str, style: str) -> str:
    columns = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    aligned = "" if cell.align == "center" else f'<w:jc w:val="{cell.align}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{columns}{merge}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{aligned}</w:pPr>{runs(cell.text, bold=cell.bold)}</w:p></w:tc>'
    )
