"""新建: workbooks with empty forms, or with next year's after last year's."""

from collections.abc import Sequence
from functools import partial

from jixiao.actions.assemble import assemble
from jixiao.actions.book import Book
from jixiao.actions.copying import copy_of, stays_theirs
from jixiao.actions.importing import drawn_forms
from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.actions.renewal import Renewal, copied
from jixiao.actions.renewal.keeping import kept
from jixiao.forms import library
from jixiao.forms.compose import blank, renewed
from jixiao.forms.recognise import Form, forms, is_known
from jixiao.grid import Document
from jixiao.outputs import safe
from jixiao.wording import renewal as renewing
from jixiao.wording.actions import NEW_NAME


def plan(form: str, year: int, projects: int = 1, native: bool = False, protect: bool = False) -> Plan:
    """A workbook with empty forms. Raises Refusal for an unknown form."""
    name = NEW_NAME.format(year=year, title=safe(library.drawing(form).title))
    return _plan(new(form, year, projects, native, protect), Document(name, ()))


def plan_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Plan:
    """Next year's workbook after last year's: of forms of ours a new one, of somebody else's workbook a copy.

    Raises Refusal if there is no form in it.
    """
    found = forms(last_year)
    if stays_theirs(last_year, found):
        copy = copied(last_year, found, year)
        ignored = [Remark(renewing.AS_IT_STANDS)] if native or protect else []
        return Plan(last_year, files=[copy_of(last_year, copy.changes)], remarks=[*copy.remarks, *ignored])
    remarks = list(Renewal(last_year, local, year, formulas_stay=False).remarks()) if (local := _local(found)) else []
    return _plan(new_from(last_year, year, native, protect), last_year)._replace(remarks=remarks)


def _local(found: Sequence[Form]) -> list[Form]:
    return [form for form in found if not is_known(form)]


def _plan(book: Book, document: Document) -> Plan:
    return Plan(document, files=[NewFile(book, (".xlsx", ".xlsm"))])


def new(form: str, year: int, projects: int = 1, native: bool = False, protect: bool = False) -> Book:
    """A workbook with empty forms. Raises Refusal for an unknown form."""
    drawing = library.drawing(form)
    return assemble([blank(drawing, year, native) for _ in range(projects)], (), protect)


def new_from(last_year: Document, year: int, native: bool = False, protect: bool = False) -> Book:
    """Next year's forms after last year's: names, indicators, targets and weights stay, results are cleared."""
    local = iter(Renewal(last_year, _local(forms(last_year)), year, formulas_stay=False).drawn())
    filled = [
        renewed(form, form.drawing, year, partial(kept, form.drawing) if form.evaluation.drawn else _all, native)
        for form in (form if form.evaluation.drawn else next(local) for form in drawn_forms(last_year))
    ]
    return assemble(filled, (), protect)


def _all(_: str) -> bool:
    """What a form nobody has drawn does not keep is cleared already."""
    return True
