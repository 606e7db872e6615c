"""The engine: Excel's conventions over a live Calc, in few calls, and clear words where it cannot serve."""

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest
import xlwings
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from jixiao.errors import Refusal
from jixiao.grid import Change, Grid
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.libreoffice import formulas
from jixiao.hosts.libreoffice.engine import register
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office
from live import counted

TEMPLATES = Path(__file__).parents[2] / "workbook_templates"


@pytest.fixture(scope="module")
def app(office: Office) -> xlwings.App:
    return register(office.context, hidden=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Two sheets: one empty, one of another name, a text and a date."""
    book = openpyxl.Workbook()
    book.active.title = "表"
    other = book.create_sheet("it's 表 二")
    other["A1"], other["A2"] = "甲", datetime(2024, 3, 15, 6)
    book.save(tmp_path / "资料 一.xlsx")
    return tmp_path / "资料 一.xlsx"


@pytest.fixture
def book(app: xlwings.App, path: Path) -> Iterator[xlwings.Book]:
    book = app.books.open(path)
    yield book
    book.close()


@pytest.fixture
def sheet(book: xlwings.Book) -> xlwings.Sheet:
    return book.sheets[0]


# ---- values


def test_values_come_as_excel_gives_them(sheet: xlwings.Sheet) -> None:
    sheet["A1:H1"].formula = [["'00123", 2.5, True, "=1>2", '=""', "", "=NA()", "=1/0"]]
    row = sheet["A1:H1"]
    assert row.value == ["00123", 2.5, True, False, None, None, None, None]
    assert row.options(err_to_str=True, empty="空").value[4:] == ["空", "空", "#N/A", "#DIV/0!"]
    assert row.options(numbers=int).value[1] == 2
    # Calc keeps a truth value as a number that is shown so
    assert row.formula == (("00123", "2.5", "1", "=1>2", '=""', "", "=NA()", "=1/0"),)


def test_dates_are_dates_where_the_format_says_so(book: xlwings.Book) -> None:
    sheet = book.sheets["it's 表 二"]
    assert sheet["A2"].value == datetime(2024, 3, 15, 6)
    assert sheet["A1:A2"].options(dates=lambda **parts: parts["year"]).value == ["甲", 2024]
    assert sheet["A2"].formula == "45366.25"
    sheet["A2"].formula = 1e9  # in the year 2,739,806: no date of a calendar
    assert sheet["A2"].value == 1e9


def test_days_count_from_where_the_workbook_counts(app: xlwings.App, tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    made.active["A1"] = datetime(2024, 3, 15)
    made.save(tmp_path / "1904.xlsx")
    book = app.books.open(tmp_path / "1904.xlsx")
    assert book.sheets[0]["A1"].value == datetime(2024, 3, 15)
    book.close()


def test_every_error_is_told_from_the_others_in_few_calls(sheet: xlwings.Sheet) -> None:
    errors = {"=1/0": "#DIV/0!", "=NA()": "#N/A", "=NIEMAND(1)": "#NAME?", '="x"+1': "#VALUE!", "=SQRT(-1)": "#VALUE!", "=10^999": "#NUM!", "=#REF!+1": "#REF!"}  # fmt: skip
    calls = []
    for rows in (10, 10, 2000):  # the first to learn of number formats
        block = sheet.range((1, 1), (rows, len(errors)))
        block.formula = [list(errors)] * rows
        with counted() as count:
            values = block.options(err_to_str=True).value
        assert values == [list(errors.values())] * rows
        calls.append(count[0])
    assert calls[1] == calls[2] < 100


def test_numbers_arrive_to_the_last_bit(sheet: xlwings.Sheet) -> None:
    numbers = [0.1 + 0.2, 1e22, -1e-300, 123456789.123456789, 1.7976931348623157e308, 2**53 + 1.0, -0.07]
    sheet["A1:A7"].formula = [[number] for number in numbers]
    assert sheet["A1:A7"].value == numbers


def test_a_text_of_several_looks_keeps_its_tabs(app: xlwings.App, tmp_path: Path) -> None:
    """The office gives them as other characters; what a formula makes of such characters stays."""
    made = openpyxl.Workbook()
    made.active["A1"] = CellRichText("甲\t", TextBlock(InlineFont(b=True), "乙"), "\n丙")
    made.active["A2"] = '="x"&CHAR(1)&CHAR(10)&CHAR(9)'
    made.active["A3"] = 2.5
    made.save(tmp_path / "制表.xlsx")
    book = app.books.open(tmp_path / "制表.xlsx")
    cells = book.sheets[0]["A1:A3"]
    assert cells.value == ["甲\t乙\n丙", "x\1\n\t", 2.5]
    assert cells.formula == (("甲\t乙\n丙",), ('="x"&CHAR(1)&CHAR(10)&CHAR(9)',), ("2.5",))
    book.close()


def test_a_number_format_stays_whatever_is_typed(sheet: xlwings.Sheet) -> None:
    cell = sheet["B2"]
    percent = sheet.book.impl.api.getNumberFormats().queryKey("0.00%", _english(), False)
    cell.api.NumberFormat = percent
    for entry in ("'95%", "=1>0", "=TODAY()", 0.5):
        cell.formula = entry
        assert cell.api.NumberFormat == percent


def test_a_row_grows_only_for_a_text(sheet: xlwings.Sheet) -> None:
    """Calc would fit every row that is written in: also one that was never fitted, as in a file that tells no heights."""
    row, long = sheet.api.getRows().getByIndex(1), sheet.api.getCellRangeByName("B2")
    sheet["B2"].formula = "一段长长的话"
    with sheet.book.impl.spreadsheet.rows_as_high():
        long.IsTextWrapped, long.CharHeightAsian = True, 30
    height = row.Height
    for entry in (0.5, "=1+1", "'1,234.5", ""):
        sheet["C2"].formula = entry
        sheet["C2"].number_format = "0.00%"
        assert row.Height == height
    sheet["C2"].formula = "文字"
    assert row.Height > height


def test_what_was_written_and_emptied_leaves_no_format(sheet: xlwings.Sheet) -> None:
    cell = sheet["B2"]
    for entry in ("'95%", "=TODAY()", ""):
        cell.formula = entry
    cell.number_format = "0.00%"
    cell.number_format = "General"
    assert cell.api.getPropertyState("NumberFormat").value == "DEFAULT_VALUE"


def _english() -> Any:
    from jixiao.hosts.libreoffice.bridge import struct

    return struct("lang.Locale", Language="en", Country="US")


# ---- formulas

ODD = (
    'IF(A1<>"",SUBSTITUTE("a;b,c!d|e","""",""),{1,2;3,4})',
    "SUM((A1:A2,C1),B:B,$3:$4)",
    "'it''s 表 二'!$A$1&表!B2",
    "SUM('it''s 表 二'!A:A)",
    "IF(TRUE,FALSE,TRUE)",
    "SUM($A$1:INDEX(A:A,ROW()-1))",
    "CEILING(2.1,1)+FLOOR(2.1,1)+EDATE(A1,1)+NETWORKDAYS(A1,A2)+ISEVEN(2)+EFFECT(0.1,4)",
    "ROUND(A1,)-2%^2+1.5*0.25",
    'HYPERLINK("#\'表\'!A1","A1")',
    'COUNTIF(A1:A3,">=60")&"\'"&A1',
    "jx.scheme&funds.total",
    "TRUNC(A1)+trueish+AND(TRUE,A1)",
)
NEWER = ("NORM.S.DIST(0,TRUE)", "STDEV.S(1,2,3)", 'TEXTJOIN(",",TRUE,A1:A2)', "IFNA(A1,0)", "RANK.EQ(1,A1:A3)")


@pytest.fixture(scope="module")
def catalogue() -> list[str]:
    """Formulas of the shipped workbooks, each once."""
    return sorted({cell.formula for grid in _shipped() for cell in grid.cells.values() if cell.formula})


def _shipped() -> Iterator[Grid]:
    for path in sorted(TEMPLATES.glob("*.xlsx")):
        yield from PackageHost(path).read().grids


@pytest.fixture
def column(sheet: xlwings.Sheet) -> xlwings.Range:
    """Empty cells below one another, in a workbook that has all sheets the shipped formulas name."""
    sheets = sheet.book.impl.api.getSheets()
    for title in {grid.title for grid in _shipped()}:
        sheets.insertNewByName(title, 2)
    return sheet.range((1, 30), (500, 30))


def test_formulas_mean_what_calcs_own_reader_of_excel_formulas_reads(
    column: xlwings.Range, catalogue: list[str]
) -> None:
    texts, in_files = [*ODD, *catalogue, *NEWER], [*ODD, *catalogue, *(f"_xlfn.{text}" for text in NEWER)]
    assert len(texts) > 60
    block = column.resize(len(texts), 1)
    block.formula = [[f"={text}"] for text in texts]
    ours = block.api.getFormulaArray()
    parser = column.sheet.book.impl.api.createInstance("com.sun.star.sheet.FormulaParser")
    parser.CompileEnglish, parser.FormulaConvention = True, 3  # as .xlsx files write them
    for row, text in enumerate(in_files):
        cell = block.api.getCellByPosition(0, row)
        cell.setTokens(parser.parseFormula(text, cell.getCellAddress()))
    assert ours == block.api.getFormulaArray()


def test_formulas_are_read_as_they_were_written(column: xlwings.Range, catalogue: list[str]) -> None:
    texts = [f"={text}" for text in (*ODD, *NEWER, *catalogue, "#REF!+1")]
    block = column.resize(len(texts), 1)
    block.formula = [[text] for text in texts]
    assert [_unquoted(text) for (text,) in block.formula] == [_unquoted(text) for text in texts]


def _unquoted(formula: str) -> str:
    """Calc, as Excel, quotes the names of sheets only where it must."""
    return re.sub(r"'(\w+)'!", r"\1!", formula)


def test_an_array_formula_reads_as_a_formula(sheet: xlwings.Sheet) -> None:
    sheet["A1:A2"].api.setArrayFormula("={1;2|3;4}*2")
    assert sheet["A1:A2"].formula == (("={1,2;3,4}*2",), ("={1,2;3,4}*2",))


def test_functions_of_the_add_on_have_their_excel_names() -> None:
    """LibreOffice 7 shows the programmatic name, or an unknown one in small letters."""

    def entry(number: int, name: str, data: str | None) -> SimpleNamespace:
        return SimpleNamespace(Name=name, Token=SimpleNamespace(OpCode=number, Data=data))

    own = "org.jixiao.Functions.PERF_GRADE"
    told = {1: own.upper(), 3: "PERF_GRADE", 5: own.upper()}
    mapper = SimpleNamespace(getAvailableMappings=lambda language, group: [entry(3, told[language], own)])
    names = formulas.names_of(mapper)
    assert formulas.to_calc("=PERF_GRADE(A1,jx.scheme)", names) == "=ORG.JIXIAO.FUNCTIONS.PERF_GRADE(A1;jx.scheme)"
    assert formulas.to_excel("=ORG.JIXIAO.FUNCTIONS.PERF_GRADE(A1;jx.scheme)", names) == "=PERF_GRADE(A1,jx.scheme)"
    assert formulas.to_excel("=perf_score(A1;B1)", names) == "=PERF_SCORE(A1,B1)"


def test_references_to_other_workbooks_are_left_as_they_are() -> None:
    none = formulas.Names({}, {})
    text = "='file:///tmp/it''s.xlsx'#$'表 一'.A1*2"
    assert formulas.to_excel(text, none) == formulas.to_calc(text, none) == text


# ---- names, layout


def test_names_of_a_sheet_point_where_they_are_told(app: xlwings.App, path: Path) -> None:
    made = openpyxl.load_workbook(path)
    made["表"].defined_names["块"] = openpyxl.workbook.defined_name.DefinedName(
        "块", attr_text="'it''s 表 二'!$A$1:$B$2"
    )
    made.save(path)
    book = app.books.open(path)
    names = book.sheets["表"].names
    assert names["块"].refers_to == "='it''s 表 二'!$A$1:$B$2"
    names["块"].refers_to = "='表'!$L$4:$L$5003"
    assert names["块"].refers_to in ("=表!$L$4:$L$5003", "='表'!$L$4:$L$5003")
    book.close()


def test_layout_tells_the_codes_of_excel_in_a_chinese_office(app: xlwings.App, path: Path) -> None:
    made = openpyxl.load_workbook(path)
    codes = ["0.00%", "#,##0.00", 'yyyy"年"m"月"', '"第"General"号"', "[Red]0.0", "General"]
    for row, code in enumerate(codes, 1):
        made["表"].cell(row, 1, row).number_format = code
        made["表"].cell(row, 2, row).number_format = code
    made.save(path)
    book = app.books.open(path)
    told = {row[1]: row[4] for row in app.macro("'jixiao.xlam'!JixiaoLayout")(book.name, "表") if row[0] == "f"}
    assert {row: code.upper() for row, code in told.items()} == {
        row: code.upper() for row, code in enumerate(codes[:-1], 1)
    }
    book.close()


def test_a_merged_area_is_told_also_where_nothing_stands(app: xlwings.App, path: Path) -> None:
    made = openpyxl.load_workbook(path)
    for area in ("B2:C2", "B3:C3", "B4:C4", "E2:F9", "A20:C21"):
        made["表"].merge_cells(area)
    made["表"]["A1"] = 1
    made.save(path)
    book = app.books.open(path)
    [grid, _] = ExcelHost(book).read().grids
    assert sorted(grid.merges) == [(2, 2, 2, 3), (2, 5, 9, 6), (3, 2, 3, 3), (4, 2, 4, 3), (20, 1, 21, 3)]
    book.close()


# ---- what it does not do


def test_what_is_not_covered_is_refused_by_name(sheet: xlwings.Sheet) -> None:
    with pytest.raises(NotImplementedError, match="Range.color"):
        sheet["A1"].color  # noqa: B018
    with pytest.raises(NotImplementedError, match="Sheet.charts"):
        sheet.charts  # noqa: B018
    with pytest.raises(NotImplementedError, match="a date"):
        sheet["A1"].formula = datetime(2024, 1, 1)
    with pytest.raises(NotImplementedError, match="one formula for many cells"):
        sheet["A1:A2"].formula = "=B1"


@pytest.mark.parametrize(
    ("part", "name"),
    [
        *(("range", name) for name in ("color", "name", "wrap_text", "column_width", "row_height", "formula_array")),
        *(("sheet", name) for name in ("name", "visible")),
        *(("app", name) for name in ("screen_updating", "enable_events", "interactive", "calculation", "visible")),
    ],
)
def test_nothing_that_is_assigned_gets_lost(sheet: xlwings.Sheet, part: str, name: str) -> None:
    """Taken and not carried out would be worse than refused."""
    parts = {"range": sheet["A1"], "sheet": sheet, "app": sheet.book.app}
    with pytest.raises(NotImplementedError, match=f"{part.capitalize()}.{name} = …"):
        setattr(parts[part], name, {"color": (1, 2, 3), "name": "名"}.get(name, True))


def test_cells_are_counted_row_by_row(sheet: xlwings.Sheet) -> None:
    block = sheet["B2:D3"]
    assert [cell.address for cell in block] == ["$B$2", "$C$2", "$D$2", "$B$3", "$C$3", "$D$3"]
    assert (block[4].address, block[-1].address, block(2, 1).address) == ("$C$3", "$D$3", "$B$3")
    with pytest.raises(IndexError):
        block[6]


def test_sheets_and_workbooks_know_their_names(app: xlwings.App, book: xlwings.Book) -> None:
    assert "表" in book.sheets and "没有" not in book.sheets
    assert "资料 一.xlsx" in app.books and "没有.xlsx" not in app.books
    with pytest.raises(NotImplementedError, match="Books.active without a workbook in front"):  # no window, no front
        app.books.active  # noqa: B018


def test_a_workbook_that_cannot_be_read_is_named(app: xlwings.App, tmp_path: Path) -> None:
    (tmp_path / "坏.xlsx").write_bytes(b"PK\3\4 nothing")
    with pytest.raises(Refusal, match="坏.xlsx：LibreOffice 打不开这个文件"):
        app.books.open(tmp_path / "坏.xlsx")


def test_two_workbooks_of_one_name_are_not_mixed_up(app: xlwings.App, book: xlwings.Book, path: Path) -> None:
    (path.parent / "别处").mkdir()
    other = shutil.copy(path, path.parent / "别处")
    with pytest.raises(ValueError, match="Cannot open two workbooks"):
        app.books.open(other)
    twin = app.impl.books.open(str(other))  # a user can
    with pytest.raises(Refusal, match="有两个名为 资料 一.xlsx 的工作簿开着"):
        ExcelHost(book).read()
    twin.close()
    assert ExcelHost(book).read().name == "资料 一.xlsx"


def test_a_workbook_that_was_closed_meanwhile_is_told(app: xlwings.App, path: Path) -> None:
    book = app.books.open(path)
    host, cells = ExcelHost(book), book.sheets[0]["A1:B2"]
    cells.value  # noqa: B018
    book.close()
    for work in (host.read, lambda: host.write([Change("表", 1, 1, "甲")]), lambda: cells.value, host.save):
        with pytest.raises(Refusal, match="这个工作簿已经关闭"):
            work()


def test_a_read_only_workbook_is_told_and_stays(app: xlwings.App, path: Path) -> None:
    before = path.read_bytes()
    book = app.books.open(path, read_only=True)
    host = ExcelHost(book)
    for work in (lambda: host.write([Change("表", 1, 1, "甲")]),):
        with pytest.raises(Refusal, match="资料 一.xlsx 是以只读方式打开的"):
            work()
    book.close()
    assert path.read_bytes() == before


def test_saving_writes_the_file(app: xlwings.App, book: xlwings.Book, path: Path) -> None:
    ExcelHost(book).write([Change("表", 1, 1, "甲")])
    ExcelHost(book).save()
    assert PackageHost(path).read().grids[0].at(1, 1).value == "甲"
