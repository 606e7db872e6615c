"""What decides where a heading alone does not: the words beside it, what stands below it, and what else is there."""

import pytest

from forms.reader.drawn import column, document, facts, read
from jixiao.evaluation.stated import Part
from jixiao.forms.local import local_forms

FORM = "项目名称 | 道路养护 | < | <\n主管部门 | 交通局 | 实施单位 | 公路站\n"


@pytest.mark.parametrize(
    ("text", "medium", "expected"),
    [
        ("项目目标 | 项目总目标 | 年度总体目标 | <\n^ | 建成库房 | 完成封顶 | <", "建成库房", "完成封顶"),
        (
            "总体目标 | 中期滚动目标（2022年--2024年） | 年度目标 | <\n^ | 建成库房 | 完成封顶 | <",
            "建成库房",
            "完成封顶",
        ),
        ("项目总体目标 | 建成库房 | < | <\n项目年度目标 | 完成封顶 | < | <", "建成库房", "完成封顶"),
    ],
)
def test_of_two_goals_one_is_the_years(text: str, medium: str, expected: str) -> None:
    found = facts(read(FORM + "年度资金总额 | 100 | < | <\n" + text).evaluation)
    assert (found["goal.medium"], found["goal.expected"]) == (medium, expected)


def test_a_label_may_stand_before_its_own_label() -> None:
    text = """
项目资金 |  | 全年预算数 | 全年执行数 | <
^ | 年度资金总额 | 100 | 90 | <
年度总体目标 | 年初设定目标 | 学校正常运转 | 年度总体目标完成情况 |
一级指标 | 二级指标 | 三级指标 | 指标值 | 得分
产出指标 | 数量指标 | 学生 | 2370人 | 10
"""
    evaluation = read(text).evaluation
    assert facts(evaluation)["goal.expected"] == "学校正常运转"
    assert evaluation.facts["goal.actual"].blank


def test_a_blank_between_from_and_to_is_the_value() -> None:
    evaluation = read(FORM + "年度资金总额 | 100 | < | <\n项目起止时间 |  | 到 | \n年度目标 | 养护 | < | <").evaluation
    assert evaluation.facts["project.period"].blank


def test_a_unit_of_money_in_the_cell_of_the_unit_is_no_name() -> None:
    found = facts(
        read(
            "项目单位（盖章）：　　　　单位：万元 | < | < | <\n"
            + FORM
            + "年度目标 | 养护 | < | <\n年度资金总额 | 100 | < | <"
        ).evaluation
    )
    assert found["project.unit"] == "公路站"


def test_the_lowest_level_names_the_indicator_where_nothing_else_does() -> None:
    text = "一级指标 | 二级指标 | 绩效标准 | 指标值\n数量指标 | 维修次数 | 全年维修 | 12次\n^ | 巡查次数 | 全年巡查 | 200次"
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.name") == ["维修次数", "巡查次数"]
    assert column(evaluation, "indicators.level2") == ["", ""]
    assert evaluation.tables["indicators"][0].cells["name"].sure < 1


def test_what_follows_three_levels_explains_the_name() -> None:
    text = (
        "一级指标 | 二级指标 | 三级指标 | 具体指标 | 自评得分\n项目决策 | 项目目标 | 目标内容 | 目标明确；目标量化 | 4"
    )
    assert column(read(text).evaluation, "indicators.explanation") == ["目标明确；目标量化"]


def test_what_only_counts_is_no_name() -> None:
    text = """
绩效目标 | 评价指标 | < | < | 绩效内容 | 绩效标准 | 全年绩效目标
^ | 投入 | 成本目标 | 目标1 | 生活补贴 | 每月200元 | 按月发放
^ | 产出 | 数量目标 | 目标1 | 受益人数 | 全部 | 432人
^ | ^ | ^ | 目标2 | 夏令营 | 2期 | 1次
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.name") == ["生活补贴", "受益人数", "夏令营"]
    assert column(evaluation, "indicators.level2") == ["成本目标", "数量目标", "数量目标"]


def test_a_column_without_words_under_a_heading_is_the_headings_own() -> None:
    text = """
一级指标 | 二级指标 | 三级指标 | 预期指标值 | < | < | 实际完成值
^ | ^ | ^ | 符号 |  | 单位 | ^
产出指标 | 质量指标 | 覆盖率 | >= | 98 | % | 100%
^ | 时效指标 | 完成率 | >= | 99 | % | 100%
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.nature") == [">=", ">="]
    assert column(evaluation, "indicators.target") == ["98", "99"]
    assert column(evaluation, "indicators.unit") == ["%", "%"]


def test_a_target_of_half_a_year_is_not_that_of_the_year() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 半年（程）指标值 | 全年（程）指标值\n产出 | 数量 | 场次 | 5场 | 10场"
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.target") == ["10场"]
    assert [unread.words for unread in evaluation.unread] == ["半年（程）指标值"]


def test_the_only_figure_behind_the_total_is_the_score() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 得分\n产出 | 数量 | 场次 | 5场 | 5场 | 99.6\n总分 | < | < | 99.6 | < | <"
    assert facts(read(text).evaluation) == {"total.score": "99.6"}


def test_words_over_figures_among_accounts_head_another_table() -> None:
    text = """
经费控制情况（万元） | 2022年决算数 | 2023年预算数 | 2023年决算数
三公经费支出 | 5.30 | 5.00 | 4.50
出国经费 | 3 | 3.2 | 3.18
公用经费 | 60 | 58 | 57
楼堂馆所控制情况 | 批复规模 | 实际规模 | 规模控制率
^ | 800 | 801 | 100.13%
厉行节约保障措施 | 执行公务接待和差旅管理办法。 | < | <
"""
    evaluation = read("部门整体支出绩效评价基础数据表", text).evaluation
    assert column(evaluation, "accounts.name") == ["三公经费支出", "出国经费", "公用经费"]
    assert ("楼堂馆所控制情况、批复规模、实际规模、规模控制率", Part.TABLE) in [
        (u.words, u.part) for u in evaluation.unread
    ]


def test_a_table_that_only_labels_a_block_goes_on_with_the_form_above() -> None:
    first = "一级指标 | 二级指标 | 三级指标 | 指标值\n产出 | 数量 | 育苗 | 600万株"
    second = "项目基本信息 | < | < | < | <\n项目实施单位 | 林业局 | < | 主管部门 | 市政府\n计划投资额（万元） | 110 | < | 实际到位资金（万元） | 84"
    (form,) = local_forms(document("绩效目标表", first, second))
    assert facts(form.evaluation)["funds.total.arrived"] == "84"


def test_a_table_that_names_a_project_is_a_form_of_its_own() -> None:
    first = "项目名称 | 育苗 | < | <\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出 | 数量 | 育苗 | 600万株"
    second = "项目基本信息 | < | < | < | <\n项目名称 | 造林 | < | 主管部门 | 市政府\n年度资金总额 | 110 | < | 其中：财政拨款 | 84"
    assert len(local_forms(document(first, second))) == 2


def test_a_cover_that_names_who_reports_makes_labels_a_form() -> None:
    cover = ["部门（单位）名称：某市监督指挥中心", "评价机构：部门评价组", "某市财政局（制）"]
    text = "联系人 | 甲某 | 联络电话 | 00000000\n职能职责概述 | 负责平台的日常维护。 | < | <"
    assert facts(read(*cover, text).evaluation)["text.overview"] == "负责平台的日常维护。"
    assert local_forms(document("某市财政局（制）", text)) == []


def test_dots_are_no_group() -> None:
    text = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 得分
产出指标 | 数量指标 | 里程 | 30公里 | 30
^ | …… |  |  |
效益指标 | 社会效益指标 | 满意率 | 90% | 30
"""
    assert column(read(text).evaluation, "indicators.level2") == ["数量指标", "社会效益指标"]


def test_a_line_across_the_table_is_the_first_level_of_the_rows_below() -> None:
    text = """
审核内容 | < | 审核要点 | <
具体内容 | 权重 | 具体内容 | 分值
一、立项必要性（20分） | < | < | <
明确相关性 | 10分 | 实施目的明确 | 5分
^ | ^ | 与职责密切相关 | 5分
^ | ^ | 得分小计 |
必要可行性 | 10分 | 与其他项目不重复 | 9分
二、投入经济性（20分） | < | < | <
预算科学性 | 20分 | 支出内容与职责相匹配 | 20分
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.level1") == [*["一、立项必要性（20分）"] * 3, "二、投入经济性（20分）"]
    assert column(evaluation, "indicators.level2") == ["明确相关性", "明确相关性", "必要可行性", "预算科学性"]
    assert column(evaluation, "indicators.name")[2:] == ["与其他项目不重复", "支出内容与职责相匹配"]
    assert column(evaluation, "indicators.group2_weight") == ["10分", "10分", "10分", "20分"]
    assert not evaluation.unplaced
