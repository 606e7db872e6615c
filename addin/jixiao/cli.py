"""The command line: parses, has one action plan, and hands the plan to its desk. No rule lives here."""

import argparse
import gc
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from jixiao.arguments import DEFAULT_FORM, parse
from jixiao.desks import streams
from jixiao.desks.streams import Unsaid
from jixiao.errors import Refusal
from jixiao.logbook import report_bug
from jixiao.wording import commands as words

if TYPE_CHECKING:
    from jixiao.actions.plan import Plan
    from jixiao.desks.contract import Desk
    from jixiao.grid import Document
    from jixiao.hosts.package import PackageHost


def run() -> None:
    """Entry point of the program ``jixiao``."""
    gc.disable()  # a command is short and leaves little garbage; collecting costs a tenth of its time
    streams.prepare()
    sys.exit(_ended(sys.argv[1:]))


def _ended(arguments: Sequence[str]) -> int:
    """The exit code of a command, however it ends: 130 if it was interrupted, 141 if nobody reads on."""
    try:
        code = main(arguments)
        sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        print(words.INTERRUPTED, file=sys.stderr)
        return 130
    except Unsaid as unsaid:
        streams.abandon()
        if unsaid.left:
            return 141
        print(words.UNSAID.format(reason=unsaid), file=sys.stderr)
        return 2


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns 0, 1 (errors found) or 2 (a file or a wish is refused)."""
    options = parse(arguments)
    return _guarded(lambda: ACTIONS[options.command](options))


def _guarded(work: Callable[[], int]) -> int:
    """The code of some work; 2 if it is refused or fails, which is said in one line."""
    try:
        return work()
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
    except Exception:
        print(report_bug(words.LOG_HINT, words.LOG_LOST), file=sys.stderr)
    return 2


# ---- new files


def _new(options: argparse.Namespace) -> int:
    from jixiao.actions import create
    from jixiao.desks.terminal import Terminal

    if options.source and (options.form or options.projects):
        raise Refusal(words.FROM_ALONE)
    if options.source:
        plan = create.plan_from(_read(options.source), options.year, options.native, options.protect)
    else:
        form, projects = options.form or DEFAULT_FORM, options.projects or 1
        plan = create.plan(form, options.year, projects, options.native, options.protect)
    return Terminal(options.source, options.output, options.force).carry_out(plan)


def _import(options: argparse.Namespace) -> int:
    from jixiao.actions import importing
    from jixiao.desks.terminal import Terminal

    plan = importing.plan(_read(options.file), options.native, options.form)
    return Terminal(options.file, options.output, options.force).carry_out(plan)


def _report(options: argparse.Namespace) -> int:
    from jixiao.actions import write_report
    from jixiao.desks.terminal import Terminal
    from jixiao.installation.fonts import missing_fonts

    plan = write_report.plan(_read(options.file), options.contents)
    desk = Terminal(options.file, options.output, options.force, contents=options.contents, pdf=options.pdf)
    desk.carry_out(plan)
    missing = missing_fonts()
    if missing:
        print(words.FONTS_HINT.format(fonts="、".join(missing)))
    return 0


def _export(options: argparse.Namespace) -> int:
    from jixiao.actions import export
    from jixiao.desks.terminal import Terminal

    as_word = options.word or (options.output or "").lower().endswith(".docx")
    plan = export.plan(_read(options.file), as_word)
    return Terminal(options.file, options.output, options.force).carry_out(plan)


def _draw(options: argparse.Namespace) -> int:
    from jixiao.actions import draw

    if options.check:
        return _checked_drawings(options.files)
    from jixiao.desks.terminal import Terminal

    if len(options.files) != 1:
        raise Refusal(words.ONE_FILE)
    [path] = options.files
    return Terminal(path, options.output, options.force).carry_out(draw.plan(_read(path)))


def _checked_drawings(files: Sequence[str]) -> int:
    from jixiao.actions.draw import checked, own_files

    def check_one(path: str) -> int:
        verdict = checked(path)
        print(verdict.sentence)
        return int(verdict.wrong)

    found = own_files()
    if not files:
        print(*found.said, sep="\n", end="\n" * bool(found.said))
    return max(_each(files or found.paths, check_one), int(not files and found.wrong))


# ---- the workbooks themselves


def _fill(options: argparse.Namespace) -> int:
    from jixiao.actions import fill
    from jixiao.desks.terminal import Terminal

    def fill_one(path: str) -> int:
        if options.dry_run:
            return Terminal(path, dry_run=True).carry_out(fill.plan(_read(path), options.replace_typed))
        return _edit(path, Terminal(path), lambda document, _: fill.plan(document, options.replace_typed))

    return _each(options.files, fill_one)


def _bind(options: argparse.Namespace) -> int:
    from jixiao.actions import bind
    from jixiao.desks.terminal import Terminal

    def planned(document: "Document") -> "Plan":
        return bind.plan(document, options.replace_typed, options.functions)

    def bind_one(path: str) -> int:
        if options.dry_run:
            return Terminal(path, dry_run=True).carry_out(planned(_read(path)))
        return _edit(path, Terminal(path), lambda document, _: planned(document))

    return _each(options.files, bind_one)


def _undo(options: argparse.Namespace) -> int:
    from jixiao.actions import undo
    from jixiao.desks.putting import history
    from jixiao.desks.terminal import Terminal

    def undo_one(path: str) -> int:
        return _edit(path, Terminal(path), lambda document, host: undo.plan(document, history(host, document)))

    return _each(options.files, undo_one)


def _edit(path: str, desk: "Desk", planned: "Callable[[Document, PackageHost], Plan]") -> int:
    """Have what is planned for a workbook written into it, while nobody else writes it."""
    from jixiao.hosts.files import editing

    with editing(path) as host:
        return desk.carry_out(planned(host.read(), host), host)


# ---- what is found out


def _check(options: argparse.Namespace) -> int:
    from jixiao.actions import examine
    from jixiao.desks.putting import history

    def check_one(path: str, desk: "Desk") -> int:
        if options.unmark:
            return _edit(path, desk, lambda document, host: examine.unmark(document, history(host, document)))
        if options.mark:
            return _edit(path, desk, lambda document, _: examine.plan(document, marking=True))
        return desk.carry_out(examine.plan(_read(path), marking=False))

    return _rules(options) if options.rules else _listing(options, check_one)


def _rules(options: argparse.Namespace) -> int:
    from jixiao.actions import rules

    return _listing(options, lambda path, desk: desk.carry_out(rules.plan(_read(path))))


def _facts(options: argparse.Namespace) -> int:
    from jixiao.actions import facts

    return _listing(options, lambda path, desk: desk.carry_out(facts.plan(_read(path))))


def _listing(options: argparse.Namespace, serve: "Callable[[str, Desk], int]") -> int:
    """Serve every file; what is listed is printed, with ``--json`` as one list at the end."""
    if options.json:
        from jixiao.desks.json_list import JsonList

        listed = JsonList()
        code = _each(options.files, lambda path: serve(path, listed.desk(path)))
        listed.print()
        return code
    from jixiao.desks.terminal import Terminal

    several = len(options.files) > 1
    return _each(options.files, lambda path: serve(path, Terminal(path, several=several)))


def _read(path: str) -> "Document":
    from jixiao.hosts.files import load_document

    return load_document(path)


def _each(files: Sequence[str], work: Callable[[str], int]) -> int:
    """Serve every file; one that is refused does not stop the others. Returns the highest code."""
    code = 0
    for number, path in enumerate(files):
        if number:
            gc.collect(0)  # the collector is off: what the file before left in circles goes now
        code = max(code, _guarded(partial(work, path)))
    return code


# ---- the machine


def _demo(options: argparse.Namespace) -> int:
    from jixiao.demo import demo

    return demo(options.output, options.force, main)


def _doctor(options: argparse.Namespace) -> int:
    from jixiao.doctor import doctor

    return _told(doctor())


def _install(options: argparse.Namespace) -> int:
    from jixiao.installation.setup import install
    from jixiao.installation.system import this_machine

    return _told(install(this_machine(), options.at_logon))


def _uninstall(options: argparse.Namespace) -> int:
    from jixiao.installation.setup import uninstall
    from jixiao.installation.system import this_machine

    return _told(uninstall(this_machine()))


def _told(lines: Sequence[str]) -> int:
    print("\n".join(lines))
    return 0


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "new": _new,
    "import": _import,
    "bind": _bind,
    "fill": _fill,
    "undo": _undo,
    "facts": _facts,
    "check": _check,
    "report": _report,
    "export": _export,
    "draw": _draw,
    "demo": _demo,
    "doctor": _doctor,
    "install": _install,
    "uninstall": _uninstall,
}


if __name__ == "__main__":
    run()
