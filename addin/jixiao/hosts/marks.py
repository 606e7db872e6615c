"""The sheet 校验结果: the list of findings, and beside it the addresses each form marks on itself.

Every form has a column of its own, so that a copied sheet shows its own marks and nobody else's.
"""

from collections.abc import Iterable, Mapping, Sequence

from jixiao.errors import Refusal
from jixiao.findings import Severity
from jixiao.grid import Change, Grid, Link, Value
from jixiao.ours import MARKS_NAME
from jixiao.places import address, letters, sheet_name
from jixiao.wording import files
from jixiao.wording.findings import COVERED

SHOWN = f"AND(COUNTA({MARKS_NAME})>0,COUNTIF({MARKS_NAME},ADDRESS(ROW(),COLUMN(),4))>0)"
"""The condition under which a cell of a form is coloured: its address stands among the marks of its sheet."""

HEADS_ROW, FIRST_ROW, LAST_ROW = 3, 4, 5003
LIST_WIDTH = 9
FIRST_MARKS_COLUMN = 12  # L; the list of findings stands left of it
_HEADINGS = {*(severity.word for severity in Severity), COVERED}


def mark_changes(
    results: Grid, marked: Sequence[str], marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]
) -> list[Change]:
    """The changes that replace what the sheet 校验结果 says; ``marked`` are the sheets with a column, in order.

    What people wrote on the sheet stays; Refusal if the list would need a cell with a text of theirs.
    """
    old = _list_end(results)
    contents: dict[tuple[int, int], Value | Link] = {
        at: None for at in results.cells if _is_listed(at, old) or at[1] >= FIRST_MARKS_COLUMN and at[0] >= FIRST_ROW
    }
    for row, line in enumerate(lines, FIRST_ROW):
        contents.update({(row, column): value for column, value in enumerate(line, 1)})
    written_over = sorted(at for at in contents.keys() & results.cells.keys() if at[0] >= old and at[1] <= LIST_WIDTH)
    if written_over:
        raise Refusal(files.REMARK_IN_THE_WAY.format(sheet=results.title, cell=address(*written_over[0])))
    for column, sheet in enumerate(marked, FIRST_MARKS_COLUMN):
        cells = list(marks.get(sheet, ()))[: LAST_ROW - FIRST_ROW + 1]
        contents.update({(row, column): cell for row, cell in enumerate(cells, FIRST_ROW)})
    return [_change(results.title, *at, value) for at, value in contents.items()]


def _is_listed(at: tuple[int, int], end: int) -> bool:
    return FIRST_ROW <= at[0] < end and at[1] <= LIST_WIDTH


def _list_end(results: Grid) -> int:
    """The row below the list: its lines begin with a severity, or are those of the coverage."""
    row = FIRST_ROW
    while results.at(row, 1).value in _HEADINGS:
        row += 1
    return row


def marks_area(results: str, column: int) -> str:
    """What the name of a form's marks stands for: its column of the sheet 校验结果."""
    name = letters(column)
    return f"{sheet_name(results)}!${name}${FIRST_ROW}:${name}${LAST_ROW}"


def _change(sheet: str, row: int, column: int, value: Value | Link) -> Change:
    if isinstance(value, Link):
        target = f"#{sheet_name(value.sheet)}!{value.cell}".replace('"', '""')
        return Change(sheet, row, column, value.cell, f'HYPERLINK("{target}","{value.cell}")')
    return Change(sheet, row, column, value)
