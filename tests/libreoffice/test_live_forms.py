"""Published forms bound, checked and let go by the buttons of a live Calc. What stands here is read off the forms by hand."""

import sys
from pathlib import Path

import openpyxl
import pytest

from jixiao.grid import Document
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office
from jixiao.places import split_address
from jixiao.wording.workbook import RESULTS
from live import Desk

sys.path.insert(0, str(Path(__file__).parents[1] / "forms" / "local"))

from building import write
from form_file import FOLDER, load

FORMS = {
    "yongde-2022": {
        "blank": ("E6", "G6", "I6", "I7", "H25", "I25"),
        "computed": {"E6": "387664.62", "G6": "387664.62", "I6": "100.00%", "I7": "100.00%", "H25": "100", "I25": "96"},
        "marked": {"J16", "I19", "J19"},
    },
    "putuo-two-2022": {
        "blank": ("H24", "G36", "H36"),
        "computed": {"H24": "45.17%", "G36": "100", "H36": "89.02"},
        "marked": {"H6", "D24", "E24"},
    },
}
"""What is emptied, what the form prints there, and its faults; of the second the sources of row 24 are all 0."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "状态"))


def values(document: Document) -> dict[tuple[str, int, int], object]:
    return {
        (grid.title, *at): (cell.value, cell.formula)
        for grid in document.grids
        for at, cell in grid.cells.items()
        if cell.value not in (None, "")
    }


@pytest.mark.parametrize("identifier", FORMS)
def test_a_published_form_is_bound_checked_and_let_go(identifier: str, office: Office, tmp_path: Path) -> None:
    expected = FORMS[identifier]
    path = write(load(FOLDER / f"{identifier}.form"), tmp_path)
    book = openpyxl.load_workbook(path)
    for blank in expected["blank"]:
        book.active[blank] = None
    book.save(path)
    desk = Desk(office, path)
    try:
        before = values(desk.document())
        desk.user.agrees = False
        desk.press("bind")
        assert (values(desk.document()), [grid.title for grid in desk.document().grids]) == (before, ["Sheet1"])
        desk.user.agrees = True
        assert desk.press("bind").startswith("已绑定 1 张表")
        desk.press("fill")  # figures typed as texts become numbers only now
        texts = {at: desk.document().grids[0].at(*split_address(at)).text for at in expected["computed"]}
        assert texts == expected["computed"]
        desk.press("check")
        desk.book.save()
        saved = {grid.title: grid for grid in PackageHost(path).read().grids}
        assert saved["Sheet1"].constants["jx.form"] == "local"
        marks = {saved[RESULTS].at(row, 12).text for row in range(4, 40)} - {""}
        assert expected["marked"] <= marks
        while desk.press("undo").startswith("已"):
            pass
        assert values(desk.document()) == before
    finally:
        desk.book.close()
