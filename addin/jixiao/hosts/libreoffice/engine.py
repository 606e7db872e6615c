"""An engine of xlwings over a running LibreOffice: applications and open workbooks.

It covers what this program and its tests use, in blocks, with Excel's conventions; everything else is refused by name.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date
from typing import Any

import xlwings

from jixiao.errors import Refusal
from jixiao.hosts.libreoffice.addin_macros import layout
from jixiao.hosts.libreoffice.binding_macros import hide_marks, lay_out_results, show_marks
from jixiao.hosts.libreoffice.boxes import Boxes
from jixiao.hosts.libreoffice.bridge import Denied, Gone, Live, RunningOffice
from jixiao.hosts.libreoffice.documents import Book
from jixiao.hosts.libreoffice.formulas import Notation
from jixiao.hosts.libreoffice.partial import Partial
from jixiao.hosts.libreoffice.values import Rows, cleaned
from jixiao.logbook import keep_traceback
from jixiao.office.launcher import file_url, properties
from jixiao.wording import calc as words
from jixiao.wording.libreoffice import NOT_READ

NAME = "libreoffice"
_SPREADSHEET = "com.sun.star.sheet.SpreadsheetDocument"


def register(context: Any, *, boxes: Boxes | None = None, hidden: bool = False) -> xlwings.App:
    """Make a running office the program that xlwings works with.

    ``context`` is UNO's component context, ``boxes`` what the user is told and asked through. With ``hidden`` workbooks
    are opened without a window.
    """
    app = App(context, boxes, hidden)
    _ENGINE.apps = (app,)
    if NAME not in {engine.name for engine in xlwings.engines}:
        xlwings.engines.add(xlwings.Engine(impl=_ENGINE))
    xlwings.engines.active = xlwings.engines[NAME]  # type: ignore[assignment]
    return xlwings.App(impl=app)


class Engine(Partial):
    """What xlwings knows of a program: its name, its running applications, and how values are converted."""

    name = NAME
    type = "desktop"
    apps: "Sequence[App]" = ()

    @staticmethod
    def prepare_xl_data_element(value: Any, options: Any) -> Any:
        """Dates are refused: nobody types one, and a number format would have to be guessed."""
        if isinstance(value, date):
            raise NotImplementedError("LibreOffice engine: a date in a cell")
        return value

    @staticmethod
    def clean_value_data(
        rows: Rows, dates: Callable[..., Any], empty: Any, numbers: Any, err_to_str: bool
    ) -> list[list[Any]]:
        return cleaned(rows, dates, empty, numbers, err_to_str)


_ENGINE = Engine()


class App(Partial):
    """A running office."""

    office: RunningOffice
    hidden: bool
    pid = 0  # over UNO an office has no number
    display_alerts = True  # is switched off while a button works or a workbook is saved; Calc asks nothing then

    def __init__(self, context: Any, boxes: Boxes | None, hidden: bool) -> None:
        self.office = RunningOffice(context)
        self.hidden = hidden
        self._boxes = boxes or Boxes(self.office)
        self._indicator: Live | None = None
        self._notation: Notation | None = None

    @property
    def engine(self) -> Engine:
        return _ENGINE

    @property
    def api(self) -> Live:
        """The desktop of the office."""
        return self.office.desktop

    def notation(self, document: Live) -> Notation:
        """How this office writes formulas; only a document tells, and all of them the same."""
        if self._notation is None:
            self._notation = Notation(document.createInstance("com.sun.star.sheet.FormulaOpCodeMapper"))
        return self._notation

    @property
    def books(self) -> "Books":
        return Books(self)

    def run(self, macro: str, arguments: Sequence[Any]) -> Any:
        """What the add-in answers in Excel. Raises Denied for any other macro."""
        match macro.removeprefix("'jixiao.xlam'!"), *arguments:
            case "JixiaoLayout", book, sheet:
                return layout(self.books(book).sheets(sheet))
            case "JixiaoShow", book, sheet:
                return self.books(book).sheets(sheet).activate()
            case "JixiaoShowMarks", book, sheet, area, condition:
                return show_marks(self.books(book).sheets(sheet), area, condition)
            case "JixiaoHideMarks", book, sheet, word:
                return hide_marks(self.books(book).sheets(sheet), word)
            case "JixiaoLayOutResults", book, sheet, widths:
                return lay_out_results(self.books(book).sheets(sheet), widths)
            case "JixiaoSelect", book, sheet, addresses:
                return self.books(book).select(self.books(book).sheets(sheet), addresses.split(","))
            case "JixiaoSaveCopy", book, path:
                return self.books(book).save_copy(path)
            case "JixiaoAskSave", suggested, filters, title:
                return self._boxes.save(suggested, filters, title)
            case "JixiaoAskOpen", filters, title:
                return self._boxes.open(filters, title)
            case "JixiaoAskOne", lines, title:
                return self._boxes.one_of(lines.split("\n"), title)
        raise Denied(macro)

    def alert(self, prompt: str, title: str, buttons: str, mode: str, callback: Any) -> str:
        """Show a box. When the office is gone nobody reads it: what was to be said goes to the log."""
        try:
            return self._boxes.message(prompt, title, buttons, mode)
        except Gone:
            keep_traceback()
            return "cancel"

    @property
    def status_bar(self) -> bool:
        return self._indicator is not None

    @status_bar.setter
    def status_bar(self, text: Any) -> None:
        with suppress(Gone):
            if self._indicator is not None:
                self._indicator.end()
            frame = self.api.getCurrentFrame() if text else None
            self._indicator = frame and frame.createStatusIndicator()
            if self._indicator is not None:
                self._indicator.start(text, 0)

    @property
    def calculation(self) -> str:
        """Whether the open workbooks keep their formulas up to date by themselves."""
        return "automatic" if all(book.api.isAutomaticCalculationEnabled() for book in self.books) else "manual"

    def calculate(self) -> None:
        """Calculate all formulas of all workbooks."""
        for book in self.books:
            book.api.calculateAll()


class Books(Partial):
    """The open workbooks."""

    app: App

    def __init__(self, app: App) -> None:
        self.app = app

    @property
    def api(self) -> Live:
        return self.app.api

    def __iter__(self) -> Iterator[Book]:
        documents = self.api.getComponents().createEnumeration()
        while documents.hasMoreElements():
            document = documents.nextElement()
            if _is_spreadsheet(document):
                yield Book(self.app, document.as_document())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, name: str) -> bool:
        return any(name in (book.name, book.fullname) for book in self)

    def __call__(self, key: str | int) -> Book:
        """By name, as Excel finds them. Calc may have two of one name open: then the one in front is meant."""
        if isinstance(key, int):
            return list(self)[key - 1]
        found = [book for book in self if key in (book.name, book.fullname)]
        if not found:
            raise KeyError(key)
        if len(found) > 1:
            front = self.api.getCurrentComponent()
            found = [book for book in found if book.api == front]
        if not found:
            raise Refusal(words.SAME_NAMES.format(name=key))
        return found[0]

    @property
    def active(self) -> Book:
        """The workbook in front."""
        document = self.api.getCurrentComponent()
        if document is None or not _is_spreadsheet(document):
            raise NotImplementedError("LibreOffice engine: Books.active without a workbook in front")
        return Book(self.app, document.as_document())

    def open(self, path: str, update_links: Any = None, read_only: bool | None = None, *unused: Any) -> Book:
        """Open a file; its macros do not run. Raises Refusal if the office cannot read it."""
        if any(option is not None for option in unused):
            raise NotImplementedError("LibreOffice engine: Books.open with options other than read_only")
        options = properties(Hidden=self.app.hidden, ReadOnly=bool(read_only))
        try:
            document = self.api.loadComponentFromURL(file_url(path), "_blank", 0, options)
        except Denied:
            document = None
        if document is None:
            raise Refusal(NOT_READ.format(name=path))
        return Book(self.app, document.as_document())


def _is_spreadsheet(component: Live) -> bool:
    supports = getattr(component, "supportsService", None)
    return bool(supports and supports(_SPREADSHEET))
