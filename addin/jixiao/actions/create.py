"""新建: workbooks with empty forms, or with next year's after last year's."""

from jixiao.actions.assemble import assemble
from jixiao.actions.book import Book
from jixiao.actions.importing import aligned
from jixiao.forms import library
from jixiao.forms.compose import blank, renewed
from jixiao.grid import Document

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
    return assemble([blank(drawing, year, native) for _ in range(projects)], (), protect)


def new_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Book:
    """Next year's forms after last year's workbook: names, indicators, targets and weights stay, results are cleared."""
    found = aligned(last_year)
    return assemble([renewed(form, form.drawing, year, _kept, native) for form in found], (), protect)


def _kept(fact: str) -> bool:
    prefix, _, field = fact.partition(".")
    if prefix == "indicators":
        return field in KEPT_COLUMNS
    return fact.startswith(KEPT) or fact == "details.content"
