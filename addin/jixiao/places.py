"""Where a value stands: sheet and cell, Word table row and column, or paragraph."""

import re
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
"""Of a sheet."""


Where = tuple[object, ...]
"""Where something stands in a document, whatever it is called there: ``Place.spot``."""


class Place(NamedTuple):
    """One spot in a document. ``row`` and ``column`` count from 1; a Word table has a number, a sheet a name."""

    sheet: str | None = None
    table: int | None = None
    paragraph: int | None = None
    row: int | None = None
    column: int | None = None
    label: str = ""

    @property
    def spot(self) -> Where:
        """Where it is, whatever it is called there."""
        return self[:-1]  # all but the label

    @property
    def cell(self) -> str | None:
        """The address as a spreadsheet writes it (``G45``); None outside a sheet."""
        if self.sheet is None or self.row is None or self.column is None:
            return None
        return address(self.row, self.column)

    def as_json(self) -> dict[str, object]:
        """The public form of a place: see the contract of ``check --json``."""
        if self.paragraph is not None:
            return {"paragraph": self.paragraph, "label": self.label}
        if self.table is not None:
            return {"table": self.table, "row": self.row, "column": self.column, "label": self.label}
        return {"sheet": self.sheet, "cell": self.cell, "label": self.label}


def letters(column: int) -> str:
    """The letters of a column number: 1 -> A, 28 -> AB."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int) -> str:
    """``address(45, 7)`` -> ``G45``."""
    return f"{letters(column)}{row}"


def sheet_name(title: str) -> str:
    """A sheet as formulas and names call it: ``'Bob''s'``."""
    return "'" + title.replace("'", "''") + "'"


def column_number(name: str) -> int:
    """The number of a column's letters: A -> 1, AB -> 28."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number


def split_address(text: str) -> tuple[int, int]:
    """``G45`` or ``$G$45`` -> (45, 7). Raises ValueError for anything else."""
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", text)
    if not match:
        raise ValueError(f"not a cell address: {text!r}")
    return int(match[2]), column_number(match[1])
