"""An honest form stays honest whatever number format its amounts are printed by."""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.examine import examine
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.formats import number_format
from jixiao.grid import Cell, Document, Grid
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost

SEED = Path(__file__).parents[1] / "seeds" / "datong-2021-project.docx"
AMOUNTS = {Decimal(194), Decimal(135)}


@pytest.fixture(scope="module")
def form() -> Document:
    return PackageHost.from_bytes(build(import_document(load_document(str(SEED)))), "表.xlsx").read()


def reprinted(grid: Grid, code: str, factor: int) -> Grid:
    """The amounts by another format, kept in another unit."""

    def cell(old: Cell) -> Cell:
        if old.value not in AMOUNTS or not isinstance(old.value, Decimal):
            return old
        value = old.value * factor
        return Cell(number_format(code).number(value), value, old.formula)

    return grid._replace(cells={at: cell(old) for at, old in grid.cells.items()})


@pytest.mark.parametrize(
    ("code", "factor"),
    [
        *(("¥#,##0.00", 1), ('0.00"万元"', 1), ("0.00_);(0.00)", 1), ("# ?/?", 1), ("0.00E+00", 1), ("[DBNum2]0", 1)),
        *(('0!.0000"万元"', 10_000), ('0!.0,"万"', 10_000), ("0!.0000", 10_000)),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', 1),
    ],
)
def test_findings_do_not_depend_on_the_format(form: Document, code: str, factor: int) -> None:
    other = form.with_grids(lambda grid: reprinted(grid, code, factor))
    assert [finding.message for finding in examine(other)] == [finding.message for finding in examine(form)]


def test_a_zero_that_prints_as_a_dash_is_a_zero(form: Document) -> None:
    """One executed amount is nothing: that the total does not agree with its parts is said either way."""

    def nothing(grid: Grid, text: str) -> Grid:
        area = grid.names.get("funds.fiscal.executed")
        spot = {(area.top, area.left): Cell(text, Decimal(0))} if area else {}
        return grid._replace(cells={**grid.cells, **spot})

    dash, zero = (examine(form.with_grids(lambda grid, text=text: nothing(grid, text))) for text in ("-", "0.00"))
    assert len(zero) > len(examine(form))
    assert [finding.code for finding in dash] == [finding.code for finding in zero]
