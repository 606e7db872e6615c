"""What the cells of a block hold, as xlwings tells it, and as a grid keeps it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from jixiao.figures import from_float
from jixiao.formats import GENERAL, NumberFormat
from jixiao.grid import Area, Cell
from jixiao.hosts.excel.calls import patient

if TYPE_CHECKING:
    from xlwings import Range

OTHER_ERROR = "#VALUE!"
_DAY = 86400  # seconds


def cells_of(
    block: "Range", used: Area, formats: Mapping[tuple[int, int], NumberFormat]
) -> Iterator[tuple[tuple[int, int], Cell]]:
    """The cells that are not blank, with where they stand, row by row; ``used`` is where the block lies."""
    formulas, values = formulas_of(block), values_of(block)
    for row, (formula_row, value_row) in enumerate(zip(formulas, values, strict=True), used.top):
        for column, (entry, raw) in enumerate(zip(formula_row, value_row, strict=True), used.left):
            # a text that begins with = reads the same both ways; what a formula shows differs from the formula
            formula = entry[1:] if is_formula(entry) and entry != raw else None
            if raw is not None or formula is not None:
                at = row, column
                yield at, _cell(raw, formula, formats.get(at, GENERAL))


def _cell(raw: Any, formula: str | None, form: NumberFormat) -> Cell:
    if raw is None:
        return Cell("", None, formula)
    if isinstance(raw, bool):
        return Cell("TRUE" if raw else "FALSE", raw, formula)
    if isinstance(raw, int):  # an error younger than xlwings' list; numbers are floats
        return Cell(OTHER_ERROR, OTHER_ERROR, formula)
    if isinstance(raw, str):
        return Cell(form.text(raw), raw, formula)
    value = raw if isinstance(raw, Decimal) else from_float(float(raw))
    return Cell(form.number(value), value, formula)


def formulas_of(block: "Range") -> Sequence[Sequence[Any]]:
    """What one would see in the formula bar, row by row; xlwings gives a single cell bare."""
    formulas = patient(lambda: block.formula)
    return formulas if isinstance(formulas, Sequence) and not isinstance(formulas, str) else [[formulas]]


def values_of(block: "Range") -> Sequence[Sequence[Any]]:
    """What the cells hold, row by row: dates as numbers, errors as their texts, None for blanks."""
    return patient(lambda: block.options(ndim=2, dates=_serial, err_to_str=True).value)


def _serial(**moment: Any) -> float:
    """A date as the number a spreadsheet keeps: days since 1899-12-30."""
    from datetime import datetime

    moment.pop("tzinfo", None)
    passed = datetime(**moment) - datetime(1899, 12, 30)
    return passed.days + passed.seconds / _DAY


def is_formula(entry: Any) -> bool:
    """Whether what the formula bar shows looks like a formula; a text may, too."""
    return isinstance(entry, str) and entry.startswith("=")
