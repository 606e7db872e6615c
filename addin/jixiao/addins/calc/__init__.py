"""The add-on of LibreOffice (jixiao.oxt): cell functions, menu and toolbar, and what runs behind them, as one file."""

import os

from jixiao.addins import macros_folder
from jixiao.addins.calc import menus, registration, signatures
from jixiao.addins.calc.sources import component_files
from jixiao.hosts.word.package import packed
from jixiao.wording.buttons import BUTTONS

ADDON = "jixiao.oxt"


def addon_file() -> bytes:
    """The add-on; equal sources give equal bytes."""
    registered = {
        "types/jixiao.idl": signatures.types(),
        "CalcAddIns.xcu": signatures.help_texts(),
        "Addons.xcu": menus.menus(),
        "CalcWindowState.xcu": menus.toolbar_state(),
        "ProtocolHandler.xcu": registration.protocol(),
        "Jobs.xcu": registration.jobs(),
    }
    manifest = registration.manifest(["component.py", *registered])
    described = {"META-INF/manifest.xml": manifest, "description.xml": registration.description()}
    return packed({**described, **registered, **component_files(), **_icons()}).to_bytes()


def _icons() -> dict[str, bytes]:
    """Icons of 16 and 32 pixels."""
    return {f"icons/{file}": _icon(file) for name in BUTTONS for file in (f"{name}-16.png", f"{name}.png")}


def _icon(file: str) -> bytes:
    with open(os.path.join(macros_folder(), "icons", file), "rb") as icon:
        return icon.read()
