"""What one command costs as a whole process: jixiao against the floor and against the plain stack.

The floor is ``python -S`` unzipping every part of the workbook: nobody who reads a workbook in Python is faster. The plain
stack is a script that imports openpyxl and docxtpl at its top, as most tools do, and reads, saves or renders; it does not
compute or check anything. The commands take turns; ratios are medians over the turns.

This module stays small on purpose: a child process counts its parent's memory as its own until it starts its program.
"""

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROUNDS = 15
MEMORY_GOAL = 40
LOCAL = "yongde-2022"
JIXIAO = str(Path(sys.executable).with_name("jixiao"))

FLOOR = "import sys, zipfile; book = zipfile.ZipFile(sys.argv[1]); [book.read(part) for part in book.namelist()]"
IMPORTS = "import sys, openpyxl, docxtpl; book = openpyxl.load_workbook(sys.argv[1]); "
TWICE = IMPORTS + "shown = openpyxl.load_workbook(sys.argv[1], data_only=True); "
SAVE = IMPORTS + "book.active['A1'] = 1; book.save(sys.argv[2])"
RENDER = TWICE + (
    "made = docxtpl.DocxTemplate(sys.argv[3]); "
    "rows = [list(row) for row in shown.active.iter_rows(values_only=True)]; "
    "made.render({'sections': [('绩效', ['说明'] * 40, rows)]}); made.save(sys.argv[2])"
)


class Case(NamedTuple):
    """One command: how it runs here and in the plain stack, the goals for its ratios to the floor and to that stack.

    Every turn begins with a fresh copy of the workbook ``source``.
    """

    name: str
    ours: list[str]
    plain: list[str]
    floor_goal: float
    plain_goal: float
    source: Path


class Cost(NamedTuple):
    """Wall time and peak memory of one process."""

    milliseconds: float
    mebibytes: float


def cost(command: list[str]) -> Cost:
    """Run a command to its end. Raises RuntimeError if it was refused or broke (exit code 1 means: errors found)."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    taken = (time.perf_counter() - start) * 1000
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        assert process.stderr
        raise RuntimeError(process.stderr.read().decode())
    return Cost(taken, usage.ru_maxrss / 1024)


def prepared(folder: Path) -> tuple[Path, Path]:
    """A workbook as imported, with cells still to fill, and a Word template for the plain stack."""
    sample = next((Path(__file__).parent.parent / "workbook_templates" / "samples").glob("大同*.docx"))
    book, template = folder / "imported.xlsx", folder / "template.docx"
    subprocess.run([JIXIAO, "import", sample, "-o", book], check=True, stdout=subprocess.DEVNULL)
    making = f"import sys; sys.path[:0] = [{str(Path(__file__).parent)!r}]; import reports; "
    making += f"open({str(template)!r}, 'wb').write(reports.template())"
    subprocess.run([sys.executable, "-c", making], check=True)
    return book, template


def bureaus(folder: Path) -> Path:
    """A bureau's own workbook, as openpyxl saves a published form of 23 rows."""
    local = Path(__file__).parent.parent / "tests" / "forms" / "local"
    making = f"import sys; sys.path[:0] = [{str(local)!r}]; import building, form_file; from pathlib import Path; "
    making += f"form = form_file.load(Path({str(local)!r}, 'forms', '{LOCAL}.form')); building.write(form, Path({str(folder)!r}))"
    subprocess.run([sys.executable, "-c", making], check=True)
    return folder / f"{LOCAL}.xlsx"


def cases(imported: Path, foreign: Path, bound: Path, book: Path, output: Path, template: Path) -> list[Case]:
    plain = [sys.executable, "-c"]
    names = [str(book), str(output), str(template)]
    return [
        Case("check", [JIXIAO, "check", str(book)], [*plain, TWICE, *names], 3, 0.10, imported),
        Case("fill", [JIXIAO, "fill", "--replace-typed", str(book)], [*plain, SAVE, *names], 3, 0.10, imported),
        Case(
            "report",
            [JIXIAO, "report", str(book), "-o", str(output.with_suffix(".docx")), "--force"],
            [*plain, RENDER, *names],
            6,
            0.15,
            imported,
        ),
        Case("bind", [JIXIAO, "bind", str(book)], [*plain, SAVE, *names], 4, 0.15, foreign),
        Case("fill bound", [JIXIAO, "fill", "--replace-typed", str(book)], [*plain, SAVE, *names], 4, 0.15, bound),
    ]


def measure(folder: Path) -> None:
    """Measure every command and print its ratios beside the goals."""
    imported, template = prepared(folder)
    foreign, bound = bureaus(folder), folder / "bound.xlsx"
    shutil.copyfile(foreign, bound)
    subprocess.run([JIXIAO, "bind", bound], check=True, stdout=subprocess.DEVNULL)
    book = folder / "book.xlsx"
    print(f"{'whole process':14}{'ms':>8}{'/ floor':>10}{'goal':>6}{'/ plain':>10}{'goal':>6}{'MiB':>7}{'goal':>6}")
    for case in cases(imported, foreign, bound, book, folder / "saved.xlsx", template):
        turns = []
        for _ in range(ROUNDS + 1):
            shutil.copyfile(case.source, book)  # every turn finds the same cells to change
            floor = cost([sys.executable, "-S", "-c", FLOOR, str(book)])
            turns.append((cost(case.ours), floor, cost(case.plain)))
        _print(case, turns[1:])  # the first turn warms the disk and the byte code


def _print(case: Case, turns: list[tuple[Cost, Cost, Cost]]) -> None:
    milliseconds = statistics.median(ours.milliseconds for ours, _, _ in turns)
    to_floor = statistics.median(ours.milliseconds / floor.milliseconds for ours, floor, _ in turns)
    to_plain = statistics.median(ours.milliseconds / plain.milliseconds for ours, _, plain in turns)
    peak = max(ours.mebibytes for ours, _, _ in turns)
    print(
        f"{case.name:14}{milliseconds:8.0f}{to_floor:10.2f}{case.floor_goal:6.1f}{to_plain:10.3f}{case.plain_goal:6.2f}"
        f"{peak:7.1f}{MEMORY_GOAL:6}"
    )
