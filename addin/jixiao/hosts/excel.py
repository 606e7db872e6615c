"""A live workbook, through xlwings' public interface only: blocks in, blocks out, whatever the engine.

What xlwings cannot tell of a block (number formats, merged areas, names) the add-in tells of a whole sheet in one call
(``JixiaoLayout``, see macros/JixiaoHost.bas).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from time import sleep
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from jixiao.errors import Refusal
from jixiao.figures import from_float
from jixiao.grid import Area, Cell, Change, Document, Grid, Link, Value
from jixiao.hosts import defined
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, FIRST_ROW, mark_changes, marks_area
from jixiao.hosts.package.formats import GENERAL, NumberFormat, number_format
from jixiao.places import address
from jixiao.wording import excel as words
from jixiao.wording import files
from jixiao.wording.workbook import RESULTS

if TYPE_CHECKING:
    from xlwings import App, Book, Range, Sheet

ADDIN = "jixiao.xlam"
LAYOUT, ASK_SAVE, ASK_OPEN = (f"'{ADDIN}'!Jixiao{name}" for name in ("Layout", "AskSave", "AskOpen"))
_BUSY = {-2147418111, -2146777998}  # RPC_E_CALL_REJECTED, VBA_E_IGNORE: a cell is being edited or a box is open
_PAUSES = (0.1, 0.2, 0.4, 0.8)  # seconds
_DAY = 86400
_T = TypeVar("_T")


class ExcelHost:
    """A workbook that is open. Every method raises Refusal for what cannot be served."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def read(self) -> Document:
        """All sheets as they are now, each in three calls."""
        return Document(self._book.name, [self._grid(sheet) for sheet in _patient(lambda: list(self._book.sheets))])

    def write(self, changes: Iterable[Change]) -> None:
        """Write all changes, cells below one another at one stroke; if one is refused, those before are put back."""
        done: list[tuple[Range, list[list[Any]]]] = []
        for target, block in [(self._range(block), block) for block in _blocks(changes)]:
            try:
                before = _entries(target)
                _put(target, block.entries)
            except Exception as error:
                for former, entries in reversed(done):
                    _put(former, entries)
                raise self._refusal(block, error) from error
            done.append((target, before))

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
        """Bring the list of findings to the front."""
        first = self._book.sheets[RESULTS].range((FIRST_ROW, 1))
        _patient(first.select)  # activating the sheet would also ask whether the program is the frontmost one

    def _grid(self, sheet: "Sheet") -> Grid:
        layout = self._layout(sheet)
        title, used = sheet.name, layout.used
        block = sheet.range((used.top, used.left), (used.bottom, used.right))
        cells = dict(_cells(used, _formulas(block), _values(block), layout.formats))
        areas = {name: area for name, text in layout.names.items() if (area := defined.area(text, title))}
        texts = {name: defined.constant(text) for name, text in layout.names.items()}
        constants = {name: text for name, text in texts.items() if text is not None}
        return Grid(title, cells, layout.merges, areas, constants)

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
        if layout.names[defined.MARKS_NAME] != target:
            name = self._book.sheets[title].names[defined.MARKS_NAME]
            _patient(lambda: setattr(name, "refers_to", f"={target}"))

    def _range(self, block: "_Block") -> "Range":
        try:
            sheet = self._book.sheets[block.sheet]
        except Exception:
            raise Refusal(files.NO_SHEET.format(name=self._book.name, sheet=block.sheet)) from None
        return sheet.range((block.row, block.column), (block.row + len(block.entries) - 1, block.column))

    def _refusal(self, block: "_Block", error: Exception) -> Exception:
        """What the user hears where the program said no; anything else is not ours to explain."""
        if not _is_denied(error):
            return error
        cell = address(block.row, block.column)
        return Refusal(words.NOT_WRITABLE.format(name=self._book.name, sheet=block.sheet, cell=cell))


class Window:
    """What a button says and asks, in the office program of the workbook."""

    def __init__(self, app: "App") -> None:
        self._app = app

    def tell(self, text: str, alarming: bool = False) -> None:
        """Say something and wait until it is read."""
        self._app.alert(text, words.TITLE, "ok", "critical" if alarming else "info")

    def ask(self, text: str) -> bool:
        """Whether the user agrees."""
        return self._app.alert(text, words.TITLE, "yes_no", "info") == "yes"

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
    names: Mapping[str, str]  # what each name stands for, as the program writes it, without ``=``


class _Block(NamedTuple):
    """Cells below one another, written at one stroke."""

    sheet: str
    row: int
    column: int
    entries: list[list[Any]]


def _taken_apart(answer: Sequence[Sequence[Any]]) -> _Layout:
    used = Area(1, 1, 1, 1)
    formats: dict[tuple[int, int], NumberFormat] = {}
    merges, names = [], {}
    for kind, *facts in answer:
        if kind == "f":
            top, column, bottom = map(int, facts[:3])
            formats.update(dict.fromkeys(((row, column) for row in range(top, bottom + 1)), number_format(facts[3])))
        elif kind == "n":
            names[facts[0]] = facts[1].removeprefix("=")
        elif kind == "m":
            merges.append(Area(*map(int, facts[:4])))
        elif kind == "u":
            used = Area(*map(int, facts[:4]))
    return _Layout(used, formats, merges, names)


def _cells(
    used: Area,
    formulas: Sequence[Sequence[str]],
    values: Sequence[Sequence[Any]],
    formats: Mapping[tuple[int, int], NumberFormat],
) -> Iterator[tuple[tuple[int, int], Cell]]:
    for row, (formula_row, value_row) in enumerate(zip(formulas, values, strict=True), used.top):
        for column, (entry, raw) in enumerate(zip(formula_row, value_row, strict=True), used.left):
            # a text that begins with = reads the same both ways; what a formula shows differs from the formula
            formula = entry[1:] if isinstance(entry, str) and entry.startswith("=") and entry != raw else None
            if raw is not None or formula is not None:
                at = row, column
                yield at, _cell(raw, formula, formats.get(at, GENERAL))


def _cell(raw: Any, formula: str | None, form: NumberFormat) -> Cell:
    if raw is None:
        return Cell("", None, formula)
    if isinstance(raw, bool):
        return Cell("TRUE" if raw else "FALSE", raw, formula)
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


def _blocks(changes: Iterable[Change]) -> Iterator[_Block]:
    block = None
    for change in sorted(changes, key=lambda change: (change.sheet, change.column, change.row)):
        entry = [_entry(change.value, change.formula)]
        follows = block and (change.sheet, change.column) == (block.sheet, block.column)
        if block and follows and change.row == block.row + len(block.entries):
            block.entries.append(entry)
            continue
        if block:
            yield block
        block = _Block(change.sheet, change.row, change.column, [entry])
    if block:
        yield block


def _entry(value: Value, formula: str | None) -> Any:
    """What one would type: a text gets an apostrophe, so that the program takes it for nothing else."""
    if formula is not None:
        return f"={formula}"
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, str):
        return f"'{value}" if value else ""
    return "" if value is None else value


def _entries(target: "Range") -> list[list[Any]]:
    """What stands in a block, as it would be typed again."""
    formulas, values = _formulas(target), _values(target)
    return [
        [_again(entry, raw) for entry, raw in zip(*rows, strict=True)] for rows in zip(formulas, values, strict=True)
    ]


def _again(entry: Any, raw: Any) -> Any:
    is_formula = isinstance(entry, str) and entry.startswith("=") and entry != raw
    return entry if is_formula else _entry(raw, None)


def _put(target: "Range", entries: list[list[Any]]) -> None:
    _patient(lambda: setattr(target, "formula", entries))


def _patient(work: Callable[[], _T]) -> _T:
    """The answer of a call; while the program is busy it is asked again, for a second and a half."""
    for pause in _PAUSES:
        try:
            return work()
        except Exception as error:
            if getattr(error, "hresult", None) not in _BUSY:
                raise
            sleep(pause)
    raise Refusal(words.BUSY)


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


def folder_of(book: "Book | None") -> str:
    """Where a new file goes: beside the workbook; without one, or for one that was never saved, the user's documents."""
    folder = os.path.dirname(book.fullname) if book else ""
    if folder and "://" not in folder and os.path.isdir(folder):
        return folder
    home = os.path.expanduser("~")
    documents = os.path.join(home, "Documents")
    return documents if os.path.isdir(documents) else home
