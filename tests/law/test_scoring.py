from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.law import scheme, scoring
from jixiao.law.measures import measure

NATIONAL = scheme("national-2020")
HUBEI = NATIONAL._replace(reverse="ratio")


def scored(
    target: str, actual: str, weight: str = "10", nature: str = "", rules: scoring.Scheme = NATIONAL
) -> Decimal | None:
    return scoring.score(target, actual, Decimal(weight), nature, rules)


@pytest.mark.parametrize(
    ("target", "actual", "nature", "expected"),
    [
        ("≥95%", "96%", "", "10"),
        ("≥95%", "95%", "", "10"),
        (">95%", ">95%", "", "10"),  # 大同, as published
        ("95", "90", "≥", "9.47"),  # 10 × 90/95 = 9.4737
        ("１００", "９０", "＝", "9"),
        ("100％", "99.5%", "", "9.95"),
        ("16", "0", "≥", "0"),
        ("16", "-3", "≥", "0"),  # a negative actual counts as 0
        ("1,200", "600", "", "5"),
        ("8", "6.9964", "", "8.75"),  # 8.7455
        ("80", "1", "", "0.13"),  # 0.125: half away from zero, as Excel's ROUND
        ("0", "0", "＝", "10"),
        ("0", "1", "＝", "0"),
        ("0", "5", "≥", "10"),
        ("≤0", "0", "", "10"),
        ("≤0", "1", "", "0"),
        ("≤3", "2", "", "10"),
        ("10", "20", "≤", "0"),
        ("10", "25", "＜", "0"),
        ("≤95", "90", "≥", "9.47"),  # the column 指标性质 goes before the sign in the target
        ("及时", "及时", "", "10"),
        ("优", "优", "定性", "10"),
        ("100%", "100%", "定性", "10"),
    ],
)
def test_scores(target: str, actual: str, nature: str, expected: str) -> None:
    assert scored(target, actual, nature=nature) == Decimal(expected)


def test_a_missed_reverse_target_has_two_formulas() -> None:
    # regulations.md §2.5: t = 10, a = 15, w = 10: platform 5.00, Hubei 6.67
    assert scored("10", "15", nature="≤") == Decimal("5.00")
    assert scored("10", "15", nature="≤", rules=HUBEI) == Decimal("6.67")


@pytest.mark.parametrize(
    ("target", "actual", "nature"),
    [
        ("及时", "基本及时", ""),
        ("优良差", "良", "定性"),
        ("优", "9", ""),
        ("100%", "已完成", ""),
        ("95", "96", "定性"),
        ("", "", ""),
    ],
)
def test_judgement_is_never_invented(target: str, actual: str, nature: str) -> None:
    assert scored(target, actual, nature=nature) is None


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("95%", "96", "10"),  # percentage points
        ("95%", "90", "9.47"),
        ("95%", "0.96", "10"),  # a cell into which 96% was typed
        ("95%", "0.9", "9.47"),
        ("95%", "1.2", "10"),  # 120%
        ("95", "96%", "10"),
        ("0.95", "90%", "9.47"),
        ("≤5%", "3", "10"),
        ("≤5%", "7.5", "5"),
        ("≤5%", "0.5", "10"),  # half a point, not 50%
        ("0.5", "0.25", "5"),  # no sign at all: as they stand
        ("95%%", "96", "10"),  # 95% beside a unit column that says %
    ],
)
def test_percent_signs(target: str, actual: str, expected: str) -> None:
    assert scored(target, actual) == Decimal(expected)


@pytest.mark.parametrize(("weight", "nature"), [("-1", ""), ("10", "不详")])
def test_wrong_input(weight: str, nature: str) -> None:
    with pytest.raises(ValueError, match="negative|nature"):
        scored("95", "95", weight, nature)


@pytest.mark.parametrize("text", ["abc", "NaN", "已完成"])
@pytest.mark.parametrize("nature", ["≥", "＞", "＝", "<=", "≤"])
def test_a_nature_that_compares_numbers_takes_no_text(text: str, nature: str) -> None:
    for target, actual in [("95", text), (text, "95")]:
        with pytest.raises(ValueError, match="compares numbers"):
            scored(target, actual, nature=nature)
    assert scored(text, text, nature=nature) == 10  # the very words of the target
    assert scored(f"≥{text}", "95") is None  # a sign in a target of words is no 指标性质


@pytest.mark.parametrize(
    ("target", "actual", "weight", "expected"),
    [
        ("≥4754人", "4604人", "15", "14.53"),  # 15 × 4604 ÷ 4754 = 14.5267
        ("10场", "9场", "15", "13.50"),
        ("不少于800篇", "700篇", "10", "8.75"),
        ("不少于800篇", "800篇", "10", "10"),
        ("≤5300元/户", "5830元/户", "10", "9.00"),  # 530 above 5300 is a tenth
        ("≤0.53万元/户", "5830元/户", "10", "9.00"),
        ("控制在104万元以内", "103.97万元", "10", "10"),
        ("≥80人", "40人", "30", "15.00"),
        ("≥90%", "85%", "10", "9.44"),
        ("≥5.3万人", "1.2万人", "7", "1.58"),  # 7 × 1.2 ÷ 5.3 = 1.5849
        ("≤7.5元/人", "17.39元/人", "8", "0"),  # more than twice the limit
        ("99%以上", "59.6%", "8", "4.82"),  # 8 × 59.6 ÷ 99 = 4.8162
        ("≥24场", "12", "5", "2.50"),
        ("≥24场", "0", "5", "0"),
        ("≥三次", "二次", "9", "6"),
        ("0起", "0起", "10", "10"),
        ("0起", "1起", "10", "0"),
        ("每亩300", "每亩270", "10", "9"),
        ("2023年12月底前", "2023年11月20日", "10", "10"),
        ("2023年12月31日", "2023-12-31", "10", "10"),
    ],
)
def test_units_are_understood(target: str, actual: str, weight: str, expected: str) -> None:
    assert scored(target, actual, weight) == Decimal(expected)


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("12万人次", "12"),
        ("1000件", "10万元"),
        ("≥100次", "50场次"),
        ("每亩300", "每户300"),
        ("每季度1次", "2次"),
        ("3-5天", "4天"),
        ("1:1", "1:2"),
        ("约100人", "95人"),
        ("≥90%", "低于90%"),
        ("2023年12月底前", "2024年1月5日"),  # missed, and no formula says what that costs
        ("2023年12月底前", "11月20日"),
        ("12月底前", "11月20日"),
    ],
)
@pytest.mark.parametrize("nature", ["", "≤", "＝"])
def test_what_is_not_comparable_is_left_to_people(target: str, actual: str, nature: str) -> None:
    assert scored(target, actual, nature=nature) is None
    assert scored(target, target, nature=nature) == 10  # the very words of the target


def test_a_term_that_was_missed_is_told() -> None:
    late = scoring.scored(measure("2023年12月底前"), measure("2024年1月5日"), Decimal(10), "", NATIONAL)
    assert (late.met, late.score) == (False, None)


amounts = st.decimals(min_value=0, max_value=10_000, places=2)
weights = st.decimals(min_value=0, max_value=100, places=1)


@given(amounts, amounts, weights, st.sampled_from("≥＞＝≤＜"), st.sampled_from([NATIONAL, HUBEI]))
def test_a_score_lies_between_0_and_its_weight(
    target: Decimal, actual: Decimal, weight: Decimal, nature: str, rules: scoring.Scheme
) -> None:
    found = scoring.score(target, actual, weight, nature, rules)
    assert found is not None
    assert 0 <= found <= weight


@given(amounts, amounts, amounts, weights)
def test_more_is_never_scored_lower_nor_less_higher(
    target: Decimal, one: Decimal, other: Decimal, weight: Decimal
) -> None:
    low, high = sorted((one, other))
    up = [scoring.score(target, actual, weight, "≥", NATIONAL) for actual in (low, high)]
    down = [scoring.score(target, actual, weight, "≤", NATIONAL) for actual in (low, high)]
    assert up == sorted(up)  # type: ignore[type-var]
    assert down == sorted(down, reverse=True)  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("executed", "budget", "weight", "expected"),
    [
        ("135", "194", "10", "6.96"),  # 大同: 6.9588
        ("17.29", "17.32", "3", "2.99"),  # 五华: 2.9948
        ("1.27", "1.27", "10", "10"),
        ("12", "10", "10", "10"),  # never above the weight
    ],
)
def test_execution_scores(executed: str, budget: str, weight: str, expected: str) -> None:
    assert scoring.execution_score(Decimal(executed), Decimal(budget), Decimal(weight)) == Decimal(expected)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("17.29", "17.32", "0.9983"), ("135", "194", "0.6959"), ("0", "5", "0")],
)
def test_rates(part: str, whole: str, expected: str) -> None:
    assert scoring.rate(Decimal(part), Decimal(whole)) == Decimal(expected)


@pytest.mark.parametrize("part", ["1", "0", "-1"])
def test_over_0_there_is_neither_rate_nor_score(part: str) -> None:
    assert scoring.rate(Decimal(part), Decimal(0)) is None
    assert scoring.execution_score(Decimal(part), Decimal(0), Decimal(10)) is None
    assert scoring.completion(Decimal(part), "0%") is None
    assert scoring.deviation("≥0", Decimal(part)) is None


@pytest.mark.parametrize(
    ("name", "score", "allowed"),
    [
        ("1", "10", True), ("1", "8", True), ("1", "7.99", False), ("1", "10.01", False),
        ("部分达成", "7.99", True), ("部分达成", "6", True), ("部分达成", "8", False),
        ("３", "5.99", True), ("3", "0", True), ("3", "6", False), ("3", "-1", False),
    ],
)  # fmt: skip
def test_tiers_include_their_lower_end(name: str, score: str, allowed: bool) -> None:
    assert scoring.tier_allows(scoring.tier(name, NATIONAL), Decimal(10), Decimal(score)) is allowed


@pytest.mark.parametrize("name", ["4", "0", "很好", ""])
def test_unknown_tiers(name: str) -> None:
    with pytest.raises(KeyError):
        scoring.tier(name, NATIONAL)


@pytest.mark.parametrize(("value", "expected"), [("0.95", "3"), ("1", "3"), ("1.1", "1.5"), ("1.2", "0"), ("2", "0")])
def test_band_score_of_a_control_rate(value: str, expected: str) -> None:
    # 寻甸 B13: 三公经费控制率 ≤100% full, ≥120% nothing, linear between
    assert scoring.band_score(Decimal(value), Decimal(1), Decimal("1.2"), Decimal(3)) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "expected"), [("0.96", "2"), ("0.95", "2"), ("0.945", "2"), ("0.94", "1.9"), ("0.9", "1.5"), ("0", "0")]
)
def test_step_score_downwards(value: str, expected: str) -> None:
    # 寻甸 B11: ≥95% full, each 1% below −0.1; a step that is not full costs nothing
    assert scoring.step_score(Decimal(value), Decimal("0.95"), Decimal("0.01"), Decimal("0.1"), Decimal(2)) == Decimal(
        expected
    )


@pytest.mark.parametrize(("value", "expected"), [("0.9", "1"), ("1", "1"), ("1.03", "0.7"), ("1.2", "0")])
def test_step_score_upwards(value: str, expected: str) -> None:
    # 在职人员控制率: ≤100% full, each point above −0.1
    assert scoring.step_score(Decimal(value), Decimal(1), Decimal("-0.01"), Decimal("0.1"), Decimal(1)) == Decimal(
        expected
    )


def test_survey_score() -> None:
    # 80 copies at 100, 15 at 80, 5 at 60: (8000 + 1200 + 300) / 100
    assert (
        scoring.survey_score(
            [Decimal(80), Decimal(15), Decimal(5)], [Decimal(100), Decimal(80), Decimal(60)], Decimal(100)
        )
        == 95
    )
