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


def somebody(user: Recorder, app: xlwings.App) -> Somebody:
    """The user of the office."""

    def agrees(answer: bool) -> None:
        user.agrees = answer

    def saves_to(answer: str | None) -> None:
        user.saves_to = lambda suggested: answer or False

    def chooses(answer: str | None) -> None:
        user.chosen = answer or False

    return Somebody(
        said=lambda: user.said,
        asked=lambda: user.asked,
        agrees=agrees,
        saves_to=saves_to,
        chooses=chooses,
        quiet=lambda: not app.display_alerts,
        bar=lambda: app.status_bar,
    )


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
    promise(Window(book.app), somebody(recorder, book.app), path)
