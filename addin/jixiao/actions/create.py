"""新建 and 导入: workbooks of ours."""

from collections.abc import Mapping, Sequence

from jixiao.actions.book import Book, Listing, Sheet
from jixiao.actions.summary import line, summary_contents
from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.forms import library
from jixiao.forms.compose import Content, Filled, blank, carried, renewed
from jixiao.forms.drawing import Label
from jixiao.forms.layout import areas
from jixiao.forms.placement import Spot
from jixiao.forms.recognise import Recognised, align, forms
from jixiao.forms.workings import Operand, Workings, operand
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import commands, workbook

SUMMARISED = "sichuan-project-2023"
KEPT = (
    "project.",
    "unit.",
    "execution.weight",
    "goal.expected",
    "report.basis",
    "report.controls",
    "report.organisation",
)
KEPT_COLUMNS = ("level1", "level2", "name", "nature", "target", "unit", "weight")


def new(form: str, year: int, projects: int = 1, native: bool = False, protect: bool = False) -> Book:
    """A workbook with empty forms. Raises Refusal for an unknown form."""
    drawing = library.drawing(form)
    return _workbook([blank(drawing, year, native) for _ in range(projects)], (), protect)


def new_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Book:
    """Next year's forms after last year's workbook: names, indicators, targets and weights stay, results are cleared."""
    found = aligned(last_year)
    return _workbook([renewed(form, form.drawing, year, _kept, native) for form in found], (), protect)


def import_document(document: Document, native: bool = False) -> Book:
    """Every form of a Word file or workbook as a sheet of ours, values as stated. Raises Refusal if there is none."""
    found = aligned(document)
    unplaced = [stated for form in found for stated in form.evaluation.unplaced]
    unplaced += _other_tables(document, found)
    unplaced += [Stated(text, Place(paragraph=number)) for number, text in _other_paragraphs(document, found)]
    return _workbook([carried(form, native) for form in found], unplaced, False)


def aligned(document: Document) -> list[Recognised]:
    """The forms of a document, each with its rows laid beside the drawing. Raises Refusal if there is none."""
    found = [form if form.rows else form._replace(rows=_rows(form)) for form in forms(document)]
    if not found:
        raise Refusal(f"{commands.NO_FORM}：{document.name}。")
    return found


def _rows(form: Recognised) -> Mapping[int, int]:
    """The drawn row of every row of a sheet of ours, told by what stands inside the print area."""
    width = form.drawing.width
    printed = {spot: cell for spot, cell in form.grid.cells.items() if spot[1] <= width}
    merges = [area for area in form.grid.merges if area.right <= width]
    return align(form.grid._replace(cells=printed, merges=merges), form.drawing).rows


def _kept(fact: str) -> bool:
    prefix, _, field = fact.partition(".")
    if prefix == "indicators":
        return field in KEPT_COLUMNS
    return fact.startswith(KEPT) or fact == "details.content"


def _other_tables(document: Document, found: Sequence[Recognised]) -> list[Stated]:
    """Text of tables and sheets that hold no known form."""
    known = {id(form.grid) for form in found}
    return [
        Stated(cell.text, grid.place(row, column))
        for grid in document.grids
        if id(grid) not in known and grid.title not in workbook.OWN_SHEETS
        for (row, column), cell in sorted(grid.cells.items())
        if cell.text.strip()
    ]


def _other_paragraphs(document: Document, found: Sequence[Recognised]) -> list[tuple[int, str]]:
    """Paragraphs of a Word file that the form does not print itself."""
    read = {
        stated.place.paragraph for form in found for stated in form.evaluation.facts.values() if stated.place.paragraph
    }
    printed = {
        "".join(cell.text.split())
        for form in found
        for row in form.drawing.rows
        if row.outside
        for cell in row.cells
        if isinstance(cell, Label)
    }
    return [
        (number, text.strip())
        for number, text in enumerate(document.paragraphs, 1)
        if text.strip() and number not in read and "".join(text.split()) not in printed
    ]


def _workbook(filled: Sequence[Filled], unplaced: Sequence[Stated], protect: bool) -> Book:
    sheets = [Sheet(title, form) for title, form in zip(_titles(filled), filled, strict=True)]
    listings = []
    if any(form.layout.drawing.id == SUMMARISED for form in filled):
        listings.append(_summary(sheets))
    if unplaced:
        listings.append(_unplaced(unplaced))
    return Book(sheets, listings, protect, unplaced=unplaced)


def _summary(sheets: Sequence[Sheet]) -> Listing:
    contents = summary_contents([line(sheet.title, settled(sheet.form)) for sheet in sheets])
    constants = {"jx.form": "summary"}
    return Listing(workbook.SUMMARY, workbook.SUMMARY_HEADING, workbook.SUMMARY_COLUMNS, contents, constants)


def _unplaced(unplaced: Sequence[Stated]) -> Listing:
    contents: dict[Spot, Content] = {}
    for row, stated in enumerate(unplaced, 4):
        contents[row, 1] = Content(place_words(stated.place))
        contents[row, 2] = Content(stated.text.strip())
    return Listing(workbook.UNPLACED, workbook.UNPLACED_HEADING, workbook.UNPLACED_COLUMNS, contents, {})


def settled(form: Filled) -> Workings:
    """A form whose contents are final: every cell is what it holds."""

    def given(spot: Spot) -> Operand:
        return operand(form.contents[spot].value) if spot in form.contents else None

    drawing = form.layout.drawing
    return Workings(drawing, form.layout.placement, drawing.scheme, given, areas(form.layout), lambda *_: False)


def _titles(filled: Sequence[Filled]) -> list[str]:
    """Sheet names a user recognises: 项目1, 项目2 … or the form's own title."""
    if len(filled) == 1:
        return [filled[0].layout.drawing.title[:31]]
    return [f"项目{number}" for number in range(1, len(filled) + 1)]


def place_words(place: Place) -> str:
    """Where something stood, in words."""
    if place.paragraph is not None:
        return f"正文第{place.paragraph}段"
    if place.table is not None:
        return f"第{place.table}张表 第{place.row}行第{place.column}列"
    return f"{place.sheet} {place.cell}"
