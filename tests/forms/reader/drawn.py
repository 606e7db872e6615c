"""Tables written as they look: a line a row, ``|`` between cells, ``<`` belongs to the cell on its left, ``^`` to the one above."""

from collections.abc import Iterator, Mapping

from jixiao.evaluation import Evaluation
from jixiao.forms.local import LocalForm, local_forms
from jixiao.grid import Area, Cell, Document, Grid, Paragraph

Block = Grid | Paragraph


def table(text: str, number: int | None = 1, title: str = "", inside: int | None = None) -> Grid:
    """The grid of a drawn table: of Word by its number, else a sheet by its title."""
    rows = [[cell.strip(" ") for cell in line.split("|")] for line in text.strip("\n").split("\n")]
    cells, ends = {}, {}
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for r, row in enumerate(rows, 1):
        for c, said in enumerate(row, 1):
            spot = owner[r, c - 1] if said == "<" else owner[r - 1, c] if said == "^" else (r, c)
            owner[r, c] = spot
            bottom, right = ends.get(spot, spot)
            ends[spot] = max(bottom, r), max(right, c)
            if spot == (r, c) and (said or number is not None):
                cells[spot] = Cell(said.replace("\\n", "\n"), said or None)
    merges = [Area(*spot, *end) for spot, end in ends.items() if spot != end]
    return Grid(title, cells, merges, table=number, inside=inside)


def document(*blocks: str | Grid) -> Document:
    """A document of paragraphs and tables in this order; a text of several lines with bars is a table."""
    return Document("表.docx", list(_numbered(blocks)))


def _numbered(blocks: tuple[str | Grid, ...]) -> Iterator[Block]:
    tables = paragraphs = 0
    for block in blocks:
        if isinstance(block, Grid):
            yield block
        elif "|" in block:
            tables += 1
            yield table(block, tables)
        else:
            paragraphs += 1
            yield Paragraph(paragraphs, block)


def read(*blocks: str | Grid) -> LocalForm:
    """The one form of a document."""
    (form,) = local_forms(document(*blocks), ())
    return form


def facts(evaluation: Evaluation) -> Mapping[str, str]:
    """What is stated of single facts, blank ones left out."""
    return {name: cell.text.strip() for name, cell in evaluation.facts.items() if not cell.blank}


def column(evaluation: Evaluation, name: str) -> list[str]:
    """The texts of one column of a table, from the top; the rows that lack it are empty."""
    kind, _, field = name.partition(".")
    return [row.cells[field].text if field in row.cells else "" for row in evaluation.tables.get(kind, ())]
