"""填写: compute what can be computed. Nothing is written here: a fill is a list of changes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from typing import NamedTuple

from jixiao.actions.plan import Plan, Remark
from jixiao.actions.steps import step_of
from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.evaluation.known import ensure_known
from jixiao.evaluation.stated import NOTHING, one_line
from jixiao.figures import bare
from jixiao.forms.drawing import Kind
from jixiao.forms.placement import Anchors, Spot
from jixiao.forms.reading import figure_in
from jixiao.forms.recognise import forms, our_forms
from jixiao.forms.recognised import Recognised
from jixiao.forms.workings import Bound, Operand, Workings, normal_form, operand, shows
from jixiao.grid import Cell, Change, Document, is_failure
from jixiao.ours import FORM_NAME, FORMULAS_NAME, NATIVE, SUMMARY_FORM, is_foreign
from jixiao.places import address
from jixiao.wording import actions as words
from jixiao.wording import binding, commands
from jixiao.wording.changes import change_line, typed_line, waiting_line
from jixiao.wording.files import no_results

MOST_DIGITS = 15
"""What every office program keeps of a number."""

OURS = "PERF_"
"""Begins the name of each of our functions."""


class Waiting(NamedTuple):
    """A formula that is not written yet, and the cells in its way."""

    change: Change
    cells: Sequence[Spot]

    def line(self) -> str:
        """``Sheet1 D5 年度资金总额 全年预算数：先看 D6``."""
        return waiting_line(self.change, [address(*cell) for cell in self.cells])


class Filling(NamedTuple):
    """What to write, and the computed cells somebody typed over, with the value their formula would give.

    ``waiting`` are formulas that would read texts where numbers belong.
    """

    changes: Sequence[Change]
    typed: Sequence[Change]
    found: Sequence[Recognised]
    waiting: Sequence[Waiting] = ()


def plan(document: Document, replace_typed: bool = False) -> Plan:
    """Fill every form of ours. Raises Refusal if there is none."""
    filling = fill(document, replace_typed)
    if not filling.found:
        raise not_ours(document)
    remarks = []
    if filling.waiting:
        remarks.append(Remark(binding.WAITING, [one.line() for one in filling.waiting]))
    if filling.typed:
        lines = [typed_line(change) for change in filling.typed]
        remarks.append(Remark(words.TYPED_HEAD, lines, hint=words.REPLACE_HINT))
    if not filling.changes:
        return Plan(document, words.NOTHING_TO_FILL, remarks=remarks)
    step = step_of("fill", document, filling.changes)
    done = words.FILLED if step else words.REFRESHED  # without a step there is nothing to take back
    return Plan(document, done.format(count=len(filling.changes)), filling.changes, step=step, remarks=remarks)


def fill(
    document: Document,
    replace_typed: bool = False,
    converting: bool = True,
    found: Sequence[Recognised] | None = None,
) -> Filling:
    """The changes that fill every form of ours in a workbook.

    Inputs are never touched, but for numbers typed as text, which become numbers if ``converting``; suggestions only where
    nothing is typed; computed cells somebody typed over are reported, and written back only with ``replace_typed``.
    ``found`` are its forms where they have been read already. Raises Refusal where what they are computed from is not known.
    """
    found = our_forms(document) if found is None else found
    fillers = [_Filler(form, replace_typed, converting) for form in found]
    ensure_known((cell for filler in fillers for cell in filler.operands()), document.name)
    changes = [change for filler in fillers for change in filler.changes()]
    typed = [change for filler in fillers for change in filler.typed()]
    if any(grid.constants.get(FORM_NAME) == SUMMARY_FORM for grid in document.grids):
        from jixiao.actions.summary import summary_changes  # few workbooks have one

        changes += summary_changes(
            document, [(filler.found, filler.workings) for filler in fillers if filler.found.drawing.summary]
        )
    waiting = [one for filler in fillers for one in filler.waiting()]
    return Filling(changes, typed, found, waiting)


def shown_by_ours(document: Document) -> list[Change]:
    """What the formulas of ours in a workbook show, to stand in their places.

    Of formulas with our functions everywhere: who has no add-in sees none of their results. Raises Refusal where what they
    are computed from is not known.
    """
    fillers = [_Filler(form, False, False) for form in our_forms(document)]
    ensure_known((cell for filler in fillers for cell in filler.operands()), document.name)
    shown = [change for filler in fillers for change in filler.shown()]
    written = {(change.sheet, change.row, change.column) for change in shown}
    return [*shown, *(change for change in _calls(document) if (change.sheet, *change[1:3]) not in written)]


def _calls(document: Document) -> Iterator[Change]:
    """Every formula that calls one of our functions, replaced by what it shows."""
    for grid in document.grids:
        for (row, column), cell in grid.cells.items():
            if cell.formula is not None and OURS in cell.formula.upper():
                if is_failure(cell.text):
                    raise Refusal(no_results([grid.place(row, column)], document.name))
                yield Change(grid.title, row, column, cell.value, None, cell.value)


def not_ours(document: Document) -> Refusal:
    """Why a document cannot be filled that has no sheet of ours."""
    titles = [one_line(form.evaluation.title) for form in forms(document)]
    if titles and document.editable:
        return Refusal(binding.BIND_FIRST.format(name=document.name, title=titles[0]))
    if titles:
        return Refusal(commands.NOT_OURS.format(name=document.name) + commands.IMPORT_FIRST)
    return Refusal(commands.no_form(document.name))


class _Filler:
    def __init__(self, found: Recognised, replace_typed: bool, converting: bool) -> None:
        self.found, self.grid, self.replace_typed, self.converting = found, found.grid, replace_typed, converting
        self.native = found.grid.constants.get(FORMULAS_NAME) == NATIVE
        self.foreign = is_foreign(found.grid)
        self.follows = cache(self._follows)
        self.in_the_way = cache(self._in_the_way)
        self.workings = Workings(
            found.drawing,
            found.placement,
            found.evaluation.scheme,
            self._given,
            Anchors(found.grid).area,
            lambda _, bound: self.follows(bound),
        )
        self.labels = {**found.drawing.labels, **found.evaluation.labels}

    def _given(self, spot: Spot) -> Operand:
        """What a cell will hold that nothing of ours computes."""
        return self.numbers[spot] if spot in self.numbers else operand(self.grid.at(*spot).value)

    def _follows(self, bound: Bound) -> bool:
        cell = self.grid.at(*bound.spot)
        if self.ours(bound, cell):
            return True
        if self.blank(cell):
            return True
        replaced = self.replace_typed and bound.spec.kind is Kind.COMPUTED and not self._is_theirs(cell)
        if self.foreign and bare(cell.text) in NOTHING:  # 不适用
            return False
        return replaced and self.workings.decides(bound)

    def _is_theirs(self, cell: Cell) -> bool:
        """Whether a cell holds the formula of whoever made the form; what it gives is checked, not replaced."""
        return self.foreign and cell.formula is not None

    def _in_the_way(self, bound: Bound) -> Sequence[Spot]:
        """The texts a formula would read where numbers belong, itself or through other formulas of ours.

        A sum passes over a text: 90万元, 约100, and what a formula could not find out. On our own sheets a check says so.
        """
        if not self.foreign or bound.fact == "indicators.score":  # which compares texts
            return ()
        read = self.workings.reads(bound)
        through = (cell for spot in read for cell in self._through(spot))
        return list(dict.fromkeys([*filter(self._stays_text, read), *through]))

    def _stays_text(self, spot: Spot) -> bool:
        value, bound = self.grid.at(*spot).value, self.workings.bound.get(spot)
        becomes = self.converting and spot in self.numbers or bound is not None and self.follows(bound)
        return isinstance(value, str) and bare(value) not in NOTHING and not becomes

    def _through(self, spot: Spot) -> Sequence[Spot]:
        read = self.workings.bound.get(spot)
        return self.in_the_way(read) if read is not None and self.follows(read) else ()

    def ours(self, bound: Bound, cell: Cell) -> bool:
        """Whether the cell holds the formula of its relation, of today or of an earlier version."""
        if cell.formula is None:
            return False
        known = self.current(bound, cell) or self._same(cell.formula, bound, self.workings.former_formulas)
        return known or self._of_fewer_rows(bound, cell.formula)

    def _of_fewer_rows(self, bound: Bound, text: str) -> bool:
        """Whether a formula is the sum of ours as it was before somebody inserted a row into a bureau's funds."""
        return (
            self.foreign
            and bound.spec.relation.startswith("funds-sum")
            and _shape(text) == _shape(self.workings.formula(bound, self.native))
        )

    def current(self, bound: Bound, cell: Cell) -> bool:
        """Whether the cell holds the formula of its relation, plain or native."""
        if cell.formula is None:
            return False
        if cell.formula == self.workings.formula(bound, self.native):
            return True  # as we wrote it: nearly always
        return self._same(cell.formula, bound, lambda bound, native: [self.workings.formula(bound, native)])

    def _same(self, text: str, bound: Bound, formulas: Callable[[Bound, bool], Sequence[str]]) -> bool:
        stored, ways = normal_form(text), (self.native, not self.native)
        return any(stored == normal_form(formula) for way in ways for formula in formulas(bound, way))

    @staticmethod
    def blank(cell: Cell) -> bool:
        return cell.formula is None and not bare(cell.text)

    def operands(self) -> Iterator[Stated]:
        """The cells that formulas of ours read here or on 项目汇总, as far as nothing of ours computes them itself."""
        ours = {spot for spot, bound in self.workings.bound.items() if self.follows(bound)}
        read = {spot for own in ours for spot in self.workings.reads(self.workings.bound[own])}
        needed = (read | self._told_in_summary()) - ours
        for cell in self.found.evaluation.every_cell():
            if (cell.place.row, cell.place.column) in needed:
                yield cell

    def _told_in_summary(self) -> set[Spot]:
        """The cells that 项目汇总 tells once more."""
        if not self.found.drawing.summary:
            return set()
        from jixiao.actions.summary import COLUMNS  # few forms have one

        facts = self.found.placement.facts
        return {facts[column.fact] for column in COLUMNS if column.fact in facts}

    def changes(self) -> Iterator[Change]:
        if self.converting:
            yield from self._numbers_typed_as_text()
        yield from (change for bound, change in self._formulas() if not self.in_the_way(bound))

    def waiting(self) -> Iterator[Waiting]:
        yield from (Waiting(change, cells) for bound, change in self._formulas() if (cells := self.in_the_way(bound)))

    def _formulas(self) -> Iterator[tuple[Bound, Change]]:
        for bound in self.workings.bound.values():
            cell = self.grid.at(*bound.spot)
            if not self.follows(bound):
                continue
            shown = self.workings.shown(bound)
            if self.blank(cell) and shown is None and not self._in_use(bound):
                continue
            outgrown = (
                cell.formula is not None and not self.current(bound, cell) and self._of_fewer_rows(bound, cell.formula)
            )
            if outgrown or not self.ours(bound, cell) or not cell.saved or not shows(cell.value, shown):
                yield bound, self._change(bound, cell, shown)

    def _numbers_typed_as_text(self) -> Iterator[Change]:
        for fact, spot in self._typed_cells():
            if spot in self.numbers and fact in self._amounts:
                label = self.labels.get(fact, "")
                yield Change(self.grid.title, *spot, self.numbers[spot], None, self.grid.at(*spot).value, label)

    @cached_property
    def numbers(self) -> Mapping[Spot, Decimal]:
        """Amounts, weights and scores that are numbers to every reader but text to a formula: 17.32万元 under 万元."""
        found = {}
        for fact, spot in self._typed_cells():
            cell = self.grid.at(*spot)
            if isinstance(cell.value, str) and cell.formula is None and fact in self._amounts:
                figure = figure_in(cell.text, self.found.drawing.spec(fact))
                if figure and _is_exact(figure.value):
                    found[spot] = figure.value
        return found

    @cached_property
    def _amounts(self) -> set[str]:
        """The facts that are numbers to formulas: what one adds up or divides, and what prints as an amount."""
        printed = (name for name, _ in self.found.placement.names() if self._prints_amounts(name))
        return {*printed, *self.workings.operands}

    def _prints_amounts(self, fact: str) -> bool:
        return self.found.drawing.spec(fact).number_format == "0.00"

    def _typed_cells(self) -> Iterator[tuple[str, Spot]]:
        yield from self.found.placement.facts.items()
        for name, band in self.found.placement.bands.items():
            for field, column in band.columns.items():
                for row in band.rows:
                    yield f"{name}.{field}", (row, column)

    def shown(self) -> Iterator[Change]:
        """The value every formula of ours shows, in its place."""
        for bound in self.workings.bound.values():
            cell = self.grid.at(*bound.spot)
            if self.ours(bound, cell):
                yield Change(self.grid.title, *bound.spot, self.workings.shown(bound), None, cell.value)

    def typed(self) -> Iterator[Change]:
        for bound in self.workings.bound.values():
            cell = self.grid.at(*bound.spot)
            apart = self._is_theirs(cell) or (self.foreign and bare(cell.text) in NOTHING)
            if bound.spec.kind is not Kind.COMPUTED or self.follows(bound) or apart:
                continue
            if self.workings.decides(bound):
                change = self._change(bound, cell, self.workings.shown(bound))
                if not self.foreign or _differs(change):
                    yield change

    def _change(self, bound: Bound, cell: Cell, shown: Operand) -> Change:
        kept = self.current(bound, cell)  # as another program stores it, perhaps shared with the cells below
        formula = cell.formula if kept else self.workings.formula(bound, self.native)
        label = self.labels.get(bound.fact, "")
        old = cell.value if cell.saved else None
        return Change(self.grid.title, *bound.spot, shown, formula, old, label, bound.spec.number_format)

    def _in_use(self, bound: Bound) -> bool:
        """A row of a repeated block gets its formulas once anything is typed in it."""
        if bound.row is None:
            return True
        band = self.found.placement.bands[bound.fact.partition(".")[0]]
        inputs = [column for field, column in band.columns.items() if field not in {"name", "level1", "level2"}]
        return any(self.grid.at(bound.row, column).text.strip() for column in inputs)


_ADDED = re.compile(r"[A-Z]{1,3}[0-9]+(?:,[A-Z]{1,3}[0-9]+)*")


def _shape(formula: str) -> str:
    """A formula, whichever cells it adds up."""
    return _ADDED.sub("#", normal_form(formula))


def _differs(change: Change) -> bool:
    """Whether what somebody typed prints otherwise than what its formula would give: a bureau's form is typed all over."""
    return change_line(change) != change_line(change._replace(value=change.old))


def _is_exact(number: Decimal) -> bool:
    """Whether a cell can hold the number as it was typed: what would be rounded stays a text."""
    return len(f"{number.copy_abs():f}".replace(".", "").strip("0")) <= MOST_DIGITS
