"""A sheet put down as people type it: ``{"A1": 5, "B1": "=A1*2"}``."""

from collections.abc import Mapping
from decimal import Decimal

from jixiao.calculation import results
from jixiao.grid import NOT_KNOWN, Cell, Document, Grid, Value
from jixiao.places import address, split_address

Typed = Mapping[str, object]


def grid(title: str, typed: Typed) -> Grid:
    """The sheet as it is read from a file that holds no results."""
    return Grid(title, {split_address(at): _cell(entry) for at, entry in typed.items()})


def _cell(entry: object) -> Cell:
    if isinstance(entry, str) and entry.startswith("="):
        return Cell(NOT_KNOWN, NOT_KNOWN, entry[1:], saved=False)
    if isinstance(entry, int | float) and not isinstance(entry, bool):
        return Cell(str(entry), Decimal(str(entry)))
    assert isinstance(entry, str | bool)
    return Cell(str(entry), entry)


def computed(
    typed: Typed, names: Mapping[tuple[str, str], str] | None = None, others: Mapping[str, Typed] | None = None
) -> dict[str, Value]:
    """What the formulas of the sheet 表 give, by address; those not known are missing."""
    grids = [grid("表", typed), *(grid(title, more) for title, more in (others or {}).items())]
    found = results(Document("手工.xlsx", grids), names or {})
    return {address(row, column): value for (sheet, row, column), value in found.items() if sheet == "表"}


def result(formula: str, typed: Typed | None = None, **more: object) -> Value:
    """What one formula gives on a sheet; KeyError if that is not known."""
    return computed({**(typed or {}), "Z99": f"={formula}"}, **more)["Z99"]  # type: ignore[arg-type]
