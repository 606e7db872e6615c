"""Gnumeric opens every workbook of ours and computes what is saved in it."""

import re
from pathlib import Path

import pytest

from gnumeric import recalculated
from jixiao.hosts.package import PackageHost
from packages import unzipped, zipped
from workbooks import computed, same

pytestmark = pytest.mark.filterwarnings("ignore:Workbook contains no default style")  # what Gnumeric writes
OURS = "PERF_"  # a function of the add-in, which only Excel and LibreOffice have


@pytest.fixture(scope="module")
def native(products: list[Path]) -> list[Path]:
    """The workbooks that need no function of ours."""
    books = [path for path in products if path.suffix in (".xlsx", ".xlsm")]
    return [path for path in books if not any(OURS in formula for formula in formulas(path))]


def formulas(book: Path) -> list[str]:
    return [cell.formula or "" for *_, cell in computed(PackageHost(book).read())]


def differences(book: Path, folder: Path) -> tuple[int, list[str]]:
    """How many formulas were computed anew, and where that gave another value than the saved one."""
    theirs = recalculated(book, folder)
    cells = list(computed(PackageHost(book).read()))
    found = [
        f"{book.name} {grid.title} {row},{column}: {cell.value!r} {value!r} ={cell.formula}"
        for grid, row, column, cell in cells
        for value in [theirs[grid.title].get((row, column))]
        if not same(cell.value, value)
    ]
    return len(cells), found


def test_it_computes_what_is_saved_in_every_product(native: list[Path], tmp_path: Path) -> None:
    results = [differences(book, tmp_path) for book in native]
    assert [line for _, found in results for line in found] == []
    assert sum(count for count, _ in results) > 800  # at least the two of the demonstration and the eight made here


def test_it_opens_what_needs_functions_of_ours(products: list[Path], native: list[Path], tmp_path: Path) -> None:
    """Every label and input is there, so the file is whole; only what our functions give is not."""
    others = [path for path in products if path.suffix != ".docx" and path not in native]
    assert others
    for path in others:
        theirs = recalculated(path, tmp_path)
        for grid in PackageHost(path).read().grids:
            for at, cell in grid.cells.items():
                assert cell.formula or same(cell.value, theirs[grid.title][at]), f"{path.name} {grid.title} {at}"


def test_it_restores_a_falsified_value(native: list[Path], tmp_path: Path) -> None:
    """So it does compute, and the comparison can fail."""
    honest = next(path for path in native if path.name == "national-project-2020-已填.xlsm")
    false = tmp_path / "false.xlsx"
    false.write_bytes(falsified(honest.read_bytes()))
    truth = {(grid.title, row, column): cell.value for grid, row, column, cell in computed(PackageHost(honest).read())}
    (tmp_path / "new").mkdir()
    theirs = recalculated(false, tmp_path / "new")
    changed = 0
    for grid, row, column, cell in computed(PackageHost(false).read()):
        right = truth[grid.title, row, column]
        assert same(right, theirs[grid.title].get((row, column)))
        changed += cell.value != right
    assert changed > 20


def falsified(book: bytes) -> bytes:
    """The same workbook, every saved number behind a formula another one."""
    parts = unzipped(book)
    return zipped({name: _false(text) if "/sheet" in name else text for name, text in parts.items()})


def _false(sheet: bytes) -> bytes:
    return re.sub(rb"(</f><v>)-?[\d.]+(</v>)", rb"\g<1>4711.25\g<2>", sheet)
