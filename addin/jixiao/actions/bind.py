"""绑定: somebody else's workbook becomes one of ours where it stands: names, and formulas in blank cells that can be computed."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.actions.fill import Filling, fill
from jixiao.actions.plan import Plan, Remark
from jixiao.actions.present import present_forms
from jixiao.actions.steps import Step, entries_of, layouts_of
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import one_line
from jixiao.formats import RATE
from jixiao.forms.placement import Spot
from jixiao.forms.recognise import as_drawn, is_own
from jixiao.forms.recognised import Recognised
from jixiao.grid import Area, Binding, Change, Document, Grid
from jixiao.ours import FOREIGN, FORM_NAME, FORMULAS_NAME, FUNCTIONS, NATIVE, SCHEME_NAME, is_imported
from jixiao.wording import actions as words
from jixiao.wording import binding as said
from jixiao.wording.changes import typed_line
from jixiao.wording.places import place_words

_ANOTHER = "form{number}.{name}"


class _Bound(NamedTuple):
    """A sheet with its forms, and what makes it ours."""

    forms: Sequence[Recognised]
    binding: Binding


def plan(document: Document, replace_typed: bool = False, functions: bool = False) -> Plan:
    """Bind every sheet of a workbook that holds forms and is not ours yet, in its own layout.

    Formulas go into blank cells that can be computed, with ``replace_typed`` into those somebody typed over too; native ones,
    or with ``functions`` the PERF_* functions. Raises Refusal if there is no form, or the document cannot be changed.
    """
    if not document.editable:
        raise Refusal(said.NOT_EDITABLE.format(name=document.name))
    sheets = list(_to_bind(document, FUNCTIONS if functions else NATIVE))
    if not sheets:
        return Plan(document, said.ALREADY)
    bindings = [sheet.binding for sheet in sheets]
    bound = document.bound(bindings)
    filling = _formulas(fill(bound, replace_typed, converting=False, found=list(_bound_forms(sheets, bound))))
    bindings = [_printing(binding, document, filling.changes) for binding in bindings]
    entries = entries_of(bound, filling.changes)
    step = Step("bind", entries, _layouts(bound, bindings), bindings, _former(document, bindings))
    done = said.BOUND.format(sheets=len(bindings), count=len(entries))
    remarks = [
        Remark(said.FORMS, [_line(form) for sheet in sheets for form in sheet.forms]),
        *_left(filling, [form for sheet in sheets for form in sheet.forms]),
    ]
    return Plan(bound, done, filling.changes, step=step, bindings=bindings, remarks=remarks)


def _to_bind(document: Document, formulas: str) -> Iterator[_Bound]:
    """The sheets that hold forms, but for those we made, and those whose binding stands as it would be put."""
    by_sheet: dict[str, list[Recognised]] = {}
    for form in present_forms(document):
        by_sheet.setdefault(form.grid.title, []).append(as_drawn(form))
    for grid in document.grids:
        forms = by_sheet.get(grid.title)
        if forms and not is_own(grid):
            binding = _binding(grid, forms, formulas)
            if not _stands(binding, grid):
                yield _Bound(forms, binding)


def _binding(grid: Grid, forms: Sequence[Recognised], formulas: str) -> Binding:
    """The names of all forms of a sheet; those of a second are told from those of the first."""
    names: dict[str, Area] = {}
    rates: list[Spot] = []
    for number, form in enumerate(forms, 1):
        for name, area in form.placement.defined():
            names[name if number == 1 else _ANOTHER.format(number=number, name=name)] = area
        rates += _rates(form)
    first = forms[0]
    constants = {
        FORM_NAME: first.drawing.id,
        SCHEME_NAME: first.evaluation.scheme,
        FORMULAS_NAME: grid.constants.get(FORMULAS_NAME, formulas),
        **FOREIGN,
    }
    return Binding(grid.title, names, constants, rates)


def _rates(form: Recognised) -> Iterator[Spot]:
    """The cells that are computed as a rate, and print as one."""
    for fact, spot in form.placement.facts.items():
        spec = form.drawing.spec(fact)
        if spec.relation and spec.number_format == RATE:
            yield spot


def _printing(binding: Binding, document: Document, changes: Sequence[Change]) -> Binding:
    """The binding without the rates somebody typed as plain numbers: 0.1 is not to print as 10.00%."""
    grid = next(grid for grid in document.grids if grid.title == binding.sheet)
    written = {(change.row, change.column) for change in changes if change.sheet == binding.sheet}
    rates = [spot for spot in binding.rates if spot in written or not isinstance(grid.at(*spot).value, Decimal)]
    return binding._replace(rates=rates)


def _stands(binding: Binding, grid: Grid) -> bool:
    names = all(grid.names.get(name) == area for name, area in binding.names.items())
    if is_imported(grid):
        return names
    return names and all(grid.constants.get(name) == text for name, text in binding.constants.items())


def _former(document: Document, bindings: Sequence[Binding]) -> list[Binding]:
    """What stands under the names of these bindings today: left by an older version, or put by somebody."""
    grids = {grid.title: grid for grid in document.grids}
    found = []
    for binding in bindings:
        grid = grids[binding.sheet]
        names = {name: area for name, area in grid.names.items() if name in binding.names}
        constants = {name: text for name, text in grid.constants.items() if name in binding.constants}
        if names or constants:
            found.append(Binding(binding.sheet, names, constants))
    return found


def _bound_forms(sheets: Sequence[_Bound], document: Document) -> Iterator[Recognised]:
    """The forms of these sheets once they are bound."""
    grids = {grid.title: grid for grid in document.grids}
    for sheet in sheets:
        constants, names = grids[sheet.binding.sheet].constants, grids[sheet.binding.sheet].names
        for form in sheet.forms:
            yield form._replace(grid=form.grid._replace(constants=constants, names=names))


def _formulas(filling: Filling) -> Filling:
    """What of a filling puts in a formula."""
    changes = [change for change in filling.changes if change.formula is not None]
    typed = [change for change in filling.typed if change.formula is not None]
    return filling._replace(changes=changes, typed=typed)


def _layouts(bound: Document, bindings: Sequence[Binding]) -> Mapping[str, str]:
    layouts = layouts_of(bound)
    return {binding.sheet: layouts[binding.sheet] for binding in bindings}


# ---- what is said


def _line(form: Recognised) -> str:
    """``Sheet1“项目支出绩效自评表”：认出 32 项内容、指标 12 行``."""
    bands = form.placement.bands.items()
    tables = "".join(said.TABLE.format(name=said.TABLES[name], count=len(band.rows)) for name, band in bands)
    title = one_line(form.evaluation.title)
    return said.FORM.format(sheet=form.grid.title, title=title, facts=len(form.placement.facts), tables=tables)


def _left(filling: Filling, forms: Sequence[Recognised]) -> Iterator[Remark]:
    """What is not bound, and why."""
    evaluations = [form.evaluation for form in forms]
    if filling.typed:
        yield Remark(words.TYPED_HEAD, [typed_line(change) for change in filling.typed], hint=words.REPLACE_HINT)
    if filling.waiting:
        yield Remark(said.WAITING, [one.line() for one in filling.waiting])
    if doubtful := [line for evaluation in evaluations for line in _doubtful(evaluation)]:
        yield Remark(said.DOUBTFUL, doubtful)
    if unread := [line for evaluation in evaluations for line in _unread(evaluation)]:
        yield Remark(said.NOT_UNDERSTOOD, unread)
    if any(_scored(form) and not _suggests(form) for form in forms):
        yield Remark(said.NO_SUGGESTIONS)


def _doubtful(evaluation: Evaluation) -> Iterator[str]:
    """A column once, by its first cell."""
    labels = {
        cell.place.label: cell for cell in reversed(evaluation.every_cell()) if cell.place.spot in evaluation.doubtful
    }
    for label, cell in labels.items():
        yield said.PLACED.format(place=place_words(cell.place), words=label).strip()


def _unread(evaluation: Evaluation) -> Iterator[str]:
    for thing in evaluation.unread:
        yield said.PLACED.format(place=place_words(thing.place), words=one_line(thing.words))


def _scored(form: Recognised) -> bool:
    return any("score" in band.columns for name, band in form.placement.bands.items() if name == "indicators")


def _suggests(form: Recognised) -> bool:
    return bool(form.drawing.spec("indicators.score").relation)
