"""绑定, planned in memory. Places and values are read off the published forms by hand."""

import sys
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions import bind, undo
from jixiao.actions.examine import examined
from jixiao.actions.fill import fill
from jixiao.actions.plan import Plan
from jixiao.errors import Refusal
from jixiao.formats import printed
from jixiao.grid import Area, Binding, Cell, Change, Document, Grid, Value
from jixiao.places import split_address

sys.path.insert(0, str(Path(__file__).parents[1] / "forms" / "local"))

from building import document as published
from form_file import every

WORKBOOKS = {form.id: published(form)._replace(editable=True) for form in every() if form.on_sheets}


def filled(document: Document, changes: Sequence[Change]) -> Document:
    """The document once these changes stand in it."""
    cells = {grid.title: dict(grid.cells) for grid in document.grids}
    for change in changes:
        cells[change.sheet][change.row, change.column] = Cell(_shown(change), change.value, change.formula)
    return document.with_grids(lambda grid: grid._replace(cells=cells[grid.title]))


def _shown(change: Change) -> str:
    if isinstance(change.value, Decimal):
        return printed(change.value, change.number_format)
    return str(change.value or "")


def edited(document: Document, **cells: Value) -> Document:
    """The same workbook with other contents of cells on its first sheet (``I7="x"``)."""
    first = document.grids[0]
    changed = dict(first.cells)
    for address, value in cells.items():
        changed[split_address(address)] = Cell("" if value is None else str(value), value)
    return document.with_grids(lambda grid: grid._replace(cells=changed) if grid.title == first.title else grid)


def formulas(plan: Plan) -> dict[tuple[int, int], str | None]:
    return {(change.row, change.column): change.formula for change in plan.changes}


def binding(plan: Plan) -> Binding:
    [only] = plan.bindings
    return only


def said(document: Document) -> list[tuple[Counter[str], str]]:
    """What a check says of every form, and what it looked at."""
    return [(Counter(finding.line() for finding in form.findings), form.coverage.said) for form in examined(document)]


# ---------------------------------------------------------------- what is bound


def test_names_stand_where_the_form_prints_its_figures() -> None:
    """永德县 2022: 执行数 in G, 分值 in H, indicators in rows 14–23 below two rows of headings."""
    names = binding(bind.plan(WORKBOOKS["yongde-2022"])).names
    assert names["project.name"] == Area(3, 3, 3, 3)
    assert names["funds.total.executed"] == Area(6, 7, 6, 7)
    assert names["execution.weight"] == Area(6, 8, 6, 8)
    assert names["goal.actual"] == Area(11, 7, 11, 7)
    assert names["indicators.actual"] == Area(13, 7, 24, 7)
    assert names["total.score"] == Area(25, 9, 25, 9)


def test_a_sheet_says_that_it_is_somebody_elses_and_how_it_is_scored() -> None:
    constants = binding(bind.plan(WORKBOOKS["yongde-2022"])).constants
    assert constants == {"jx.form": "local", "jx.scheme": "local", "jx.formulas": "native", "jx.bound": "yes"}


def test_a_form_that_is_drawn_is_bound_as_that_drawing() -> None:
    constants = binding(bind.plan(WORKBOOKS["putuo-2022"])).constants
    assert constants["jx.form"] == "national-project-2020"
    assert constants["jx.scheme"] == "national-2020"


def test_a_rate_typed_as_a_plain_number_prints_as_it_did() -> None:
    assert (8, 6) not in binding(bind.plan(WORKBOOKS["shidian-2021"])).rates  # 0.1, of nobody knows what
    blank = edited(WORKBOOKS["shidian-2021"], F8=None)
    assert (8, 6) in binding(bind.plan(blank)).rates


def test_blank_rates_get_a_native_formula_and_print_as_rates() -> None:
    plan = bind.plan(WORKBOOKS["yongde-2022"])
    assert formulas(plan)[7, 9] == 'IF(COUNT(G7,E7)<2,"",IFERROR(ROUND(G7/E7,4),""))'
    assert (7, 9) in binding(plan).rates


def test_functions_are_written_if_they_are_asked_for() -> None:
    constants = binding(bind.plan(WORKBOOKS["yongde-2022"], functions=True)).constants
    assert constants["jx.formulas"] == "functions"


@pytest.mark.parametrize("identifier", WORKBOOKS)
def test_only_blank_cells_get_anything_and_only_formulas(identifier: str) -> None:
    document = WORKBOOKS[identifier]
    grids = {grid.title: grid for grid in document.grids}
    for change in bind.plan(document).changes:
        assert change.formula
        assert not grids[change.sheet].at(change.row, change.column).text


@pytest.mark.parametrize("identifier", WORKBOOKS)
def test_binding_changes_nothing_of_what_a_check_says(identifier: str) -> None:
    document = WORKBOOKS[identifier]
    plan = bind.plan(document)
    assert said(plan.document) == said(document)
    assert said(filled(plan.document, plan.changes)) == said(document)


# ---------------------------------------------------------------- what stays as it is


def test_a_number_typed_as_text_stays_and_what_would_read_it_waits() -> None:
    document = edited(WORKBOOKS["yongde-2022"], G7="387664.62")
    plan = bind.plan(document)
    assert (7, 9) not in formulas(plan)
    assert all(change.formula for change in plan.changes)
    assert any("I7" in line for remark in plan.remarks for line in remark.lines)


@pytest.mark.parametrize("text", ["1,00 0", "约387664", "九十", "387664.62元", "#REF!"])
def test_no_total_passes_over_a_text_among_its_parts(text: str) -> None:
    """E6, the total of 全年预算数 in E7:E9, and what would divide by it."""
    plan = bind.plan(edited(WORKBOOKS["yongde-2022"], E6=None, E7=text))
    assert not {(6, 5), (7, 9)} & formulas(plan).keys()
    assert any("E6" in line and "E7" in line for remark in plan.remarks for line in remark.lines)


def test_an_amount_with_its_unit_stays_as_it_was_typed() -> None:
    """38.77万元 on a form in 元: as a bare number it would lose what it counts."""
    plan = bind.plan(edited(WORKBOOKS["yongde-2022"], E7="38.77万元"))
    assert not fill(filled(plan.document, plan.changes)).changes


def test_a_dash_among_the_parts_is_nothing_in_the_way() -> None:
    """E9 is a dash on the published form: 其他资金 —."""
    assert formulas(bind.plan(edited(WORKBOOKS["yongde-2022"], E6=None)))[6, 5] == (
        'IF(COUNT(E7,E8,E9)=0,"",ROUND(SUM(E7,E8,E9),6))'
    )


def test_amounts_in_another_unit_than_the_form_are_not_added_up() -> None:
    document = edited(WORKBOOKS["yongde-2022"], E6=None, C7="其中：当年财政拨款（万元）")
    assert not {(6, 5), (7, 9)} & formulas(bind.plan(document)).keys()


def test_a_dash_is_no_figure_that_was_typed() -> None:
    document = edited(WORKBOOKS["yongde-2022"], I6="—")
    plan = bind.plan(document, replace_typed=True)
    assert (6, 9) not in formulas(plan)


def test_a_row_inserted_into_the_funds_counts_from_the_next_fill() -> None:
    """The sum was written before 财政专户管理资金 stood between 结转 and 其他."""
    plan = bind.plan(edited(WORKBOOKS["yongde-2022"], E6=None))
    document = filled(plan.document, plan.changes)
    [sheet] = document.grids
    older = sheet.cells[6, 5]._replace(formula='IF(COUNT(E7,E9)=0,"",ROUND(SUM(E7,E9),6))')
    found = fill(document.with_grids(lambda grid: grid._replace(cells={**sheet.cells, (6, 5): older})))
    assert {(6, 5): 'IF(COUNT(E7,E8,E9)=0,"",ROUND(SUM(E7,E8,E9),6))'}.items() <= {
        (change.row, change.column): change.formula for change in found.changes
    }.items()


def test_a_formula_of_the_bureau_stays_even_where_typed_ones_are_replaced() -> None:
    first = WORKBOOKS["yongde-2022"].grids[0]
    cells = {**first.cells, (6, 9): Cell("99%", Decimal("0.99"), "G6/E6-0.01")}
    document = WORKBOOKS["yongde-2022"]._replace(blocks=[first._replace(cells=cells)])
    plan = bind.plan(document, replace_typed=True)
    assert (6, 9) not in formulas(plan)
    assert not any("I6" in line for remark in plan.remarks for line in remark.lines)


def test_what_was_typed_is_replaced_only_if_that_is_wished() -> None:
    document = edited(WORKBOOKS["yongde-2022"], I6=Decimal("0.9"))
    assert (6, 9) not in formulas(bind.plan(document))
    assert any("I6" in line for remark in bind.plan(document).remarks for line in remark.lines)
    assert (6, 9) in formulas(bind.plan(document, replace_typed=True))


# ---------------------------------------------------------------- twice, several, older, none


def test_a_form_bound_twice_is_bound_once() -> None:
    plan = bind.plan(WORKBOOKS["yongde-2022"])
    again = bind.plan(filled(plan.document, plan.changes))
    assert not (again.bindings or again.changes or again.step)


def test_names_of_an_older_version_give_way_and_come_back() -> None:
    [first] = WORKBOOKS["yongde-2022"].grids
    older = {"funds.total.executed": Area(9, 9, 9, 9), "theirs.own": Area(1, 1, 1, 1)}
    grid = first._replace(names=older, constants={"jx.bound": "yes", "jx.form": "county-project-2019"})
    document = WORKBOOKS["yongde-2022"]._replace(blocks=[grid])
    plan = bind.plan(document)
    assert binding(plan).names["funds.total.executed"] == Area(6, 7, 6, 7)
    assert plan.step
    former = Binding(first.title, {"funds.total.executed": Area(9, 9, 9, 9)}, grid.constants)
    assert plan.step.former == [former]
    assert undo.plan(plan.document, [plan.step]).former == [former]


def test_twenty_forms_on_one_sheet_are_all_bound() -> None:
    [first] = WORKBOOKS["suixi-2019"].grids
    height = first.height + 2
    cells = {(row + i * height, column): cell for i in range(20) for (row, column), cell in first.cells.items()}
    merges = [Area(a.top + i * height, a.left, a.bottom + i * height, a.right) for i in range(20) for a in first.merges]
    plan = bind.plan(Document("多表.xlsx", [Grid("全部", cells, merges)], editable=True))
    names = binding(plan).names
    assert names["funds.total.executed"] == Area(6, 5, 6, 5)
    assert names["form20.funds.total.executed"] == Area(6 + 19 * height, 5, 6 + 19 * height, 5)
    assert [row for row, column in formulas(plan) if column == 7] == [8 + i * height for i in range(20)]


def test_a_workbook_without_forms_is_refused() -> None:
    with pytest.raises(Refusal, match="没有找到"):
        bind.plan(Document("名单.xlsx", [Grid("Sheet1", {(1, 1): Cell("姓名", "姓名")})], editable=True))


def test_a_document_that_can_only_be_read_is_refused_with_what_to_do() -> None:
    with pytest.raises(Refusal, match="导入"):
        bind.plan(WORKBOOKS["yongde-2022"]._replace(editable=False))


def test_a_form_that_nobody_here_has_drawn_is_bound_as_what_it_is() -> None:
    [first] = WORKBOOKS["yongde-2022"].grids
    left = first._replace(constants={"jx.form": "county-project-2019"})
    assert binding(bind.plan(WORKBOOKS["yongde-2022"]._replace(blocks=[left]))).constants["jx.form"] == "local"


# ---------------------------------------------------------------- taken back


def test_one_undo_takes_all_of_it_back() -> None:
    document = WORKBOOKS["yongde-2022"]
    plan = bind.plan(document)
    assert plan.step
    taken = undo.plan(filled(plan.document, plan.changes), [plan.step])
    assert taken.bindings == plan.bindings
    assert {(change.row, change.column): (change.value, change.formula) for change in taken.changes} == {
        (change.row, change.column): (None, None) for change in plan.changes
    }
