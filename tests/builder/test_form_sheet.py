"""The built workbooks, read back with openpyxl: what an accountant sees when she opens one."""

from io import BytesIO

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.actions.assemble import assemble
from jixiao.actions.create import new
from jixiao.builder import build
from jixiao.evaluation import Evaluation
from jixiao.forms import library
from jixiao.forms.compose import carried
from jixiao.forms.drawing import Content, DrawnRow, Label
from jixiao.forms.placement import Placement
from jixiao.forms.recognised import Recognised
from jixiao.grid import Cell, Grid


def sheet(form: str, **wishes: bool) -> Worksheet:
    return openpyxl.load_workbook(BytesIO(build(new(form, 2025, **wishes)))).worksheets[0]


@pytest.mark.parametrize("form", library.identifiers())
def test_it_prints_on_a4_one_page_wide(form: str) -> None:
    ws = sheet(form)
    assert ws.page_setup.paperSize == 9
    assert (ws.page_setup.fitToWidth, ws.page_setup.fitToHeight) == (1, 0)
    assert ws.print_area.endswith(f"${chr(64 + library.drawing(form).width)}${ws.print_area.rpartition('$')[2]}")


def test_the_three_kinds_of_cells_have_three_colours() -> None:
    ws = sheet("sichuan-project-2023")
    names = {
        name: ws[area.attr_text.rpartition("!")[2].partition(":")[0]]
        for name, area in ws.defined_names.items()
        if "!" in area.attr_text
    }
    colour = {fact: names[fact].fill.fgColor.rgb[-6:] for fact in ("project.name", "funds.total.rate", "total.score")}
    score = ws.cell(names["indicators.score"].row + 1, names["indicators.score"].column).fill.fgColor.rgb[-6:]
    assert colour["funds.total.rate"] == colour["total.score"]
    assert len({*colour.values(), score}) == 3


def test_drop_downs_ask_before_another_entry_only_where_the_list_is_closed() -> None:
    lists = {v.formula1: v for v in sheet("sichuan-project-2023").data_validations.dataValidation}
    assert lists['"＝,≥,≤,＞,＜,定性"'].showErrorMessage
    assert not lists['"优,良,中,差"'].showErrorMessage
    assert not [formula for formula in lists if "…" in formula]


def test_filling_rules_are_cell_notes() -> None:
    notes = [cell.comment.text for row in sheet("datong-project-2021").iter_rows() for cell in row if cell.comment]
    assert any("不要照抄指标值" in note for note in notes)


def test_protection_leaves_inputs_open_and_has_no_password() -> None:
    ws = sheet("national-project-2020", protect=True)
    assert ws.protection.sheet and not ws.protection.password
    spot = ws.defined_names["project.name"].attr_text.rpartition("!")[2]
    total = ws.defined_names["total.score"].attr_text.rpartition("!")[2]
    assert not ws[spot].protection.locked
    assert ws[total].protection.locked


def test_names_are_of_the_sheet_and_never_look_like_cells() -> None:
    ws = sheet("wuhua-project-2024")
    book = ws.parent
    assert set(book.defined_names) <= {"_xlnm.Print_Area"}
    assert ws.defined_names["jx.form"].attr_text == '"wuhua-project-2024"'
    assert {"funds.total.executed", "indicators.score", "jx.scheme", "jx.marks"} <= set(ws.defined_names)


def test_nothing_forces_a_recalculation_on_opening() -> None:
    for form in library.identifiers():
        book = openpyxl.load_workbook(BytesIO(build(new(form, 2025))))
        assert not book.calculation.fullCalcOnLoad


def wide(rows: list[DrawnRow], *widths: int) -> Worksheet:
    """An imported form without anything for a report, of these rows and columns."""
    drawing = library.drawing("sichuan-project-2023")._replace(
        title="自评表", widths=widths, rows=rows, specs=[], extras=[], scheme="local", summary=False
    )
    grid = Grid(
        "",
        {
            (r, c): Cell(_text(cell), _text(cell))
            for r, row in enumerate(rows, 1)
            for c, cell in enumerate(row.cells, 1)
        },
    )
    form = Recognised(
        grid, drawing, Placement({}, {}), {r: r - 1 for r, _ in enumerate(rows, 1)}, Evaluation("", "local", "", {}, {})
    )
    return openpyxl.load_workbook(BytesIO(build(assemble([carried(form)], (), False)))).worksheets[0]


def _text(cell: Content) -> str:
    return cell.text if isinstance(cell, Label) else ""


@pytest.mark.parametrize("widths, way", [((5000, 5000), "portrait"), ((7000, 7000), "landscape")])
def test_a_form_too_wide_for_an_upright_page_lies_across(widths: tuple[int, int], way: str) -> None:
    assert wide([DrawnRow([Label("甲"), Label("乙")])], *widths).page_setup.orientation == way


def test_numbers_among_the_words_are_numbers_and_fit_their_columns() -> None:
    """1,234,567.80 in a column of five characters would be shown as ####; 007 is a name."""
    ws = wide([DrawnRow([Label("1,234,567.80"), Label("007")])], 525, 525)
    assert (ws["A1"].value, ws["A1"].number_format, ws["B1"].value) == (1234567.8, "#,##0.00", "007")
    assert (ws.column_dimensions["A"].width >= 13, ws.column_dimensions["B"].width) == (True, 5)


def test_nothing_stands_beside_a_form_without_facts_for_the_report() -> None:
    ws = wide([DrawnRow([Label("甲"), Label("乙")])], 5000, 5000)
    assert ws.max_column == 2


def test_a_title_in_a_row_of_no_stated_height_is_whole() -> None:
    ws = wide([DrawnRow([Label("自评表"), Label("乙")]), DrawnRow([Label("甲"), Label("乙")])], 5000, 5000)
    assert ws.row_dimensions[1].height > 26 > ws.row_dimensions[2].height
