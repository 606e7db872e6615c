"""An office with our add-on, and workbooks open in it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jixiao.office.launcher import Office, properties

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


class workbook:
    """A workbook, new or from a file, closed whatever happens.

    A class, because an error of UNO's cannot pass through a generator.
    """

    def __init__(self, office: Office, path: Path | None = None) -> None:
        self._office = office
        self._path = path

    def __enter__(self) -> Any:
        if self._path is None:
            desktop = self._office.service("com.sun.star.frame.Desktop")
            self._document = desktop.loadComponentFromURL(_BLANK, "_blank", 0, properties(Hidden=True))
        else:
            self._document = self._office.open(str(self._path))
        assert self._document is not None
        return self._document

    def __exit__(self, *_: object) -> None:
        self._document.close(True)


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
