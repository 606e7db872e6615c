"""新建: workbooks with empty forms, or with next year's after last year's."""

from functools import partial

from jixiao.actions.assemble import assemble
from jixiao.actions.book import Book
from jixiao.actions.importing import aligned
from jixiao.actions.plan import NewFile, Plan
from jixiao.forms import library
from jixiao.forms.compose import blank, renewed
from jixiao.forms.drawing import Drawing, Kind
from jixiao.grid import Document
from jixiao.outputs import safe
from jixiao.wording.actions import NEW_NAME

KEPT = (
    "project.",
    "unit.",
    "execution.weight",
    "goal.expected",
    "report.basis",
    "report.controls",
    "report.organisation",
)
KEPT_COLUMNS = ("level1", "level2", "name", "nature", "target", "unit", "weight", "content")
"""What a table keeps for next year: what its rows are called, aim at and weigh."""


def plan(form: str, year: int, projects: int = 1, native: bool = False, protect: bool = False) -> Plan:
    """A workbook with empty forms. Raises Refusal for an unknown form."""
    name = NEW_NAME.format(year=year, title=safe(library.drawing(form).title))
    return _plan(new(form, year, projects, native, protect), Document(name, ()))


def plan_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Plan:
    """Next year's workbook after last year's. Raises Refusal if there is no form in it."""
    return _plan(new_from(last_year, year, native, protect), last_year)


def _plan(book: Book, document: Document) -> Plan:
    return Plan(document, files=[NewFile(book, (".xlsx", ".xlsm"))])


def new(form: str, year: int, projects: int = 1, native: bool = False, protect: bool = False) -> Book:
    """A workbook with empty forms. Raises Refusal for an unknown form."""
    drawing = library.drawing(form)
    return assemble([blank(drawing, year, native) for _ in range(projects)], (), protect)


def new_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Book:
    """Next year's forms after last year's workbook: names, indicators, targets and weights stay, results are cleared."""
    found = aligned(last_year)
    filled = [renewed(form, form.drawing, year, partial(_kept, form.drawing), native) for form in found]
    return assemble(filled, (), protect)


def _kept(drawing: Drawing, fact: str) -> bool:
    table, _, field = fact.partition(".")
    if table not in drawing.bands:
        return fact.startswith(KEPT)
    if drawing.spec(fact).kind is Kind.PRIVATE:
        return False
    columns = drawing.bands[table].columns
    return field in KEPT_COLUMNS or columns.get(field) == min(columns.values())  # what its rows are called stands first
