"""Binding in an open workbook: names, marks and the sheet 校验结果, step by step; if one is refused all are taken back."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from jixiao import ADDIN
from jixiao.grid import Area, Binding
from jixiao.hosts import defined
from jixiao.hosts.excel.calls import patient
from jixiao.hosts.excel.layout import Layout
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, HEADS_ROW, SHOWN, marks_area
from jixiao.ours import FORM_NAME, ID_NAME, MARKS_NAME
from jixiao.places import address
from jixiao.wording import workbook as words
from jixiao.wording.workbook import RESULTS

if TYPE_CHECKING:
    from xlwings import Book, Sheet
    from xlwings.main import Names

SHOW_MARKS, HIDE_MARKS, LAY_OUT_RESULTS = (
    f"'{ADDIN}'!Jixiao{name}" for name in ("ShowMarks", "HideMarks", "LayOutResults")
)
SHOW = f"'{ADDIN}'!JixiaoShow"
_GENERAL, _RATE = "General", "0.00%;-0.00%"
"""It prints what ``0.00%`` prints, and is told from that: a rate whose owner gave it a format keeps it when we leave."""

_HEADS = [name for name, _ in words.RESULT_COLUMNS]
_Back = Callable[[], object]


class Binder:
    """Binds sheets of one workbook and unbinds them. ``layouts`` is what the add-in told of each sheet."""

    def __init__(self, book: "Book", layouts: Mapping[str, Layout]) -> None:
        self._book = book
        self._layouts = layouts
        self._names = {title: dict(layout.names) for title, layout in layouts.items()}
        self._steps: list[_Back] = []
        self.at = ""
        """The sheet that is being worked on."""

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Everything a binding brings; names that are there already get another meaning."""
        if bindings and RESULTS not in self._layouts:  # first: names of marks speak of it
            self.at = RESULTS
            self._add_results()
        for binding in bindings:
            self.at = binding.sheet
            self._bind(binding)

    def unbind(self, bindings: Sequence[Binding]) -> None:
        """Everything bindings brought, as far as it is still there."""
        for binding in bindings:
            if binding.sheet in self._layouts:
                self.at = binding.sheet
                self._unbind(binding)
        if not any(FORM_NAME in names for names in self._names.values()):
            self._leave()

    def take_back(self) -> None:
        """Undo what was done so far, the last first."""
        while self._steps:
            patient(self._steps.pop())

    def _do(self, step: _Back, back: _Back) -> None:
        patient(step)
        self._steps.append(back)

    # ---- one sheet

    def _bind(self, binding: Binding) -> None:
        sheet = self._book.sheets[binding.sheet]
        names = sheet.names
        for name, area in binding.names.items():
            self._define(names, name, defined.reference(area, binding.sheet))
        for name, text in binding.constants.items():
            self._define(names, name, defined.quoted(text))
        if self._marks_column(binding.sheet) is None:
            self._define(names, MARKS_NAME, marks_area(RESULTS, self._free_column()))
        self._hide_marks(binding.sheet)
        self._show_marks(binding.sheet, _address(self._layouts[binding.sheet].used))
        for spot in binding.rates:
            self._reformat(sheet, spot, _GENERAL, _RATE)

    def _unbind(self, binding: Binding) -> None:
        sheet = self._book.sheets[binding.sheet]
        self._hide_marks(binding.sheet)  # as long as its condition can be read: it speaks of a name
        names = sheet.names
        for name in (*binding.names, *binding.constants, MARKS_NAME):
            self._forget(names, name)
        for spot in binding.rates:
            self._reformat(sheet, spot, _RATE, _GENERAL)

    # ---- names

    def _define(self, names: "Names", name: str, text: str) -> None:
        former = self._names[self.at].get(name)
        if former is None:
            self._do(lambda: names.add(name, f"={text}"), lambda: names[name].delete())
        elif former != text:
            self._do(
                lambda: setattr(names[name], "refers_to", f"={text}"),
                lambda: setattr(names[name], "refers_to", f"={former}"),
            )
        self._names[self.at][name] = text

    def _forget(self, names: "Names", name: str) -> None:
        former = self._names[self.at].pop(name, None)
        if former is not None:
            self._do(lambda: names[name].delete(), lambda: names.add(name, f"={former}"))

    def _marks_column(self, title: str) -> int | None:
        """Where on 校验结果 the marks of a sheet stand."""
        area = defined.area(self._names[title].get(MARKS_NAME, ""), RESULTS)
        return area.left if area else None

    def _free_column(self) -> int:
        """A column for marks behind those of all other sheets; with the next marks they close up."""
        taken = (column for title in self._names if (column := self._marks_column(title)))
        return max(taken, default=FIRST_MARKS_COLUMN - 1) + 1

    # ---- looks

    def _show_marks(self, title: str, area: str) -> None:
        self._do(lambda: self._ask(SHOW_MARKS, title, area, SHOWN), lambda: self._ask(HIDE_MARKS, title, MARKS_NAME))

    def _hide_marks(self, title: str) -> None:
        """Only conditions that speak of our marks are ours."""
        area = patient(lambda: self._ask(HIDE_MARKS, title, MARKS_NAME))
        if area:
            self._steps.append(lambda: self._ask(SHOW_MARKS, title, area, SHOWN))

    def _reformat(self, sheet: "Sheet", spot: tuple[int, int], before: str, after: str) -> None:
        cell = sheet.range(spot)
        if patient(lambda: cell.number_format) == before:
            self._do(
                lambda: setattr(cell, "number_format", after),
                lambda: setattr(cell, "number_format", before),
            )

    # ---- the sheet 校验结果

    def _add_results(self) -> None:
        sheets = self._book.sheets
        front, last = patient(lambda: sheets.active.name), patient(lambda: sheets[len(sheets) - 1])
        self._steps.append(lambda: self._ask(SHOW, front))
        self._do(lambda: sheets.add(RESULTS, after=last), lambda: sheets[RESULTS].delete())
        blank = [""] * (len(_HEADS) - 1)
        texts = [[words.RESULTS, *blank], [words.RESULTS_HINT, *blank], _HEADS]
        head = sheets[RESULTS].range((1, 1), (len(texts), len(_HEADS)))
        patient(lambda: setattr(head, "formula", [[text and f"'{text}" for text in row] for row in texts]))
        widths = ",".join(str(width) for _, width in words.RESULT_COLUMNS)
        patient(lambda: self._ask(LAY_OUT_RESULTS, RESULTS, widths))
        patient(lambda: self._ask(SHOW, front))

    def _leave(self) -> None:
        """No sheet of ours is left: nor is the number of the workbook, nor the list, if it is the one we made."""
        for title, names in self._names.items():
            if ID_NAME in names:
                self.at = title
                self._forget(self._book.sheets[title].names, ID_NAME)
        if RESULTS in self._layouts and self._is_ours(self._book.sheets[RESULTS]):
            self.at = RESULTS
            patient(self._book.sheets[RESULTS].delete)  # nothing can bring it back: so it goes last

    def _is_ours(self, results: "Sheet") -> bool:
        heads = patient(lambda: results.range((HEADS_ROW, 1), (HEADS_ROW, len(_HEADS))).formula)
        return list(heads[0]) == _HEADS

    def _ask(self, macro: str, *arguments: str) -> Any:
        return self._book.app.macro(macro)(self._book.name, *arguments)


def _address(area: Area) -> str:
    return f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
