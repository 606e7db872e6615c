"""What users do to a workbook of ours in a real spreadsheet, and what fill, check, report and export make of it."""

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document as WordFile

from jixiao.actions.create import new
from jixiao.actions.fill import fill
from jixiao.builder import build
from jixiao.cli import main
from jixiao.forms.recognise import forms
from jixiao.forms.recognised import Recognised
from jixiao.grid import Change, Document, Grid
from jixiao.hosts.package import PackageHost
from office_edit import Calc, Job, Step

BOTH = pytest.mark.parametrize("native", [True, False], ids=["native", "functions"])


def workbook(path: Path, form: str, native: bool, sheets: int, facts: dict[str, str], rows: dict[int, str]) -> Path:
    """A filled workbook; a row of indicators is ``name|target|actual|weight`` (四川: levels, nature and unit as well)."""
    host = PackageHost.from_bytes(build(new(form, 2024, sheets, native)), path.name)
    for grid in host.read().grids[:sheets]:
        host.write(typed(grid, facts, rows))
    host.write(fill(host.read()).changes)
    path.write_bytes(host.to_bytes())
    return path


def typed(grid: Grid, facts: dict[str, str], rows: dict[int, str]) -> list[Change]:
    columns = ["level1", "level2", "name", "nature", "target", "unit", "actual", "weight"]
    if "indicators.nature" not in grid.names:
        columns = ["name", "target", "actual", "weight"]
    changes = [
        Change(grid.title, grid.names[fact].top, grid.names[fact].left, value(text)) for fact, text in facts.items()
    ]
    for number, row in rows.items():
        for column, text in zip(columns, row.split("|"), strict=True):
            area = grid.names[f"indicators.{column}"]
            changes.append(Change(grid.title, area.top + 1 + number, area.left, value(text)))
    return changes


def value(text: str) -> Decimal | str | None:
    return Decimal(text) if text.replace(".", "").isdigit() else text or None


def read(path: Path) -> Document:
    return PackageHost(path).read()


def form(path: Path, sheet: str) -> Recognised:
    return next(found for found in forms(read(path)) if found.grid.title == sheet)


def fact(path: Path, sheet: str, name: str) -> object:
    grid = form(path, sheet).grid
    return grid.at(grid.names[name].top, grid.names[name].left).value


def findings(path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    main(["check", "--json", str(path)])
    return json.loads(capsys.readouterr().out)


def told(found: Sequence[dict[str, object]], severity: str) -> list[tuple[object, str, str]]:
    return [
        (item["code"], item["places"][0]["sheet"], item["places"][0]["cell"])
        for item in found
        if item["severity"] == severity
    ]  # type: ignore[index]


SICHUAN_FACTS = {
    "project.name": "51090423T000007870783-职业技能培训",
    "funds.fiscal.initial": "100", "funds.fiscal.adjusted": "100", "funds.fiscal.executed": "95",
}  # fmt: skip
SICHUAN_ROWS = {
    0: "产出指标|数量指标|培训人数|≥|50|人|50|15",
    1: "效益指标|社会效益指标|就业人数|≥|20|人|20|30",
    2: "满意度指标|服务对象满意度指标|学员满意度|≥|95|%|96|30",
}


def new_indicator(sheet: str, row: int, name: str) -> list[Step]:
    """40 of 50 for 5 points, typed into an inserted row of 四川: 4 points."""
    texts = ["产出指标", "数量指标", name, "≥", "50", "人", "40", "5", "", "学员请假"]
    return [
        ("enter_text" if text == "≥" else "enter", sheet, f"{column}{row}", text)
        for column, text in zip("BCDEFGHIJK", texts, strict=True)
        if text
    ]


@BOTH
def test_inserted_rows_copied_and_renamed_sheets(
    office: Calc, tmp_path: Path, capsys: pytest.CaptureFixture[str], native: bool
) -> None:
    source = workbook(tmp_path / "原.xlsx", "sichuan-project-2023", native, 2, SICHUAN_FACTS, SICHUAN_ROWS)
    band = read(source).grids[0].names["indicators.weight"]
    edited = tmp_path / "改 后.xlsx"
    steps: list[Step] = [
        ("insert_row", "项目1", band.bottom), *new_indicator("项目1", band.bottom, "紧贴合计"),
        ("insert_row", "项目1", band.top + 3), *new_indicator("项目1", band.top + 3, "两行之间"),
        ("insert_row", "项目1", band.top + 1), *new_indicator("项目1", band.top + 1, "紧贴表头"),
        ("copy", "项目1", "项目1 (2)"),
        ("enter", "项目1 (2)", "E9", "90"),  # 财政资金 预算执行数
        ("rename", "项目2", "O'Neil 项目"),
    ]  # fmt: skip
    office.edit(Job(source, edited, steps))
    assert main(["fill", str(edited)]) == 0
    assert "手工" not in capsys.readouterr().out

    names = [row.name.text for row in form(edited, "项目1").evaluation.indicators if row.name]
    assert names == ["紧贴表头", "培训人数", "就业人数", "两行之间", "学员满意度", "紧贴合计"]
    assert fact(edited, "项目1", "total.weight") == 100  # 10 + 15 + 30 + 30 + 3 × 5
    assert fact(edited, "项目1", "total.score") == Decimal("96.5")  # 9.5 + 75 + 3 × 4
    assert fact(edited, "项目1 (2)", "total.score") == 96  # its own 9 for 90 of 100
    assert fact(edited, "O'Neil 项目", "total.weight") == 85
    assert told(findings(edited, capsys), "error") == [("R05", "O'Neil 项目", f"I{band.bottom}")]

    summary = read(edited).grids[3]
    lines = [[summary.at(row, column).value for column in (1, 5, 7)] for row in range(4, 8)]
    assert lines == [
        ["项目1", 95, Decimal("96.5")],
        ["项目1 (2)", 90, 96],
        ["O'Neil 项目", 95, Decimal("84.5")],
        ["合计", 280, None],
    ]
    assert summary.at(6, 9).text == "5.00%"  # (100 - 95) / 100, printed like the lines above
    assert fill(read(edited)).changes == []
    recalculated = tmp_path / "重算.xlsx"
    if native:
        office.edit(Job(edited, recalculated))
        assert fact(recalculated, "项目1 (2)", "total.score") == 96
        assert fill(read(recalculated)).typed == []


@BOTH
def test_reports_exports_and_marks_of_edited_workbooks(
    office: Calc, tmp_path: Path, capsys: pytest.CaptureFixture[str], native: bool
) -> None:
    source = workbook(tmp_path / "原.xlsx", "sichuan-project-2023", native, 1, SICHUAN_FACTS, SICHUAN_ROWS)
    title = read(source).grids[0].title
    band = read(source).grids[0].names["indicators.weight"]
    edited = tmp_path / "改后.xlsx"
    steps: list[Step] = [
        ("insert_row", title, band.bottom), *new_indicator(title, band.bottom, "新增指标甲"),
        ("copy", title, "副本"),
        ("enter", "副本", "G9", "0.5"),  # 财政资金 预算执行率, typed over
    ]  # fmt: skip
    office.edit(Job(source, edited, steps))
    assert main(["fill", str(edited)]) == 0
    said = capsys.readouterr().out
    assert "副本" in said and "G9" in said

    assert main(["check", "--mark", str(edited)]) == 1
    rates = [item for item in told(findings(edited, capsys), "error") if item[0] == "R01"]
    assert rates == [("R01", "副本", "G9")]
    results = next(grid for grid in read(edited).grids if grid.title == "校验结果")
    marks = {column: {results.at(row, column).text for row in range(4, 40)} - {""} for column in (12, 13)}
    assert "G9" not in marks[12] and "G9" in marks[13]  # a column of its own for the copy

    reports = tmp_path / "报告"
    reports.mkdir()
    assert main(["report", str(edited), "-o", str(reports)]) == 0
    for path in reports.glob("*.docx"):
        cells = {cell.text for table in WordFile(str(path)).tables for row in table.rows for cell in row.cells}
        assert "新增指标甲" in cells, path.name
    assert len(list(reports.glob("*.docx"))) == 2

    assert main(["export", str(edited), "--word", "-o", str(tmp_path / "上报.docx")]) == 0
    assert main(["export", str(edited), "-o", str(tmp_path / "上报.xlsx")]) == 0
    for path in ("上报.docx", "上报.xlsx"):
        again = [item["code"] for item in findings(tmp_path / path, capsys) if item["severity"] == "error"]
        assert sorted(set(again)) == ["R01", "R05"], path
    exported = forms(read(tmp_path / "上报.xlsx"))
    assert [row.name.text for row in exported[0].evaluation.indicators if row.name][-1] == "新增指标甲"


def test_deleted_skeleton_rows_and_rows_among_printed_levels(office: Calc, tmp_path: Path) -> None:
    """大同: the labels of the levels are merged over their rows."""
    facts = {"funds.fiscal.initial": "10", "funds.fiscal.adjusted": "10", "funds.fiscal.executed": "8"}
    rows = {0: "培训班|≥4|4|50", 12: "增收|≥10|10|30", 24: "满意度|≥90%|92%|10"}
    source = workbook(tmp_path / "原.xlsx", "datong-project-2021", True, 1, facts, rows)
    grid = read(source).grids[0]
    band, title = grid.names["indicators.weight"], grid.title
    edited = tmp_path / "改后.xlsx"
    inserted = band.top + 2
    steps: list[Step] = [
        ("delete_row", title, band.bottom - 1),  # the last …… above the total
        ("delete_row", title, band.top + 3),
        ("insert_row", title, inserted),
        ("enter", title, f"D{inserted}", "教材"), ("enter", title, f"E{inserted}", "100"),
        ("enter", title, f"F{inserted}", "80"), ("enter_text", title, f"G{inserted}", "１０"),
        ("enter", title, f"I{inserted}", "缺货"), ("enter_text", title, f"G{band.top + 1}", "40"),
        ("enter_text", title, "F8", "8.00"),  # 当年财政拨款 全年执行数
    ]  # fmt: skip
    office.edit(Job(source, edited, steps))
    before = [row.name.text for row in form(edited, title).evaluation.indicators if row.name]
    assert before == ["培训班", "教材", "增收", "满意度"]
    assert main(["fill", str(edited)]) == 0
    assert fact(edited, title, "funds.total.executed") == 8  # text that is a number is made one
    assert fact(edited, title, "total.weight") == 100  # 10 + 40 + 10 + 30 + 10
    assert fact(edited, title, "total.score") == 96  # 8 + 40 + 8 + 30 + 10
    assert form(edited, title).evaluation.indicators[1].level2.text == "数量指标"  # type: ignore[union-attr]
    assert fill(read(edited)).typed == []
    office.edit(Job(edited, tmp_path / "重算.xlsx"))
    assert fact(tmp_path / "重算.xlsx", title, "total.score") == 96


def test_rows_inserted_into_both_blocks_of_wuhua(office: Calc, tmp_path: Path) -> None:
    facts = {"funds.district.initial": "6", "funds.district.arrived": "6", "funds.district.executed": "6"}
    rows = {11: "线路|100|100|30", 12: "可用率|≥99%|99.5%|20"}
    path = tmp_path / "原.xlsx"
    source = workbook(path, "wuhua-project-2024", True, 1, facts, rows)
    host = PackageHost(source)
    grid = host.read().grids[0]
    title, details, band = grid.title, grid.names["details.initial"], grid.names["indicators.weight"]
    scores = grid.names["indicators.score"].left
    judged = [Change(title, band.top + 1 + i, scores, Decimal(w)) for i, w in enumerate("3434343x634") if w != "x"]
    host.write([*judged, *(Change(title, details.top + 1, details.left + i, Decimal(4)) for i in range(3))])
    host.write(fill(host.read()).changes)
    host.save()
    edited = tmp_path / "改后.xlsx"
    last = band.bottom + 1
    target, actual = grid.names["indicators.target"].left, grid.names["indicators.actual"].left
    letters = {column: chr(64 + column) for column in (target, actual)}
    steps: list[Step] = [
        ("insert_row", title, details.bottom),
        *(("enter", title, f"{column}{details.bottom}", "2") for column in "DEF"),
        ("insert_row", title, last),
        ("enter", title, f"E{last}", "响应"), ("enter", title, f"F{last}", "10"),
        ("enter", title, f"{letters[target]}{last}", "10"), ("enter", title, f"{letters[actual]}{last}", "9"),
    ]  # fmt: skip
    office.edit(Job(source, edited, steps))
    assert main(["fill", str(edited)]) == 0
    assert fact(edited, title, "funds.total.initial") == 6  # 4 + 2 in a row just above the sum
    names = [row.name.text for row in form(edited, title).evaluation.indicators if row.name]
    assert names[-3:] == ["线路", "可用率", "响应"]
    assert fact(edited, title, "total.weight") == 100
    assert fact(edited, title, "total.score") == 99  # 40 + 30 + 20 + 9
    assert fact(edited, title, "total.group1_weight") == 100
    assert fill(read(edited)).typed == []
