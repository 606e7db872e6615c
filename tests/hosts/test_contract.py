"""Memory, a file, and a recorded program keep the contract of hosts; LibreOffice keeps it in tests/libreoffice."""

from collections.abc import Callable
from pathlib import Path

import pytest

from hosts.contract import CONTRACT, DOCUMENT, FILE, MEMORY, RECORDED, Subject, write_workbook
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.memory import MemoryHost
from jixiao.hosts.package import PackageHost
from recording_engine import opened


def memory(path: Path) -> Subject:
    return Subject(MemoryHost(DOCUMENT), MEMORY)


def file(path: Path) -> Subject:
    return Subject(PackageHost(write_workbook(path)), FILE)


def recorded(path: Path) -> Subject:
    book, _ = opened(write_workbook(path))
    book.impl.named("锁").protected = True
    return Subject(ExcelHost(book), RECORDED)


@pytest.mark.parametrize("host", [memory, file, recorded])
@pytest.mark.parametrize("promise", CONTRACT)
def test_every_host_keeps_the_contract(
    promise: Callable[[Subject], None], host: Callable[[Path], Subject], tmp_path: Path
) -> None:
    promise(host(tmp_path / "合同.xlsx"))
