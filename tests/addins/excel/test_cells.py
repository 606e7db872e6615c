"""Every function as Excel calls it: through xlwings' own code, with the values Excel hands over, until VBA has the answer.

Numbers are worked out by hand. A row reads like a formula: ``("PERF_GRADE", [91.5], "优")`` is ``=PERF_GRADE(91.5)``.
"""

import inspect
import math
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from excel_calling import MISSING, ErrorCell, Excel
from hypothesis import given
from hypothesis import strategies as st

from jixiao import cells
from jixiao.functions import FUNCTIONS

VALUES: list[tuple[str, list[Any], float | str]] = [
    ("PERF_GRADE", [91.5], "优"),
    ("PERF_GRADE", [89.996], "良"),
    ("PERF_GRADE", [60], "中"),
    ("PERF_GRADE", ["５９.９９"], "差"),
    ("PERF_GRADE", [99.97, "wuhua-2024"], "优"),
    ("PERF_SCORE", [95, 90, 10, "≥"], 9.47),  # 10 × 90/95 = 9.4737
    ("PERF_SCORE", ["≥95%", 0.96, 10], 10.0),
    ("PERF_SCORE", [10, 15, 10, "≤"], 5.0),  # half over: half is left
    ("PERF_SCORE", ["及时", "及时", 10, MISSING, "sichuan-2023"], 10.0),
    ("PERF_SCORE", ["优", "较好", 20, "定性"], ""),  # a matter of judgement
    ("PERF_SCORE", ["≥24场", "12场", 5], 2.5),
    ("PERF_SCORE", ["12万人次", 12, 5], ""),  # not comparable
    ("PERF_EXEC_RATE", [17.29, 17.32], 0.9983),  # 0.99827
    ("PERF_EXEC_RATE", [0, 0], ""),  # ruling 11: over 0 there is no rate
    ("PERF_EXEC_RATE", [1, 0], ""),
    ("PERF_EXEC_SCORE", [1, 0], ""),
    ("PERF_ARRIVAL_RATE", [1, 0], ""),
    ("PERF_SHARE", [1, 0], ""),
    ("PERF_COMPLETION", [1, 0], ""),
    ("PERF_DEVIATION", [0, 1], ""),
    ("PERF_SAVING_RATE", [0, 5], ""),
    ("PERF_SURVEY_SCORE", [[[1]], [[100]], 0], ""),
    ("PERF_GROWTH", [5, 0], "不可比"),
    ("PERF_GROWTH", [0, 0], ""),
    ("PERF_EXEC_SCORE", [17.29, 17.32], 9.98),  # of the customary 10 points
    ("PERF_EXEC_SCORE", [135, 194, 20], 13.92),  # 20 × 0.695876
    ("PERF_EXEC_SCORE", ["17.29", "17.32", 3, "wuhua-2024"], 2.99),  # 2.9948
    ("PERF_ARRIVAL_RATE", [45, 60], 0.75),
    ("PERF_TIER_CHECK", [1, 10, 8], "符合"),
    ("PERF_TIER_CHECK", ["部分达成", 10, 8], "“部分达成年度指标并具有一定效果”应得6分（含）至8分（不含）"),
    ("PERF_SATISFACTION_SCORE", [0.9, 0.95, 10], 9.47),
    ("PERF_SATISFACTION_SCORE", ["99.83%", "≥95%", 10], 10.0),
    ("PERF_WEIGHT_DIFF", [[[50], [30], [10], [10]]], 0.0),
    ("PERF_WEIGHT_DIFF", [[[20, 10.5], ["５９.５", None]]], -10.0),
    ("PERF_WEIGHT_DIFF", [[[0.1], [0.2]], 0.3], 0.0),
    ("PERF_WEIGHT_DIFF", [90], -10.0),  # a range of one cell arrives as the cell
    ("PERF_COMPLETION", [4.1956, 3.87], 1.0841),  # 1.08413
    ("PERF_COMPLETION", ["及时", "及时"], ""),
    ("PERF_DEVIATION", [100, 130], 0.3),
    ("PERF_DEVIATION", [20000, 19999], -0.0001),  # -0.00005, half away from zero
    ("PERF_GROWTH", [16.42, 17.70], -0.0723),  # -0.07232
    ("PERF_SHARE", [1, 3], 0.3333),
    ("PERF_SHARE", ["１００", "1,000"], 0.1),
    ("PERF_SAVING_RATE", [17.32, 17.29], 0.0017),  # 0.03/17.32 = 0.00173
    ("PERF_BAND_SCORE", ["110%", 1, 1.2, 3], 1.5),
    ("PERF_STEP_SCORE", [0.94, 0.95, 0.01, 0.1, 2], 1.9),  # one step
    ("PERF_SURVEY_SCORE", [[[80], [15], [5]], [[100], [80], [60]], 100], 95.0),  # (8000 + 1200 + 300) / 100
    ("PERF_SURVEY_SCORE", [[[80, None, 20]], [[100, 80, 60]], 100], 92.0),
    ("PERF_WAN", [173246], 17.32),
    ("PERF_WAN", ["172,950"], 17.3),  # 17.295
    ("PERF_EXPLAIN", [95, 97, 10, "≥"], "完成值97达到指标值95，得满分10分"),
    ("PERF_EXPLAIN", ["95%", 0.9, 10], "完成值0.9未达到指标值95%，得分＝10×(94.74%÷100%)＝9.47分"),
]

WRONG: list[tuple[str, list[Any], str]] = [
    ("PERF_GRADE", ["很好"], "#VALUE!"),
    ("PERF_GRADE", [101], "#VALUE!"),
    ("PERF_GRADE", [90, "hubei"], "#N/A"),
    ("PERF_GRADE", [[[90], [80]]], "#VALUE!"),  # a range where one cell belongs
    ("PERF_SCORE", [95, 95, "十分"], "#VALUE!"),
    ("PERF_SCORE", [95, 95, 10, "不详"], "#VALUE!"),
    ("PERF_SCORE", ["及时", "及时", "9" * 400], "#VALUE!"),  # more digits than any number of people
    ("PERF_SCORE", [95, "已完成", 10, "≥"], "#VALUE!"),  # a nature that compares numbers
    ("PERF_EXEC_RATE", ["甲", 1], "#VALUE!"),
    ("PERF_EXEC_SCORE", [1, 1, -10], "#VALUE!"),
    ("PERF_EXEC_SCORE", [1, 1, 10, "hubei"], "#N/A"),
    ("PERF_EXEC_SCORE", [1, 1, MISSING, "wuhua-2024"], "#VALUE!"),  # no customary points there
    ("PERF_ARRIVAL_RATE", [ErrorCell.DIV0, 1], "#DIV/0!"),
    ("PERF_TIER_CHECK", ["很好", 10, 8], "#N/A"),
    ("PERF_SATISFACTION_SCORE", [0.9, 0.95, -10], "#VALUE!"),
    ("PERF_WEIGHT_DIFF", [[["abc"], [10]]], "#VALUE!"),
    ("PERF_WEIGHT_DIFF", [[[True], [10]]], "#VALUE!"),
    ("PERF_COMPLETION", [True, 1], "#VALUE!"),
    ("PERF_DEVIATION", [1, True], "#VALUE!"),
    ("PERF_GROWTH", ["甲", 0], "#VALUE!"),
    ("PERF_SHARE", ["三", 4], "#VALUE!"),
    ("PERF_SHARE", ["１００", "4,00"], "#VALUE!"),  # no thousands look like this
    ("PERF_SAVING_RATE", ["甲", 5], "#VALUE!"),
    ("PERF_BAND_SCORE", [1, 1, 1, 3], "#VALUE!"),
    ("PERF_BAND_SCORE", [1, 1, 2, -3], "#VALUE!"),
    ("PERF_STEP_SCORE", [1, 1, 0, 1, 3], "#VALUE!"),
    ("PERF_SURVEY_SCORE", [[[1], [2]], [[100]], 3], "#VALUE!"),
    ("PERF_WAN", ["十元"], "#VALUE!"),
    ("PERF_WAN", [ErrorCell.SPILL], "#VALUE!"),  # VBA has no name for it; it must not count as minus two billion
    ("PERF_EXPLAIN", [95, 90, 10, "≥", "hubei"], "#N/A"),
]

ERRORS = {
    ErrorCell.NULL: "#NULL!",
    ErrorCell.DIV0: "#DIV/0!",
    ErrorCell.VALUE: "#VALUE!",
    ErrorCell.REF: "#REF!",
    ErrorCell.NAME: "#NAME?",
    ErrorCell.NUM: "#NUM!",
    ErrorCell.NA: "#N/A",
}

SAMPLE = {name: arguments for name, arguments, _ in reversed(VALUES)}
"""A formula that works, for every function."""

every_function = pytest.mark.parametrize("name", FUNCTIONS)


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    with Excel() as running:
        yield running


def test_no_function_is_forgotten() -> None:
    assert {name for name, *_ in VALUES} == {name for name, *_ in WRONG} == FUNCTIONS.keys()


@pytest.mark.parametrize(("name", "arguments", "expected"), [*VALUES, *WRONG])
def test_answers(excel: Excel, name: str, arguments: list[Any], expected: float | str) -> None:
    answer = excel.call(name, *arguments)
    assert answer.value == expected
    assert type(answer.value) is type(expected)
    assert answer.block == [[expected]]


@every_function
@pytest.mark.parametrize("blank", [None, "", "  ", MISSING])
def test_blank_in_blank_out(excel: Excel, name: str, blank: str | int | None) -> None:
    for index, argument in enumerate(FUNCTIONS[name].arguments):
        if not argument.optional:
            assert excel.call(name, *_with(name, index, blank)).value == "", argument.name


@every_function
def test_a_blank_range_is_blank(excel: Excel, name: str) -> None:
    for index, argument in enumerate(FUNCTIONS[name].arguments):
        if argument.range:
            assert excel.call(name, *_with(name, index, [[None], [""]])).value == "", argument.name


@every_function
@pytest.mark.parametrize("blank", [None, "", MISSING])
def test_a_blank_option_takes_its_default(excel: Excel, name: str, blank: str | int | None) -> None:
    required = SAMPLE[name][: sum(not argument.optional for argument in FUNCTIONS[name].arguments)]
    plain = excel.call(name, *required)
    options = [blank] * (len(FUNCTIONS[name].arguments) - len(required))
    assert excel.call(name, *required, *options) == plain


@every_function
@pytest.mark.parametrize("error", ERRORS, ids=ERRORS.values())
def test_an_error_cell_gives_that_error(excel: Excel, name: str, error: ErrorCell) -> None:
    for index, argument in enumerate(FUNCTIONS[name].arguments):
        assert excel.call(name, *_with(name, index, error)).value == ERRORS[error], argument.name
        in_range = [[10, None], ["文字", error], [ErrorCell.NULL, 1]]
        assert excel.call(name, *_with(name, index, in_range)).value == ERRORS[error], argument.name


@every_function
def test_the_first_error_cell_counts(excel: Excel, name: str) -> None:
    errors = [ErrorCell.REF, ErrorCell.NA, ErrorCell.DIV0, ErrorCell.NUM, ErrorCell.NAME]
    assert excel.call(name, *errors[: len(FUNCTIONS[name].arguments)]).value == "#REF!"


@every_function
def test_truth_values_are_no_numbers(excel: Excel, name: str) -> None:
    for index, argument in enumerate(FUNCTIONS[name].arguments):
        assert excel.call(name, *_with(name, index, True)).value == "#VALUE!", argument.name


def test_typed_text_is_no_error_cell(excel: Excel) -> None:
    assert excel.call("PERF_SCORE", "#N/A", "#N/A", 10).value == 10.0


def test_zero_has_no_sign(excel: Excel) -> None:
    slightly_less = excel.call("PERF_DEVIATION", 1_000_000, 999_999).value  # -0.000001
    assert math.copysign(1, slightly_less) == 1


@every_function
def test_xlwings_knows_names_and_help(excel: Excel, name: str) -> None:
    function, known = FUNCTIONS[name], excel.described(name)
    assert (known["name"], known["category"], known["ret"]["doc"]) == (name, "绩效", function.description)
    assert [argument["name"] for argument in known["args"]] == list(inspect.signature(function.call).parameters)
    assert [argument["doc"] for argument in known["args"]] == [argument.help for argument in function.arguments]
    assert ["optional" in argument for argument in known["args"]] == [each.optional for each in function.arguments]


def _with(name: str, index: int, value: Any) -> list[Any]:
    """The working formula with one argument replaced."""
    arguments = [*SAMPLE[name], *[MISSING] * len(FUNCTIONS[name].arguments)][: len(FUNCTIONS[name].arguments)]
    arguments[index] = value
    return arguments


# ---------------------------------------------------------------- no exception ever leaves a function


def test_a_date_object_is_an_error_value() -> None:
    assert cells.__dict__["PERF_WAN"](datetime(2024, 12, 31)) == "#VALUE!"


@pytest.mark.parametrize("arguments", [[], [90, None, None]], ids=["too few", "too many"])
def test_a_wrong_number_of_arguments_is_an_error_value(arguments: list[Any]) -> None:
    assert cells.__dict__["PERF_GRADE"](*arguments) == "#VALUE!"


single = st.one_of(st.none(), st.text(max_size=8), st.floats(), st.integers(), st.booleans(), st.just("9" * 400))
ranges = st.lists(st.lists(single, max_size=3).map(tuple), max_size=3).map(tuple)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(single | ranges, max_size=6))
def test_whatever_comes_in_a_cell_value_goes_out(name: str, arguments: list[Any]) -> None:
    answer = cells.__dict__[name](*arguments)
    assert isinstance(answer, str) or (type(answer) is float and math.isfinite(answer))


@pytest.fixture
def bug(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A broken rule; the place of the log."""

    def broken(*_: Any) -> str:
        raise AttributeError("a bug")

    monkeypatch.setattr("jixiao.law.grades.grade", broken)
    monkeypatch.setattr("jixiao.logbook._kept", set())
    monkeypatch.setattr("jixiao.logbook.state_folder", lambda: str(tmp_path))
    return tmp_path


def test_a_bug_is_an_error_value_and_one_traceback_in_the_log(bug: Path) -> None:
    assert [cells.__dict__["PERF_GRADE"](total) for total in (90.0, 80.0)] == ["#VALUE!"] * 2
    log = (bug / "jixiao.log").read_text(encoding="utf-8")
    assert log.count("Traceback") == log.count("AttributeError: a bug") == 1


def test_a_bug_without_a_place_for_the_log_is_an_error_value(bug: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jixiao.logbook.state_folder", lambda: str(bug / "gone"))
    assert cells.__dict__["PERF_GRADE"](90.0) == "#VALUE!"


def test_the_stand_ins_stay_in_their_process(excel: Excel) -> None:
    assert excel.call("PERF_GRADE", 90).value == "优"
    assert "pythoncom" not in sys.modules
    assert sys.platform != "win32"
