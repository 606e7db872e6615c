"""A Word document as plain values: what the report rooms produce and ``hosts.word`` writes."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple


class Style(StrEnum):
    """Named paragraph styles; their look (GB/T 9704-2012) is the writer's business."""

    TITLE = "title"  # 公文标题
    HEADING1 = "heading1"  # 一、
    HEADING2 = "heading2"  # （一）
    HEADING3 = "heading3"  # 1.
    HEADING4 = "heading4"  # （1）
    BODY = "body"  # 公文正文
    GAP = "gap"  # 待补充：a visible gap with a hint for the author
    CAPTION = "caption"  # 图表标题
    ATTACHMENT = "attachment"  # 附件1：, above a form
    FORM_TITLE = "form_title"  # the title above a form table
    CENTER = "center"
    SIGNATURE = "signature"  # 署名、日期, right


class Paragraph(NamedTuple):
    """One paragraph. Line breaks in the text stay line breaks of the same paragraph."""

    style: Style
    text: str


class TableCell(NamedTuple):
    """One cell, given at its top left corner only; ``align`` is left, center or right."""

    text: str
    row_span: int = 1
    column_span: int = 1
    align: str = "center"
    bold: bool = False


class TableRow(NamedTuple):
    """The cells that begin in this row, by column (from 0)."""

    cells: Sequence[tuple[int, TableCell]]
    header: bool = False
    height: int | None = None  # least height in twips


WIDEST = 10200
"""Twips: a form may reach into the margins, but stays printable on A4."""


class Table(NamedTuple):
    """A table on a grid of fixed column widths (twips). Spans never overlap and never leave the grid."""

    widths: Sequence[int]
    rows: Sequence[TableRow]


class Chart(NamedTuple):
    """A native chart: ``kind`` is column or pie; a series is a name and one value a category."""

    kind: str
    title: str
    categories: Sequence[str]
    series: Sequence[tuple[str, Sequence[float]]]


class PageBreak(NamedTuple):
    """Start a new page."""


Block = Paragraph | Table | Chart | PageBreak


class WordDocument(NamedTuple):
    """A whole document on A4; ``contents`` asks for a 目录 before the first heading.

    ``form`` says that it holds forms for submission: narrow margins, so that a form stays on few pages. ``landscape`` pages
    are for forms too wide to be read on others.
    """

    title: str
    blocks: Sequence[Block]
    contents: bool = False
    form: bool = False
    landscape: bool = False
