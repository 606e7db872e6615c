"""The files Excel opens: form workbooks, with or without buttons, and the add-in. Only macros load what compiles VBA."""

import os
from typing import TYPE_CHECKING

from jixiao.addins import macros_folder
from jixiao.builder import build
from jixiao.wording.buttons import BUTTONS, ON_SHEET

if TYPE_CHECKING:
    from jixiao.actions.book import Book


def workbook_file(book: "Book", ending: str) -> bytes:
    """A form workbook: ``.xlsx``, or ``.xlsm`` with buttons on its sheets."""
    workbook = build(book)
    return _with_buttons(workbook) if ending == ".xlsm" else workbook


def _with_buttons(workbook: bytes) -> bytes:
    from jixiao.addins.excel.modules import form_modules
    from jixiao.builder.macros import Button, with_buttons

    buttons = [Button(f"Jixiao{name.capitalize()}", BUTTONS[name].label, BUTTONS[name].screentip) for name in ON_SHEET]
    return with_buttons(workbook, form_modules(), buttons)


def addin_file() -> bytes:
    """The add-in, with its ribbon and icons."""
    from jixiao.addins.excel.modules import addin_modules
    from jixiao.addins.excel.ribbon import ribbon
    from jixiao.builder.macros import addin

    return addin(addin_modules(), ribbon().encode(), {name: _icon(name) for name in BUTTONS})


def _icon(name: str) -> bytes:
    with open(os.path.join(macros_folder(), "icons", f"{name}.png"), "rb") as file:
        return file.read()
