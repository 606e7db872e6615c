"""The ribbon: every button of the table, in its order, in Chinese, and wired to a callback that exists."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from jixiao.addins import macros_folder
from jixiao.addins.excel.modules import addin_modules
from jixiao.addins.excel.ribbon import ribbon
from jixiao.forms import library
from jixiao.wording.buttons import BUTTONS

CUSTOM_UI = "{http://schemas.microsoft.com/office/2009/07/customui}"
MACROS = Path(macros_folder())


@pytest.fixture(scope="module")
def tab() -> ET.Element:
    root = ET.fromstring(ribbon())
    (tab,) = root.iter(f"{CUSTOM_UI}tab")
    assert root.tag == f"{CUSTOM_UI}customUI"
    return tab


def controls(tab: ET.Element) -> dict[str, ET.Element]:
    """The large buttons by name, in their order."""
    return {control.attrib["id"]: control for group in tab for control in group}


def test_the_tab_shows_all_buttons_in_groups(tab: ET.Element) -> None:
    assert tab.attrib["label"] == "绩效"
    shown = [(group.attrib["label"], [control.attrib["label"] for control in group]) for group in tab]
    assert shown == [
        ("表单", ["新建表单", "导入"]),
        ("填写与校验", ["绑定", "填写", "校验", "撤销"]),
        ("成果", ["生成报告", "导出上报版"]),
        ("帮助", ["检查安装", "帮助"]),
    ]
    assert controls(tab).keys() == BUTTONS.keys()


def test_every_button_is_large_and_explains_itself(tab: ET.Element) -> None:
    for name, control in controls(tab).items():
        assert control.attrib["size"] == "large"
        assert control.attrib["screentip"] == BUTTONS[name].label
        assert control.attrib["supertip"] == BUTTONS[name].screentip


def test_every_button_has_a_drawn_icon(tab: ET.Element) -> None:
    for name, control in controls(tab).items():
        assert control.attrib["image"] == name
        assert (MACROS / "icons" / f"{name}.png").is_file()


def test_a_new_form_is_chosen_from_all_drawings(tab: ET.Element) -> None:
    *items, line, own = list(controls(tab)["new"])
    assert line.tag == f"{CUSTOM_UI}menuSeparator"
    assert (own.attrib["label"], own.attrib.get("tag")) == ("我的表样……", None)
    assert {item.attrib["tag"] for item in items} == {*library.shipped_identifiers()}
    labels = {item.attrib["tag"]: item.attrib["label"] for item in items}
    assert labels["wuhua-project-2024"] == "五华区预算支出部门评价表 · 昆明市五华区财政局 · 2024"


def test_what_can_be_pressed_names_its_button_and_a_callback_of_the_add_in(tab: ET.Element) -> None:
    pressed = list(tab.iter(f"{CUSTOM_UI}button"))
    (ribbon,) = (module for module in addin_modules() if module.name == "JixiaoRibbon")
    callbacks = set(re.findall(r"^Public Sub (\w+)\(control As IRibbonControl\)$", ribbon.body, re.MULTILINE))
    assert {button.attrib["onAction"] for button in pressed} == callbacks
    assert {button.attrib["id"].split("_")[0] for button in pressed} == BUTTONS.keys()


def test_ids_are_valid_and_unique(tab: ET.Element) -> None:
    ids = [element.attrib["id"] for element in tab.iter()]
    assert len(ids) == len({*ids})
    assert [one for one in ids if not re.fullmatch(r"[A-Za-z_]\w*", one, re.ASCII)] == []
