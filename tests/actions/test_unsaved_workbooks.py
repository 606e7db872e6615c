"""A filled workbook after a program that does not compute has saved it: nothing is taken for blank, nothing is made up."""

import io
from collections.abc import Callable
from functools import cache
from random import Random

import openpyxl
import pytest

from generators import FORMS
from jixiao.actions.create import new, new_from
from jixiao.actions.examine import examine
from jixiao.actions.export import export_word, export_workbook
from jixiao.actions.facts import seen
from jixiao.actions.fill import fill
from jixiao.actions.importing import import_document
from jixiao.actions.rules import ruled
from jixiao.actions.write_report import write_reports
from jixiao.builder import build
from jixiao.errors import Refusal
from jixiao.findings import Finding
from jixiao.forms import library
from jixiao.grid import Document
from jixiao.hosts.package import PackageHost
from unsaved import without_results
from workbooks import filled

NATIONAL = "national-project-2020"


@cache
def valid(form: str) -> bytes:
    return filled(build(new(form, library.drawing(form).since)), Random(form)).to_bytes()


def resaved(data: bytes, change: Callable[[openpyxl.Workbook], None] = lambda book: None) -> PackageHost:
    """The workbook as openpyxl saves it, perhaps after a script has changed something."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return PackageHost.from_bytes(buffer.getvalue(), "脚本.xlsx")


def typed(**cells: str) -> Callable[[openpyxl.Workbook], None]:
    """A script that puts entries into the cells of facts: ``funds_total_executed="=1"``."""

    def change(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        for fact, entry in cells.items():
            area = sheet.defined_names[fact.replace("_", ".")].attr_text
            sheet[area.rpartition("!")[2].replace("$", "").partition(":")[0]] = entry

    return change


def codes(findings: list[Finding]) -> list[str]:
    return [finding.code for finding in findings]


# ---------------------------------------------------------------- what can be worked out


@pytest.mark.parametrize("form", FORMS)
def test_a_valid_form_stays_valid(form: str) -> None:
    """And it is told, reported, exported and imported as before."""
    before, after = PackageHost.from_bytes(valid(form), "脚本.xlsx").read(), resaved(valid(form)).read()
    assert any(not cell.saved for cell in after.grids[0].cells.values())
    assert [finding.line() for finding in examine(after)] == [finding.line() for finding in examine(before)]
    assert [list(form.lines()) for form in ruled(after)] == [list(form.lines()) for form in ruled(before)]
    assert [list(form.lines()) for form in seen(after)] == [list(form.lines()) for form in seen(before)]
    assert export_word(after) == export_word(before)
    assert export_workbook(after) == export_workbook(before)
    assert import_document(after) == import_document(before)
    if library.drawing(form).report:
        assert write_reports(after) == write_reports(before)


def test_a_total_that_leaves_out_the_execution_score_is_found() -> None:
    """Somebody's own sheet: the rate is =F7/E7, the total adds up the indicators alone."""
    valid_form = PackageHost.from_bytes(valid(NATIONAL), "表.xlsx").read()
    clean = build(export_workbook(valid_form))

    def own_formulas(book: openpyxl.Workbook) -> None:
        book.active["H7"], book.active["H41"] = "=F7/E7", "=SUM(H14:H40)"

    facts = {fact.name: fact.cell for fact in seen(valid_form)[0].facts}
    total, execution = facts["total.score"].number, facts["execution.score"].number
    assert total and execution and facts["total.score"].place.cell == "H41"
    [finding] = examine(resaved(clean, own_formulas).read())
    assert finding.code == "R09" and [place.cell for place in finding.places] == ["H41"]
    assert (finding.stated, finding.expected) == (str(total - execution), str(total))


@pytest.mark.parametrize("form", FORMS)
def test_fill_writes_the_results(form: str) -> None:
    """Of every formula of ours, also where it shows nothing; it changes nothing else, and once is enough."""
    host = resaved(valid(form))
    before = host.read().grids[0]
    filling = fill(host.read())
    assert filling.typed == [] and {change.old for change in filling.changes} == {None}
    host.write(filling.changes)
    after = host.read().grids[0]
    assert [spot for spot, cell in after.cells.items() if not cell.saved] == []
    assert {spot: cell._replace(saved=True) for spot, cell in before.cells.items()} == after.cells
    assert fill(host.read()).changes == []
    shown = openpyxl.load_workbook(io.BytesIO(host.to_bytes()), data_only=True).worksheets[0]
    kept = openpyxl.load_workbook(io.BytesIO(valid(form)), data_only=True).worksheets[0]
    assert [cell.value for row in shown for cell in row] == [cell.value for row in kept for cell in row]


def test_amounts_somebody_computes_himself_are_amounts() -> None:
    """=100+15.5 in an input: the total and the rate follow from it."""
    change = typed(funds_fiscal_executed="=100+15.5", funds_fiscal_adjusted="=231*1", funds_carryover_executed="=0", funds_other_executed="=0", funds_carryover_adjusted="=0", funds_other_adjusted="=0")  # fmt: skip
    host = resaved(valid(NATIONAL), change)
    host.write(fill(host.read()).changes)
    facts = {fact.name: fact.cell.text for fact in seen(host.read())[0].facts}
    assert (facts["funds.total.executed"], facts["funds.total.rate"]) == ("115.50", "50.00%")
    assert fill(host.read()).typed == []


# ---------------------------------------------------------------- what cannot

ELSEWHERE = "=VLOOKUP(A1,[1]台账!A:B,2,0)"


def unknown() -> Document:
    return resaved(valid(NATIONAL), typed(funds_fiscal_executed=ELSEWHERE)).read()


def test_what_cannot_be_worked_out_is_named_and_decides_nothing() -> None:
    document = unknown()
    spot = document.grids[0].names["funds.fiscal.executed"]
    [finding] = examine(document)
    assert (finding.code, finding.severity, finding.stated) == ("R58", "warning", None)
    assert (spot.top, spot.left) in [(place.row, place.column) for place in finding.places]
    assert finding.message == "公式没有保存结果，也不能代为计算，有关各项未核对"
    assert finding.suggestion == "请用 Excel、WPS 或 LibreOffice 打开本表，保存后再校验。"
    undecided = [line for line in ruled(document)[0].lines() if "无法判断" in line and "公式还没有结果" in line]
    assert [line[:3] for line in undecided] == ["R02", "R14", "R60"]
    facts = {fact.name: fact.line() for fact in seen(document)[0].facts}
    assert facts["funds.fiscal.executed"].partition("：")[2].startswith("公式没有保存结果（")


@pytest.mark.parametrize(
    "fact", ["year", "project.name", "project.unit", "total.score", "execution.score", "funds.total.rate", "grade"]
)
def test_an_unknown_cell_is_one_finding(fact: str) -> None:
    document = resaved(valid(NATIONAL), typed(**{fact.replace(".", "_"): ELSEWHERE})).read()
    assert codes(examine(document)) == ["R58"]


@pytest.mark.parametrize("column", ["name", "target", "actual", "weight", "score", "reason"])
def test_an_unknown_cell_of_a_row_is_one_finding(column: str) -> None:
    def change(book: openpyxl.Workbook) -> None:
        area = PackageHost.from_bytes(valid(NATIONAL), "").read().grids[0].names[f"indicators.{column}"]
        book.worksheets[0].cell(area.top + 1, area.left).value = ELSEWHERE

    assert codes(examine(resaved(valid(NATIONAL), change).read())) == ["R58"]


@pytest.mark.parametrize(
    "action",
    [fill, export_word, export_workbook, import_document, write_reports],
    ids=["fill", "export word", "export", "import", "report"],
)
def test_nothing_is_written_as_blank_that_is_not_known(action: Callable[[Document], object]) -> None:
    document = unknown()
    with pytest.raises(Refusal, match="“项目支出绩效自评表”的 .*(F7|F8).* 的公式没有保存结果.*打开并保存后再试"):
        action(document)


def test_what_is_not_needed_is_not_in_the_way() -> None:
    """A date of today beside the amounts: they are filled in. Next year's form needs the names, not this year's amounts."""
    document = resaved(valid(NATIONAL), typed(project_name="=TODAY()")).read()
    assert fill(document).changes
    with pytest.raises(Refusal):
        new_from(document, 2026)
    assert new_from(unknown(), 2026).sheets


def test_a_form_without_any_formula_result_is_never_blank() -> None:
    """Cut out of the file byte by byte, as SheetJS and POI write it."""
    host = PackageHost.from_bytes(without_results(valid(NATIONAL)), "表.xlsx")
    assert examine(host.read()) == examine(PackageHost.from_bytes(valid(NATIONAL), "表.xlsx").read())


def test_fill_saves_the_results_of_the_summary_too() -> None:
    host = resaved(valid("sichuan-project-2023"))
    host.write(fill(host.read()).changes)
    [summary] = [
        grid for grid in PackageHost.from_bytes(host.to_bytes(), "填后.xlsx").read().grids if grid.title == "项目汇总"
    ]
    assert [at for at, cell in summary.cells.items() if not cell.saved] == []
