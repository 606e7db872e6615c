"""LibreOffice, live through xlwings, keeps the contract of hosts."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import xlwings

from hosts.contract import CONTRACT, LIVE, Subject, write_workbook
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.libreoffice.engine import register
from jixiao.office.launcher import Office


@pytest.fixture
def book(office: Office, tmp_path: Path) -> Iterator[xlwings.Book]:
    app = register(office.context, hidden=True)
    book = app.books.open(write_workbook(tmp_path / "合同.xlsx"))
    yield book
    book.close()


@pytest.mark.parametrize("promise", CONTRACT)
def test_libreoffice_keeps_the_contract(promise: Callable[[Subject], None], book: xlwings.Book) -> None:
    promise(Subject(ExcelHost(book), LIVE))
