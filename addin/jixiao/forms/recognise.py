"""Which form is it, and where do its facts stand? By the names of our own workbooks, else by its printed words.

A drawing identifies a form only where all its headings stand; every other table is read by what its own headings say.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeGuard, Union

from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.figures import parse
from jixiao.findings import Finding
from jixiao.forms import library
from jixiao.forms.defects import missing_columns, shifted_merges
from jixiao.forms.drawing import Continued, Drawing, Label, normal
from jixiao.forms.laying import Laid, Lines, Skeleton, lay_over
from jixiao.forms.own_unit import read_in_own_unit
from jixiao.forms.placement import Anchors, Band, Effort, Placement, Spot, Sprawling, by_names
from jixiao.forms.reading import inner_text
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document, Grid, Paragraph, within
from jixiao.ours import FORM_NAME, SUMMARY_FORM, is_bound, is_foreign
from jixiao.places import Place
from jixiao.wording.structure import sprawling
from jixiao.wording.workbook import OWN_SHEETS

if TYPE_CHECKING:
    from jixiao.forms.local import LocalForm


Form = Union[Recognised, "LocalForm"]
"""Any form of a document: one that a drawing identifies, or one that is read by its headings alone."""


def forms(document: Document) -> "list[Form]":
    """Every form of a document, in order; a table that is none is passed over.

    Raises Refusal for a form with thousands of rows.
    """
    effort = Effort()
    found: list[Form] = []
    others: list[Grid] = []
    for grid in document.grids:
        try:
            form = _form(grid, document, effort)
        except Sprawling:
            raise Refusal(sprawling(document.name, grid.place(1, 1))) from None
        if form:
            found.append(form)
        elif not is_own(grid):
            others.append(grid)
    if any(grid.cells for grid in others):
        found += _by_headings(document, [form.grid for form in found])
    return _in_order(found, document)


def our_forms(document: Document) -> list[Recognised]:
    """The forms on sheets that are ours or bound, in order; no other is looked at.

    Raises Refusal for a sheet whose drawing holds a mistake: its cells are not known.
    """
    effort = Effort()
    found: list[Form] = []
    for grid in document.grids:
        if reason := library.why_not(grid.constants.get(FORM_NAME, "")):
            raise Refusal(reason)
        if is_bound(grid) and (form := _form(grid, document, effort)):
            found.append(form)
    strange = [grid for grid in document.grids if not is_bound(grid) or is_own(grid)]
    if len(strange) < len(document.grids):
        found += _by_headings(document, [*strange, *(form.grid for form in found)])
    return [as_drawn(form) for form in _in_order(found, document)]


def as_drawn(form: "Form") -> Recognised:
    """A form with a drawing: the one that identifies it, else the one it is of itself."""
    if isinstance(form, Recognised):
        return form
    from jixiao.forms.local.drawn import drawn

    return drawn(form)


def is_known(form: "Form") -> TypeGuard[Recognised]:
    """Whether a drawing identifies a form."""
    return isinstance(form, Recognised)


def is_own(grid: Grid) -> bool:
    """Whether a sheet was made by us: with a form whose drawing is known here, or to tell of forms."""
    named = grid.constants.get(FORM_NAME) in {SUMMARY_FORM, *library.identifiers()}
    return (named and not is_foreign(grid)) or grid.title in OWN_SHEETS


def _by_headings(document: Document, known: Sequence[Grid]) -> "list[LocalForm]":
    """The forms nobody has drawn. The reader is loaded only where there is something for it to read."""
    from jixiao.forms.local import local_forms

    ours = [grid for grid in document.grids if is_own(grid)]
    return local_forms(document, [*known, *ours])


def _in_order(found: "list[Form]", document: Document) -> "list[Form]":
    numbers = {id(grid): number for number, grid in enumerate(document.grids)}
    return sorted(found, key=lambda form: numbers[id(form.grid)])


def _form(grid: Grid, document: Document, effort: Effort) -> Recognised | None:
    identifier = grid.constants.get(FORM_NAME, "")
    if identifier in library.identifiers() and not is_foreign(grid):
        drawing = library.drawing(identifier)
        placement = by_names(grid, drawing)
        effort.spend(_to_read(placement))
        defects = list(_lost_names(grid, drawing, placement))
        drawing, evaluation = read_in_own_unit(grid, placement, drawing, defects=defects)
        return Recognised(grid, drawing, placement, {}, evaluation)
    if is_own(grid):
        return None
    return identify(grid, document, effort)


def identify(grid: Grid, document: Document, effort: Effort) -> Recognised | None:
    """The drawing all whose headings stand in a grid, laid over it: of several the one that says most, one's own first."""
    texts = {normal(cell.text) for cell in grid.cells.values() if cell.text}
    own = [drawing for drawing in library.own_drawings() if _tells_itself(drawing, texts)]
    shipped = [drawing for drawing in library.shipped_drawings() if Skeleton.of(drawing).words <= texts]
    for drawing in sorted([*own, *shipped], key=lambda one: -len(Skeleton.of(one).headings)) if own else shipped:
        if found := _identified(grid, drawing, document, effort):
            return found
    return None


def _tells_itself(drawing: Drawing, texts: Collection[str]) -> bool:
    """Whether all headings of a drawing of one's own stand in a grid, and are enough to tell one form from another."""
    headings = Skeleton.of(drawing).headings
    return len(headings) >= FEWEST_HEADINGS and headings.issubset(texts)


FEWEST_HEADINGS = 6
"""With fewer headings a drawing of one's own would fit tables it does not mean: such a form is told by its names alone."""


def _identified(grid: Grid, drawing: Drawing, document: Document, effort: Effort) -> Recognised | None:
    anchors = Anchors(grid)
    columns = _own_columns(grid, drawing, anchors)
    effort.spend(anchors.size + 5 * len(anchors.rows) * len(columns))
    laid = lay_over(drawing, Lines(grid, anchors, columns), effort)
    if laid is None or _comes_again(grid, drawing, max(laid.rows)):
        return None
    placement = _placement(drawing, laid, anchors.rows)
    effort.spend(_to_read(placement))
    unplaced = list(_unplaced(grid, drawing, laid, placement, anchors))
    defects = list(_defects(grid, drawing, laid))
    outside = _outside(drawing, placement, _around(document, grid))
    above = document.above(grid)
    drawing, evaluation = read_in_own_unit(grid, placement, drawing, above, outside, defects, unplaced)
    return Recognised(grid, drawing, placement, laid.rows, evaluation)


def _comes_again(grid: Grid, drawing: Drawing, last: int) -> bool:
    """Whether the form stands once more below itself: then each is read by its own headings, none is lost."""
    words = Skeleton.of(drawing).words
    below = {text for (row, _), cell in grid.cells.items() if row > last and (text := normal(cell.text)) in words}
    return len(below) * 2 > len(words)


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


def _own_columns(grid: Grid, drawing: Drawing, anchors: Anchors) -> Sequence[int]:
    """The columns of the form, from the first of its labels to the last: what stands beside them is not part of it."""
    labels = [anchors.area(*spot) for spot, cell in grid.cells.items() if normal(cell.text) in drawing.words]
    columns = grid.columns
    if not labels:
        return columns
    return within(columns, min(area.left for area in labels), max(area.right for area in labels))


def _unplaced(grid: Grid, drawing: Drawing, laid: Laid, placement: Placement, anchors: Anchors) -> Iterator[Stated]:
    """Every text of the grid that is neither a label of the form nor the value of a fact."""
    placed = placement.spots()
    labels = {j: _labels_of(drawing, j) for j in set(laid.rows.values())}
    for (row, column), cell in sorted(grid.cells.items()):
        text = normal(cell.text)
        known = (row, column) in placed or text in labels.get(laid.rows.get(row, -1), ())
        if text and not known and anchors.of(row, column) == (row, column):
            yield Stated(cell.text, grid.place(row, column))


def _labels_of(drawing: Drawing, j: int) -> set[str]:
    """The words a drawn row shows, those that go on from above too."""
    found = set()
    for column, cell in enumerate(drawing.rows[j].cells):
        i = j
        while isinstance(cell, Continued) and cell.upward and i:
            i -= 1
            cell = drawing.rows[i].cells[column]
        if isinstance(cell, Label):
            found.add(normal(cell.text))
    return found


def _placement(drawing: Drawing, laid: Laid, numbers: Sequence[int]) -> Placement:
    lost = _lost_cells(drawing, laid)
    facts: dict[str, Spot] = {}
    for row, j in laid.rows.items():
        for column, slot in drawing.rows[j].slots():
            if not slot.band and column in laid.columns[row] and (j, column) not in lost:
                facts.setdefault(slot.fact, (row, laid.columns[row][column]))
    found = {name: _band(drawing, name, laid, numbers) for name in drawing.bands}
    return Placement(facts, {name: band for name, band in found.items() if band})


def _band(drawing: Drawing, name: str, laid: Laid, numbers: Sequence[int]) -> Band | None:
    drawn = drawing.bands[name]
    own = [row for row, j in laid.rows.items() if drawn.holds(j)]
    header = laid.row(drawn.header)
    if not own or header is None:
        return None
    heads = _below_merged(drawing, drawn.header, laid.columns[min(own)]) | dict(laid.columns[header])
    lost = laid.lost.get(header, ())
    columns = {
        field: heads[column] for field, column in drawn.columns.items() if column in heads and column not in lost
    }
    return Band(header, within(numbers, min(own), max(own)), max(own) + 1, columns)


def _below_merged(drawing: Drawing, header: int, columns: Mapping[int, int]) -> dict[int, int]:
    """The columns over which a heading goes on from the left: the first row below tells where they stand."""
    cells = drawing.rows[header].cells
    return {drawn: column for drawn, column in columns.items() if isinstance(cells[drawn - 1], Continued)}


def _lost_cells(drawing: Drawing, laid: Laid) -> set[tuple[int, int]]:
    """The drawn row and column of every cell in a table of fixed rows whose heading the document does not have."""
    lost = set()
    for own in drawing.fixed_tables.values():
        gone = laid.lost.get(laid.row(own[0] - 1) or 0, ())
        lost |= {(j, column) for j in own for column in gone}
    return lost


def _defects(grid: Grid, drawing: Drawing, laid: Laid) -> Iterator[Finding]:
    """Columns that are missing, else cells merged otherwise than on the official form."""
    if laid.lost:
        labels = [drawing.heading(laid.rows[row] + 1, column) for row, lost in laid.lost.items() for column in lost]
        yield missing_columns([grid.place(row, 1) for row in laid.lost], labels)
    elif laid.shifted:
        yield shifted_merges([grid.place(row, 1) for row in laid.shifted])


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
