"""What the live host in LibreOffice costs: how often a button asks the office, and how fast blocks of cells go over.

Run ``python bench/calc.py``. The office is a private one behind a pipe; inside LibreOffice a question costs far less. The
number of questions must not grow with the indicators; blocks are compared with the bare calls of UNO for the same cells,
which know neither dates, error values nor Excel's notation. The candidates take turns; times are medians.
"""

import gc
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parents[1] / "tests"))
sys.path.append(str(Path(__file__).parents[1] / "tests" / "libreoffice"))

from jixiao import buttons
from jixiao.hosts.libreoffice.engine import register
from jixiao.office.launcher import Office
from live import Recorder, counted
from workbooks import large_form

ROUNDS = 7
INDICATORS = 10, 400
ROWS, COLUMNS = 1000, 10


def main() -> None:
    with Office(recalculate=True) as office, tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder  # the journal of these presses is nobody's
        print_buttons(office, Path(folder))
        print_blocks(office, Path(folder))


def print_buttons(office: Office, folder: Path) -> None:
    """Questions and time of each button, for a small and a large form."""
    app = register(office.context, boxes=Recorder(), hidden=True)
    costs: dict[str, list[tuple[int, float]]] = {}
    for indicators in INDICATORS:
        book = app.books.open(large_form(folder / f"{indicators}.xlsx", indicators))
        for button in ("fill", "check", "undo", "report"):
            start = time.perf_counter()
            with counted() as count:
                buttons.press(button, book=book)
            costs.setdefault(button, []).append((count[0], time.perf_counter() - start))
        book.close()
    print(f"{'button':10}" + "".join(f"{n:>8} indicators" + " " * 6 for n in INDICATORS))
    for button, pairs in costs.items():
        print(f"{button:10}" + "".join(f"{asked:9} questions {seconds:5.2f} s" for asked, seconds in pairs))


def print_blocks(office: Office, folder: Path) -> None:
    """A block through xlwings, and the bare call of UNO."""
    app = register(office.context, boxes=Recorder(), hidden=True)
    book = app.books.open(large_form(folder / "block.xlsx", 1))
    block = book.sheets[0].range((101, 31), (100 + ROWS, 30 + COLUMNS))
    bare = book.impl.sheets(1).api._native.getCellRangeByPosition(30, 100, 29 + COLUMNS, 99 + ROWS)
    numbers = [[row + column / 8 for column in range(COLUMNS)] for row in range(ROWS)]
    formulas = [[f"=SUM($A$1:$A$3,{column})" for column in range(COLUMNS)] for _ in range(ROWS)]
    native = tuple(tuple(text.replace(",", ";") for text in row) for row in formulas)
    plain = tuple(map(tuple, numbers))
    print(f"\n{f'{ROWS * COLUMNS} cells':18}{'ms':>8}{'bare ms':>9}{'ratio':>7}")
    for name, ours, theirs in (
        ("write numbers", lambda: setattr(block, "formula", numbers), lambda: bare.setDataArray(plain)),
        ("read values", lambda: block.options(err_to_str=True).value, bare.getDataArray),
        ("write formulas", lambda: setattr(block, "formula", formulas), lambda: bare.setFormulaArray(native)),
        ("read formulas", lambda: block.formula, bare.getFormulaArray),
    ):
        pairs = [(_milliseconds(ours), _milliseconds(theirs)) for _ in range(ROUNDS)]
        slow, fast = (statistics.median(times) for times in zip(*pairs, strict=True))
        ratio = statistics.median(one / other for one, other in pairs)
        print(f"{name:18}{slow:8.1f}{fast:9.1f}{ratio:7.2f}")
    book.close()


def _milliseconds(work: Callable[[], Any]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
