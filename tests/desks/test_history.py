"""撤销: one history for the command line and the buttons; what was saved is taken back step by step, nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao import buttons
from jixiao.cli import main
from jixiao.grid import Change
from jixiao.hosts.package import PackageHost
from recording_engine import opened
from workbooks import large_form, named_cell, without_formulas

Cells = dict[tuple[str, int, int], object]
NOTHING = "没有可以撤销的填写或校验。"


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
    assert capsys.readouterr().err == f"{NOTHING}\n"


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


def test_checking_without_findings_leaves_nothing_to_undo(tmp_path: Path) -> None:
    book = tmp_path / "空白.xlsx"
    main(["new", "--form", "wuhua-project-2024", "--year", "2024", "-o", str(book)])
    main(["check", "--unmark", str(book)])
    assert main(["undo", str(book)]) == 2


def test_a_copy_has_no_history(unfilled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["fill", str(unfilled)])
    copy = unfilled.with_name("副本.xlsx")
    copy.write_bytes(unfilled.read_bytes())
    assert main(["undo", str(copy)]) == 2
    assert capsys.readouterr().err == f"{NOTHING}\n"
    assert copy.read_bytes() == unfilled.read_bytes()


def test_a_dry_run_is_no_step(unfilled: Path) -> None:
    main(["fill", "--dry-run", str(unfilled)])
    assert main(["undo", str(unfilled)]) == 2


def test_a_save_that_is_refused_leaves_no_step(unfilled: Path) -> None:
    (unfilled.parent / f".~lock.{unfilled.name}#").touch()
    assert main(["fill", str(unfilled)]) == 2
    (unfilled.parent / f".~lock.{unfilled.name}#").unlink()
    assert main(["undo", str(unfilled)]) == 2
