"""Of every rule it is told whether it was held against the form, found nothing there, or could not be decided."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from evaluations import NATIONAL, SICHUAN, evaluation, stated, with_fund, with_indicator
from published import ANJU, DATONG, WUHUA

from jixiao.actions.rules import ruled
from jixiao.checks import CATALOGUE, Rule, check, findings_of, scheme_for
from jixiao.checks.looks import looks
from jixiao.checks.rulings import Ruling, State, rulings
from jixiao.evaluation import Evaluation, Group, Stated
from jixiao.figures import parse
from jixiao.findings import Finding
from jixiao.forms import library
from jixiao.hosts.files import load_document
from jixiao.law.scheme import Scheme
from typed_rows import changed

SEEDS = Path(__file__).parents[1] / "seeds"
CHECKED, NOTHING, UNDECIDED = State.CHECKED, State.NOTHING, State.UNDECIDED


def ruling(form: Evaluation, code: str) -> Ruling:
    """What became of the first rule of a code."""
    return next(one for one in rulings(form) if one.rule.code == code)


def states(form: Evaluation) -> dict[str, State]:
    return {one.rule.run.__name__: one.state for one in rulings(form)}


def pending(form: Evaluation, fact: str) -> Evaluation:
    """The form with a fact that a formula is still to give."""
    return changed(form, facts={**form.facts, fact: stated("", fact)._replace(formula="PERF_GRADE(G45)")})


# ---------------------------------------------------------------- the three states


HEAD = "资金 | 年初预算数 | 全年预算数 | 执行数 | 执行率\n"
ROWS = "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因\n"


def form(funds: str = "资金总额 | 10 | 10 | 9 | 90%", indicators: str = "", **facts: str) -> Evaluation:
    """A small form, its single facts side by side in row 1."""
    small = evaluation("national-2020", HEAD + funds, ROWS + indicators, **facts)
    apart = enumerate((name.replace("_", ".", 1) for name in facts), 20)
    return small.replaced(facts={**small.facts, **{name: _moved(small.facts[name], spot) for spot, name in apart}})


def _moved(cell: Stated, column: int) -> Stated:
    return cell._replace(place=cell.place._replace(column=column))


def row(nature: str, target: str, actual: str, weight: str = "20", score: str = "20", reason: str = "") -> Evaluation:
    """A form with one indicator."""
    return form(indicators=f"产出指标|数量指标|培训人数|{nature}|{target}|{actual}|{weight}|{score}|{reason}")


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        (form(), "R01 已核对（3格）"),
        (form("资金总额 | 10 | 10 | 9 | "), "R01 没有可核对的内容"),
        (form("资金总额 | 10 |  | 9 | 90%"), "R01 没有可核对的内容"),
        (form("资金总额 | 10 | 十 | 9 | 90%"), "R01 无法判断（第4行 全年预算数：应填数字，所填不是数字）"),
        (form("资金总额 | 10 | 10 | -9 | 90%"), "R01 无法判断（第4行 执行数：所填为负数）"),
        (form("资金总额 | 0.00 | 0.00 | 0.00 | 0.00%"), "R01 无法判断（第4行 全年预算数：除数为0）"),
        (form("资金总额 | 10 | 10 | 9 | 90%\n财政拨款 | 10 | 十 | 9 | 90%"), "R01 已核对（3格）"),
        (form(), "R02 没有可核对的内容（本表不涉及）"),
        (form(execution_weight="10", execution_score="9"), "R02 已核对（4格）"),
        (form(execution_weight="10", execution_score=""), "R02 没有可核对的内容"),
        (form(execution_weight="10", execution_score="九"), "R02 无法判断（第1行 execution_score：应填数字，所填不是数字）"),
        (pending(form(execution_weight="10"), "execution.score"), "R02 无法判断（第1行 execution.score：公式还没有结果）"),
        (form("资金总额 | 10 | 10 | 9 | 90%"), "R03 没有可核对的内容"),
        (form("资金总额 | 10 |  | | \n财政拨款 | 10 | | | "), "R03 已核对（2格）"),
        (form("资金总额 | 10 |  | | \n财政拨款 | 十 | | | "), "R03 无法判断（第5行 年初预算数：应填数字，所填不是数字）"),
        (row("≥", "100", "90"), "R10 已核对（4格）"),
        (row("≥", "100", ""), "R10 没有可核对的内容"),
        (row("≤", "100", "90"), "R10 没有可核对的内容"),
        (row("定性", "优", "优"), "R10 没有可核对的内容"),
        (row("≥", "若干", "90"), "R10 无法判断（第12行 得分：所填内容不足以判断）"),
        (row("正向", "100", "90"), "R10 无法判断（第12行 得分：所填内容不足以判断）"),
        (row("≥", "100", "90", score="25"), "R10 无法判断（第12行 得分：所填内容不足以判断）"),
        (row("≥", "100", "90", weight="二十"), "R10 无法判断（第12行 分值：应填数字，所填不是数字）"),
        (row("≤", "100", "90"), "R11 已核对（4格）"),
        (row("≥", "100", "90"), "R11 没有可核对的内容"),
        (row("≥", "0", "90"), "R13 无法判断（第12行 完成值：所填内容不足以判断）"),
        (row("≥", "100", "90"), "R13 已核对（3格）"),
        (row("≤", "0", "90"), "R13 没有可核对的内容"),
        (row("≥", "100", "90"), "R15 已核对（4格）"),
        (row("≥", "100", "90", reason="天气原因"), "R15 已核对（4格）"),
        (row("≥", "100", "", score=""), "R20 没有可核对的内容"),
        (row("≥", "100", ""), "R20 已核对（2格）"),
        (row("≥", "100", "", score="满分"), "R20 无法判断（第12行 得分：应填数字，所填不是数字）"),
        (form(total_score="95", grade="优"), "R14 已核对（2格）"),
        (form(total_score="九十五", grade="优"), "R14 无法判断（第1行 total_score：应填数字，所填不是数字）"),
        (pending(form(total_score="95"), "grade"), "R14 没有可核对的内容"),
        (form(year="2024", goal_expected="完成2024年度任务。"), "R41 已核对（3格）"),
        (form(year="2024", goal_expected="完成任务。"), "R41 没有可核对的内容"),
        (form(year="本年", goal_expected="完成2024年度任务。"), "R41 无法判断（第1行 year：所填内容不足以判断）"),
    ],
)  # fmt: skip
def test_the_state_of_a_rule(form: Evaluation, expected: str) -> None:
    one = ruling(form, expected[:3])
    assert one.line() == f"{expected}：{one.rule.sentence}"


def test_words_where_a_number_belongs_are_what_r18_looks_at() -> None:
    worded = form("资金总额 | 十 | | | ")
    assert [finding.code for finding in check(worded)] == ["R18"]
    assert ruling(worded, "R18")[1:4] == (CHECKED, 1, "")


def test_group_weights_are_compared_with_what_is_below_them() -> None:
    groups = (Group(1, "产出指标", stated("60", "分值", 12, 20), (12, 13, 14)),)
    assert ruling(changed(NATIONAL, groups=groups), "R06").state is CHECKED
    worded = with_indicator(changed(NATIONAL, groups=groups), 1, weight="二十")
    assert ruling(worded, "R06").state is UNDECIDED


def test_a_custom_split_is_compared_only_where_the_levels_are_the_schemes() -> None:
    assert ruling(NATIONAL, "R07").state is CHECKED
    assert ruling(changed(NATIONAL, indicators=NATIONAL.indicators[:4]), "R07").state is NOTHING
    assert ruling(with_indicator(NATIONAL, 1, weight="21"), "R07").state is UNDECIDED  # not 100: R05 says it
    assert ruling(SICHUAN, "R07")[1:4] == (NOTHING, 0, "本表不涉及")


def test_failed_formulas_leave_their_rules_undecided() -> None:
    failing = stated("#NAME?", "total.score")._replace(formula="SUM(G12:G16)")
    broken = changed(NATIONAL, facts={**NATIONAL.facts, "total.score": failing})
    assert ruling(broken, "R14").state is UNDECIDED
    assert "公式还没有结果" in ruling(broken, "R14").reason
    assert ruling(broken, "R58").state is CHECKED


def test_an_unknown_scheme_leaves_undecided_what_takes_one() -> None:
    strange = changed(NATIONAL, scheme="mars-2030")
    assert ruling(strange, "R01")[1:4] == (UNDECIDED, 0, "评分方案“mars-2030”未收录")
    assert ruling(with_fund(strange, "资金总额", rate="5%"), "R01").state is UNDECIDED  # found by another's rules
    assert ruling(strange, "R09").state is CHECKED


def _broken(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """这一项总会出错。"""
    raise KeyError("missing")
    yield


def test_a_rule_that_fails_is_undecided_and_the_others_go_on() -> None:
    rules = [rule._replace(run=_broken) if rule.code == "R09" else rule for rule in CATALOGUE]
    broken = {one.rule.code: one.reason for one in rulings(NATIONAL, rules) if one.state is UNDECIDED}
    assert broken == {"R09": "这一项校验未能完成"}


# ---------------------------------------------------------------- whole forms


def test_of_a_fresh_form_only_what_it_prints_is_checked() -> None:
    """The weights and formulas of the empty workbook, and nothing that waits for its user."""
    for name in library.identifiers():
        [fresh] = ruled(load_document(f"{library.folder()}/{name}.xlsx"))
        assert {one.rule.code for one in fresh.rulings if one.state is CHECKED} <= {"R06", "R18", "R58"}
        assert [one for one in fresh.rulings if one.state is UNDECIDED] == []


@pytest.mark.parametrize("form", [NATIONAL, SICHUAN, DATONG, WUHUA, *ANJU])
def test_of_an_honest_form_everything_can_be_decided(form: Evaluation) -> None:
    assert UNDECIDED not in states(form).values()


def test_the_published_forms_rule_by_rule() -> None:
    """Counted in the documents: rows with the cells that are filled in."""
    [wuhua] = ruled(load_document(str(SEEDS / "wuhua-2024-project.docx")))
    cells = {
        one.rule.code: one.cells for one in wuhua.rulings[::-1] if one.rule.code != "R18"
    }  # the first of each code
    assert cells["R01"] == 9  # 明细, 合计 and 区级财政: 到位数, 支出数, 执行率
    assert cells["R02"] == 4  # 分值 3, 得分 2.99, 支出数 and 到位数
    assert cells["R06"] == 33  # 17 weights, 12 of level 2, 2 of level 1, and two totals
    assert cells["R09"] == 36  # 17 weights and 17 scores with their totals
    assert cells["R14"] == 2
    # no weights of custom; no 指标值, 完成值, 原因; no year in title and texts; no formulas in Word; no sums of its own
    silent = "R07 R10 R11 R12 R13 R15 R16 R17 R19 R20 R26 R27 R38 R41 R58 R62"
    assert sorted(code for code, count in cells.items() if not count) == silent.split()
    [datong] = ruled(load_document(str(SEEDS / "datong-2021-project.docx")))
    cells = {one.rule.code: one.cells for one in datong.rulings}
    assert (cells["R10"], cells["R11"]) == (16, 0)  # four rows of per cents, all to reach
    assert (cells["R12"], cells["R26"], cells["R29"]) == (8, 0, 0)  # 及时, 保障: 指标值, 完成值, 分值, 得分


def test_of_forms_without_actuals_the_scores_are_not_judged() -> None:
    first, *_ = ruled(load_document(str(SEEDS / "anju-2023-accounts-and-projects.docx")))
    found = {one.rule.code: (one.state, one.cells) for one in first.rulings}
    assert [found[code] for code in ("R10", "R11", "R13", "R15", "R19")] == [(NOTHING, 0)] * 5
    assert found["R20"] == (CHECKED, 12)  # six rows: 完成值 blank, 得分 filled in
    assert first.errors


WRONG = (
    "173246",
    "1",
    "-1",
    "777",
    "0.5%",
    "",
    "优良差",
    "≥95%",
    "2019",
    "2019年度的任务。",
    "数量指标",
    "0",
    "0.01",
    "0.001",
)


def _others(cell: Stated, form: Evaluation) -> Iterator[Stated]:
    """The cell stated otherwise: by what does not belong there, or with one letter mistaken."""
    letters = (cell.text[:spot] + "误" + cell.text[spot + 1 :] for spot in range(len(cell.text)))
    for text in (*WRONG, form.text("project.name")[:-1] + "误", *letters):
        figure = parse(text)
        unit = cell.figure.heading if cell.figure else ""
        yield cell._replace(text=text, figure=figure.of(unit) if figure and unit else figure, exact=None)


def _noticed(rule: Rule, form: Evaluation) -> bool:
    """Whether the rule has a finding when one of the cells it looked at is stated otherwise."""
    scheme = scheme_for(form)
    cells = {cell for look in looks(rule, form, scheme) if not look.doubt for cell in look.cells}
    return any(
        findings_of(rule, form.retold(lambda one, old=cell, new=other: new if one == old else one), scheme)
        for cell in cells
        for other in _others(cell, form)
    )


@pytest.mark.parametrize("form", [NATIONAL, SICHUAN, WUHUA], ids=lambda form: form.scheme)
def test_what_was_checked_would_have_been_noticed(form: Evaluation) -> None:
    """Checked is never a mere word: with one of these cells wrong, the rule speaks."""
    two_cells = {  # these take two: amount and rate, one weight more and one less, a score and its actual value
        "rate_of_nothing",
        "customary_split",
        "indicators_are_finished",
    }
    checked = [one.rule for one in rulings(form) if one.state is CHECKED and one.rule.run.__name__ not in two_cells]
    assert len(checked) > 10
    assert [rule.run.__name__ for rule in checked if not _noticed(rule, form)] == []


# ---------------------------------------------------------------- what is printed


def test_the_lines_of_a_form() -> None:
    [datong] = ruled(load_document(str(SEEDS / "datong-2021-project.docx")))
    place, *lines, summary = datong.lines()
    assert place == "〔第1张表〕"
    assert lines[0].startswith("R01 已核对（6格）：执行率等于执行数（")
    assert [line.split()[0] for line in lines] == [rule.code for rule in CATALOGUE]
    count = Counter(one.state for one in datong.rulings)
    assert summary == f"共41条规则：已核对{count[CHECKED]}条，没有可核对的内容{count[NOTHING]}条，无法判断0条。"
