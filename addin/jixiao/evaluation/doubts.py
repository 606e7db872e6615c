"""Cells of which the reader was not sure: what they were taken for, and how sure that is."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.evaluation.stated import Row, Stated
from jixiao.places import Where

UNKNOWN = "?"
"""Begins the part of a name that is the document's own words: ``funds.?彩票公益金.executed``."""
_TEXTS = ("goal.", "text.")  # no columns: called by their whole names
_LABELS = ("level1", "level2", "name")
_GUESSED = 0.3


class Doubt(NamedTuple):
    """A doubtful cell, the column or text it was taken for, and how sure that is.

    ``in_label`` says that it is a number in a label, which is another cell of its row: 50 of 产出指标（50分）.
    """

    cell: Stated
    column: str
    sure: float
    in_label: bool = False


def doubts(facts: Mapping[str, Stated], tables: Mapping[str, Sequence[Row]]) -> dict[Where, Doubt]:
    """The doubtful cells by where they stand. Columns under words nobody knows no rule reads: they are left out."""
    return {
        cell.place.spot: Doubt(cell, _column(name), sure, row is not None and _in_label(cell, row))
        for name, cell, row in _known(facts, tables)
        if (sure := sureness(name, cell)) < 1
    }


def _column(name: str) -> str:
    return name if name.startswith(_TEXTS) else name.rpartition(".")[2]


def _in_label(cell: Stated, row: Row) -> bool:
    labels = (row.cells[field] for field in _LABELS if field in row.cells)
    return any(label.place.spot == cell.place.spot and label.text != cell.text for label in labels)


def _known(
    facts: Mapping[str, Stated], tables: Mapping[str, Sequence[Row]]
) -> Iterator[tuple[str, Stated, Row | None]]:
    yield from ((name, cell, None) for name, cell in facts.items())
    for rows in tables.values():
        for row in rows:
            yield from ((field, cell, row) for field, cell in row.cells.items() if not field.startswith(UNKNOWN))


def sureness(name: str, cell: Stated) -> float:
    """How sure it is that a cell is the fact of this name: of an unknown row one only guesses what it is part of."""
    return min(cell.sure, _GUESSED) if UNKNOWN in name else cell.sure


def without_doubts(row: Row) -> Row:
    """The same row without its doubtful cells."""
    return row._replace(cells={field: cell for field, cell in row.cells.items() if cell.sure == 1})
