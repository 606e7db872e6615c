"""导入: a filled form becomes a workbook of ours; what finds no place in it is listed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.assemble import assemble
from jixiao.actions.book import Book
from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.evaluation.stated import NOTHING, one_line, short
from jixiao.forms import library
from jixiao.forms.compose import carried
from jixiao.forms.drawing import Drawing, Label, normal
from jixiao.forms.laying import named_rows
from jixiao.forms.own_unit import ensure_one_unit
from jixiao.forms.reading import private_facts
from jixiao.forms.recognise import Form, as_drawn, forms, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import actions as words
from jixiao.wording import commands, workbook
from jixiao.wording.places import place_words

_AROUND = frozenset({workbook.FOR_REPORT, *workbook.LEGEND.values()})
"""What stands beside every form of a drawing."""


def plan(document: Document, native: bool = False, form: str = "") -> Plan:
    """Every form of a Word file or workbook as a workbook of ours, ``form`` names another drawing they are put on.

    Raises Refusal if there is none.
    """
    book = import_document(document, native, form)
    remarks = [Remark("", [finding.line() for finding in book.defects])] if book.defects else []
    if book.unplaced:
        lines = [f"{place_words(stated.place)}：{short(stated.text)}" for stated in book.unplaced]
        heading = words.UNPLACED.format(count=len(lines))
        remarks.append(Remark(heading, lines, heading, words.UNPLACED_MORE))
    return Plan(document, files=[NewFile(book, (".xlsx", ".xlsm"), words.IMPORT_SUFFIX)], remarks=remarks)


def import_document(document: Document, native: bool = False, form: str = "") -> Book:
    """Every form of a Word file or workbook as a sheet of ours, values as stated.

    A form nobody has drawn keeps its own layout, and every word of it; with ``form`` the forms are put on another drawing, as
    far as that has places for what they state. Raises Refusal if there is no form, or nothing of it has a place.
    """
    target = library.drawing(form) if form else None
    found = forms(document)
    if not found:
        raise Refusal(commands.no_form(document.name))
    sources = [source for each in found if (source := _source(each, target, document))]
    if not sources:
        raise Refusal(
            words.NOTHING_FITS.format(name=document.name, title=one_line(found[0].evaluation.title), form=form)
        )
    aligned = [source.form for source in sources if source.is_drawn]
    unplaced = [stated for drawn in aligned for stated in drawn.evaluation.unplaced]
    unplaced += [stated for stated in _others(document, aligned) if not any(source.holds(stated) for source in sources)]
    book = assemble([carried(source.form, native) for source in sources], unplaced, False)
    return book._replace(defects=[defect for each in found for defect in each.evaluation.defects])


class _Source(NamedTuple):
    """What becomes a sheet, and whether a text outside the forms of drawings stands on it."""

    form: Recognised
    holds: Callable[[Stated], bool]
    is_drawn: bool = False


def _source(form: Form, target: Drawing | None, document: Document) -> _Source | None:
    """A form as it will stand on its sheet: on its drawing, as it is, or on another; None if that has no place for it."""
    if isinstance(form, Recognised) and (target is None or form.drawing.id == target.id):
        return _Source(_aligned(form, document.name), lambda _: False, is_drawn=True)
    if isinstance(form, Recognised) or target is not None:
        return _converted(form, target, document) if target else None
    from jixiao.forms.local.drawn import standing

    stands = standing(form)
    return _Source(as_drawn(form), lambda stated: stands(stated.place))


def _converted(form: Form, target: Drawing, document: Document) -> _Source | None:
    """A form on another drawing. Raises Refusal if it has amounts in a unit nobody knows."""
    from jixiao.forms.conversion import UnitUnknown, compared, converted, labels_of

    texts = {stated.place.spot: stated.text for stated in _others(document, ())}
    try:
        found = converted(form.evaluation, _private(form), target, texts)
    except UnitUnknown:
        raise Refusal(words.UNIT_UNKNOWN.format(name=document.name, form=target.id)) from None
    if found is None:
        return None
    placed, labels = found.placed, labels_of(target) | NOTHING | _AROUND
    return _Source(found.form, lambda stated: stated.place.spot in placed or compared(stated.text) in labels)


def _private(form: Form) -> Mapping[str, Stated]:
    """The facts of a form that name persons: they are copied, and told to nobody."""
    if isinstance(form, Recognised):
        return private_facts(form.grid, form.placement, form.drawing)
    return form.private


def drawn_forms(document: Document) -> list[Recognised]:
    """Every form of a document: one that a drawing identifies with its rows laid beside it, any other as a drawing of itself.

    Raises Refusal if there is none, and for one of a drawing that contradicts itself about the unit of its money.
    """
    found = [_aligned(form, document.name) if is_known(form) else as_drawn(form) for form in forms(document)]
    if not found:
        raise Refusal(commands.no_form(document.name))
    return found


def _aligned(form: Recognised, name: str) -> Recognised:
    """A form with its rows laid beside it. Raises Refusal for one that contradicts itself about the unit of its money."""
    ensure_one_unit(form.evaluation, name)
    return form if form.rows else _laid(form)


def _laid(form: Recognised) -> Recognised:
    """A sheet of ours with the drawn row of every row, and what stands on it that is neither a label nor a fact."""
    rows = named_rows(form.grid, form.drawing, form.placement)
    unplaced = [*form.evaluation.unplaced, *_inside(form), *_beside(form)]
    return form._replace(rows=rows, evaluation=form.evaluation.replaced(unplaced=unplaced))


def _inside(form: Recognised) -> Iterator[Stated]:
    """What a user wrote inside the print area, where no fact stands."""
    labels = form.drawing.printed_words
    placed = form.placement.spots()
    for (row, column), cell in sorted(form.grid.cells.items()):
        if column <= form.drawing.width and (row, column) not in placed and normal(cell.text) not in labels:
            yield Stated(cell.text, form.grid.place(row, column))


def _beside(form: Recognised) -> Iterator[Stated]:
    """What a user wrote right of the print area, outside the cells that are there for the report."""
    words = {spec.label for spec in form.drawing.extras} | _AROUND
    named = [area for _, area in form.placement.names()]
    for (row, column), cell in sorted(form.grid.cells.items()):
        if column <= form.drawing.width or not cell.text.strip() or cell.text in words:
            continue
        if not any(area.left == column and area.top <= row <= area.bottom for area in named):
            yield Stated(cell.text, form.grid.place(row, column))


def _others(document: Document, found: Sequence[Recognised]) -> Iterator[Stated]:
    """What stands outside these forms."""
    yield from _other_tables(document, found)
    yield from _other_paragraphs(document, found)


def _other_tables(document: Document, found: Sequence[Recognised]) -> list[Stated]:
    """Text of tables and sheets that hold no form of a drawing; what an earlier import left over stays left over.

    What a table inside another holds, the cell around it says already.
    """
    known = {form.grid.title or form.grid.table for form in found} | {workbook.RESULTS, workbook.SUMMARY}
    return [
        Stated(cell.text, grid.place(row, column))
        for grid in document.grids
        if (grid.title or grid.table) not in known and grid.inside is None
        for (row, column), cell in sorted(grid.cells.items())
        if cell.text.strip() and (grid.title != workbook.UNPLACED or (row > 3 and column == 2))
    ]


def _other_paragraphs(document: Document, found: Sequence[Recognised]) -> list[Stated]:
    """Paragraphs of a Word file that the forms of drawings do not print themselves."""
    read = {
        stated.place.paragraph for form in found for stated in form.evaluation.facts.values() if stated.place.paragraph
    }
    printed = {
        one_line(cell.text)
        for form in found
        for row in form.drawing.rows
        if row.outside
        for cell in row.cells
        if isinstance(cell, Label)
    }
    return [
        Stated(text.strip(), Place(paragraph=number))
        for number, text in enumerate(document.paragraphs, 1)
        if text.strip() and number not in read and one_line(text) not in printed
    ]
