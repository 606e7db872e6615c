"""A live workbook, through xlwings' public interface only: blocks in, blocks out, whatever the engine.

What xlwings cannot tell of a block (number formats, merged areas, hidden rows and columns, names) the add-in tells of a whole sheet in one call
(``JixiaoLayout``, see macros/JixiaoHost.bas).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from jixiao import ADDIN
from jixiao.errors import Refusal
from jixiao.figures import from_float
from jixiao.grid import Area, Cell, Change, Document, Grid, Link, Value
from jixiao.hosts import defined
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, mark_changes, marks_area
from jixiao.hosts.package.formats import GENERAL, NumberFormat, number_format
from jixiao.places import address
from jixiao.wording import excel as words
from jixiao.wording import files
from jixiao.wording.workbook import RESULTS

if TYPE_CHECKING:
    from xlwings import App, Book, Range, Sheet

LAYOUT, SHOW, ASK_SAVE, ASK_OPEN = (f"'{ADDIN}'!Jixiao{name}" for name in ("Layout", "Show", "AskSave", "AskOpen"))
ID_NAME = "jx_id"  # without a dot: Calc takes dotted names from a file, but not from a program
TEXT_FORMAT = "@"
OTHER_ERROR = "#VALUE!"
_BUSY = {-2147418111, -2146777998}  # RPC_E_CALL_REJECTED, VBA_E_IGNORE: a cell is being edited or a box is open
_PAUSES = (0.1, 0.2, 0.4, 0.8)  # seconds
_DAY = 86400
_T = TypeVar("_T")


class ExcelHost:
    """A workbook that is open. Every method raises Refusal for what cannot be served."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self) -> Document:
        """All sheets as they are now, each in three calls; formulas are up to date even where the user calculates by hand."""
        app = self._book.app
        if _patient(lambda: app.calculation) == "manual":
            _patient(app.calculate)
        return Document(self._book.name, [self._grid(sheet) for sheet in _patient(lambda: list(self._book.sheets))])

    def write(self, changes: Iterable[Change]) -> None:
        """Write all changes, column by column; if one is refused, those before are put back."""
        done: list[_Block] = []
        for span in [self._span(column) for column in _columns(changes)]:
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
        layouts = {sheet.name: self._layout(sheet) for sheet in _patient(lambda: list(self._book.sheets))}
        if RESULTS not in layouts:
            if lines or any(list(cells) for cells in marks.values()):
                raise Refusal(files.NO_MARK_SHEET.format(name=self._book.name))
            return
        marked = [title for title, layout in layouts.items() if defined.MARKS_NAME in layout.names]
        results = self._grid(self._book.sheets[RESULTS])
        self.write(mark_changes(results, marked, marks, lines))
        for column, title in enumerate(marked, FIRST_MARKS_COLUMN):
            self._point(title, layouts[title], marks_area(RESULTS, column))

    def save(self) -> None:
        """Save the workbook where it is."""
        _patient(self._book.save)

    def show_findings(self) -> None:
        """Bring the list of findings to the front, unless its sheet is hidden."""
        show = self._book.app.macro(SHOW)  # xlwings would also ask whether the program is the frontmost one
        try:
            _patient(lambda: show(self._book.name, RESULTS))
        except Exception as error:
            if not _is_denied(error):
                raise

    def identity(self, document: Document) -> str | None:
        """What tells this workbook from every other; None if it was never needed."""
        known = (grid.constants[ID_NAME] for grid in document.grids if ID_NAME in grid.constants)
        found = next(known, None)
        return f"{found}|{place_of(self._book)}" if found else None

    def identify(self, document: Document) -> str:
        """The identity; the first time a name of ours is written into the workbook. Refusal where none can be."""
        from uuid import uuid4

        known = self.identity(document)
        if known:
            return known
        found, sheet = uuid4().hex, next(grid.title for grid in document.grids if "jx.form" in grid.constants)
        names = self._book.sheets[sheet].names
        try:
            _patient(lambda: names.add(ID_NAME, f'="{found}"'))
        except Exception as error:
            if not _is_denied(error):
                raise
            raise Refusal(words.NOT_WRITABLE.format(name=self._book.name, sheet=sheet, cell="A1")) from error
        return f"{found}|{place_of(self._book)}"

    def _grid(self, sheet: "Sheet") -> Grid:
        layout = self._layout(sheet)
        title, used = sheet.name, layout.used
        block = sheet.range((used.top, used.left), (used.bottom, used.right))
        cells = dict(_cells(used, _formulas(block), _values(block), layout.formats))
        areas = {name: area for name, text in layout.names.items() if (area := defined.area(text, title))}
        texts = {name: defined.constant(text) for name, text in layout.names.items()}
        constants = {name: text for name, text in texts.items() if text is not None}
        grid = Grid(title, cells, layout.merges, areas, constants)
        return grid.hiding(layout.hidden_rows, layout.hidden_columns)

    def _layout(self, sheet: "Sheet") -> "_Layout":
        ask = self._book.app.macro(LAYOUT)
        try:
            answer = _patient(lambda: ask(self._book.name, sheet.name))
        except Exception as error:
            if not _is_denied(error):
                raise
            raise Refusal(words.NO_ADDIN) from error
        return _taken_apart(answer)

    def _point(self, title: str, layout: "_Layout", target: str) -> None:
        """The name of a form's marks points to its own column: on a copied sheet it does not yet."""
        if defined.area(layout.names[defined.MARKS_NAME], RESULTS) != defined.area(target, RESULTS):
            name = self._book.sheets[title].names[defined.MARKS_NAME]
            _patient(lambda: setattr(name, "refers_to", f"={target}"))

    def _span(self, changes: Sequence[Change]) -> "_Span":
        """The cells of one column from the first to the last that changes."""
        first = changes[0]
        try:
            sheet = self._book.sheets[first.sheet]
        except Exception:
            raise Refusal(files.NO_SHEET.format(name=self._book.name, sheet=first.sheet)) from None
        return _Span(sheet, first.column, {change.row: change for change in changes})

    def _refusal(self, span: "_Span", error: Exception) -> Exception:
        """What the user hears where the program said no; anything else is not ours to explain."""
        if not _is_denied(error):
            return error
        cell = address(min(span.changes), span.column)
        return Refusal(words.NOT_WRITABLE.format(name=self._book.name, sheet=span.sheet.name, cell=cell))


class Window:
    """What a button says and asks, in the office program of the workbook."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def tell(self, text: str, alarming: bool = False) -> None:
        """Say something and wait until it is read; nothing is going on meanwhile."""
        self.progress(None)
        self._app.alert(text, words.TITLE, "ok", "critical" if alarming else "info")

    def ask(self, text: str) -> bool:
        """Whether the user agrees; nothing is going on while she thinks."""
        self.progress(None)
        return self._app.alert(text, words.TITLE, "yes_no", "info") == "yes"

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """While a button works, the program does not complain that it has to wait for us."""
        before = self._app.display_alerts
        self._app.display_alerts = False
        try:
            yield
        finally:
            self.progress(None)
            self._app.display_alerts = before

    def progress(self, text: str | None) -> None:
        """What is going on, in the status bar; None gives the bar back to the program."""
        self._app.status_bar = text or False

    def save_as(self, suggested: str, *kinds: str) -> str | None:
        """Where to save a new file of one of the kinds (``.docx``); None if the user cancels."""
        return self._app.macro(ASK_SAVE)(suggested, _filter(kinds), words.TITLE) or None

    def choose(self, *kinds: str) -> str | None:
        """An existing file of one of the kinds; None if the user cancels."""
        return self._app.macro(ASK_OPEN)(_filter(kinds, words.FORMS), words.TITLE) or None

    def open_workbook(self, path: str) -> None:
        """Open a workbook beside the others. Raises Refusal if another one of its name is open."""
        try:
            self._app.books.open(path)
        except ValueError as error:  # xlwings, for what Excel cannot do
            raise Refusal(words.SAME_NAME.format(path=path)) from error


class _Layout(NamedTuple):
    """What the add-in tells of a sheet."""

    used: Area
    formats: Mapping[tuple[int, int], NumberFormat]
    merges: Sequence[Area]
    hidden_rows: Sequence[tuple[int, int]]  # runs, first and last
    hidden_columns: Sequence[tuple[int, int]]
    names: Mapping[str, str]  # what each name stands for, as the program writes it, without ``=``


class _Block:
    """Cells below one another, written at one stroke. ``number_format`` is what numbers and formulas among them need."""

    def __init__(
        self, target: "Range", entries: Sequence[Any], before: Sequence[Any], number_format: str | None
    ) -> None:
        self._target, self._entries, self._before, self._format = target, entries, before, number_format

    def put(self) -> None:
        """Write. In cells formatted as text everything would stay text: those get their number format first."""
        if self._format:
            self._format_numbers(self._target)
        _type(self._target, self._entries)

    def put_back(self) -> None:
        _type(self._target, self._before)

    def _format_numbers(self, target: "Range") -> None:
        """Halve until a part has one format: nearly always the whole has."""
        known = _patient(lambda: target.number_format)
        if known == TEXT_FORMAT:
            _patient(lambda: setattr(target, "number_format", self._format))
        elif known is None and len(target) > 1:
            middle = len(target) // 2
            self._format_numbers(target[:middle, :])
            self._format_numbers(target[middle:, :])


class _Span(NamedTuple):
    """A part of a column in which cells change, and others between them perhaps do not."""

    sheet: "Sheet"
    column: int
    changes: Mapping[int, Change]

    def blocks(self) -> Iterator[_Block]:
        """As few blocks as there can be: our formulas between the changes are entered again, what people typed is not."""
        top, bottom = min(self.changes), max(self.changes)
        before = _entries(self._range(top, bottom))
        start = top
        for row in range(top, bottom + 2):
            if row <= bottom and (row in self.changes or _is_ours(before[row - top])):
                continue
            if start < row:
                yield self._block(start, row - 1, before[start - top : row - top])
            start = row + 1

    def _block(self, top: int, bottom: int, before: Sequence[Any]) -> _Block:
        rows = range(top, bottom + 1)
        entries = [self._entry(row, former) for row, former in zip(rows, before, strict=True)]
        formats = [
            self.changes[row].number_format for row in rows if row in self.changes and not _is_text(entries[row - top])
        ]
        return _Block(self._range(top, bottom), entries, before, formats[0] if formats else None)

    def _entry(self, row: int, former: Any) -> Any:
        change = self.changes.get(row)
        return _entry(change.value, change.formula) if change else former

    def _range(self, top: int, bottom: int) -> "Range":
        return self.sheet.range((top, self.column), (bottom, self.column))


def _taken_apart(answer: Sequence[Sequence[Any]]) -> _Layout:
    used = Area(1, 1, 1, 1)
    formats: dict[tuple[int, int], NumberFormat] = {}
    merges, names = [], {}
    hidden: dict[str, list[tuple[int, int]]] = {"r": [], "c": []}
    for kind, *facts in answer:
        if kind == "f":
            top, column, bottom = map(int, facts[:3])
            formats.update(dict.fromkeys(((row, column) for row in range(top, bottom + 1)), number_format(facts[3])))
        elif kind == "n":
            names[facts[0]] = facts[1].removeprefix("=")
        elif kind == "m":
            merges.append(Area(*map(int, facts[:4])))
        elif kind in hidden:
            hidden[kind].append((int(facts[0]), int(facts[1])))
        elif kind == "u":
            used = Area(*map(int, facts[:4]))
    return _Layout(used, formats, merges, hidden["r"], hidden["c"], names)


def _cells(
    used: Area,
    formulas: Sequence[Sequence[str]],
    values: Sequence[Sequence[Any]],
    formats: Mapping[tuple[int, int], NumberFormat],
) -> Iterator[tuple[tuple[int, int], Cell]]:
    for row, (formula_row, value_row) in enumerate(zip(formulas, values, strict=True), used.top):
        for column, (entry, raw) in enumerate(zip(formula_row, value_row, strict=True), used.left):
            # a text that begins with = reads the same both ways; what a formula shows differs from the formula
            formula = entry[1:] if _is_formula(entry) and entry != raw else None
            if raw is not None or formula is not None:
                at = row, column
                yield at, _cell(raw, formula, formats.get(at, GENERAL))


def _cell(raw: Any, formula: str | None, form: NumberFormat) -> Cell:
    if raw is None:
        return Cell("", None, formula)
    if isinstance(raw, bool):
        return Cell("TRUE" if raw else "FALSE", raw, formula)
    if isinstance(raw, int):  # an error younger than xlwings' list; numbers are floats
        return Cell(OTHER_ERROR, OTHER_ERROR, formula)
    if isinstance(raw, str):
        return Cell(form.text(raw), raw, formula)
    value = raw if isinstance(raw, Decimal) else from_float(float(raw))
    return Cell(form.number(value), value, formula)


def _serial(**moment: Any) -> float:
    """A date as the number a spreadsheet keeps: days since 1899-12-30."""
    from datetime import datetime

    moment.pop("tzinfo", None)
    passed = datetime(**moment) - datetime(1899, 12, 30)
    return passed.days + passed.seconds / _DAY


def _formulas(block: "Range") -> Sequence[Sequence[Any]]:
    """What one would see in the formula bar, row by row; xlwings gives a single cell bare."""
    formulas = _patient(lambda: block.formula)
    return formulas if isinstance(formulas, Sequence) and not isinstance(formulas, str) else [[formulas]]


def _values(block: "Range") -> Sequence[Sequence[Any]]:
    """What the cells hold, row by row: dates as numbers, errors as their texts, None for blanks."""
    return _patient(lambda: block.options(ndim=2, dates=_serial, err_to_str=True).value)


def _columns(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """The changes of one column after the other, from top to bottom."""
    by_column: dict[tuple[str, int], list[Change]] = {}
    for change in changes:
        by_column.setdefault((change.sheet, change.column), []).append(change)
    return (sorted(column, key=lambda change: change.row) for column in by_column.values())


def _entry(value: Value, formula: str | None) -> Any:
    """What one would type: a text gets an apostrophe, so that the program takes it for nothing else."""
    if formula is not None:
        return f"={formula}"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return f"'{value}" if value else ""
    return "" if value is None else value


def _entries(target: "Range") -> list[Any]:
    """What stands in a column, as it would be typed again."""
    formulas, values = _formulas(target), _values(target)
    return [_again(entry, raw) for (entry,), (raw,) in zip(formulas, values, strict=True)]


def _again(entry: Any, raw: Any) -> Any:
    return entry if _is_formula(entry) and entry != raw else _entry(raw, None)


def _is_formula(entry: Any) -> bool:
    return isinstance(entry, str) and entry.startswith("=")


def _is_ours(entry: Any) -> bool:
    """A formula that can be entered again as it is; people's own may be array formulas, and look the same here."""
    return _is_formula(entry) and "PERF_" in entry


def _is_text(entry: Any) -> bool:
    return entry == "" or (isinstance(entry, str) and entry.startswith("'"))


def _type(target: "Range", entries: Sequence[Any]) -> None:
    _patient(lambda: setattr(target, "formula", [[entry] for entry in entries]))


def _patient(work: Callable[[], _T]) -> _T:
    """The answer of a call; while the program is busy it is asked again, for a second and a half."""
    for pause in _PAUSES:
        try:
            return work()
        except Exception as error:
            if not _is_busy(error):
                raise
            sleep(pause)
    raise Refusal(words.BUSY)


def _is_busy(error: Exception) -> bool:
    """Whether the program only said "not now": its number stands in the error itself, or in what came with it."""
    details = getattr(error, "excepinfo", None)
    return bool({getattr(error, "hresult", None), details[5] if details else None} & _BUSY)


def _is_denied(error: Exception) -> bool:
    """Whether the program refused, not our code failed: an error of COM carries its number."""
    return hasattr(error, "hresult")


def _filter(kinds: Sequence[str], together: str = "") -> str:
    """The file filter of a dialog: ``Word 文档 (*.docx),*.docx``."""
    groups = [(together, kinds)] if together else [(_kind(kind), [kind]) for kind in kinds]
    patterns = ((name, ";".join(f"*{kind}" for kind in group)) for name, group in groups)
    return ",".join(f"{name} ({pattern}),{pattern}" for name, pattern in patterns)


def _kind(ending: str) -> str:
    return words.WORD_DOCUMENTS if ending == ".docx" else words.WORKBOOKS


def place_of(book: "Book") -> str:
    """The path of a workbook; of one that was never saved, or lies where no path leads (OneDrive), its title."""
    try:
        return book.fullname
    except Exception:  # xlwings, when it cannot tell where a synchronised file lies
        return book.name


def folder_of(book: "Book | None") -> str:
    """Where a new file goes: beside the workbook, else into the user's documents."""
    folder = os.path.dirname(place_of(book)) if book else ""
    if folder and os.path.isdir(folder):
        return folder
    home = os.path.expanduser("~")
    documents = os.path.join(home, "Documents")
    return documents if os.path.isdir(documents) else home
