"""Menu and toolbar 绩效, generated from the table of the buttons and the drawings."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from urllib.parse import quote

from jixiao.addins.calc import names
from jixiao.addins.calc.configuration import Texts, component, group, member, texts, value, written
from jixiao.forms import library
from jixiao.wording import calc_addon as english
from jixiao.wording.buttons import BUTTONS, OWN_FORMS, TAB

_TITLE = Texts(TAB, english.CATEGORY)


def command(button: str, argument: str = "") -> str:
    """The address of a button."""
    return f"{names.PROTOCOL}{button}" + (f"?{quote(argument)}" if argument else "")


def menus() -> str:
    """Addons.xcu."""
    root = component("Addons")
    surface = group(root, "AddonUI")
    menu = member(group(surface, "OfficeMenuBar"), names.MENU)
    texts(menu, "Title", _TITLE)
    value(menu, "Context", names.CALC)
    items = _buttons(group(menu, "Submenu"), BUTTONS)
    _forms(group(items["new"], "Submenu"))
    toolbar = member(group(surface, "OfficeToolBar"), names.TOOLBAR)
    _buttons(toolbar, [name for name in BUTTONS if name != "new"])  # a toolbar holds no submenu
    _icons(group(surface, "Images"))
    return written(root)


def _buttons(parent: ET.Element, buttons: Iterable[str]) -> dict[str, ET.Element]:
    return {
        name: _item(parent, number, command(name), Texts(BUTTONS[name].label, english.BUTTONS[name]))
        for number, name in enumerate(buttons, 1)
    }


def _forms(parent: ET.Element) -> None:
    """One entry a form, and one for those of the user's own, which are asked for when it is pressed."""
    shipped = library.shipped_drawings()
    for number, drawing in enumerate(shipped, 1):
        title = f"{drawing.title} · {drawing.issuer} · {drawing.since}"
        _item(parent, number, command("new", drawing.id), Texts(title, title))
    _item(parent, len(shipped) + 1, command("new"), Texts(OWN_FORMS, english.OWN_FORMS))


def _item(parent: ET.Element, number: int, address: str, title: Texts) -> ET.Element:
    """An entry; they are shown in the order of their names."""
    item = member(parent, f"m{number:02}")
    value(item, "URL", address)
    texts(item, "Title", title)
    value(item, "Target", "_self")
    value(item, "Context", names.CALC)
    return item


def _icons(parent: ET.Element) -> None:
    for name in BUTTONS:
        icon = member(parent, f"{names.ADDON}.{name}")
        value(icon, "URL", command(name))
        images = group(icon, "UserDefinedImages")
        value(images, "ImageSmallURL", f"%origin%/icons/{name}-16.png")
        value(images, "ImageBigURL", f"%origin%/icons/{name}.png")


def toolbar_state() -> str:
    """CalcWindowState.xcu: without it the toolbar floats, and is called "Add-On 1"."""
    root = component("CalcWindowState", "org.openoffice.Office.UI")
    state = member(group(root, "UIElements", "States"), f"private:resource/toolbar/addon_{names.TOOLBAR}")
    texts(state, "UIName", _TITLE)
    value(state, "Docked", "true", "xs:boolean")
    value(state, "DockingArea", "0", "xs:int")
    value(state, "DockPos", "0,2")
    value(state, "Visible", "true", "xs:boolean")
    value(state, "Style", "2", "xs:int")  # 2: icons with their text
    return written(root)
