"""Next year's form after last year's, in its own layout: what it aims at stays, what has come of it is cleared.

Of a workbook that can be changed a copy of the whole file is made; of a document that is only read a workbook of its forms.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, partial
from typing import NamedTuple

from jixiao.actions.plan import Remark
from jixiao.actions.renewal.clearing import Cleared, cleared, texts_of
from jixiao.actions.renewal.keeping import Next, becomes, of_drawing
from jixiao.actions.renewal.showing import showing
from jixiao.actions.renewal.years import Moved, moved, named_after_years
from jixiao.forms.recognise import Form, as_drawn, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Change, Document, Value
from jixiao.ours import is_bound
from jixiao.places import Where
from jixiao.wording import renewal as words
from jixiao.wording.places import place_words
from jixiao.wording.workbook import OWN_SHEETS


class _Renewed(NamedTuple):
    """One form, what of it is cleared, and where its year moves on."""

    form: Form
    cleared: Cleared
    moved: Moved


class Renewal:
    """What becomes of forms of a document in the next year, and what their owner has to look at.

    Cells that hold ``formulas`` stay what they are in a copy of their workbook, and go where the form is built anew.
    """

    def __init__(self, document: Document, found: Sequence[Form], year: int, formulas_stay: bool) -> None:
        self._document, self._year, self._formulas_stay = document, year, formulas_stay
        self._texts = texts_of(document)
        self._formulas = _formulas(document) if formulas_stay else frozenset[Where]()
        self._forms = [self._renewed(form) for form in found]

    def _renewed(self, form: Form) -> _Renewed:
        gone = cleared(form, self._texts, _fate(form), clear_formulas=not self._formulas_stay)
        return _Renewed(form, gone, moved(form, {**self._texts, **gone.texts}, self._formulas, self._year))

    def drawn(self) -> list[Recognised]:
        """The forms nobody has drawn as they will be, in order, each as a drawing of itself."""
        from jixiao.forms.local.rewriting import rewritten  # a workbook of ours has no need of it

        return [
            as_drawn(rewritten(form, {**gone.texts, **years.texts}, self._stated(gone, years)))
            for form, gone, years in self._forms
            if not isinstance(form, Recognised)
        ]

    def _stated(self, gone: Cleared, years: Moved) -> dict[Where, str]:
        """What the cells state that print something else: nothing, or the year."""
        return dict.fromkeys(years.own, str(self._year)) | dict.fromkeys(gone.texts, "")

    @cached_property
    def texts(self) -> Mapping[Where, str]:
        """What the cells that change will print, by where they stand."""
        return {spot: text for form in self._forms for spot, text in {**form.cleared.texts, **form.moved.texts}.items()}

    def changes(self) -> list[Change]:
        """The changes to the cells of a workbook, but for what its formulas show then."""
        cells = ((grid, spot) for grid in self._document.grids for spot in sorted(grid.cells))
        return [
            Change(grid.title, row, column, self._value(place, cell.value), None, cell.value)
            for grid, (row, column) in cells
            if (place := grid.place(row, column).spot) in self.texts
            for cell in [grid.at(row, column)]
        ]

    def _value(self, spot: Where, stood: Value) -> Value:
        """What is written so that a cell prints its new text: a year that was a number is one again."""
        own = any(spot in form.moved.own for form in self._forms)
        return Decimal(self._year) if own and isinstance(stood, Decimal) else self.texts[spot] or None

    def remarks(self) -> Iterator[Remark]:
        """What was cleared, and what stays and may be last year's."""
        yield Remark(words.CLEARED.format(count=sum(len(form.cleared.texts) for form in self._forms)))
        if left := [line for form in self._forms for line in form.cleared.left]:
            yield Remark(words.LEFT, left)
        if any(not form.form.evaluation.year.isdecimal() for form in self._forms):
            yield Remark(words.NO_YEAR)
        if years := [line for form in self._forms for line in form.moved.left]:
            yield Remark(words.YEARS, years)


class Copied(NamedTuple):
    """The changes that make next year's workbook of a copy of last year's, and what its owner has to look at."""

    changes: Sequence[Change]
    remarks: Sequence[Remark]


def copied(document: Document, found: Sequence[Form], year: int) -> Copied:
    """Next year's workbook, in which everything else stays as it is."""
    renewal = Renewal(document, found, year, formulas_stay=True)
    changes = renewal.changes()
    shown = showing(document, changes)
    remarks = [
        *renewal.remarks(),
        *_told(words.SHEET_NAMES, named_after_years(document, year)),
        *_told(words.UNKNOWN, [place_words(place) for place in shown.unknown]),
        *_told(words.UNCLEAR, [place_words(place) for place in shown.unclear]),
        *_told(words.OTHER_SHEETS, _others(document, found)),
    ]
    if not any(is_bound(form.grid) for form in found):
        remarks.append(Remark(words.NOT_BOUND))
    return Copied([*changes, *shown.changes], remarks)


def _told(heading: str, lines: Sequence[str]) -> list[Remark]:
    return [Remark(heading, lines)] if lines else []


def _others(document: Document, found: Sequence[Form]) -> list[str]:
    known = {*OWN_SHEETS, *(form.grid.title for form in found)}
    return [grid.title for grid in document.grids if grid.cells and grid.title not in known]


def _fate(form: Form) -> Callable[[str], Next]:
    if is_known(form):
        return partial(of_drawing, form.drawing)
    return partial(becomes, stage=form.evaluation.stage)


def _formulas(document: Document) -> frozenset[Where]:
    return frozenset(
        grid.place(*spot).spot
        for grid in document.grids
        for spot, cell in grid.cells.items()
        if cell.formula is not None
    )
