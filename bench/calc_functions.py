"""What a cell function costs in LibreOffice Calc: 10,000 grades by the add-on, by nested IFs, and by functions in Basic.

Run ``python bench/calc_functions.py`` where LibreOffice is installed. Each candidate has a workbook of its own; they are
recalculated and read by turns. The figures are medians over the turns, read the ratios.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from queue import Queue
from typing import Any, TypeVar

sys.path.append(str(Path(__file__).parents[1] / "tests" / "addins" / "calc"))

from addon_office import workbook

from jixiao.addins.calc import ADDON, addon_file
from jixiao.office.finding import load_uno
from jixiao.office.launcher import Office

CELLS, ROUNDS = 10_000, 11
SECONDS = 300
IF_GOAL, BASIC_GOAL = 10, 10

_T = TypeVar("_T")

BASIC = """
Private functions As Object

Function SameGrade(total)
    If IsNull(functions) Then functions = createUnoService("org.jixiao.Functions")
    SameGrade = functions.PERF_GRADE(CStr(total), Empty)
End Function

Function PlainGrade(total)
    If total >= 90 Then
        PlainGrade = "优"
    ElseIf total >= 80 Then
        PlainGrade = "良"
    ElseIf total >= 60 Then
        PlainGrade = "中"
    Else
        PlainGrade = "差"
    End If
End Function
"""
FORMULAS = {
    "nested IFs": '=IF(A{row}>=90;"优";IF(A{row}>=80;"良";IF(A{row}>=60;"中";"差")))',
    "PERF_GRADE": "=PERF_GRADE(A{row})",
    "Basic, the same": "=SAMEGRADE(A{row})",
    "Basic, only Ifs": "=PLAINGRADE(A{row})",
}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Office() as office:
        package = Path(folder, ADDON)
        package.write_bytes(addon_file())
        office.install(str(package))
        libraries = office.service("com.sun.star.script.ApplicationScriptLibraryContainer")
        libraries.getByName("Standard").insertByName("Grades", BASIC)
        report(in_main_thread(office, lambda: measured(office)))


def in_main_thread(office: Office, work: Callable[[], _T]) -> _T:
    """Work done by the office's main thread, as when a user types.

    What we do while the office calls us runs in the thread that calls. Elsewhere Python would be given a new state with every
    call of a function, which takes two to four times as long.
    """
    load_uno()
    import unohelper
    from com.sun.star.awt import XCallback

    results: Queue[_T] = Queue()

    class Call(unohelper.Base, XCallback):
        def notify(self, _: object) -> None:
            results.put(work())

    office.service("com.sun.star.awt.AsyncCallback").addCallback(Call(), None)
    return results.get(timeout=SECONDS)


def measured(office: Office) -> dict[str, list[float]]:
    """Milliseconds of each candidate, turn by turn."""
    turns: dict[str, list[float]] = {name: [] for name in FORMULAS}
    with ExitStack() as stack:
        documents = {name: stack.enter_context(workbook(office)) for name in FORMULAS}
        for name, document in documents.items():
            _enter(document.Sheets.getByIndex(0), FORMULAS[name])
        for _ in range(ROUNDS + 1):
            for name, document in documents.items():
                turns[name].append(_milliseconds(document))
    return {name: times[1:] for name, times in turns.items()}  # the first turn loads what is needed


def _enter(sheet: Any, formula: str) -> None:
    """Totals in the first column, their grades in the second."""
    sheet.getCellRangeByName(f"A1:A{CELLS}").setDataArray(tuple((50 + row % 500 / 10,) for row in range(CELLS)))
    formulas = tuple((formula.format(row=row),) for row in range(1, CELLS + 1))
    sheet.getCellRangeByName(f"B1:B{CELLS}").setFormulaArray(formulas)


def _milliseconds(document: Any) -> float:
    """Recalculate, and read every grade."""
    start = time.perf_counter()
    document.calculateAll()
    grades = document.Sheets.getByIndex(0).getCellRangeByName(f"B1:B{CELLS}").getDataArray()
    taken = (time.perf_counter() - start) * 1000
    assert {grade for (grade,) in grades} == {"优", "良", "中", "差"}
    return taken


def report(turns: dict[str, list[float]]) -> None:
    """Medians, and ratios taken turn by turn."""
    ifs, ours, same, plain = turns.values()
    for name, times in turns.items():
        print(f"{name:16}{statistics.median(times):8.0f} ms")
    print(f"PERF_GRADE / nested IFs       {_ratio(ours, ifs):6.1f}   goal at most {IF_GOAL}")
    print(f"Basic, the same / PERF_GRADE  {_ratio(same, ours):6.1f}   goal at least {BASIC_GOAL}")
    print(f"Basic, only Ifs / PERF_GRADE  {_ratio(plain, ours):6.1f}   without texts, blanks, errors and schemes")


def _ratio(over: list[float], under: list[float]) -> float:
    return statistics.median(a / b for a, b in zip(over, under, strict=True))


if __name__ == "__main__":
    main()
