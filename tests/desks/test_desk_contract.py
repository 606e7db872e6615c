"""A file and a recorded program keep the contract of desks; LibreOffice keeps it in tests/libreoffice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desks.desk_contract import LIVE, PROGRAM, WORKBOOK, Somebody
from hosts.contract import write_workbook
from jixiao.desks.contract import LiveWorkbook, Program, Workbook
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.excel.window import Window
from jixiao.hosts.package import PackageHost
from recording_engine import App, opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "合同.xlsx")


def file(path: Path) -> Workbook:
    return PackageHost(path)


def recorded(path: Path) -> LiveWorkbook:
    return ExcelHost(opened(path)[0])


def somebody(app: App) -> Somebody:
    """The user of the recorded program."""

    def agrees(answer: bool) -> None:
        app.agrees = answer

    def saves_to(answer: str | None) -> None:
        app.saves_to = lambda suggested: answer or False

    def chooses(answer: str | None) -> None:
        app.chosen = answer or False

    return Somebody(
        said=lambda: app.said,
        asked=lambda: app.asked,
        agrees=agrees,
        saves_to=saves_to,
        chooses=chooses,
        quiet=lambda: not app.display_alerts,
        bar=lambda: app.status_bar,
    )


@pytest.mark.parametrize("host", [file, recorded])
@pytest.mark.parametrize("promise", WORKBOOK)
def test_every_workbook_keeps_the_contract(
    promise: Callable[[Workbook], None], host: Callable[[Path], Workbook], path: Path
) -> None:
    promise(host(path))


@pytest.mark.parametrize("promise", LIVE)
def test_an_open_workbook_keeps_the_contract(promise: Callable[[LiveWorkbook, Path], None], path: Path) -> None:
    promise(recorded(path), path)


@pytest.mark.parametrize("promise", PROGRAM)
def test_a_program_keeps_the_contract(promise: Callable[[Program, Somebody, Path], None], path: Path) -> None:
    book, app = opened(path)
    promise(Window(book.app), somebody(app), path)


def test_an_identity_lasts(path: Path) -> None:
    host = PackageHost(path)
    given = host.identify(host.read())
    host.save()
    assert PackageHost(path).identity(PackageHost(path).read()) == given
    assert ExcelHost(opened(path)[0]).identity(PackageHost(path).read()) == given, "one history on every desk"


def test_the_identity_is_a_name_of_the_first_form(path: Path) -> None:
    from openpyxl import load_workbook

    host = PackageHost(path)
    number = host.identify(host.read()).split("|")[0]
    host.save()
    book = load_workbook(path)
    assert book["表1"].defined_names["jx_id"].attr_text == f'"{number}"'
    assert [name for name in book["表1"].defined_names if name.startswith("jx.")] == [
        "jx.form",
        "jx.quoted",
        "jx.marks",
    ]


def test_a_copy_is_another_workbook(path: Path) -> None:
    host = PackageHost(path)
    given = host.identify(host.read())
    host.save()
    copy = path.with_name("副本.xlsx")
    copy.write_bytes(path.read_bytes())
    assert PackageHost(copy).identity(PackageHost(copy).read()) not in {None, given}


def test_a_link_leads_to_the_same_workbook(path: Path) -> None:
    host = PackageHost(path)
    given = host.identify(host.read())
    host.save()
    link = path.with_name("链接.xlsx")
    link.symlink_to(path)
    assert PackageHost(link).identity(PackageHost(link).read()) == given
