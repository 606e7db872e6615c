"""Sheets read cell by cell: against openpyxl, and hand-made oddities against what they mean."""

import io
import os
import shutil
import subprocess
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

from jixiao.errors import Refusal
from jixiao.formats import number_format
from jixiao.grid import Area, Cell, Document, Grid
from jixiao.hosts.package import PackageHost
from jixiao.hosts.package.formulas import shifted
from packages import MAIN, workbook, worksheet, zipped


def opened(parts: dict[str, bytes]) -> Document:
    return PackageHost.from_bytes(zipped(parts), "手工.xlsx").read()


def grid(rows: str, **more: str) -> Grid:
    return opened(workbook(worksheet(rows), **more)).grids[0]


@pytest.fixture
def book() -> openpyxl.Workbook:
    """A form in small: texts, numbers, dates, formulas, merges, names, a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "项目'一'表"
    sheet.append(["项目名称", "道路<&>养护", None, True])
    sheet.append([17.29, 17.32, "=A2/B2", '=IF(A2>1,"优","")'])
    sheet.append([0.1 + 0.2, -5, 1e21, date(2024, 3, 15)])
    sheet.append(["  两端空格 ", "第一行\n第二行", "'=1+1", 10**10])
    sheet["C2"].number_format = "0.00%"
    sheet["D3"].number_format = "yyyy-mm-dd"
    sheet["E5"] = "=1+1"
    sheet["E5"].data_type = "s"
    sheet.merge_cells("B1:C1")
    sheet.merge_cells("A6:D8")
    quoted = "'项目''一''表'"
    sheet.defined_names["funds.total.executed"] = DefinedName("funds.total.executed", attr_text=f"{quoted}!$A$2")
    sheet.defined_names["indicators.score"] = DefinedName("indicators.score", attr_text=f"{quoted}!$A$2:$B$9")
    sheet.defined_names["jx.form"] = DefinedName("jx.form", attr_text='"datong-project-2021"')
    book.create_sheet("隐藏").sheet_state = "hidden"
    book["隐藏"]["B2"] = "在"
    return book


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_of_openpyxl(book: openpyxl.Workbook) -> None:
    document = PackageHost.from_bytes(saved(book), "a.xlsx").read()
    form, hidden = document.grids
    assert (form.title, hidden.title) == ("项目'一'表", "隐藏") and hidden.at(2, 2).text == "在"
    assert set(form.merges) == {Area(1, 2, 1, 3), Area(6, 1, 8, 4)}
    assert form.names == {"funds.total.executed": Area(2, 1, 2, 1), "indicators.score": Area(2, 1, 9, 2)}
    assert form.constants == {"jx.form": "datong-project-2021"}
    assert form.at(2, 3) == Cell("99.83%", Decimal("0.998267898383372"), "A2/B2", saved=False)
    assert form.at(5, 5) == Cell("=1+1", "=1+1", None)  # a text that looks like a formula
    assert form.at(3, 1).value == Decimal("0.3")
    assert form.at(3, 4).text == "2024-03-15"
    assert form.at(1, 4) == Cell("TRUE", True)
    assert form.at(4, 1).text == "  两端空格 " and form.at(4, 2).text == "第一行\n第二行"


def same_as_openpyxl(data: bytes) -> int:
    """Compare every cell of every sheet; returns how many there were."""
    document = PackageHost.from_bytes(data, "a.xlsx").read()
    formulas = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    count = 0
    for read in document.grids:
        theirs = {
            (cell.row, cell.column): cell
            for row in formulas[read.title].iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert {at for at, cell in read.cells.items() if cell.value is not None or cell.formula} == set(theirs)
        assert sorted(read.merges) == sorted(
            Area(area.min_row, area.min_col, area.max_row, area.max_col)
            for area in formulas[read.title].merged_cells.ranges
        )
        for at, cell in theirs.items():
            ours, value = read.at(*at), values[read.title].cell(*at).value
            if cell.data_type == "f":
                assert ours.formula == str(cell.value).removeprefix("=")
            if not ours.saved:
                assert value is None
            elif cell.is_date:
                assert ours.text == f"{value:%Y-%m-%d}"
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert isinstance(ours.value, Decimal) and float(ours.value) == pytest.approx(value, rel=1e-14)
            else:
                assert ours.value == value
            count += 1
    return count


def test_every_cell_as_openpyxl_reads_it(book: openpyxl.Workbook) -> None:
    assert same_as_openpyxl(saved(book)) == 17


def test_every_cell_as_libreoffice_wrote_it(book: openpyxl.Workbook, tmp_path: Path) -> None:
    if shutil.which("soffice") is None and "CI" not in os.environ:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "in.xlsx").write_bytes(saved(book))
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", f"{tmp_path}/out", f"{tmp_path}/in.xlsx"], check=True, capture_output=True, timeout=90
    )
    data = (tmp_path / "out" / "in.xlsx").read_bytes()
    assert same_as_openpyxl(data) == 17
    form = PackageHost.from_bytes(data, "a.xlsx").read().grids[0]
    assert form.at(2, 3).text == "99.83%" and form.at(2, 4) == Cell("优", "优", 'IF(A2>1,"优","")')
    assert form.names["indicators.score"] == Area(2, 1, 9, 2)


def test_kinds_of_cells() -> None:
    cells = grid(
        '<row r="2"><c r="B2" t="str"><f>A1&amp;"x"</f><v>甲x</v></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="D2" t="b"><v>0</v></c><c r="E2"><f aca="false">A1</f><v></v></c><c r="F2" t="str"><f>A2</f><v/></c>'
        '<c r="G2" t="inlineStr"><is><r><t>红</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 字</t></r>'
        '<rPh sb="0" eb="1"><t>hong</t></rPh></is></c><c r="H2" s="0"/><c r="I2"><v>1.0E-2</v></c>'
        '<c r="J2" t="inlineStr"><is><t>_x000D_ _x005F_x0041_</t></is></c><c r="K2" t="d"><v>2024-03-15</v></c></row>'
    ).cells
    assert cells == {
        (2, 2): Cell("甲x", "甲x", 'A1&"x"'),
        (2, 3): Cell("#DIV/0!", "#DIV/0!", "1/0"),
        (2, 4): Cell("FALSE", False),
        (2, 5): Cell("0", Decimal(0), "A1", saved=False),
        (2, 6): Cell("", None, "A2"),
        (2, 7): Cell("红 字", "红 字"),
        (2, 9): Cell("0.01", Decimal("0.01")),
        (2, 10): Cell("\r _x0041_", "\r _x0041_"),
        (2, 11): Cell("2024-03-15", "2024-03-15"),
    }


def test_the_mark_of_a_note_is_no_digit_of_a_figure() -> None:
    """Among the shared texts and in the sheet itself; an exponent stays."""
    high = "<r><rPr><vertAlign val='superscript'/></rPr><t>{}</t></r>".format
    low = "<r><rPr><sz val='11'/></rPr><t>{}</t></r>".format
    runs = [low("17.32") + high("1"), low("17.32") + high("①") + low("万元"), low("120m") + high("2")]
    shared = f"<sst {MAIN}>{''.join(f'<si>{run}</si>' for run in runs)}</sst>"
    cells = "".join(
        f"<c t='s'><v>{number}</v></c><c t='inlineStr'><is>{run}</is></c>" for number, run in enumerate(runs)
    )
    read = grid(f"<row>{cells}</row>", **{"xl/sharedStrings.xml": shared}).cells
    assert [cell.text for cell in read.values()] == ["17.32", "17.32", "17.32万元", "17.32万元", "120m2", "120m2"]


def test_shared_texts_without_phonetic_guides() -> None:
    texts = f"<sst {MAIN}><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh sb='0' eb='1'><t>yi</t></rPh></si></sst>"
    cells = grid('<row><c t="s"><v>1</v></c><c t="s"><v>0</v></c></row>', **{"xl/sharedStrings.xml": texts}).cells
    assert [(at, cell.text) for at, cell in cells.items()] == [((1, 1), "乙丙"), ((1, 2), "甲")]


def test_rows_and_cells_without_addresses_follow_the_one_before() -> None:
    cells = grid('<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>').cells
    assert {at: cell.text for at, cell in cells.items()} == {(3, 2): "1", (3, 3): "2", (4, 1): "3"}


def test_shared_and_array_formulas() -> None:
    cells = grid(
        '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1*$C$1+SUM(H:H)</f><v>1</v></c>'
        '<c r="D1"><f t="array" ref="D1:D2">A1:A2*2</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/><v>2</v></c><c r="D2"><v>2</v></c></row>'
    ).cells
    assert (
        cells[2, 1].formula == "B2*$C$1+SUM(H:H)"
        and cells[1, 4].formula == "A1:A2*2"
        and cells[2, 4].formula == "A1:A2*2"
    )


def test_a_blank_cell_of_an_array_formula_is_not_free() -> None:
    cells = grid('<row r="1"><c r="D1"><f t="array" ref="D1:D3">A1:A3*2</f><v>1</v></c></row>').cells
    assert [cells[row, 4].formula for row in (1, 2, 3)] == ["A1:A3*2"] * 3


@pytest.mark.parametrize(
    ("formula", "below"),
    [
        ("A1+$A1+A$1+$A$1", "B3+$A3+B$1+$A$1"),
        ("\"A1\"&'A1'!B2", "\"A1\"&'A1'!C4"),
        ("SUM(H13:INDEX(H:H,ROW()-1))", "SUM(I15:INDEX(I:I,ROW()-1))"),
        ("SUM(3:5)*LOG10(2)", "SUM(5:7)*LOG10(2)"),
        ("funds.total.executed/ABC1!D4", "funds.total.executed/ABC1!E6"),
        ("PERF_GRADE(G45)", "PERF_GRADE(H47)"),
        ("XFD1", "#REF!"),
    ],
)
def test_shared_formulas_move_as_excel_moves_them(formula: str, below: str) -> None:
    assert shifted(formula, 2, 1) == below


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("General", "0.5", "0.5"),
        ("0.00_ ", "12.5", "12.50"),
        ("0.00_);[Red]\\(0.00\\)", "-12.5", "(12.50)"),
        ("0.00%", "0.9983", "99.83%"),
        ('"表（"0"年度）"', "2024", "表（2024年度）"),
        ('#,##0.00"元"', "-1234.5", "-1,234.50元"),
        ("0;-0;;@", "0", ""),
        (";;;", "5", ""),
        ('0;-0;"-"', "0", "-"),
        ('"负责人："@', "5", "5"),
        ("yyyy年m月d日", "45366", "2024-03-15"),
        ('[$-804]yyyy"年"m"月";@', "45366", "2024-03-15"),
        ("yyyy/m/d h:mm", "45366.5", "2024-03-15 12:00"),
        ("h:mm", "0.75", "18:00"),
        ("m/d", "1", "1900-01-01"),
        ("m/d", "61", "1900-03-01"),
        ("0.0E+00", "1500", "1500"),
    ],
)
def test_numbers_print_as_in_a_spreadsheet(code: str, value: str, text: str) -> None:
    assert number_format(code).number(Decimal(value)) == text


def test_texts_print_with_the_words_of_their_format() -> None:
    assert number_format('"项目负责人："@').text("张") == "项目负责人：张"
    assert number_format('0.00;-0.00;0;@"元"').text("五") == "五元"
    assert number_format("0.00").text("五") == "五"


def test_years_from_1904() -> None:
    styles = f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    parts = workbook(
        worksheet('<row r="1"><c r="A1" s="1"><v>43904</v></c></row>'),
        properties='<workbookPr date1904="1"/>',
        **{"xl/styles.xml": styles},
    )
    assert opened(parts).grids[0].at(1, 1) == Cell("2024-03-15", Decimal(43904))


def test_prefixes_and_utf_16_make_no_difference() -> None:
    sheet = f'<?xml version="1.0" encoding="UTF-16"?><x:worksheet {MAIN.replace("xmlns", "xmlns:x")}>'
    sheet += '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>7</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    assert opened(workbook("") | {"xl/worksheets/sheet1.xml": sheet.encode("utf-16")}).grids[0].at(1, 1).text == "7"


def test_names_that_do_not_point_into_their_own_sheet_are_left_out() -> None:
    names = (
        '<definedNames><definedName name="a.b" localSheetId="0">表2!$A$1</definedName><definedName name="c.d">表1!$A$1'
        '</definedName><definedName name="e.f" localSheetId="0">#REF!</definedName>'
        '<definedName name="g.h" localSheetId="0">表1!$B$2</definedName></definedNames>'
    )
    assert opened(workbook(worksheet(""), names=names)).grids[0].names == {"g.h": Area(2, 2, 2, 2)}


def test_names_of_sheets_are_coded_like_texts() -> None:
    names = (
        '<definedNames><definedName name="a.b" localSheetId="1">\'_x005F_x0041_\'!$A$1</definedName>'
        '<definedName name="jx.form" localSheetId="1">"_x005F_x0041_"</definedName></definedNames>'
    )
    second = '<sheet name="_x005F_x0041_" sheetId="2" r:id="rId2"/>'
    parts = workbook(worksheet(""), sheets=second, names=names, **{"xl/worksheets/sheet2.xml": worksheet("")})
    sheet = opened(parts).grids[1]
    assert (sheet.title, sheet.names, sheet.constants) == (
        "_x0041_",
        {"a.b": Area(1, 1, 1, 1)},
        {"jx.form": "_x0041_"},
    )


def test_hidden_rows_and_columns_are_read_and_told() -> None:
    """Also a row without a number, as some programs write it; columns beyond the last one that holds anything are left out."""
    columns = (
        '<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="true"/><col min="4" max="4" hidden="0"/>'
        '<col min="5" max="16384" width="0" hidden="1"/></cols>'
    )
    rows = (
        '<row r="1" hidden="false"><c r="A1"><v>1</v></c></row><row r="3" hidden="1"><c r="A3"><v>3</v></c></row>'
        '<row hidden="1"><c><v>4</v></c></row><row r="5"><c r="F5"><v>5</v></c></row><row r="9" hidden="1"/>'
    )
    form = opened(workbook(worksheet(rows, before=columns))).grids[0]
    assert {at: cell.text for at, cell in form.cells.items()} == {(1, 1): "1", (3, 1): "3", (4, 1): "4", (5, 6): "5"}
    assert form.hidden_rows == {3, 4}
    assert form.hidden_columns == {2, 3, 5, 6}


def test_a_run_of_hidden_columns_that_never_ends_costs_nothing() -> None:
    columns = '<cols><col min="-9999999999" max="9999999999" hidden="1"/></cols>'
    assert opened(workbook(worksheet("<row><c><v>1</v></c></row>", before=columns))).grids[0].hidden_columns == {1}


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet",
        worksheet('<row><c t="s"><v>9</v></c></row>'),
        worksheet("<row><c><v>x</v></c></row>"),
        worksheet('<row r="x"/>'),
    ],
)
def test_damaged_sheets_are_refused(sheet: str) -> None:
    with pytest.raises(Refusal, match=r"手工\.xlsx：文件内容已损坏"):
        opened(workbook(sheet))


def test_other_packages_are_refused() -> None:
    with pytest.raises(Refusal, match="不是 Excel 工作簿"):
        PackageHost.from_bytes(zipped({"word/document.xml": b"<a/>"}), "表.docx")


def test_ten_thousand_rows() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="C{n}"><v>{n}.5</v></c></row>' for n in range(1, 10_001)
    )
    read = grid(rows)
    assert len(read.cells) == 20_000 and read.at(10_000, 3).text == "10000.5"


def test_a_sheet_states_the_widths_of_its_columns() -> None:
    """Only those of columns that hold something are told, and what is no width is none."""
    runs = '<col min="1" max="1" width="20"/><col min="2" max="3" width="8.5"/><col min="4" max="16384" width="nan"/>'
    text = "".join(f'<c r="{letter}1" t="str"><v>甲</v></c>' for letter in "ABCE")
    [found] = opened(workbook(worksheet(f'<row r="1">{text}</row>', before=f"<cols>{runs}</cols>"))).grids
    assert found.widths == {1: 2100, 2: 892, 3: 892}
