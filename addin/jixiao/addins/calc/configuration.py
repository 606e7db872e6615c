"""Files of LibreOffice's configuration (.xcu): nodes, properties, and texts in Chinese and English."""

import xml.etree.ElementTree as ET
from typing import NamedTuple

_SCHEMA = {
    "xmlns:oor": "http://openoffice.org/2001/registry",
    "xmlns:xs": "http://www.w3.org/2001/XMLSchema",
}


class Texts(NamedTuple):
    """One text for a Chinese office, and one for every other."""

    chinese: str
    english: str


def component(name: str, package: str = "org.openoffice.Office") -> ET.Element:
    """The root of a file that adds to one component of the configuration."""
    return ET.Element("oor:component-data", _SCHEMA | {"oor:name": name, "oor:package": package})


def group(parent: ET.Element, *names: str) -> ET.Element:
    """A node that is there already, reached through these names."""
    for name in names:
        parent = ET.SubElement(parent, "node", {"oor:name": name})
    return parent


def member(parent: ET.Element, name: str) -> ET.Element:
    """A new member of a set."""
    return ET.SubElement(parent, "node", {"oor:name": name, "oor:op": "replace"})


def value(parent: ET.Element, name: str, content: str, kind: str = "xs:string") -> None:
    """A property with one value."""
    ET.SubElement(_property(parent, name, kind), "value").text = content


def texts(parent: ET.Element, name: str, content: Texts) -> None:
    """A property in two languages; LibreOffice takes English where it has no text in the user's."""
    found = _property(parent, name, "xs:string")
    for language, text in (("en-US", content.english), ("zh-CN", content.chinese)):
        ET.SubElement(found, "value", {"xml:lang": language}).text = text


def written(root: ET.Element) -> str:
    """The file."""
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _property(parent: ET.Element, name: str, kind: str) -> ET.Element:
    return ET.SubElement(parent, "prop", {"oor:name": name, "oor:type": kind})
