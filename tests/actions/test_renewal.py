"""新建 after last year's form of somebody else. What is cleared and what stays is read off the published forms by hand."""

import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions import bind, create
from jixiao.actions.after import with_changes
from jixiao.actions.book import Book, Copy
from jixiao.actions.plan import Plan
from jixiao.actions.renewal import Renewal
from jixiao.evaluation.stated import filled
from jixiao.forms.recognise import forms, is_known
from jixiao.grid import NOT_KNOWN, Cell, Document, Value
from jixiao.places import address, split_address
from jixiao.report.document import Paragraph, Table
from jixiao.report.form_table import word_form
from typed_forms import SELF_EVALUATION
from typed_forms import document as typed

sys.path.insert(0, str(Path(__file__).parents[1] / "forms" / "local"))

from building import document as published
from building import place
from form_file import FormFile, every

FORMS = {form.id: form for form in every()}


def workbook(form: str) -> Document:
    return published(FORMS[form])._replace(editable=True)


def next_year(document: Document) -> Plan:
    return create.plan_from(document, 2025)


def copy(plan: Plan) -> Copy:
    [file] = plan.files
    assert isinstance(file.model, Copy)
    return file.model


def written(plan: Plan) -> dict[str, Value]:
    """What the copy changes, by address."""
    return {address(change.row, change.column): change.value for change in copy(plan).changes}


def lines(plan: Plan, heading: str) -> list[str]:
    return [line for remark in plan.remarks if heading in remark.heading for line in remark.lines]


def cells(*runs: str) -> set[str]:
    """``F12:F21`` and single cells."""
    found = set()
    for run in runs:
        (top, left), (bottom, right) = (split_address(end) for end in (run.split(":") * 2)[:2])
        found |= {address(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)}
    return found


@pytest.mark.parametrize(
    ("form", "year", "cleared"),
    [
        (  # 自评: amounts, 执行率 and its score, what was achieved, scores, the one reason, the total
            "suixi-2019",
            {"A2": "（2025年度）"},
            cells("D6:E7", "G6:H7", "E10", "F12:G21", "H15", "G22"),
        ),
        (  # 自评 with boxes to tick, which stay, its year in the title, and a text at the end
            "sample-hubei-project-2022",
            {"A1": "2025年度项目自评表"},
            cells("D8:G8", "F10:G17", "G18", "B19"),
        ),
        (  # 监控: in the middle of the year nothing has a score
            "sample-national-monitor-2019",
            {"A2": "（2025年度）"},
            cells("E6:E8", "G6:G8", "J6:J8", "M6:M8", "F11:G14", "M11:M14", "N12"),
        ),
        (  # 申报: the money is asked for anew; the plan of the project stays
            "sample-national-goal-2011",
            {"A2": "（ 2025 年度）"},
            cells("D8:D10"),
        ),
    ],
)
def test_what_belongs_to_the_year_is_cleared_and_nothing_else(
    form: str, year: dict[str, str], cleared: set[str]
) -> None:
    assert written(next_year(workbook(form))) == {**year, **dict.fromkeys(cleared)}


def test_what_was_not_understood_stays_and_is_told() -> None:
    assert lines(next_year(workbook("sample-national-monitor-2019")), "没有读懂")[0] == "Sheet1 L12：其他"
    told = lines(next_year(workbook("sample-national-goal-2011")), "没有读懂")
    assert {"Sheet1 D11：事业收入", "Sheet1 D12：经营性收入", "Sheet1 D13：其他", "Sheet1 D14：其他"} <= {*told}


def test_years_that_stay_are_told() -> None:
    told = lines(next_year(workbook("sample-national-goal-2011")), "以前的年度")
    assert told[0] == "Sheet1 B7：2024年1月—2025年12月" and len(told) == 5


AIMS = {"name", "level1", "level2", "target", "weight", "unit", "department", "expected", "rubric"}
RESULTS = {"actual", "score", "executed", "rate"}


@pytest.mark.parametrize("form", [form for form in FORMS.values() if form.on_sheets], ids=lambda form: form.id)
def test_nothing_is_cleared_that_aims_at_something(form: FormFile) -> None:
    """By the truth of the published forms; of what was achieved only stays what is no statement, or was not certain."""
    document = published(form)
    local = [found for found in forms(document) if not is_known(found)]
    renewal = Renewal(document, local, 2031, formulas_stay=True)
    certain = {cell.place.spot for found in local for cell in found.evaluation.certain.every_cell() if filled(cell)}
    for spot, names in form.truth().items():
        fields = {name.rpartition(".")[2] for name in names}
        cleared = place(form, *spot).spot in renewal.texts
        assert not (fields & AIMS and cleared)
        assert cleared or not fields <= RESULTS or place(form, *spot).spot not in certain


# ---- formulas


def with_cells(document: Document, **typed: Cell) -> Document:
    """The workbook with these cells on its first sheet."""
    [first, *_] = document.grids
    changed = {**first.cells, **{split_address(at): cell for at, cell in typed.items()}}
    return document.with_grids(lambda grid: grid._replace(cells=changed) if grid is first else grid)


def number(text: str, formula: str) -> Cell:
    return Cell(text, Decimal(text), formula)


def test_formulas_of_others_stay_and_show_what_they_give_now() -> None:
    document = with_cells(
        workbook("suixi-2019"),
        D6=number("30", "SUM(D7:D8)"),
        G6=number("1", "E6/D6"),
        G22=number("100", "SUM(G12:G21)+H6"),
        J6=number("60", "D6*2"),
        J7=number("100", "SUM(D12:D21)"),
    )
    changes = {address(change.row, change.column): change for change in copy(next_year(document)).changes}
    assert (changes["D6"].value, changes["D6"].formula) == (0, "SUM(D7:D8)")
    assert (changes["G6"].value, changes["G6"].formula) == ("#DIV/0!", "E6/D6")
    assert (changes["G22"].value, changes["J6"].value) == (0, 0)
    assert "J7" not in changes  # weights stay, and so does their sum


def test_a_formula_nobody_here_can_work_out_shows_nothing_and_is_told() -> None:
    document = with_cells(
        workbook("suixi-2019"),
        J6=number("30", "GETPIVOTDATA(D7)"),
        J7=number("30", 'INDIRECT("D7")'),
        J8=number("7", "TODAY()"),
    )
    plan = next_year(document)
    assert written(plan)["J6"] == NOT_KNOWN
    assert not {"J7", "J8"} & written(plan).keys()
    assert lines(plan, "结果已清空") == ["Sheet1 J6"]
    assert lines(plan, "没有读懂，显示的") == ["Sheet1 J7"]


def test_a_bound_workbook_stays_bound_with_its_formulas() -> None:
    document = with_cells(workbook("suixi-2019"), G6=Cell(""), G7=Cell(""))
    binding = bind.plan(document)
    bound = with_changes(binding.document, binding.changes)
    plan = next_year(bound)
    changes = {address(change.row, change.column): change for change in copy(plan).changes}
    assert changes["G6"].formula and changes["G6"].value == ""  # 执行率 of nothing
    assert not copy(plan).unbound
    assert not any("没有绑定" in remark.heading for remark in plan.remarks)
    assert any("没有绑定" in remark.heading for remark in next_year(document).remarks)


# ---- documents that are only read


def texts(plan: Plan) -> Counter[str]:
    """What the new workbook's forms print."""
    [file] = plan.files
    assert isinstance(file.model, Book)
    blocks = [block for sheet in file.model.sheets for block in word_form(sheet.form)]
    said = [block.text for block in blocks if isinstance(block, Paragraph)]
    said += [cell.text for table in blocks if isinstance(table, Table) for row in table.rows for _, cell in row.cells]
    return Counter(text for text in said if text)


def test_a_word_form_becomes_a_workbook_in_its_own_layout() -> None:
    gone = ["480000.00"] * 4 + ["432000.00"] * 2 + ["90.00%"] * 2 + ["12场", "95人", "50", "50", "100"]
    stated = [cell.strip() for line in SELF_EVALUATION.splitlines() for cell in line.split("|") if cell.strip()]
    expected = Counter([*stated, "某某县项目支出绩效自评表", "（2025年度）", "单位：元"]) - Counter(gone)
    assert texts(next_year(typed())) == expected
