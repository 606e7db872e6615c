"""导入: what is kept, what is listed, what is said."""

from collections.abc import Callable

from jixiao.actions.export import export_word
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.grid import Area, Cell, Document, Grid
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.report.document import Table

Open = Callable[[str], PackageHost]


def with_cells(document: Document, **cells: tuple[int, int]) -> Document:
    first = document.grids[0]
    written = {spot: Cell(text, text) for text, spot in cells.items()}
    return document._replace(blocks=[first._replace(cells={**first.cells, **written}), *document.grids[1:]])


def test_failed_formulas_come_back_as_formulas(opened: Open) -> None:
    """A colleague without the add-in saved the workbook: every PERF_ cell shows #NAME?."""
    document = opened("datong-2021-project").read()
    grid = document.grids[0]
    broken = {
        spot: cell._replace(text="#NAME?", value="#NAME?") if cell.formula and "PERF_" in cell.formula else cell
        for spot, cell in grid.cells.items()
    }
    damaged = document._replace(blocks=[grid._replace(cells=broken), *document.grids[1:]])
    again = PackageHost.from_bytes(build(import_document(damaged)), "再导入.xlsx").read().grids[0]
    assert not [cell for cell in again.cells.values() if cell.text.startswith("#")]
    score = again.names["indicators.score"]
    assert again.at(score.top + 1, score.left).text == "20"
    assert again.at(score.top + 1, score.left).formula
    [table] = [block for block in export_word(damaged).blocks if isinstance(block, Table)]
    assert not [cell for row in table.rows for _, cell in row.cells if "#" in cell.text]


def test_remarks_in_our_own_workbook_are_listed(opened: Open) -> None:
    document = with_cells(opened("datong-2021-project").read(), 我的备注=(70, 1), 旁注=(5, 24))
    assert {"我的备注", "旁注"} == {stated.text for stated in import_document(document).unplaced}


def test_a_table_inside_another_is_not_listed_twice(seeds: str) -> None:
    document = load_document(f"{seeds}/datong-2021-project.docx")
    before = [stated.text for stated in import_document(document).unplaced]
    outer = Grid("", {(1, 1): Cell("说明\n甲\t乙", "说明\n甲\t乙")}, table=2)
    inner = Grid("", {(1, 1): Cell("甲", "甲"), (1, 2): Cell("乙", "乙")}, table=3, inside=2)
    with_both = document._replace(blocks=[*document.blocks, outer, inner])
    after = [stated.text for stated in import_document(with_both).unplaced]
    assert sorted(after) == sorted([*before, "说明\n甲\t乙"])


def test_what_an_earlier_import_left_over_stays_left_over(opened: Open) -> None:
    first = import_document(opened("wuhua-2024-project").read())
    second = import_document(PackageHost.from_bytes(build(first), "一.xlsx").read())
    assert [stated.text for stated in first.unplaced] == [stated.text for stated in second.unplaced]
    assert len(first.unplaced) == 76  # the paragraphs of the report behind the published form


def test_sheets_keep_their_names(opened: Open) -> None:
    document = opened("anju-2023-accounts-and-projects").read()
    renamed = document._replace(blocks=[document.grids[0]._replace(title="困难补助"), *document.grids[1:]])
    assert import_document(renamed).sheets[0].title == "困难补助"


def test_a_missing_column_is_said_at_once(opened: Open) -> None:
    document = opened("datong-2021-project").read()
    grid = document.grids[0]
    names = {name: area for name, area in grid.names.items() if name != "indicators.weight"}
    damaged = document._replace(blocks=[grid._replace(names=names), *document.grids[1:]])
    [defect] = import_document(damaged).defects
    assert (defect.code, "分值" in defect.message) == ("R56", True)


def test_a_form_with_a_column_less_is_not_forced_into_the_template(seeds: str) -> None:
    """大同 without its column 分值 is a form of another place: nothing of it may land one column too far left."""
    document = load_document(f"{seeds}/datong-2021-project.docx")
    grid = document.grids[0]
    cells = {
        (row, column - (column > 7)): cell
        for (row, column), cell in grid.cells.items()
        if not (column == 7 and row >= 5)
    }
    merges = [Area(a.top, a.left, a.bottom, a.right - (a.right >= 7)) for a in grid.merges]
    [sheet] = import_document(document._replace(blocks=[grid._replace(cells=cells, merges=merges)])).sheets
    assert (sheet.form.constants["jx.form"], sheet.form.layout.drawing.width) == ("local", 8)


def test_formulas_without_a_saved_value_are_computed(opened: Open) -> None:
    """A program that keeps formulas but no values (openpyxl) saved the workbook."""
    document = opened("wuhua-2024-project").read()
    grid = document.grids[0]
    emptied = {spot: cell._replace(text="", value=None) if cell.formula else cell for spot, cell in grid.cells.items()}
    [sheet] = import_document(document._replace(blocks=[grid._replace(cells=emptied)])).sheets
    facts = sheet.form.layout.placement.facts
    assert str(sheet.form.contents[facts["total.score"]].value) == "99.97"
    assert str(sheet.form.contents[facts["execution.score"]].value) == "2.99"
    assert "优☑" in str(sheet.form.contents[facts["grade"]].value)
