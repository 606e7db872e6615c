"""A file and a recorded program keep the contract of desks; LibreOffice keeps it in tests/libreoffice."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from desks.desk_contract import FIRST, LIVE, PROGRAM, WORKBOOK, Somebody
from hosts.contract import write_workbook
from jixiao.desks.contract import LiveWorkbook, Program, Workbook
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.excel.window import Window
from jixiao.hosts.identity import Identity
from jixiao.hosts.package import PackageHost
from packages import unzipped, zipped
from recording_engine import opened


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "合同.xlsx")


def file(path: Path) -> Workbook:
    return PackageHost(path)


def recorded(path: Path) -> LiveWorkbook:
    return ExcelHost(opened(path)[0])


@pytest.mark.parametrize("host", [file, recorded])
@pytest.mark.parametrize("promise", WORKBOOK)
def test_every_workbook_keeps_the_contract(
    promise: Callable[[Workbook], None], host: Callable[[Path], Workbook], path: Path
) -> None:
    promise(host(path))


@pytest.mark.parametrize("promise", LIVE)
def test_an_open_workbook_keeps_the_contract(
    promise: Callable[[LiveWorkbook, Path, Callable[[], str]], None], path: Path
) -> None:
    book, _ = opened(path)

    def in_front() -> str:
        return next((sheet.name for sheet in book.impl._sheets if sheet.in_front), "")

    promise(ExcelHost(book), path, in_front)


@pytest.mark.parametrize("promise", PROGRAM)
def test_a_program_keeps_the_contract(promise: Callable[[Program, Somebody, Path], None], path: Path) -> None:
    book, app = opened(path)
    promise(Window(book.app), Somebody(app, app), path)


def test_an_identity_lasts(path: Path) -> None:
    host = PackageHost(path)
    host.identify(host.read(), FIRST)
    host.save()
    assert PackageHost(path).identity(PackageHost(path).read()) == FIRST
    assert ExcelHost(opened(path)[0]).identity(PackageHost(path).read()) == FIRST, "one history on every desk"


def test_the_identity_is_a_name_of_the_first_form(path: Path) -> None:
    from openpyxl import load_workbook

    host = PackageHost(path)
    for identity in (Identity("ab"), FIRST):
        host.identify(host.read(), identity)
    host.save()
    book = load_workbook(path)
    assert book["表1"].defined_names["jx_id"].attr_text == f'"{FIRST.number}.{FIRST.step}"'
    assert [name for name in book["表1"].defined_names if name.startswith("jx.")] == [
        "jx.form",
        "jx.quoted",
        "jx.marks",
    ]


def test_a_copied_sheet_speaks_of_the_same_step(path: Path) -> None:
    """Excel gives the copy every name of its original; whichever stands first is read."""
    host = PackageHost(path)
    host.identify(host.read(), FIRST)
    copied = unzipped(host.to_bytes())
    [name] = re.findall(rb"<definedName name=.jx_id.*?</definedName>", copied["xl/workbook.xml"])
    other = name.replace(b'localSheetId="0"', b'localSheetId="1"')
    copied["xl/workbook.xml"] = copied["xl/workbook.xml"].replace(name, other + name)
    host = PackageHost.from_bytes(zipped(copied), "表.xlsx")
    host.identify(host.read(), Identity("ab", "cd"))
    stated = re.findall(
        rb'<definedName name="jx_id" localSheetId="(\d)">"(.*?)"', unzipped(host.to_bytes())["xl/workbook.xml"]
    )
    assert sorted(stated) == [(b"0", b"ab.cd"), (b"1", b"ab.cd")]


@pytest.mark.parametrize("text", ["", "张三", "12.", ".12", "1.2.3", "AB", " ab"])
def test_a_name_that_says_something_else_is_no_identity(path: Path, text: str) -> None:
    book, _ = opened(path)
    book.impl._sheets[0].refers["jx_id"] = f'="{text}"'
    host = ExcelHost(book)
    assert host.identity(host.read()) is None
    host.identify(host.read(), FIRST)
    assert host.identity(host.read()) == FIRST
