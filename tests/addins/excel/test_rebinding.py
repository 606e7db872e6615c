"""Rebinding: which cells of which workbooks are entered again when a workbook opens. Runs in pyOpenVBA's interpreter.

LibreOffice cannot hold a formula with a link to an add-in, so it does not run here.
"""

from collections.abc import Mapping
from pathlib import Path

import pytest
from engines import Interpreter
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.functions import FUNCTIONS

LINK = r"='C:\Users\张三\AppData\Roaming\Microsoft\Excel\XLSTART\jixiao.xlam'!PERF_GRADE(A1)"
NAME_ERROR = "Error 2029"

OPENED = """
Public Sub StartAddIn()
    Dim events As JixiaoEvents
    Set events = New JixiaoEvents
    events.CatchUp
    events.CatchUp
End Sub

Public Sub Opened()
    Rebind ActiveWorkbook
End Sub

Public Sub Recalculated(ByVal title As String)
    RebindLost ActiveWorkbook.Worksheets(title)
End Sub

Public Sub TypeIn(ByVal address As String, ByVal text As String)
    ActiveWorkbook.Worksheets(1).Range(address).Value = text
End Sub

Public Function IsSaved() As Boolean
    IsSaved = ActiveWorkbook.Saved
End Function

Public Function HasEvents() As Boolean
    HasEvents = Application.EnableEvents
End Function

Public Function Protected(ByVal title As String) As String
    With ActiveWorkbook.Worksheets(title)
        Protected = .ProtectContents & .ProtectDrawingObjects & .ProtectScenarios & "," & .Protection.AllowFormattingCells _
            & .Protection.AllowInsertingRows & .Protection.AllowSorting & .Protection.AllowFiltering
    End With
End Function
"""


def opened(folder: Path, cells: Mapping[str, str | float], form: str = '"datong-project-2021"') -> Interpreter:
    """A workbook with two sheets, 表 1 (a form) and 汇总, that has just been opened: its values are the saved ones."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表 1"
    for address, value in cells.items():
        sheet[address] = value
    if form:
        sheet.defined_names["jx.form"] = DefinedName("jx.form", attr_text=form)
    book.create_sheet("汇总")["A1"] = LINK
    return _running(book, folder)


def _running(book: Workbook, folder: Path) -> Interpreter:
    path = folder / "自评表.xlsx"
    book.save(path)
    interpreter = Interpreter(path)
    interpreter.app.add_module(OPENED, name="Trial")
    return interpreter


def formula(interpreter: Interpreter, address: str, sheet: str = "表 1") -> str:
    return str(interpreter.app.sheet(sheet).formula(address))


def shown(interpreter: Interpreter, address: str, sheet: str = "表 1") -> str:
    return str(interpreter.app.sheet(sheet).value(address))


def test_links_are_taken_out_on_every_sheet_of_a_form(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": LINK, "C3": "=1+_xludf.PERF_WAN(A1)"})
    book.run("Opened")
    assert [formula(book, "B2"), formula(book, "C3")] == ["=PERF_GRADE(A1)", "=1+PERF_WAN(A1)"]
    assert formula(book, "A1", "汇总") == "=PERF_GRADE(A1)"


def test_workbooks_that_were_open_before_the_add_in_are_rebound(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": LINK})
    book.run("xlwings.Reset")
    book.run("StartAddIn")
    assert formula(book, "B2") == "=PERF_GRADE(A1)"
    helped = [line.partition("|")[0] for line in book.run("Calls.Told").splitlines()]
    assert helped == [f"'jixiao.xlam'!{name}" for name in FUNCTIONS]  # once


def test_other_formulas_are_not_entered_again(tmp_path: Path) -> None:
    others = {"A2": "=SUM(A1)", "A3": r"='C:\x\other.xlam'!PERF_WAN(A1)", "A4": "=PERF_WAN(A1)"}
    book = opened(tmp_path, {"A1": 95, **others})
    before = {address: shown(book, address) for address in others}
    book.run("Opened")
    assert {address: formula(book, address) for address in others} == others
    assert {address: shown(book, address) for address in others} == before  # what is entered is computed


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path: Path) -> None:
    book = opened(tmp_path, {"B1": LINK})
    book.run("TypeIn", "B2", f"'{LINK}")
    book.run("Opened")
    assert formula(book, "B1") == "=PERF_GRADE(A1)"
    assert shown(book, "B2") == LINK


def test_a_workbook_that_is_no_form_is_never_touched(tmp_path: Path) -> None:
    book = opened(tmp_path, {"B2": LINK}, form="")
    book.run("Opened")
    assert [formula(book, "B2"), formula(book, "A1", "汇总")] == [LINK, LINK]


def test_one_unbound_function_means_that_all_are_entered_again(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": "=PERF_WAN(A1)", "B3": "=SUM(A1)"})
    book.run("TypeIn", "B1", "=PERF_GRADE(A1)")  # computed at once: the program does not know it
    assert [shown(book, "B1"), shown(book, "B2"), shown(book, "B3")] == [NAME_ERROR, "", ""]
    book.run("Opened")
    assert [shown(book, "B1"), shown(book, "B2"), shown(book, "B3")] == [NAME_ERROR, NAME_ERROR, ""]


def test_a_name_that_turns_out_unknown_later_is_bound_then(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": "=PERF_WAN(A1)"})
    book.run("Opened")
    book.run("TypeIn", "B1", "=PERF_GRADE(A1)")
    assert shown(book, "B2") == ""
    book.run("Recalculated", "表 1")
    assert shown(book, "B2") == NAME_ERROR


def test_after_recalculation_a_workbook_is_rebound_only_once(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95})
    book.run("TypeIn", "B1", "=PERF_GRADE(A1)")
    book.run("Recalculated", "表 1")
    book.run("TypeIn", "C1", LINK)
    book.run("Recalculated", "表 1")
    assert formula(book, "C1") == LINK


def test_an_unknown_name_that_is_not_ours_changes_nothing(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": "=PERF_WAN(A1)"})
    book.run("TypeIn", "B3", "=NOBODYS(A1)")
    assert shown(book, "B3") == NAME_ERROR
    book.run("Recalculated", "表 1")
    book.run("Opened")
    assert shown(book, "B2") == ""


def test_nobody_is_asked_and_the_workbook_stays_saved(tmp_path: Path) -> None:
    book = opened(tmp_path, {"A1": 95, "B2": LINK})
    book.run("Opened")
    assert book.run("IsSaved") is True
    assert book.run("HasEvents") is True
    assert book.app.dialogs == []


@pytest.mark.parametrize(("password", "rebound"), [("", True), ("秘密", False)])
def test_protection_without_a_password_is_opened_and_restored(tmp_path: Path, password: str, rebound: bool) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "表 1"
    sheet.defined_names["jx.form"] = DefinedName("jx.form", attr_text='"x"')
    sheet["B2"] = LINK
    sheet.protection.sheet = True
    sheet.protection.formatCells = False  # allowed
    sheet.protection.autoFilter = False  # allowed
    if password:
        sheet.protection.password = password
    running = _running(book, tmp_path)
    before = running.run("Protected", "表 1")
    assert before.endswith("TrueFalseFalseTrue")
    running.run("Opened")
    assert formula(running, "B2") == ("=PERF_GRADE(A1)" if rebound else LINK)
    assert running.run("Protected", "表 1") == before
    assert running.app.dialogs == []
