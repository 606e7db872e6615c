"""Money: sources below each other, side by side, as labels; totals, details, and the unit nobody may guess."""

from collections.abc import Mapping
from decimal import Decimal

import pytest

from forms.reader.drawn import column, facts, read, table
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import Part

GOAL = "\n年度总体目标 | 养护30公里 | < | <"


def funds(evaluation: Evaluation) -> Mapping[str, str]:
    return {name: text for name, text in facts(evaluation).items() if name.startswith(("funds.", "execution."))}


def test_every_source_has_its_row_and_the_total_the_one_score() -> None:
    text = """
项目资金\\n（万元） | < |  | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分
^ | < | 年度资金总额 | 100 | 100 | 90 | 10 | 90% | 9
^ | < | 其中：当年财政拨款 | 80 | 80 | 70 | — | 87.5% | —
^ | < | 上年结转资金 |  |  |  | — |  | —
^ | < | 其他资金 | 20 | 20 | 20 | — | 100% | —
年度总体目标 | 预期目标 | < | < | < | 实际完成情况 | < | < | <
^ | 养护30公里 | < | < | < | 养护28公里 | < | < | <
"""
    evaluation = read(text).evaluation
    assert facts(evaluation) == {
        **{"funds.total.initial": "100", "funds.total.adjusted": "100", "funds.total.executed": "90"},
        **{"execution.weight": "10", "funds.total.rate": "90%", "execution.score": "9"},
        **{"funds.fiscal.initial": "80", "funds.fiscal.adjusted": "80", "funds.fiscal.executed": "70"},
        **{"funds.fiscal.weight": "—", "funds.fiscal.rate": "87.5%", "funds.fiscal.score": "—"},
        **{"funds.carryover.weight": "—", "funds.carryover.score": "—"},
        **{"funds.other.initial": "20", "funds.other.adjusted": "20", "funds.other.executed": "20"},
        **{"funds.other.weight": "—", "funds.other.rate": "100%", "funds.other.score": "—"},
        **{"goal.expected": "养护30公里", "goal.actual": "养护28公里"},
    }
    assert evaluation.facts["funds.carryover.executed"].blank
    total = evaluation.facts["funds.total.adjusted"]
    assert total.place.label == "年度资金总额 全年预算数" and total.sure == 1
    assert total.figure is not None and total.figure.heading == "万元"
    assert [row.key for row in evaluation.funds] == ["total", "fiscal", "carryover", "other"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "资金来源 | 金额（万元） | < | <\n合计 | 100 | < | <\n中央资金 | 60 | < | <\n省级资金 | 40 | < | <",
            {"funds.total.adjusted": "100", "funds.central.adjusted": "60", "funds.province.adjusted": "40"},
        ),
        (
            "资金来源 | 预算数 | 到位数 | 执行数\n资金总额 | 100 | 90 | 80\n市级 | 100 | 90 | 80",
            {
                **{"funds.total.adjusted": "100", "funds.total.arrived": "90", "funds.total.executed": "80"},
                **{"funds.city.adjusted": "100", "funds.city.arrived": "90", "funds.city.executed": "80"},
            },
        ),
        (
            "项目资金（万元） | 资金来源 | 合计 | 中央\n^ | 年初预算数 | 100 | 60\n^ | 全年执行数 | 90 | 55",
            {
                **{"funds.total.initial": "100", "funds.central.initial": "60"},
                **{"funds.total.executed": "90", "funds.central.executed": "55"},
            },
        ),
        (
            "资金来源 | 预算数 | 资金来源 | 预算数\n年度资金总额 | 100 | 市级资金 | 20\n中央资金 | 50 | 其他资金 | 30",
            {
                **{"funds.total.adjusted": "100", "funds.central.adjusted": "50"},
                **{"funds.city.adjusted": "20", "funds.other.adjusted": "30"},
            },
        ),
        (
            "预算数（万元） | 到位数（万元） | 执行数（万元） | 执行率\n100 | 95 | 90 | 90%",
            {
                **{"funds.total.adjusted": "100", "funds.total.arrived": "95"},
                **{"funds.total.executed": "90", "funds.total.rate": "90%"},
            },
        ),
        (
            "资金情况（万元） | 年度资金总额 | 100 | <\n^ | 其中：财政拨款 | 80 | <\n^ | 其他资金：20 | < | <",
            {"funds.total.adjusted": "100", "funds.fiscal.adjusted": "80", "funds.other.adjusted": "20"},
        ),
        (
            "项目资金（万元） |  | 年初预算数 | 1-7月执行数\n^ | 年度资金总额 | 100 | 50\n^ | 其中：财政拨款 | 100 | 50",
            {
                **{"funds.total.initial": "100", "funds.total.interim": "50"},
                **{"funds.fiscal.initial": "100", "funds.fiscal.interim": "50"},
            },
        ),
        (
            "资金总额 | 1000万元 | 当年资金总额 | 100万元\n其中：财政拨款 | 900万元 | 其中：当年财政拨款 | 90万元",
            {
                **{"funds.total.whole": "1000万元", "funds.total.adjusted": "100万元"},
                **{"funds.fiscal.whole": "900万元", "funds.fiscal.adjusted": "90万元"},
            },
        ),
    ],
    ids=["two columns", "arrived", "across", "two lists", "one row", "labels", "interim", "whole project"],
)
def test_money_is_read_however_it_is_laid_out(text: str, found: Mapping[str, str]) -> None:
    assert funds(read(text + GOAL).evaluation) == found


def test_details_are_told_from_sources() -> None:
    text = """
项目资金（万元） | 项目支出明细内容 | 年初预算数 | 实际到位数 | 实际支出数
^ | 市政维护 | 10 | 10 | 9
^ | 设备购置 | 7 | 7 | 7
合计 | < | 17 | 17 | 16
其中：中央财政 | < | 17 | 17 | 16
年度总体目标 | 维护 | < | < | <
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "details.content") == ["市政维护", "设备购置"]
    assert column(evaluation, "details.executed") == ["9", "7"]
    assert [row.key for row in evaluation.funds] == ["total", "central"]


def test_subtotals_never_become_a_second_total() -> None:
    text = "资金来源 | 预算数 | 执行数 | <\n财政资金小计 | 80 | 70 | <\n中央 | 80 | 70 | <\n合计 | 80 | 70 | <" + GOAL
    evaluation = read(text).evaluation
    assert evaluation.facts["funds.total.adjusted"].place.row == 4
    assert evaluation.facts["funds.fiscal.adjusted"].text == "80"


def test_of_two_totals_neither_is_certain() -> None:
    text = "资金来源 | 预算数 | 执行数 | <\n合计 | 80 | 70 | <\n中央 | 80 | 70 | <\n合计 | 90 | 70 | <" + GOAL
    evaluation = read(text).evaluation
    assert evaluation.facts["funds.total.adjusted"].sure < 0.75
    assert evaluation.facts["funds.?合计.adjusted"].sure < 0.5


def test_an_unknown_source_is_kept_under_its_own_words() -> None:
    text = (
        "项目资金（万元） |  | 全年预算数 | 全年执行数\n^ | 年度资金总额 | 100 | 90\n^ | 彩票公益金 | 100 | 90" + GOAL
    )
    evaluation = read(text).evaluation
    assert evaluation.facts["funds.?彩票公益金.executed"].sure == 0.5
    assert [(unread.words, unread.part) for unread in evaluation.unread] == [("彩票公益金", Part.ROW)]


def test_two_sources_of_one_name_are_both_kept() -> None:
    text = (
        "资金来源 | 预算数 | 执行数 | <\n资金总额 | 100 | 90 | <\n市级资金 | 60 | 50 | <\n盟市资金 | 40 | 40 | <" + GOAL
    )
    evaluation = read(text).evaluation
    assert [(row.key, row.adjusted.text if row.adjusted else "") for row in evaluation.funds] == [
        ("total", "100"),
        ("city", "60"),
        ("?盟市资金", "40"),
    ]


def test_stars_of_a_blank_form_are_no_certain_amounts() -> None:
    text = "项目资金（万元） |  | 全年预算数 | 全年执行数\n^ | 年度资金总额 | * | *\n^ | 其中：财政拨款 |  | " + GOAL
    evaluation = read(text).evaluation
    assert evaluation.facts["funds.total.adjusted"].sure == 0.5


def test_a_sum_of_the_whole_project_is_not_that_of_the_year() -> None:
    evaluation = read("项目总投资 | 500万元 | 年度资金总额 | 100万元" + GOAL).evaluation
    total = evaluation.facts["funds.total.adjusted"]
    assert (total.text, total.sure) == ("100万元", 1)
    assert read("项目总投资 | 500万元 | 项目名称 | 甲" + GOAL).evaluation.facts["funds.total.adjusted"].sure == 0.7


def test_amounts_typed_in_any_way_are_figures() -> None:
    text = """
项目资金（万元） |  | 全年预算数 | 全年执行数
^ | 年度资金总额 | １７．３２ | ¥17.29
^ | 其中：财政拨款 | 17.32万元 | 173,246.00元
年度总体目标 | 维护 | < | <
"""
    evaluation = read(text).evaluation
    told = [
        evaluation.facts[f"funds.{name}"].figure for name in ("total.adjusted", "total.executed", "fiscal.adjusted")
    ]
    assert [(figure.value, figure.heading) for figure in told if figure] == [
        (Decimal("17.32"), "万元"),
        (Decimal("17.29"), "万元"),
        (Decimal("17.32"), "万元"),
    ]
    own = evaluation.facts["funds.fiscal.executed"].figure
    assert own is not None and (own.value, own.heading) == (Decimal("17.3246"), "万元")  # as the others of its column


@pytest.mark.parametrize(
    ("above", "label", "amount", "unit"),
    [
        ("", "项目资金（万元）", "100", "万元"),
        ("", "项目资金（元）", "100", "元"),
        ("单位：千元", "项目资金", "100", "千元"),
        ("填报单位：某局　　金额单位：亿元", "项目资金", "100", "亿元"),
        ("", "项目资金", "100万元", "万元"),
        ("", "项目资金", "100", ""),
        ("单位：元", "项目资金（万元）", "100", ""),
    ],
)
def test_the_unit_of_money_is_what_is_printed_and_never_guessed(above: str, label: str, amount: str, unit: str) -> None:
    text = f"{label} |  | 全年预算数 | 全年执行数\n^ | 年度资金总额 | {amount} | {amount}\n年度总体目标 | 维护 | < | <"
    evaluation = read(*([above] if above else []), text).evaluation
    assert evaluation.unit == unit
    figure = evaluation.facts["funds.total.adjusted"].figure
    assert figure is not None and figure.heading == unit


def test_contradicting_units_are_said_at_both_places() -> None:
    text = "项目资金（万元） |  | 全年预算数 | 全年执行数\n^ | 年度资金总额 | 100 | 90\n年度总体目标 | 维护 | < | <"
    (finding,) = read("单位：元", text).evaluation.defects
    assert [(place.row, place.paragraph) for place in finding.places] == [(1, None), (None, 1)]


def test_what_stands_below_the_sum_of_the_whole_project_is_of_it_too() -> None:
    text = "资金（万元） | 中期资金总额 | 68 | 年度资金总额 | 51\n^ | 其中：财政拨款 | 60 | 其中：财政拨款 | 50\n年度总体目标 | 养护 | < | < | <"
    assert funds(read(text).evaluation) == {
        **{"funds.total.whole": "68", "funds.total.adjusted": "51"},
        **{"funds.fiscal.whole": "60", "funds.fiscal.adjusted": "50"},
    }


GUANGDONG = """
资金情况（万元） | 资金来源 | 计划安排 | 实际到位 | 实际支出 | 支出率 | 分值 | 得分 | 备注
^ | 合计 | 1250 | 1250 | 1187.5 | 95% | 10 | 9.5 |
^ | 中央财政资金 | 800 | 800 | 760 | 95% |  |  |
总体目标 | 治理河道 | < | < | < | < | < | < | <
"""


def test_what_was_spent_is_no_side_of_accounts() -> None:
    assert funds(read(GUANGDONG).evaluation) == {
        **{"funds.total.adjusted": "1250", "funds.total.arrived": "1250", "funds.total.executed": "1187.5"},
        **{"funds.total.rate": "95%", "execution.weight": "10", "execution.score": "9.5"},
        **{"funds.central.adjusted": "800", "funds.central.arrived": "800", "funds.central.executed": "760"},
        **{"funds.central.rate": "95%"},
    }


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("项目资金（万元） | 预算批复 | 调整预算 | 实际支付 | 支付进度\n^ | 4600 | 4500 | 4050 | 90%", 1),
        ("预算（万元） | 收入合计 | 年初预算 | 调整后预算 | 决算数 | 执行率\n^ | ^ | 4600 | 4500 | 4050 | 90%", 1),
        ("省级财政预算资金 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率\n^ | 4600 | 4500 | 4050 | 90%", 0.7),
    ],
)
def test_a_single_row_is_the_total_for_sure_where_the_label_speaks_of_all(text: str, sure: float) -> None:
    evaluation = read(f"{text}\n年度总体目标 | 养护 | < | < | <").evaluation
    amounts = {name.rpartition(".")[2]: cell for name, cell in evaluation.facts.items() if name.startswith("funds.")}
    assert {name: cell.text for name, cell in amounts.items()} == {
        **{"initial": "4600", "adjusted": "4500", "executed": "4050", "rate": "90%"}
    }
    assert {cell.sure for cell in amounts.values()} == {sure}


def test_the_first_column_of_money_may_be_headed_by_anything() -> None:
    text = (
        "资金执行情况 | 项目 | 预算数 | 执行数 | 执行率 | 分值 | 得分\n^ | 资金总额 | 12.5 | 12.35 | 98.8% | 10 | 9.88"
    )
    evaluation = read("金额单位：亿元", text + "\n年度总体目标 | 修路 | < | < | < | < | <").evaluation
    assert evaluation.number("funds.total.adjusted") == Decimal("12.5")
    assert evaluation.unit == "亿元" and "indicators" not in evaluation.tables
    assert facts(evaluation)["execution.score"] == "9.88"


def test_money_that_is_not_of_the_treasury_is_other_money() -> None:
    text = "资金（万元） | 全年预算数 | 全年执行\n年度资金总额 | 100 | 90\n财政拨款 | 80 | 70\n非财政拨款 | 20 | 20"
    found = funds(read(text + GOAL).evaluation)
    assert (found["funds.fiscal.executed"], found["funds.other.executed"]) == ("70", "20")


@pytest.mark.parametrize("beside", ["3", " | 3", " | 3 | 4", "12 | 请核对"])
def test_what_stands_beside_the_headings_is_none_of_their_columns(beside: str) -> None:
    text = f"""
项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 得分 | {beside}
^ | 年度资金总额 | 100 | 100 | 90 | 9
^ | 其中：财政拨款 | 100 | 100 | 90 |
年度总体目标 | 养护30公里 | < | < | < | <
"""
    evaluation = read(table(text, None, "自评表")).evaluation
    assert facts(evaluation)["funds.total.executed"] == "90"
    said = [part for cell in beside.split("|") if (part := cell.strip())]
    assert [cell.text for cell in evaluation.unplaced] == said


def test_rows_under_headings_of_their_own_are_of_no_column_above() -> None:
    text = """
年度预算（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 执行率
^ | 年度资金总额 | 1860 | 1902.4 | 1883.38 | 99%
^ | 按收入性质分： | < | 按支出性质分： | < | <
^ | 其中：一般公共预算 | 1902.4 | 其中：基本支出 | 702.4 | <
^ | 政府性基金拨款 | 0 | 项目支出 | 1200 | <
年度总体目标 | 参保扩面 | < | < | < | <
"""
    evaluation = read(text).evaluation
    assert funds(evaluation) == {
        **{"funds.total.initial": "1860", "funds.total.adjusted": "1902.4", "funds.total.executed": "1883.38"},
        **{"funds.total.rate": "99%", "funds.general.adjusted": "1902.4", "funds.government_fund.adjusted": "0"},
        **{"funds.basic.adjusted": "702.4", "funds.projects.adjusted": "1200"},
    }
    assert not evaluation.unplaced and not evaluation.unread


@pytest.mark.parametrize(("cell", "left"), [("金额单位：万元", []), ("说法一：万元", ["说法一：万元"])])
def test_the_unit_beside_a_label_is_understood(cell: str, left: list[str]) -> None:
    text = f"填报单位：某气象局 | < | {cell} | <\n项目资金 | | 全年预算数 | 全年执行数\n^ | 年度资金总额 | 100 | 90\n总体目标 | 养护 | < | <"
    evaluation = read(text).evaluation
    assert [stated.text for stated in evaluation.unplaced] == left
    assert facts(evaluation)["project.unit"] == "某气象局"
