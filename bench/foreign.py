"""Foreign files: is every one of a folder read or refused, in time, and written back with nothing else changed?

``python bench/foreign.py FOLDER [ENDING …]`` takes every file with one of the endings (.xlsx .xlsm .docx). Each goes through

- ``check``;
- for a workbook the way of ``fill``: cells are changed, the package is written and read again. The changed cells hold what
  was written, every other cell what it held, and every part but the changed sheets is the same bytes;
- openpyxl, which must open what was written if it opened the original, and see the same texts in it.

Every step of every file is a process of its own with limits on time and memory, so nothing a file does ends the run. Printed are
counts: what was refused by sentence, what broke by its last line (bugs, each to be mended), what was torn, slow or large.
Test folders of other office programs' sources make good inputs; none of them belongs into the repository.
"""

import io
import multiprocessing
import re
import resource
import sys
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random
from typing import NamedTuple
from xml.etree import ElementTree

import openpyxl

from jixiao.actions.examine import examine
from jixiao.errors import Refusal
from jixiao.grid import Cell, Change, Document, Grid, Value
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost

ENDINGS = (".xlsx", ".xlsm", ".docx")
WORKBOOKS = (".xlsx", ".xlsm")
AT_ONCE = 2
SECONDS, MEBIBYTES = 20, 2048  # of processor time and of memory: no step gets more
PATIENCE = 600  # seconds, however busy the machine is
SLOW, LARGE = 5, 200  # what a user would mind
FORK = multiprocessing.get_context("fork")
LAST_ROW = 1_048_576
TEXT = " 外来<文件>&\n\t“_x0041_”😀 "


class Torn(Exception):
    """Something that had to stay as it was did not, or what was written is not there."""


class Outcome(NamedTuple):
    """How one step ended for one file: ``whole``, ``refused``, ``torn``, ``bug`` or ``killed``, and what was said."""

    step: str
    path: Path
    end: str
    said: str = ""
    seconds: float = 0
    mebibytes: float = 0


# ---------------------------------------------------------------- the steps


def check(path: Path) -> None:
    for finding in examine(load_document(str(path))):
        finding.line()


def write_back(path: Path) -> None:
    data = path.read_bytes()
    before, changes, written = changed(data, path)
    after = PackageHost.from_bytes(written, path.name).read()
    need_cells(before, after, changes)
    need_parts(data, written, len({change.sheet for change in changes}))


def open_elsewhere(path: Path) -> None:
    data = path.read_bytes()
    warnings.simplefilter("ignore")
    try:
        openpyxl.load_workbook(io.BytesIO(data))
    except Exception:
        return  # it never could
    _, changes, written = changed(data, path)
    try:
        book = openpyxl.load_workbook(io.BytesIO(written))
    except Exception as error:
        raise Torn(f"openpyxl opens it no more: {error!r}") from error
    for change in changes:
        if change.sheet not in book.sheetnames:
            continue  # it opens a Strict workbook as if it had no sheets
        found = book[change.sheet].cell(change.row, change.column).value
        if isinstance(change.value, str) and str(found).replace("_x005F_", "_") != change.value:  # it never unescapes
            raise Torn(f"openpyxl reads {found!r} for {change.value!r}")


STEPS: Mapping[str, Callable[[Path], None]] = {"check": check, "write back": write_back, "openpyxl": open_elsewhere}
OURS = ("check", "write back")  # openpyxl's own time and memory say nothing of us


def changed(data: bytes, path: Path) -> tuple[Document, Sequence[Change], bytes]:
    """A workbook, some changes to it, and the package with them."""
    host = PackageHost.from_bytes(data, path.name)
    before = host.read()
    changes = [change for grid in before.grids for change in changes_to(grid, Random(path.name))]
    host.write(changes)
    return before, changes, host.to_bytes()


def changes_to(grid: Grid, random: Random) -> Iterator[Change]:
    """A number, a text and a blank in cells that hold something, a text in a blank cell, a number below everything."""
    height, width = grid.height, grid.width
    covered = {
        (row, column)
        for area in grid.merges
        for row in range(area.top, min(area.bottom, height) + 1)
        for column in range(area.left, min(area.right, width) + 1)
    }
    typed = [at for at, cell in grid.cells.items() if cell.formula is None and at not in covered]
    values: list[Value] = [Decimal("4711.25"), TEXT, None]
    for at, value in zip(random.sample(typed, min(3, len(typed))), values, strict=False):
        yield Change(grid.title, *at, value)
    blank = random.randint(1, height + 1), random.randint(1, width + 1)
    if blank not in covered and blank not in grid.cells:
        yield Change(grid.title, *blank, TEXT)
    if height + 3 <= LAST_ROW:
        yield Change(grid.title, height + 3, 2, Decimal(-3))


def need_cells(before: Document, after: Document, changes: Iterable[Change]) -> None:
    """Raises Torn unless the changed cells, and only those, are different."""
    wanted = {(change.sheet, change.row, change.column): change.value for change in changes}
    for old, new in zip(before.grids, after.grids, strict=True):
        if _frame(old) != _frame(new):
            raise Torn("the sheet lost or got a name or a merged area")
        for row, column in old.cells.keys() | new.cells.keys():
            at = (old.title, row, column)
            if at in wanted and new.at(row, column).value != wanted[at]:
                raise Torn(f"wrote {wanted[at]!r}, read {new.at(row, column).value!r}")
            if at not in wanted and _kept(new.at(row, column)) != _kept(old.at(row, column)):
                raise Torn("a cell nobody changed reads differently")


def _kept(cell: Cell) -> Cell:
    """What no change elsewhere may touch: a result that was never saved is computed anew from what it is made of."""
    return cell if cell.saved else Cell("", formula=cell.formula)


def _frame(grid: Grid) -> Grid:
    """A sheet without what a new cell changes: what is hidden is told as far as cells go."""
    return grid._replace(cells={}, hidden_rows=frozenset(), hidden_columns=frozenset())


def need_parts(data: bytes, written: bytes, most: int) -> None:
    """Raises Torn unless all parts are there, in their order, and no more than ``most`` changed, which are well-formed."""
    old, new = zipfile.ZipFile(io.BytesIO(data)), zipfile.ZipFile(io.BytesIO(written))
    if old.namelist() != new.namelist():
        raise Torn("parts were lost, added or moved")
    different = [part for part in old.namelist() if old.read(part) != new.read(part)]
    if len(different) > most:
        raise Torn("parts changed that hold no changed sheet")
    for part in different:
        ElementTree.fromstring(new.read(part))


# ---------------------------------------------------------------- one process a step


def outcomes(path: Path) -> list[Outcome]:
    steps = STEPS if path.suffix.lower() in WORKBOOKS else ["check"]
    return [_outcome(step, path) for step in steps]


def _outcome(step: str, path: Path) -> Outcome:
    ours, theirs = FORK.Pipe(duplex=False)
    process = FORK.Process(target=_carry_out, args=(step, path, theirs))
    process.start()
    theirs.close()
    try:
        if ours.poll(PATIENCE):
            return ours.recv()  # type: ignore[no-any-return]
        return Outcome(step, path, "killed", f"waited {PATIENCE} s")
    except EOFError:
        process.join()
        return Outcome(step, path, "killed", f"its process ended with {process.exitcode}", SECONDS)
    finally:
        process.kill()
        process.join()


def _carry_out(step: str, path: Path, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEBIBYTES << 20, MEBIBYTES << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    start = time.process_time()
    end, said = _ended(STEPS[step], path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    answer.send(Outcome(step, path, end, said, time.process_time() - start, peak))


def _ended(work: Callable[[Path], None], path: Path) -> tuple[str, str]:
    try:
        work(path)
    except Refusal as refusal:
        return "refused", str(refusal).replace(str(path), "…").replace(path.name, "…")
    except Torn as torn:
        return "torn", str(torn)
    except MemoryError:
        return "killed", f"more than {MEBIBYTES} MiB"
    except BaseException as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return "bug", f"{type(error).__name__}: {error} ({Path(frame.filename).name}:{frame.lineno} {frame.name})"
    return "whole", ""


# ---------------------------------------------------------------- what is told


def noteworthy(outcome: Outcome) -> bool:
    """What has to be looked at, said at once: the counts come at the end only."""
    costly = outcome.end == "killed" or outcome.seconds > SLOW or outcome.mebibytes > LARGE
    return outcome.end in ("torn", "bug") or (costly and outcome.step in OURS)


def told(found: Sequence[Outcome], folder: Path) -> Iterator[str]:
    for step in STEPS:
        these = [outcome for outcome in found if outcome.step == step]
        counts = Counter(outcome.end for outcome in these)
        yield f"\n{step}: {len(these)} files"
        for end in ("whole", "refused", "torn", "bug", "killed"):
            yield f"{counts[end]:7} {end}"
            if end != "whole":
                yield from _grouped([outcome for outcome in these if outcome.end == end], folder)
    ours = [outcome for outcome in found if outcome.step in OURS]
    yield from _above("seconds", SLOW, [(outcome.seconds, outcome) for outcome in ours], folder)
    yield from _above("MiB", LARGE, [(outcome.mebibytes, outcome) for outcome in ours], folder)


def _grouped(found: Sequence[Outcome], folder: Path) -> Iterator[str]:
    """One line for whatever differs only in numbers and in what is quoted, with the first file of its kind."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in found:
        groups.setdefault(re.sub(r"“[^”]*”|'[^']*'|\d+", "#", outcome.said), []).append(outcome)
    for group in sorted(groups.values(), key=len, reverse=True):
        yield f"{len(group):15} {group[0].said[:200]!r} {group[0].path.relative_to(folder)}"


def _above(unit: str, limit: float, measured: Iterable[tuple[float, Outcome]], folder: Path) -> Iterator[str]:
    above = sorted((item for item in measured if item[0] > limit), key=lambda item: -item[0])
    yield f"\nover {limit} {unit}: {len(above)}"
    for value, outcome in above:
        yield f"{value:15.1f} {outcome.step}, {outcome.end}: {outcome.path.relative_to(folder)}"


def main(folder: Path, endings: Sequence[str]) -> None:
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in endings and path.is_file())
    found: list[Outcome] = []
    with ProcessPoolExecutor(AT_ONCE, FORK) as pool:
        for number, several in enumerate(pool.map(outcomes, paths), 1):
            found += several
            for outcome in several:
                if noteworthy(outcome):
                    print(f"{number}/{len(paths)}", *outcome, flush=True)
    print("\n".join(told(found, folder)))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or ENDINGS)
