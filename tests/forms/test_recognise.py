"""Forms found by their printed labels. The expected values are read off the published documents."""

from pathlib import Path

import pytest

from jixiao.forms.recognise import forms, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Area, Cell, Document, Grid, Paragraph
from jixiao.hosts.word.reading import read_document

SEEDS = Path(__file__).parents[1] / "seeds"


def found(name: str) -> list[Recognised]:
    return forms(read_document(str(SEEDS / f"{name}.docx")))


@pytest.fixture(scope="module")
def wuhua() -> Recognised:
    [form] = found("wuhua-2024-project")
    return form


@pytest.fixture(scope="module")
def datong() -> Recognised:
    [form] = found("datong-2021-project")
    return form


@pytest.fixture(scope="module")
def anju() -> list[Recognised]:
    return found("anju-2023-accounts-and-projects")


def test_each_document_is_known_by_its_labels(wuhua: Recognised, datong: Recognised, anju: list[Recognised]) -> None:
    assert wuhua.drawing.id == "wuhua-project-2024"
    assert datong.drawing.id == "datong-project-2021"
    assert [form.drawing.id for form in anju] == ["sichuan-project-2023"] * 5


def test_wuhua_facts(wuhua: Recognised) -> None:
    evaluation = wuhua.evaluation
    assert evaluation.text("year") == "2024"  # printed above the table
    assert evaluation.text("project.name") == "社会保险保障运行专项经费"
    assert evaluation.text("funds.total.rate") == "99.83%"
    assert evaluation.text("execution.score") == "2.99"
    assert evaluation.text("total.score") == "99.97"
    assert evaluation.text("grade") == "优"
    assert evaluation.defects == [] and evaluation.unplaced == []


def test_each_form_of_a_document_has_the_year_printed_above_it() -> None:
    """Two years' forms in one file: what stands above the second is not said of the first."""
    document = read_document(str(SEEDS / "wuhua-2024-project.docx"))
    count = len(document.paragraphs)
    next_year = [
        Paragraph(block.number + count, block.text.replace("2024", "2025"))
        if isinstance(block, Paragraph)
        else block._replace(table=2)
        for block in document.blocks
    ]
    both = forms(Document("两年.docx", [*document.blocks, *next_year]))
    assert [form.evaluation.text("year") for form in both] == ["2024", "2025"]


def test_wuhua_groups_follow_the_merged_cells(wuhua: Recognised) -> None:
    groups = [(g.level, g.label, g.weight.text, len(g.members)) for g in wuhua.evaluation.groups]
    assert groups[:2] == [(1, "决策、过程", "40", 11), (1, "产出", "60", 6)]
    assert [group for group in groups if group[1] == "资金管理"] == [(2, "资金管理", "6", 2), (2, "资金管理", "6", 1)]


def test_datong_has_six_indicators_and_twenty_one_empty_rows(datong: Recognised) -> None:
    evaluation = datong.evaluation
    names = [row.name.text for row in evaluation.indicators if row.name]
    assert names == [
        "日常工作的完成率",
        "1经费保障率",
        "经费准确率",
        "支付使用及时性",
        "解决日常办公正常运转，业务及时办结",
        "满意度",
    ]
    assert len(evaluation.skeleton) == 21
    assert evaluation.text("funds.total.adjusted") == "194"
    satisfaction = evaluation.indicators[-1]
    assert satisfaction.level1 and satisfaction.level1.text == "满意度指标"
    assert satisfaction.level2 and satisfaction.level2.text == "服务对象满意度指标"


def test_anju_counts_and_totals(anju: list[Recognised]) -> None:
    assert [len(form.evaluation.indicators) for form in anju] == [6, 4, 7, 6, 3]
    assert [form.evaluation.text("total.score") for form in anju] == ["100", "95", "95", "100", "100"]
    assert {form.evaluation.text("year") for form in anju} == {"2023"}
    assert anju[4].evaluation.text("funds.total.adjusted") == "138.19"


def test_a_printed_filling_note_is_nobodys_statement(anju: list[Recognised]) -> None:
    assert anju[0].evaluation.text("funds.reason") == ""


def as_grid(rows: list[list[str]], merges: list[Area] | None = None) -> Document:
    cells = {(r, c): Cell(text, text or None) for r, row in enumerate(rows, 1) for c, text in enumerate(row, 1)}
    return Document("表.docx", [Grid("", cells, merges or [], table=1)])


def without_column(form: Recognised, column: int) -> Document:
    """The form with one column cut out of every row that has it as a cell of its own."""
    grid = form.grid
    cells = {}
    for (row, col), cell in grid.cells.items():
        if col != column:
            cells[row, col - (col > column)] = cell
    merges = [
        Area(a.top, a.left - (a.left > column), a.bottom, a.right - (a.right >= column))
        for a in grid.merges
        if not a.left == a.right == column
    ]
    return Document("表.docx", [grid._replace(cells=cells, merges=merges)])


def test_a_form_without_a_column_is_another_form(anju: list[Recognised]) -> None:
    """Places leave columns of the official form out: that is their form, no defect of this one."""
    assert not any(is_known(form) for form in forms(without_column(anju[0], 8)))  # 完成值


def test_shifted_merges_are_a_finding_and_the_rest_is_read(anju: list[Recognised]) -> None:
    grid = anju[0].grid
    name_row = next(row for (row, _), cell in grid.cells.items() if cell.text == "应发尽发")
    shifted = grid._replace(merges=[*grid.merges, Area(name_row, 5, name_row, 6)])
    [form] = forms(Document("表.docx", [shifted]))
    assert [finding.code for finding in form.evaluation.defects] == ["R57"]
    assert form.evaluation.text("total.score") == "100"


def test_a_table_that_is_no_form_is_passed_over() -> None:
    assert forms(as_grid([["姓名", "得分"], ["某", "90"]])) == []


def test_rows_beyond_the_drawing_belong_to_their_block(datong: Recognised) -> None:
    """An accountant inserted two more quantity indicators."""
    grid = datong.grid
    at = 15  # the row 指标2 of 数量指标 and a copy behind it
    cells = {}
    for (row, column), cell in grid.cells.items():
        cells[row + 2 * (row > at), column] = cell
    for extra in (at + 1, at + 2):
        for column in range(1, 10):
            if (at, column) in grid.cells:
                cells[extra, column] = grid.cells[at, column]
        cells[extra, 4] = Cell(f"指标{extra}：培训人次", f"指标{extra}：培训人次")
        cells[extra, 7] = Cell("5", "5")
    merges = [
        Area(
            a.top + 2 * (a.top > at), a.left, a.bottom + 2 * (a.bottom > at or (a.bottom == at and a.top < at)), a.right
        )
        for a in grid.merges
    ]
    [form] = forms(Document("表.docx", [grid._replace(cells=cells, merges=merges)]))
    assert len(form.evaluation.indicators) == 8
    assert form.evaluation.unplaced == []


def test_what_is_typed_behind_a_printed_note_is_a_statement(anju: list[Recognised]) -> None:
    grid = anju[0].grid
    spot = next(spot for spot, cell in grid.cells.items() if cell.text.startswith("1.预算执行率="))
    typed = grid.cells[spot].text + "\n年中压减专项经费。"
    [form] = forms(Document("表.docx", [grid._replace(cells={**grid.cells, spot: Cell(typed, typed)})]))
    assert form.evaluation.text("funds.reason") == "年中压减专项经费。"


def test_a_cut_off_last_column_is_a_finding(datong: Recognised) -> None:
    """Every full row of the Word table lost its last cell; the merged rows kept their width."""
    grid = datong.grid
    wide = {row for area in grid.merges if area.right == 9 for row in range(area.top, area.bottom + 1)}
    cells = {spot: cell for spot, cell in grid.cells.items() if spot[1] < 9 or spot[0] in wide}
    [form] = forms(Document("表.docx", [grid._replace(cells=cells)]))
    [finding] = form.evaluation.defects
    assert finding.code == "R56"
    assert "偏差原因分析及改进措施" in finding.message
    assert all(row.reason is None for row in form.evaluation.indicators)


def test_an_emptied_column_is_a_missing_one(datong: Recognised) -> None:
    cells = {
        (row, column): Cell("") if column == 6 and 13 <= row <= 39 else cell
        for (row, column), cell in datong.grid.cells.items()
    }
    cells[12, 6] = Cell("")  # the heading 实际完成值
    [form] = forms(Document("表.docx", [datong.grid._replace(cells=cells)]))
    assert "实际完成值" in form.evaluation.defects[0].message
    assert all(row.actual is None for row in form.evaluation.indicators)


def test_what_has_no_place_is_listed(datong: Recognised) -> None:
    """A remark in a column of its own, an own row, and a label with something written into it."""
    grid = datong.grid
    cells = {
        **grid.cells,
        (14, 10): Cell("已核对", "已核对"),
        (48, 1): Cell("备注：数据来自财务科", "备注：数据来自财务科"),
        (1, 1): Cell("项目支出绩效自评表（第二稿）", "项目支出绩效自评表（第二稿）"),
    }
    [form] = forms(Document("表.docx", [grid._replace(cells=cells)]))
    texts = {stated.text for stated in form.evaluation.unplaced}
    assert texts == {"已核对", "备注：数据来自财务科", "项目支出绩效自评表（第二稿）"}
    assert form.evaluation.text("total.score") == "100"


def test_headings_decide_where_names_point_elsewhere(datong: Recognised) -> None:
    """Somebody moved 分值 before 指标值 and typed the headings anew; the names of our workbook stayed where they were."""
    columns = {"target": 5, "actual": 6, "weight": 7}
    names = {f"indicators.{field}": Area(12, column, 40, column) for field, column in columns.items()}
    cells = {(12, 5): Cell("分值"), (12, 6): Cell("年度\n指标值"), (12, 7): Cell("实际完成值"), (13, 5): Cell("20")}
    grid = Grid("表", cells, names=names, constants={"jx.form": "datong-project-2021"})
    [form] = forms(Document("表.xlsx", [grid]))
    assert dict(form.placement.bands["indicators"].columns) == {"weight": 5, "target": 6, "actual": 7}
