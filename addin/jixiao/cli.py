"""The command line: parses, calls one action, prints. No rule lives here."""

import argparse
import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from jixiao.arguments import DEFAULT_FORM, parse
from jixiao.errors import Refusal
from jixiao.logbook import keep_traceback
from jixiao.outputs import beside, distinct
from jixiao.wording import commands as words

if TYPE_CHECKING:
    from jixiao.findings import Finding
    from jixiao.grid import Document

MOST_LISTED = 8
WORKBOOKS = (".xlsx", ".xlsm")
Items = list[dict[str, object]]


def run() -> None:
    """Entry point of the program ``jixiao``."""
    gc.disable()  # a command is short and leaves little garbage; collecting costs a tenth of its time
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1:]))


def main(arguments: Sequence[str]) -> int:
    """Run one command. Returns 0, 1 (errors found) or 2 (a file or a wish is refused)."""
    options = parse(arguments)
    try:
        code = ACTIONS[options.command](options)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception:
        print(words.LOG_HINT.format(path=keep_traceback()), file=sys.stderr)
        return 2
    return code


def _new(options: argparse.Namespace) -> int:
    from jixiao.actions.create import new, new_from
    from jixiao.addins.excel.files import workbook_file
    from jixiao.hosts.files import load_document
    from jixiao.hosts.saving import replace_file

    _claim(options.output, WORKBOOKS, options.force, options.source)
    if options.source and (options.form or options.projects):
        raise Refusal(words.FROM_ALONE)
    if options.source:
        book = new_from(load_document(options.source), options.year, options.native, options.protect)
    else:
        book = new(options.form or DEFAULT_FORM, options.year, options.projects or 1, options.native, options.protect)
    replace_file(options.output, workbook_file(book, _ending(options.output)), new=not options.force)
    print(words.WRITTEN.format(path=options.output))
    return 0


def _import(options: argparse.Namespace) -> int:
    from jixiao.actions.importing import import_document
    from jixiao.addins.excel.files import workbook_file
    from jixiao.hosts.files import load_document
    from jixiao.hosts.saving import replace_file
    from jixiao.wording.places import place_words

    output = options.output or beside(options.file, ".xlsx", "-导入")
    _claim(output, WORKBOOKS, options.force, options.file)
    book = import_document(load_document(options.file), options.native)
    replace_file(output, workbook_file(book, _ending(output)), new=not options.force)
    print(words.WRITTEN.format(path=output))
    for finding in book.defects:
        print(finding.line())
    if book.unplaced:
        print(words.UNPLACED_HEAD.format(count=len(book.unplaced)))
        _print_some([f"{place_words(s.place)}：{_short(s.text)}" for s in book.unplaced], words.UNPLACED_MORE)
    return 0


def _fill(options: argparse.Namespace) -> int:
    return _each(options.files, lambda path: _fill_one(path, options))


def _fill_one(path: str, options: argparse.Namespace) -> int:
    from jixiao.actions.fill import fill
    from jixiao.hosts.files import editing
    from jixiao.wording.changes import change_line, typed_line

    with editing(path) as host:
        filling = fill(host.read(), options.replace_typed)
        if filling.found and filling.changes and not options.dry_run:
            host.write(filling.changes)
            host.save()
    if not filling.found:
        raise Refusal(words.no_form(path) + words.IMPORT_FIRST)
    if not filling.changes:
        print(words.NOTHING_TO_FILL.format(path=path))
    elif options.dry_run:
        print(words.WOULD_FILL.format(count=len(filling.changes)))
        for change in filling.changes:
            print(f"  {change_line(change)}")
    else:
        print(words.FILLED.format(count=len(filling.changes), path=path))
    if filling.typed:
        print(words.TYPED_HEAD)
        for change in filling.typed:
            print(f"  {typed_line(change)}{words.REPLACE_HINT}")
    return 0


def _facts(options: argparse.Namespace) -> int:
    return _listing(options, _facts_of)


def _facts_of(path: str, options: argparse.Namespace, listed: Items) -> int:
    from jixiao.actions.facts import seen
    from jixiao.hosts.files import load_document

    found = seen(load_document(path))
    if not found:
        raise Refusal(words.no_form(path))
    if options.json:
        listed += [form.as_json(path) for form in found]
        return 0
    _name_file(path, options)
    for form in found:
        print("\n".join(form.lines()))
    return 0


def _check(options: argparse.Namespace) -> int:
    return _listing(options, _rules_of if options.rules else _check_one)


def _listing(options: argparse.Namespace, one: Callable[[str, argparse.Namespace, Items], int]) -> int:
    """Serve every file; ``one`` prints, or adds to the one list that is printed with ``--json``."""
    listed: Items = []
    code = _each(options.files, lambda path: one(path, options, listed))
    if options.json:
        import json

        print(json.dumps(listed, ensure_ascii=False, indent=1))
    return code


def _name_file(path: str, options: argparse.Namespace) -> None:
    """Of several files each is named before what is said of it."""
    if len(options.files) > 1:
        print(f"【{path}】")


def _check_one(path: str, options: argparse.Namespace, listed: Items) -> int:
    from jixiao.actions.examine import examine, lines, marks
    from jixiao.findings import has_errors
    from jixiao.hosts.files import editing, load_document

    if options.unmark:
        with editing(path) as host:
            host.mark({}, [])
            host.save()
        if not options.json:
            print(words.UNMARKED.format(path=path))
        return 0
    if options.mark:
        with editing(path) as host:
            findings = examine(host.read())
            host.mark(marks(findings), lines(findings))
            host.save()
        if not options.json:
            print(words.MARKED.format(count=sum(map(len, marks(findings).values())), path=path))
    else:
        findings = examine(load_document(path))
    if options.json:
        listed += [finding.as_json(path) for finding in findings]
    else:
        _name_file(path, options)
        _print_findings(findings)
    return int(has_errors(findings))


def _rules_of(path: str, options: argparse.Namespace, listed: Items) -> int:
    from jixiao.actions.rules import ruled
    from jixiao.hosts.files import load_document

    found = ruled(load_document(path))
    if options.json:
        listed += [item for form in found for item in form.as_json(path)]
        return int(any(form.errors for form in found))
    _name_file(path, options)
    for form in found:
        print("\n".join(form.lines()))
    if not found:
        print(f"{words.NO_FORM}。")
    return int(any(form.errors for form in found))


def _print_findings(findings: "Sequence[Finding]") -> None:
    from jixiao.findings import Severity

    heading = None
    for finding in findings:
        if finding.places and finding.places[0].sheet != heading:
            heading = finding.places[0].sheet
            print(f"〔{heading}〕")
        print(finding.line())
    if findings:
        counts = [sum(finding.severity is severity for finding in findings) for severity in Severity]
        print(words.SUMMARY_LINE.format(errors=counts[0], warnings=counts[1], infos=counts[2]))
    else:
        print(words.NOTHING_FOUND)


def _report(options: argparse.Namespace) -> int:
    from jixiao.actions.write_report import write_reports
    from jixiao.hosts.files import load_document
    from jixiao.hosts.saving import replace_file
    from jixiao.hosts.word.writing import render_verified

    document = load_document(options.file)
    reports = write_reports(document)
    outputs = _outputs(options, [report.sheet for report in reports], ".docx", "-评价报告")
    for output in outputs:
        _claim(output, (".docx",), options.force, options.file)
    printed = [f"{os.path.splitext(output)[0]}.pdf" for output in outputs] if options.pdf else []
    for output in printed:
        _claim(output, (".pdf",), options.force)
    texts = [render_verified(report.document._replace(contents=options.contents)) for report in reports]
    if options.contents:
        texts = _numbered(texts)
    if printed:
        _write_pdf(texts, printed, options.force)
    for report, output, text in zip(reports, outputs, texts, strict=True):
        replace_file(output, text, new=not options.force)
        print(words.WRITTEN.format(path=output))
        if report.gaps:
            print(words.GAPS_HEAD.format(count=len(report.gaps)))
            _print_some(report.gaps, words.GAPS_MORE)
    _mention_errors(document)
    _mention_fonts()
    return 0


def _numbered(texts: list[bytes]) -> list[bytes]:
    """With page numbers in the 目录 where an office can count them; Word counts them itself."""
    from jixiao.hosts.libreoffice.conversion import numbered

    try:
        return numbered(texts)
    except Refusal as refusal:
        print(words.NO_PAGES.format(reason=refusal))
        return texts


def _write_pdf(texts: list[bytes], outputs: Sequence[str], force: bool) -> None:
    from jixiao.hosts.libreoffice.conversion import pdf
    from jixiao.hosts.saving import replace_file

    for output, data in zip(outputs, pdf(texts), strict=True):
        replace_file(output, data, new=not force)
        print(words.WRITTEN.format(path=output))


def _mention_errors(document: "Document") -> None:
    """What is written repeats the form as it is filled; say so where the form has errors."""
    from jixiao.actions.examine import examine
    from jixiao.findings import Severity

    errors = sum(finding.severity is Severity.ERROR for finding in examine(document))
    if errors:
        print(words.STILL_ERRORS.format(count=errors))


def _print_some(lines: Sequence[str], more: str) -> None:
    for line in lines[:MOST_LISTED]:
        print(f"  {line}")
    if len(lines) > MOST_LISTED:
        print(more.format(count=len(lines) - MOST_LISTED))


def _mention_fonts() -> None:
    from jixiao.installation.fonts import missing_fonts

    missing = missing_fonts()
    if missing:
        print(words.FONTS_HINT.format(fonts="、".join(missing)))


def _outputs(options: argparse.Namespace, titles: Sequence[str], ending: str, suffix: str) -> list[str]:
    """One file beside the source (or as -o says); for several forms one file each in a folder."""
    from jixiao.hosts.saving import make_folder

    named = not options.output or options.output.lower().endswith(ending)
    if len(titles) == 1 and named:
        return [options.output or beside(options.file, ending, suffix)]
    if options.output and named:
        raise Refusal(words.ONE_OUTPUT.format(path=options.file, count=len(titles)))
    folder = options.output or beside(options.file, "", suffix)
    make_folder(folder)
    return [os.path.join(folder, f"{name}{suffix}{ending}") for name in distinct(titles)]


def _export(options: argparse.Namespace) -> int:
    from jixiao.actions.export import export_word, export_workbook
    from jixiao.hosts.files import load_document
    from jixiao.hosts.saving import replace_file

    as_word = options.word or (options.output or "").lower().endswith(".docx")
    output = options.output or beside(options.file, ".docx" if as_word else ".xlsx", "-上报版")
    _claim(output, (".docx",) if as_word else (".xlsx",), options.force, options.file)
    document = load_document(options.file)
    if as_word:
        from jixiao.hosts.word.writing import write_document

        write_document(export_word(document), output, options.force)
    else:
        from jixiao.builder import build

        replace_file(output, build(export_workbook(document)), new=not options.force)
    print(words.WRITTEN.format(path=output))
    _mention_errors(document)
    return 0


def _demo(options: argparse.Namespace) -> int:
    from jixiao.demo import demo

    return demo(options.output, options.force, main)


def _doctor(options: argparse.Namespace) -> int:
    from jixiao.doctor import doctor

    print("\n".join(doctor()))
    return 0


def _install(options: argparse.Namespace) -> int:
    from jixiao.installation.setup import install
    from jixiao.installation.system import this_machine

    print("\n".join(install(this_machine(), options.at_logon)))
    return 0


def _uninstall(options: argparse.Namespace) -> int:
    from jixiao.installation.setup import uninstall
    from jixiao.installation.system import this_machine

    print("\n".join(uninstall(this_machine())))
    return 0


def _each(files: Sequence[str], work: Callable[[str], int]) -> int:
    """Serve every file; one that is refused does not stop the others. Returns the highest code."""
    code = 0
    for path in files:
        try:
            code = max(code, work(path))
        except Refusal as refusal:
            print(refusal, file=sys.stderr)
            code = 2
        except BrokenPipeError:
            raise
        except Exception:
            print(words.LOG_HINT.format(path=keep_traceback()), file=sys.stderr)
            code = 2
    return code


def _claim(output: str, endings: tuple[str, ...], force: bool, source: str | None = None) -> None:
    """Refuse an output with a false ending, one that exists (without --force), and always the source itself."""
    from jixiao.hosts.saving import ensure_new

    if not output.lower().endswith(endings):
        raise Refusal(words.WRONG_ENDING.format(path=output, endings="、".join(endings)))
    if source and os.path.exists(output) and os.path.samefile(source, output):
        raise Refusal(words.OUTPUT_IS_SOURCE.format(path=output))
    ensure_new(output, force)


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].lower()


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 40 else line[:40] + "…"


ACTIONS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "new": _new,
    "import": _import,
    "fill": _fill,
    "facts": _facts,
    "check": _check,
    "report": _report,
    "export": _export,
    "demo": _demo,
    "doctor": _doctor,
    "install": _install,
    "uninstall": _uninstall,
}


if __name__ == "__main__":
    run()
