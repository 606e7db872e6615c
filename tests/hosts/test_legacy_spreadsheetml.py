"""XML Spreadsheet 2003, as Excel 2003 and platforms write it."""

from decimal import Decimal
from pathlib import Path

import pytest

import office
from jixiao.errors import Refusal
from jixiao.grid import NOT_KNOWN, Area, Cell, Document, Grid
from jixiao.hosts.files import load_document
from jixiao.hosts.legacy import Kind, kind_of, read_legacy

BOOK = """{start}<?xml version="1.0" encoding="{encoding}"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel">{workbook}</ExcelWorkbook>
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><NumberFormat/></Style>
  <Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>
  <Style ss:ID="child" ss:Parent="p"><Font/></Style>
  <Style ss:ID="f"><NumberFormat ss:Format="Fixed"/></Style>
  <Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="y"><NumberFormat ss:Format="0&quot;万元&quot;"/></Style>
 </Styles>
 <Worksheet ss:Name="自评表"><Names><NamedRange ss:Name="x" ss:RefersTo="=R1C1"/></Names><Table>{rows}</Table></Worksheet>
</Workbook>"""


def book(rows: str, encoding: str = "utf-8", start: str = "", workbook: str = "") -> bytes:
    return BOOK.format(rows=rows, encoding=encoding, start=start, workbook=workbook).encode(encoding)


def read(data: bytes) -> Document:
    assert kind_of(data) is Kind.XML
    return read_legacy(Kind.XML, data, "表.xls")


def grid(rows: str, workbook: str = "") -> Grid:
    (found,) = read(book(rows, workbook=workbook)).grids
    return found


def data(kind: str, text: str) -> str:
    return f'<Data ss:Type="{kind}">{text}</Data>'


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (f"<Cell>{data('Number', '17.325')}</Cell>", Cell("17.325", Decimal("17.325"))),
        (f"<Cell ss:StyleID='p'>{data('Number', '0.998267898')}</Cell>", Cell("99.83%", Decimal("0.998267898"))),
        (f"<Cell ss:StyleID='child'>{data('Number', '0.5')}</Cell>", Cell("50.00%", Decimal("0.5"))),
        (f"<Cell ss:StyleID='f'>{data('Number', '17.325')}</Cell>", Cell("17.33", Decimal("17.325"))),
        (f"<Cell ss:StyleID='y'>{data('Number', '12')}</Cell>", Cell("12万元", Decimal(12))),
        (
            f"<Cell ss:StyleID='d'>{data('DateTime', '2024-03-15T00:00:00.000')}</Cell>",
            Cell("2024-03-15", Decimal(45366)),
        ),
        (f"<Cell ss:StyleID='d'>{data('DateTime', '1900-01-01T00:00:00.000')}</Cell>", Cell("1900-01-01", Decimal(1))),
        (f"<Cell>{data('Boolean', '1')}</Cell>", Cell("TRUE", True)),
        (f"<Cell>{data('Error', '#DIV/0!')}</Cell>", Cell("#DIV/0!", "#DIV/0!")),
        (f"<Cell>{data('String', '两行&#10;文字')}</Cell>", Cell("两行\n文字", "两行\n文字")),
        (f"<Cell>{data('Number', '1,234.50')}</Cell>", Cell("1,234.50", "1,234.50")),
        (f"<Cell>{data('Number', 'nan')}</Cell>", Cell("nan", "nan")),
        (
            '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>执行</B><Font>率</Font></ss:Data>'
            f"<Comment>{data('String', '批注')}</Comment></Cell>",
            Cell("执行率", "执行率"),
        ),
        (
            f'<Cell ss:StyleID="p" ss:Formula="=R[-1]C/R2C1&amp;&quot;R1C1&quot;">{data("Number", "0.5")}</Cell>',
            Cell("50.00%", Decimal("0.5"), 'B4/A2&"R1C1"'),
        ),
        ('<Cell ss:Formula="=RC[-9]"/>', Cell("#REF!", "#REF!", "#REF!", saved=False)),
        (
            '<Cell ss:StyleID="p" ss:Formula="=1/COUNT(1,2)"/>',
            Cell("50.00%", Decimal("0.5"), "1/COUNT(1,2)", saved=False),
        ),
        ('<Cell ss:Formula="=TODAY()"/>', Cell(NOT_KNOWN, NOT_KNOWN, "TODAY()", saved=False)),
        ('<Cell ss:Formula="=RC[1]&amp;&quot;&quot;"><Data ss:Type="String"></Data></Cell>', Cell("", None, 'C5&""')),
    ],
)
def test_a_cell_is_read_with_its_format(cell: str, expected: Cell) -> None:
    row = cell.replace("<Cell", '<Cell ss:Index="2"', 1)
    assert grid(f'<Row ss:Index="5">{row}</Row>').cells == {(5, 2): expected}


def test_the_format_of_a_row_or_a_column_holds_where_a_cell_has_none() -> None:
    number = f"<Cell>{data('Number', '0.5')}</Cell>"
    one = grid(
        f'<Column ss:Index="2" ss:Span="1" ss:StyleID="p"/><Row>{number * 4}</Row><Row ss:StyleID="f">{number * 2}</Row>'
    )
    assert [one.at(1, column).text for column in (1, 2, 3, 4)] == ["0.5", "50.00%", "50.00%", "0.5"]
    assert [one.at(2, column).text for column in (1, 2)] == ["0.50", "0.50"]


def test_rows_cells_merges_and_hidden_ones_stand_where_the_file_says() -> None:
    text = data("String", "x")
    one = grid(
        '<Column ss:Index="3" ss:Hidden="1"/>'
        f'<Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="2">{text}</Cell><Cell>{text}</Cell></Row>'
        f'<Row ss:Hidden="1" ss:Span="1"><Cell ss:Index="3">{text}</Cell></Row><Row><Cell>{text}</Cell></Row>'
    )
    assert set(one.cells) == {(2, 1), (2, 3), (3, 3), (5, 1)}
    assert one.merges == [Area(2, 1, 4, 2)]
    assert (one.hidden_rows, one.hidden_columns) == ({3, 4}, {3})


def test_days_count_from_1904_where_the_file_says_so() -> None:
    row = f"<Row><Cell ss:StyleID='d'>{data('DateTime', '2024-03-15T00:00:00.000')}</Cell></Row>"
    assert grid(row, "<Date1904/>").at(1, 1) == Cell("2024-03-15", Decimal(43904))


@pytest.mark.parametrize("encoding", ["gb2312", "gbk", "gb18030", "utf-8", "utf-16"])
def test_every_encoding_of_platforms_is_read(encoding: str) -> None:
    document = read(book(f"<Row><Cell>{data('String', '执行率')}</Cell></Row>", encoding))
    assert (document.grids[0].title, document.grids[0].at(1, 1).text) == ("自评表", "执行率")


def test_empty_lines_before_the_declaration_do_no_harm() -> None:
    assert read(book(f"<Row><Cell>{data('String', 'x')}</Cell></Row>", start="\r\n\r\n")).grids[0].at(1, 1).text == "x"


@pytest.mark.parametrize(
    "start", ['<!DOCTYPE Workbook [<!ENTITY x "y">]>', ' \n<!DOCTYPE Workbook SYSTEM "http://127.0.0.1/x.dtd">']
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gbk"])
def test_a_doctype_is_refused(start: str, encoding: str) -> None:
    text = book("").decode().replace("<Workbook", f"{start}<Workbook", 1)
    with pytest.raises(Refusal, match=r"表\.xls：.*DOCTYPE"):
        read(text.encode(encoding))


@pytest.mark.parametrize(
    "rows",
    [
        "<Row>",
        '<Row ss:Index="3"/><Row ss:Index="2"/>',
        '<Row ss:Index="1048577"/>',
        '<Row ss:Index="x"/>',
        '<Row><Cell ss:Index="16385"/></Row>',
        '<Row><Cell ss:MergeAcross="-1"/></Row>',
        '<Row><Cell ss:MergeAcross="99999999999"/></Row>',
        "<Row>&x;</Row>",
        "<a>" * 60 + "</a>" * 60,
    ],
)
def test_what_excel_would_not_open_is_refused(rows: str) -> None:
    with pytest.raises(Refusal, match=r"表\.xls：文件内容已损坏"):
        read(book(rows))


def test_another_program_reads_the_same(tmp_path: Path) -> None:
    number, text = data("Number", "0.5"), data("String", "文字")
    rows = (
        f'<Row ss:Index="2"><Cell ss:MergeAcross="1" ss:MergeDown="1" ss:StyleID="p">{number}</Cell><Cell>{text}</Cell></Row>'
        f'<Row ss:Index="5" ss:Hidden="1"><Cell ss:Index="4" ss:StyleID="y">{data("Number", "12")}</Cell></Row>'
        f'<Row><Cell ss:StyleID="d">{data("DateTime", "2024-03-15T00:00:00.000")}</Cell></Row>'
    )
    path = tmp_path / "表.xml"
    path.write_bytes(book(rows))
    (ours,) = load_document(str(path)).grids
    (theirs,) = load_document(str(office.convert(path, "xlsx:Calc MS Excel 2007 XML", tmp_path))).grids
    assert ours.cells == theirs.cells
    assert (ours.merges, ours.hidden_rows) == (theirs.merges, theirs.hidden_rows)
