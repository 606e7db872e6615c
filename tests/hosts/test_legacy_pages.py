"""Web pages named .xls, in the shapes in which platforms, Excel and LibreOffice write them."""

from decimal import Decimal
from pathlib import Path

import pytest

import office
from jixiao.actions.examine import examine
from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.grid import Area, Cell, Document, Grid, Paragraph
from jixiao.hosts.files import load_document
from jixiao.hosts.legacy import Kind, kind_of, read_legacy

DATONG = Path(__file__).parent.parent / "seeds" / "datong-2021-project.docx"

PLATFORM = """\r\n\r\n<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet><x:Name>自评表</x:Name>
</x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->
<style>td {{mso-number-format:'\\@';}} .rate, td.share {{ mso-number-format:"0\\.00%"; }}</style>
<script>var x = "<td>不是表格</td>";</script></head><body>{body}</body></html>"""


def read(page: str | bytes) -> Document:
    data = page.encode() if isinstance(page, str) else page
    kind = kind_of(data)
    assert kind in (Kind.HTML, Kind.ARCHIVE)
    return read_legacy(kind, data, "表.xls")


def grid(body: str) -> Grid:
    return read(f"<table>{body}</table>").grids[0]


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {spot: cell.text for spot, cell in grid.cells.items()}


def test_a_page_of_a_platform_is_one_sheet_with_its_name() -> None:
    body = (
        "<table border=1><tr><td rowspan=2>项目</td><td colspan=2>资金（万元）</td></tr>"
        "<tr><td>预算数<td>执行率</tr><tr><td>&nbsp;其中：财政&nbsp;<td>&nbsp;</td><td class='rate'>0.9983</td></table>"
    )
    document = read(PLATFORM.format(body=body).encode("gb18030"))
    assert [one.title for one in document.grids] == ["自评表"]
    one = document.grids[0]
    assert texts(one) == {
        (1, 1): "项目",
        (1, 2): "资金（万元）",
        (2, 2): "预算数",
        (2, 3): "执行率",
        (3, 1): " 其中：财政 ",
        (3, 3): "99.83%",
    }
    assert set(one.merges) == {Area(1, 1, 2, 1), Area(1, 2, 1, 3)}
    assert one.at(3, 3).value == Decimal("0.9983")
    assert one.place(3, 3).cell == "C3"


@pytest.mark.parametrize(
    "data",
    [
        "<meta charset=gb2312><table><td>朱镕基㐀</table>".encode("gb18030"),
        "<table><td>朱镕基㐀</table>".encode("gb18030"),
        "<meta charset=iso-8859-1><table><td>朱镕基㐀</table>".encode("gb18030"),
        "<meta charset='gbk'><table><td>朱镕基㐀</table>".encode(),
        "<table><td>朱镕基㐀</table>".encode("utf-8-sig"),
        "<table><td>朱镕基㐀</table>".encode("utf-16"),
        b"<meta charset=us-ascii><table><td>&#26417;&#x9555;&#x57FA;&#13312;</table>",
    ],
    ids=["gb", "undeclared gb", "wrongly declared gb", "utf-8 declared gb", "mark", "utf-16", "references"],
)
def test_the_text_is_read_whatever_the_page_says_of_its_encoding(data: bytes) -> None:
    assert read(data).grids[0].at(1, 1).text == "朱镕基㐀"


def test_what_is_no_text_in_any_encoding_is_refused() -> None:
    with pytest.raises(Refusal, match=r"表\.xls：文字编码无法识别"):
        read(b"<table><td>\xff\xff\x81</table>")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<td>17.32</td>", Cell("17.32", "17.32")),  # as printed: what stands behind it the page does not tell
        ("<td x:num='0.998267898'>99.83%</td>", Cell("99.83%", Decimal("0.998267898"))),
        ('<td sdval="0.998267898" sdnum="2052;0;0.00%">99.83%</td>', Cell("99.83%", Decimal("0.998267898"))),
        ("<td x:num>17.32</td>", Cell("17.32", "17.32")),
        ("<td x:num='nan'>17.32</td>", Cell("17.32", "17.32")),
        ("<td x:num='0.5' x:fmla='=E4/D4'>50%</td>", Cell("50%", Decimal("0.5"), "E4/D4")),
        ("<td>#NAME?</td>", Cell("#NAME?", "#NAME?", "")),  # of a program without our functions
        ("<td style='mso-number-format:\"0\\.00%\"'>0.9983</td>", Cell("99.83%", Decimal("0.9983"))),
        ("<td style='mso-number-format:Percent'>0.9983</td>", Cell("99.83%", Decimal("0.9983"))),
        ("<td style='mso-number-format:Percent'>99.83%</td>", Cell("99.83%", "99.83%")),
        ("<td style=\"mso-number-format:'\\@'\">0012</td>", Cell("0012", "0012")),
        ("<td style='mso-number-format:\\#\\,\\#\\#0\\.00'>1234.5</td>", Cell("1,234.50", Decimal("1234.5"))),
        ("<td style='mso-number-format:\"0\\0022 万元\\0022\"'>12</td>", Cell("12 万元", Decimal(12))),
        ("<td>两行<br style='mso-data-placement:same-cell;'>文字<br></td>", Cell("两行\n文字", "两行\n文字")),
        ("<td><p>一</p><p>二</p></td>", Cell("一\n二", "一\n二")),
        ("<td>17.32<sup>1</sup></td>", Cell("17.32", "17.32")),
        ("<td><b>17.32</b><SUP><a href=#n>[1]</a></SUP>万元</td>", Cell("17.32万元", "17.32万元")),
        ("<td>120 m<sup>2</sup></td>", Cell("120 m2", "120 m2")),
        ("<td>5×10<sup>4</sup></td>", Cell("5×104", "5×104")),
        ("<td>  a \r\n b&lt;c&amp;nbsp;</td>", Cell("a b<c&nbsp;", "a b<c&nbsp;")),
        ("<td>&#99999999999999999999;&bogus;1 < 2</td>", Cell("�&bogus;1 < 2", "�&bogus;1 < 2")),
        ("<td title='a>b' alt=5\">x</td>", Cell("x", "x")),
        ("<TD><FONT>甲<!-- <td>乙 --><comment>批注</comment></FONT></TD>", Cell("甲", "甲")),
    ],
)
def test_a_cell_is_what_the_page_shows(cell: str, expected: Cell) -> None:
    assert grid(f"<tr>{cell}<td>后</td></tr>").cells == {(1, 1): expected, (1, 2): Cell("后", "后")}


@pytest.mark.parametrize(
    ("body", "spots", "merges"),
    [
        ("<tr><td rowspan=0>a<td>b<tr><td>c<tr><td>d", "a11 b12 c22 d32", [Area(1, 1, 3, 1)]),
        ("<tr><td rowspan=99>a<td>b<tr><td>c", "a11 b12 c22", [Area(1, 1, 2, 1)]),
        ("<tr><td rowspan=0>a<td>b<tbody><tr><td>c<td>d", "a11 b12 c21 d22", []),
        ("<thead><tr><td rowspan=0>a<td>b<tr><td>c</thead><tr><td>d", "a11 b12 c22 d31", [Area(1, 1, 2, 1)]),
        ("<tbody><tr><td rowspan=9>a<td>b<tr><td>c<tbody><tr><td>d<td>e", "a11 b12 c22 d31 e32", [Area(1, 1, 2, 1)]),
        ("<tr><td colspan=0>a<td>b<tr><td>c", "a11 b12 c21", []),
        ("<tr><td>a<td hidden>x<td>b", "a11 b12", []),
        ("<tr><td>a<td style='visibility:hidden'>x<td>b", "a11 b13", []),
        ("<tr><td colspan=2 rowspan=2>a<td>b<tr><td>c", "a11 b13 c23", [Area(1, 1, 2, 2)]),
        ("<tr><td>a<td rowspan=2>b<td>c<tr><td>d<td>e", "a11 b12 c13 d21 e23", [Area(1, 2, 2, 2)]),
        ("<tr><td colspan=x>a<td rowspan=-3>b", "a11 b12", []),
        ("<tr><td colspan=99999999999999>a<tr><td>b", "a11 b21", []),
        ("<tbody><td>a<tfoot><tr><td>b", "a11 b21", []),
        ("<tr><td>a<td style='display: none'>x<td>b", "a11 b12", []),
    ],
)
def test_spans_are_merged_areas(body: str, spots: str, merges: list[Area]) -> None:
    one = grid(body)
    assert texts(one) == {(int(spot[1]), int(spot[2])): spot[0] for spot in spots.split()}
    assert one.merges == merges


def test_a_wide_cell_ends_where_browsers_end_it() -> None:
    assert grid("<tr><td colspan=2000>a<td>b").merges == [Area(1, 1, 1, 1000)]


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    one = grid("<col><col span=2 style='display:none'><tr><td>a<td>b<td>c<tr style='DISPLAY:none'><td>d<td>e<td>f")
    assert (one.hidden_rows, one.hidden_columns) == ({2}, {2, 3})
    assert one.at(2, 2).text == "e"


@pytest.mark.parametrize(
    "hidden",
    [
        "<span style='display:none'>1</span>",
        "<span hidden>1<span>2</span>3</span>",
        "<font style='color:red; VISIBILITY: hidden'>1</font>",
        "<div class=off>1<p>2</div>",
        "<b class='x OFF'>1</b>",
        "<p hidden>1<p>",
        "<div hidden><table><tr><td>1<td>2</table>3</div>",
        "<table style='display:none'><tr><td>1<tr><td>2</table>",
        "<input hidden value=1><br style='display:none'>",
    ],
)
def test_what_a_page_does_not_show_is_no_part_of_a_number(hidden: str) -> None:
    page = "<style>.off {display:none} td.other {visibility:hidden}</style><table><tr><td>17.32%s</td><td>后<tr><td>尾</table>"
    assert [texts(one) for one in read(page % hidden).grids] == [{(1, 1): "17.32", (1, 2): "后", (2, 1): "尾"}]


@pytest.mark.parametrize("hidden", ["<span hidden>1", "<div style='display:none'>1<div>", "<i hidden>1<b>2</b>"])
def test_what_is_hidden_and_never_ends_ends_with_its_cell(hidden: str) -> None:
    assert texts(grid(f"<tr><td>17.32{hidden}<td>后</td><tr><td>尾")) == {(1, 1): "17.32", (1, 2): "后", (2, 1): "尾"}


def test_hidden_parts_of_a_page_are_not_read() -> None:
    document = read(
        "<div hidden><table><td>草稿</table>草稿</div>题<table><td>a</table><p style='visibility:hidden'>旧</p>注"
    )
    assert [block if isinstance(block, Grid) else block.text for block in document.blocks] == [
        "题",
        Grid("", {(1, 1): Cell("a", "a")}, [], table=1),
        "注",
    ]


def test_rows_are_hidden_by_attribute_by_class_and_with_their_group() -> None:
    one = grid("<tr><td>a<tr hidden><td>b<tbody style='display:none'><tr><td>c<tr><td>d</tbody><tr><td>e")
    assert one.hidden_rows == {2, 3, 4}
    assert texts(one) == {(row, 1): text for row, text in enumerate("abcde", 1)}


def test_text_around_tables_becomes_lines_and_tables_are_numbered() -> None:
    document = read("<h1>自评表</h1>2024年度<br>单位：万元<table><td>a</table><p>&nbsp;</p><table><td>b</table>注")
    assert document.blocks == [
        Paragraph(1, "自评表"),
        Paragraph(2, "2024年度"),
        Paragraph(3, "单位：万元"),
        Grid("", {(1, 1): Cell("a", "a")}, [], table=1),
        Grid("", {(1, 1): Cell("b", "b")}, [], table=2),
        Paragraph(4, "注"),
    ]


def test_text_in_no_cell_stands_above_the_table() -> None:
    document = read("<table><caption>自评表</caption><tr><td>a</td>漏<td>b</table>")
    assert document.paragraphs == ["自评表", "漏"]
    assert texts(document.grids[0]) == {(1, 1): "a", (1, 2): "b"}
    assert [paragraph.text for paragraph in document.above(document.grids[0])] == ["自评表", "漏"]


def test_a_table_inside_a_table_is_read_as_in_a_word_file() -> None:
    document = read("<table><tr><td>外<table><tr><td>一<td>二<tr><td>三</table><td>旁</table>")
    outer, inner = document.grids
    assert texts(outer) == {(1, 1): "外\n一\t二\n三", (1, 2): "旁"}
    assert (inner.table, inner.inside, texts(inner)) == (2, 1, {(1, 1): "一", (1, 2): "二", (2, 1): "三"})


def test_a_table_that_is_only_a_frame_is_the_table_inside() -> None:
    document = read("<table><tr><td>&nbsp;<table><tr><td><table><tr><td>甲</table></table></table>")
    assert [texts(one) for one in document.grids] == [{(1, 1): "甲"}]


@pytest.mark.parametrize("doctype", ["html", 'html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/x.dtd"'])
def test_the_bare_doctype_of_pages_is_accepted(doctype: str) -> None:
    assert read(f"<!DOCTYPE {doctype}><table><td>甲</table>").grids[0].at(1, 1).text == "甲"


@pytest.mark.parametrize(
    "start",
    ['<!DOCTYPE html [<!ENTITY x "y">]>', "  <!doctype svg>", '<!DOCTYPE html><!ENTITY x SYSTEM "file:///x">'],
)
def test_declared_entities_never(start: str) -> None:
    with pytest.raises(Refusal, match=r"表\.xls：.*DOCTYPE"):
        read(f"{start}<html><table><td>&x;</table>")


def test_a_page_without_tables_says_what_it_may_be() -> None:
    with pytest.raises(Refusal, match=r"表\.xls：这是网页，里面没有表格（可能是登录超时"):
        read("<html><body>会话超时，请重新登录。</body></html>")


LIBREOFFICE = """<html><body><hr><p><center><h1>Overview</h1><A HREF="#table0">自评表</A><br><A HREF="#table1">校验&amp;结果</A><br>
</center></p><hr><A NAME="table0"><h1>Sheet 1: <em>自评表</em></h1></A><table><tr><td>a<td>b</table>
<A NAME="table1"><h1>工作表 2: <em>校验&amp;结果</em></h1></A><table><tr><td>c</table>{}</body></html>"""


def test_the_sheets_of_a_page_by_libreoffice_keep_their_names() -> None:
    document = read(LIBREOFFICE.format(""))
    assert [(one.title, texts(one)) for one in document.grids] == [
        ("自评表", {(1, 1): "a", (1, 2): "b"}),
        ("校验&结果", {(1, 1): "c"}),
    ]
    assert (document.paragraphs, document.grids[0].place(1, 2).cell) == ([], "B1")
    with_more = read(LIBREOFFICE.format("<p>注</p>"))
    assert ([one.table for one in with_more.grids], with_more.paragraphs) == ([1, 2], ["注"])


def test_a_web_archive_is_read_page_by_page() -> None:
    archive = (
        'MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\nContent-Type: multipart/related; boundary="--=_b"\r\n\r\n'
        '----=_b\r\nContent-Location: file:///C:/a.htm\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
        "<html><frameset></frameset></html>\r\n"
        "----=_b\r\nContent-Location: file:///C:/tabstrip.htm\r\nContent-Type: text/html\r\n\r\n<table><td>表名</table>\r\n"
        "----=_b\r\nContent-Location: file:///C:/sheet001.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
        'Content-Type: text/html; charset="gb2312"\r\n\r\n<table><td x:num=3D"0.5">50%</td><td>=D6=B4=D0=D0=C2=CA</td></table>\r\n'
        "----=_b--\r\n"
    ).encode("gb18030")
    assert [one.cells for one in read(archive).grids] == [
        {(1, 1): Cell("50%", Decimal("0.5")), (1, 2): Cell("执行率", "执行率")}
    ]


def test_a_workbook_of_ours_is_the_same_as_a_page(tmp_path: Path) -> None:
    """With its columns right of the form (报告用), and the sheet 校验结果 behind it."""
    newer = tmp_path / "表.xlsx"
    assert main(["import", "--native", str(DATONG), "-o", str(newer)]) == 0
    assert main(["check", "--mark", str(newer)]) == 1
    page = office.convert(newer, "html:HTML (StarCalc)", tmp_path).rename(tmp_path / "表.xls")
    ones, others = load_document(str(page)).grids, load_document(str(newer)).grids
    assert [one.title for one in ones] == [other.title for other in others] == ["项目支出绩效自评表", "校验结果"]
    assert {spot: text.split() for spot, text in texts(ones[0]).items()} == {
        spot: cell.text.split() for spot, cell in others[0].cells.items() if cell.text
    }
    assert set(ones[0].merges) == set(others[0].merges)
    said = [[(f.message, f.places[0].cell) for f in examine(load_document(str(path)))] for path in (page, newer)]
    assert said[0] == said[1] != []


def test_a_page_states_the_widths_of_its_columns() -> None:
    """In pixels, as Excel and LibreOffice write them; 96 of them are an inch, which is 1440 twips."""
    found = grid("<col width=96><col span=2 width='48'><col width='10%'><tr><td>甲<td>乙<td>丙<td>丁</tr>")
    assert found.widths == {1: 1440, 2: 720, 3: 720}
