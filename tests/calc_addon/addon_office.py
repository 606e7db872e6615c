"""An office with our add-on, and workbooks open in it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jixiao.hosts.libreoffice.finding import load_uno
from jixiao.hosts.libreoffice.launcher import Office, file_url, properties

ERROR_VALUES = {
    502: "Err:502",
    503: "#NUM!",
    504: "Err:504",
    519: "#VALUE!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
_BLANK = "private:factory/scalc"


def install(office: Office, package: Path) -> None:
    """Add an extension, saying yes to what is asked, and start again."""
    uno = load_uno()
    import unohelper
    from com.sun.star.task import XInteractionHandler
    from com.sun.star.ucb import XCommandEnvironment

    class Approving(unohelper.Base, XCommandEnvironment, XInteractionHandler):
        def getInteractionHandler(self) -> "Approving":
            return self

        def getProgressHandler(self) -> None:
            return None

        def handle(self, request: Any) -> None:
            approve = uno.getTypeByName("com.sun.star.task.XInteractionApprove")
            [yes] = [choice for choice in request.getContinuations() if choice.queryInterface(approve) is not None]
            yes.select()

    manager = office.context.getValueByName("/singletons/com.sun.star.deployment.ExtensionManager")
    manager.addExtension(file_url(str(package)), (), "user", manager.createAbortChannel(), Approving())
    office.stop()
    office.start()
    office.connect()


@contextmanager
def workbook(office: Office, path: Path | None = None) -> Iterator[Any]:
    """A workbook, new or from a file, closed whatever happens."""
    if path is None:
        desktop = office.service("com.sun.star.frame.Desktop")
        document = desktop.loadComponentFromURL(_BLANK, "_blank", 0, properties(Hidden=True))
    else:
        document = office.open(str(path))
    assert document is not None
    try:
        yield document
    finally:
        document.close(True)


def put(sheet: Any, row: int, column: int, values: Sequence[Sequence[Any]]) -> None:
    """Values as a user types them into a block: None leaves a cell blank, a text stays a text."""
    for down, line in enumerate(values):
        for right, value in enumerate(line):
            cell = sheet.getCellByPosition(column + right, row + down)
            if isinstance(value, str):
                cell.setString(value)
            elif value is not None:
                cell.setValue(float(value))


def answers(sheet: Any, column: int, rows: int) -> list[float | str]:
    """What the cells of a column show, from its top: a number, a text, or the name of an error value."""
    cells = sheet.getCellRangeByPosition(column, 0, column, rows - 1)
    return [
        shown if shown is not None else ERROR_VALUES[cells.getCellByPosition(0, row).getError()]
        for row, (shown,) in enumerate(cells.getDataArray())
    ]


def enter(sheet: Any, column: int, formulas: Sequence[str]) -> None:
    """Formulas below one another, from the top of a column."""
    cells = sheet.getCellRangeByPosition(column, 0, column, len(formulas) - 1)
    cells.setFormulaArray(tuple((f"={formula}",) for formula in formulas))
