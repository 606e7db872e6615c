"""项目汇总: every cell is a relation, over the projects' own sheets or over its lines. Values by hand from 安居's forms."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.fill import fill
from jixiao.actions.summary import COLUMNS, summary_contents
from jixiao.grid import Change, Document, Grid
from jixiao.hosts.package import PackageHost
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
