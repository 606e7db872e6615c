"""The sheet 校验结果, put into somebody else's workbook: it looks as in those we make."""

from collections.abc import Iterator

from jixiao.grid import Grid
from jixiao.hosts.marks import FIRST_ROW, HEADS_ROW
from jixiao.hosts.package.markup import escaped
from jixiao.hosts.package.styles import MAIN, ResultsLook
from jixiao.places import address
from jixiao.wording import workbook as words

_READY_LINES = 60


def is_results(grid: Grid) -> bool:
    """Whether a sheet of this title is our list, and no one else's."""
    heads = [grid.at(HEADS_ROW, column).value for column in range(1, len(words.RESULT_COLUMNS) + 1)]
    ours = [name for name, _ in words.RESULT_COLUMNS]
    return grid.at(1, 1).value == words.RESULTS and all(
        head in (None, name) for head, name in zip(heads, ours, strict=True)
    )


def is_bare(grid: Grid) -> bool:
    """Whether it says nothing but its headings."""
    return all(row <= HEADS_ROW and column <= len(words.RESULT_COLUMNS) for row, column in grid.cells)


def results_sheet(look: ResultsLook) -> bytes:
    """The empty sheet, ready to print; the hidden columns from L on hold what is marked."""
    columns = "".join(
        f'<col min="{at}" max="{at}" width="{width}" customWidth="1"/>'
        for at, (_, width) in enumerate(words.RESULT_COLUMNS, 1)
    )
    last = address(FIRST_ROW + _READY_LINES - 1, len(words.RESULT_COLUMNS))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
        '<sheetViews><sheetView workbookViewId="0"><pane ySplit="3" topLeftCell="A4" activePane="bottomLeft" state="frozen"/>'
        '<selection pane="bottomLeft" activeCell="A4" sqref="A4"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}'
        '<col min="12" max="16384" width="13" hidden="1" customWidth="1"/></cols>'
        f"<sheetData>{''.join(_rows(look))}</sheetData>"
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/>'
        '<pageSetup paperSize="9" fitToHeight="0" orientation="landscape"/></worksheet>'
    ).encode()


def _rows(look: ResultsLook) -> Iterator[str]:
    yield f'<row r="1" ht="22" customHeight="1">{_text("A1", look.heading, words.RESULTS)}</row>'
    yield f'<row r="2">{_text("A2", look.hint, words.RESULTS_HINT)}</row>'
    columns = range(1, len(words.RESULT_COLUMNS) + 1)
    heads = (
        _text(address(HEADS_ROW, column), look.head, name) for column, (name, _) in enumerate(words.RESULT_COLUMNS, 1)
    )
    yield f'<row r="{HEADS_ROW}">{"".join(heads)}</row>'
    for row in range(FIRST_ROW, FIRST_ROW + _READY_LINES):
        cells = (f'<c r="{address(row, column)}" s="{look.line}"/>' for column in columns)
        yield f'<row r="{row}" ht="30" customHeight="1">{"".join(cells)}</row>'


def _text(cell: str, style: int, text: str) -> str:
    return f'<c r="{cell}" s="{style}" t="inlineStr"><is><t>{escaped(text)}</t></is></c>'
