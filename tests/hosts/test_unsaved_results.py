"""Formulas whose results the file does not hold: what the programs write that do not compute, and what those do that do."""

import io
import sys
from decimal import Decimal

import openpyxl
import pytest

from jixiao.grid import NOT_KNOWN, Cell, Change, Document
from jixiao.hosts.package import PackageHost
from packages import MAIN, unzipped, workbook, worksheet, zipped

COMPUTES_ON_LOAD = '<calcPr calcId="124519" fullCalcOnLoad="1"/>'


def opened(cells: str, **more: str) -> Document:
    return PackageHost.from_bytes(zipped(workbook(worksheet(f'<row r="1">{cells}</row>'), **more)), "a.xlsx").read()


def cell(written: str, **more: str) -> Cell:
    return opened(f"{written}<c r='B1'><v>3</v></c>", **more).grids[0].at(1, 1)


UNSAVED = {
    "openpyxl": '<c r="A1"><f>B1*2</f><v></v></c>',
    "openpyxl with lxml": '<c r="A1"><f>B1*2</f><v/></c>',
    "POI, ClosedXML, SheetJS, excelize": '<c r="A1"><f>B1*2</f></c>',
    "POI": '<c r="A1" t="n"><f>B1*2</f></c>',
    "POI, streaming": '<c r="A1" t="n"><f>B1*2</f><v>0.0</v></c>',
    "openxlsx": '<c r="A1" t="str"><f>B1*2</f></c>',
    "a cell that was true or false before": '<c r="A1" t="b"><f>B1*2</f><v></v></c>',
    "a cell that was an error before": '<c r="A1" t="e"><f>B1*2</f></c>',
}


@pytest.mark.parametrize("written", UNSAVED.values(), ids=UNSAVED)
def test_a_formula_without_a_result_is_worked_out(written: str) -> None:
    assert cell(written) == Cell("6", Decimal(6), "B1*2", saved=False)


@pytest.mark.parametrize("written", ['<c r="A1"><f>B1*2</f><v>0</v></c>', '<c r="A1" t="str"><f>B1*2</f><v>0</v></c>'])
def test_a_zero_of_a_program_that_asks_for_results_is_none(written: str) -> None:
    """XlsxWriter and PhpSpreadsheet write 0 for every formula, and that the next program is to compute them all."""
    assert cell(written, names=COMPUTES_ON_LOAD) == Cell("6", Decimal(6), "B1*2", saved=False)
    assert cell(written).saved and cell(written).text == "0"


SAVED = {
    "Excel": ('<c r="A1" t="str"><f>IF(B1=3,"",B1)</f><v></v></c>', "", None),
    "LibreOffice": ('<c r="A1" s="0" t="str"><f aca="false">IF(B1=3,"",B1)</f><v/></c>', "", None),
    "a number that is no longer right": ('<c r="A1"><f>B1*2</f><v>7</v></c>', "7", Decimal(7)),
    "a text": ('<c r="A1" t="str"><f>B1&amp;"项"</f><v>4项</v></c>', "4项", "4项"),
    "an error": ('<c r="A1" t="e"><f>B1</f><v>#NAME?</v></c>', "#NAME?", "#NAME?"),
}


@pytest.mark.parametrize("load", ["", COMPUTES_ON_LOAD], ids=["", "fullCalcOnLoad"])
@pytest.mark.parametrize(("written", "text", "value"), SAVED.values(), ids=SAVED)
def test_a_saved_result_is_never_computed_anew(written: str, text: str, value: object, load: str) -> None:
    """An empty text is a result."""
    found = cell(written, names=load)
    assert found.saved and (found.text, found.value) == (text, value)


def test_shared_formulas_without_results() -> None:
    grid = PackageHost.from_bytes(
        zipped(
            workbook(
                worksheet(
                    '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f></c></row>'
                    '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/></c></row>'
                    '<row r="3"><c r="A3"><v>3</v></c><c r="B3"><f t="shared" si="0"/><v></v></c>'
                    '<c r="C3"><f t="shared" si="9"/></c></row>'
                )
            )
        ),
        "a.xlsx",
    ).read().grids[0]  # fmt: skip
    assert [grid.at(row, 2).value for row in (1, 2, 3)] == [2, 4, 6]
    assert grid.at(3, 3) == Cell(NOT_KNOWN, NOT_KNOWN, "", saved=False)


def test_results_print_in_the_formats_of_their_cells() -> None:
    styles = (
        f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0&quot;万元&quot;"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>'
    )
    cells = opened(
        '<c r="A1" s="1"><f>1/3</f></c><c r="B1" s="2"><f>10/4</f></c><c r="C1" s="3"><f>45366</f></c>'
        '<c r="D1"><f>95%</f></c><c r="E1" s="1"><f>95%</f></c><c r="F1"><f>1/4</f></c><c r="G1"><f>1/0</f></c>'
        '<c r="H1" s="1"><f>"优"</f></c><c r="I1"><f>1=1</f></c><c r="J1"><f>IF(F1=1,1,"")</f></c>',
        **{"xl/styles.xml": styles},
    ).grids[0].cells  # fmt: skip
    texts = ["33.33%", "2.5万元", "2024-03-15", "95%", "95.00%", "0.25", "#DIV/0!", "优", "TRUE", ""]
    assert [found.text for found in cells.values()] == texts
    assert cells[1, 10] == Cell("", None, 'IF(F1=1,1,"")', saved=False)


def test_names_of_the_workbook_and_of_its_sheets() -> None:
    names = (
        '<definedNames><definedName name="总额">表1!$B$1</definedName><definedName name="税率">6%</definedName>'
        '<definedName name="单价" localSheetId="0">表1!$B$1</definedName></definedNames>'
    )
    assert cell('<c r="A1"><f>总额*税率+单价</f></c>', names=names).text == "3.18"


def test_what_cannot_be_worked_out_says_so() -> None:
    assert cell('<c r="A1" s="1"><f>TODAY()</f></c>') == Cell(NOT_KNOWN, NOT_KNOWN, "TODAY()", saved=False)


def test_what_is_not_known_is_not_written_as_a_result() -> None:
    """Undo puts back a formula somebody had typed: it had no result then."""
    host = PackageHost.from_bytes(zipped(workbook(worksheet('<row r="1"><c r="A1"><v>1</v></c></row>'))), "a.xlsx")
    host.write([Change("表1", 1, 1, NOT_KNOWN, "TODAY()")])
    assert b'<c r="A1"><f>TODAY()</f></c>' in unzipped(host.to_bytes())["xl/worksheets/sheet1.xml"]
    assert host.read().grids[0].at(1, 1) == Cell(NOT_KNOWN, NOT_KNOWN, "TODAY()", saved=False)


def test_a_workbook_saved_by_openpyxl() -> None:
    book = openpyxl.Workbook()
    book.active.append([17.29, 17.32, "=A1/B1", '=IF(C1<1,"","足额")'])
    book.active["C1"].number_format = "0.00%"
    buffer = io.BytesIO()
    book.save(buffer)
    grid = PackageHost.from_bytes(buffer.getvalue(), "a.xlsx").read().grids[0]
    assert [grid.at(1, column).text for column in (3, 4)] == ["99.83%", ""]


def test_who_reads_results_does_not_pay_for_computing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("jixiao.calculation")]:
        monkeypatch.delitem(sys.modules, name)
    for written, *_ in SAVED.values():
        cell(written)
    assert not [name for name in sys.modules if name.startswith("jixiao.calculation")]
    cell(UNSAVED["POI"])
    assert "jixiao.calculation" in sys.modules
