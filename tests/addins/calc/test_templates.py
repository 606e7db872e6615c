"""Random valid forms in Calc: every formula of a workbook with our functions, computed by Calc, is what Python computes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
import pytest
from addon_office import workbook
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_addon_documents import XLSX, programmatic

from generators import FORMS, valid_form
from jixiao.actions.book import Book, Sheet
from jixiao.actions.fill import fill
from jixiao.builder import build
from jixiao.forms import library
from jixiao.forms.compose import blank
from jixiao.grid import Cell, Document
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office, file_url, properties

SHEETS = 24  # of one workbook, every form by turns
WORKBOOKS = 4  # more than two hundred forms in all


@pytest.fixture(scope="module")
def empty() -> bytes:
    drawings = [library.drawing(FORMS[number % len(FORMS)]) for number in range(SHEETS)]
    return build(Book([Sheet(f"表{number}", blank(drawing, 2024)) for number, drawing in enumerate(drawings)]))


def filled(data: bytes, random: Random, share: float = 1) -> PackageHost:
    """A workbook of forms with random values typed into a share of their cells."""
    host = PackageHost.from_bytes(data, "随机.xlsx")
    forms = [(grid, str(grid.constants.get("jx.form"))) for grid in host.read().grids]
    typed = [change for grid, form in forms if form in FORMS for change in valid_form(form, random).changes(grid)]
    host.write(change for change in typed if random.random() < share)
    host.write(fill(host.read()).changes)
    return host


def computed(document: Document) -> Iterator[tuple[str, int, int, Cell]]:
    for grid in document.grids:
        for (row, column), cell in grid.cells.items():
            if cell.formula is not None:
                yield grid.title, row, column, cell


def shown(document: Any) -> dict[str, Any]:
    """The values of every sheet; None where Calc shows an error."""
    sheets = [document.Sheets.getByIndex(number) for number in range(document.Sheets.getCount())]
    return {sheet.getName(): sheet.getCellRangeByName("A1:AZ200").getDataArray() for sheet in sheets}


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, Decimal) and isinstance(theirs, int | float):
        return abs(float(ours) - theirs) < 1e-9
    return (ours or "") == (theirs or "") if not isinstance(ours, Decimal) else False


def differences(host: PackageHost, document: Any) -> tuple[list[str], int]:
    """Cells with a formula that Calc shows differently, and how many cells were compared."""
    values = shown(document)
    cells = list(computed(host.read()))
    wrong = [
        f"{title} {row},{column}: {cell.value} {values[title][row - 1][column - 1]} ={cell.formula}"
        for title, row, column, cell in cells
        if values[title][row - 1][column - 1] is None or not same(cell.value, values[title][row - 1][column - 1])
    ]
    return wrong, len(cells)


@settings(max_examples=WORKBOOKS, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_calc_computes_what_python_computes(
    office: Office, empty: bytes, tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    random = Random(seed)
    host = filled(empty, random, share=random.choice([1, 0.7]))
    path = tmp_path_factory.mktemp("随机") / "随机.xlsx"
    path.write_bytes(host.to_bytes())
    with workbook(office, path) as document:
        document.calculateAll()
        wrong, compared = differences(host, document)
    assert wrong == []
    assert compared > 40 * SHEETS


@pytest.mark.parametrize("form", FORMS)
def test_a_template_survives_calc(office: Office, tmp_path: Path, form: str) -> None:
    """Opened, saved as .xlsx and opened again, its formulas are Excel's and their values the same."""
    template = Path(library.folder(), f"{form}.xlsx").read_bytes()
    host = filled(template, Random(form))
    source, target = tmp_path / "表.xlsx", tmp_path / "另存.xlsx"
    source.write_bytes(host.to_bytes())
    with workbook(office, source) as document:
        document.calculateAll()
        document.storeAsURL(file_url(str(target)), properties(FilterName=XLSX))
        assert programmatic(target) == []
    with workbook(office, target) as document:
        document.calculateAll()
        assert differences(host, document)[0] == []
    written = openpyxl.load_workbook(target)
    called = [(title, row, column, cell.formula) for title, row, column, cell in computed(host.read())]
    ours = [one for one in called if "PERF_" in str(one[3])]
    assert len(ours) >= 15
    for title, row, column, formula in ours:
        assert written[title].cell(row, column).value == f"={formula}"
