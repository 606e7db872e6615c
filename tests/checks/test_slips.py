"""R38: what the goals say in one unit and the fund block in another. Every pair worked out by hand."""

import pytest
from evaluations import NATIONAL, evaluation, found, lines_of, with_facts

from jixiao.checks import check
from jixiao.evaluation import Evaluation
from jixiao.findings import Severity


def form(unit: str, budget: str, spent: str, goal: str) -> Evaluation:
    """The national form with these amounts in this unit, and a goal that tells of money."""
    told = with_facts(NATIONAL, goal_expected=goal)
    texts = {"initial": budget, "adjusted": budget, "executed": spent}
    facts = dict(told.facts)
    for field, text in texts.items():
        cell = with_facts(NATIONAL, x_y=text).facts["x.y"]
        old = told.facts[f"funds.total.{field}"]
        figure = cell.figure.of(unit) if cell.figure and unit else cell.figure
        facts[f"funds.total.{field}"] = old._replace(text=text, figure=figure)
    return told.replaced(facts=facts)


@pytest.mark.parametrize(
    ("unit", "budget", "spent", "goal", "stated", "told"),
    [
        ("万元", "173246", "172920", "项目预算17.32万元，支付17.29万元。", "173246万元", "17.32万元"),
        ("万元", "173246.00", "172920.00", "预算金额173246元。", "173246.00万元", "173246元"),
        ("元", "17.32", "17.29", "预算金额173246.00元。", "17.32元", "173246元"),
        ("元", "17.32", "17.29", "安排资金17.32万元。", "17.32元", "17.32万元"),
        ("万元", "3000000", "3000000", "安排预算300万元。", "3000000万元", "300万元"),
        ("千元", "1935", "1935", "下达资金1935万元。", "1935千元", "1935万元"),
        ("亿元", "1935", "1935", "资金总额1,935万元", "1935亿元", "1935万元"),
    ],
)
def test_a_slip_names_both_figures(unit: str, budget: str, spent: str, goal: str, stated: str, told: str) -> None:
    slip = found(form(unit, budget, spent, goal), "R38")[0]
    assert (slip.severity.value, slip.stated) == ("warning", stated)
    assert told in slip.message and slip.suggestion and unit in slip.suggestion
    assert [place.label for place in slip.places][-1] == "goal.expected"


@pytest.mark.parametrize(
    ("unit", "budget", "goal"),
    [
        ("万元", "17.32", "项目预算17.32万元，即173246元。"),
        ("万元", "17.32", "预算金额173246元。"),
        ("万元", "300", "发放补助资金300元/人。"),
        ("万元", "300", "补助资金每人300元。"),
        ("万元", "312.50", "人均补助资金312.5元。"),
        ("万元", "300", "慰问金300元。"),
        ("万元", "300", "走访支出300元。"),
        ("万元", "20000", "宣传资金20000元。"),
        ("万元", "173246", "服务17.32万人。"),
        ("万元", "173246", ""),
        ("", "173246", "项目预算17.32万元。"),
    ],
)
def test_an_honest_form_is_never_flagged(unit: str, budget: str, goal: str) -> None:
    assert found(form(unit, budget, budget, goal), "R38") == []


def test_what_stands_once_as_it_is_settles_the_unit() -> None:
    """The whole is told rightly; another amount of the text happens to have the same digits."""
    assert found(form("万元", "312.50", "312.50", "预算312.5万元，其中宣传支出312.5元。"), "R38") == []


def test_one_slip_in_several_columns_is_one_finding() -> None:
    [slip] = found(form("万元", "173246", "173246", "项目预算17.32万元。"), "R38")
    assert len(slip.places) == 4  # three columns of the table, and the text


@pytest.mark.parametrize(("unit", "notes"), [("万元", 1), ("元", 0), ("", 0)])
def test_rates_from_yuan_are_compared_only_with_larger_units(unit: str, notes: int) -> None:
    """17.29 of 17.32 is 99.83 %, 172920 of 173246 is 99.81 %."""
    told = form(unit, "17.32", "17.29", "预算金额173246元，支付172920元。")
    rate = told.facts["funds.total.rate"]
    facts = {
        **told.facts,
        "funds.total.rate": with_facts(NATIONAL, x_y="99.83%").facts["x.y"]._replace(place=rate.place),
    }
    assert len(found(told.replaced(facts=facts), "R51")) == notes


# ---------------------------------------------------------------- inside the fund block


def funds(total: str, fiscal: str = "200.00 | 200.00 | 150.00 | 75.00%", scheme: str = "local") -> Evaluation:
    head = "资金 | 年初预算数 | 全年预算数 | 执行数 | 执行率\n"
    rows = "一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分\n产出 | 场次 | 10 | 10 | 90 | 90"
    facts = {"execution_weight": "10", "execution_score": "7.5", "total_score": "97.5"}
    return evaluation(scheme, f"{head}资金总额 | {total}\n财政拨款 | {fiscal}", rows, **facts)


@pytest.mark.parametrize("scheme", ["local", "national-2020"])
@pytest.mark.parametrize(
    ("total", "fiscal", "lines"),
    [
        ("2000000 | 2000000 | 1500000 | 75.00%", "200.00 | 200.00 | 150.00 | 75.00%", [4, 4, 4]),
        ("200.00 | 200.00 | 1500000 | 75.00%", "200.00 | 200.00 | 150.00 | 75.00%", [4]),
        ("200.00 | 200.00 | 150.00 | 75.00%", "200.00 | 200.00 | 1500000.00 | 75.00%", [4, 5]),
        ("200.00 | 200.00 | 1500000 | 75.00%", "200.00 | 200.00 | 1500000 | 75.00%", [4, 5]),
    ],
)
def test_one_slip_in_the_fund_block_is_one_finding(total: str, fiscal: str, lines: list[int], scheme: str) -> None:
    """1500000 元 is 150 万元, and 75 % of 200."""
    [slip] = check(funds(total, fiscal, scheme))
    assert (slip.code, slip.severity, lines_of(slip)) == ("R38", Severity.ERROR, lines)


@pytest.mark.parametrize(
    ("total", "fiscal", "expected"),
    [
        ("200.00 | 200.00 | 150.00 | 75.00%", "200.00 | 200.00 | 150.00 | 75.00%", []),
        ("2000.00 | 200.00 | 150.00 | 75.00%", "200.00 | 200.00 | 150.00 | 75.00%", ["R03"]),  # ten times
        ("200.00 | 200.00 | 150.00 | 75.00%", "0.01 | 200.00 | 150.00 | 75.00%", ["R03"]),  # 20000 times, and tiny
        ("0.01 | 100.00 | 0.01 | 0.01%", "0.01 | 100.00 | 0.01 | 0.01%", []),  # 0.01 % of 100 as it stands
        ("200.00 | 200.00 | 0.00 | 0.00%", "200.00 | 200.00 | 0.00 | 0.00%", ["R02"]),
    ],
)
def test_other_differences_are_no_slips(total: str, fiscal: str, expected: list[str]) -> None:
    assert [finding.code for finding in check(funds(total, fiscal))] == expected
