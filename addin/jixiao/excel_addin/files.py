"""The files Excel opens: form workbooks, with or without buttons, and the add-in."""

import os

from jixiao.actions.book import Book
from jixiao.builder import build
from jixiao.builder.macros import Button, addin, with_buttons
from jixiao.excel_addin import addin_modules, form_modules, macros_folder, ribbon
from jixiao.hosts.excel import ADDIN
from jixiao.wording.buttons import BUTTONS, ON_SHEET

__all__ = ["ADDIN", "addin_file", "workbook_file"]


def workbook_file(book: Book, ending: str) -> bytes:
    """A form workbook: ``.xlsx``, or ``.xlsm`` with buttons on its sheets."""
    workbook = build(book)
    if ending != ".xlsm":
        return workbook
    buttons = [Button(f"Jixiao{name.capitalize()}", BUTTONS[name].label, BUTTONS[name].screentip) for name in ON_SHEET]
    return with_buttons(workbook, form_modules(), buttons)


def addin_file() -> bytes:
    """The add-in, with its ribbon and icons."""
    return addin(addin_modules(), ribbon().encode(), {name: _icon(name) for name in BUTTONS})


def _icon(name: str) -> bytes:
    with open(os.path.join(macros_folder(), "icons", f"{name}.png"), "rb") as file:
        return file.read()
