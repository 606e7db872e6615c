"""Amounts that stand beside their own words: measure by measure, part by part, of the year and of the whole project."""

from collections.abc import Mapping

import pytest

from forms.reader.drawn import column, facts, read
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import Part

GOAL = "\n年度总体目标 | 养护30公里 | < | <"
FORM = "项目名称 | 道路养护 | < | <\n"


def funds(evaluation: Evaluation) -> Mapping[str, str]:
    return {name: text for name, text in facts(evaluation).items() if name.startswith("funds.")}


def test_each_measure_has_its_words_and_each_source_says_itself_again() -> None:
    text = """
预算执行情况（万元） | 预算数： | 312 | 执行数： | 300.5
^ | 其中-财政拨款： | 300 | 其中-财政拨款： | 290
^ | 其它资金： | 12 | 其它资金： | 10.5
年度总体目标 | 维护道路交通秩序 | < | < | <
"""
    evaluation = read(text).evaluation
    assert funds(evaluation) == {
        **{"funds.total.adjusted": "312", "funds.total.executed": "300.5"},
        **{"funds.fiscal.adjusted": "300", "funds.fiscal.executed": "290"},
        **{"funds.other.adjusted": "12", "funds.other.executed": "10.5"},
    }
    total = evaluation.facts["funds.total.executed"]
    assert (total.place.row, total.place.column, total.sure) == (1, 5, 1)
    assert total.figure is not None and total.figure.heading == "万元"
    assert evaluation.facts["funds.fiscal.executed"].place.label == "其中-财政拨款 执行数"


def test_a_heading_above_them_may_say_where_the_rate_stands() -> None:
    text = """
二、预算执行情况 | 预算安排情况（调整后） | < | 资金到位情况 | < | 资金执行情况 | < | 预算执行进度（%）
^ | 预算数 | 6.84 | 到位数 | 6.84 | 执行数 | 6.50 | 95.03
^ | 其中：财政资金 | 6.84 | 其中：财政资金 | 6.84 | 其中：财政资金 | 6.50 | ^
年度总体目标 | 发放津贴 | < | < | < | < | < | <
"""
    assert funds(read(text).evaluation) == {
        **{"funds.total.adjusted": "6.84", "funds.total.arrived": "6.84", "funds.total.executed": "6.50"},
        "funds.total.rate": "95.03",
        **{"funds.fiscal.adjusted": "6.84", "funds.fiscal.arrived": "6.84", "funds.fiscal.executed": "6.50"},
    }


def test_the_rows_end_where_two_sources_stand_beside_each_other() -> None:
    text = """
资金情况 | 预算数 | 20 | 执行数 | 20
^ | 中央资金 | 12 | 省级资金 | 8
年度总体目标 | 养护 | < | < | <
"""
    found = funds(read(text).evaluation)
    assert found["funds.total.executed"] == "20"
    assert (found["funds.central.adjusted"], found["funds.province.adjusted"]) == ("12", "8")


def test_an_amount_in_words_is_read_part_by_part() -> None:
    text = (
        FORM
        + "资金总额及构成 | 总额1002.6万元，其中：中央726.7万元；省级财政23.9万元；市级财政252万元；其他　万元。 | < | <"
    )
    evaluation = read(text + GOAL).evaluation
    assert funds(evaluation) == {
        **{"funds.total.adjusted": "1002.6万元", "funds.central.adjusted": "726.7万元"},
        **{"funds.province.adjusted": "23.9万元", "funds.city.adjusted": "252万元"},
    }
    assert evaluation.unit == "万元"


@pytest.mark.parametrize(
    ("line", "whole", "year"),
    [
        ("项目资金总额 | 1500 | 年度资金申请总额 | 500", "funds.total.whole", "funds.total.adjusted"),
        ("其中：财政资金 | 1500 | 其中：当年财政拨款 | 500", "funds.fiscal.whole", "funds.fiscal.adjusted"),
        ("中期市财政预算 | 1500 | 本年度申请市财政预算资金 | 500", "funds.city.whole", "funds.city.adjusted"),
        ("项目总预算 | 1500 | 项目当年预算 | 500", "funds.total.whole", "funds.total.adjusted"),
    ],
)
def test_of_two_amounts_of_a_line_one_is_the_years(line: str, whole: str, year: str) -> None:
    found = funds(read(FORM + line + GOAL).evaluation)
    assert (found[whole], found[year]) == ("1500", "500")


def test_a_source_nobody_knows_is_kept_beside_the_others() -> None:
    text = """
项目资金申请（万元） | 资金总额 | < | 54
^ | 财政拨款 | < | 48
^ | 门票收入 | < | 6
年度总体目标 | 开放公园 | < | <
"""
    evaluation = read(text).evaluation
    assert funds(evaluation)["funds.?门票收入.adjusted"] == "6"
    assert [(unread.words, unread.part) for unread in evaluation.unread] == [("门票收入", Part.ROW)]
    assert evaluation.unit == "万元"


@pytest.mark.parametrize(
    "rows",
    [
        "^ | 财政拨款小计 | < | 80\n^ | 1、一般公共预算 | < | 70\n^ | 2、政府性基金 | < | 10",
        "^ | 财政拨款 | 小计 | 80\n^ | ^ | 一般公共预算资金 | 70\n^ | ^ | 政府性基金 | 10",
    ],
    ids=["behind", "beside"],
)
def test_a_subtotal_is_what_its_words_say(rows: str) -> None:
    text = f"项目资金（万元） | 资金总额 | < | 80\n{rows}" + GOAL
    assert funds(read(text).evaluation) == {
        **{"funds.total.adjusted": "80", "funds.fiscal.adjusted": "80"},
        **{"funds.general.adjusted": "70", "funds.government_fund.adjusted": "10"},
    }


def test_what_several_levels_pay_is_not_that_of_the_first() -> None:
    text = "项目资金 |  | 全年预算数 | 全年执行数\n^ | 年度资金总额 | 9 | 8\n^ | 中央和省补助 | 9 | 8" + GOAL
    assert "funds.?中央和省补助.adjusted" in funds(read(text).evaluation)


def test_of_two_amounts_of_one_name_neither_is_certain() -> None:
    """其他 of the own money and 其他 of the whole: no sum is held against either."""
    rows = "^ | 自有资金 | < | 4\n^ | 　其他 | < | 0\n^ | 其他 | < | 2"
    evaluation = read(f"项目资金申请（万元） | 资金总额 | < | 54\n^ | 财政拨款 | < | 48\n{rows}" + GOAL).evaluation
    first, second = evaluation.facts["funds.other.adjusted"], evaluation.facts["funds.other.adjusted.2"]
    assert {first.text, second.text} == {"0", "2"}
    assert first.sure < 1 and second.sure < 1
    assert evaluation.facts["funds.own.adjusted"].sure == 1


def test_an_amount_beside_its_measure_alone_is_of_all_the_money() -> None:
    text = """
计划安排资金（万元） | 21.7 | 实际到位资金（万元） | 20
其中：省财政 | 21.7 | 其中：省财政 | 20
实际支出（万元） | 19.5 | < | <
年度总体目标 | 发放补贴 | < | <
"""
    evaluation = read(text).evaluation
    found = funds(evaluation)
    assert (found["funds.total.adjusted"], found["funds.province.arrived"]) == ("21.7", "20")
    assert found["funds.total.executed"] == "19.5"
    assert evaluation.facts["funds.total.executed"].sure == 0.9


def test_a_source_and_its_amount_in_one_cell_count_though_nobody_knows_the_source() -> None:
    rows = "项目资金申请（万元） | 资金总额：250 | < | <\n^ | 一、门票收入：150 | < | <\n^ | 二、自有资金：100 | < | <"
    evaluation = read(rows + GOAL).evaluation
    assert funds(evaluation) == {
        **{"funds.total.adjusted": "250", "funds.?门票收入.adjusted": "150", "funds.own.adjusted": "100"},
    }
    assert [(unread.words, unread.part) for unread in evaluation.unread] == [("一、门票收入：150", Part.ROW)]


def test_what_money_is_spent_for_is_headed_by_its_content() -> None:
    text = """
支出内容（经济科目） | < | 计划支出数（万元） | 实际支出数（万元）
送书下乡 | < | 87.4 | 87.4
免费开放 | < | 50 | 49.95
支出合计 | < | 137.4 | 137.35
年度总体目标 | 开放图书馆 | < | <
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "details.content") == ["送书下乡", "免费开放"]
    assert funds(evaluation) == {"funds.total.adjusted": "137.4", "funds.total.executed": "137.35"}
