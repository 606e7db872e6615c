"""What the add-on calls when a button is pressed, and the boxes of an office that somebody sits at."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import live
from jixiao.hosts.excel.window import Window
from jixiao.hosts.libreoffice.boxes import Boxes
from jixiao.hosts.libreoffice.engine import App, register
from jixiao.inside import BOXES, press
from jixiao.office.launcher import Office
from workbooks import large_form, without_formulas


@pytest.fixture(autouse=True)
def recorder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> live.Recorder:
    """Boxes are recorded; the journal goes into a folder of its own."""
    recorder = live.Recorder()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))
    monkeypatch.setenv(BOXES, "live")
    monkeypatch.setattr(live, "Boxes", lambda: recorder, raising=False)
    return recorder


@pytest.fixture
def document(office: Office, tmp_path: Path) -> Iterator[Any]:
    """A form without formulas, as UNO hands it over."""
    document = office.open(str(without_formulas(large_form(tmp_path / "大表.xlsx", 3, native=True))))
    yield document
    document.close(True)


def test_calcs_own_undo_offers_no_half_of_a_press(office: Office, document: Any, recorder: live.Recorder) -> None:
    sheet = document.getSheets().getByIndex(0)
    cells = sheet.getCellRangeByName("A1:P40")
    before = cells.getFormulaArray()
    sheet.getCellRangeByName("R60").setPropertyValue("CellBackColor", 0xFFFF00)  # the user's own step
    history = document.getUndoManager()
    recorder.agrees = False
    press(office.context, document, "fill")
    assert len(history.getAllUndoActionTitles()) == 1
    recorder.agrees = True
    press(office.context, document, "fill")
    assert recorder.said[-1].startswith("已填写 ")
    assert cells.getFormulaArray() != before
    assert history.getAllUndoActionTitles() == ()
    press(office.context, document, "undo")
    assert cells.getFormulaArray() == before


def test_without_a_workbook_the_user_is_told(office: Office, recorder: live.Recorder) -> None:
    writer = office.service("com.sun.star.frame.Desktop").loadComponentFromURL(
        "private:factory/swriter", "_blank", 0, ()
    )
    for front in (None, writer):
        press(office.context, front, "check")
        assert recorder.said.pop().startswith("当前没有打开的工作簿。")
    writer.close(True)


def test_an_office_without_a_window_agrees_to_nothing(
    office: Office, document: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(BOXES)
    before = document.getSheets().getByIndex(0).getCellRangeByName("A1:P40").getFormulaArray()
    press(office.context, document, "fill")
    press(office.context, document, "new", "wuhua-project-2024")
    assert document.getSheets().getByIndex(0).getCellRangeByName("A1:P40").getFormulaArray() == before


class Seen:
    """An office with a window: it notes which boxes were shown."""

    def __init__(self, answer: int, chosen: str = "") -> None:
        self.shown: list[Any] = []
        box = SimpleNamespace(execute=lambda: answer, dispose=lambda: None)
        toolkit = SimpleNamespace(createMessageBox=lambda *what: self.shown.append(what[1:]) or box)
        window = SimpleNamespace(isVisible=lambda: True, getToolkit=lambda: toolkit)
        frame = SimpleNamespace(getContainerWindow=lambda: window)
        self.desktop = SimpleNamespace(getCurrentFrame=lambda: frame)
        self._picker = SimpleNamespace(execute=lambda: answer, getSelectedFiles=lambda: (chosen,))
        for name in ("initialize", "setTitle", "appendFilter", "setDisplayDirectory", "setDefaultName"):
            setattr(self._picker, name, lambda *what, name=name: self.shown.append((name, *what)))

    def service(self, name: str) -> Any:
        return self._picker


def test_boxes_ask_and_tell_as_in_excel(installed: None) -> None:
    for answer, expected in ((2, "yes"), (3, "no"), (0, "cancel")):
        seen = Seen(answer)
        assert Boxes(seen).message("好吗", "绩效", "yes_no", "info") == expected
        [(kind, buttons, title, text)] = seen.shown
        assert (kind.value, buttons, title, text) == ("QUERYBOX", 3, "绩效", "好吗")
    seen = Seen(1)
    assert Boxes(seen).message("坏了", "绩效", "ok", "critical") == "ok"
    assert seen.shown[0][0].value == "ERRORBOX"


def test_file_boxes_take_excels_filters(office: Office) -> None:
    app = App(office.context, None, True)
    seen = Seen(1, "file:///tmp/%E6%8A%A5%E5%91%8A.docx")
    app._boxes = Boxes(seen)
    window = Window(register(office.context))
    window._app = SimpleNamespace(macro=lambda name: lambda *given: app.run(name, given))
    assert window.save_as("/tmp/评价报告.docx", ".docx", ".xlsx") == "/tmp/报告.docx"
    assert seen.shown == [
        ("initialize", (10,)), ("setTitle", "绩效"),
        ("appendFilter", "Word 文档 (*.docx)", "*.docx"), ("appendFilter", "工作簿 (*.xlsx)", "*.xlsx"),
        ("setDisplayDirectory", "file:///tmp"), ("setDefaultName", "评价报告.docx"),
    ]  # fmt: skip
    seen.shown.clear()
    assert window.choose(".docx", ".xlsx") == "/tmp/报告.docx"
    assert seen.shown[2] == ("appendFilter", "填好的表 (*.docx;*.xlsx)", "*.docx;*.xlsx")


def test_a_cancelled_file_box_is_no_file(office: Office) -> None:
    assert Boxes(Seen(0)).save("/tmp/甲.docx", "Word 文档 (*.docx),*.docx", "绩效") is False
