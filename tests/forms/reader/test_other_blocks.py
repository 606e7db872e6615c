"""Labels with values, goals, narrative, accounts, surveys, tasks, people: each kind by a tiny table drawn here."""

from decimal import Decimal

import pytest

from forms.reader.drawn import column, document, facts, read, table
from jixiao.evaluation.stated import Part
from jixiao.forms.local import local_forms
from jixiao.grid import Document

INDICATORS = "\n一级指标 | 二级指标 | 三级指标 | 指标值\n产出 | 数量 | 里程 | 30公里"


@pytest.mark.parametrize(
    "text",
    [
        "项目名称 | 养护 | 主管部门 | 某局",
        "项目名称：养护 | < | 主管部门：某局 | <",
        "项目名称：养护　　　主管部门：某局 | < | < | <",
        "项目名称 | 养护 | < | <\n主管部门 | 某局 | < | <",
        "项目名称 | 主管部门 | 实施单位 | 项目类别\n养护 | 某局 |  | ",
    ],
    ids=["beside", "same cell", "one cell", "below each other", "above"],
)
def test_a_label_finds_its_value(text: str) -> None:
    assert facts(read(text + INDICATORS).evaluation) == {"project.name": "养护", "project.department": "某局"}


def test_a_value_that_sounds_like_a_label_stays_a_value() -> None:
    text = "项目名称 | 县级储备粮 | 主管部门 | 区城市管理委员会"
    assert facts(read(text + INDICATORS).evaluation) == {
        "project.name": "县级储备粮",
        "project.department": "区城市管理委员会",
    }


def test_a_blank_value_is_a_blank_fact() -> None:
    evaluation = read("项目名称 |  | 主管部门 | 某局" + INDICATORS).evaluation
    assert evaluation.facts["project.name"].blank
    assert evaluation.facts["project.name"].place.column == 2


def test_lines_above_a_table_state_facts() -> None:
    evaluation = read(
        "部门整体支出绩效自评表", "（2023年度）", "单位名称：某局　　填报日期：2024年3月", INDICATORS.strip()
    ).evaluation
    assert facts(evaluation) == {"year": "2023", "project.unit": "某局", "report.date": "2024年3月"}
    assert evaluation.title == "部门整体支出绩效自评表"
    assert evaluation.facts["project.unit"].place.paragraph == 3


def test_an_unknown_label_is_said_with_its_place() -> None:
    evaluation = read("项目名称 | 养护 | < | <\n财政归口 | 社保处 | < | <" + INDICATORS).evaluation
    assert [(unread.words, unread.part, unread.place.row) for unread in evaluation.unread] == [
        ("财政归口", Part.LABEL, 2)
    ]
    assert [cell.text for cell in evaluation.unplaced] == ["财政归口", "社保处"]


def test_a_fact_stated_twice_is_kept_twice() -> None:
    evaluation = read("填报单位 | 某中心 | 实施单位 | 某站" + INDICATORS).evaluation
    assert facts(evaluation) == {"project.unit": "某中心", "project.unit.2": "某站"}


def test_persons_are_read_and_not_told() -> None:
    text = (
        "项目负责人 | 甲某 | 联系电话 | 00000000"
        + INDICATORS
        + "\n评价人员 | < | < | <\n姓名 | 职务 | 单位 | 签字\n乙某 | 科长 | 某局 | "
    )
    evaluation = read(text).evaluation
    assert facts(evaluation) == {}
    assert "people" not in evaluation.tables
    assert not evaluation.unplaced and not evaluation.unread


def test_goals_of_the_year_and_of_the_whole_project() -> None:
    text = "项目总目标 | 建成 | 年度绩效目标 | 完成一期"
    assert facts(read(text + INDICATORS).evaluation) == {"goal.expected": "完成一期", "goal.medium": "建成"}


def test_a_goal_merged_over_two_rows_is_one() -> None:
    text = "年度总体目标 | 预期目标 | < | 实际完成情况\n^ | 养护 | < | 已完成\n^ | ^ | ^ | ^" + INDICATORS
    assert facts(read(text).evaluation) == {"goal.expected": "养护", "goal.actual": "已完成"}


def test_the_block_label_of_goals_is_no_column() -> None:
    text = "总体目标 | 年度目标 | < | <\n^ | 养护 | < | <" + INDICATORS
    assert facts(read(text).evaluation) == {"goal.expected": "养护"}


def test_a_row_of_the_narrative_ends_the_goals() -> None:
    text = "绩效目标 | 预期目标 | < | 实际完成情况\n^ | 养护 | < | 已完成\n项目概况 | 三条路 | < | <" + INDICATORS
    assert facts(read(text).evaluation) == {"goal.expected": "养护", "goal.actual": "已完成", "text.overview": "三条路"}


@pytest.mark.parametrize(
    ("text", "grade"),
    [
        ("评价等次 | 优 | < | <", "优"),
        ("自评等级 | □优 ☑良 □中 □差 | < | <", "良"),
        ("评价等次 | 优☑ 良□ 中□ 差□ | < | <", "优"),
        ("评价等次 | 优□ 良□ 中□ 差□ | < | <", ""),
    ],
)
def test_the_grade_is_the_one_that_is_ticked(text: str, grade: str) -> None:
    assert read("项目名称 | 甲 | < | <" + INDICATORS + "\n" + text).evaluation.text("grade") == grade


def test_narrative_rows_keep_their_names() -> None:
    text = "\n存在问题 | 征地慢 | < | <\n改进措施 | 提前安排 | < | <\n自评结论 | 良好 | < | <"
    assert facts(read("项目名称 | 甲 | < | <" + INDICATORS + text).evaluation) == {
        **{"project.name": "甲", "text.problems": "征地慢", "text.measures": "提前安排", "text.conclusion": "良好"},
    }


def test_three_lists_of_accounts_stand_side_by_side() -> None:
    text = """
收入支出决算总表 | < | < | < | < | <
收入 | < | < | 支出 | < | <
项目 | 行次 | 决算数 | 项目（按功能分类） | 行次 | 决算数
栏次 |  | 1 | 栏次 |  | 2
一、财政拨款收入 | 1 | 100.00 | 一、教育支出 | 31 | 80.00
二、其他收入 | 2 | 5.00 |  | 32 |
本年收入合计 | 3 | 105.00 | 本年支出合计 | 33 | 80.00
"""
    evaluation = read("单位：元", text).evaluation
    assert sorted(filter(None, column(evaluation, "accounts.name"))) == [
        *("一、教育支出", "一、财政拨款收入", "二、其他收入", "本年支出合计", "本年收入合计"),
    ]
    assert sorted(filter(None, column(evaluation, "accounts.final"))) == ["100.00", "105.00", "5.00", "80.00", "80.00"]
    rows = evaluation.tables["accounts"]
    assert len({row.number for row in rows}) == len(rows)
    figures = [row.cells["final"].figure for row in rows]
    assert {figure.heading for figure in figures if figure} == {"元"} == {evaluation.unit}


def test_codes_of_accounts_over_three_columns_are_one() -> None:
    text = """
支出决算表 | < | < | < | < | <
项目 | < | < | < | 基本支出 | 项目支出
功能分类科目编码 | < | < | 科目名称 | ^ | ^
类 | 款 | 项 | 栏次 | 1 | 2
201 | < | < | 一般公共服务支出 | 60 | 40
2010301 | < | < | 行政运行 | 60 |
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "accounts.code") == ["201", "2010301"]
    assert column(evaluation, "accounts.name") == ["一般公共服务支出", "行政运行"]
    assert column(evaluation, "accounts.projects") == ["40", ""]


def test_of_two_years_the_earlier_is_the_prior_one() -> None:
    text = "部门整体支出预算表 | < | < | <\n经费控制情况 | 2020年决算数 | 2021年预算数 | 2021年决算数\n三公经费 | 5 | 3 | 2\n公用经费 | 6 | 5 | 4"
    evaluation = read(text).evaluation
    assert column(evaluation, "accounts.prior") == ["5", "6"]
    assert column(evaluation, "accounts.final") == ["2", "4"]


def test_a_survey_is_read_to_its_last_option() -> None:
    text = """
标题序号 | 问题内容 | 选项内容 | 标准分值 | 问卷数
1 | 办事方便吗 | A.方便 | 10 | 47
^ | ^ | B.一般 | 5 | 1
2 | 服务好吗 | A.好 | 10 | 48
^ | ^ | B.不好 | 0 | 0
问卷总分 | < |  | 100 | 4780
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "survey.option") == ["A.方便", "B.一般", "A.好", "B.不好"]
    assert column(evaluation, "survey.count") == ["47", "1", "48", "0"]
    assert [row.began for row in evaluation.tables["survey"]][1] == {"number": 2, "question": 2}


def test_tasks_are_read_and_their_sum_is_none() -> None:
    text = """
部门名称 | 某局 | < | <
年度主要任务 | 任务名称 | 主要内容 | 预算数（万元）
^ | 任务一 | 修路 | 100
^ | 任务二 | 架桥 | 50
^ | 金额合计 | < | 150
"""
    evaluation = read(text + INDICATORS.strip("\n")).evaluation
    assert column(evaluation, "tasks.name") == ["任务一", "任务二"]
    assert column(evaluation, "tasks.planned") == ["100", "50"]


def test_a_table_of_unknown_headings_is_named_as_a_whole() -> None:
    text = "项目名称 | 甲 | < | <\n甲列 | 乙列 | 丙列 | 丁列\n1 | 2 | 3 | 4\n5 | 6 | 7 | 8"
    evaluation = read(text + INDICATORS).evaluation
    assert (Part.TABLE, "甲列、乙列、丙列、丁列") in [(unread.part, unread.words) for unread in evaluation.unread]


def test_the_blocks_keep_where_their_columns_stand() -> None:
    form = read("项目名称 | 养护 | < | <" + INDICATORS)
    (block,) = form.blocks
    assert {column.field: (column.left, column.right) for column in block.columns} == {
        **{"level1": (1, 1), "level2": (2, 2), "name": (3, 3), "target": (4, 4)},
    }


def test_numbers_of_a_workbook_are_exact() -> None:
    grid = table("一级指标 | 二级指标 | 三级指标 | 分值\n产出 | 数量 | 里程 | 12.346", None, "表")
    grid = grid._replace(cells={**grid.cells, (2, 4): grid.at(2, 4)._replace(text="12.35", value=Decimal("12.346"))})
    (form,) = local_forms(Document("书.xlsx", [grid]), ())
    weight = form.evaluation.tables["indicators"][0].cells["weight"]
    assert (weight.number, weight.exact) == (Decimal("12.35"), Decimal("12.346"))


def test_a_document_without_a_form_has_none() -> None:
    assert local_forms(document("一段文字", "另一段"), ()) == []


def test_a_label_nobody_filled_in_takes_no_text_of_another_column() -> None:
    text = "项目名称 | 甲 | < | <\n主管部门 |  | 归口处室 | 社保处"
    evaluation = read(text + INDICATORS).evaluation
    assert facts(evaluation) == {"project.name": "甲"}
    assert evaluation.facts["project.department"].blank


def test_room_for_a_stamp_is_no_opinion() -> None:
    evaluation = read("项目名称 | 甲 | < | <" + INDICATORS + "\n主管部门审核意见 | （盖章） | < | <").evaluation
    assert facts(evaluation) == {"project.name": "甲"} and not evaluation.unplaced
