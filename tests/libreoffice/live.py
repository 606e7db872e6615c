"""What tests of the live host share: a recorder instead of boxes, and a count of what goes to the office."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import xlwings

from jixiao import buttons
from jixiao.grid import Document
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.libreoffice.bridge import Live
from jixiao.hosts.libreoffice.engine import register
from jixiao.office.launcher import Office


class Recorder:
    """Somebody at the office without a window: what she is told and asked, and what she answers."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self.agrees = True
        self.saves_to: Callable[[str], str | bool] = lambda suggested: suggested
        self.chosen: str | bool = False
        self.offered: tuple[str, list[str]] | None = None
        self.picks = 0
        self.when_asked: Callable[[], None] = lambda: None

    def message(self, text: str, title: str, buttons: str, mode: str) -> str:
        if buttons == "ok":
            self.said.append(text)
            return "ok"
        self.asked.append(text)
        self.when_asked()
        return "yes" if self.agrees else "no"

    def save(self, suggested: str, filters: str, title: str) -> str | bool:
        return self.saves_to(suggested)

    def open(self, filters: str, title: str) -> str | bool:
        return self.chosen

    def one_of(self, items: list[str], title: str) -> int:
        self.offered = (title, items)
        return self.picks


class Desk:
    """A workbook open in Calc, and somebody in front of it."""

    def __init__(self, office: Office, path: Path) -> None:
        self.path, self.user = path, Recorder()
        self.app = register(office.context, boxes=self.user, hidden=True)
        self.book: xlwings.Book = self.app.books.open(path)

    def press(self, name: str) -> str:
        """Press a button; what was said last."""
        self.user.said.clear()
        self.user.asked.clear()
        buttons.press(name, book=self.book)
        return self.user.said[-1] if self.user.said else ""

    def document(self) -> Document:
        return ExcelHost(self.book).read()


@contextmanager
def counted() -> Iterator[list[int]]:
    """How often the office is asked for anything: the one number in the list."""
    count = [0]
    asked = Live._asked

    def counting(self: Live, function: Any, *arguments: Any) -> Any:
        count[0] += 1
        return asked(self, function, *arguments)

    with patch.object(Live, "_asked", counting):
        yield count
