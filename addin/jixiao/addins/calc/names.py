"""What the parts of the add-on are called inside LibreOffice."""

from urllib.parse import unquote

ADDON = "org.jixiao"
FUNCTIONS = "org.jixiao.Functions"
HANDLER = "org.jixiao.Handler"
EVENTS = "org.jixiao.Events"
TOOLBAR = "org.jixiao.toolbar"
MENU = "org.jixiao.menu"

PROTOCOL = "vnd.jixiao:"
"""Addresses of buttons: ``vnd.jixiao:fill``, ``vnd.jixiao:new?national-project-2020``."""

LOADED, SAVED = "OnLoadFinished", ("OnSaveDone", "OnSaveAsDone")
"""Events of documents. Not OnLoad: it comes when others have read the document already, and for a hidden one never. Not
OnCopyToDone: the document then still names the file it was read from."""

CALC = "com.sun.star.sheet.SpreadsheetDocument"
"""The program whose documents have our menu and toolbar."""


def pressed(address: str) -> tuple[str, str]:
    """The button and the argument an address stands for."""
    button, _, argument = address.removeprefix(PROTOCOL).partition("?")
    return button, unquote(argument)
