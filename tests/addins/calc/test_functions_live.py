"""Every function as Calc computes it, beside the same function called in Python."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
from addon_office import answers, enter, put, workbook

from jixiao.functions import FUNCTIONS, Argument, CellError, Function
from jixiao.office.launcher import Office
from jixiao.places import address

CASES = 40  # a function
NUMBERS = [0, 1, 0.96, 9.5, 10, 12.345, 80, 89.996, 95, 100, 101, 173246, 1e15, -3, 0.1 + 0.2, 1 / 3]
TEXTS = ["９５", "95%", "≥95%", "＜10", "1,234.5", "及时", "很好", "  ", "—", "定性", "部分达成", 'a"b']
BLANKS = [None, ""]
OPTIONAL = {"方案": ["wuhua-2024", "sichuan-2023", "hubei"], "性质": ["≥", "＜", "定性", "不详"]}


def value(random: Random, argument: Argument) -> Any:
    """Something to type for an argument; a lone 0 is left out where it may be a blank."""
    if argument.range:
        return [[random.choice(NUMBERS + TEXTS[:1] + BLANKS)] for _ in range(random.randint(2, 4))]
    if argument.optional:
        return random.choice(OPTIONAL.get(argument.name, NUMBERS[1:]) + BLANKS)
    return random.choice(NUMBERS * 2 + TEXTS + BLANKS)


def cases(function: Function) -> list[list[Any]]:
    random = Random(function.name)
    required = sum(not argument.optional for argument in function.arguments)
    counts = [random.randint(required, len(function.arguments)) for _ in range(CASES)]
    return [[value(random, argument) for argument in function.arguments[:count]] for count in counts]


def expected(function: Function, arguments: list[Any]) -> float | str:
    try:
        answer = function.call(*arguments)
    except CellError as error:
        return error.code
    return float(answer) if isinstance(answer, Decimal) else answer or ""


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=FUNCTIONS)
def test_calc_and_python_agree(office: Office, function: Function) -> None:
    listed = cases(function)
    with workbook(office) as document:
        sheet = document.getSheets().getByIndex(0)
        formulas = []
        for number, arguments in enumerate(listed):
            places = []
            for column, argument in enumerate(arguments, 1):
                block = argument if isinstance(argument, list) else [[argument]]
                top = 5 * number
                put(sheet, top, column, block)
                last = f":{address(top + len(block), column + 1)}" if isinstance(argument, list) else ""
                places.append(address(top + 1, column + 1) + last)
            formulas.append(f"{function.name}({';'.join(places)})")
        enter(sheet, 0, formulas)
        found = answers(sheet, 0, len(listed))
    wanted = [expected(function, arguments) for arguments in listed]
    assert found == wanted
    assert len(set(found)) > 2, "cases that all look alike prove nothing"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        ("PERF_GRADE(89.996)", "良"),
        ('PERF_GRADE("８９.996";"wuhua-2024")', "良"),
        ("PERF_SCORE(95;90;10)", 9.47),
        ('PERF_EXEC_SCORE(17.29;17.32;;"sichuan-2023")', 9.98),
        ('PERF_SCORE("及时";"及时";10)', 10.0),
        ("PERF_GRADE(Z99)", ""),
        ("PERF_WEIGHT_DIFF(Z98:Z99)", ""),
        ("PERF_WEIGHT_DIFF({20;70.5})", -9.5),
        ("PERF_WEIGHT_DIFF({1;2};Z99)", -97.0),
        ("PERF_WEIGHT_DIFF({1;2};0)", -97.0),  # Calc cannot tell 0 from a blank cell where an argument may be left out
        ('PERF_GRADE("很好")', "#VALUE!"),
        ("PERF_GRADE(101)", "#VALUE!"),
        ('PERF_GRADE(90;"hubei")', "#N/A"),
        ("PERF_GROWTH(1;0)", "不可比"),
        ("PERF_EXEC_RATE(1;0)", ""),  # ruling 11: over 0 there is no rate
        ("PERF_EXEC_RATE(0;0)", ""),
        ("PERF_EXEC_SCORE(1;0;10)", ""),
        ("PERF_COMPLETION(1;0)", ""),
        ("PERF_EXEC_SCORE(1;1;-10)", "#VALUE!"),
        ('PERF_EXEC_SCORE(1;1;10;"hubei")', "#N/A"),
        ('PERF_SCORE(95;"已完成";10;"≥")', "#VALUE!"),
        ('PERF_SCORE(95;"NaN";10;"＝")', "#VALUE!"),
        ("PERF_GRADE(1/0)", "#DIV/0!"),
        ("PERF_GRADE(NA())", "#N/A"),
        ("PERF_WAN(1E+300)", 1e296),
        ("PERF_WAN(1E+017)", 1e13),
        ("PERF_GRADE()", "Err:504"),
        ('IFERROR(PERF_WAN("甲");"无")', "无"),
        ('IF(ISNA(PERF_GRADE(90;"hubei"));"查不到";"")', "查不到"),
        ('ERROR.TYPE(PERF_WAN("甲"))', 3.0),
    ],
)
def test_answers_worked_out_by_hand(office: Office, formula: str, shown: float | str) -> None:
    with workbook(office) as document:
        sheet = document.getSheets().getByIndex(0)
        enter(sheet, 0, [formula])
        assert answers(sheet, 0, 1) == [shown]


def test_an_array_formula_answers_cell_by_cell(office: Office) -> None:
    with workbook(office) as document:
        sheet = document.getSheets().getByIndex(0)
        put(sheet, 0, 0, [[95], [85], [None]])
        sheet.getCellRangeByName("B1:B3").setArrayFormula("=PERF_GRADE(A1:A3)")
        assert answers(sheet, 1, 3) == ["优", "良", ""]
