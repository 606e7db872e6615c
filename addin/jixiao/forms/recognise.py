"""Which form is it, and where do its facts stand? By the names of our own workbooks, else by the printed labels."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation, Stated
from jixiao.figures import parse
from jixiao.findings import Finding
from jixiao.forms import library
from jixiao.forms.alignment import Matcher, Matchers, Piece, pieces_of
from jixiao.forms.defects import missing_columns, shifted_merges
from jixiao.forms.drawing import Continued, Drawing, Kind, Label, normal
from jixiao.forms.placement import (
    Anchors,
    Band,
    Placement,
    Spot,
    Sprawling,
    by_names,
)
from jixiao.forms.reading import inner_text, read
from jixiao.grid import Document, Grid, Paragraph, within
from jixiao.places import Place
from jixiao.wording.structure import sprawling
from jixiao.wording.workbook import OWN_SHEETS

LEAST_LIKENESS = 0.6


class Recognised(NamedTuple):
    """One form found in a document."""

    grid: Grid
    drawing: Drawing
    placement: Placement
    rows: Mapping[int, int]  # row of the grid -> row of the drawing; empty where names told the placement
    evaluation: Evaluation


def forms(document: Document) -> list[Recognised]:
    """Every form of a document, in order; grids that are none of the known forms are passed over.

    Raises Refusal for a form with thousands of rows.
    """
    matchers = Matchers()
    found = []
    for grid in document.grids:
        try:
            found.append(_form(grid, document, matchers))
        except Sprawling:
            raise Refusal(sprawling(document.name, grid.place(1, 1))) from None
    return [form for form in found if form]


def _form(grid: Grid, document: Document, matchers: Matchers) -> Recognised | None:
    identifier = grid.constants.get("jx.form")
    if identifier in library.identifiers():
        drawing = library.drawing(identifier)
        placement = by_names(grid, drawing)
        matchers.effort.spend(_to_read(placement))
        defects = list(_lost_names(grid, drawing, placement))
        return Recognised(grid, drawing, placement, {}, read(grid, placement, drawing, defects=defects))
    if identifier or grid.title in OWN_SHEETS:
        return None
    likely = _likely(grid)
    return align(grid, likely, _around(document, grid), matchers) if likely else None


def _to_read(placement: Placement) -> int:
    """What it takes to read the repeated blocks of a form."""
    return sum(20 * len(band.rows) * len(band.columns) for band in placement.bands.values())


def _around(document: Document, grid: Grid) -> list[Paragraph]:
    """The paragraphs in which a form may state something: first those above it, then all others."""
    above = {paragraph.number: paragraph for paragraph in document.above(grid)}
    others = {block.number: block for block in document.blocks if isinstance(block, Paragraph)}
    return list((above | others).values())


def _lost_names(grid: Grid, drawing: Drawing, placement: Placement) -> Iterator[Finding]:
    columns = {f"{name}.{field}" for name, band in drawing.bands.items() for field in band.columns}
    present = {name for name, _ in placement.names()}
    lost = list(dict.fromkeys(drawing.labels[name] for name in sorted(columns.union(drawing.slots) - present)))
    if lost:
        yield missing_columns([Place(sheet=grid.title)], lost)


def _likely(grid: Grid) -> Drawing | None:
    """The drawing that shares most labels with the grid: of all that either of them has, the largest share."""
    texts = {normal(cell.text) for cell in grid.cells.values() if cell.text}
    drawings = library.drawings()
    shown = texts & frozenset().union(*(drawing.words for drawing in drawings))
    best = max(drawings, key=lambda drawing: len(drawing.words & shown) / len(drawing.words | shown))
    return best if len(best.words & shown) >= len(best.words) * LEAST_LIKENESS else None


def align(
    grid: Grid, drawing: Drawing, paragraphs: Sequence[Paragraph] = (), matchers: Matchers | None = None
) -> Recognised:
    """Lay a drawing over a grid row by row, so that as many labels as possible agree."""
    anchors = Anchors(grid)
    columns = _own_columns(grid, drawing, anchors)
    matchers = matchers or Matchers()
    matchers.effort.spend(anchors.size + 5 * len(anchors.rows) * len(columns))
    rows = {row: pieces_of(grid, anchors, row, columns) for row in anchors.rows}
    matcher = matchers.of(drawing)
    pairs = matcher.pair(rows)
    placement = _placement(drawing, rows, pairs, matcher)
    matchers.effort.spend(_to_read(placement))
    unplaced = [*_unplaced(grid, drawing, rows, pairs, matcher, placement), *_beside(grid, columns, anchors)]
    defects = list(_defects(grid, drawing, rows, pairs, matcher))
    outside = _outside(drawing, placement, paragraphs)
    evaluation = read(grid, placement, drawing, outside, defects, unplaced)
    return Recognised(grid, drawing, placement, pairs, evaluation)


def _own_columns(grid: Grid, drawing: Drawing, anchors: Anchors) -> Sequence[int]:
    """The columns of the form, from the first of its labels to the last: what stands beside them is not part of it."""
    labels = [anchors.area(*spot) for spot, cell in grid.cells.items() if normal(cell.text) in drawing.words]
    columns = grid.columns
    if not labels:
        return columns
    return within(columns, min(area.left for area in labels), max(area.right for area in labels))


def _beside(grid: Grid, columns: Sequence[int], anchors: Anchors) -> Iterator[Stated]:
    """Every text that stands left or right of the form's own columns."""
    for (row, column), cell in sorted(grid.cells.items()):
        beside = not columns or not columns[0] <= column <= columns[-1]
        if beside and normal(cell.text) and anchors.of(row, column) == (row, column):
            yield Stated(cell.text, grid.place(row, column))


def _unplaced(
    grid: Grid,
    drawing: Drawing,
    rows: Mapping[int, Sequence[Piece]],
    pairs: Mapping[int, int],
    matcher: Matcher,
    placement: Placement,
) -> Iterator[Stated]:
    """Every text of the grid that is neither a label of the form nor the value of a fact."""
    placed = set(placement.facts.values())
    for band in placement.bands.values():
        placed |= {(row, column) for row in band.rows for column in band.columns.values()}
    for row, pieces in rows.items():
        labels = _labels_at(drawing, pieces, pairs[row], matcher) if row in pairs else {}
        for piece in pieces:
            known = (row, piece.column) in placed or labels.get(piece.column) == piece.text
            if piece.text and not piece.continued and not known:
                yield Stated(grid.at(row, piece.column).text, grid.place(row, piece.column))


def _labels_at(drawing: Drawing, pieces: Sequence[Piece], j: int, matcher: Matcher) -> dict[int, str]:
    """Column of the grid -> the label the drawing has there, as it is compared."""
    return {
        column: normal(cell.text)
        for drawn, column in matcher.columns(pieces, j).items()
        if isinstance(cell := drawing.rows[j].cells[drawn - 1], Label)
    }


def _placement(
    drawing: Drawing, rows: Mapping[int, Sequence[Piece]], pairs: Mapping[int, int], matcher: Matcher
) -> Placement:
    facts: dict[str, Spot] = {}
    lost = _lost_columns(drawing, rows, pairs, matcher)
    for row, j in pairs.items():
        columns = matcher.columns(rows[row], j)
        for column, slot in drawing.rows[j].slots():
            if not slot.band and column in columns and (j, column) not in lost:
                facts.setdefault(slot.fact, (row, columns[column]))
    bands = {}
    for name in drawing.bands:
        band = _band(drawing, name, rows, pairs, matcher)
        if band:
            bands[name] = band
    return Placement(facts, bands)


def _band(
    drawing: Drawing, name: str, rows: Mapping[int, Sequence[Piece]], pairs: Mapping[int, int], matcher: Matcher
) -> Band | None:
    drawn = drawing.bands[name]
    own = [row for row, j in pairs.items() if drawn.holds(j)]
    headers = [row for row, j in pairs.items() if j == drawn.header]
    if not own or not headers:
        return None
    header = headers[0]
    heads = matcher.columns(rows[header], drawn.header)
    heads = _below_merged(drawing, drawn.header, matcher.columns(rows[min(own)], pairs[min(own)])) | heads
    lost = set(_lost_heads(drawing, drawn.header, rows[header], heads))
    columns = {
        field: heads[column] for field, column in drawn.columns.items() if column in heads and column not in lost
    }
    return Band(header, within(list(rows), min(own), max(own)), max(own) + 1, columns)


def _below_merged(drawing: Drawing, header: int, columns: Mapping[int, int]) -> dict[int, int]:
    """The columns over which a heading goes on from the left: the first row below tells where they stand."""
    cells = drawing.rows[header].cells
    return {drawn: column for drawn, column in columns.items() if isinstance(cells[drawn - 1], Continued)}


def _outside(drawing: Drawing, placement: Placement, paragraphs: Sequence[Paragraph]) -> dict[str, Stated]:
    """Facts of rows outside the border, which a Word document prints as paragraphs around the table."""
    found = {}
    for row in drawing.rows:
        for _, slot in row.slots():
            if not row.outside or slot.fact in placement.facts:
                continue
            for paragraph in paragraphs:
                text = inner_text(paragraph.text, slot)
                if text != paragraph.text:
                    place = Place(paragraph=paragraph.number, label=drawing.labels.get(slot.fact, ""))
                    found[slot.fact] = Stated(text, place, parse(text))
                    break
    return found


def _header_rows(drawing: Drawing) -> set[int]:
    """The drawn rows that head the columns of tables; who is named in one (评价人员) does not matter."""
    repeated = [band.header for name, band in drawing.bands.items() if _is_read(drawing, name)]
    fixed = [rows[0] - 1 for rows in drawing.fixed_tables.values()]
    return {header for header in (*repeated, *fixed) if header >= 0 and not drawing.rows[header].bands}


def _is_read(drawing: Drawing, band: str) -> bool:
    return any(drawing.spec(f"{band}.{field}").kind is not Kind.PRIVATE for field in drawing.bands[band].columns)


def _lost_columns(
    drawing: Drawing, rows: Mapping[int, Sequence[Piece]], pairs: Mapping[int, int], matcher: Matcher
) -> set[tuple[int, int]]:
    """The drawn row and column of every cell in a table of fixed rows whose heading the document does not have."""
    headers = _header_rows(drawing)
    lost = set()
    for own in drawing.fixed_tables.values():
        header = own[0] - 1
        for row in (row for row, j in pairs.items() if j == header and header in headers):
            heads = matcher.columns(rows[row], header)
            gone = _lost_heads(drawing, header, rows[row], heads)
            lost |= {(j, column) for j in own for column in gone}
    return lost


def _lost_heads(drawing: Drawing, j: int, pieces: Sequence[Piece], heads: Mapping[int, int]) -> list[int]:
    """The columns of the drawing whose heading the document does not have."""
    texts = {piece.column: piece.text for piece in pieces}
    labelled = [column for column, cell in enumerate(drawing.rows[j].cells, 1) if isinstance(cell, Label) and cell.text]
    return [column for column in labelled if not texts.get(heads.get(column, 0))]


def _defects(
    grid: Grid,
    drawing: Drawing,
    rows: Mapping[int, Sequence[Piece]],
    pairs: Mapping[int, int],
    matcher: Matcher,
) -> Iterator[Finding]:
    """Columns that are missing, else cells merged otherwise than on the official form."""
    headers = _header_rows(drawing)
    places, lost, shifted = [], [], []
    for row, j in pairs.items():
        columns = matcher.columns(rows[row], j)
        if j in headers:
            missing = _lost_heads(drawing, j, rows[row], columns)
            lost += [drawing.heading(j + 1, column) for column in missing]
            places += [grid.place(row, 1)] * bool(missing)
        elif len(columns) < len(matcher.cells[j]) or len(rows[row]) != len(matcher.cells[j]):
            shifted.append(grid.place(row, 1))
    if lost:
        yield missing_columns(places, lost)
    elif shifted:
        yield shifted_merges(shifted)
