"""What tells LibreOffice about the add-on: its description, its files, its address and its events."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable

from jixiao import __version__
from jixiao.addins.calc import names
from jixiao.addins.calc.configuration import component, group, member, value, written
from jixiao.wording import calc_addon as words

_DESCRIPTION = "http://openoffice.org/extensions/description/2006"
_MANIFEST = "http://openoffice.org/2001/manifest"
_XLINK = "http://www.w3.org/1999/xlink"
_KINDS = {
    ".idl": "application/vnd.sun.star.uno-typelibrary;type=RDB",  # plain text is read as well
    ".py": "application/vnd.sun.star.uno-component;type=Python",
    ".xcu": "application/vnd.sun.star.configuration-data",
}


def protocol() -> str:
    """ProtocolHandler.xcu: who answers to our addresses."""
    root = component("ProtocolHandler")
    handler = member(group(root, "HandlerSet"), names.HANDLER)
    value(handler, "Protocols", f"{names.PROTOCOL}*", "oor:string-list")
    return written(root)


def jobs() -> str:
    """Jobs.xcu: who looks at a workbook after it was loaded or saved."""
    root = component("Jobs")
    job = member(group(root, "Jobs"), names.EVENTS)
    value(job, "Service", names.EVENTS)
    value(job, "Context", names.CALC)
    events = group(root, "Events")
    for event in (names.LOADED, *names.SAVED):
        node = ET.SubElement(events, "node", {"oor:name": event, "oor:op": "fuse"})
        member(group(node, "JobList"), names.EVENTS)
    return written(root)


def description() -> str:
    """description.xml: what the list of extensions shows."""
    root = ET.Element("description", {"xmlns": _DESCRIPTION, "xmlns:xlink": _XLINK})
    ET.SubElement(root, "identifier", value=names.ADDON)
    ET.SubElement(root, "version", value=__version__)
    display = ET.SubElement(root, "display-name")
    ET.SubElement(display, "name", lang="zh-CN").text = words.ADDON
    ET.SubElement(display, "name", lang="en").text = words.ENGLISH_ADDON
    publisher = ET.SubElement(root, "publisher")
    ET.SubElement(publisher, "name", {"lang": "en", "xlink:href": ""}).text = words.PUBLISHER
    return _declared(root)


def manifest(files: Iterable[str]) -> str:
    """META-INF/manifest.xml: what LibreOffice is to register of these files."""
    root = ET.Element("manifest:manifest", {"xmlns:manifest": _MANIFEST})
    for file in files:
        ending = file[file.rindex(".") :]
        attributes = {"manifest:full-path": file, "manifest:media-type": _KINDS[ending]}
        ET.SubElement(root, "manifest:file-entry", attributes)
    return _declared(root)


def _declared(root: ET.Element) -> str:
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"
