"""Putting a plan into its workbook and its files, whichever desk carries it out."""

import os
from collections.abc import Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING, cast

from jixiao.actions.plan import NewFile, Plan
from jixiao.errors import Refusal
from jixiao.outputs import beside, distinct
from jixiao.wording import commands as words

if TYPE_CHECKING:
    from jixiao.actions.book import Book
    from jixiao.actions.steps import Step
    from jixiao.desks.contract import Workbook
    from jixiao.grid import Document
    from jixiao.report.document import WordDocument


def put(plan: Plan, workbook: "Workbook", saved: bool) -> None:
    """Write a plan into its workbook, and save it if ``saved``.

    The journal knows a step before the workbook does: a step that never arrived is passed over, one that is not known
    could not be taken back.
    """
    from jixiao.desks.journal import Journal

    remembered = plan.step is not None or plan.forgets > 0
    journal = Journal(workbook.identify(plan.document)) if remembered else None
    with journal.keeping(plan.step) if journal and plan.step else nullcontext():
        if plan.marking is not None:
            workbook.mark(plan.marking.marks, plan.marking.lines)
        workbook.write(plan.changes)
        if saved:
            workbook.save()
    if journal and plan.forgets:
        journal.forget(plan.forgets)


def history(workbook: "Workbook", document: "Document") -> "list[Step]":
    """The steps that were written into a workbook, the newest last. ``document`` is the workbook as it was read."""
    from jixiao.desks.journal import Journal

    identity = workbook.identity(document)
    return Journal(identity).steps() if identity else []


def content(file: NewFile, path: str) -> bytes:
    """A file as it is written under this path: its ending says as what."""
    ending = os.path.splitext(path)[1].lower()
    if ending == ".docx":
        from jixiao.hosts.word.writing import render_verified

        return render_verified(cast("WordDocument", file.model))
    from jixiao.addins.excel.files import workbook_file

    return workbook_file(cast("Book", file.model), ending)


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
