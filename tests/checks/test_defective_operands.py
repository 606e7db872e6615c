"""One cause, one finding: where an operand is no proper number, the relations it stands in say nothing besides."""

import pytest
from evaluations import (
    NATIONAL,
    SICHUAN,
    SOURCES,
    codes,
    evaluation,
    found,
    stated,
    with_facts,
    with_fund,
    with_indicator,
)
from published import DATONG, WUHUA

from jixiao.checks import check
from jixiao.evaluation import Evaluation, Group
from jixiao.figures import parse
from typed_rows import changed


def computed(form: Evaluation, source: str, name: str, shown: str) -> Evaluation:
    """The form with the amount of one fund row given by a formula that shows this."""
    form = with_fund(form, source, **{name: shown})
    row = next(row for row in form.funds if row.key == SOURCES[source])
    cell = getattr(row, name)._replace(formula="SUM(B5:B7)")
    rows = [each._replace(**{name: cell}) if each is row else each for each in form.funds]
    return changed(form, funds=rows, facts={**form.facts, f"funds.{row.key}.{name}": cell})


def scored_by_formula(form: Evaluation, number: int, shown: str) -> Evaluation:
    """The form with the score of the n-th indicator given by a formula that shows this."""
    rows = [*form.indicators, *form.skeleton]
    score = rows[number - 1].score
    assert score is not None
    rows[number - 1] = rows[number - 1]._replace(
        score=score._replace(text=shown, figure=parse(shown), formula="PERF_SCORE(D12,E12,F12)")
    )
    return changed(form, indicators=rows)


DEFECTIVE = [
    (with_fund(DATONG, "资金总额", executed="-135"), ["R18", "R19"]),
    (with_fund(NATIONAL, "资金总额", executed="-150.00"), ["R18"]),
    (with_fund(NATIONAL, "资金总额", adjusted="-200.00"), ["R18"]),
    (with_fund(NATIONAL, "资金总额", adjusted="二百"), ["R18"]),
    (with_fund(NATIONAL, "财政拨款", adjusted="二百"), ["R18"]),
    (with_fund(SICHUAN, "资金总额", executed="九万五"), ["R18"]),
    (with_fund(SICHUAN, "资金总额", executed="-9.50", rate="-95.00%"), ["R18"]),
    (with_fund(SICHUAN, "资金总额", adjusted="-10.00"), ["R18"]),
    (with_indicator(NATIONAL, 1, weight="二十"), ["R18"]),
    (with_indicator(NATIONAL, 1, weight="-20"), ["R18"]),
    (with_indicator(NATIONAL, 1, score="满分"), ["R18"]),
    (with_indicator(NATIONAL, 1, score="-20"), ["R08"]),
    (with_facts(NATIONAL, execution_weight="十分"), ["R18"]),
    (with_facts(NATIONAL, execution_weight="-10"), ["R18"]),
    (with_facts(NATIONAL, execution_score="七分半"), ["R18"]),
    (with_facts(NATIONAL, total_score="九十五"), ["R18"]),
    (with_indicator(WUHUA, 3, weight="三"), ["R18", "R51"]),
]


@pytest.mark.parametrize(("form", "expected"), DEFECTIVE)
def test_a_defective_operand_is_one_finding(form: Evaluation, expected: list[str]) -> None:
    assert codes(form) == expected  # R19 and R51 are the published forms' own


@pytest.mark.parametrize("form", [form for form, _ in DEFECTIVE])
def test_nothing_negative_is_ever_expected(form: Evaluation) -> None:
    assert not [finding for finding in check(form) if (finding.expected or "").startswith("-")]


def test_sound_operands_are_still_held_to_their_relations() -> None:
    assert codes(with_fund(NATIONAL, "资金总额", executed="135.00")) == ["R01", "R02", "R03"]
    assert codes(with_indicator(NATIONAL, 1, weight="21", score="21")) == ["R05", "R09"]


def test_a_worded_group_weight_is_one_finding() -> None:
    groups = (Group(2, "数量指标", stated("二十", "分值", 12, 20), (12,)),)
    assert codes(changed(NATIONAL, groups=groups)) == ["R18"]


@pytest.mark.parametrize("amount", ["二百", "-200.00"])
def test_r04_speaks_only_where_both_amounts_are_blank_or_zero(amount: str) -> None:
    nothing = with_fund(NATIONAL, "其他资金", rate="50%")
    assert codes(nothing) == ["R04"]
    assert codes(with_fund(nothing, "其他资金", adjusted="0.00", executed="0.00")) == ["R04"]
    assert found(with_fund(nothing, "其他资金", adjusted=amount), "R04") == []


def test_a_formula_without_a_cached_result_decides_nothing() -> None:
    """Saved by a program that does not compute: the total is there, only not yet shown."""
    form = with_fund(NATIONAL, "资金总额", initial="", rate="50%")
    for name in ("initial", "adjusted", "executed"):
        form = computed(form, "资金总额", name, "")
    assert codes(form) == []
    blank_in_the_print = with_fund(NATIONAL, "资金总额", initial="", adjusted="", executed="", rate="50%")
    assert "R04" in codes(blank_in_the_print)


def test_a_score_still_to_be_computed_is_not_asked_of_the_user() -> None:
    assert codes(scored_by_formula(NATIONAL, 1, "")) == []
    assert codes(scored_by_formula(NATIONAL, 3, "")) == []  # 及时 is 及时
    judgement = with_indicator(NATIONAL, 3, actual="基本及时")
    assert codes(scored_by_formula(judgement, 3, "")) == ["R20"]  # words: only a person can score them


def test_failed_formulas_are_one_finding() -> None:
    form = computed(scored_by_formula(NATIONAL, 1, "#NAME?"), "资金总额", "executed", "#VALUE!")
    [finding] = check(form)
    assert (finding.code, finding.severity, finding.stated) == ("R58", "warning", "#VALUE!、#NAME?")
    assert [place.cell for place in finding.places] == ["D4", "G12"]
    assert finding.line() == (
        "警告·第4、12行 执行数、得分：公式未能计算，显示为#VALUE!、#NAME?（表内公式）。"
        "请先“填写”（jixiao fill）再校验；仍为#VALUE!的核对所用的数。"
    )


def test_words_that_begin_like_an_error_are_words() -> None:
    """Nobody's formula: typed, or read from Word."""
    assert codes(with_indicator(NATIONAL, 1, score="#NAME?")) == ["R18"]
    assert codes(scored_by_formula(NATIONAL, 1, "20")) == []


@pytest.mark.parametrize("fact", ["grade", "total.score", "total.weight", "execution.score", "project.unit", "year"])
def test_a_failed_single_formula_is_one_finding(fact: str) -> None:
    failing = stated("#NAME?", fact)._replace(formula="PERF_GRADE(G45)")
    assert codes(changed(NATIONAL, facts={**NATIONAL.facts, fact: failing})) == ["R58"]


def test_a_row_of_nothing_but_a_failed_formula_is_no_indicator() -> None:
    spare = """
    一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因
    产出指标 | 数量指标 |         |       |       |     |     |
    """
    form = evaluation("national-2020", "资金 | 执行率\n资金总额 | ", spare)
    [failing] = scored_by_formula(form, 1, "#NAME?").skeleton
    failing = failing._replace(row=30, score=failing.score._replace(place=failing.score.place._replace(row=30)))
    wrong_total = with_facts(NATIONAL, total_score="97.5")
    assert codes(changed(wrong_total, indicators=[*wrong_total.indicators, failing])) == ["R09", "R58"]
    named = failing._replace(name=stated("培训班次", "三级指标", 30))  # somebody's: its score is still to come
    assert codes(changed(wrong_total, indicators=[*wrong_total.indicators, named])) == ["R58"]


@pytest.mark.parametrize(
    ("form", "code", "citation"),
    [
        (with_fund(SICHUAN, "资金总额", executed="8.99", rate="89.90%"), "R27", "四川省2023年度自评表填报说明"),
        (with_fund(SICHUAN, "资金总额", initial="12.00"), "R26", "四川省2023年度自评表填报说明"),
        (with_indicator(SICHUAN, 1, weight="25"), "R05", "参照财预〔2020〕10号，摘要"),
        (with_indicator(NATIONAL, 1, weight="25"), "R05", "财预〔2020〕10号，摘要"),
        (with_facts(NATIONAL, grade="差"), "R14", "财预〔2020〕10号，摘要"),
    ],
)
def test_a_finding_cites_the_source_of_its_own_rule(form: Evaluation, code: str, citation: str) -> None:
    assert [finding.citation for finding in found(form, code)] == [citation]


@pytest.mark.parametrize("form", [form for form, _ in DEFECTIVE] + [with_fund(DATONG, "资金总额", rate="80%")])
def test_message_and_citation_fit_two_lines(form: Evaluation) -> None:
    """Two lines of a printed list hold some 90 characters."""
    for finding in check(form):
        assert len(f"{finding.message}{finding.expected or ''}{finding.citation}") <= 80
