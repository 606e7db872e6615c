"""The terminal: a plan is carried out as the command says, and said line by line."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.desks.putting import content, numbered, put, refuse_source, suggested, write_new
from jixiao.errors import Refusal
from jixiao.outputs import beside
from jixiao.wording import commands as words
from jixiao.wording.binding import WOULD_BIND
from jixiao.wording.changes import change_line

if TYPE_CHECKING:
    from jixiao.desks.contract import Workbook


MOST_LISTED = 8


class Terminal:
    """Somebody gave a command about ``source``: where new files go, what may be overwritten, and what else she wishes."""

    def __init__(
        self,
        source: str | None,
        output: str | None = None,
        force: bool = False,
        dry_run: bool = False,
        contents: bool = False,
        pdf: bool = False,
        several: bool = False,
    ) -> None:
        self._source, self._output, self._force = source, output, force
        self._dry_run, self._contents, self._pdf, self._several = dry_run, contents, pdf, several

    def carry_out(self, plan: Plan, workbook: "Workbook | None" = None) -> int:
        """Do what was planned and say so. Returns 1 if the document holds errors, else 0."""
        if plan.files:
            self._write(plan.files)
        if self._dry_run:
            self._foretell(plan)
        elif workbook:
            self._put(plan, workbook)
        if plan.listing:
            if self._several:
                print(words.OF_FILE.format(path=self._source))
            print("\n".join(plan.listing.lines()))
        for remark in plan.remarks:
            _say(remark)
        return int(plan.errors)

    # ---- the workbook itself

    def _foretell(self, plan: Plan) -> None:
        """What would be written, and is not."""
        if not (plan.changes or plan.bindings):
            print(words.DONE.format(done=plan.done, path=self._source))
            return
        would = WOULD_BIND if plan.bindings else words.WOULD_FILL
        print(would.format(count=len(plan.changes), sheets=len(plan.bindings)))
        print("\n".join(f"  {change_line(change)}" for change in plan.changes))

    def _put(self, plan: Plan, workbook: "Workbook") -> None:
        put(plan, workbook, saved=True)
        if plan.listing and plan.marking:
            print(words.MARKED.format(count=plan.marking.cells, path=self._source))
        else:
            print(words.DONE.format(done=plan.done, path=self._source))
        if plan.bindings and not plan.goes_back:
            for change in plan.changes:
                print(f"  {change_line(change)}")

    # ---- new files

    def _write(self, files: Sequence[NewFile]) -> None:
        outputs = self._outputs(files)
        for file, output in zip(files, outputs, strict=True):
            self._claim(output, file.endings)
        printed = [f"{os.path.splitext(output)[0]}.pdf" for output in outputs] if self._pdf else []
        for output in printed:
            self._claim(output, (".pdf",))
        written = [content(file, output, self._original) for file, output in zip(files, outputs, strict=True)]
        if self._contents:
            written = _with_page_numbers(written)
        if printed:
            self._save(_as_pdf(written), printed)
        for file, output, data in zip(files, outputs, written, strict=True):
            self._save([data], [output])
            if file.gaps:
                _say(Remark(words.GAPS_HEAD.format(count=len(file.gaps)), file.gaps, more=words.GAPS_MORE))

    def _outputs(self, files: Sequence[NewFile]) -> list[str]:
        """One file beside the source (or as -o says); for several one each in a folder."""
        from jixiao.hosts.saving import make_folder

        output, source = self._output, self._source or ""
        if output is None and len(files) == 1:
            return [suggested(files[0], source)]
        if output is None or (files[0].title and _is_folder(output)):
            folder = beside(source, "", files[0].suffix) if output is None else output
            make_folder(folder)
            return numbered(files, folder)
        if len(files) > 1:
            raise Refusal(words.ONE_OUTPUT.format(path=source, count=len(files)))
        return [output]

    def _original(self) -> bytes:
        """The file the command is about."""
        from jixiao.hosts.saving import read_bytes

        return read_bytes(self._source or "")

    def _claim(self, output: str, endings: tuple[str, ...]) -> None:
        """Refuse an output with a false ending, one that exists (without --force), and always the source itself."""
        from jixiao.hosts.saving import ensure_new

        if not output.lower().endswith(endings):
            raise Refusal(words.WRONG_ENDING.format(path=output, endings="、".join(endings)))
        refuse_source(output, self._source)
        ensure_new(output, self._force)

    def _save(self, contents: Sequence[bytes], outputs: Sequence[str]) -> None:
        for output, data in zip(outputs, contents, strict=True):
            write_new(output, data, replace=self._force)
            print(words.WRITTEN.format(path=output))


def _is_folder(output: str) -> bool:
    """Whether -o means a folder: it is one, or is written like one."""
    return os.path.isdir(output) or bool(output) and not os.path.splitext(output)[1]


def _with_page_numbers(reports: list[bytes]) -> list[bytes]:
    """With page numbers in the 目录 where an office can count them; Word counts them itself."""
    from jixiao.hosts.libreoffice.conversion import numbered as counted

    try:
        return counted(reports)
    except Refusal as refusal:
        print(words.NO_PAGES.format(reason=refusal))
        return reports


def _as_pdf(reports: Sequence[bytes]) -> list[bytes]:
    from jixiao.hosts.libreoffice.conversion import pdf

    return pdf(reports)


def _say(remark: Remark) -> None:
    """The lines below their heading; those of a remark that says where to read the rest, only as far as one can see."""
    if not remark.heading:
        print("\n".join(remark.lines))
        return
    print(remark.heading + "：" * bool(remark.lines))
    shown = remark.lines[:MOST_LISTED] if remark.more else remark.lines
    for line in shown:
        print(f"  {line}{remark.hint}")
    if len(remark.lines) > len(shown):
        print(f"  {remark.more.format(count=len(remark.lines) - len(shown))}")
