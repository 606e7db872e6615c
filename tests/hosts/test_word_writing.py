"""Word files as written: any text comes back, grids hold, the pages are those of an official document."""

import re
import unicodedata
from io import BytesIO
from xml.etree.ElementTree import fromstring
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import rendering
from jixiao.hosts.word.reading import read_document
from jixiao.hosts.word.verify import verify
from jixiao.hosts.word.writing import render, render_verified
from jixiao.report.document import (
    Block,
    Chart,
    PageBreak,
    Paragraph,
    Style,
    Table,
    TableCell,
    TableRow,
    WordDocument,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(*blocks: Block, contents: bool = False) -> docx.document.Document:
    """The document written, verified and opened by python-docx."""
    data = render(WordDocument("题", blocks, contents))
    verify(data)
    return docx.Document(BytesIO(data))


def part(name: str, *blocks: Block, contents: bool = False) -> bytes:
    with ZipFile(BytesIO(render(WordDocument("题", blocks, contents)))) as package:
        return package.read(name)


def body(text: str) -> Paragraph:
    return Paragraph(Style.BODY, text)


def row(*texts: str, header: bool = False) -> TableRow:
    return TableRow([(column, TableCell(text)) for column, text in enumerate(texts)], header)


def expressible(text: str) -> str:
    """What XML 1.0 can hold (section 2.2), line ends as one sign."""
    kept = [
        sign
        for sign in text.replace("\r\n", "\n").replace("\r", "\n")
        if sign in "\n\t"
        or (unicodedata.category(sign) not in {"Cs"} and ord(sign) >= 32 and ord(sign) not in {0xFFFE, 0xFFFF})
    ]
    return "".join(kept)


any_text = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'\t\n\r\0\x0b\x1f\x7f\x85\ud800\udfff\ufffe\uffff☑□]]>=+-@　")),
    max_size=80,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(any_text, any_text, st.booleans())
def test_any_text_comes_back(paragraph: str, cell: str, bold: bool) -> None:
    document = opened(
        Paragraph(Style.HEADING1, paragraph),
        body(paragraph),
        Table([4000], [TableRow([(0, TableCell(cell, bold=bold))])]),
        Chart("pie", paragraph, [cell], [(paragraph, [1.0])]),
        contents=True,
    )
    assert [found.text for found in document.paragraphs if found.style.name == "公文正文"] == [expressible(paragraph)]
    assert document.tables[0].cell(0, 0).text == expressible(cell)


def test_twenty_thousand_characters_come_back_and_may_break_across_pages() -> None:
    text = "绩效<自评>&；" * 2500
    document = opened(body(text), Table([1000, 8000], [row("短", text), row("短", "短")]))
    assert len(text) == 20_000
    assert document.paragraphs[0].text == text
    assert document.tables[0].cell(0, 1).text == text
    whole = [line._tr.find(f"{W}trPr/{W}cantSplit") is not None for line in document.tables[0].rows]
    assert whole == [False, True]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A grid cut into random rectangles: each free corner grows to the right and down as far as it may."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    free = {(row, column) for row in range(height) for column in range(width)}
    rows: list[list[tuple[int, TableCell]]] = [[] for _ in range(height)]
    for top in range(height):
        for left in range(width):
            if (top, left) not in free:
                continue
            across = draw(st.integers(1, width - left))
            while any((top, left + step) not in free for step in range(across)):
                across -= 1
            down = draw(st.integers(1, height - top))
            free -= {(top + y, left + x) for y in range(down) for x in range(across)}
            rows[top].append((left, TableCell(f"{top},{left}", down, across)))
    return Table([1000] * width, [TableRow(cells) for cells in rows])


@settings(max_examples=60, deadline=None)
@given(tables())
def test_spans_stand_where_they_were_asked_for(model: Table) -> None:
    document = opened(model)
    shown = [[cell.text for cell in line.cells] for line in document.tables[0].rows]
    expected = [[""] * len(model.widths) for _ in model.rows]
    for top, line in enumerate(model.rows):
        for left, cell in line.cells:
            for y in range(cell.row_span):
                expected[top + y][left : left + cell.column_span] = [cell.text] * cell.column_span
    assert shown == expected


@settings(max_examples=20, deadline=None)
@given(tables())
def test_what_is_written_reads_back(tmp_path_factory: pytest.TempPathFactory, model: Table) -> None:
    path = tmp_path_factory.mktemp("word") / "表.docx"
    path.write_bytes(render_verified(WordDocument("题", [model])))
    (grid,) = read_document(str(path)).grids
    spans = {(area.top, area.left): (area.bottom - area.top + 1, area.right - area.left + 1) for area in grid.merges}
    for top, line in enumerate(model.rows, 1):
        for left, cell in line.cells:
            assert grid.at(top, left + 1).text == cell.text
            assert spans.get((top, left + 1), (1, 1)) == (cell.row_span, cell.column_span)


def test_cells_nobody_gave_are_blank() -> None:
    document = opened(Table([1000, 1000, 1000], [TableRow([(1, TableCell("中"))]), TableRow([])]))
    assert [[cell.text for cell in line.cells] for line in document.tables[0].rows] == [["", "中", ""], ["", "", ""]]


def test_rows_carry_header_height_and_alignment() -> None:
    model = Table([5000], [TableRow([(0, TableCell("头", align="left"))], header=True, height=386), row("身")])
    head, rest = opened(model).tables[0].rows
    assert head._tr.find(f"{W}trPr/{W}tblHeader") is not None
    assert rest._tr.find(f"{W}trPr/{W}tblHeader") is None
    assert (head.height.twips, str(head.height_rule)) == (386, "AT_LEAST (1)")
    assert [str(cell.paragraphs[0].alignment) for cell in head.cells] == ["LEFT (0)"]


def test_two_tables_in_a_row_stay_two() -> None:
    document = opened(Table([1000], [row("甲")]), Table([1000], [row("乙")]))
    kinds = [element.tag.removeprefix(W) for element in document.element.body]
    assert kinds == ["tbl", "p", "tbl", "p", "sectPr"]


def test_a_page_break_begins_the_next_block_without_an_empty_line() -> None:
    document = opened(body("一"), PageBreak(), body("二"), PageBreak(), Table([1000], [row("甲")]), PageBreak())
    assert [found.text for found in document.paragraphs] == ["一", "二", "", ""]
    breaks = [found.paragraph_format.page_break_before for found in document.paragraphs]
    assert breaks == [None, True, True, None]


def test_the_page_is_that_of_the_standard() -> None:
    """GB/T 9704-2012: A4, 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; page numbers apart for odd and even pages."""
    document = opened(body("正文"))
    (section,) = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert (round(section.top_margin.mm), round(section.left_margin.mm)) == (37, 28)
    assert round(section.page_width.mm - section.left_margin.mm - section.right_margin.mm) == 156
    assert round(section.page_height.mm - section.top_margin.mm - section.bottom_margin.mm) == 225
    assert document.settings.odd_and_even_pages_header_footer
    assert [str(footer.paragraphs[0].alignment) for footer in (section.footer, section.even_page_footer)] == [
        "RIGHT (2)",
        "LEFT (0)",
    ]


def test_a_form_has_the_narrow_margins_of_published_forms() -> None:
    """A4 less twice 19 mm takes the 9753 twips of 大同's form."""
    data = render(WordDocument("题", [body("注")], form=True))
    verify(data)
    (section,) = docx.Document(BytesIO(data)).sections
    assert (section.page_width - section.left_margin - section.right_margin) // 635 == 9752


@pytest.mark.parametrize(
    ("style", "name", "font", "points"),
    [
        (Style.TITLE, "公文标题", "方正小标宋简体", 22),
        (Style.HEADING1, "Heading 1", "黑体", 16),
        (Style.HEADING2, "Heading 2", "楷体_GB2312", 16),
        (Style.BODY, "公文正文", "仿宋_GB2312", 16),
        (Style.GAP, "待补充", "楷体_GB2312", 16),
    ],
)
def test_styles_have_the_faces_of_the_standard(style: Style, name: str, font: str, points: int) -> None:
    (paragraph,) = opened(Paragraph(style, "字")).paragraphs
    assert paragraph.style.name == name
    defaults = paragraph.part.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    properties = paragraph.style.element.find(f"{W}rPr")
    faces = [holder.find(f"{W}rFonts") for holder in (properties, defaults)]
    assert next(face.get(f"{W}eastAsia") for face in faces if face is not None) == font
    sizes = [holder.find(f"{W}sz") for holder in (properties, defaults)]
    assert next(int(size.get(f"{W}val")) / 2 for size in sizes if size is not None) == points


def test_every_style_of_the_model_can_be_written() -> None:
    document = opened(*(Paragraph(style, style.value) for style in Style))
    assert [found.text for found in document.paragraphs] == [style.value for style in Style]
    assert len({found.style.style_id for found in document.paragraphs}) == len(Style)


def test_ticks_and_boxes_share_one_font() -> None:
    (paragraph,) = opened(body("优☑ 良□")).paragraphs
    fonts = {run.text: run.font.name for run in paragraph.runs}
    assert fonts == {"优": None, "☑": "Segoe UI Symbol", " 良": None, "□": "Segoe UI Symbol"}


def test_contents_list_two_levels_and_lead_to_their_headings() -> None:
    blocks = [
        Paragraph(Style.TITLE, "报告"),
        *(Paragraph(Style(f"heading{level}"), f"第{level}级") for level in (1, 2, 3)),
    ]
    document = opened(*blocks, contents=True)
    assert [found.text for found in document.paragraphs[:4]] == ["报告", "目　录", "第1级\t", "第2级\t"]
    marks = {mark.get(f"{W}name") for mark in document.element.iter(f"{W}bookmarkStart")}
    links = [link.get(f"{W}anchor") for link in document.element.iter(f"{W}hyperlink")]
    assert len(links) == 2 and marks >= set(links)
    assert "updateFields" not in part("word/settings.xml", *blocks, contents=True).decode()
    field_marks = [mark.get(f"{W}fldCharType") for mark in document.element.iter(f"{W}fldChar")]
    assert field_marks.count("begin") == field_marks.count("end") == field_marks.count("separate") == 3


def test_a_caption_keeps_to_its_table_and_never_to_the_next_chart() -> None:
    chart = Chart("column", "图", ["甲"], [("数", [1.0])])
    caption = Paragraph(Style.CAPTION, "题")
    document = opened(caption, Table([1000], [row("甲")]), chart, caption, chart, caption)
    keeps = [
        bool(found.paragraph_format.keep_with_next) for found in document.paragraphs if found.style.name != "公文间隔"
    ]
    assert keeps == [True, True, False, True, False]


def test_charts_carry_their_figures_twice_and_open_for_editing() -> None:
    chart = Chart("column", "分值与得分", ["产出", "效益"], [("分值", [50.0, 30.0]), ("得分", [48.5, 30.0])])
    blocks = [chart, Chart("pie", "来源", ["中央", "省级", "其他"], [("金额", [17.32, 5.5, 0.0])])]
    opened(*blocks)
    root = fromstring(part("word/charts/chart1.xml", *blocks))
    values = [[point.text for point in series.iter(f"{C}v")] for series in root.iter(f"{C}ser")]
    assert values == [["分值", "产出", "效益", "50.0", "30.0"], ["得分", "产出", "效益", "48.5", "30.0"]]
    assert {label.get("formatCode") for label in root.iter(f"{C}numFmt")} == {"General"}  # 10, not 10.
    sheet = openpyxl.load_workbook(BytesIO(part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", *blocks))).active
    assert [list(line) for line in sheet.values] == [["项目", "分值", "得分"], ["产出", 50, 48.5], ["效益", 30, 30]]


def test_a_pie_leaves_out_slices_of_nothing_in_both_places() -> None:
    pie = Chart("pie", "来源", ["中央", "其他", "省级"], [("金额", [17.32, 0.0, 5.5])])
    root = fromstring(part("word/charts/chart1.xml", pie))
    assert [point.text for point in root.iter(f"{C}v")] == ["金额", "中央", "省级", "17.32", "5.5"]
    sheet = openpyxl.load_workbook(BytesIO(part("word/embeddings/Microsoft_Excel_Sheet1.xlsx", pie))).active
    assert [list(line) for line in sheet.values] == [["项目", "金额"], ["中央", 17.32], ["省级", 5.5]]


def test_the_same_document_gives_the_same_bytes() -> None:
    document = WordDocument("题", [body("文"), Chart("pie", "图", ["甲"], [("数", [1.0])])], True)
    assert render(document) == render(document)


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The pages of a rich sample as LibreOffice lays them out, as text."""
    folder = tmp_path_factory.mktemp("rendered")
    lines = [body("测" * 27) for _ in range(22)]  # 2 blank characters and 26, then 1 more on the second line
    scores = Table([3000, 5800], [row("指标", "得分", header=True), *(row(f"指标{n}", "10") for n in range(40))])
    blocks = [
        *(body("行") for _ in range(22)),
        PageBreak(),
        *lines[:11],
        PageBreak(),
        Paragraph(Style.CAPTION, "表1"),
        scores,
        Chart("column", "分值与得分", ["产出", "效益"], [("分值", [50.0, 30.0])]),
        Paragraph(Style.CAPTION, "图1"),
    ]
    path = folder / "样本.docx"
    path.write_bytes(render_verified(WordDocument("样本", blocks)))
    return rendering.text(rendering.to_pdf(path, folder))


def test_a_page_holds_22_lines_of_28_characters(rendered: list[str]) -> None:
    """GB/T 9704-2012, 5.2.1; a line more would push a first page of 22 lines to two."""
    assert rendered[0].count("行") == 22
    second = [line.strip() for line in rendered[1].splitlines() if "测" in line]
    assert second == ["测" * 26, "测"] * 11


def test_table_heads_come_back_on_every_page_and_charts_are_drawn(rendered: list[str]) -> None:
    """41 rows of at least 17 pt do not fit on 638 pt."""
    assert len(rendered) == 4
    assert [re.search(r"指标\s+得分", page) is not None for page in rendered] == [False, False, True, True]
    assert "分值与得分" in rendered[3] and "产出" in rendered[3]
    assert [re.findall(r"—\s*(\d)\s*—", page) for page in rendered] == [["1"], ["2"], ["3"], ["4"]]
