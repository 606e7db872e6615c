"""The rows of a drawing, as the form stands: facts where they are understood, its own words everywhere else."""

from collections.abc import Mapping, Sequence

from jixiao.forms.drawing import Content, Continued, DrawnRow, Label, Slot
from jixiao.forms.local.drawn.sheet import Sheet
from jixiao.forms.placement import Anchors, Spot
from jixiao.grid import Area

_USUAL_WIDTH = 1200  # twips, of a column the file says nothing of
_WIDEST = 10200  # twips, of a form of such columns: it still fits an upright A4 page


def rows_of(sheet: Sheet, slots: Mapping[Spot, Slot]) -> list[DrawnRow]:
    """One row of the drawing for each of the form."""
    anchors = Anchors(sheet.grid)
    return [
        DrawnRow(
            [_content(sheet, slots, anchors.area(row, column), row, column) for column in range(1, sheet.width + 1)],
            repeat=int(any(slots[spot].band for spot in _of_row(slots, row, sheet.width))),
            outside=row in sheet.outside,
        )
        for row in sheet.rows
    ]


def _of_row(slots: Mapping[Spot, Slot], row: int, width: int) -> list[Spot]:
    return [(row, column) for column in range(1, width + 1) if (row, column) in slots]


def _content(sheet: Sheet, slots: Mapping[Spot, Slot], area: Area, row: int, column: int) -> Content:
    if column > area.left:
        return Continued(upward=False)
    if row > max(area.top, sheet.rows[0]):
        return Continued(upward=True)
    return slots.get((row, column)) or Label(sheet.grid.at(area.top, area.left).text)


def widths_of(sheet: Sheet) -> Sequence[int]:
    """The widths of the columns in twips."""
    widths = sheet.grid.widths
    usual = _USUAL_WIDTH if widths else min(_USUAL_WIDTH, _WIDEST // sheet.width)
    return [widths.get(column, usual) for column in range(1, sheet.width + 1)]
