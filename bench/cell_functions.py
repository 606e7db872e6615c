"""What a cell function costs: its start-up against bare Python, and a range in one call against a call for every cell.

Run ``python bench/functions.py``. The candidates take turns; the figures are medians over the turns, read the ratios.

Start-up counts our own modules: in the function server xlwings is loaded before us, so a stand-in takes its place; what
xlwings itself imports is shown apart. Calls go through xlwings' own ``call_udf`` over the stand-ins of the tests, in a
process of its own; Excel's part, which is the same for a cell and a range, is not in them.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

START_ROUNDS, CALL_ROUNDS = 21, 11
START_GOAL, RANGE_GOAL = 6, 20
CELLS = 10_000
FUNCTION = "PERF_WEIGHT_DIFF"

STAND_IN = (
    "import sys; xlwings = sys.modules['xlwings'] = type(sys)('xlwings'); "
    "xlwings.func = xlwings.arg = lambda *_, **options: lambda function: function; "
)
PROGRAMS = {
    "bare Python": "pass",
    "import jixiao.cells": STAND_IN + "import jixiao.cells",
    "and a first answer": STAND_IN + "import jixiao.cells; jixiao.cells.PERF_GRADE(91.5)",
    "import xlwings": "import xlwings",
}
# -S: what an installed package's start-up file loads is not ours.
ENVIRONMENT = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
GOALS = {"import jixiao.cells": START_GOAL}


def main() -> None:
    print_starts()
    print_calls()


def print_starts() -> None:
    """Whole processes, ratios to bare Python."""
    turns: dict[str, list[float]] = {name: [] for name in PROGRAMS}
    for _ in range(START_ROUNDS + 1):
        for name, program in PROGRAMS.items():
            turns[name].append(_milliseconds(program))
    bare, *_ = turns.values()
    print(f"{'start of a process':22}{'ms':>8}{'/ bare':>10}{'goal':>6}")
    for name, times in turns.items():
        ratios = [
            time / floor for time, floor in zip(times[1:], bare[1:], strict=True)
        ]  # the first turn warms the disk
        goal = GOALS.get(name, "")
        print(f"{name:22}{statistics.median(times[1:]):8.1f}{statistics.median(ratios):10.2f}{goal:>6}")


def _milliseconds(program: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-S", "-c", program], env=ENVIRONMENT, check=True)
    return (time.perf_counter() - start) * 1000


def print_calls() -> None:
    """One function over the same cells: as a range in one call, and cell by cell."""
    sys.path.append(str(Path(__file__).parents[1] / "tests" / "addins" / "excel"))
    from excel_calling import MISSING, connect

    udfs, _ = connect()
    column = tuple((number % 100 + 0.25,) for number in range(CELLS))

    def call(value: Any) -> None:
        udfs.call_udf("jixiao.cells", FUNCTION, (value, MISSING))

    turns = []
    for _ in range(CALL_ROUNDS + 1):
        start = time.perf_counter()
        call(column)
        between = time.perf_counter()
        for (value,) in column:
            call(value)
        turns.append(((between - start) * 1000, (time.perf_counter() - between) * 1000))
    whole, single = map(statistics.median, zip(*turns[1:], strict=True))
    ratio = statistics.median(single / whole for whole, single in turns[1:])
    print(f"{FUNCTION} of {CELLS} cells: one call {whole:.1f} ms, {CELLS} calls {single:.0f} ms", end="")
    print(f", ratio {ratio:.1f} (goal: {RANGE_GOAL})")


if __name__ == "__main__":
    main()
