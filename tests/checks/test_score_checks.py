"""R02, R05–R14: weights, scores, totals and grades. Expected scores by hand from 财预〔2020〕10号 and the scheme's formula."""

from decimal import Decimal

import pytest
from evaluations import NATIONAL, SICHUAN, codes, found, lines_of, stated, with_facts, with_fund, with_indicator
from published import WUHUA

from jixiao.checks.scores import is_option_list
from jixiao.evaluation import Group
from jixiao.findings import Severity
from typed_rows import changed


def test_r02_execution_score_follows_the_rate() -> None:
    [finding] = found(with_facts(NATIONAL, execution_score="9"), "R02")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "9", "7.5")
    assert found(NATIONAL, "R02") == []


def test_r02_never_more_than_the_weight_and_nothing_without_a_budget() -> None:
    over = with_fund(NATIONAL, "资金总额", executed="300.00")
    assert found(with_facts(over, execution_score="10"), "R02") == []
    empty = with_fund(NATIONAL, "资金总额", adjusted="0.00", executed="0.00")
    assert found(with_facts(empty, execution_score="10"), "R02") == []


def test_r02_in_a_department_evaluation() -> None:
    form = with_facts(WUHUA, execution_score="2.9")
    assert [finding.expected for finding in found(form, "R02")] == ["2.99"]  # 3 × 17.29 ÷ 17.32 = 2.9948


def test_r02_whole_points_may_be_rounded() -> None:
    """150 ÷ 160 × 10 = 9.375; a form in whole points writes 9."""
    form = with_fund(NATIONAL, "资金总额", adjusted="160.00")
    [finding] = found(with_facts(form, execution_score="9"), "R02")
    assert finding.severity is Severity.INFO
    [finding] = found(with_facts(form, execution_score="10"), "R02")
    assert finding.severity is Severity.ERROR


def test_r05_weights_are_a_hundred() -> None:
    form = with_indicator(NATIONAL, 5, weight="15")
    [finding] = found(form, "R05")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "105", "100")
    assert found(NATIONAL, "R05") == []


def test_r05_is_exact() -> None:
    assert found(with_indicator(NATIONAL, 5, weight="10.01"), "R05")


def test_r06_a_printed_group_weight_is_the_sum_of_its_rows() -> None:
    groups = (Group(2, "数量指标", stated("25", "分值", 12), (12,)),)
    [finding] = found(changed(NATIONAL, groups=groups), "R06")
    assert (finding.stated, finding.expected) == ("25", "20")
    assert found(WUHUA, "R06") == []


def test_r06_one_weight_may_stand_for_two_level_1_groups() -> None:
    groups = [
        group._replace(weight=stated("45", "分值", 12)) if group.level == 1 else group for group in WUHUA.groups[:1]
    ]
    [finding] = found(changed(WUHUA, groups=[*groups, *WUHUA.groups[1:]], facts={}), "R06")
    assert (finding.stated, finding.expected) == ("45", "40")  # 7 + 7 + 7 + 6 + 6 + 7


def test_r06_printed_group_totals() -> None:
    assert [f.expected for f in found(with_facts(WUHUA, total_group1_weight="90"), "R06")] == ["100"]


def test_r07_the_customary_split() -> None:
    form = with_indicator(with_indicator(NATIONAL, 4, weight="20", score="20"), 5, weight="20", score="20")
    [finding] = found(form, "R07")
    assert finding.severity is Severity.WARNING
    assert (finding.stated, finding.expected) == ("效益指标20、满意度指标20", "效益指标30、满意度指标10")
    assert codes(form) == ["R07"]


def test_r07_says_nothing_where_a_level_1_is_missing_or_no_split_is_set() -> None:
    four = changed(with_indicator(NATIONAL, 4, weight="40", score="40"), indicators=NATIONAL.indicators[:4])
    assert found(four, "R07") == []
    assert found(SICHUAN, "R07") == []


@pytest.mark.parametrize(("score", "wrong"), [("20.01", True), ("-1", True), ("20", False), ("0", False)])
def test_r08_scores_lie_between_nothing_and_the_weight(score: str, wrong: bool) -> None:
    assert bool(found(with_indicator(NATIONAL, 1, score=score), "R08")) is wrong


def test_r08_lists_the_rows_and_counts_the_execution_row() -> None:
    form = with_indicator(with_indicator(NATIONAL, 3, score="12"), 5, score="11")
    [finding] = found(form, "R08")
    assert lines_of(finding) == [14, 16]
    assert found(with_facts(NATIONAL, execution_score="11"), "R08")


def test_r09_the_total_is_the_sum_of_the_scores() -> None:
    [finding] = found(with_facts(NATIONAL, total_score="96.5"), "R09")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "96.5", "95.5")
    # 预算执行率 counts once, although it is both a fact and a row
    assert found(WUHUA, "R09") == []


@pytest.mark.parametrize("total", ["95.51", "95.49", "96"])
def test_r09_rounding_is_a_note(total: str) -> None:
    [finding] = found(with_facts(NATIONAL, total_score=total), "R09")
    assert finding.severity is Severity.INFO


def test_r09_a_wrong_weight_total_is_one_finding() -> None:
    assert codes(with_facts(NATIONAL, total_weight="90")) == ["R09"]


def test_r02_alone_when_the_total_adds_up_with_the_wrong_score() -> None:
    form = with_facts(NATIONAL, execution_score="10", total_score="98")
    assert codes(form) == ["R02"]


def test_r10_a_missed_target_scores_by_completion() -> None:
    form = with_facts(with_indicator(NATIONAL, 2, score="20"), total_score="97.5")
    [finding] = found(form, "R10")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "20", "18")  # 20 × 90 ÷ 100
    assert codes(form) == ["R10"]


def test_r10_fewer_points_need_a_reason() -> None:
    fewer = with_indicator(NATIONAL, 2, score="15")
    assert found(fewer, "R10") == []  # the reason stands beside it
    [finding] = found(with_indicator(fewer, 2, reason=""), "R10")
    assert finding.severity is Severity.WARNING


def test_r11_an_exceeded_limit_loses_points_by_the_scheme_s_formula() -> None:
    """Limit 10, actual 12, weight 20: 20 × (1 − 2 ÷ 10) = 16."""
    form = with_indicator(SICHUAN, 5, actual="12", reason="里程增加。")
    [finding] = found(form, "R11")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "20", "16")
    assert "反向指标" in (finding.citation or "")
    assert found(with_indicator(form, 5, score="16"), "R11") == []
    assert found(form, "R10") == []


def test_r12_a_target_is_one_level() -> None:
    [finding] = found(with_indicator(SICHUAN, 2, target="优良差"), "R12")
    assert finding.severity is Severity.WARNING
    assert found(SICHUAN, "R12") == []


@pytest.mark.parametrize("text", ["优良差", "高中低", "优、良、中、差", "优/良", "是/否", "合格或不合格"])
def test_option_lists(text: str) -> None:
    assert is_option_list(text)


@pytest.mark.parametrize("text", ["优", "优良", "良好", "及时", "按时", "高", "保障", "100%", "不合格"])
def test_single_levels(text: str) -> None:
    assert not is_option_list(text)


def test_r12_a_score_lies_in_its_tier() -> None:
    """部分达成: 60 % to below 80 % of 20 is 12 to below 16."""
    words = "部分达成年度指标并具有一定效果"
    [finding] = found(with_indicator(SICHUAN, 2, actual=words, score="18"), "R12")
    assert (finding.stated, finding.expected) == ("18", "12至16")
    assert found(with_indicator(SICHUAN, 2, actual=words, score="15"), "R12") == []


@pytest.mark.parametrize(("actual", "words"), [("119", None), ("120", "1.2倍"), ("129", "1.29倍"), ("130", "未写原因")])
def test_r13_far_beyond_the_target(actual: str, words: str | None) -> None:
    findings = found(with_indicator(NATIONAL, 1, actual=actual), "R13")
    assert [finding.severity for finding in findings] == ([Severity.WARNING] if words else [])
    assert all(words in finding.message for finding in findings if words)


def test_r13_is_silent_with_a_reason_and_for_limits() -> None:
    assert found(with_indicator(NATIONAL, 1, actual="200", reason="增办一期。"), "R13") == []
    assert found(with_indicator(SICHUAN, 5, actual="5"), "R13") == []


@pytest.mark.parametrize(
    ("total", "grade", "right"),
    [("95.5", "优", True), ("95.5", "优秀", True), ("95.5", "良", False)],
)
def test_r14_the_grade_is_that_of_the_total(total: str, grade: str, right: bool) -> None:
    assert bool(found(with_facts(NATIONAL, total_score=total, grade=grade), "R14")) is not right


@pytest.mark.parametrize(("cut", "total", "grade"), [("12", "90", "优"), ("11.99", "89.99", "良"), ("2", "80", "良")])
def test_r14_lower_ends_are_included(cut: str, total: str, grade: str) -> None:
    """7.5 + 20 + 18 + 10 + 30 + 10 = 95.5; with 10 execution points and a smaller second score the total meets a line."""
    form = with_facts(NATIONAL, execution_score="8", total_score=total, grade=grade)
    assert found(with_indicator(form, 2, score=cut), "R14") == []
    other = "良" if grade == "优" else "优"
    assert found(with_indicator(with_facts(form, grade=other), 2, score=cut), "R14")


def test_r14_hidden_decimals_are_a_warning() -> None:
    total = NATIONAL.facts["total.score"]._replace(exact=Decimal("95.496"))
    [finding] = found(changed(NATIONAL, facts={**NATIONAL.facts, "total.score": total}), "R14")
    assert finding.severity is Severity.WARNING and "95.496" in finding.message
    noise = total._replace(exact=Decimal("95.49999999999999"))  # a sum of binary floats
    assert found(changed(NATIONAL, facts={**NATIONAL.facts, "total.score": noise}), "R14") == []


def test_r14_an_unknown_grade_and_none() -> None:
    [finding] = found(with_facts(NATIONAL, grade="一等"), "R14")
    assert finding.severity is Severity.WARNING
    assert found(with_facts(NATIONAL, grade=""), "R14") == []
