"""What a user put into a workbook beside the form stays byte for byte; what Excel makes of formulas is understood."""

import re
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment

from generators import valid_form
from jixiao.actions.create import new
from jixiao.actions.fill import fill
from jixiao.builder import build
from jixiao.cli import main
from jixiao.grid import Change, Grid
from jixiao.hosts.package import PackageHost
from jixiao.hosts.zipped import Archive
from jixiao.places import letters


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_fill_touches_only_its_sheet(tmp_path: Path) -> None:
    """Protection, hidden rows, a sheet of the user's with a comment and a chart: fill changes one part of the package."""
    path = tmp_path / "带图表.xlsx"
    book = openpyxl.load_workbook(BytesIO(build(new("national-project-2020", 2024, native=True, protect=True))))
    form = book.worksheets[0]
    form.row_dimensions[20].hidden = True
    form["D14"].comment = Comment("财务科：请核对", "张三")
    own = book.create_sheet("科室数据")
    for row in ((1, "甲"), (2, "乙"), (3, "丙")):
        own.append(row)
    own["A5"] = "=SUM(A1:A3)"
    own["B1"].comment = Comment("自己的批注", "张三")
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, min_row=1, max_row=3))
    own.add_chart(chart, "D2")
    book.save(path)
    host = PackageHost(path)
    host.write(valid_form("national-project-2020", Random(3)).changes(host.read().grids[0]))
    host.save()
    before = parts(path)
    assert main(["fill", str(path)]) == 0
    after = parts(path)
    assert list(before) == list(after)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]
    sheet = after["xl/worksheets/sheet1.xml"]
    assert b'<row r="20"' in sheet and b"<sheetProtection" in sheet
    assert openpyxl.load_workbook(path).worksheets[0].row_dimensions[20].hidden


# ---------------------------------------------------------------- formulas as other programs store them


def filled(form: str) -> PackageHost:
    host = PackageHost.from_bytes(build(new(form, 2023)), "表.xlsx")
    host.write(valid_form(form, Random(8)).changes(host.read().grids[0]))
    host.write(fill(host.read()).changes)
    return host


def formulas(grid: Grid) -> dict[tuple[int, int], str]:
    return {spot: cell.formula for spot, cell in grid.cells.items() if cell.formula}


@pytest.mark.parametrize(
    "stored",
    [
        "[1]!PERF_",
        "[1]!_xll.PERF_",
        "_xlfn.PERF_",
        "_xludf.PERF_",
        "jixiao.xlam!PERF_",
        "'C:\\用户\\jixiao.xlam'!PERF_",
        "COM.GITHUB.JIXIAO.FUNCTIONS.PERF_",
        "perf_",
    ],
)
def test_formulas_as_other_programs_store_them_follow_their_inputs(stored: str) -> None:
    """After an input changed, what depends on it is computed anew, and nothing counts as typed over."""
    host = filled("sichuan-project-2023")
    grid = host.read().grids[0]
    host.write(
        Change(grid.title, *spot, grid.at(*spot).value, formula.replace("PERF_", stored))
        for spot, formula in formulas(grid).items()
        if "PERF_" in formula
    )
    assert fill(host.read()).typed == []
    weight = grid.names["execution.weight"]
    before = grid.at(grid.names["total.score"].top, grid.names["total.score"].left).value
    score = grid.at(grid.names["execution.score"].top, grid.names["execution.score"].left).value
    host.write([Change(grid.title, weight.top, weight.left, Decimal(0))])
    filling = fill(host.read())
    assert filling.typed == []
    host.write(filling.changes)
    after = host.read().grids[0]
    total = after.names["total.score"]
    assert isinstance(before, Decimal) and isinstance(score, Decimal)
    assert after.at(total.top, total.left).value == before - score


@pytest.mark.parametrize("stored", ["PERF_", "[1]!PERF_"])
def test_formulas_shared_down_a_column_follow_their_inputs(stored: str) -> None:
    """Excel keeps a formula dragged down once, in the first cell; the first cell's own value changes all the same."""
    host = filled("sichuan-project-2023")
    grid = host.read().grids[0]
    column, actual = grid.names["indicators.completion"], grid.names["indicators.actual"]
    rows = [row for row in range(column.top + 1, column.bottom) if (row, column.left) in formulas(grid)]
    host = PackageHost.from_bytes(shared(host.to_bytes(), letters(column.left), rows, stored), "共享.xlsx")
    assert fill(host.read()).changes == [] and fill(host.read()).typed == []
    host.write([Change(grid.title, rows[0], actual.left, Decimal("0.5"))])
    host.write(fill(host.read()).changes)
    after = host.read().grids[0]
    assert after.at(rows[0], column.left).value != grid.at(rows[0], column.left).value
    for row in rows[1:]:
        expected = grid.at(row, column.left).formula
        assert expected and after.at(row, column.left).formula == expected.replace("PERF_", stored)


def shared(data: bytes, column: str, rows: list[int], stored: str) -> bytes:
    """The formulas of one column as Excel stores them after dragging the first one down."""
    archive = Archive(data, "共享.xlsx")
    name = "xl/worksheets/sheet1.xml"
    sheet = archive.read(name).decode()
    for row in rows:
        head, formula = re.search(rf'(<c r="{column}{row}"[^>]*>)<f>([^<]*)</f>', sheet).groups()  # type: ignore[union-attr]
        first = (
            f'<f t="shared" ref="{column}{rows[0]}:{column}{rows[-1]}" si="0">{formula.replace("PERF_", stored)}</f>'
        )
        follower = '<f t="shared" si="0"/>'
        sheet = sheet.replace(f"{head}<f>{formula}</f>", head + (first if row == rows[0] else follower))
    archive.put(name, sheet.encode())
    return archive.to_bytes()
