"""撤销: one history for the command line and the buttons; what was saved is taken back step by step, nothing else."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from jixiao import buttons
from jixiao.actions.fill import fill
from jixiao.actions.steps import Entry, Step
from jixiao.cli import main
from jixiao.desks.journal import MOST_STEPS, Journal
from jixiao.grid import Change
from jixiao.hosts import saving
from jixiao.hosts.package import PackageHost
from recording_engine import opened
from workbooks import large_form, named_cell, without_formulas

Cells = dict[tuple[str, int, int], object]
NOTHING = "{name}：没有可以撤销的填写或校验。\n"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))


@pytest.fixture
def unfilled(tmp_path: Path) -> Path:
    return without_formulas(large_form(tmp_path / "十二项.xlsx", 12))


def cells(path: Path) -> Cells:
    """Everything that stands in a workbook: formulas, and what was typed."""
    return {
        (grid.title, *at): cell.formula or cell.value
        for grid in PackageHost(path).read().grids
        for at, cell in grid.cells.items()
        if cell.formula or cell.value is not None
    }


def type_into(path: Path, fact: str, value: Decimal | None) -> tuple[str, int, int]:
    host = PackageHost(path)
    document = host.read()
    at = named_cell(document, fact)
    host.write([Change(document.grids[0].title, *at, value)])
    host.save()
    return (document.grids[0].title, *at)


def journals(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "状态").rglob("*.json"))


def press(path: Path, name: str) -> str:
    """Press a button over the workbook as it lies on the disk, and close it without saving."""
    book, app = opened(path)
    buttons.press(name, book=book)
    return app.said[-1]


def test_a_fill_is_taken_back(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    assert cells(unfilled) != before
    capsys.readouterr()
    assert main(["undo", str(unfilled)]) == 0
    assert capsys.readouterr().out == f"已恢复 37 个单元格：{unfilled}\n"
    assert cells(unfilled) == before
    assert main(["undo", str(unfilled)]) == 2
    assert capsys.readouterr().err == NOTHING.format(name=unfilled.name)


def test_marks_are_taken_back_and_then_the_fill(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    filled = cells(unfilled)
    main(["check", "--mark", str(unfilled)])
    assert cells(unfilled) != filled
    capsys.readouterr()
    main(["undo", str(unfilled)])
    assert cells(unfilled) == filled
    main(["undo", str(unfilled)])
    assert cells(unfilled) == before
    assert capsys.readouterr().out.splitlines() == [
        f"已去掉校验的标记和清单：{unfilled}",
        f"已恢复 37 个单元格：{unfilled}",
    ]


def test_what_was_typed_since_stays_and_is_named(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    spot = type_into(unfilled, "total.score", Decimal(88))
    capsys.readouterr()
    main(["undo", str(unfilled)])
    assert capsys.readouterr().out.splitlines()[1:] == [
        "另有 1 个单元格之后又改过，保持不动：",
        "  大表 J26",
    ]
    assert cells(unfilled) == {**before, spot: Decimal(88)}


def test_the_button_takes_back_what_the_command_wrote(unfilled: Path) -> None:
    main(["fill", str(unfilled)])
    assert press(unfilled, "undo") == "已恢复 37 个单元格。"


def test_a_press_that_was_never_saved_is_passed_over(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """She emptied a cell, filled again in Excel, closed without saving, and takes back what was saved before."""
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    type_into(unfilled, "total.score", None)
    assert press(unfilled, "fill") == "已填写 1 个单元格。"
    capsys.readouterr()
    assert main(["undo", str(unfilled)]) == 0
    assert capsys.readouterr().out.startswith("已恢复 36 个单元格：")
    assert cells(unfilled) == before
    assert main(["undo", str(unfilled)]) == 2


def test_marks_taken_away_are_no_step_any_more(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fill", str(unfilled)])
    main(["check", "--mark", str(unfilled)])
    main(["check", "--unmark", str(unfilled)])
    capsys.readouterr()
    main(["undo", str(unfilled)])
    assert capsys.readouterr().out.startswith("已恢复 37 个单元格：")


def test_to_check_again_is_no_second_step(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fill", str(unfilled)])
    for _ in range(3):
        main(["check", "--mark", str(unfilled)])
    capsys.readouterr()
    main(["undo", str(unfilled), str(unfilled)])
    assert [line.split("：")[0] for line in capsys.readouterr().out.splitlines()] == [
        "已去掉校验的标记和清单",
        "已恢复 37 个单元格",
    ]


def test_a_copy_has_no_history(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fill", str(unfilled)])
    copy = unfilled.with_name("副本.xlsx")
    copy.write_bytes(unfilled.read_bytes())
    assert main(["undo", str(copy)]) == 2
    assert capsys.readouterr().err == NOTHING.format(name=copy.name)
    assert copy.read_bytes() == unfilled.read_bytes()


def test_a_dry_run_is_no_step(unfilled: Path) -> None:
    main(["fill", "--dry-run", str(unfilled)])
    assert main(["undo", str(unfilled)]) == 2


def test_a_save_that_is_refused_leaves_no_step_and_no_journal(unfilled: Path, tmp_path: Path) -> None:
    (unfilled.parent / f".~lock.{unfilled.name}#").touch()
    assert main(["fill", str(unfilled)]) == 2
    (unfilled.parent / f".~lock.{unfilled.name}#").unlink()
    assert main(["undo", str(unfilled)]) == 2
    assert journals(tmp_path) == []


def test_a_workbook_that_is_not_ours_gets_no_journal(tmp_path: Path) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "别的.xlsx")
    assert main(["check", "--mark", str(tmp_path / "别的.xlsx")]) == 2
    assert journals(tmp_path) == []


# ---- what was not saved is not in the file, and what was is


def test_an_undo_that_was_never_saved_takes_nothing_from_the_file(unfilled: Path) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    filled = unfilled.read_bytes()
    for _ in range(2):
        assert press(unfilled, "undo") == "已恢复 37 个单元格。"
        assert unfilled.read_bytes() == filled
    assert main(["undo", str(unfilled)]) == 0
    assert cells(unfilled) == before


def test_in_one_window_every_step_is_taken_back_and_done_again(unfilled: Path) -> None:
    book, app = opened(unfilled)
    for button in ("fill", "check", "undo", "undo", "undo", "fill", "undo"):
        buttons.press(button, book=book)
    assert app.said[-1] == app.said[3] == "已恢复 37 个单元格。"
    assert app.said[4] == NOTHING.format(name=unfilled.name).strip()


def test_a_step_that_was_typed_over_does_not_bar_the_older_ones(
    unfilled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    type_into(unfilled, "total.score", None)
    main(["fill", str(unfilled)])
    spot = type_into(unfilled, "total.score", Decimal(88))
    capsys.readouterr()
    assert main(["undo", str(unfilled)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"已恢复 0 个单元格：{unfilled}",
        "另有 1 个单元格之后又改过，保持不动：",
        "  大表 J26",
    ]
    assert main(["undo", str(unfilled)]) == 0
    assert cells(unfilled) == {**before, spot: Decimal(88)}


def test_a_step_never_saved_and_typed_over_bars_nothing_either(unfilled: Path) -> None:
    before = cells(unfilled)
    main(["fill", str(unfilled)])
    type_into(unfilled, "total.score", None)
    press(unfilled, "fill")
    spot = type_into(unfilled, "total.score", Decimal(88))
    assert main(["undo", str(unfilled)]) == 0
    assert cells(unfilled) == {**before, spot: Decimal(88)}


def test_a_press_that_is_refused_leaves_the_step_before(unfilled: Path) -> None:
    book, app = opened(unfilled)
    buttons.press("fill", book=book)
    sheet = book.impl.named("大表")
    names = dict(sheet.refers)
    sheet.contents.pop(named_cell(PackageHost(unfilled).read(), "total.score"))
    sheet.protected = True
    buttons.press("fill", book=book)
    assert "撤销工作表保护" in app.said[-1]
    assert sheet.refers == names
    sheet.protected = False
    buttons.press("undo", book=book)
    assert app.said[-1].startswith("已恢复 36 个单元格。")


@pytest.mark.parametrize("moment", ["replace", "sync_folder"])
def test_an_interrupt_about_the_end_of_a_save_loses_no_step(
    unfilled: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """The journal is written, or the new file stands, but nothing was reported."""
    before = cells(unfilled)

    def interrupted(*arguments: Any) -> None:
        real(*arguments)
        if moment == "sync_folder" or arguments[1] == str(unfilled):
            raise KeyboardInterrupt

    home = os if moment == "replace" else saving.drafts
    real = getattr(home, moment)
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(home, moment, interrupted)
        main(["fill", str(unfilled)])
    if moment == "replace":
        assert cells(unfilled) != before
        assert main(["undo", str(unfilled)]) == 0
    assert cells(unfilled) == before


# ---- a sheet that is not as it was


def insert_row(sheet: Any, at: int) -> None:
    """What a spreadsheet does with the cells and names of a sheet; its formulas do not matter here."""

    def moved(row: int) -> int:
        return row + (row >= at)

    sheet.contents = {(moved(row), column): content for (row, column), content in sheet.contents.items()}
    for name, refers in sheet.refers.items():
        if "!$" in refers:
            sheet.refers[name] = re.sub(r"(?<=\$)\d+", lambda found: str(moved(int(found[0]))), refers)


def test_rows_inserted_since_are_noticed(unfilled: Path) -> None:
    """Three weights typed as text and one row more: each would get the text of its neighbour."""
    main(["fill", str(unfilled)])
    row, column = named_cell(PackageHost(unfilled).read(), "total.weight")
    host = PackageHost(unfilled)
    texts = ["0.10分", "0.1", "0.100"]
    host.write(Change("大表", row - number, column, text) for number, text in enumerate(texts, 1))
    host.save()
    main(["fill", str(unfilled)])
    book, app = opened(unfilled)
    sheet = book.impl.named("大表")
    insert_row(sheet, row - 3)
    before = dict(sheet.contents)
    buttons.press("undo", book=book)
    assert app.said[-1] == (
        "十二项.xlsx：没有恢复：表“大表”已改名、删去，或者行列有增减。"
        "请改回原样再撤销，或者到“备份”文件夹里找回以前的文件。"
    )
    assert sheet.contents == before


def test_one_renamed_sheet_keeps_the_step_of_all(tmp_path: Path) -> None:
    path = tmp_path / "两个项目.xlsx"
    main(["new", "--form", "sichuan-project-2023", "--projects", "2", "--year", "2024", "-o", str(path)])
    host = PackageHost(path)
    document = host.read()
    for number in range(2):
        for field in ("initial", "adjusted", "executed"):
            at = named_cell(document, f"funds.fiscal.{field}", number)
            host.write([Change(document.grids[number].title, *at, Decimal(10))])
    host.save()
    without_formulas(path)
    before = cells(path)
    main(["fill", str(path)])
    book, app = opened(path)
    book.impl.named("项目1").name = "改名"
    typed = [dict(sheet.contents) for sheet in book.impl._sheets]
    buttons.press("undo", book=book)
    assert "没有恢复：表“项目1”已改名" in app.said[-1]
    assert [dict(sheet.contents) for sheet in book.impl._sheets] == typed
    assert main(["undo", str(path)]) == 0
    assert cells(path) == before


# ---- what formulas show


def result(path: Path, fact: str) -> object:
    document = PackageHost(path).read()
    return document.grids[0].at(*named_cell(document, fact)).value


def recalculated(path: Path) -> None:
    """What an office program does by itself: every formula shows what comes of the cells as they are."""
    host = PackageHost(path)
    host.write(fill(host.read()).changes)
    host.save()


def test_no_formula_shows_again_what_it_showed_then(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = large_form(tmp_path / "表.xlsx", 3)
    type_into(path, "funds.fiscal.executed", Decimal(8))
    type_into(path, "grade", None)
    main(["fill", str(path)])
    type_into(path, "funds.fiscal.executed", Decimal("9.5"))
    recalculated(path)
    capsys.readouterr()
    assert main(["undo", str(path)]) == 0
    assert capsys.readouterr().out == f"已恢复 1 个单元格：{path}\n"
    assert (result(path, "grade"), result(path, "funds.total.rate")) == (None, Decimal("0.95"))


def test_results_follow_what_is_put_back(tmp_path: Path) -> None:
    """A sum of 10 was typed over with 5, and is typed again once it is taken back: the rate reads what is typed."""
    path = large_form(tmp_path / "表.xlsx", 3)
    type_into(path, "funds.total.executed", Decimal(5))
    recalculated(path)
    assert result(path, "funds.total.rate") == Decimal("0.5")
    main(["fill", "--replace-typed", str(path)])
    assert result(path, "funds.total.rate") == 1
    assert main(["undo", str(path)]) == 0
    assert (result(path, "funds.total.executed"), result(path, "funds.total.rate")) == (5, Decimal("0.5"))


def test_a_fill_that_only_refreshes_results_is_no_step(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fill", str(unfilled)])
    type_into(unfilled, "funds.fiscal.executed", Decimal(8))
    main(["fill", str(unfilled)])
    capsys.readouterr()
    main(["undo", str(unfilled)])
    assert capsys.readouterr().out.startswith("已恢复 37 个单元格：")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1234567.89012345", Decimal("1234567.89012345")),
        ("0.10000000000000000000", Decimal("0.1")),
        ("12345678901234567.89", "12345678901234567.89"),
        ("12.3456789012345678901", "12.3456789012345678901"),
    ],
)
def test_a_number_typed_as_text_is_never_rounded(tmp_path: Path, text: str, value: object) -> None:
    path = large_form(tmp_path / "表.xlsx", 3)
    host = PackageHost(path)
    host.write([Change("大表", *named_cell(host.read(), "funds.fiscal.executed"), text)])
    host.save()
    main(["fill", str(path)])
    assert result(path, "funds.fiscal.executed") == value


# ---- the journal


def test_a_file_whose_name_is_no_utf_8(unfilled: Path) -> None:
    path = unfilled.with_name(os.fsdecode("绩效.xlsx".encode("gb18030")))
    try:
        unfilled.rename(path)
    except (OSError, UnicodeError):
        pytest.skip("this system has no such names")
    for arguments in (["fill"], ["check", "--mark"], ["undo"], ["undo"]):
        ran = subprocess.run([sys.executable, "-m", "jixiao.cli", *arguments, path], capture_output=True)
        assert (ran.returncode in (0, 1), ran.stderr) == (True, b""), arguments


def _entry(change: Callable[[list[Any]], None]) -> Callable[[list[Any]], Any]:
    def changed(steps: list[Any]) -> Any:
        change(steps[0]["entries"][0])
        return steps

    return changed


ODD_JOURNALS: dict[str, Callable[[list[Any]], Any]] = {
    "no list": lambda _: 5,
    "a number": lambda _: [1],
    "nothing known": lambda _: [{}],
    "null": lambda _: [None],
    "deep": lambda _: "[" * 100_000,
    "another code": lambda steps: json.dumps(steps).encode("utf-16"),
    "of an earlier version": lambda steps: [{"button": "fill", "entries": [[["大表", 1, 1, None, None]] * 2]}],
    "no layouts": lambda steps: [{name: value for name, value in steps[0].items() if name != "layouts"}],
    "no number": _entry(lambda entry: entry.__setitem__(5, {"number": "NaN"})),
    "not a number": _entry(lambda entry: entry.__setitem__(5, {"number": "abc"})),
    "a bare number": _entry(lambda entry: entry.__setitem__(3, float("nan"))),
    "row 0": _entry(lambda entry: entry.__setitem__(1, 0)),
    "row 1048577": _entry(lambda entry: entry.__setitem__(1, 1_048_577)),
    "column 16385": _entry(lambda entry: entry.__setitem__(2, 16_385)),
    "half a row": _entry(lambda entry: entry.__setitem__(1, 1.5)),
    "a formula that is none": _entry(lambda entry: entry.__setitem__(6, 7)),
    "one more": _entry(lambda entry: entry.append("")),
}


@pytest.mark.parametrize("name", ODD_JOURNALS)
def test_an_odd_journal_holds_no_step(
    unfilled: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["fill", str(unfilled)])
    [journal] = journals(tmp_path)
    odd = ODD_JOURNALS[name](json.loads(journal.read_text()))
    journal.write_bytes(odd if isinstance(odd, bytes) else (odd if isinstance(odd, str) else json.dumps(odd)).encode())
    capsys.readouterr()
    assert main(["undo", str(unfilled)]) == 2
    assert capsys.readouterr().err == NOTHING.format(name=unfilled.name)
    type_into(unfilled, "total.score", None)
    assert main(["fill", str(unfilled)]) == main(["undo", str(unfilled)]) == 0


def test_without_a_place_for_the_journal_nothing_is_written(
    unfilled: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Neither the home nor the folder for temporary files can be written."""

    def nowhere() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    before = unfilled.read_bytes()
    monkeypatch.setattr("jixiao.desks.journal.state_folder", nowhere)
    refused = "十二项.xlsx：没有写入：写了要能撤销，而撤销记录存不下来；请检查磁盘空间和个人文件夹的写入权限后再试。"
    assert main(["fill", str(unfilled)]) == main(["undo", str(unfilled)]) == 2
    assert capsys.readouterr().err == f"{refused}\n{NOTHING.format(name=unfilled.name)}"
    assert unfilled.read_bytes() == before
    book, app = opened(unfilled)
    buttons.press("fill", book=book)
    assert app.said[-1] == refused
    assert "jx_id" not in book.impl.named("大表").refers


def _step(number: int) -> Step:
    cell = Change("表", 1, 1, Decimal(number))
    return Step("fill", [Entry(cell, cell)])


def test_a_journal_keeps_the_newest_steps_and_its_own_chain_first() -> None:
    journal = Journal("ab", "表.xlsx")
    for number in range(1, 31):
        journal.keep(f"{number:x}", f"{number - 1:x}", _step(number))
    assert journal.steps("1e") == [_step(number) for number in range(30 - MOST_STEPS + 1, 31)]
    for number in range(100, 105):  # never saved: nothing leads to the one before
        journal.keep(f"{number:x}", "c", _step(number))
    assert journal.steps(f"{104:x}") == [_step(11), _step(12), _step(104)]
    assert journal.steps("1e")[-3:] == [_step(28), _step(29), _step(30)]


def test_a_journal_that_bites_its_tail_has_an_end() -> None:
    journal = Journal("ab", "表.xlsx")
    journal.keep("1", "2", _step(1))
    journal.keep("2", "1", _step(2))
    assert journal.steps("2") == [_step(1), _step(2)]


def test_journals_nobody_has_written_for_a_year_are_removed(unfilled: Path, tmp_path: Path) -> None:
    main(["fill", str(unfilled)])
    [journal] = journals(tmp_path)
    for name, days in (("旧", 366), ("新", 364)):
        other = journal.with_name(f"{name}.json")
        other.write_text("[]")
        os.utime(other, (time.time() - days * 86400,) * 2)
    type_into(unfilled, "total.score", None)
    main(["fill", str(unfilled)])
    assert {path.name for path in journals(tmp_path)} == {journal.name, "新.json"}
