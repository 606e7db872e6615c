"""LibreOffice, live through xlwings, keeps the contract of desks."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings

from desks.desk_contract import LIVE, PROGRAM, WORKBOOK, Somebody
from hosts.contract import write_workbook
from jixiao.desks.contract import LiveWorkbook, Program, Workbook
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.excel.window import Window
from jixiao.hosts.libreoffice.engine import register
from jixiao.office.launcher import Office
from live import Recorder


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "合同.xlsx")


@pytest.fixture
def book(office: Office, recorder: Recorder, path: Path) -> Iterator[xlwings.Book]:
    app = register(office.context, boxes=recorder, hidden=True)
    book = app.books.open(path)
    yield book
    book.close()


@pytest.mark.parametrize("promise", WORKBOOK)
def test_an_open_workbook_keeps_the_contract_of_all(promise: Callable[[Workbook], None], book: xlwings.Book) -> None:
    promise(ExcelHost(book))


@pytest.mark.parametrize("promise", LIVE)
def test_an_open_workbook_keeps_the_contract(
    promise: Callable[[LiveWorkbook, Path, Callable[[], str]], None], book: xlwings.Book, path: Path
) -> None:
    controller = book.impl.api.getCurrentController()
    promise(ExcelHost(book), path, lambda: str(controller.getActiveSheet().getName()))


@pytest.mark.parametrize("promise", PROGRAM)
def test_libreoffice_keeps_the_contract_of_programs(
    promise: Callable[[Program, Somebody, Path], None], book: xlwings.Book, recorder: Recorder, path: Path
) -> None:
    promise(Window(book.app), Somebody(recorder, book.app), path)
