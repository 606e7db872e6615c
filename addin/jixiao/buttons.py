"""The buttons: each reads the workbook in front, calls one action (the same as the command line), and says what happened.

Excel's ribbon and the buttons on the sheets call ``press``; so does every other program that shows these buttons.
"""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from jixiao import ADDIN
from jixiao.errors import Refusal
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.excel.locations import folder_of, place_of
from jixiao.hosts.excel.window import Window
from jixiao.logbook import keep_traceback
from jixiao.outputs import beside, distinct, safe
from jixiao.wording import buttons as words
from jixiao.wording import commands

if TYPE_CHECKING:
    from xlwings import App, Book

    from jixiao.actions.book import Book as FormBook
    from jixiao.actions.undo import Step
    from jixiao.grid import Document
    from jixiao.journal import Journal

MOST_SHOWN = 12
SUMMARY = "summary"  # what the sheet 项目汇总 says it is


class Press(NamedTuple):
    """One press of a button: the window to speak through, the workbook in front, and what came with the press."""

    window: Window
    book: "Book | None"
    argument: str
    read_only: bool

    @property
    def workbook(self) -> "Book":
        """The workbook in front. Raises Refusal if there is none."""
        if self.book is None:
            raise Refusal(words.NO_WORKBOOK)
        return self.book

    def host(self) -> ExcelHost:
        return ExcelHost(self.workbook)

    def document(self) -> "Document":
        """The workbook as it is now. Raises Refusal if no form of ours is in it."""
        from jixiao.forms.library import identifiers

        self.window.progress(words.READING)
        document = self.host().read()
        forms = [grid.constants["jx.form"] for grid in document.grids if "jx.form" in grid.constants]
        if not forms:
            raise Refusal(words.NOT_OURS)
        unknown = {*forms} - {*identifiers(), SUMMARY}
        if unknown:
            raise Refusal(words.TOO_NEW.format(form="、".join(sorted(unknown))))
        return document

    def journal(self, document: "Document") -> "Journal":
        """The journal of this workbook, to write into."""
        from jixiao.journal import Journal

        return Journal(self.host().identify(document))

    def former_journal(self, document: "Document") -> "Journal":
        """The journal of this workbook, to read. Raises Refusal if there is none."""
        from jixiao.journal import Journal

        identity = self.host().identity(document)
        if identity is None:
            raise Refusal(words.NOTHING_TO_UNDO)
        return Journal(identity)


def press(
    name: str, argument: str = "", read_only: bool = False, book: "Book | None" = None, app: "App | None" = None
) -> None:
    """Do what one button says. The user hears one sentence, a bug goes to the log; only without an office program to
    speak through is anything raised.

    ``argument`` is the form of a new workbook, ``read_only`` whether the workbook was opened so. ``book`` is the workbook in
    front, or ``app`` the program without one, where whoever calls knows it better than xlwings.
    """
    try:
        caller = book if book or app else _caller()
        window = Window(caller.app if caller else cast("App", app))
    except Exception:
        keep_traceback()
        raise
    with window.quiet():
        try:
            front = None if caller and caller.name == ADDIN else caller  # the add-in itself calls without any workbook
            ACTIONS[name](Press(window, front, argument, read_only))
        except Refusal as refusal:
            window.tell(str(refusal), alarming=True)
        except Exception:
            window.tell(words.BUG.format(path=keep_traceback()), alarming=True)


def _caller() -> "Book":
    """The workbook whose button was pressed."""
    import xlwings

    return xlwings.Book.caller()


# ---- forms


def _new(pressed: Press) -> None:
    from jixiao.actions.create import new
    from jixiao.forms import library

    year = _year()
    title = library.drawing(pressed.argument).title
    path = _target(pressed, os.path.join(folder_of(pressed.book), f"{year}年{safe(title)}.xlsx"), ".xlsx", ".xlsm")
    if path:
        _build(new(pressed.argument, year), path)
        pressed.window.open_workbook(path)
        pressed.window.tell(f"{words.WRITTEN.format(paths=path)}\n\n{words.NEW_YEAR.format(year=year)}")


def _year() -> int:
    """The year a form is most likely for: forms are filled in the first half of the next year."""
    from datetime import date

    today = date.today()
    return today.year - (today.month <= 6)


def _import(pressed: Press) -> None:
    from jixiao.actions.importing import import_document
    from jixiao.hosts.files import load_document

    source = pressed.window.choose(".docx", ".xlsx", ".xlsm")
    if not source:
        return
    pressed.window.progress(words.READING)
    book = import_document(load_document(source))
    path = _target(pressed, beside(source, ".xlsx", "-导入"), ".xlsx", ".xlsm", source=source)
    if path:
        _build(book, path)
        pressed.window.open_workbook(path)
        defects = _shown([finding.line() for finding in book.defects])
        unplaced = words.UNPLACED.format(count=len(book.unplaced)) if book.unplaced else ""
        pressed.window.tell(_paragraphs(words.WRITTEN.format(paths=path), defects, unplaced))


def _build(book: "FormBook", path: str) -> None:
    from jixiao.addins.excel.files import workbook_file
    from jixiao.hosts.saving import replace_file

    replace_file(path, workbook_file(book, os.path.splitext(path)[1].lower()))


# ---- filling and checking


def _fill(pressed: Press) -> None:
    from jixiao.actions.fill import fill
    from jixiao.actions.undo import step_of
    from jixiao.wording.changes import change_line, typed_line

    document = pressed.document()
    filling = fill(document)
    typed = words.TYPED.format(lines=_shown(map(typed_line, filling.typed))) if filling.typed else ""
    if not filling.changes:
        pressed.window.tell(_paragraphs(words.NOTHING_TO_FILL, typed))
        return
    lines = _shown([change_line(change) for change in filling.changes])
    question = words.WILL_FILL.format(count=len(filling.changes), lines=lines)
    if pressed.window.ask(words.READ_ONLY * pressed.read_only + question):
        pressed.window.progress(words.WRITING)
        _write(pressed, pressed.journal(document), step_of("fill", document, filling.changes))
        pressed.window.tell(_paragraphs(words.FILLED.format(count=len(filling.changes)), typed))


def _write(pressed: Press, journal: "Journal", step: "Step") -> None:
    """Write what can be taken back: the journal knows it before the workbook does."""
    journal.keep(step)
    try:
        pressed.host().write([entry.after for entry in step.entries])
    except BaseException:
        journal.forget_last()
        raise


def _check(pressed: Press) -> None:
    from jixiao.actions.examine import examine, lines, marks
    from jixiao.actions.undo import CHECKED
    from jixiao.findings import Severity

    document = pressed.document()
    pressed.window.progress(words.EXAMINING)
    findings = examine(document)
    pressed.host().mark(marks(findings), lines(findings))
    journal = pressed.journal(document)
    if journal.last() != CHECKED:  # to check again takes nothing away that could be put back
        journal.keep(CHECKED)
    if not findings:
        pressed.window.tell(words.CLEAN)
        return
    pressed.host().show_findings()
    counts = [sum(finding.severity is severity for finding in findings) for severity in Severity]
    pressed.window.tell(words.FOUND.format(errors=counts[0], warnings=counts[1], infos=counts[2]))


def _undo(pressed: Press) -> None:
    from jixiao.actions.undo import CHECKED, undo
    from jixiao.places import address

    document = pressed.document()
    journal = pressed.former_journal(document)
    step = journal.last()
    if step is None:
        raise Refusal(words.NOTHING_TO_UNDO)
    if step == CHECKED:
        pressed.host().mark({}, [])
        message = words.UNMARKED
    else:
        undoing = undo(document, step)
        cells = [f"{change.sheet} {address(change.row, change.column)}" for change in undoing.kept]
        if not undoing.changes:
            raise Refusal(words.NOT_UNDONE.format(lines=_shown(cells)))
        pressed.host().write(undoing.changes)
        kept = words.KEPT.format(count=len(cells), lines=_shown(cells)) if cells else ""
        message = _paragraphs(words.UNDONE.format(count=len(undoing.changes)), kept)
    journal.forget_last()
    pressed.window.tell(message)


# ---- results


def _report(pressed: Press) -> None:
    from jixiao.actions.write_report import write_reports
    from jixiao.hosts.word.writing import write_document

    document = pressed.document()
    reports = write_reports(document)
    paths = _report_paths(pressed, [report.sheet for report in reports])
    for number, (report, path) in enumerate(zip(reports, paths, strict=False), 1):
        pressed.window.progress(words.REPORTING.format(number=number, count=len(paths)))
        write_document(report.document, path, force=True)
    if paths:
        gaps = sum(len(report.gaps) for report in reports)
        _announce(pressed, paths, document, words.GAPS.format(count=gaps) if gaps else "")


def _report_paths(pressed: Press, sheets: Sequence[str]) -> list[str]:
    """Where the reports go: one file the user names, or one a form in a folder beside the workbook; [] if declined."""
    from jixiao.hosts.saving import make_folder

    base = os.path.join(folder_of(pressed.workbook), os.path.basename(place_of(pressed.workbook)))
    if len(sheets) == 1:
        path = _target(pressed, beside(base, ".docx", "-评价报告"), ".docx")
        return [path] if path else []
    folder = beside(base, "", "-评价报告")
    if not pressed.window.ask(words.ONE_FOLDER.format(count=len(sheets), folder=folder)):
        return []
    make_folder(folder)
    paths = [os.path.join(folder, f"{name}-评价报告.docx") for name in distinct(sheets)]
    return paths if _may_write(pressed, *paths) else []


def _export(pressed: Press) -> None:
    from jixiao.actions.export import export_workbook
    from jixiao.builder import build
    from jixiao.hosts.saving import replace_file

    document = pressed.document()
    place = place_of(pressed.workbook)
    name = os.path.join(folder_of(pressed.workbook), os.path.basename(place))
    path = _target(pressed, beside(name, ".xlsx", "-上报版"), ".xlsx", source=place)
    if path:
        replace_file(path, build(export_workbook(document)))
        _announce(pressed, [path], document)


def _announce(pressed: Press, paths: Sequence[str], document: "Document", remark: str = "") -> None:
    """Say what was written and what is still wrong, and open it if the user likes."""
    from jixiao.actions.examine import examine
    from jixiao.findings import Severity

    errors = sum(finding.severity is Severity.ERROR for finding in examine(document))
    warning = words.STILL_ERRORS.format(count=errors) if errors else ""
    if pressed.window.ask(_paragraphs(words.WRITTEN.format(paths=_shown(paths)), remark, warning, words.OPEN_NOW)):
        _open(paths[0] if len(paths) == 1 else os.path.dirname(paths[0]))


def _open(path: str) -> None:
    """Show a file in the program it belongs to."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        import webbrowser
        from urllib.request import pathname2url

        if not webbrowser.open(f"file://{pathname2url(os.path.abspath(path))}"):
            raise Refusal(words.NOT_OPENED.format(path=path))


# ---- help


def _doctor(pressed: Press) -> None:
    from jixiao.doctor import doctor

    pressed.window.tell("\n".join(doctor()))


def _help(pressed: Press) -> None:
    from jixiao.addins import macros_folder

    _open(os.path.join(macros_folder(), "help.html"))


# ---- asking


def _target(pressed: Press, suggested: str, *endings: str, source: str = "") -> str | None:
    """Where the user wants a new file; None if she cancels or does not want to overwrite. Never the source itself."""
    path = pressed.window.save_as(suggested, *endings)
    if not path:
        return None
    if not path.lower().endswith(endings):
        path += endings[0]
    if source and os.path.exists(path) and os.path.exists(source) and os.path.samefile(path, source):
        raise Refusal(commands.OUTPUT_IS_SOURCE.format(path=path))
    return path if _may_write(pressed, path) else None


def _may_write(pressed: Press, *paths: str) -> bool:
    there = [path for path in paths if os.path.exists(path)]
    return not there or pressed.window.ask(words.OVERWRITE.format(paths=_shown(there)))


def _shown(lines: "Sequence[str] | map[str]") -> str:
    """The first lines, and how many more there are."""
    listed = list(lines)
    more = [words.MORE.format(count=len(listed) - MOST_SHOWN)] if len(listed) > MOST_SHOWN else []
    return "\n".join(listed[:MOST_SHOWN] + more)


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)


ACTIONS: Mapping[str, Callable[[Press], None]] = {
    "new": _new,
    "import": _import,
    "fill": _fill,
    "check": _check,
    "undo": _undo,
    "report": _report,
    "export": _export,
    "doctor": _doctor,
    "help": _help,
}
