"""A bureau's own workbook over a live Calc: bound by the button, and handed out as itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from jixiao.desks import opening
from jixiao.hosts.files import load_document
from jixiao.office.launcher import Office
from live import Desk
from typed_forms import SELF_EVALUATION


@pytest.fixture
def desk(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A county's form whose rates are blank, with a formula of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    monkeypatch.setattr(opening, "show", lambda path: None)
    book = Workbook()
    book.active.append(["某某县项目支出绩效自评表"])
    for line in SELF_EVALUATION.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        book.active.append([float(cell) if cell.replace(".", "").isdecimal() else cell or None for cell in cells])
    book.active["E4"] = book.active["E5"] = None
    book.active["F5"] = "=C5-D5"
    book.save(tmp_path / "农民培训.xlsx")
    desk = Desk(office, tmp_path / "农民培训.xlsx")
    yield desk
    desk.book.close()


def test_it_leaves_without_anything_of_ours(desk: Desk) -> None:
    assert desk.press("bind").startswith("已绑定 1 张表")
    assert desk.press("export") == "" and "已生成" in desk.user.asked[-1]
    [grid] = load_document(str(desk.path.with_name("农民培训-上报版.xlsx"))).grids
    assert not grid.names and not any(name.startswith("jx") for name in grid.constants)
    assert (grid.at(5, 5).text, grid.at(5, 5).formula) == ("90.00%", None)
    assert grid.at(5, 6).formula == "C5-D5"
