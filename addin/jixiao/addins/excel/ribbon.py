"""The ribbon (customUI14), generated from the table of the buttons and the shipped drawings."""

import xml.etree.ElementTree as ET

from jixiao.forms import library
from jixiao.forms.drawing import Drawing
from jixiao.wording.buttons import BUTTONS, OWN_FORMS, TAB, ButtonWords

_NAMESPACE = "http://schemas.microsoft.com/office/2009/07/customui"
_CALLBACK = "JixiaoOnAction"


def ribbon() -> str:
    """The text of macros/ribbon.xml. The name of a button is its id up to the first underscore; its argument is the tag."""
    root = ET.Element("customUI", xmlns=_NAMESPACE)
    tab = ET.SubElement(ET.SubElement(ET.SubElement(root, "ribbon"), "tabs"), "tab", id="jixiao", label=TAB)
    for number, label in enumerate(dict.fromkeys(words.group for words in BUTTONS.values()), 1):
        group = ET.SubElement(tab, "group", id=f"group{number}", label=label)
        for name, words in BUTTONS.items():
            if words.group == label:
                _control(group, name, words)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _control(group: ET.Element, name: str, words: ButtonWords) -> None:
    look = {"label": words.label, "size": "large", "image": name, "screentip": words.label, "supertip": words.screentip}
    if name != "new":
        ET.SubElement(group, "button", {"id": name} | look | {"onAction": _CALLBACK})
        return
    menu = ET.SubElement(group, "menu", {"id": name} | look)
    for number, drawing in enumerate(library.shipped_drawings(), 1):
        item = {"id": f"{name}_{number}", "label": _title(drawing), "tag": drawing.id, "onAction": _CALLBACK}
        ET.SubElement(menu, "button", item)
    ET.SubElement(menu, "menuSeparator", id=f"{name}_line")
    ET.SubElement(menu, "button", {"id": f"{name}_own", "label": OWN_FORMS, "onAction": _CALLBACK})


def _title(drawing: Drawing) -> str:
    return f"{drawing.title} · {drawing.issuer} · {drawing.since}"
