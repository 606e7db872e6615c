"""R01, R03, R04, R26–R29, R51: the fund block. All sums and rates worked out by hand."""

import pytest
from evaluations import NATIONAL, SICHUAN, codes, evaluation, found, lines_of, with_facts, with_fund
from published import WUHUA

from jixiao.findings import Severity
from typed_rows import changed


def test_r01_rate_is_executed_by_adjusted_budget() -> None:
    [finding] = found(with_fund(NATIONAL, "资金总额", rate="85.00%"), "R01")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "85.00%", "75.00%")
    assert finding.places[0].cell == "E4"
    assert found(with_fund(NATIONAL, "资金总额", rate="75%"), "R01") == []


def test_r01_in_a_department_evaluation_divides_by_what_arrived() -> None:
    form = with_fund(WUHUA, "区级财政", initial="20.00")
    assert found(form, "R01") == []  # 17.29 ÷ 17.32, not ÷ 20.00
    form = with_fund(WUHUA, "区级财政", rate="86.45%")
    assert [finding.expected for finding in found(form, "R01")] == ["99.83%"]


def test_r01_the_same_slip_in_two_rows_is_one_finding() -> None:
    form = with_fund(with_fund(SICHUAN, "资金总额", rate="59.00%"), "财政资金", rate="59.00%")
    [finding] = found(form, "R01")
    assert lines_of(finding) == [4, 5]


def test_r51_a_rate_that_only_rounding_explains_is_a_note() -> None:
    """9.50 ÷ 10.00 allows 9.495 ÷ 10.005 = 94.90 % up to 9.505 ÷ 9.995 = 95.10 %."""
    [note] = found(with_fund(SICHUAN, "财政资金", rate="95.09%"), "R51")
    assert note.severity is Severity.INFO
    assert found(with_fund(SICHUAN, "财政资金", rate="95.12%"), "R01")


@pytest.mark.parametrize(
    ("budget", "paid", "told"),
    [
        ("173246.00元", "172920.00元", True),
        ("１７３２４６．００元", "１７２，９２０．００ 元", True),
        ("173,246.00元", "172，920元", True),
        ("2024，173246元", "2024、172920元", True),  # a comma of the sentence
        ("1,73246元", "172920元", False),
        ("17.173246元", "172920元", False),
    ],
)
def test_r51_amounts_in_the_goals_are_read_however_they_are_typed(budget: str, paid: str, told: bool) -> None:
    """172920.00 ÷ 173246.00 is 99.81 %, the form says 99.83 %."""
    form = with_facts(WUHUA, goal_actual=f"预算{budget}，支付{paid}，差异按实际产生费用支付。")
    assert [("99.81%" in note.message) for note in found(form, "R51")] == [True] * told


def test_r03_total_is_the_sum_of_its_sources() -> None:
    [finding] = found(with_fund(NATIONAL, "资金总额", initial="210.00"), "R03")
    assert (finding.stated, finding.expected, finding.places[0].cell) == ("210.00", "200", "B4")


@pytest.mark.parametrize(
    ("total", "severity"), [("200.00", None), ("200.01", None), ("200.02", Severity.ERROR), ("199.98", Severity.ERROR)]
)
def test_r03_two_addends_may_hide_three_half_cents(total: str, severity: Severity | None) -> None:
    """Limit (2 + 1) × 0.005 = 0.015."""
    findings = found(with_fund(NATIONAL, "资金总额", initial=total), "R03")
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_r03_exactly_at_the_limit_is_a_note() -> None:
    """Three addends: limit (3 + 1) × 0.005 = 0.02."""
    form = with_fund(NATIONAL, "其他资金", initial="5.00")
    [finding] = found(with_fund(form, "资金总额", initial="205.02"), "R03")
    assert finding.severity is Severity.INFO


def test_r04_there_is_no_rate_of_nothing() -> None:
    [finding] = found(with_fund(SICHUAN, "单位资金", rate="100.00%"), "R04")
    assert finding.severity is Severity.ERROR and finding.places[0].cell == "E7"
    [finding] = found(with_fund(NATIONAL, "其他资金", rate="100%"), "R04")
    assert finding.places[0].cell == "E7"


@pytest.mark.parametrize("rate", ["", "—", "/", "0.00%", "不适用"])
def test_r04_an_empty_source_may_say_so(rate: str) -> None:
    assert codes(with_fund(NATIONAL, "其他资金", rate=rate)) == []


def test_r28_nothing_is_spent_that_was_not_budgeted() -> None:
    form = with_fund(SICHUAN, "财政资金", executed="10.50", rate="105.00%")
    [finding] = found(form, "R28")
    assert (finding.severity, finding.stated) == (Severity.ERROR, "10.50")
    assert found(with_fund(SICHUAN, "财政资金", executed="10.00"), "R28") == []


def test_r28_exactly_at_the_limit_is_a_note() -> None:
    [finding] = found(with_fund(SICHUAN, "财政资金", executed="10.01"), "R28")
    assert finding.severity is Severity.INFO


def test_r29_sources_are_not_added_to_the_details() -> None:
    doubled = with_fund(WUHUA, "资金总额", initial="34.64")  # 17.32 明细 + 17.32 其中
    [finding] = found(doubled, "R29")
    assert (finding.stated, finding.expected) == ("34.64", "17.32")
    assert found(doubled, "R03") == []


def test_r29_details_give_the_total() -> None:
    form = changed(WUHUA, details=[WUHUA.details[0]._replace(initial=WUHUA.details[0].executed)])
    [finding] = found(with_fund(with_fund(form, "资金总额", initial="17.82"), "区级财政", initial="17.82"), "R29")
    assert (finding.stated, finding.expected) == ("17.82", "17.29")
    assert found(WUHUA, "R29") == []


def test_r26_an_adjustment_is_explained_where_the_form_asks() -> None:
    adjusted = with_fund(with_fund(SICHUAN, "资金总额", initial="12.00"), "财政资金", initial="12.00")
    [finding] = found(adjusted, "R26")  # the printed filling note alone explains nothing
    assert finding.severity is Severity.WARNING
    explained = SICHUAN.text("funds.reason") + "年中压减培训费2万元。"
    assert found(with_facts(adjusted, funds_reason=explained), "R26") == []
    assert found(with_facts(adjusted, funds_reason=""), "R26")
    assert found(with_fund(NATIONAL, "资金总额", adjusted="210.00"), "R26") == []  # only 四川 asks


def test_r27_a_low_rate_is_explained_where_the_form_asks() -> None:
    low = with_fund(SICHUAN, "资金总额", executed="8.99", rate="89.90%")
    [finding] = found(low, "R27")
    assert finding.severity is Severity.ERROR
    assert found(with_facts(low, funds_reason="跨年结算。"), "R27") == []
    assert found(with_fund(SICHUAN, "资金总额", executed="9.00", rate="90.00%"), "R27") == []
    assert found(NATIONAL, "R27") == []  # 75 %, but the national rule sets no line


def test_r18_amounts_are_numbers_not_below_zero() -> None:
    [finding] = found(with_fund(NATIONAL, "财政拨款", initial="约180"), "R18")
    assert (finding.severity, finding.stated, finding.places[0].cell) == (Severity.ERROR, "约180", "B5")
    [finding] = found(with_fund(NATIONAL, "上年结转", executed="-10.00"), "R18")
    assert (finding.severity, finding.stated) == (Severity.ERROR, "-10.00")


def test_full_width_digits_and_thousands_are_numbers() -> None:
    form = evaluation(
        "national-2020",
        """
        资金    | 全年预算数 | 执行数     | 执行率
        资金总额 | 1,000.00 | １０００．００ | 100%
        """,
        "三级指标 | 分值 | 得分\n培训 | 100 | 100",
    )
    assert codes(form) == []
