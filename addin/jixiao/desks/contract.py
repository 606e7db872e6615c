"""What a desk is, and what it needs beside a host: a workbook whose steps are remembered, a program that speaks to its user."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from jixiao.actions.plan import Plan
from jixiao.grid import Document, Host
from jixiao.hosts.identity import Identity


class Workbook(Host, Protocol):
    """A workbook that can be told from every other, so that what was written into it can be taken back."""

    @property
    def place(self) -> str:
        """Its path; of one that was never saved, or lies where no path leads, its title."""

    def identity(self, document: Document) -> Identity | None:
        """What tells it from every other, and which step stands in it; None if that was never needed.

        ``document`` is the workbook as it was read.
        """

    def identify(self, document: Document, identity: Identity) -> None:
        """Write its identity, so that it is saved with the workbook. Raises Refusal where none can be written."""

    def content(self) -> bytes:
        """The whole workbook as a file (.xlsx, with macros .xlsm), as it is now; nothing is saved."""


class LiveWorkbook(Workbook, Protocol):
    """A workbook that is open in front of somebody."""

    def show_findings(self) -> None:
        """Bring the list of findings to the front, unless its sheet is hidden."""

    def show_cells(self, cells: Mapping[str, Sequence[str]]) -> None:
        """Select these cells (addresses by sheet), so that who is asked about them sees which are meant; no cell changes.

        The sheet in front is shown, else the first that has some and is not hidden.
        """


class Program(Protocol):
    """The office program: what it says, asks and opens."""

    def tell(self, text: str, alarming: bool = False) -> None:
        """Say something and wait until it is read; nothing is going on meanwhile."""

    def ask(self, text: str) -> bool:
        """Whether the user agrees; nothing is going on while she thinks."""

    def quiet(self) -> AbstractContextManager[None]:
        """While a button works, the program does not complain that it has to wait for us."""

    def progress(self, text: str | None) -> None:
        """What is going on, in the status bar; None gives the bar back to the program."""

    def save_as(self, suggested: str, *kinds: str) -> str | None:
        """Where to save a new file of one of the kinds (``.docx``); None if the user cancels."""

    def choose(self, *kinds: str) -> str | None:
        """An existing file of one of the kinds; None if the user cancels."""

    def choose_one(self, title: str, items: Sequence[str]) -> int | None:
        """Which of some lines, counted from 0; None if the user cancels."""

    def open_workbook(self, path: str) -> None:
        """Open a workbook beside the others. Raises Refusal if another one of its name is open."""


class Desk(Protocol):
    """Carries plans out and says what was done."""

    def carry_out(self, plan: Plan, workbook: Workbook | None = None) -> int:
        """Do what was planned, in ``workbook`` if it changes one. Returns 1 if the document holds errors, else 0."""
