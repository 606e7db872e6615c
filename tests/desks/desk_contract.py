"""What a desk may rely on beside the contract of hosts: workbooks that are told apart, programs that speak and ask.

``WORKBOOK`` are the promises of every workbook that is written to, ``LIVE`` those of one that is open, ``PROGRAM`` those of
the program it is open in. Each wants a subject of its own.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jixiao.desks.contract import LiveWorkbook, Program, Workbook
from jixiao.errors import Refusal
from jixiao.hosts.identity import Identity
from jixiao.hosts.package import PackageHost
from jixiao.wording.workbook import RESULTS

FIRST = Identity("0123456789abcdef" * 2, "ab12")


class Somebody:
    """The user of a program under test: what she was told and asked, and how she answers from now on.

    ``recorder`` notes and answers for her, ``app`` is the program itself; one object may be both.
    """

    def __init__(self, recorder: Any, app: Any) -> None:
        self._recorder, self._app = recorder, app

    def said(self) -> list[str]:
        return list(self._recorder.said)

    def asked(self) -> list[str]:
        return list(self._recorder.asked)

    def agrees(self, answer: bool) -> None:
        self._recorder.agrees = answer

    def saves_to(self, answer: str | None) -> None:
        self._recorder.saves_to = lambda suggested: answer or False

    def chooses(self, answer: str | None) -> None:
        self._recorder.chosen = answer or False

    def picks(self, number: int) -> None:
        """The number of a line in a list, from 1; 0 cancels."""
        self._recorder.picks = number

    def offered(self) -> object:
        return self._recorder.offered

    def quiet(self) -> bool:
        return not self._app.display_alerts

    def bar(self) -> object:
        return self._app.status_bar


# ---- every workbook


def has_no_identity_before_it_needs_one(workbook: Workbook) -> None:
    assert workbook.identity(workbook.read()) is None


def keeps_the_identity_it_was_given(workbook: Workbook) -> None:
    workbook.identify(workbook.read(), FIRST)
    assert workbook.identity(workbook.read()) == FIRST


def takes_another_identity(workbook: Workbook) -> None:
    """Also from somebody who has not read the workbook since: so the old name is put back where writing fails."""
    before = workbook.read()
    for identity in (FIRST, FIRST._replace(step="cd34"), FIRST._replace(step=""), Identity("ef")):
        workbook.identify(before, identity)
        assert workbook.identity(workbook.read()) == identity
    workbook.identify(workbook.read(), FIRST)
    assert workbook.identity(workbook.read()) == FIRST


def changes_no_cell_when_it_is_identified(workbook: Workbook) -> None:
    before = workbook.read()
    workbook.identify(before, FIRST)
    after = workbook.read()
    assert [dict(grid.cells) for grid in after.grids] == [dict(grid.cells) for grid in before.grids]
    assert [dict(grid.names) for grid in after.grids] == [dict(grid.names) for grid in before.grids]


WORKBOOK = [
    has_no_identity_before_it_needs_one,
    keeps_the_identity_it_was_given,
    takes_another_identity,
    changes_no_cell_when_it_is_identified,
]


# ---- one that is open


def knows_where_it_lies(workbook: LiveWorkbook, path: Path, in_front: Callable[[], str]) -> None:
    assert Path(workbook.place) == path


def shows_its_findings(workbook: LiveWorkbook, path: Path, in_front: Callable[[], str]) -> None:
    assert in_front() != RESULTS
    workbook.show_findings()
    assert in_front() == RESULTS


def shows_cells_of_a_sheet(workbook: LiveWorkbook, path: Path, in_front: Callable[[], str]) -> None:
    """The sheet in front, if it has some; else the first; no cell changes."""
    before = [dict(grid.cells) for grid in workbook.read().grids]
    workbook.show_cells({"表 二": ["A1", "A2:B3"]})
    assert in_front() == "表 二"
    workbook.show_cells({"表1": ["A1"], "表 二": ["B1"]})
    assert in_front() == "表 二"
    assert [dict(grid.cells) for grid in workbook.read().grids] == before


def hands_over_its_content(workbook: LiveWorkbook, path: Path, in_front: Callable[[], str]) -> None:
    """As a file that says the same; its place does not change."""
    assert [grid.title for grid in PackageHost.from_bytes(workbook.content(), path.name).read().grids] == [
        grid.title for grid in workbook.read().grids
    ]
    assert Path(workbook.place) == path


LIVE = [knows_where_it_lies, shows_its_findings, shows_cells_of_a_sheet, hands_over_its_content]


# ---- the program


def tells(program: Program, user: Somebody, path: Path) -> None:
    program.progress("正在校验……")
    program.tell("没有发现问题。")
    assert user.said() == ["没有发现问题。"]
    assert user.bar() is False


def asks_and_takes_no_for_an_answer(program: Program, user: Somebody, path: Path) -> None:
    assert program.ask("现在写入吗？")
    user.agrees(False)
    assert not program.ask("要覆盖吗？")
    assert user.asked() == ["现在写入吗？", "要覆盖吗？"]


def complains_again_after_a_button_failed(program: Program, user: Somebody, path: Path) -> None:
    with pytest.raises(Refusal), program.quiet():
        program.progress("正在写入……")
        assert user.quiet()
        raise Refusal("工作表受保护。")
    assert not user.quiet()
    assert user.bar() is False


def asks_where_to_save(program: Program, user: Somebody, path: Path) -> None:
    user.saves_to("/甲/报告.docx")
    assert program.save_as("/乙/报告.docx", ".docx") == "/甲/报告.docx"
    user.saves_to(None)
    assert program.save_as("/乙/报告.xlsx", ".xlsx", ".xlsm") is None


def asks_which_file(program: Program, user: Somebody, path: Path) -> None:
    user.chooses("/甲/自评表.docx")
    assert program.choose(".docx", ".xlsx") == "/甲/自评表.docx"
    user.chooses(None)
    assert program.choose(".docx", ".xlsx") is None


def asks_for_one_of_some_lines(program: Program, user: Somebody, path: Path) -> None:
    user.picks(2)
    assert program.choose_one("选一种表样", ["甲表", "乙表"]) == 1
    assert user.offered() == ("选一种表样", ["甲表", "乙表"])
    user.picks(0)
    assert program.choose_one("选一种表样", ["甲表"]) is None


def opens_no_second_workbook_of_one_name(program: Program, user: Somebody, path: Path) -> None:
    """Excel cannot, and in Calc nobody could tell the two apart."""
    other = path.parent / "别处" / path.name
    other.parent.mkdir()
    other.write_bytes(path.read_bytes())
    with pytest.raises(Refusal, match="同名的工作簿"):
        program.open_workbook(str(other))


PROGRAM = [
    tells,
    asks_and_takes_no_for_an_answer,
    complains_again_after_a_button_failed,
    asks_where_to_save,
    asks_which_file,
    asks_for_one_of_some_lines,
    opens_no_second_workbook_of_one_name,
]
