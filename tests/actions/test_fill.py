"""填写 on imported published forms. Expected values are worked out by hand from the printed figures."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.examine import examine
from jixiao.actions.fill import fill, plan
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.forms.recognise import forms
from jixiao.forms.workings import normal_form
from jixiao.grid import Cell, Change, Document
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.places import address
from office import convert, recalculated
from workbooks import named_cell

Open = Callable[[str], PackageHost]


def value(document: Document, fact: str, sheet: int = 0) -> object:
    return document.grids[sheet].at(*named_cell(document, fact, sheet)).value


def test_datong_typed_score_is_reported_and_left_alone(opened: Open) -> None:
    filling = fill(opened("datong-2021-project").read())
    [typed] = filling.typed
    assert typed.label == "年度资金总额 得分"
    assert (typed.old, typed.value) == (Decimal(10), Decimal("6.96"))  # 10 × 135 ÷ 194
    assert "execution.score" not in {change.label for change in filling.changes}


def test_replace_typed_writes_it_back_and_the_total_follows(opened: Open) -> None:
    host = opened("datong-2021-project")
    host.write(fill(host.read(), replace_typed=True).changes)
    document = PackageHost.from_bytes(host.to_bytes(), "填写后.xlsx").read()
    assert value(document, "execution.score") == Decimal("6.96")
    assert value(document, "total.score") == Decimal("96.96")
    assert value(document, "grade") == "优"


def test_filling_twice_changes_nothing(opened: Open) -> None:
    for seed in ("datong-2021-project", "wuhua-2024-project", "anju-2023-accounts-and-projects"):
        host = opened(seed)
        host.write(fill(host.read(), replace_typed=True).changes)
        again = PackageHost.from_bytes(host.to_bytes(), "再填.xlsx").read()
        assert fill(again, replace_typed=True).changes == [], seed


def test_inputs_are_never_touched_and_actuals_never_copied(opened: Open) -> None:
    host = opened("anju-2023-accounts-and-projects")
    before = host.read()
    changes = fill(before, replace_typed=True).changes
    for change in changes:
        grid = next(grid for grid in before.grids if grid.title == change.sheet)
        if "indicators.actual" in grid.names:
            assert change.column != grid.names["indicators.actual"].left
            assert change.column != grid.names["indicators.target"].left or change.column > 11


def test_a_changed_input_carries_through_to_score_total_grade_and_summary(opened: Open) -> None:
    """Project 1 of 安居: executed 1.27 of 1.27 becomes 0.60 of 1.27."""
    host = opened("anju-2023-accounts-and-projects")
    document = host.read()
    fund = named_cell(document, "funds.fiscal.executed")
    host.write([Change("项目1", *fund, Decimal("0.60"))])
    host.write(fill(host.read()).changes)
    after = PackageHost.from_bytes(host.to_bytes(), "改后.xlsx").read()
    assert value(after, "funds.total.executed") == Decimal("0.6")
    assert value(after, "funds.total.rate") == Decimal("0.4724")  # 0.60 ÷ 1.27 = 0.47244
    assert value(after, "execution.score") == Decimal("4.72")
    assert value(after, "total.score") == Decimal("94.72")
    summary = next(grid for grid in after.grids if grid.title == "项目汇总")
    assert summary.at(4, 5).value == Decimal("0.6")
    assert summary.at(4, 7).value == Decimal("94.72")
    assert summary.at(4, 9).value == Decimal("0.5276")  # (1.27 − 0.60) ÷ 1.27
    assert summary.at(4, 10).value == "是"
    assert summary.at(9, 5).value == Decimal("167.98")  # 0.60 + 20.18 + 7.50 + 1.51 + 138.19


@pytest.mark.parametrize(
    "stored",
    [
        "[1]!PERF_GRADE(H41)",
        "'C:\\XLSTART\\jixiao.xlam'!PERF_GRADE(H41)",
        "_xludf.PERF_GRADE(H41)",
        "_xll.PERF_GRADE($H$41)",
        "perf_grade( h41 )",
        "@PERF_GRADE(H41)",
        "_xlfn.SINGLE(PERF_GRADE(H41))",
        "_xlfn.SINGLE([1]!PERF_GRADE(H41))",
    ],
)
def test_what_office_programs_make_of_our_formulas_is_still_ours(stored: str) -> None:
    assert normal_form(stored) == normal_form("PERF_GRADE(H41)")


def test_quotes_that_a_sheets_name_does_not_need_make_no_difference() -> None:
    """Excel and LibreOffice take them away."""
    assert normal_form("'项目2'!D8") == normal_form("项目2!D8")
    assert normal_form("'项目 2'!D8") != normal_form("项目2!D8")


def test_a_bracket_in_a_text_closes_nothing() -> None:
    stored = '_xlfn.SINGLE(PERF_GRADE(H41,")"))&"SINGLE"'
    assert normal_form(stored) == normal_form('PERF_GRADE(H41,")")&"SINGLE"')


def test_texts_in_formulas_keep_their_case_and_spaces() -> None:
    assert normal_form('IF(A1="a b",1,2)') != normal_form('IF(A1="ab",1,2)')


@pytest.mark.parametrize(
    ("written", "saved"),
    [
        ('IF(COUNT(F32:F32)=0,"",ROUND(SUM(F32:F32),2))', 'IF(COUNT(F32)=0,"",ROUND(SUM(F32),2))'),  # LibreOffice 25.2
        ("SUM('项目 1'!F32:F32)", "SUM('项目 1'!F32)"),
        ("IF(D4/E4<0.1,100,1)", "IF(D4/E4<0.100000000000000000001,100,1)"),  # Gnumeric 1.12
        ("D4*0.9+1.5", "D4*.90+1.50"),
    ],
)
def test_ranges_of_one_cell_and_numbers_are_one_however_they_are_spelt(written: str, saved: str) -> None:
    assert normal_form(written) == normal_form(saved)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("SUM(F32:F33)", "SUM(F32)"),
        ("SUM(F3:F32)", "SUM(F32)"),
        ("SUM(AF32:F32)", "SUM(AF32)"),
        ("SUM(F32:F32:G40)", "SUM(F32:G40)"),
        ('F1&"F2:F2"', 'F1&"F2"'),
        ("D4*0.1", "D4*0.11"),
        ("jx.5+1", "jx.50+1"),
    ],
)
def test_what_says_something_else_stays_different(one: str, other: str) -> None:
    assert normal_form(one) != normal_form(other)


def test_nothing_is_typed_in_a_form_that_another_program_saved(opened: Open) -> None:
    """五华 has weights of groups of one row: their sums are over ranges of one cell."""
    document = opened("wuhua-2024-project").read()
    rewritten = 0

    def saved(cell: Cell) -> Cell:
        nonlocal rewritten
        shorter = re.sub(r"\b([A-Z]+\d+):\1\b", r"\1", cell.formula or "")
        rewritten += shorter != (cell.formula or "")
        return cell._replace(formula=shorter or None)

    resaved = document.with_grids(lambda grid: grid._replace(cells={at: saved(one) for at, one in grid.cells.items()}))
    filling = fill(resaved)
    assert rewritten
    assert filling.typed == []
    assert len(filling.changes) == len(fill(document).changes)


@pytest.mark.parametrize("native", [False, True])
def test_nothing_is_typed_in_a_form_that_libreoffice_saved(native: bool, seeds: str, tmp_path: Path) -> None:
    book = import_document(load_document(f"{seeds}/anju-2023-accounts-and-projects.docx"), native)
    (tmp_path / "四川.xlsx").write_bytes(build(book))
    (tmp_path / "out").mkdir()
    resaved = load_document(str(convert(tmp_path / "四川.xlsx", "xlsx", tmp_path / "out")))
    filling = fill(resaved)
    assert (len(filling.found), filling.typed) == (5, [])


def test_numbers_typed_as_text_become_numbers(opened: Open) -> None:
    """Full-width digits and text cells: SUM would skip them, so the sheet would show less than the fill computed."""
    host = opened("anju-2023-accounts-and-projects")
    document = host.read()
    own, fiscal = named_cell(document, "funds.own.executed"), named_cell(document, "funds.fiscal.executed")
    host.write([Change("项目1", *own, "０.１０"), Change("项目1", *fiscal, "1.17")])
    changes = {(c.sheet, c.row, c.column): c for c in fill(host.read()).changes}
    assert changes["项目1", *own].value == Decimal("0.10")
    assert changes["项目1", *fiscal].value == Decimal("1.17")
    host.write(changes.values())
    after = host.read()
    assert value(after, "funds.total.executed") == Decimal("1.27")


def test_an_amount_with_its_unit_is_read_and_becomes_a_number(opened: Open) -> None:
    """135.6万元 under 万元 is 135.60, and the total counts it in the same step; 17.3人 is no money and stays."""
    host = opened("anju-2023-accounts-and-projects")
    document = host.read()
    spots = [named_cell(document, f"funds.{source}.executed") for source in ("own", "fiscal", "special")]
    typed = ["135.6 万元", "173200元", "17.3人"]
    host.write([Change("项目1", *spot, text) for spot, text in zip(spots, typed, strict=True)])
    form = forms(host.read())[0]
    assert [str(form.evaluation.facts[f"funds.{name}.executed"].number) for name in ("own", "fiscal", "special")] == [
        "135.6",
        "17.3200",
        "None",
    ]
    assert [form.evaluation.facts[f"funds.{name}.executed"].text for name in ("own", "fiscal")] == typed[:2]
    said = [finding.message for finding in examine(host.read())]
    assert [text for text in said if "不是数字" in text] == ["“17.3人”不是数字"]
    host.write(fill(host.read()).changes)
    assert value(host.read(), "funds.own.executed") == Decimal("135.6")
    assert value(host.read(), "funds.total.executed") == Decimal("152.92")  # 135.60 + 17.32


def test_an_amount_in_yuan_agrees_with_a_total_that_rounds_it(opened: Open) -> None:
    """173246元 is 17.3246 万元, and the total prints 17.32."""
    host = opened("anju-2023-accounts-and-projects")
    spots = {source: named_cell(host.read(), f"funds.{source}.executed") for source in ("total", "own", "fiscal")}
    typed = {"total": "17.32", "own": "173246元", "fiscal": "0"}
    host.write([Change("项目1", *spots[source], text) for source, text in typed.items()])
    assert not [
        finding for finding in examine(host.read()) if finding.code in ("R03", "R18") and "执行" in str(finding)
    ]


def test_a_fill_that_only_saves_results_says_so(opened: Open) -> None:
    """A program that cannot compute our functions saved the formulas without results: 撤销 would have nothing to undo."""
    host = opened("datong-2021-project")
    host.write(fill(host.read()).changes)
    document = host.read()
    assert plan(document).done == "没有需要填写的单元格"
    spot = named_cell(document, "funds.total.rate")
    cells = {**document.grids[0].cells, spot: document.grids[0].at(*spot)._replace(text="", value=None, saved=False)}
    unsaved = plan(document._replace(blocks=[document.grids[0]._replace(cells=cells), *document.grids[1:]]))
    assert (unsaved.done, unsaved.step) == ("表中内容未改动，已补存 1 个公式的计算结果", None)
    host.write([Change("项目支出绩效自评表", *spot, None)])
    emptied = plan(host.read())
    assert emptied.done.startswith("已填写 ") and emptied.step is not None


def test_nothing_is_computed_from_a_lost_column(opened: Open) -> None:
    """A user deleted the column 分值: its name is gone, and with it every formula that reads it."""
    document = opened("datong-2021-project").read()
    names = {name: area for name, area in document.grids[0].names.items() if name != "indicators.weight"}
    damaged = document._replace(blocks=[document.grids[0]._replace(names=names), *document.grids[1:]])
    filling = fill(damaged, replace_typed=True)
    touched = {change.label for change in (*filling.changes, *filling.typed)}
    assert touched <= {"年度资金总额 得分", "总分 得分"}


def test_a_failed_formula_is_filled_again(opened: Open) -> None:
    """A program without our functions saved #NAME? into the cell."""
    document = opened("datong-2021-project").read()
    grid = document.grids[0]
    spot = named_cell(document, "grade")
    cells = {**grid.cells, spot: grid.cells[spot]._replace(text="#NAME?", value="#NAME?")}
    [change] = fill(document._replace(blocks=[grid._replace(cells=cells)])).changes
    assert change.value == "优"


def test_typed_totals_over_blank_parts_survive(opened: Open) -> None:
    """Somebody typed only the totals: a formula over blanks has nothing better to say."""
    host = opened("anju-2023-accounts-and-projects")
    document = host.read()
    for key in ("fiscal", "special", "own", "other"):
        host.write([Change("项目1", *named_cell(document, f"funds.{key}.initial"), None)])
    total = named_cell(document, "funds.total.initial")
    host.write([Change("项目1", *total, Decimal("1.58"))])
    filling = fill(host.read(), replace_typed=True)
    assert ("项目1", *total) not in {(c.sheet, c.row, c.column) for c in (*filling.changes, *filling.typed)}


def test_the_summary_total_is_the_value_of_its_formula(opened: Open) -> None:
    host = opened("anju-2023-accounts-and-projects")
    document = host.read()
    for sheet in range(3):
        spot = named_cell(document, "funds.fiscal.initial", sheet)
        host.write([Change(f"项目{sheet + 1}", *spot, Decimal("1.234"))])
    host.write(fill(host.read()).changes)
    summary = next(grid for grid in host.read().grids if grid.title == "项目汇总")
    assert summary.at(9, 3).value == Decimal("5.20")  # ROUND(1.23 × 3 + 1.51 + 0.00, 2): each total is rounded itself


def test_what_is_refused_is_cached_as_the_error_it_shows(seeds: str, tmp_path: Path) -> None:
    """Words for an indicator that compares numbers: score, total, grade and 项目汇总 show what LibreOffice computes."""
    book = import_document(load_document(f"{seeds}/anju-2023-accounts-and-projects.docx"), native=True)
    host = PackageHost.from_bytes(build(book), "四川.xlsx")
    row = 14  # ＝ 2 人, in the drawing's rows
    document = host.read()
    names = document.grids[0].names
    columns = {name: names[f"indicators.{name}"].left for name in ("actual", "score")}
    host.write([Change("项目1", row, columns["actual"], "已完成"), Change("项目1", row, columns["score"], None)])
    host.write(fill(host.read()).changes)
    after = host.read()
    assert after.grids[0].at(row, columns["score"]).value == "#VALUE!"
    assert (value(after, "total.score"), value(after, "grade")) == ("#VALUE!", None)  # a score is missing
    assert fill(after).changes == [] and fill(after, replace_typed=True).typed == []
    (tmp_path / "填写后.xlsx").write_bytes(host.to_bytes())
    (tmp_path / "out").mkdir()
    shown = recalculated(tmp_path / "填写后.xlsx", tmp_path / "out")
    for grid in after.grids:
        for spot, cell in grid.cells.items():
            if cell.formula:
                found = shown[grid.title].get(address(*spot))
                held = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
                assert found == (None if held == "" else held), (grid.title, spot)


def test_a_total_typed_over_is_never_replaced_by_an_error(opened: Open) -> None:
    host = opened("datong-2021-project")
    document = host.read()
    weight, total = named_cell(document, "execution.weight"), named_cell(document, "total.score")
    sheet = document.grids[0].title
    host.write([Change(sheet, *weight, Decimal(-10)), Change(sheet, *named_cell(document, "execution.score"), None)])
    host.write([Change(sheet, *total, Decimal(95))])
    filling = fill(host.read(), replace_typed=True)
    changed = {(change.row, change.column): change.value for change in filling.changes}
    assert changed[named_cell(document, "execution.score")] == "#VALUE!"
    assert total not in changed
    assert filling.typed == []


def test_no_grade_is_filled_before_all_is_scored(opened: Open) -> None:
    """Ruling 14: the boxes of 五华 stay unticked while a weighted row has no score, and are ticked once it has."""
    host = opened("wuhua-2024-project")
    document = host.read()
    column, row = document.grids[0].names["indicators.score"].left, named_cell(document, "total.score")[0] - 3
    score = document.grids[0].at(row, column).value
    host.write([Change(document.grids[0].title, row, column, None)])
    host.write(fill(host.read()).changes)
    assert "☑" not in str(value(host.read(), "grade"))
    assert fill(host.read()).typed == []  # the formula is ours
    host.write([Change(document.grids[0].title, row, column, score)])
    host.write(fill(host.read()).changes)
    assert "优☑" in str(value(host.read(), "grade"))
