"""The sheet 校验结果: the list of findings, and beside it the addresses each form marks on itself.

Every form has a column of its own, so that a copied sheet shows its own marks and nobody else's.
"""

from collections.abc import Iterable, Mapping, Sequence

from jixiao.grid import Change, Grid, Link, Value
from jixiao.places import letters

FIRST_ROW, LAST_ROW = 4, 5003
FIRST_MARKS_COLUMN = 12  # L; the list of findings stands left of it


def mark_changes(
    results: Grid, marked: Sequence[str], marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]
) -> list[Change]:
    """The changes that replace what the sheet 校验结果 says; ``marked`` are the sheets with a column, in order."""
    contents: dict[tuple[int, int], Value | Link] = {at: None for at in results.cells if at[0] >= FIRST_ROW}
    for row, line in enumerate(lines, FIRST_ROW):
        contents.update({(row, column): value for column, value in enumerate(line, 1)})
    for column, sheet in enumerate(marked, FIRST_MARKS_COLUMN):
        cells = list(marks.get(sheet, ()))[: LAST_ROW - FIRST_ROW + 1]
        contents.update({(row, column): cell for row, cell in enumerate(cells, FIRST_ROW)})
    return [_change(results.title, *at, value) for at, value in contents.items()]


def marks_area(results: str, column: int) -> str:
    """What the name of a form's marks stands for: its column of the sheet 校验结果."""
    sheet, name = results.replace("'", "''"), letters(column)
    return f"'{sheet}'!${name}${FIRST_ROW}:${name}${LAST_ROW}"


def _change(sheet: str, row: int, column: int, value: Value | Link) -> Change:
    if isinstance(value, Link):
        target = f"#'{value.sheet.replace(chr(39), chr(39) * 2)}'!{value.cell}".replace('"', '""')
        return Change(sheet, row, column, value.cell, f'HYPERLINK("{target}","{value.cell}")')
    return Change(sheet, row, column, value)
