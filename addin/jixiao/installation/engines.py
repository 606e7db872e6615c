"""Which office programs Windows knows, by the names that COM calls them."""

import os
import re
from typing import NamedTuple

from jixiao.installation import registry

EXCEL, WPS = "Excel.Application", "Ket.Application"
"""ProgIDs. WPS on Windows speaks the same interface under its own name; the add-in is not tested there."""

_MACHINES = {0x014C: 32, 0x8664: 64, 0xAA64: 64}
"""Bits by the machine field of a program's header (PE format, COFF file header)."""


class Engine(NamedTuple):
    """An office program: its version as in ``16.0``, and the program file."""

    version: str
    path: str

    @property
    def name(self) -> str:
        """The name of the program file, in lower case."""
        return self.path.replace("\\", "/").rpartition("/")[2].lower()


def registered(prog_id: str) -> Engine | None:
    """The program that answers to this name. Raises OSError if the registry is closed."""
    clsid = registry.read(registry.CLASSES, rf"{prog_id}\CLSID")
    if clsid is None:
        return None
    server = str(registry.read(registry.CLASSES, rf"CLSID\{clsid}\LocalServer32") or "")
    current = str(registry.read(registry.CLASSES, rf"{prog_id}\CurVer") or "")
    program = re.match(r'"?(.*?\.exe)', server, re.IGNORECASE)
    return Engine(f"{current.rpartition('.')[2] or '16'}.0", program[1] if program else server)


def bits(path: str) -> int | None:
    """32 or 64, from the header of a program file; None if it cannot be told."""
    try:
        with open(path, "rb") as file:
            head = file.read(4096)
    except OSError:
        return None
    start = int.from_bytes(head[0x3C:0x40], "little")
    return _MACHINES.get(int.from_bytes(head[start + 4 : start + 6], "little"))


def office_version() -> str:
    """Under which number Office keeps its settings; that of Office 2016 and later where it cannot be told."""
    excel = registered(EXCEL)
    return excel.version if excel else "16.0"


def startup_folder() -> str | None:
    """The folder beside Excel itself whose workbooks are opened for every user."""
    excel = registered(EXCEL)
    return os.path.join(os.path.dirname(excel.path), "XLSTART") if excel else None
