"""Random valid forms as workbooks: LibreOffice computes what we cached, and the checks tell a valid form from a spoilt one."""

from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from generators import FORMS
from jixiao.actions.book import Book, Sheet
from jixiao.actions.create import new
from jixiao.actions.examine import examine
from jixiao.builder import build
from jixiao.findings import Finding, Severity
from jixiao.forms import library
from jixiao.forms.compose import blank
from jixiao.grid import Change, Grid
from jixiao.hosts.package import PackageHost
from office_edit import Calc, Job
from workbooks import computed, filled, same

OTHERS = 15  # sheets of the three forms without a summary
PROJECTS = 12


def empty_forms() -> bytes:
    """Sheets of every form but 四川, by turns."""
    forms = [form for form in FORMS if form != "sichuan-project-2023"]
    drawings = [library.drawing(forms[i % 3]) for i in range(OTHERS)]
    return build(Book([Sheet(f"表{i}", blank(drawing, 2024, native=True)) for i, drawing in enumerate(drawings)]))


def test_libreoffice_computes_what_we_cached(office: Calc, tmp_path: Path) -> None:
    random = Random(20240315)
    books = [empty_forms(), build(new("sichuan-project-2023", 2023, PROJECTS, native=True))]
    jobs = []
    for number, book in enumerate(books):
        source = tmp_path / f"随机{number}.xlsx"
        source.write_bytes(filled(book, random).to_bytes())
        jobs.append(Job(source, tmp_path / f"重算{number}.xlsx"))
    office.edit(*jobs)
    cells = 0
    for job in jobs:
        theirs = openpyxl.load_workbook(job.target, data_only=True)
        for grid, row, column, cell in computed(PackageHost(job.source).read()):
            found = theirs[grid.title].cell(row, column).value
            assert same(cell.value, found), f"{grid.title} {row},{column}: {cell.value} {found} ={cell.formula[:200]}"
            cells += 1
    assert cells > 40 * 15  # at least the fund block, scores and totals of every form


# ---------------------------------------------------------------- checks through the real path


@cache
def empty(form: str) -> bytes:
    return build(new(form, library.drawing(form).since, native=True))


def above_info(findings: list[Finding]) -> list[str]:
    return [finding.line() for finding in findings if finding.severity is not Severity.INFO]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(FORMS), st.integers(0, 10**9))
def test_a_valid_form_has_no_findings_above_info(form: str, seed: int) -> None:
    assert above_info(examine(filled(empty(form), Random(seed)).read())) == []


def figures(grid: Grid) -> dict[str, list[tuple[int, int]]]:
    """The stated scores, weights, totals, rates of a filled form."""
    spots: dict[str, list[tuple[int, int]]] = {}
    for name, area in grid.names.items():
        prefix, _, field = name.rpartition(".")
        if field in {"weight", "score", "rate"} and prefix in {"indicators", "total", "execution", "funds.total"}:
            rows = range(area.top, area.bottom + 1)
            spots[name] = [(row, area.left) for row in rows if isinstance(grid.at(row, area.left).value, Decimal)]
    return {name: found for name, found in spots.items() if found}


def other_digit(text: str, random: Random) -> str:
    """A printed number with one of its digits changed."""
    spot = random.choice([i for i, letter in enumerate(text) if letter.isdigit()])
    return text[:spot] + random.choice([digit for digit in "0123456789" if digit != text[spot]]) + text[spot + 1 :]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(FORMS), st.integers(0, 10**9))
def test_one_changed_digit_is_an_error(form: str, seed: int) -> None:
    random = Random(seed)
    host = filled(empty(form), random)
    grid = host.read().grids[0]
    name, spots = random.choice(sorted(figures(grid).items()))
    spot = random.choice(spots)
    cell = grid.at(*spot)
    printed = other_digit(cell.text, random)
    value = Decimal(printed.rstrip("%")).scaleb(-2 if printed.endswith("%") else 0)
    host.write([Change(grid.title, *spot, value)])
    errors = [finding for finding in examine(host.read()) if finding.severity is Severity.ERROR]
    shown = host.read().grids[0].at(*spot).figure  # 95.40 prints as 95.4, and may be 95.42
    near = abs(value - cell.value) <= Decimal("0.01") or (shown is not None and shown.interval.holds(cell.value))
    assert errors or near, f"{name} {cell.text} -> {printed}"
