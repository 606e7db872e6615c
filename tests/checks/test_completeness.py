"""What a begun form still lacks: ruling 14."""

import pytest
from evaluations import NATIONAL, SICHUAN, codes, evaluation, found, lines_of, with_facts, with_fund, with_indicator
from published import WUHUA

from jixiao.evaluation import Evaluation
from jixiao.evaluation.completeness import begun, undone, unscored
from jixiao.findings import Severity
from typed_rows import changed

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def r60(form: Evaluation) -> list[tuple[str, str, list[int | None]]]:
    return [(one.severity.value, one.expected or one.message, lines_of(one)) for one in found(form, "R60")]


def emptied(form: Evaluation, number: int, *fields: str) -> Evaluation:
    return with_indicator(form, number, **dict.fromkeys(fields, ""))


# ---------------------------------------------------------------- indicators


def test_a_weighted_indicator_without_score() -> None:
    """五华 asks for no actual value: the score alone is missing."""
    assert r60(emptied(WUHUA, 3, "score")) == [("error", "得分", [14])]


def test_several_are_one_finding() -> None:
    assert r60(emptied(emptied(WUHUA, 3, "score"), 5, "score")) == [("error", "得分", [14, 16])]


@pytest.mark.parametrize(("blank", "code"), [(("score",), "R20"), (("actual",), "R20"), (("actual", "score"), "R60")])
def test_what_r20_reports_is_not_repeated(blank: tuple[str, ...], code: str) -> None:
    assert [one for one in codes(emptied(NATIONAL, 1, *blank)) if one in ("R20", "R60")] == [code]


def test_an_indicator_nobody_has_touched() -> None:
    assert r60(emptied(emptied(NATIONAL, 1, "actual", "score"), 4, "actual", "score")) == [
        ("error", "完成值和得分", [12, 12, 15, 15])
    ]


def test_a_row_without_weight_owes_nothing() -> None:
    assert r60(emptied(NATIONAL, 1, "actual", "score", "weight")) == []


def test_where_nothing_is_weighed_the_named_rows_owe_an_actual_value() -> None:
    """Transfer payment forms: targets and actual values, no points."""
    rows = (
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值\n产出 | 数量 | 公里 | 10 | 9\n产出 | 质量 | 合格率 | 100% | "
    )
    form = evaluation("local", "资金 | 执行数\n资金总额 | 9", rows, title="转移支付绩效目标自评表")
    assert r60(form) == [("error", "实际完成值", [13])]


@pytest.mark.parametrize("word", ["不涉及", "本年未实施", "本年度未开展"])
@pytest.mark.parametrize("place", ["actual", "score", "reason"])
def test_what_does_not_apply_is_complete_and_said_once(word: str, place: str) -> None:
    form = emptied(emptied(NATIONAL, 1, "actual", "score"), 2, "actual", "score")
    for number in (1, 2):
        form = with_indicator(form, number, reason="上级未下达任务。")
        form = with_indicator(form, number, **{place: f"{word}，上级未下达任务。" if place == "reason" else word})
    [one] = found(form, "R60")
    assert (one.severity, lines_of(one)) == (INFO, [12, 13])
    assert "财政部门同意" in (one.suggestion or "") and "培训人数、合格率" in one.message
    assert not {"R18", "R20", "R15", "R16"} & set(codes(form))


@pytest.mark.parametrize("total", ["100", "60"])
def test_what_a_row_without_work_counts_in_the_total_the_bureau_decides(total: str) -> None:
    """Full marks for it, or none, or its weight spread over the others: no sum of ours speaks against the total."""
    form = with_indicator(emptied(NATIONAL, 1, "actual", "score"), 1, actual="不涉及", reason="上级未下达任务。")
    assert "R09" not in codes(with_facts(form, total_score=total))


def test_without_a_reason_it_is_not_complete() -> None:
    form = with_indicator(emptied(NATIONAL, 1, "actual", "score"), 1, actual="不涉及")
    assert "R20" in codes(form) and INFO not in {one.severity for one in found(form, "R60")}


# ---------------------------------------------------------------- single facts


@pytest.mark.parametrize(
    ("fact", "severity"),
    [
        ("project_name", WARNING),
        ("project_unit", WARNING),
        ("project_department", WARNING),
        ("year", WARNING),
        ("goal_expected", WARNING),
        ("goal_actual", WARNING),
        ("total_score", ERROR),
        ("grade", WARNING),
    ],
)
@pytest.mark.parametrize("blank", ["", "—", "/", "  "])
def test_blank_facts(fact: str, severity: Severity, blank: str) -> None:
    form = with_facts(NATIONAL, **{fact: blank})
    assert [one.severity for one in found(form, "R60")] == [severity]
    assert found(form, "R60")[0].places == [form.facts[fact.replace("_", ".", 1)].place]


def test_names_are_one_finding_goals_another() -> None:
    form = with_facts(NATIONAL, project_name="", year="", goal_expected="", goal_actual="")
    assert [len(one.places) for one in found(form, "R60")] == [2, 2]


def test_total_and_grade_are_one_finding() -> None:
    [one] = found(with_facts(NATIONAL, total_score="—", grade=""), "R60")
    assert (one.severity, len(one.places)) == (ERROR, 2)


def test_a_grade_is_not_asked_for_before_all_is_scored() -> None:
    form = with_facts(emptied(WUHUA, 3, "score"), grade="")
    assert r60(form) == [("error", "得分", [14])]


def test_a_place_the_form_does_not_have_is_not_asked_for() -> None:
    facts = {name: cell for name, cell in NATIONAL.facts.items() if name not in ("grade", "total.score", "year")}
    assert r60(changed(NATIONAL, facts=facts)) == []


# ---------------------------------------------------------------- money


def test_a_blank_total_beside_filled_sources() -> None:
    assert r60(with_fund(NATIONAL, "资金总额", executed="")) == [("error", "各来源之和", [4])]
    assert r60(with_fund(NATIONAL, "资金总额", executed="—", adjusted="")) == [("error", "各来源之和", [4, 4])]


def test_blank_sources_are_honest() -> None:
    assert r60(with_fund(NATIONAL, "上年结转", initial="", adjusted="", executed="", rate="")) == []


def test_all_blank_is_not_a_matter_of_the_total() -> None:
    form = NATIONAL
    for source in ("资金总额", "财政拨款", "上年结转"):
        form = with_fund(form, source, executed="", rate="")
    assert r60(form) == []


# ---------------------------------------------------------------- whether it was begun


def test_a_form_nobody_has_begun_owes_nothing() -> None:
    """Next year's form after last year's: names, targets and weights stand, nothing is achieved yet."""
    form = with_facts(NATIONAL, total_score="", grade="", goal_actual="", execution_score="")
    for source in ("资金总额", "财政拨款", "上年结转"):
        form = with_fund(form, source, executed="", rate="")
    for number in range(1, 6):
        form = emptied(form, number, "actual", "score", "reason")
    assert not begun(form)
    assert r60(form) == []
    first = with_indicator(form, 1, actual="110", score="20")
    assert begun(first)
    assert [(severity, len(rows)) for severity, _, rows in r60(first)] == [("error", 8), ("warning", 1), ("error", 2)]


@pytest.mark.parametrize("title", ["项目支出绩效目标申报表", "项目绩效运行监控表"])
def test_an_early_form_owes_nothing(title: str) -> None:
    assert r60(changed(emptied(SICHUAN, 1, "actual", "score"), title=title)) == []


# ---------------------------------------------------------------- one list


def test_the_list_behind_it() -> None:
    form = emptied(emptied(NATIONAL, 1, "actual", "score"), 2, "score")
    assert [(one.indicator.row, bool(one.actual), bool(one.score)) for one in undone(form)] == [
        (12, True, True),
        (13, False, True),
    ]
    assert [row.row for row in unscored(form)] == [12, 13]
    assert unscored(NATIONAL) == unscored(WUHUA) == []
