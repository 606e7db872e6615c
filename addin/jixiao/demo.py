"""演示: the whole chain on the shipped samples."""

import shutil
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from jixiao.errors import Refusal
from jixiao.figures import parse
from jixiao.forms import library
from jixiao.grid import Change
from jixiao.hosts.package import PackageHost
from jixiao.hosts.saving import ensure_new
from jixiao.wording import commands as words

Command = Callable[[Sequence[str]], int]


def demo(folder: str, force: bool, run: Command) -> int:
    """import → check → fill → check → report → export for every sample; prints each command and where its files are."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    samples = sorted((Path(library.folder()) / "samples").glob("*.docx"))
    if not samples:
        raise Refusal(words.NO_SAMPLES)
    for source in samples:
        _chain(source, target, force, run)
    print(words.DEMO_DONE.format(folder=target.resolve()))
    return 0


def _chain(source: Path, target: Path, force: bool, run: Command) -> None:
    form = target / source.name
    ensure_new(str(form), force)
    shutil.copyfile(source, form)
    book, stem = str(form.with_suffix(".xlsx")), str(form.with_suffix(""))
    _run(run, "import", str(form), "--native", "-o", book, "--force")
    _write_author_texts(book, source.with_suffix(".toml"))
    _run(run, "check", book)
    _run(run, "fill", book, "--replace-typed")
    _run(run, "check", "--mark", book)
    _run(run, "report", book, "-o", f"{stem}-评价报告.docx", "--force")
    _run(run, "export", book, "-o", f"{stem}-上报版.xlsx", "--force")
    _run(run, "export", book, "-o", f"{stem}-上报版.docx", "--force")


def _run(run: Command, *arguments: str) -> None:
    print(f"\n$ jixiao {' '.join(arguments)}")
    if run(arguments) == 2:
        raise Refusal(words.DEMO_FAILED.format(command=arguments[0]))


def _write_author_texts(book: str, facts: Path) -> None:
    """Type into the area 报告用 what only an author knows."""
    texts = tomllib.loads(facts.read_text(encoding="utf-8")).get("report", {})
    if not texts:
        return
    host = PackageHost(book)
    grid = host.read().grids[0]
    changes = []
    for fact, text in texts.items():
        if isinstance(text, str):
            changes.append(Change(grid.title, grid.names[fact].top, grid.names[fact].left, text))
    for row in texts.get("indicators", []):
        for field, text in row.items():
            if field != "row":
                area = grid.names[f"indicators.{field}"]
                figure = parse(text)
                value = figure.value if figure and not figure.percent else text
                changes.append(Change(grid.title, area.top + row["row"], area.left, value))
    host.write(changes)
    host.save()
    print(words.DEMO_TYPED)
