"""The settings of the xlwings module in our add-in: lines ``"KEY","VALUE"``, read by VBA's ``Input #``."""

import csv
import os
from collections.abc import Mapping

from jixiao.errors import Refusal
from jixiao.installation.system import System
from jixiao.wording import installation as words

SERVER_AT_LOGON = "DEBUG UDFS"
"""xlwings' name for: connect to the running server, start no process."""


def settings(system: System, at_logon: bool) -> dict[str, str]:
    """What the add-in needs to find this Python."""
    if system.mac:
        return {"INTERPRETER_MAC": _portable(system), "ADD_WORKBOOK_TO_PYTHONPATH": "False"}
    wanted = {
        "INTERPRETER_WIN": _portable(system),
        "USE UDF SERVER": "True",
        "ADD_WORKBOOK_TO_PYTHONPATH": "False",
        "SHOW CONSOLE": "False",
        "UDF MODULES": "jixiao.cells",
    }
    return wanted | {SERVER_AT_LOGON: "True"} if at_logon else wanted


def encoded(wanted: Mapping[str, str], system: System) -> bytes:
    """The file. Raises Refusal if VBA could not read a value back: it knows one code page and no escapes."""
    for value in wanted.values():
        if any(letter in value for letter in '"\r\n'):
            raise Refusal(words.QUOTED.format(value=value))
        if not in_code_page(value, system.code_page):
            raise Refusal(words.UNWRITABLE.format(value=value, code_page=system.code_page))
    end = "\n" if system.mac else "\r\n"
    return "".join(f'"{key}","{value}"{end}' for key, value in wanted.items()).encode(system.code_page)


def decoded(data: bytes, code_page: str) -> dict[str, str]:
    """The settings of a file; lines that are no setting are passed over."""
    rows = csv.reader(data.decode(code_page, errors="replace").splitlines())
    return {row[0].upper(): row[1] for row in rows if len(row) == 2}


def interpreter(found: Mapping[str, str], system: System) -> str:
    """The Python that the settings name, as VBA expands it; empty if they name none."""
    value = found.get("INTERPRETER_MAC" if system.mac else "INTERPRETER_WIN", "")
    home = _home_variable(system)
    return system.home + value.removeprefix(home) if value.startswith(home) else value


def console_python(system: System) -> str:
    """python.exe: what runs now may be its windowless twin."""
    folder, name = os.path.split(system.python)
    return os.path.join(folder, "python.exe") if name.lower() == "pythonw.exe" else system.python


def in_code_page(text: str, code_page: str) -> bool:
    """Whether VBA, which hands paths on in the machine's code page, can name this path."""
    try:
        text.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True


def _portable(system: System) -> str:
    """With the home folder as a variable, which VBA expands: a Chinese user name stays out of the file."""
    python = console_python(system)
    home = os.path.join(system.home, "")
    if os.path.normcase(python).startswith(os.path.normcase(home)):
        return _home_variable(system) + python[len(home) - 1 :]
    return python


def _home_variable(system: System) -> str:
    return "$HOME" if system.mac else "%USERPROFILE%"
