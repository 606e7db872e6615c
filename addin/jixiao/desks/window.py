"""The desk in an office program's window: asks before it writes, says one thing at the end, opens what was made."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.desks import opening
from jixiao.desks.contract import LiveWorkbook, Program, Workbook
from jixiao.desks.putting import content, numbered, put, refuse_source, suggested, write_new
from jixiao.errors import Refusal
from jixiao.ours import FORM_NAME, LOCAL, SUMMARY_FORM, is_bound, is_foreign
from jixiao.outputs import beside
from jixiao.places import address
from jixiao.wording import buttons as words
from jixiao.wording.binding import NO_FORMULAS, SELECTED, WILL_BIND
from jixiao.wording.changes import change_line

if TYPE_CHECKING:
    from jixiao.grid import Change, Document

MOST_SHOWN = 12


class WindowDesk:
    """Somebody pressed a button. ``front`` is the workbook in front, if there is one."""

    def __init__(self, program: Program, front: LiveWorkbook | None, read_only: bool = False) -> None:
        self.program = program
        self._front, self._read_only = front, read_only
        self._replaceable: set[str] = set()

    @property
    def workbook(self) -> LiveWorkbook:
        """The workbook in front. Raises Refusal if there is none."""
        if self._front is None:
            raise Refusal(words.NO_WORKBOOK)
        return self._front

    def document(self) -> "Document":
        """The workbook as it is now. Raises Refusal if no sheet of it is ours or bound, or a newer program made one.

        A sheet that was only bound may name a drawing of somebody else's: it is read by what it prints.
        """
        from jixiao.forms.library import identifiers

        workbook = self.workbook
        self.program.progress(words.READING)
        document = workbook.read()
        bound = [grid for grid in document.grids if is_bound(grid)]
        if not bound:
            raise Refusal(words.NOT_OURS)
        made_by_us = {grid.constants[FORM_NAME] for grid in bound if not is_foreign(grid)}
        unknown = made_by_us - {*identifiers(), SUMMARY_FORM, LOCAL}
        if unknown:
            raise Refusal(words.TOO_NEW.format(form="、".join(sorted(unknown))))
        return document

    def carry_out(self, plan: Plan, workbook: Workbook | None = None) -> int:
        """Do what was planned for the workbook in front, if the user agrees, and tell what became of it."""
        if plan.files:
            self._make(plan, self._base())
        elif self._agreed(plan):
            self._put(plan)
        return int(plan.errors)

    # ---- the workbook itself

    def _agreed(self, plan: Plan) -> bool:
        """What a plan takes back the user has asked for; what it adds she sees first."""
        if not (plan.changes or plan.bindings) or plan.goes_back:
            return True
        lines = _shown([change_line(change) for change in plan.changes])
        if plan.bindings:
            self.workbook.show_cells(_cells(plan.changes))
            remarks = _paragraphs(*map(_said, plan.remarks))
            question = WILL_BIND.format(
                sheets=len(plan.bindings),
                count=len(plan.changes),
                selected=SELECTED if plan.changes else "",
                lines=lines or NO_FORMULAS,
                remarks=remarks,
            )
        else:
            asked = words.WILL_FILL if plan.step else words.WILL_REFRESH
            question = asked.format(count=len(plan.changes), lines=lines)
        return self.program.ask(words.READ_ONLY * self._read_only + question)

    def _put(self, plan: Plan) -> None:
        if plan.changes or plan.bindings or plan.marking or plan.goes_back:
            self.program.progress(words.WRITING)
            put(plan, self.workbook, saved=False)
        if plan.marking and plan.marking.lines:
            self.workbook.show_findings()
        listed = (
            _shown(list(plan.listing.lines())) if plan.listing and not plan.marking else ""
        )  # else it stands on a sheet
        remarks = () if plan.bindings and not plan.goes_back else plan.remarks  # those were part of the question
        self.program.tell(_paragraphs(f"{plan.done}。", listed, *map(_said, remarks)))

    # ---- new files

    def make_workbook(self, plan: Plan, source: str | None = None) -> None:
        """Have a new workbook written where the user wants it, suggested beside what it comes from, and open it."""
        [file] = plan.files
        base = source or os.path.join(self._folder(), plan.document.name)
        path = self._target(suggested(file, base), file.endings, source)
        if path:
            self._write(file, path)
            self.program.open_workbook(path)
            self.program.tell(_paragraphs(words.WRITTEN.format(paths=path), *map(_said, plan.remarks)))

    def _folder(self) -> str:
        """Where a new file goes: beside the workbook in front, else into the user's documents."""
        folder = os.path.dirname(self._front.place) if self._front else ""
        return folder if folder and os.path.isdir(folder) else _documents()

    def _base(self) -> str:
        """The workbook in front, as if it lay where its files go."""
        return os.path.join(self._folder(), os.path.basename(self.workbook.place))

    def _make(self, plan: Plan, base: str) -> None:
        paths = self._paths(plan.files, base)
        for number, (file, path) in enumerate(zip(plan.files, paths, strict=False), 1):
            self.program.progress(words.MAKING.format(number=number, count=len(paths)))
            self._write(file, path)
        if paths:
            self._announce(plan, paths)

    def _paths(self, files: Sequence[NewFile], base: str) -> list[str]:
        """Where files go: one the user names, or one a form in a folder beside the workbook; [] if declined."""
        from jixiao.hosts.saving import make_folder

        if len(files) == 1:
            path = self._target(suggested(files[0], base), files[0].endings, self.workbook.place)
            return [path] if path else []
        folder = beside(base, "", files[0].suffix)
        if not self.program.ask(words.ONE_FOLDER.format(count=len(files), folder=folder)):
            return []
        make_folder(folder)
        paths = numbered(files, folder)
        return paths if self._may_write(paths) else []

    def _target(self, proposed: str, endings: tuple[str, ...], source: str | None) -> str | None:
        """Where the user wants a new file; None if she cancels or does not want to overwrite. Never the source itself."""
        path = self.program.save_as(proposed, *endings)
        if not path:
            return None
        if not path.lower().endswith(endings):
            path += endings[0]
        refuse_source(path, source)
        return path if self._may_write([path]) else None

    def _may_write(self, paths: Sequence[str]) -> bool:
        there = [path for path in paths if os.path.exists(path)]
        if there and not self.program.ask(words.OVERWRITE.format(paths=_shown(there))):
            return False
        self._replaceable.update(there)
        return True

    def _write(self, file: NewFile, path: str) -> None:
        write_new(path, content(file, path, lambda: self.workbook.content()), replace=path in self._replaceable)

    def _announce(self, plan: Plan, paths: Sequence[str]) -> None:
        """Say what was written and what is still wrong, and open it if the user likes."""
        gaps = sum(len(file.gaps) for file in plan.files)
        gap_line = words.GAPS.format(count=gaps) if gaps else ""
        written = words.WRITTEN.format(paths=_shown(paths))
        if self.program.ask(_paragraphs(written, gap_line, *map(_said, plan.remarks), words.OPEN_NOW)):
            opening.show(paths[0] if len(paths) == 1 else os.path.dirname(paths[0]))


def _cells(changes: "Sequence[Change]") -> dict[str, list[str]]:
    """The addresses of the cells that change, by sheet."""
    cells: dict[str, list[str]] = {}
    for change in changes:
        cells.setdefault(change.sheet, []).append(address(change.row, change.column))
    return cells


def _documents() -> str:
    home = os.path.expanduser("~")
    documents = os.path.join(home, "Documents")
    return documents if os.path.isdir(documents) else home


def _said(remark: Remark) -> str:
    """A box has little room: what is brief, or the first lines below their heading."""
    if remark.brief:
        return f"{remark.brief}。"
    if not remark.lines:
        return remark.heading
    return (f"{remark.heading}：\n" if remark.heading else "") + _shown(remark.lines)


def _shown(lines: Sequence[str]) -> str:
    """The first lines, and how many more there are."""
    more = [words.MORE.format(count=len(lines) - MOST_SHOWN)] if len(lines) > MOST_SHOWN else []
    return "\n".join([*lines[:MOST_SHOWN], *more])


def _paragraphs(*texts: str) -> str:
    return "\n\n".join(text for text in texts if text)
