"""The buttons inside LibreOffice's own process: what the add-on calls when one is pressed."""

import os
from importlib import import_module
from typing import Any

import xlwings

from jixiao import buttons
from jixiao.hosts.libreoffice.documents import Book
from jixiao.hosts.libreoffice.engine import register

BOXES = "JIXIAO_BOXES"
"""Names a module whose ``Boxes`` tell and ask instead of the office's own: an office under test has no window."""

_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def press(context: Any, document: Any, name: str, argument: str = "") -> None:
    """Press a button for the document in front, if there is one.

    Calc's own undo takes blocks back by halves: after a button has written there is none, as in Excel, but there is 撤销.
    """
    named = os.environ.get(BOXES)
    app = register(context, boxes=import_module(named).Boxes() if named else None)
    if document is None or not document.supportsService(_SPREADSHEET):
        buttons.press(name, argument, app=app)
        return
    _end_entry(context, document)
    history = document.getUndoManager()
    steps = history.getAllUndoActionTitles()
    # Calc itself refuses to change a document that was opened read-only, and the engine says so.
    buttons.press(name, argument, book=xlwings.Book(impl=Book(app.impl, app.impl.office.document(document))))
    if history.getAllUndoActionTitles() != steps:
        history.clear()


def _end_entry(context: Any, document: Any) -> None:
    """What somebody is typing goes into its cell, as Enter would put it there; else Calc puts it where the press leads."""
    frame = document.getCurrentController().getFrame()
    if not frame.getContainerWindow().isVisible():
        return  # nobody can be typing, and Calc without a window dies of being asked
    helper = context.getServiceManager().createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    helper.executeDispatch(frame, ".uno:AcceptFormula", "", 0, ())
