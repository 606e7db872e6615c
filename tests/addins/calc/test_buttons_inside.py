"""The buttons inside LibreOffice's own process: the add-on, the installed package, xlwings and a document, as a user has them."""

import json
import os
import sysconfig
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from addon_office import workbook

import jixiao
from jixiao.actions.importing import import_document
from jixiao.addins.calc import ADDON, addon_file
from jixiao.addins.calc.names import PROTOCOL
from jixiao.builder import build
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office

SEED = Path(__file__).parents[2] / "seeds" / "datong-2021-project.docx"
BOXES = """
import json, os

class Boxes:
    def message(self, text, title, buttons, mode):
        with open(os.environ["JIXIAO_SAID"], "a", encoding="utf-8") as file:
            file.write(json.dumps(text) + "\\n")
        return "ok" if buttons == "ok" else "yes"

    def save(self, suggested, filters, title):
        return suggested

    def open(self, filters, title):
        return False
"""


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("inside") / "said"


@pytest.fixture(scope="module")
def inside(office: Office, said: Path) -> Iterator[Office]:
    """An office whose add-on finds this very package. ``office`` is wanted because without LibreOffice it skips or fails."""
    folder = said.parent
    (folder / "inside_boxes.py").write_text(BOXES, encoding="utf-8")
    (folder / ADDON).write_bytes(addon_file())
    packages = [str(folder), str(Path(jixiao.__file__).parents[1]), sysconfig.get_paths()["purelib"]]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JIXIAO_SITE", os.pathsep.join(packages))
        patch.setenv("JIXIAO_BOXES", "inside_boxes")
        patch.setenv("JIXIAO_SAID", str(said))
        patch.setenv("XDG_STATE_HOME", str(folder))
        with Office(recalculate=True) as running:
            running.install(str(folder / ADDON))
            yield running


def press(office: Office, document: Any, said: Path, button: str) -> str:
    """Press a button by its address; everything that was said and asked."""
    said.write_text("", encoding="utf-8")
    helper = office.service("com.sun.star.frame.DispatchHelper")
    helper.executeDispatch(document.getCurrentController().getFrame(), f"{PROTOCOL}{button}", "", 0, ())
    return "\n".join(json.loads(line) for line in said.read_text(encoding="utf-8").splitlines())


def values(document: Any) -> dict[str, Any]:
    sheets = document.getSheets()
    names = sheets.getElementNames()
    return {name: sheets.getByName(name).getCellRangeByName("A1:P60").getDataArray() for name in names}


def test_the_buttons_work_inside_the_office(inside: Office, said: Path, tmp_path: Path) -> None:
    path = tmp_path / "绩效 表" / "大同.xlsx"
    path.parent.mkdir()
    path.write_bytes(build(import_document(load_document(str(SEED)))))
    form = PackageHost(path).read().grids[0]
    rate = form.names["funds.total.rate"]
    with workbook(inside, path) as document:
        cell = document.getSheets().getByIndex(0).getCellByPosition(rate.left - 1, rate.top - 1)
        formula = cell.getFormula()
        cell.setString("")
        before = values(document)

        assert press(inside, document, said, "fill").startswith("将填写 1 个单元格：")
        assert cell.getFormula() == formula
        assert round(cell.getValue(), 4) == 0.6959  # 135 ÷ 194
        assert press(inside, document, said, "undo") == "已恢复 1 个单元格。"
        assert values(document) == before

        assert press(inside, document, said, "check").startswith("发现 ")
        listed = document.getSheets().getByName("校验结果").getCellRangeByName("A4:E4").getDataArray()[0]
        assert listed[0] == "错误" and "执行率" in listed[4]
        assert press(inside, document, said, "undo") == "已去掉校验的标记和清单。"

        assert "已生成：" in press(inside, document, said, "report")
    assert (path.parent / "大同-评价报告.docx").stat().st_size > 10_000
