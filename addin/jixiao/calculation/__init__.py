"""Formulas worked out: what a workbook shows whose program saved formulas without their results.

``syntax`` takes a formula apart, ``sheets`` are the cells it reads, ``library`` the functions it calls, ``evaluation`` works
it out with the ``values`` of a spreadsheet. Whoever opens such a file in Excel, WPS or LibreOffice sees the same; what depends
on the day, on other files or on functions that are not known here stays unknown.
"""

from collections.abc import Mapping, Sequence

from jixiao.calculation.evaluation import Working
from jixiao.calculation.sheets import Needed, Sheets, Spot
from jixiao.calculation.syntax import Expression, parsed
from jixiao.calculation.values import Fault, Unknown, Value
from jixiao.figures import from_float
from jixiao.grid import Document
from jixiao.grid import Value as CellValue


def results(document: Document, names: Mapping[tuple[str, str], str]) -> dict[tuple[str, int, int], CellValue]:
    """The results of all formulas that were saved without one, by sheet, row and column; those not known are left out.

    ``names`` are the defined names: the sheet each belongs to (``""`` for the workbook) and its own, with what it stands for.
    """
    cells = {
        (grid.title, *spot): cell.formula
        for grid in document.grids
        for spot, cell in grid.cells.items()
        if not cell.saved and cell.formula is not None
    }
    formulas = {_spot(at): formula for at, formula in cells.items()}
    sheets = Sheets(document, formulas, names)
    for spot in formulas:
        _work_out(sheets, spot)
    found = {at: sheets.results[_spot(at)] for at in cells}
    return {at: _kept(result) for at, result in found.items() if not isinstance(result, Unknown)}


def _spot(at: tuple[str, int, int]) -> Spot:
    return at[0].casefold(), at[1], at[2]


def _kept(result: Value | Fault) -> CellValue:
    """A result as a cell keeps it."""
    if isinstance(result, Fault):
        return result.code
    return from_float(result + 0.0) if isinstance(result, float) else result  # + 0.0: there is no -0


def _work_out(sheets: Sheets, first: Spot) -> None:
    """The result of one formula, after those of the formulas it reads."""
    waiting, begun = [first], dict[Spot, Expression]()
    while waiting:
        spot = waiting[-1]
        missing: Sequence[Spot] = ()
        if spot not in sheets.results:
            missing = _tried(sheets, spot, begun)
        if any(one in begun for one in missing):
            sheets.results[spot] = Unknown()  # it waits for itself
        elif missing:
            waiting.extend(missing)
        else:
            waiting.pop()
            begun.pop(spot, None)


def _tried(sheets: Sheets, spot: Spot, begun: dict[Spot, Expression]) -> Sequence[Spot]:
    """Work out a formula, or tell what must be known before."""
    try:
        if spot not in begun:
            begun[spot] = parsed(sheets.formulas[spot], sheets.spend)
        sheets.results[spot] = Working(sheets, spot).result(begun[spot])
    except Needed as needed:
        return needed.spots
    except Fault as fault:
        sheets.results[spot] = Fault(fault.code)
    except Unknown:
        sheets.results[spot] = Unknown()
    return ()
