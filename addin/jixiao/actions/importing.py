"""导入: a filled form becomes a workbook of ours; what finds no place in it is listed."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from jixiao.actions.assemble import assemble
from jixiao.actions.book import Book
from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.evaluation.stated import one_line
from jixiao.forms.compose import carried
from jixiao.forms.drawing import Label, normal
from jixiao.forms.laying import named_rows
from jixiao.forms.own_unit import ensure_one_unit
from jixiao.forms.recognise import as_drawn, forms, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import actions as words
from jixiao.wording import commands, workbook
from jixiao.wording.places import place_words

if TYPE_CHECKING:
    from jixiao.forms.local import LocalForm

LONGEST_LINE = 40


def plan(document: Document, native: bool = False) -> Plan:
    """Every form of a Word file or workbook as a workbook of ours. Raises Refusal if there is none."""
    book = import_document(document, native)
    remarks = [Remark("", [finding.line() for finding in book.defects])] if book.defects else []
    if book.unplaced:
        lines = [f"{place_words(stated.place)}：{_short(stated.text)}" for stated in book.unplaced]
        heading = words.UNPLACED.format(count=len(lines))
        remarks.append(Remark(heading, lines, heading, words.UNPLACED_MORE))
    return Plan(document, files=[NewFile(book, (".xlsx", ".xlsm"), words.IMPORT_SUFFIX)], remarks=remarks)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_LINE else line[:LONGEST_LINE] + "…"


def import_document(document: Document, native: bool = False) -> Book:
    """Every form of a Word file or workbook as a sheet of ours, values as stated. Raises Refusal if there is none.

    A form nobody has drawn keeps its own layout, and every word of it.
    """
    found = forms(document)
    if not found:
        raise Refusal(commands.no_form(document.name))
    drawn = _drawn(document.name, [form for form in found if is_known(form)])
    local = [form for form in found if not is_known(form)]
    unplaced = [stated for form in drawn for stated in form.evaluation.unplaced]
    unplaced += _others(document, drawn, _standing(local))
    sheets = iter(drawn)
    book = assemble(
        [carried(next(sheets) if is_known(form) else as_drawn(form), native) for form in found], unplaced, False
    )
    return book._replace(defects=[defect for form in found for defect in form.evaluation.defects])


def _standing(forms: "Sequence[LocalForm]") -> Callable[[Place], bool]:
    """Whether what stands at a place stands on the sheet of one of these forms, too."""
    if not forms:
        return lambda place: False
    from jixiao.forms.local.drawn import standing

    own = [standing(form) for form in forms]
    return lambda place: any(stands(place) for stands in own)


def aligned(document: Document) -> list[Recognised]:
    """The forms of a document that a drawing identifies, each with its rows laid beside it.

    Raises Refusal if there is none, and for one that contradicts itself about the unit of its money.
    """
    found = _drawn(document.name, [form for form in forms(document) if is_known(form)])
    if not found:
        raise not_drawn(document)
    return found


def _drawn(name: str, forms: Sequence[Recognised]) -> list[Recognised]:
    """Forms of drawings, each with its rows laid beside it. Raises Refusal for one that contradicts itself about its unit."""
    for form in forms:
        ensure_one_unit(form.evaluation, name)
    return [form if form.rows else _laid(form) for form in forms]


def not_drawn(document: Document) -> Refusal:
    """Why what takes a drawing cannot be done with a document that has none of the drawn forms."""
    titles = [form.evaluation.title for form in forms(document)]
    return Refusal(commands.local_form(document.name, titles[0]) if titles else commands.no_form(document.name))


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
    words = {spec.label for spec in form.drawing.extras} | {workbook.FOR_REPORT, *workbook.LEGEND.values()}
    named = [area for _, area in form.placement.names()]
    for (row, column), cell in sorted(form.grid.cells.items()):
        if column <= form.drawing.width or not cell.text.strip() or cell.text in words:
            continue
        if not any(area.left == column and area.top <= row <= area.bottom for area in named):
            yield Stated(cell.text, form.grid.place(row, column))


def _others(document: Document, found: Sequence[Recognised], stands: Callable[[Place], bool]) -> Iterator[Stated]:
    """What stands outside all forms."""
    for stated in (*_other_tables(document, found), *_other_paragraphs(document, found)):
        if not stands(stated.place):
            yield stated


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
