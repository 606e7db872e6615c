"""The names of the marks in a workbook's package: each points to its form's column of the sheet 校验结果."""

from collections.abc import Iterator, Sequence

from jixiao.hosts.marks import FIRST_MARKS_COLUMN, marks_area
from jixiao.hosts.package.markup import Edit, edited, escaped, spans
from jixiao.hosts.package.workbook import Sheet
from jixiao.hosts.parts import Part
from jixiao.ours import MARKS_NAME


def with_marks_names(workbook: Part, sheets: Sequence[Sheet], results: str) -> bytes:
    """The workbook part, in which every form's name for its marks points to the column of its own."""
    targets = {str(at): escaped(marks_area(results, column)).encode() for at, column in _columns(sheets)}
    edits = [
        Edit(span.inner_start, span.inner_end, targets[span.attributes["localSheetId"]])
        for span in spans(workbook, "definedName")
        if span.attributes.get("name") == MARKS_NAME and span.attributes.get("localSheetId") in targets
    ]
    return edited(workbook.content, edits)


def _columns(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int]]:
    having = (at for at, sheet in enumerate(sheets) if sheet.has_marks)
    return ((at, column) for column, at in enumerate(having, FIRST_MARKS_COLUMN))
