"""How long reading a workbook and writing values back take inside one process: own package host against openpyxl.

Run ``python bench/readers.py``. The candidates take turns; the figures are medians, read the ratios. Both sides start from the
file on the disk and end with a file on the disk; ours also makes it last (fsync), openpyxl does not.
"""

import gc
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path

import openpyxl

from jixiao.grid import Change
from jixiao.hosts.package import PackageHost
from jixiao.hosts.saving import replace_file
from jixiao.places import address

ROUNDS = 15
VALUES = 120
TEMPLATES = Path(__file__).parents[1] / "workbook_templates"


def changes_for(path: Path) -> list[Change]:
    """New numbers for the numbers and formulas a fill would write, at most 120 of them."""
    grid = PackageHost(path).read().grids[0]
    inner = {
        (row, column)
        for area in grid.merges
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
        if (row, column) != (area.top, area.left)
    }
    cells = [(at, cell) for at, cell in sorted(grid.cells.items()) if at not in inner]
    return [Change(grid.title, *at, Decimal("9.98"), cell.formula) for at, cell in cells[:VALUES]]


def read_own(path: Path, _: Sequence[Change]) -> None:
    PackageHost(path).read()


def read_openpyxl(path: Path, _: Sequence[Change]) -> None:
    openpyxl.load_workbook(path)


def write_own(path: Path, changes: Sequence[Change]) -> None:
    host = PackageHost(path)
    host.write(changes)
    replace_file(path.with_name("own.xlsx"), host.to_bytes())


def write_openpyxl(path: Path, changes: Sequence[Change]) -> None:
    book = openpyxl.load_workbook(path)
    for change in changes:
        value = f"={change.formula}" if change.formula else 9.98
        book[change.sheet][address(change.row, change.column)] = value
    book.save(path.with_name("openpyxl.xlsx"))


def timed(action: Callable[[Path, Sequence[Change]], None], path: Path, changes: Sequence[Change]) -> float:
    gc.collect()
    start = time.perf_counter()
    action(path, changes)
    return (time.perf_counter() - start) * 1000


def compare(name: str, own: Callable[..., None], plain: Callable[..., None], path: Path) -> None:
    changes = changes_for(path)
    own(path, changes), plain(path, changes)
    pairs = [(timed(own, path, changes), timed(plain, path, changes)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"{name:28} own {ours:7.2f} ms   openpyxl {theirs:7.2f} ms   ratio {ours / theirs:.3f}")


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for template in sorted(TEMPLATES.glob("*.xlsx")):
            path = Path(folder) / template.name
            path.write_bytes(template.read_bytes())
            compare(f"{template.stem} read", read_own, read_openpyxl, path)
            compare(f"{template.stem} write", write_own, write_openpyxl, path)


if __name__ == "__main__":
    main()
