"""Formulas worked out: by hand, as Excel answers them, and as LibreOffice does."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import openpyxl
import pytest
from sheet import computed, result

from generators import FORMS
from jixiao.actions.book import Book, Sheet
from jixiao.actions.create import new
from jixiao.builder import build
from jixiao.calculation import results
from jixiao.calculation.sheets import LIMIT
from jixiao.forms import library
from jixiao.forms.compose import blank
from jixiao.grid import NOT_KNOWN, Cell, Document, Grid, Value
from jixiao.hosts.package import PackageHost
from jixiao.places import address
from office import recalculated
from unsaved import without_results
from workbooks import filled

SHEET: dict[str, object] = {
    **{"A1": 250, "A2": 215.46, "A3": 0, "A5": "已完成", "A6": "95%", "A7": True, "A8": "１２", "A9": " 3 "},
    **{"B1": 10, "B2": 20, "B3": 20, "B4": 30, "B5": "—", "B6": 10, "C1": "优", "C2": "良", "C3": "优", "C4": "差"},
    **{"D1": 0.1, "D2": 0.2, "D3": 0.3, "E1": 60, "E2": 80, "E3": 90, "F1": "#N/A"},
}
"""A4 is blank, A5 a word, A6 and A9 numbers typed as text."""

BY_HAND: list[tuple[str, object]] = [
    # arithmetic
    ("A2/A1", "0.86184"),
    ("ROUND(A2/A1,4)", "0.8618"),
    ("ROUND(A2/A1,4)*100&\"%\"", "86.18%"),
    ("1+2*3-4/2", "5"),
    ("(1+2)*3", "9"),
    ("-2^2", "4"),
    ("2^3^2", "64"),
    ("2^-1", "0.5"),
    ("10%", "0.1"),
    ("200*5%%", "0.1"),
    ("--A1", "250"),
    ("D1+D2-D3", "0"),
    ("D1+D2=D3", True),
    ("1-0.9-0.1", "0"),
    ("1/3", "0.333333333333333"),
    ("A4+1", "1"),
    ("A4", "0"),
    ("A6*2", "1.9"),
    ("A9+1", "4"),
    ("A7+1", "2"),
    ("A5+1", "#VALUE!"),
    ("A1/A3", "#DIV/0!"),
    ("A1/A4", "#DIV/0!"),
    ("F1+1", "#N/A"),
    ("0^0", "#NUM!"),
    ("1E200*1E200", "#NUM!"),
    ("1E999", "#NUM!"),
    ("+A5", "已完成"),
    (" SUM( B1:B6 , 1 ) ", "91"),
    # texts and conditions
    ("C1&A1&A7&A4", "优250TRUE"),
    ("\"a\"\"b\"", "a\"b"),
    ("A4=\"\"", True),
    ("A4=0", True),
    ("C1=\"优\"", True),
    ("\"ABC\"=\"abc\"", True),
    ("\"2\">100", True),
    ("A1<>A2", True),
    ("IF(A2>A1,\"超支\",\"\")", ""),
    ("IF(A1,1)", "1"),
    ("IF(A3,1)", False),
    ("IF(A1>0,,2)", "0"),
    ("IF(TRUE,1,TODAY())", "1"),
    ("IFERROR(A1/A3,\"\")", ""),
    ("IFERROR(A2/A1,\"\")", "0.86184"),
    ("IFNA(F1,\"缺\")", "缺"),
    ("IFNA(1/0,\"缺\")", "#DIV/0!"),
    ("AND(A1>0,A2>0)", True),
    ("OR(A1<0,A3>0)", False),
    ("NOT(A7)", False),
    ("ISNUMBER(A5)", False),
    ("ISNUMBER(1/0)", False),
    ("ISBLANK(A4)", True),
    ("ISERROR(F1)", True),
    ("CHOOSE(2,\"优\",\"良\")", "良"),
    # sums
    ("SUM(B1:B6)", "90"),
    ("SUM(B1:B6,8.62)", "98.62"),
    ("SUM(B:B)", "90"),
    ("SUM(2:2)", "315.66"),
    ("SUM(D1:D3)", "0.6"),
    ("SUM(A5,1)", "1"),
    ("SUM(\"5\",1)", "6"),
    ("SUM(B1:INDEX(B:B,3))", "50"),
    ("SUM(F1:F2)", "#N/A"),
    ("ROUND(SUM(B1:B6)*0.5,2)", "45"),
    ("COUNT(A1:A9)", "3"),
    ("COUNT(A4)", "0"),
    ("COUNTA(A1:A9)", "8"),
    ("AVERAGE(B1:B6)", "18"),
    ("AVERAGE(A4:A5)", "#DIV/0!"),
    ("MIN(1,A2/A1)", "0.86184"),
    ("MAX(A5:A6)", "0"),
    ("PRODUCT(B1:B3)", "4000"),
    ("SUMPRODUCT(B1:B4,E1:E4)", "4000"),
    ("SUMIF(C1:C4,\"优\",B1:B4)", "30"),
    ("SUMIF(B1:B6,\">=20\")", "70"),
    ("COUNTIF(C1:C4,\"优\")", "2"),
    ("SUMIFS(B1:B4,C1:C4,\"优\",B1:B4,\">10\")", "20"),
    ("COUNTIFS(C1:C4,\"优\",B1:B4,\">10\")", "1"),
    ("SUMIF(B1:B6,\"<>10\")", "70"),
    # rounding: half away from zero, on what is shown
    ("ROUND(2.345,2)", "2.35"),
    ("ROUND(-2.345,2)", "-2.35"),
    ("ROUND(1.005,2)", "1.01"),
    ("ROUND(1234.5,-2)", "1200"),
    ("ROUNDUP(2.341,2)", "2.35"),
    ("ROUNDUP(2.34,2)", "2.34"),
    ("ROUNDDOWN(-2.349,2)", "-2.34"),
    ("INT(-1.5)", "-2"),
    ("TRUNC(-1.59,1)", "-1.5"),
    ("INT(0.29)*100", "0"),
    ("ROUNDDOWN(2.34,2)", "2.34"),
    ("\"A10\"<\"B2\"", True),
    ("A5>\"\"", True),
    ("ROUND(2.31E94,2)-2.31E94", "0"),
    ("ROUNDUP(2.31E94,-2)/1E94", "2.31"),
    ("ABS(-3)", "3"),
    ("MOD(-3,2)", "1"),
    ("POWER(2,10)", "1024"),
    # texts
    ("LEFT(\"优秀\")", "优"),
    ("RIGHT(\"95%\",1)", "%"),
    ("MID(\"2024年度\",5,2)", "年度"),
    ("LEN(\"2024年度\")", "6"),
    ("TRIM(\" a  b \")", "a b"),
    ("SUBSTITUTE(\"1,200\",\",\",\"\")", "1200"),
    ("FIND(\"年\",\"2024年度\")", "5"),
    ("FIND(\"月\",\"2024年度\")", "#VALUE!"),
    ("EXACT(\"a\",\"A\")", False),
    ("VALUE(\"1,200.5\")", "1200.5"),
    ("VALUE(\"12月31日前E0\")", "#VALUE!"),
    ("ASC(\"９５％\")", "95%"),
    ("TEXT(A2/A1,\"0.00%\")", "86.18%"),
    ("TEXT(1234.5,\"#,##0.00\")", "1,234.50"),
    ("CONCATENATE(C1,\"、\",C2)", "优、良"),
    # where things stand
    ("INDEX(B1:B6,2)", "20"),
    ("INDEX(A1:C4,2,3)", "良"),
    ("INDEX(B1:B6,7)", "#REF!"),
    ("MATCH(\"差\",C1:C4,0)", "4"),
    ("MATCH(\"中\",C1:C4,0)", "#N/A"),
    ("VLOOKUP(80,E1:F3,1,FALSE)", "80"),
    ("LOOKUP(85,E1:E3,C1:C3)", "良"),
    ("ROW()", "99"),
    ("COLUMN()", "26"),
    ("ROW(B5)", "5"),
    ("ROWS(B1:B6)", "6"),
    # ours, as every program stores them
    ("PERF_GRADE(95)", "优"),
    ("IFERROR(PERF_COMPLETION(A2,A1),\"\")", "0.8618"),
    ("'C:\\加载项\\jixiao.xlam'!PERF_EXEC_SCORE(A2,A1,10)", "8.62"),
    ("_xlfn.SINGLE(_xll.PERF_WEIGHT_DIFF(B1:B6))", "-10"),
    ("COM.JIXIAO.FUNCTIONS.PERF_SCORE(\"≥95%\",\"95%\",B1)", "10"),
    ("PERF_GRADE(A5)", "#VALUE!"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "expected"), BY_HAND)
def test_a_formula_gives_what_excel_gives(formula: str, expected: object) -> None:
    assert told(result(formula, SHEET)) == expected


def told(value: Value) -> object:
    return f"{value:f}" if isinstance(value, Decimal) else value


NOT_COMPUTED = [
    "TODAY()",
    "NOW()+1",
    "RAND()",
    "INDIRECT(\"A1\")",
    "OFFSET(A1,1,0)",
    "CELL(\"filename\")",
    "SUBTOTAL(9,B1:B6)",
    "VLOOKUP(A1,[1]Sheet1!A:B,2,0)",
    "'[别的.xlsx]表1'!A1",
    "不存在!A1",
    "没有的名称*2",
    "SOMETHING(1)",
    "表格1[分值]",
    "{1,2}",
    "A1:A3*2",
    "A1:B2 B1:C2",
    "(A1,B1)",
    "Sheet1:Sheet3!A1",
    "VALUE(\"2024-12-31\")",
    "A8+1",
    "COUNTIF(C1:C4,\"优*\")",
    "MATCH(85,B1:B6)",
    "COUNTIF(B1:B60,\"<>10\")",
    "C1>C2",
    "INT(0.29*100)",
    "ROUNDDOWN(0.29*100,0)",
    "1E20&\"\"",
    "TEXT(A1,\"yyyy\")",
    "1+",
    "SUM(B1:B6",
    "IF(1)",
    "",
    "SUM(B1:B6,TODAY())",
    "IFERROR(TODAY(),0)",
    "+".join(["1"] * 5000),
    "IF(1," * 66 + "1" + ")" * 66,
]  # fmt: skip


@pytest.mark.parametrize("formula", NOT_COMPUTED)
def test_what_depends_on_more_than_the_workbook_is_not_known(formula: str) -> None:
    """Nor is what programs and their languages read differently."""
    assert computed({**SHEET, "Z99": f"={formula}", "Z98": "=Z99+1", "Z97": "=1"}) == {"Z97": 1}


def test_formulas_read_each_other_in_any_order() -> None:
    sheet = {"A1": "=A2+1", "A2": "=A3+1", "A3": 1, "B1": "=SUM(A1:A3,B2)", "B2": "=A1*10"}
    assert computed(sheet) == {"A1": 3, "A2": 2, "B1": 36, "B2": 30}


def test_what_waits_for_itself_is_not_known() -> None:
    sheet = {"A1": "=A2", "A2": "=A3", "A3": "=A1", "B1": "=B1+1", "C1": "=A2+1", "D1": "=SUM(D1:D3)", "E1": "=2"}
    assert computed(sheet) == {"E1": 2}


def test_other_sheets_and_names() -> None:
    names = {
        ("", "预算"): "数据!$B$2",
        ("表", "jx.scheme"): '"wuhua-2024"',
        ("数据", "预算"): "数据!$B$3",
        ("", "下一格"): "数据!B3",
    }
    others = {"数据": {"B2": 40, "B3": "=B2*2"}, "项目 '一'": {"A1": "=数据!B3+1"}}
    sheet = {
        "A1": "=数据!B2+'项目 ''一'''!A1", "A2": "=预算*2", "A3": "=PERF_GRADE(85,jx.scheme)", "A4": "=数据!预算",
        "A5": "=SUM(数据!B2:B3)", "A6": "=下一格", "A7": "=SUM(数据!$B$2:$B$3)", "A8": "=sum(数据!b2)",
    }  # fmt: skip
    found = computed(sheet, names, others)
    assert found == {"A1": 121, "A2": 80, "A3": "良", "A4": 80, "A5": 120, "A7": 120, "A8": 40}


def test_a_saved_blank_result_is_a_text_without_letters() -> None:
    cells = {(1, 1): Cell("", None, 'IF(B1="","",B1)'), (1, 3): Cell(NOT_KNOWN, NOT_KNOWN, "A1+1", False)}
    cells[1, 4] = Cell(NOT_KNOWN, NOT_KNOWN, 'IF(A1="","空白",SUM(A1:A2))', False)
    assert results(Document("a.xlsx", [Grid("表", cells)]), {}) == {("表", 1, 3): "#VALUE!", ("表", 1, 4): "空白"}


def test_spoilt_formulas_are_unknown_or_errors_never_faults_of_ours() -> None:
    random = Random(11)
    formulas = [formula for formula, _ in BY_HAND] + [formula for formula in NOT_COMPUTED if len(formula) < 100]
    for _ in range(1500):
        formula = random.choice(formulas)
        at, other = random.randrange(len(formula) + 1), random.choice(formulas)
        parts = [random.choice("(),:%&+-*/^=<>\"'!#1A$.@{}[]"), other, other[random.randrange(len(other) + 1) :], ""]
        computed({**SHEET, "Z99": f"={formula[:at]}{random.choice(parts)}{formula[at + random.randrange(2) :]}"})


# ---------------------------------------------------------------- limits


def test_long_chains_need_no_deep_calls() -> None:
    assert computed({"A3000": 1, **{f"A{row}": f"=A{row + 1}+1" for row in range(1, 3000)}})["A1"] == 3000
    assert result("+".join(["1"] * 4000)) == 4000
    assert result("-" * 8000 + "1") == 1
    assert result("(" * 4000 + "1" + ")" * 4000) == 1


BOUNDED = {
    "sums over long columns": {
        **{f"A{row}": row for row in range(1, 5001)},
        **{f"B{row}": "=SUM(A:A)" for row in range(1, 1000)},
    },
    "sums over sums": {"A1": 1, **{f"A{row}": f"=SUM(A$1:A{row - 1})" for row in range(2, 4000)}},
    "sums over sums from below": {
        "A4000": 1, "B1": "=SUM(A1:A4000)", **{f"A{row}": f"=SUM(A{row + 1}:A$4000)" for row in range(1, 4000)}
    },
    "texts that double": {
        "A1": "x" * 999, **{f"A{row}": f"=A{row - 1}&A{row - 1}" for row in range(2, 30)},
        **{f"B{row}": "=A$5&1" for row in range(1, 4000)},
    },
    "long formulas": {f"A{row}": "=" + "+".join(["1"] * 4000) for row in range(1, 400)},
    "whole sheets": {"XFD1048576": 1, "A1": "=SUMPRODUCT(B:XFD,B:XFD)", "A2": "=INDEX(B:XFD,9,9)"},
}  # fmt: skip


@pytest.mark.parametrize("name", BOUNDED)
def test_hostile_sheets_come_to_an_end(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left when the steps are used up is not known; nothing is computed wrongly."""
    monkeypatch.setattr("jixiao.calculation.sheets.LIMIT", LIMIT // 10)
    found = computed(BOUNDED[name])
    assert len(found) < sum(str(entry).startswith("=") for entry in BOUNDED[name].values())


# ---------------------------------------------------------------- LibreOffice

ITS_OWN_WAY = {
    *('"2">100', "0^0", "1E999", "A6*2", "A9+1", 'SUM("5",1)'),  # texts that read as numbers
    *("C1&A1&A7&A4", "COUNT(A1:A9)"),  # truth values are numbers there
    *('IFNA(F1,"缺")', 'IFNA(1/0,"缺")'),  # a file calls it _xlfn.IFNA
    "INDEX(B1:B6,7)",  # an error value of its own
}


def test_libreoffice_gives_the_same(tmp_path: Path) -> None:
    """All of the table but what LibreOffice answers in its own way, as Excel does not."""
    formulas = [formula for formula, _ in BY_HAND if "PERF_" not in formula and formula not in ITS_OWN_WAY]
    typed = {f"Z{row}": f"={formula.strip()}" for row, formula in enumerate(formulas, 99)}
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表"
    for at, entry in {**SHEET, **typed}.items():
        sheet[at] = entry
    sheet["F1"].data_type = "e"
    (tmp_path / "out").mkdir()
    book.save(tmp_path / "formulas.xlsx")
    theirs = recalculated(tmp_path / "formulas.xlsx", tmp_path / "out")["表"]
    ours = computed({**SHEET, **typed})
    different = {typed[at]: (ours.get(at), theirs.get(at)) for at in typed if not same(ours.get(at), theirs.get(at))}
    assert different == {}


def test_libreoffice_computes_native_forms_alike(tmp_path: Path) -> None:
    """Every form without PERF_*, filled in at random: sums up to the total row, rates, scores, grades."""
    drawings = map(library.drawing, FORMS)
    book = build(Book([Sheet(drawing.id, blank(drawing, 2024, native=True)) for drawing in drawings]))
    (tmp_path / "out").mkdir()
    source = tmp_path / "native.xlsx"
    source.write_bytes(without_results(filled(book, Random(2024)).to_bytes()))
    theirs = recalculated(source, tmp_path / "out")
    answered = 0
    for form, spot, cell in formulas_of(PackageHost(source).read()):
        assert not cell.saved
        assert same(cell.value, theirs[form.title].get(address(*spot))), (form.title, address(*spot), cell)
        answered += cell.value is not None
    assert answered > 100


def same(ours: Value, theirs: object) -> bool:
    if isinstance(ours, Decimal) and isinstance(theirs, int | float):
        return float(ours) == pytest.approx(theirs, rel=1e-12, abs=1e-12)
    return (ours or None) == (theirs or None)


# ---------------------------------------------------------------- what our own workbooks hold


@pytest.mark.parametrize("native", [False, True], ids=["functions", "native"])
@pytest.mark.parametrize("form", FORMS)
def test_what_was_saved_is_found_again(form: str, native: bool) -> None:
    """Texts, too: a result prints in the format of its cell."""
    projects = 2 if library.drawing(form).summary else 1
    data = filled(build(new(form, library.drawing(form).since, projects, native)), Random(form)).to_bytes()
    kept = {(grid.title, spot): cell for grid, spot, cell in formulas_of(opened(data))}
    lost = {(grid.title, spot): cell for grid, spot, cell in formulas_of(opened(without_results(data)))}
    assert {at: cell._replace(saved=True) for at, cell in lost.items()} == kept
    assert not any(cell.saved for cell in lost.values()) and all(cell.saved for cell in kept.values())


def opened(data: bytes) -> Document:
    return PackageHost.from_bytes(data, "表.xlsx").read()


def formulas_of(document: Document) -> Iterator[tuple[Grid, tuple[int, int], Cell]]:
    for grid in document.grids:
        yield from ((grid, spot, cell) for spot, cell in grid.cells.items() if cell.formula is not None)
