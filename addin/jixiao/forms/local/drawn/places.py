"""Where on the grid the facts and repeated blocks of a local form stand, as far as they are sure enough."""

from collections.abc import Iterator, Sequence

from jixiao.evaluation import Evaluation, Row
from jixiao.forms.local import LocalForm
from jixiao.forms.local.blocks.block import UNKNOWN
from jixiao.forms.local.drawn.sheet import Sheet
from jixiao.forms.placement import Band, Spot


def facts_of(form: LocalForm, sheet: Sheet, least: float) -> dict[Spot, tuple[str, str]]:
    """By place each single fact and what it states; the first of several in one cell."""
    found: dict[Spot, tuple[str, str]] = {}
    for name, cell in (*form.evaluation.facts.items(), *form.private.items()):
        spot = sheet.spot(cell.place)
        if spot and cell.sure >= least:
            found.setdefault(spot, (name, cell.text))
    return found


def bands_of(evaluation: Evaluation, sheet: Sheet, least: float) -> dict[str, Band]:
    """The repeated blocks by name, each with those of its columns that are sure."""
    found = {}
    for name, rows in evaluation.tables.items():
        own = _of_one_block([row for row in rows if row.number in sheet.numbers])
        columns = dict(_columns(own, sheet, least))
        if columns:
            numbers = [sheet.numbers[row.number] for row in own]
            found[name] = Band(numbers[0] - 1, numbers, numbers[-1] + 1, columns)
    return found


def _of_one_block(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows down to the first that has other columns: a second table of the same kind is another."""
    fields = set(rows[0].cells) if rows else set()
    end = next((at for at, row in enumerate(rows) if set(row.cells) != fields), len(rows))
    return rows[:end]


def _columns(rows: Sequence[Row], sheet: Sheet, least: float) -> Iterator[tuple[str, int]]:
    """The column of every field whose cells stand below one another and are sure; the first of several in one column."""
    taken: set[int] = set()
    for field in rows[0].cells if rows else ():
        cells = [row.cells[field] for row in rows]
        columns = {cell.place.column for cell in cells}
        if field.startswith(UNKNOWN) or len(columns) != 1 or min(cell.sure for cell in cells) < least:
            continue
        [column] = columns
        if column is not None and column not in taken:
            taken.add(column)
            yield field, column
