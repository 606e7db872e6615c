"""项目汇总: every cell is a relation, over the projects' own sheets or over its lines. Values by hand from 安居's forms."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.fill import fill
from jixiao.actions.summary import COLUMNS, summary_contents
from jixiao.figures import rounded
from jixiao.grid import Cell, Change, Document, Grid
from jixiao.hosts.package import PackageHost
from jixiao.places import address
from jixiao.wording.workbook import SUMMARY, SUMMARY_COLUMNS
from office import recalculated
from workbooks import named_cell

Open = Callable[[str], PackageHost]


def summary(document: Document) -> Grid:
    return next(grid for grid in document.grids if grid.title == SUMMARY)


@pytest.fixture
def host(opened: Open) -> PackageHost:
    return opened("anju-2023-accounts-and-projects")


def test_every_column_has_a_heading() -> None:
    assert len(COLUMNS) + 1 == len(SUMMARY_COLUMNS)


def test_a_line_reads_the_sheet_of_its_project(host: PackageHost) -> None:
    grid = summary(host.read())
    assert named_cell(host.read(), "project.name", 1) == (2, 2)
    assert grid.at(5, 2).formula == "IF('项目2'!B2=\"\",\"\",'项目2'!B2)"
    assert grid.at(5, 9).formula == 'IF(COUNT(D5,E5)<2,"",IFERROR(ROUND((D5-E5)/D5,4),""))'
    assert grid.at(5, 10).formula == 'IF(I5="","",IF(I5>0.1,"是","否"))'


def test_the_last_line_is_the_sum_of_the_lines_and_their_execution_rate(host: PackageHost) -> None:
    grid = summary(host.read())
    assert grid.at(9, 5).formula == 'IF(COUNT(E4:E8)=0,"",ROUND(SUM(E4:E8),2))'
    assert grid.at(9, 6).formula == 'IF(COUNT(E9,D9)<2,"",IFERROR(ROUND(E9/D9,4),""))'
    assert grid.at(9, 6).value == Decimal(1)  # every project of 安居 spent all of its adjusted budget


@pytest.mark.parametrize(
    ("adjusted", "executed", "surplus", "large"),
    [
        ("2.00", "1.80", "0.1", "否"),
        ("2.00", "1.79", "0.105", "是"),
        ("0.00", "0.00", None, None),
        ("0.00", "1.00", None, None),
        (None, None, None, None),
    ],
)
def test_surplus(
    host: PackageHost,
    tmp_path: Path,
    adjusted: str | None,
    executed: str | None,
    surplus: str | None,
    large: str | None,
) -> None:
    document = host.read()
    amounts = {"adjusted": adjusted, "executed": executed}
    for key in ("fiscal", "special", "own", "other"):
        for column, amount in amounts.items():
            typed = Decimal(amount) if amount and key == "fiscal" else None
            host.write([Change("项目1", *named_cell(document, f"funds.{key}.{column}"), typed)])
    host.write(fill(host.read()).changes)
    line = summary(host.read())
    assert (line.at(4, 9).value, line.at(4, 10).value) == (surplus and Decimal(surplus), large)
    (tmp_path / "填写后.xlsx").write_bytes(host.to_bytes())
    (tmp_path / "out").mkdir()
    shown = recalculated(tmp_path / "填写后.xlsx", tmp_path / "out")[SUMMARY]
    assert (shown.get("I4"), shown.get("J4")) == (surplus and float(surplus), large)


def test_without_any_project_there_is_nothing_to_add_up() -> None:
    """A total over no line would refer to itself."""
    assert summary_contents([]) == {}


# ---------------------------------------------------------------- projects in different units of money

HEADING = "年度预算数（万元）"


def in_unit(document: Document, sheet: int, heading: str) -> Document:
    """The workbook after somebody has written another unit over the amounts of one project."""
    grids = document.grids
    [spot] = [spot for spot, cell in grids[sheet].cells.items() if cell.text == HEADING]
    cells = {**grids[sheet].cells, spot: Cell(heading, heading)}
    changed = grids[sheet]._replace(cells=cells)
    return document.with_grids(lambda grid: changed if grid is grids[sheet] else grid)


@pytest.mark.parametrize(
    ("unit", "formula", "executed"),
    [
        ("元", "IF(COUNT('项目1'!F8)<1,\"\",IFERROR('项目1'!F8/10000,\"\"))", Decimal("0.000127")),
        ("千元", "IF(COUNT('项目1'!F8)<1,\"\",IFERROR('项目1'!F8/10,\"\"))", Decimal("0.127")),
        ("亿元", "IF(COUNT('项目1'!F8)<1,\"\",'项目1'!F8*10000)", Decimal("12700")),
    ],
)
def test_a_project_in_another_unit_is_converted_and_not_just_added(
    host: PackageHost, unit: str, formula: str, executed: Decimal
) -> None:
    """安居's first project spent 1.27; the five together 1.27 and what the others spent."""
    before = summary(host.read())
    spot = named_cell(host.read(), "funds.total.executed")
    changes = {
        (change.row, change.column): change
        for change in fill(in_unit(host.read(), 0, f"年度预算数（{unit}）")).changes
        if change.sheet == SUMMARY
    }
    assert changes[4, 5].formula == formula.replace("F8", address(*spot))
    assert changes[4, 5].value == executed
    old = before.at(9, 5).value
    assert isinstance(old, Decimal)
    assert changes[9, 5].value == rounded(old - Decimal("1.27") + executed, 2)
    assert (4, 6) not in changes or changes[4, 6].value == before.at(4, 6).value  # rates know no unit


def test_amounts_in_no_known_unit_are_left_open_and_so_is_their_sum(host: PackageHost) -> None:
    filling = fill(in_unit(host.read(), 0, "年度预算数"))
    shown = {(change.row, change.column): change.value for change in filling.changes if change.sheet == SUMMARY}
    assert [shown[4, column] for column in (3, 4, 5)] == ["金额单位未注明", None, None]
    assert [shown[9, column] for column in (3, 4, 5, 6)] == [None] * 4
    assert not any(row in (5, 6, 7, 8) for row, _ in shown)
