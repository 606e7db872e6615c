"""The buttons over a live Calc: the same forms, values and findings as in files, and nothing lost when things break."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao import buttons, logbook
from jixiao.actions.examine import examine
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.cli import main
from jixiao.desks import opening
from jixiao.grid import Document
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.files import load_document
from jixiao.hosts.libreoffice.boxes import Boxes
from jixiao.hosts.libreoffice.bridge import RunningOffice
from jixiao.hosts.libreoffice.engine import register
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office
from jixiao.wording.workbook import RESULTS
from live import Desk, counted
from workbooks import large_form, without_formulas

SEEDS = Path(__file__).parents[1] / "seeds"
LARGE = "大表"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Journal and log go into a folder of their own, and no other program is opened."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    monkeypatch.setattr(opening, "show", lambda path: None)


@pytest.fixture
def desks(office: Office) -> Iterator[list[Desk]]:
    """Every desk in the list is left at the end."""
    opened: list[Desk] = []
    yield opened
    for desk in opened:
        desk.book.close()


def imported(seed: str, path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(build(import_document(load_document(str(SEEDS / f"{seed}.docx")), native=True)))
    return path


def stated(document: Document) -> dict[tuple[str, int, int], object]:
    """The values of all cells that have one; "" that a formula shows is a blank."""
    return {
        (grid.title, *at): cell.value
        for grid in document.grids
        for at, cell in grid.cells.items()
        if cell.value not in (None, "")
    }


def computed(document: Document) -> set[tuple[str, int, int]]:
    return {(grid.title, *at) for grid in document.grids for at, cell in grid.cells.items() if cell.formula}


# ---- the list of forms


def test_the_list_shows_every_line_and_its_first_is_chosen(office: Office) -> None:
    """An office without a window executes no box, so it is looked at before it would be."""
    dialog = Boxes(RunningOffice(office.context))._list(["甲表 · 甲市财政局 · 2024", "乙表"], "选一种表样", None)
    shown = dialog.getControl("list")
    assert dialog.getTitle() == "选一种表样"
    assert list(shown.getItems()) == ["甲表 · 甲市财政局 · 2024", "乙表"]
    assert shown.getSelectedItemPos() == 0
    dialog.dispose()


# ---- the same as the command line


@pytest.mark.parametrize("seed", ["wuhua-2024-project", LARGE])
def test_fill_and_undo_do_what_the_command_line_does(
    seed: str, office: Office, desks: list[Desk], tmp_path: Path
) -> None:
    path = tmp_path / "绩效 表" / "工作簿.xlsx"
    path.parent.mkdir()
    without_formulas(large_form(path, 12, native=True) if seed == LARGE else imported(seed, path))
    before = PackageHost(path).read()
    copy = str(shutil.copy(path, tmp_path / "命令行.xlsx"))
    main(["fill", copy])
    file = PackageHost(copy).read()

    desk = Desk(office, path)
    desks.append(desk)
    assert desk.press("fill").startswith("已填写 ")
    live = desk.document()
    assert stated(before).keys() < stated(live).keys()
    assert stated(live) == stated(file)
    assert computed(live) == computed(file)
    assert examine(live) == examine(file)

    assert desk.press("undo").startswith("已恢复 ")
    undone = desk.document()
    assert stated(undone) == stated(before)
    assert computed(undone) == set()


def test_the_command_line_takes_back_what_a_button_wrote_and_calc_saved(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = without_formulas(large_form(tmp_path / "工作簿.xlsx", 12, native=True))
    before = PackageHost(path).read()
    desk = Desk(office, path)
    desk.press("fill")
    desk.book.save()
    desk.press("check")  # and closed without saving
    desk.book.close()
    assert computed(PackageHost(path).read())
    assert main(["undo", str(path)]) == 0
    assert capsys.readouterr().out.startswith("已恢复 ")
    undone = PackageHost(path).read()
    assert (stated(undone), computed(undone)) == (stated(before), set())


def test_check_lists_what_the_command_line_lists(office: Office, desks: list[Desk], tmp_path: Path) -> None:
    path = imported("datong-2021-project", tmp_path / "大同" / "大同.xlsx")
    copy = str(shutil.copy(path, tmp_path / "命令行.xlsx"))
    main(["check", copy, "--mark"])
    desk = Desk(office, path)
    desks.append(desk)
    before = desk.document()
    assert desk.press("check").startswith("发现 1 个错误、")  # 10 stated, 6.96 by 10 × 135 ÷ 194
    assert desk.book.impl.api.getCurrentController().getActiveSheet().getName() == RESULTS
    assert stated(desk.document()) == stated(PackageHost(copy).read()) != stated(before)
    assert desk.press("undo") == "已去掉校验的标记和清单。"
    assert stated(desk.document()) == stated(before)


def test_a_report_goes_beside_the_workbook(office: Office, desks: list[Desk], tmp_path: Path) -> None:
    desk = Desk(office, imported("datong-2021-project", tmp_path / "大同" / "大同.xlsx"))
    desks.append(desk)
    desk.press("report")
    assert (tmp_path / "大同" / "大同-评价报告.docx").stat().st_size > 10_000
    assert "处待补充" in desk.user.asked[0]
    main(["report", str(desk.path), "-o", str(tmp_path / "命令行.docx")])
    assert (tmp_path / "命令行.docx").read_bytes() == (tmp_path / "大同" / "大同-评价报告.docx").read_bytes()


def test_new_builds_a_form_and_opens_it(office: Office, desks: list[Desk], tmp_path: Path) -> None:
    desk = Desk(office, imported("datong-2021-project", tmp_path / "大同" / "大同.xlsx"))
    desks.append(desk)
    desk.user.saves_to = lambda suggested: str(tmp_path / "新 表.xlsx")
    buttons.press("new", "wuhua-project-2024", book=desk.book)
    assert desk.user.said[-1].startswith("已生成：")
    opened = desk.app.books["新 表.xlsx"]
    assert ExcelHost(opened).read().grids[0].constants["jx.form"] == "wuhua-project-2024"
    opened.close()


def test_the_office_is_asked_as_often_whatever_the_number_of_indicators(office: Office, tmp_path: Path) -> None:
    asked: list[list[int]] = []
    for rows in (10, 100):
        desk = Desk(office, without_formulas(large_form(tmp_path / f"{rows}项.xlsx", rows)))
        counts = []
        for button in ("fill", "check", "undo", "undo", "report"):
            with counted() as count:
                desk.press(button)
            counts.append(count[0])
        desk.book.close()
        asked.append(counts)
    assert asked[0] == asked[1]
    assert min(asked[0]) > 0


# ---- what can go wrong


def test_a_workbook_opened_read_only_is_told(office: Office, tmp_path: Path) -> None:
    path = large_form(tmp_path / "只读.xlsx", 3, native=True)
    path.chmod(0o444)
    content = path.read_bytes()
    desk = Desk(office, path)
    desk.book.close()
    desk.book = desk.app.books.open(path, read_only=True)
    told = desk.press("check")
    assert told.startswith("只读.xlsx 是以只读方式打开的，LibreOffice 不让改动")
    assert desk.press("undo") == "只读.xlsx：没有可以撤销的填写或校验。"
    desk.book.close()
    assert path.read_bytes() == content


def test_a_workbook_closed_while_it_asks_is_told(office: Office, tmp_path: Path) -> None:
    desk = Desk(office, without_formulas(large_form(tmp_path / "关.xlsx", 3, native=True)))
    desk.user.when_asked = desk.book.close
    assert desk.press("fill").startswith("这个工作簿已经关闭")
    assert desk.press("check").startswith("这个工作簿已经关闭")


def test_an_office_that_dies_while_it_asks_leaves_the_file_whole(installed: None, tmp_path: Path) -> None:
    path = without_formulas(large_form(tmp_path / "大表.xlsx", 3, native=True))
    content = path.read_bytes()
    with Office() as office:
        desk = Desk(office, path)
        desk.user.when_asked = lambda: os.killpg(office.pid, signal.SIGKILL)
        assert desk.press("fill").startswith("LibreOffice 意外退出；原文件未改动")
    assert path.read_bytes() == content


def test_a_box_that_cannot_be_shown_any_more_goes_to_the_log(installed: None, tmp_path: Path) -> None:
    path = large_form(tmp_path / "大表.xlsx", 3, native=True)
    with Office(recalculate=True) as office:
        book = register(office.context, hidden=True).books.open(path)
        os.killpg(office.pid, signal.SIGKILL)
        buttons.press("fill", book=book)
    log = Path(logbook.state_folder(), "jixiao.log").read_text(encoding="utf-8")
    assert log.endswith("\nGone\n")
