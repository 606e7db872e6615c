"""The sheet 校验结果: the list of findings, and beside it the addresses each form marks on itself.

Every form has a column of its own, so that a copied sheet shows its own marks and nobody else's.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from jixiao.grid import Change, Grid, Link, Value
from jixiao.hosts.package.markup import Edit, edited, escaped, spans
from jixiao.hosts.package.workbook import MARKS_NAME, Sheet
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


def with_marks_names(workbook: bytes, sheets: Sequence[Sheet], results: str) -> bytes:
    """The workbook part, in which every form's name for its marks points to the column of its own."""
    targets = {str(at): _target(results, column) for at, column in _columns(sheets)}
    edits = [
        Edit(span.inner_start, span.inner_end, targets[span.attributes["localSheetId"]])
        for span in spans(workbook, "definedName")
        if span.attributes["name"] == MARKS_NAME and span.attributes.get("localSheetId") in targets
    ]
    return edited(workbook, edits)


def _columns(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    having = (at for at, sheet in enumerate(sheets) if sheet.has_marks)
    return ((at, column) for column, at in enumerate(having, FIRST_MARKS_COLUMN))


def _target(results: str, column: int) -> bytes:
    name, column_name = results.replace("'", "''"), letters(column)
    return escaped(f"'{name}'!${column_name}${FIRST_ROW}:${column_name}${LAST_ROW}").encode()


def _change(sheet: str, row: int, column: int, value: Value | Link) -> Change:
    if isinstance(value, Link):
        target = f"#'{value.sheet.replace(chr(39), chr(39) * 2)}'!{value.cell}".replace('"', '""')
        return Change(sheet, row, column, value.cell, f'HYPERLINK("{target}","{value.cell}")')
    return Change(sheet, row, column, value)
