from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.functions import FUNCTIONS, CellError, NotAvailable, ValueInvalid

SIGNATURES = [
    "PERF_GRADE(总分,[方案])",
    "PERF_SCORE(指标值,完成值,分值,[性质],[方案])",
    "PERF_EXEC_RATE(执行数,预算数)",
    "PERF_EXEC_SCORE(执行数,预算数,[分值],[方案])",
    "PERF_ARRIVAL_RATE(到位数,预算数)",
    "PERF_TIER_CHECK(档次,分值,得分)",
    "PERF_SATISFACTION_SCORE(满意度,指标值,分值,[方案])",
    "PERF_WEIGHT_DIFF(分值区域,[应有合计])",
    "PERF_COMPLETION(完成值,指标值)",
    "PERF_DEVIATION(指标值,完成值)",
    "PERF_GROWTH(本年,上年)",
    "PERF_SHARE(部分,总数)",
    "PERF_SAVING_RATE(计划成本,实际成本)",
    "PERF_BAND_SCORE(值,满分线,零分线,分值)",
    "PERF_STEP_SCORE(值,满分线,步长,每步扣分,分值)",
    "PERF_SURVEY_SCORE(份数区域,分值区域,有效份数)",
    "PERF_WAN(元)",
    "PERF_EXPLAIN(指标值,完成值,分值,[性质],[方案])",
]


def perf(name: str, *arguments: Any) -> Decimal | str | None:
    return FUNCTIONS[f"PERF_{name}"].call(*arguments)


def test_the_table_is_the_published_one() -> None:
    listed = [
        f"{one.name}({','.join(f'[{a.name}]' if a.optional else a.name for a in one.arguments)})"
        for one in FUNCTIONS.values()
    ]
    assert sorted(listed) == sorted(SIGNATURES)


def test_everything_is_described_in_chinese() -> None:
    for one in FUNCTIONS.values():
        assert one.category == "绩效"
        assert one.description.endswith("。")
        assert all(argument.help for argument in one.arguments)


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        ("GRADE", ["８９.996"], "良"),
        ("GRADE", [89.99999999999999], "优"),  # a float sum of 90
        ("GRADE", [Decimal("99.97"), "wuhua-2024"], "优"),
        ("SCORE", [95, 90.0, 10, "≥"], "9.47"),
        ("SCORE", ["≥95%", 0.96, "10"], "10"),
        ("SCORE", ["及时", " 及时 ", 10, None, "sichuan-2023"], "10"),
        ("EXEC_RATE", [17.29, 17.32], "0.9983"),
        ("EXEC_RATE", [0, 5], "0"),
        ("EXEC_SCORE", [135, 194], "6.96"),
        ("EXEC_SCORE", ["17.29", "17.32", 3, "wuhua-2024"], "2.99"),
        ("ARRIVAL_RATE", [17.32, 17.32], "1"),
        ("TIER_CHECK", [1, 10, 8], "符合"),
        ("TIER_CHECK", ["部分达成", 10, 8], "“部分达成年度指标并具有一定效果”应得6分（含）至8分（不含）"),
        ("SCORE", ["≥4754人", "4604人", 15], "14.53"),
        ("SCORE", ["10场", "9场", 15], "13.5"),
        ("SCORE", ["不少于800篇", "700篇", 10], "8.75"),
        ("SCORE", ["≤5300元/户", "5830元/户", 10], "9"),
        ("SCORE", ["≥80人", "40人", 30], "15"),
        ("SCORE", ["90%", "85", 10], "9.44"),
        ("SCORE", ["5300元/户", 5830.0, 10, "≤"], "9"),
        ("SATISFACTION_SCORE", ["85%", "不低于90%", 10], "9.44"),
        ("COMPLETION", ["1.2万人", "53000人"], "0.2264"),
        ("DEVIATION", ["10场", "9场"], "-0.1"),
        ("SATISFACTION_SCORE", ["96%", "≥95%", 10], "10"),
        ("SATISFACTION_SCORE", ["90%", "95%", 10], "9.47"),
        ("WEIGHT_DIFF", [[[20, 10.5], ["59.5", None], ["—", "10"]]], "0"),
        ("WEIGHT_DIFF", [[90]], "-10"),
        ("WEIGHT_DIFF", [[0.1, 0.2], 0.3], "0"),
        ("COMPLETION", [4.1956, 3.87], "1.0841"),  # 寻甸: 参保 4.1956 of 3.87 万人
        ("COMPLETION", ["3255", "3100"], "1.05"),
        ("DEVIATION", [100, 130], "0.3"),
        ("DEVIATION", [20000, 19999], "-0.0001"),  # −0.00005, half away from zero
        ("GROWTH", [16.42, 17.70], "-0.0723"),  # regulations.md §5.1
        ("GROWTH", [0.18, 0.06], "2"),
        ("GROWTH", [0, 5], "-1"),
        ("GROWTH", [5, 0], "不可比"),  # ruling 11
        ("SHARE", [1, 3], "0.3333"),
        ("SAVING_RATE", [17.32, 17.29], "0.0017"),  # 五华: 0.17%
        ("BAND_SCORE", ["110%", "100%", "120%", 3], "1.5"),
        ("STEP_SCORE", [0.94, 0.95, 0.01, 0.1, 2], "1.9"),
        ("SURVEY_SCORE", [[[80], [15], [5]], [[100], [80], [60]], 100], "95"),
        ("SURVEY_SCORE", [[80, "", 20], [100, 80, 60], 100], "92"),
        ("WAN", [173246], "17.32"),
        ("WAN", [1e300], "1" + "0" * 296 + ".00"),
        ("WAN", ["172,950"], "17.30"),  # 17.295: half up
        ("WAN", ["\ufeff１７２\u00a0９５０"], "17.30"),  # as it comes from a page
        ("SATISFACTION_SCORE", ["\u200b90%", "≥\u00a0９５﹪", "10\u200e"], "9.47"),
        ("WEIGHT_DIFF", [[["\ufeff", "—\u200b", "90"]]], "-10"),
    ],
)
def test_answers(name: str, arguments: list[Any], expected: str) -> None:
    found = perf(name, *arguments)
    assert found == (Decimal(expected) if isinstance(found, Decimal) else expected)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([95, 97, 10, "≥"], "完成值97达到指标值95，得满分10分"),
        ([95, 90, 10, "≥"], "完成值90未达到指标值95，得分＝10×(90÷95)＝9.47分"),
        (["95%", 0.9, 10], "完成值0.9未达到指标值95%，得分＝10×(94.74%÷100%)＝9.47分"),
        ([10, 15, 10, "≤"], "完成值15超过指标值10，得分＝10×(1－(15－10)÷10)（最低0分）＝5分"),
        ([0, 2, 10, "≤"], "完成值2超过指标值0，不得分"),
        (["不少于800篇", "700篇", 10], "完成值700篇未达到指标值800篇，得分＝10×(700篇÷800篇)＝8.75分"),
        (["≥3场", "已完成5场", 10], "完成值5场达到指标值3场，得满分10分"),
        (["2023年底前", "2023年6月5日", 10], "完成值2023年6月5日不晚于指标值2023年底前，得满分10分"),
        (["2023年底前", "2024年6月5日", 10], "完成值2024年6月5日晚于指标值2023年底前，由人评分，满分10分"),
        (["12万人次", "12", 10], "指标值“12万人次”、完成值“12”不能用数比较，由人评分，满分10分"),
        (["及时", "及时", 10], "完成值与指标值同为“及时”，得满分10分"),
        (["优", "较好", 20, "定性"], "指标值“优”、完成值“较好”不能用数比较，由人评分，满分20分"),
    ],
)
def test_explanations(arguments: list[Any], expected: str) -> None:
    assert perf("EXPLAIN", *arguments) == expected


@pytest.mark.parametrize(
    ("name", "arguments", "error", "code"),
    [
        ("GRADE", ["很好"], ValueInvalid, "#VALUE!"),
        ("GRADE", [101], ValueInvalid, "#VALUE!"),
        ("GRADE", [True], ValueInvalid, "#VALUE!"),
        ("GRADE", [[90, 80]], ValueInvalid, "#VALUE!"),
        ("GRADE", [float("nan")], ValueInvalid, "#VALUE!"),
        ("GRADE", [90, "hubei"], NotAvailable, "#N/A"),
        ("GRADE", [], ValueInvalid, "#VALUE!"),
        ("SCORE", [95, 95, "十分"], ValueInvalid, "#VALUE!"),
        ("SCORE", [95, 95, 10, "不详"], ValueInvalid, "#VALUE!"),
        ("SCORE", [95, "abc", 10, "≥"], ValueInvalid, "#VALUE!"),
        ("SCORE", [95, "NaN", 10, "＝"], ValueInvalid, "#VALUE!"),
        ("SCORE", ["≥95%", "已完成", 10, "≥"], ValueInvalid, "#VALUE!"),
        ("SCORE", ["及时", 95, 10, " ≥ "], ValueInvalid, "#VALUE!"),
        ("EXPLAIN", [95, "已完成", 10, "≥"], ValueInvalid, "#VALUE!"),
        ("SATISFACTION_SCORE", ["较好", "≥95%", 10], ValueInvalid, "#VALUE!"),
        ("EXEC_SCORE", [1, 1, 10, "hubei"], NotAvailable, "#N/A"),
        ("EXEC_SCORE", ["abc", 1, 10], ValueInvalid, "#VALUE!"),
        ("EXEC_SCORE", [1, 1, None, "wuhua-2024"], ValueInvalid, "#VALUE!"),
        ("TIER_CHECK", ["很好", 10, 8], NotAvailable, "#N/A"),
        ("WEIGHT_DIFF", [["abc", 10]], ValueInvalid, "#VALUE!"),
        ("BAND_SCORE", [1, 1, 1, 3], ValueInvalid, "#VALUE!"),
        ("STEP_SCORE", [1, 1, 0, 1, 3], ValueInvalid, "#VALUE!"),
        ("SURVEY_SCORE", [[1, 2], [100], 3], ValueInvalid, "#VALUE!"),
    ],
)
def test_wrong_input_is_an_error_value(name: str, arguments: list[Any], error: type[CellError], code: str) -> None:
    with pytest.raises(error) as caught:
        perf(name, *arguments)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("SCORE", [95, 95, -1]),
        ("EXPLAIN", [95, 95, -1]),
        ("EXEC_SCORE", [1, 1, -1]),
        ("EXEC_SCORE", [1, 0, -1]),  # a rate of nothing does not hide it
        ("TIER_CHECK", [1, -10, -9]),
        ("SATISFACTION_SCORE", ["96%", "95%", -1]),
        ("WEIGHT_DIFF", [[[50, -10], [60, None]]]),
        ("WEIGHT_DIFF", [[50], -50]),
        ("BAND_SCORE", [1, 1, 2, -3]),
        ("STEP_SCORE", [1, 1, 1, 1, -3]),
        ("STEP_SCORE", [0, 1, 1, -1, 3]),  # a cut below 0 would add points
        ("SURVEY_SCORE", [[1, 1], [100, -60], 2]),
    ],
)
def test_negative_points_are_refused_everywhere(name: str, arguments: list[Any]) -> None:
    with pytest.raises(ValueInvalid):
        perf(name, *arguments)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, [part, 0]) for name in ("EXEC_RATE", "ARRIVAL_RATE", "SHARE", "COMPLETION") for part in (0, 5, -5)),
        *((name, [0, part]) for name in ("DEVIATION", "SAVING_RATE") for part in (0, 5)),
        *(("EXEC_SCORE", [part, "0.00", *weight]) for part in (0, 5) for weight in ([], [10])),
        ("GROWTH", [0, 0]),
        ("SURVEY_SCORE", [[1, 2], [100, 60], 0]),
    ],
)
def test_a_rate_over_0_is_blank(name: str, arguments: list[Any]) -> None:
    assert perf(name, *arguments) is None


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("SCORE", ["12万人次", 12, 10]),
        ("SCORE", ["每季度1次", "2次", 10, "≥"]),
        ("SCORE", [95, "1_0", 10, "<"]),
        ("COMPLETION", ["12", "12万人次"]),
        ("COMPLETION", ["50场次", "100次"]),
        ("DEVIATION", ["每亩300", "每户300"]),
    ],
)
def test_what_is_not_comparable_is_blank(name: str, arguments: list[Any]) -> None:
    assert perf(name, *arguments) is None


def test_a_dash_for_a_number_is_as_good_as_blank() -> None:
    assert perf("EXEC_RATE", "—", 5) is None
    assert perf("SCORE", 95, 95, "/", "≥") is None
    assert perf("SCORE", "/", "/", 10) == 10  # target and actual are words here


@pytest.mark.parametrize("target", ["≥", "＝"])
def test_a_sign_alone_states_no_target(target: str) -> None:
    assert perf("SCORE", target, 95, 10, "≥") is None


@pytest.mark.parametrize("blank", [None, "", "  ", "　"])
def test_blank_in_blank_out(blank: str | None) -> None:
    for one in FUNCTIONS.values():
        required = [argument for argument in one.arguments if not argument.optional]
        for index, argument in enumerate(required):
            values: list[Any] = [[10] if other.range else "1" for other in required]
            values[index] = [blank] if argument.range else blank
            assert one.call(*values) is None, (one.name, index)


cells = st.one_of(
    st.none(),
    st.text(max_size=8),
    st.integers(),
    st.floats(),
    st.decimals(),
    st.booleans(),
    st.lists(st.integers(), max_size=2),
)


@given(st.sampled_from(sorted(FUNCTIONS)), st.lists(cells, max_size=6))
def test_any_input_gives_an_answer_or_an_error_value(name: str, arguments: list[Any]) -> None:
    try:
        answer = FUNCTIONS[name].call(*arguments)
    except CellError as error:
        assert error.code in {"#VALUE!", "#N/A"}
    else:
        assert answer is None or isinstance(answer, Decimal | str)
        assert answer != ""
