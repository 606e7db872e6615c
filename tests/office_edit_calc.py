"""What a user does in LibreOffice Calc: run by the system's Python (which has ``uno``), never imported by a test.

Argument: the name of the pipe the office listens on. Standard input: a list of jobs, each
``{"source": url, "target": url, "steps": [[name, sheet, …], …]}``. Every job recalculates and saves as .xlsx.
"""

import json
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PATIENCE = 60  # seconds until the office must answer


def desktop(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        except NoConnectException:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def insert_row(document, sheet, row):
    """A new row that pushes ``row`` down, formatted like the one above: what 插入行 does."""
    document.Sheets[sheet].Rows.insertByIndex(row - 1, 1)


def delete_row(document, sheet, row):
    document.Sheets[sheet].Rows.removeByIndex(row - 1, 1)


def enter(document, sheet, cell, text):
    """Typing on the keyboard: numbers become numbers, ``=`` a formula."""
    document.Sheets[sheet].getCellRangeByName(cell).setFormula(text)


def enter_text(document, sheet, cell, text):
    """Text in a cell formatted as text: numbers stay text."""
    document.Sheets[sheet].getCellRangeByName(cell).setString(text)


def clear(document, sheet, cell):
    document.Sheets[sheet].getCellRangeByName(cell).setString("")


def rename(document, sheet, name):
    document.Sheets[sheet].setName(name)


def copy(document, sheet, name):
    """A copy behind the sheet itself."""
    names = list(document.Sheets.ElementNames)
    document.Sheets.copyByName(sheet, name, names.index(sheet) + 1)


STEPS = {step.__name__: step for step in (insert_row, delete_row, enter, enter_text, clear, rename, copy)}


def properties(**values):
    return tuple(PropertyValue(name, 0, value, 0) for name, value in values.items())


def work(office, job):
    document = office.loadComponentFromURL(job["source"], "_blank", 0, properties(Hidden=True))
    try:
        for name, *arguments in job["steps"]:
            STEPS[name](document, *arguments)
        document.calculateAll()
        document.storeToURL(job["target"], properties(FilterName="Calc MS Excel 2007 XML", Overwrite=True))
    finally:
        document.close(True)


if __name__ == "__main__":
    office = desktop(sys.argv[1])
    for job in json.load(sys.stdin):
        work(office, job)
    os._exit(0)  # the bridge may crash while Python takes it down; every job is saved by now
