"""Putting a plan into its workbook and its files, whichever desk carries it out."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, NamedTuple, cast

from jixiao.actions.plan import NewFile, Plan
from jixiao.errors import Refusal
from jixiao.hosts.identity import Identity, new_number, new_step
from jixiao.ours import has_bound
from jixiao.outputs import beside, distinct
from jixiao.wording import commands as words
from jixiao.wording.actions import NO_JOURNAL

if TYPE_CHECKING:
    from jixiao.actions.book import Book, Sketch
    from jixiao.actions.steps import Step
    from jixiao.desks.contract import Workbook
    from jixiao.grid import Document
    from jixiao.report.document import WordDocument


def put(plan: Plan, workbook: "Workbook", saved: bool) -> None:
    """Write a plan into its workbook, and save it if ``saved``.

    The workbook names the newest step that stands in it. The journal knows a step before the workbook names it: what is
    not known could not be taken back. What comes into a file comes there when it is saved, into a program at once.
    """
    turn = _turn(plan, workbook)
    if not saved:
        _remember(plan, workbook, turn)
    with _bound(plan, workbook), _named(plan, workbook, turn):
        if plan.marking is not None:
            workbook.mark(plan.marking.marks, plan.marking.lines)
        workbook.write(plan.changes)
    if saved:
        _remember(plan, workbook, turn)
        workbook.save()


class _Turn(NamedTuple):
    """What a workbook is called before and after a plan was put into it."""

    before: Identity
    after: Identity


def _turn(plan: Plan, workbook: "Workbook") -> _Turn | None:
    """None if the newest step stays the newest."""
    from jixiao.actions.steps import CHECKED
    from jixiao.desks.journal import Journal

    if not (plan.goes_back or plan.step and has_bound(plan.document)):
        return None
    before = workbook.identity(plan.document) or Identity(new_number())
    journal = Journal(before.number, workbook.place)
    if plan.goes_back:
        return _Turn(before, before._replace(step=journal.previous(before.step)))
    if plan.step == CHECKED and journal.steps(before.step)[-1:] == [CHECKED]:
        return None  # to check again takes nothing away that could be put back
    return _Turn(before, before._replace(step=new_step()))


def _remember(plan: Plan, workbook: "Workbook", turn: _Turn | None) -> None:
    """Raises Refusal where nothing can be remembered: what could not be taken back is not written either."""
    from jixiao.desks.journal import Journal

    if turn is None or plan.step is None:
        return
    try:
        Journal(turn.before.number, workbook.place).keep(turn.after.step, turn.before.step, plan.step)
    except (Refusal, OSError) as error:
        raise Refusal(NO_JOURNAL.format(name=plan.document.name)) from error


@contextmanager
def _bound(plan: Plan, workbook: "Workbook") -> Iterator[None]:
    """Sheets are bound before anything is written into them, and let go if that fails; or let go after it is taken back."""
    if plan.goes_back or not plan.bindings:
        yield
    else:
        workbook.bind(plan.bindings)
        try:
            yield
        except BaseException:
            with suppress(Exception):
                _let_go(plan, workbook)
            raise
    if plan.goes_back and plan.bindings:
        _let_go(plan, workbook)


def _let_go(plan: Plan, workbook: "Workbook") -> None:
    former = plan.former if plan.goes_back or plan.step is None else plan.step.former
    workbook.unbind(plan.bindings)
    if former:
        workbook.bind(former)


@contextmanager
def _named(plan: Plan, workbook: "Workbook", turn: _Turn | None) -> Iterator[None]:
    """The workbook names its newest step before anything is written into it, and the old one again if that fails."""
    if turn is None:
        yield
        return
    workbook.identify(plan.document, turn.after)
    try:
        yield
    except BaseException:
        with suppress(Exception):
            workbook.identify(plan.document, turn.before)
        raise


def history(workbook: "Workbook", document: "Document") -> "list[Step]":
    """The steps that stand in a workbook, the newest last. ``document`` is the workbook as it was read."""
    from jixiao.desks.journal import Journal

    identity = workbook.identity(document)
    return Journal(identity.number, workbook.place).steps(identity.step) if identity else []


def write_new(path: str, data: bytes, replace: bool) -> None:
    """Write a new file. One that is there already is replaced only if its owner has agreed, and kept as a backup first."""
    from jixiao.hosts.saving import read_bytes, replace_file, replace_read
    from jixiao.hosts.saving.locks import locked

    if not replace:
        replace_file(path, data, new=True)
        return
    with locked(path):
        if os.path.exists(path):
            replace_read(path, data, read_bytes(path))
        else:
            replace_file(path, data)


def content(file: NewFile, path: str, original: Callable[[], bytes]) -> bytes:
    """A file as it is written under this path: its ending says as what. ``original`` is the workbook it may be a copy of."""
    from jixiao.actions.book import Copy

    if isinstance(file.model, Copy):
        from jixiao.hosts.package.copying import copied

        return copied(file.model, original(), os.path.basename(path))
    ending = os.path.splitext(path)[1].lower()
    if ending == ".docx":
        from jixiao.hosts.word.writing import render_verified

        return render_verified(cast("WordDocument", file.model))
    if ending == ".txt":
        return _text(cast("Sketch", file.model), os.path.splitext(os.path.basename(path))[0])
    from jixiao.addins.excel.files import workbook_file

    return workbook_file(cast("Book", file.model), ending)


def _text(model: "Sketch", name: str) -> bytes:
    """A drawing as Notepad shows it, old ones too. Raises Refusal for a name that cannot be its id."""
    from jixiao.forms.writing import written
    from jixiao.shelf import check_name

    check_name(name)
    text = written(model.drawing._replace(id=name), model.head, model.tail)
    return text.replace("\n", "\r\n").encode("utf-8-sig")


def suggested(file: NewFile, source: str) -> str:
    """What a single file is called: after the document it comes from, and beside it."""
    return beside(source, file.endings[0], file.suffix)


def numbered(files: Sequence[NewFile], folder: str) -> list[str]:
    """What several files in one folder are called: each after its form."""
    names = distinct([file.title for file in files])
    return [
        os.path.join(folder, f"{name}{file.suffix}{file.endings[0]}") for name, file in zip(names, files, strict=True)
    ]


def refuse_source(output: str, source: str | None) -> None:
    """Raise Refusal if an output is the document it comes from: that is never overwritten."""
    if source and os.path.exists(source) and os.path.exists(output) and os.path.samefile(source, output):
        raise Refusal(words.OUTPUT_IS_SOURCE.format(path=output))
