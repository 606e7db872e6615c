"""Where a form nobody has drawn contradicts itself about its money, both places are named and nothing is concluded."""

import pytest

from jixiao.checks import check
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding
from jixiao.forms.recognise import forms
from typed_forms import SELF_EVALUATION, document


def read(text: str, unit: str) -> Evaluation:
    [form] = forms(document(text, unit=unit))
    return form.evaluation


def errors(evaluation: Evaluation) -> list[Finding]:
    return [finding for finding in check(evaluation) if finding.severity.value == "error"]


def slips(evaluation: Evaluation) -> list[Finding]:
    return [finding for finding in check(evaluation) if finding.code == "R38"]


def test_a_heading_and_a_line_that_differ() -> None:
    form = read(SELF_EVALUATION.replace("资金来源", "项目资金（元）"), "单位：万元")
    [slip] = slips(form)
    assert (form.unit, slip.severity.value) == ("", "warning")
    assert "“项目资金（元）”、“单位：万元”" in slip.message
    assert [(place.row, place.paragraph) for place in slip.places] == [(2, None), (None, 3)]
    assert errors(form) == []  # all amounts are in one unit, whichever it is: the rate still follows


def test_columns_in_different_units_make_no_error_of_an_honest_rate() -> None:
    """432000 元 of 48 万元 are 90 %; 432000 of 48 are not."""
    text = SELF_EVALUATION.replace("480000.00 | 480000.00", "48.00 | 48.00").replace("年初预算数", "年初预算数（万元）")
    text = text.replace("全年预算数", "全年预算数（万元）").replace("全年执行数", "全年执行数（元）")
    form = read(text, "（盖章）")
    assert (form.unit, errors(form), len(slips(form))) == ("", [], 1)
    assert form.facts["funds.total.executed"].sure < 0.75


def test_one_unit_said_twice_is_no_contradiction() -> None:
    form = read(SELF_EVALUATION.replace("资金来源", "项目资金（元）"), "单位：元")
    assert (form.unit, slips(form)) == ("元", [])


def test_people_are_counted_in_no_unit_of_money() -> None:
    text = """
    项目名称 | 基础数据 | | 实施单位 | 某某县农业农村局 |
    财政供养人员情况 | 编制数 | 年末实际在职人数 | 控制率 | |
    在职人员 | 55 | 51 | 92.73% | |
    经费控制情况 | 2020年决算数 | 2021年预算数 | 2021年决算数 | |
    三公经费 | 5100 | 30000 | 2503 | |
    公用经费 | 610500 | 530000 | 518000 | |
    """
    [form] = forms(document(text, "部门整体支出绩效评价基础数据表"))
    cells = [(field, cell) for row in form.evaluation.tables["accounts"] for field, cell in row.cells.items()]
    units = {field: cell.figure.heading for field, cell in cells if cell.figure}
    assert units.get("posts", "") == units.get("staff", "") == ""
    assert "元" in units.values()


def test_a_label_of_money_anywhere_says_the_unit_where_nothing_nearer_does() -> None:
    text = SELF_EVALUATION.replace("资金来源 |", "计划投资额（千元） | 480000.00\n资金来源 |")
    assert read(text, "（盖章）").unit == "千元"
    assert read(text, "单位：元").unit == "元"


def test_the_unit_of_an_indicator_is_not_the_forms() -> None:
    assert read(SELF_EVALUATION.replace("培训场次", "补助资金（元）"), "（盖章）").unit == ""


def test_labels_that_differ_say_nothing() -> None:
    text = SELF_EVALUATION.replace("资金来源 |", "计划投资额（千元） | 480.00 | | 项目总投资（亿元） | 1.2\n资金来源 |")
    form = read(text, "（盖章）")
    assert (form.unit, slips(form)) == ("", [])


def test_an_amount_is_counted_in_the_unit_of_its_own_label() -> None:
    text = SELF_EVALUATION.replace("资金来源 |", "资金总额（亿元） | 1.2\n资金来源 |")
    form = read(text.replace("年度资金总额", "其中：上年结转"), "单位：元")
    [total] = [cell for name, cell in form.facts.items() if cell.text == "1.2"]
    assert (total.figure and total.figure.heading, form.unit, slips(form)) == ("亿元", "元", [])


@pytest.mark.parametrize(
    "line", ["填报单位：元谋县财政局", "预算单位：万元店镇人民政府", "填报单位（盖章）：元氏县教育局"]
)
def test_a_place_whose_name_begins_like_a_unit_names_none(line: str) -> None:
    assert read(SELF_EVALUATION, line).unit == ""


@pytest.mark.parametrize(
    "line",
    [
        "填报单位：元氏县水利局    单位：万元",
        "项目单位：元氏县水利局　金额单位：万元",
        "单位：万元  填报日期：2024年3月1日",
        "金额单位：人民币万元（保留两位小数）",
        "单 位：万元",
    ],
)
def test_a_unit_is_heard_beside_whatever_else_a_line_tells(line: str) -> None:
    form = read(SELF_EVALUATION, line)
    assert (form.unit, slips(form)) == ("万元", [])


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("432000.00①", 432000),
        ("432000.00（注1）", 432000),
        ("432000.00*", 432000),
        ("¥432000", 432000),
        ("43.2万", 432000),
    ],
)
def test_an_amount_is_read_without_what_was_typed_around_it(typed: str, amount: int) -> None:
    cell = read(SELF_EVALUATION.replace("432000.00", typed), "单位：元").facts["funds.total.executed"]
    assert cell.figure and (cell.figure.amount, cell.sure) == (amount, 1)
