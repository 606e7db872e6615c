"""Targets and actual values with their units: what is compared, what stays silent, and slips of ten thousand (R38).

Expected scores by hand: weight × actual ÷ target, for limits weight × (1 − excess ÷ target).
"""

import pytest
from evaluations import NATIONAL, SICHUAN, codes, evaluation, found, lines_of, stated, with_indicator

from jixiao.evaluation import Evaluation, Indicator
from jixiao.findings import Finding, Severity
from typed_rows import changed

HEAD = "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因\n"
WITH_UNITS = "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 度量单位 | 完成值 | 分值 | 得分 | 偏差原因\n"
FUNDS = "资金 | 年初预算数 | 全年预算数 | 执行数 | 执行率\n资金总额 | 10 | 10 | 9 | 90%"

EXECUTION = {"execution_weight": "10", "execution_score": "9.00"}  # a form that does not score in whole points


def row(
    target: str, actual: str, weight: str = "10", score: str = "10", reason: str = "", name: str = ""
) -> Evaluation:
    """A form with one indicator, as forms without 指标性质 and 度量单位 state it."""
    line = f"产出指标|数量指标|{name or '指标'}|{target}|{actual}|{weight}|{score}|{reason}"
    return evaluation("national-2020", FUNDS, HEAD + line, **EXECUTION)


def with_unit(nature: str, target: str, unit: str, actual: str, score: str = "10", reason: str = "") -> Evaluation:
    """A form with one indicator that has columns of its own for nature and unit."""
    line = f"产出指标|数量指标|指标|{nature}|{target}|{unit}|{actual}|10|{score}|{reason}"
    return evaluation("national-2020", FUNDS, WITH_UNITS + line, **EXECUTION)


def scored(form: Evaluation) -> list[Finding]:
    """What is said about the score, the reason and the units of the one indicator."""
    spoken = ("R10", "R11", "R13", "R15", "R18", "R19", "R38")
    return [finding for code in spoken for finding in found(form, code)]


def told(form: Evaluation) -> list[str]:
    return [finding.code for finding in scored(form)]


# ---------------------------------------------------------------- compared


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        ("≥4754人", "4604人", "15", "14.53"),
        ("10场", "9场", "15", "13.5"),
        ("不少于800篇", "700篇", "10", "8.75"),
        ("≥80人", "40人", "30", "15"),
        ("90%", "85", "10", "9.44"),
        ("≥24场", "12场", "5", "2.5"),
        ("≥5.3万人", "1.2万人", "7", "1.58"),
        ("99%以上", "59.6%", "8", "4.82"),
        ("≥5.3万人", "52000人", "10", "9.81"),
        ("≥三次", "二次", "9", "6"),
        ("10场", "9场", "8", "7.2"),  # 鄂州 2022: 全国科普日 9 of 10
        ("≥4754人", "4604人", "5", "4.84"),  # 濉溪 2019: 特困供养
        ("100%", "98%", "10", "9.8"),  # 永德 2022: 政策知晓率
    ],
)
def test_a_missed_target_with_a_unit_is_found_and_its_reason_asked(
    target: str, actual: str, weight: str, expected: str
) -> None:
    form = row(target, actual, weight, score=weight)
    [score, reason] = scored(form)
    assert (score.code, score.severity, score.stated, score.expected) == ("R10", Severity.ERROR, weight, expected)
    assert (reason.code, reason.severity) == ("R15", Severity.ERROR)
    assert told(row(target, actual, weight, score=expected, reason="天气原因，改为线上。")) == []


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        ("≤5300元/户", "5830元/户", "10", "9"),  # 濉溪 2019: 临时救助标准
        ("控制在5300元/户以内", "5830元/户", "10", "9"),
        ("≤7.5元/人", "17.39元/人", "8", "0"),
        ("不超过2天", "3天", "10", "5"),
        ("100万元以内", "1100000元", "10", "9"),
    ],
)
def test_an_exceeded_limit_with_a_unit_is_found(target: str, actual: str, weight: str, expected: str) -> None:
    [score, reason] = scored(row(target, actual, weight, score=weight))
    assert (score.code, score.expected, reason.code) == ("R11", expected, "R15")


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥24场", "24场"),
        ("不少于800篇", "800篇"),  # 鄂州 2022
        ("≤104万元", "103.97万元"),  # 鄂州 2022
        (">=90%", "100%"),  # 普陀 2022
        ("≧735人次", "735人次"),  # 永德 2022
        ("═100%", "100%"),
        ("95%以上", "96%"),
        ("≥5万人", "52000人"),
        ("3万张", "31200"),
        ("每亩300", "每亩300"),
        ("2023年12月底前", "2023年11月20日"),
        ("1部、2套", "1部、2套"),
        ("达标", "达标"),
        ("是", "是"),
    ],
)
def test_a_met_target_is_not_mentioned(target: str, actual: str) -> None:
    form = row(target, actual)
    assert told(form) == []
    assert form.indicators[0].comparable in (True, None)  # None: words, which people judge


@pytest.mark.parametrize(
    ("target", "actual", "multiple"),
    [("59人次", "87人次", "1.47"), ("570元/人*月", "758元/人·月", "1.33")],
)
def test_far_beyond_a_target_with_a_unit(target: str, actual: str, multiple: str) -> None:
    """濉溪 2019: 87 ÷ 59 and 758 ÷ 570, neither explained."""
    [finding] = scored(row(target, actual))
    assert finding.code == "R13" and f"{multiple}倍" in finding.message
    assert told(row(target, actual, reason="标准年中提高。")) == []


def test_a_term_that_was_missed_needs_a_reason_and_has_no_formula() -> None:
    [finding] = scored(row("2023年12月底前", "2024年1月5日"))
    assert finding.code == "R15"
    assert told(row("2023年12月底前", "2024年1月5日", reason="验收推迟。")) == []


# ---------------------------------------------------------------- not compared


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("1000件", "10万元"),
        ("≥100次", "50场次"),
        ("每亩300", "每户300"),
        ("每亩300", "每户100"),
        ("每季度1次", "2次"),
        ("≥4次", "每季度一次"),
        ("1次/月", "10次"),
        ("3-5天", "7天"),
        ("1:1", "1:2"),
        ("第4季度", "第1季度"),
        ("2023.07-2024.01", "2023.07-2024.03"),
        ("约100人", "60人"),
        ("提升10%", "95%"),
        ("≥90%", "低于90%"),
        ("100场", "7"),
        ("12月底前", "次年1月5日"),
        ("2023年12月底前", "2023年12月"),
        ("11月底完成", "100%"),
    ],
)
def test_where_units_or_kinds_differ_nothing_is_claimed(target: str, actual: str) -> None:
    form = row(target, actual)
    assert told(form) == []
    assert form.indicators[0].comparable is False  # the closing line will count it


@pytest.mark.parametrize(("target", "actual"), [("及时", "基本及时"), ("优", "良"), ("", "24场"), ("≥24场", "")])
def test_words_and_blanks_are_neither_compared_nor_missed(target: str, actual: str) -> None:
    assert row(target, actual).indicators[0].comparable is None


@pytest.mark.parametrize(
    ("target", "actual", "compared"),
    [
        ("≥95%", "0.98", True),  # 98 %: met
        ("≥5%", "0.98", False),  # 98 % or 0.98 %
        ("≤5%", "0.98", False),
        ("≤20%", "0.5", False),
        ("≥95%", "90", True),
    ],
)
def test_ruling_16(target: str, actual: str, compared: bool) -> None:
    form = row(target, actual)
    assert form.indicators[0].comparable is compared
    assert told(form) == ([] if not compared or actual == "0.98" else ["R10", "R15"])


# ---------------------------------------------------------------- units in a column or a name


@pytest.mark.parametrize(
    ("nature", "target", "unit", "actual", "expected"),
    [
        ("≥", "16", "万人次", "14.4", "9"),
        ("≥", "16", "万人次", "14.4万人次", "9"),
        ("≥", "16", "万人次", "144000人次", "9"),
        ("≥", "16万人次", "万人次", "14.4", "9"),
        ("≥", "≥16", "人", "14.4人", "9"),
        ("≥", "95", "百分比", "85.5%", "9"),
        ("≤", "100", "万元", "1100000元", "9"),
        ("≤", "5300元/户", "", "5830", "9"),
    ],
)
def test_a_bare_number_is_counted_in_its_column(
    nature: str, target: str, unit: str, actual: str, expected: str
) -> None:
    form = with_unit(nature, target, unit, actual, reason="受天气影响。")
    [finding] = scored(form)
    assert (finding.code, finding.expected) == ("R11" if nature == "≤" else "R10", expected)


def test_the_bracket_of_a_name_is_a_unit() -> None:
    """Without it 40000 is more than ten times 5: nothing would be claimed."""
    [finding] = scored(row("5", "4万人", score="10", reason="部分外出。", name="带动就业（万人）"))
    assert (finding.code, finding.expected) == ("R10", "8")
    [finding] = scored(row("10", "5户", reason="部分外出。", name="带动贫困户（户）"))
    assert (finding.code, finding.expected) == ("R10", "5")
    assert told(row("50", "4万人", name="带动就业（含上年）")) == []


# ---------------------------------------------------------------- R38


@pytest.mark.parametrize(
    ("form", "places"),
    [
        (with_unit("≥", "3", "万张", "31200"), [12]),
        (with_unit("≥", "3万张", "万张", "31200"), [12]),
        (with_unit("≤", "5", "万元", "48000"), [12]),
        (row("12万人次", "12"), [12]),
        (row("12万人次", "12人次"), [12]),
        (row("≥5300", "0.53"), [12]),
    ],
)
def test_r38_a_slip_of_ten_thousand_is_named_as_what_it_is(form: Evaluation, places: list[int]) -> None:
    [finding] = scored(form)  # no score of 0, no 10400 times
    assert (finding.code, finding.severity, lines_of(finding)) == ("R38", Severity.WARNING, places)
    assert "可能是单位写错" in finding.message
    assert form.indicators[0].comparable is False


@pytest.mark.parametrize(
    "form",
    [
        with_unit("≥", "3", "万张", "3.12"),
        with_unit("≥", "3", "万张", "31200张"),
        with_unit("≥", "3", "万张", "3.12万"),
        with_unit("≥", "3万", "张", "31200"),
        row("3万张", "31200"),
        row("≤5万元", "48000元"),
        row("12万人次", "12万人次"),
        row("1000", "1"),
    ],
)
def test_r38_is_silent_where_the_units_are_understood(form: Evaluation) -> None:
    assert found(form, "R38") == []


# ---------------------------------------------------------------- R18, R19


@pytest.mark.parametrize("target", ["≥16户", "16户", "不少于16户", "1.6千户", "三次", "3-5天", "1:1", "2023年12月底前"])
def test_r18_a_target_with_a_number_is_no_target_in_words(target: str) -> None:
    assert found(with_indicator(SICHUAN, 1, target=target), "R18") == []


@pytest.mark.parametrize("actual", ["12万人次", "17户", "每季度1次", "三次", "约17户"])
def test_r18_an_actual_with_a_number_is_no_actual_in_words(actual: str) -> None:
    assert found(with_indicator(SICHUAN, 1, actual=actual), "R18") == []


@pytest.mark.parametrize("target", ["≥24场", "不少于24场", "24"])
def test_r18_a_target_that_asks_for_a_number_takes_no_words(target: str) -> None:
    assert told(row(target, "已完成")) == ["R18"]


@pytest.mark.parametrize(("target", "actual"), [("1套", "已完成"), ("2023年12月底前", "已完成"), ("每季度1次", "按时")])
def test_r18_what_is_done_may_be_said_in_words(target: str, actual: str) -> None:
    assert told(row(target, actual)) == []


@pytest.mark.parametrize("target", ["不低于95%", "100%", "63", "小于0.9‰"])
def test_r18_a_form_of_unknown_origin_may_say_it_in_words(target: str) -> None:
    """蔡甸 2021 says 达成预期指标 of every target, 横山 2020 无."""
    assert found(changed(row(target, "达成预期指标"), scheme="local"), "R18") == []
    asked = with_unit("≥", "95", "%", "达成预期指标")
    assert found(changed(asked, scheme="local"), "R18") != []


@pytest.mark.parametrize(
    ("unit", "wrong"), [("户", True), ("万元", True), ("%", False), ("百分比", False), ("", False)]
)
def test_r18_a_percentage_where_the_unit_is_another(unit: str, wrong: bool) -> None:
    form = with_indicator(SICHUAN, 1, unit=unit, actual="96%", target="95", score="20")
    assert [finding.stated for finding in found(form, "R18")] == (["96%"] if wrong else [])
    assert found(form, "R10") == found(form, "R15") == []


@pytest.mark.parametrize(
    ("target", "actual", "copied"),
    [
        ("≥24场", "≥24场", True),
        ("≥24场", "≧24", True),
        ("95%以上", "95%以上", True),
        ("不少于800篇", "不少于800篇", True),
        ("不少于800篇", "800篇", False),
        ("≥95%", "达到95%", False),
        ("≥24场", "≥30场", False),
        ("2023年12月底前", "2023年12月底前", False),
    ],
)
def test_r19_copied_targets_with_units(target: str, actual: str, copied: bool) -> None:
    assert bool(found(row(target, actual, reason="说明。"), "R19")) is copied


def test_units_change_nothing_about_honest_forms() -> None:
    assert codes(NATIONAL) == codes(SICHUAN) == []
    assert Indicator(1, target=stated("≥24场"), actual=stated("12场")).comparable
