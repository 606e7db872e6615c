"""The buttons: each has one action plan, the same as the command line, and hands the plan to the desk in the window.

Excel's ribbon and the buttons on the sheets call ``press``; so does every other program that shows these buttons.
"""

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

from jixiao import ADDIN
from jixiao.desks import opening
from jixiao.desks.window import WindowDesk
from jixiao.errors import Refusal
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.excel.window import Window
from jixiao.logbook import keep_traceback, report_bug
from jixiao.wording import buttons as words

if TYPE_CHECKING:
    from xlwings import App, Book


class Press(NamedTuple):
    """One press of a button: the desk, and what came with the press."""

    desk: WindowDesk
    argument: str


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
            front = caller if caller and caller.name != ADDIN else None  # the add-in itself calls without any workbook
            desk = WindowDesk(window, ExcelHost(front) if front else None, read_only)
            ACTIONS[name](Press(desk, argument))
        except Refusal as refusal:
            window.tell(str(refusal), alarming=True)
        except Exception:
            window.tell(report_bug(words.BUG, words.BUG_LOST), alarming=True)


def _caller() -> "Book":
    """The workbook whose button was pressed."""
    import xlwings

    return xlwings.Book.caller()


# ---- forms


def _new(pressed: Press) -> None:
    from jixiao.actions import create
    from jixiao.actions.plan import Remark

    form = pressed.argument or _own_form(pressed)
    if not form:
        return
    year = _year()
    plan = create.plan(form, year)._replace(remarks=[Remark(words.NEW_YEAR.format(year=year))])
    pressed.desk.make_workbook(plan)


def _own_form(pressed: Press) -> str:
    """The drawing of one's own that is chosen from a list, by its id; empty if none is.

    Menus are made with the add-in, and know only the forms that are shipped. Raises Refusal if there is no other.
    """
    from jixiao import shelf
    from jixiao.forms import library

    shelf.forget()
    drawings = library.own_drawings()
    if not drawings:
        left_out = library.left_out().values()
        raise Refusal("\n\n".join([words.NO_OWN_FORMS.format(folder=shelf.own_folder()), *left_out]))
    titles = [words.OWN_FORM.format(title=one.title, issuer=one.issuer, year=one.since) for one in drawings]
    chosen = pressed.desk.program.choose_one(words.WHICH_FORM, titles)
    return "" if chosen is None else drawings[chosen].id


def _year() -> int:
    """The year a form is most likely for: forms are filled in the first half of the next year."""
    from datetime import date

    today = date.today()
    return today.year - (today.month <= 6)


def _import(pressed: Press) -> None:
    from jixiao.actions import importing
    from jixiao.hosts.files import load_document

    source = pressed.desk.program.choose(".docx", ".xlsx", ".xlsm")
    if source:
        pressed.desk.program.progress(words.READING)
        pressed.desk.make_workbook(importing.plan(load_document(source)), source)


# ---- filling and checking


def _bind(pressed: Press) -> None:
    from jixiao.actions import bind

    pressed.desk.program.progress(words.READING)
    pressed.desk.carry_out(bind.plan(pressed.desk.workbook.read()))


def _fill(pressed: Press) -> None:
    from jixiao.actions import fill

    pressed.desk.carry_out(fill.plan(pressed.desk.document()))


def _check(pressed: Press) -> None:
    from jixiao.actions import examine

    document = pressed.desk.document()
    pressed.desk.program.progress(words.EXAMINING)
    pressed.desk.carry_out(examine.plan(document, marking=True))


def _undo(pressed: Press) -> None:
    from jixiao.actions import undo
    from jixiao.desks.putting import history

    document = pressed.desk.document()
    pressed.desk.carry_out(undo.plan(document, history(pressed.desk.workbook, document)))


# ---- results


def _report(pressed: Press) -> None:
    from jixiao.actions import write_report

    pressed.desk.carry_out(write_report.plan(pressed.desk.document()))


def _export(pressed: Press) -> None:
    from jixiao.actions import export

    pressed.desk.carry_out(export.plan(pressed.desk.document()))


# ---- help


def _doctor(pressed: Press) -> None:
    from jixiao.doctor import doctor

    pressed.desk.program.tell("\n".join(doctor()))


def _help(pressed: Press) -> None:
    from jixiao.addins import macros_folder

    opening.show(os.path.join(macros_folder(), "help.html"))


ACTIONS: Mapping[str, Callable[[Press], None]] = {
    "new": _new,
    "import": _import,
    "bind": _bind,
    "fill": _fill,
    "check": _check,
    "undo": _undo,
    "report": _report,
    "export": _export,
    "doctor": _doctor,
    "help": _help,
}
