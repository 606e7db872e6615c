"""演示: the whole chain on the shipped samples."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

from jixiao.errors import Refusal
from jixiao.forms import library
from jixiao.hosts.saving import ensure_new
from jixiao.wording import commands as words

Command = Callable[[Sequence[str]], int]


def demo(folder: str, force: bool, run: Command) -> int:
    """import → check → fill → check → report → export for every sample; prints each command and where its files are."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    for source in sorted((Path(library.folder()) / "samples").glob("*.docx")):
        _chain(source, target, force, run)
    print(words.DEMO_DONE.format(folder=target.resolve()))
    return 0


def _chain(source: Path, target: Path, force: bool, run: Command) -> None:
    form = target / source.name
    ensure_new(str(form), force)
    shutil.copyfile(source, form)
    book = str(form.with_suffix(".xlsx"))
    stem = str(form.with_suffix(""))
    for arguments in (
        ["import", str(form), "-o", book, "--force"],
        ["check", book],
        ["fill", book, "--replace-typed"],
        ["check", "--mark", book],
        ["report", book, "-o", f"{stem}-评价报告.docx", "--force"],
        ["export", book, "-o", f"{stem}-上报版.xlsx", "--force"],
        ["export", book, "-o", f"{stem}-上报版.docx", "--force"],
    ):
        print(f"\n$ jixiao {' '.join(arguments)}")
        if run(arguments) == 2:
            raise Refusal(words.DEMO_FAILED.format(command=arguments[0]))
