"""A live workbook, through xlwings' public interface only: blocks in, blocks out, whatever the engine.

What xlwings cannot tell of a block (number formats, merged areas, hidden rows and columns, names) the add-in tells of a
whole sheet in one call.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from jixiao import ADDIN
from jixiao.errors import Refusal
from jixiao.grid import Binding, Change, Document, Grid, Link, Value
from jixiao.hosts import defined
from jixiao.hosts.excel.binding import SHOW, Binder
from jixiao.hosts.excel.calls import is_denied, patient
from jixiao.hosts.excel.contents import cells_of
from jixiao.hosts.excel.layout import Layout, taken_apart
from jixiao.hosts.excel.writing import Block, Span, columns
from jixiao.hosts.identity import Identity, known_identity, sheets_with_identity
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, mark_changes, marks_area
from jixiao.ours import ID_NAME, MARKS_NAME
from jixiao.owned import TemporaryFolder
from jixiao.places import address
from jixiao.wording import excel as words
from jixiao.wording import files
from jixiao.wording.workbook import RESULTS

if TYPE_CHECKING:
    from xlwings import Book, Sheet

LAYOUT, SELECT, SAVE_COPY = (f"'{ADDIN}'!Jixiao{name}" for name in ("Layout", "Select", "SaveCopy"))


class ExcelHost:
    """A workbook that is open. Every method raises Refusal for what cannot be served."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self) -> Document:
        """All sheets as they are now, each in three calls; formulas are up to date even where the user calculates by hand."""
        app = self._book.app
        if patient(lambda: app.calculation) == "manual":
            patient(app.calculate)
        grids = [self._grid(sheet) for sheet in patient(lambda: list(self._book.sheets))]
        return Document(self._book.name, grids, editable=True)

    def write(self, changes: Iterable[Change]) -> None:
        """Write all changes, column by column; if one is refused, those before are put back."""
        done: list[Block] = []
        for span in [self._span(column) for column in columns(changes)]:
            try:
                for block in span.blocks():
                    block.put()
                    done.append(block)
            except Exception as error:
                for block in reversed(done):
                    block.put_back()
                raise self._refusal(span, error) from error

    def mark(self, marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]) -> None:
        """Replace the list on 校验结果 and every form's marks; without marks and lines all are taken away."""
        layouts = self._layouts()
        if RESULTS not in layouts:
            if lines or any(list(cells) for cells in marks.values()):
                raise Refusal(files.NO_MARK_SHEET.format(name=self._book.name))
            return
        marked = [title for title, layout in layouts.items() if MARKS_NAME in layout.names]
        results = self._grid(self._book.sheets[RESULTS])
        self.write(mark_changes(results, marked, marks, lines))
        for column, title in enumerate(marked, FIRST_MARKS_COLUMN):
            self._point(title, layouts[title], marks_area(RESULTS, column))

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Make sheets ours: names, marks, 校验结果. Who has a sheet in front keeps it there."""
        binder = Binder(self._book, self._layouts())
        for binding in bindings:
            self._sheet(binding.sheet)
        self._wholly(binder, lambda: binder.bind(bindings), words.NOT_BOUND)

    def unbind(self, bindings: Sequence[Binding]) -> None:
        """Take back what these bindings brought, as far as it is there; 校验结果 goes with the last sheet of ours."""
        binder = Binder(self._book, self._layouts())
        self._wholly(binder, lambda: binder.unbind(bindings), words.NOT_UNBOUND)

    def content(self) -> bytes:
        """The workbook as a file, as it is now; what is open stays as it is, and as unsaved as it was."""
        ending = ".xlsm" if self._book.name.lower().endswith(".xlsm") else ".xlsx"
        save_copy = self._book.app.macro(SAVE_COPY)
        with TemporaryFolder() as folder:
            path = os.path.join(folder, f"copy{ending}")
            try:
                patient(lambda: save_copy(self._book.name, path))
            except Exception as error:
                if not is_denied(error):
                    raise
                raise Refusal(words.NO_COPY.format(name=self._book.name)) from error
            with open(path, "rb") as file:
                return file.read()

    def save(self) -> None:
        """Save the workbook where it is."""
        patient(self._book.save)

    def show_findings(self) -> None:
        """Bring the list of findings to the front, unless its sheet is hidden."""
        show = self._book.app.macro(SHOW)  # xlwings would also ask whether the program is the frontmost one
        try:
            patient(lambda: show(self._book.name, RESULTS))
        except Exception as error:
            if not is_denied(error):
                raise

    def show_cells(self, cells: Mapping[str, Sequence[str]]) -> None:
        """Select cells: those of the sheet in front, else of the first sheet that has some and is not hidden."""
        front = patient(lambda: self._book.sheets.active.name)
        select = self._book.app.macro(SELECT)
        for title in sorted(
            (title for title, addresses in cells.items() if addresses), key=lambda title: title != front
        ):
            try:
                patient(lambda title=title: select(self._book.name, title, ",".join(cells[title])))  # type: ignore[misc]
            except Exception as error:
                if not is_denied(error):
                    raise
            else:
                return

    @property
    def place(self) -> str:
        """Its path; of one that was never saved, or lies where no path leads (OneDrive), its title."""
        try:
            return self._book.fullname
        except Exception:  # xlwings, when it cannot tell where a synchronised file lies
            return self._book.name

    def identity(self, document: Document) -> Identity | None:
        """What tells this workbook from every other, and which step stands in it; None if that was never needed."""
        return known_identity(document)

    def identify(self, document: Document, identity: Identity) -> None:
        """Write its identity into the workbook, as a name of ours. Raises Refusal where none can be."""
        for title in sheets_with_identity(document):
            try:
                self._name(self._book.sheets[title], f'="{identity}"')
            except Exception as error:
                if not is_denied(error):
                    raise
                raise Refusal(words.NOT_WRITABLE.format(name=self._book.name, sheet=title, cell="A1")) from error

    def _grid(self, sheet: "Sheet") -> Grid:
        layout = self._layout(sheet)
        title, used = sheet.name, layout.used
        block = sheet.range((used.top, used.left), (used.bottom, used.right))
        cells = dict(cells_of(block, used, layout.formats))
        areas = {name: area for name, text in layout.names.items() if (area := defined.area(text, title))}
        texts = {name: defined.constant(text) for name, text in layout.names.items()}
        constants = {name: text for name, text in texts.items() if text is not None}
        grid = Grid(title, cells, layout.merges, areas, constants)
        return grid.hiding(layout.hidden_rows, layout.hidden_columns)

    def _layouts(self) -> dict[str, Layout]:
        return {sheet.name: self._layout(sheet) for sheet in patient(lambda: list(self._book.sheets))}

    def _layout(self, sheet: "Sheet") -> Layout:
        ask = self._book.app.macro(LAYOUT)
        try:
            answer = patient(lambda: ask(self._book.name, sheet.name))
        except Exception as error:
            if not is_denied(error):
                raise
            raise Refusal(words.NO_ADDIN) from error
        return taken_apart(answer)

    def _name(self, sheet: "Sheet", text: str) -> None:
        """The name of the identity, new or in the place of the one it has by now."""
        if ID_NAME in self._layout(sheet).names:
            patient(lambda: setattr(sheet.names[ID_NAME], "refers_to", text))
        else:
            patient(lambda: sheet.names.add(ID_NAME, text))

    def _point(self, title: str, layout: Layout, target: str) -> None:
        """The name of a form's marks points to its own column: on a copied sheet it does not yet."""
        if defined.area(layout.names[MARKS_NAME], RESULTS) != defined.area(target, RESULTS):
            name = self._book.sheets[title].names[MARKS_NAME]
            patient(lambda: setattr(name, "refers_to", f"={target}"))

    def _span(self, changes: Sequence[Change]) -> "Span":
        """The cells of one column from the first to the last that changes."""
        first = changes[0]
        return Span(self._sheet(first.sheet), first.column, {change.row: change for change in changes})

    def _sheet(self, title: str) -> "Sheet":
        try:
            return self._book.sheets[title]
        except Exception:
            raise Refusal(files.NO_SHEET.format(name=self._book.name, sheet=title)) from None

    def _wholly(self, binder: Binder, work: Callable[[], None], refused: str) -> None:
        """All of it or nothing."""
        try:
            work()
        except Exception as error:
            binder.take_back()
            if not is_denied(error):
                raise
            raise Refusal(refused.format(name=self._book.name, sheet=binder.at)) from error

    def _refusal(self, span: "Span", error: Exception) -> Exception:
        """What the user hears where the program said no; anything else is not ours to explain."""
        if not is_denied(error):
            return error
        cell = address(min(span.changes), span.column)
        return Refusal(words.NOT_WRITABLE.format(name=self._book.name, sheet=span.sheet.name, cell=cell))
