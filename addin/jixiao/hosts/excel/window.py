"""What a button says and asks, in the office program of the workbook."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from jixiao import ADDIN
from jixiao.errors import Refusal
from jixiao.wording import excel as words

if TYPE_CHECKING:
    from xlwings import App

ASK_SAVE, ASK_OPEN, ASK_ONE = (f"'{ADDIN}'!JixiaoAsk{name}" for name in ("Save", "Open", "One"))


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

    def choose_one(self, title: str, items: Sequence[str]) -> int | None:
        """Which of some lines, counted from 0; None if the user cancels."""
        self.progress(None)
        number = int(self._app.macro(ASK_ONE)("\n".join(items), title))
        return number - 1 if number else None

    def open_workbook(self, path: str) -> None:
        """Open a workbook beside the others. Raises Refusal if another one of its name is open."""
        try:
            self._app.books.open(path)
        except ValueError as error:  # xlwings, for what Excel cannot do
            raise Refusal(words.SAME_NAME.format(path=path)) from error


def _filter(kinds: Sequence[str], together: str = "") -> str:
    """The file filter of a dialog: ``Word 文档 (*.docx),*.docx``."""
    groups = [(together, kinds)] if together else [(_kind(kind), [kind]) for kind in kinds]
    patterns = ((name, ";".join(f"*{kind}" for kind in group)) for name, group in groups)
    return ",".join(f"{name} ({pattern}),{pattern}" for name, pattern in patterns)


def _kind(ending: str) -> str:
    return words.WORD_DOCUMENTS if ending == ".docx" else words.WORKBOOKS
