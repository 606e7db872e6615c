"""Every kind of file that leaves the house, in one folder, for programs of others to look at."""

from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from generators import FORMS
from jixiao.actions.create import new
from jixiao.actions.examine import examine, lines, marks
from jixiao.actions.export import export_word, export_workbook
from jixiao.actions.fill import fill
from jixiao.actions.write_report import write_reports
from jixiao.addins import macros_folder
from jixiao.addins.excel.files import workbook_file
from jixiao.builder import build
from jixiao.cli import main
from jixiao.forms import library
from jixiao.grid import Change
from jixiao.hosts.package import PackageHost
from jixiao.hosts.word.writing import render
from workbooks import filled

KINDS = (".xlsx", ".xlsm", ".xlam", ".docx")
PROJECTS = 2


@pytest.fixture(scope="session")
def products(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What is shipped, what the demonstration writes, and every form filled, marked, reported and exported."""
    shipped = [*Path(library.folder()).rglob("*"), *Path(macros_folder()).glob("*")]
    demonstration, made = tmp_path_factory.mktemp("demo"), tmp_path_factory.mktemp("made")
    assert main(["demo", "-o", str(demonstration), "--force"]) == 0
    for number, form in enumerate(FORMS):
        _write_all(form, Random(number), made)
    return [path for path in (*shipped, *demonstration.iterdir(), *made.iterdir()) if path.suffix in KINDS]


def _write_all(form: str, random: Random, folder: Path) -> None:
    book = workbook_file(new(form, library.drawing(form).since, PROJECTS, native=True, protect=True), ".xlsm")
    host = filled(book, random)
    (folder / f"{form}-已填.xlsm").write_bytes(host.to_bytes())
    document = host.read()
    (folder / f"{form}-上报版.xlsx").write_bytes(build(export_workbook(document)))
    (folder / f"{form}-上报版.docx").write_bytes(render(export_word(document)))
    for number, report in enumerate(write_reports(document)):
        (folder / f"{form}-报告{number}.docx").write_bytes(render(report.document._replace(contents=True)))
    (folder / f"{form}-已标记.xlsm").write_bytes(_marked(host))


def _marked(host: PackageHost) -> bytes:
    """The same workbook with false totals, and what is found marked."""
    totals = [(grid.title, grid.names["total.score"]) for grid in host.read().grids if "total.score" in grid.names]
    host.write(Change(title, total.top, total.left, Decimal(1)) for title, total in totals)
    host.write(fill(host.read()).changes)
    findings = examine(host.read())
    assert marks(findings)
    host.mark(marks(findings), lines(findings))
    return host.to_bytes()
