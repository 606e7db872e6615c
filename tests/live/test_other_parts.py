"""What a user put into a workbook beside the form stays byte for byte; what Excel makes of formulas is understood."""

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
from jixiao.cli import main
from jixiao.grid import Change, Grid
from jixiao.hosts.builder import build
from jixiao.hosts.package import PackageHost


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


def test_formulas_shared_down_a_column_follow_their_inputs(tmp_path: Path) -> None:
    """Excel keeps a formula dragged down once, in the first cell; the rate of every fund row as one shared formula."""
    host = filled("sichuan-project-2023")
    grid = host.read().grids[0]
    rate = grid.names["funds.fiscal.rate"]
    path = tmp_path / "共享.xlsx"
    path.write_bytes(shared(host.to_bytes(), rate.top, rate.top + 3))
    host = PackageHost(path)
    assert fill(host.read()).changes == [] and fill(host.read()).typed == []
    amounts = [grid.names[f"funds.fiscal.{column}"] for column in ("initial", "adjusted", "executed")]
    values = (Decimal(100), Decimal(80), Decimal(20))
    host.write([Change(grid.title, at.top, at.left, value) for at, value in zip(amounts, values, strict=True)])
    host.write(fill(host.read()).changes)
    after = host.read().grids[0]
    assert after.at(rate.top, rate.left).value == Decimal("0.25")
    assert after.at(rate.top + 1, rate.left).formula == grid.at(rate.top + 1, rate.left).formula


def shared(data: bytes, first: int, last: int) -> bytes:
    """The formulas of column G from ``first`` to ``last`` as Excel stores them after dragging."""
    import re

    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(out, "w") as target:
        for name in package.namelist():
            content = package.read(name).decode() if name.endswith("sheet1.xml") else None
            if content:
                for row in range(first, last + 1):
                    kept = (
                        rf'\1<f t="shared" ref="G{first}:G{last}" si="0">'
                        if row == first
                        else r'\1<f t="shared" si="0"/>'
                    )
                    pattern = rf'(<c r="G{row}"[^>]*>)<f>' if row == first else rf'(<c r="G{row}"[^>]*>)<f>[^<]*</f>'
                    content, count = re.subn(pattern, kept, content)
                    assert count == 1
            target.writestr(name, content or package.read(name))
    return out.getvalue()
