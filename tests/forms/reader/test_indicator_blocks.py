"""Indicators: levels, weights, headings over two lines, side by side and along the rows; all values are those drawn here."""

from decimal import Decimal

import pytest

from forms.reader.drawn import column, document, facts, read
from jixiao.evaluation.stated import Part
from jixiao.forms.local import local_forms

NATIONAL = """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
^ | 产出指标 | 数量指标 | 里程 | ≥30公里 | 31公里 | 30 | 30 |
^ | ^ | ^ | 桥梁 | 2座 | 1座 | 20 | 10 | 征地未完
^ | ^ | 质量指标 | 合格率 | 95% | 96% | 20 | 20 |
^ | 效益指标 | 社会效益指标 | 满意率 | 90% | 92% | 30 | 30 |
总分 | < | < | < | < | < | 100 | 90 |
"""


def test_every_column_is_what_its_heading_says() -> None:
    evaluation = read(NATIONAL).evaluation
    assert column(evaluation, "indicators.level1") == ["产出指标", "产出指标", "产出指标", "效益指标"]
    assert column(evaluation, "indicators.level2") == ["数量指标", "数量指标", "质量指标", "社会效益指标"]
    assert column(evaluation, "indicators.target") == ["≥30公里", "2座", "95%", "90%"]
    assert column(evaluation, "indicators.reason") == ["", "征地未完", "", ""]
    assert facts(evaluation) == {"total.weight": "100", "total.score": "90"}
    assert all(cell.sure == 1 for row in evaluation.tables["indicators"] for cell in row.cells.values())
    assert evaluation.tables["indicators"][1].began == {"level1": 2, "level2": 2}
    assert not evaluation.unread and not evaluation.unplaced


def test_places_are_exact_and_called_by_the_words_of_the_document() -> None:
    evaluation = read(NATIONAL).evaluation
    actual = evaluation.tables["indicators"][1].cells["actual"].place
    assert (actual.table, actual.row, actual.column, actual.label) == (1, 3, 6, "实际完成值")
    assert evaluation.facts["total.score"].place.label == "总分 得分"


@pytest.mark.parametrize(
    "name",
    ["columns permuted", "headings over two lines", "merges undone", "merges undone and repeated"],
)
def test_harmless_rewritings_read_to_the_same(name: str) -> None:
    text = {
        "columns permuted": """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 分值 | 得分 | 实际完成值 | 年度指标值 | 偏差原因分析及改进措施
^ | 产出指标 | 数量指标 | 里程 | 30 | 30 | 31公里 | ≥30公里 |
^ | ^ | ^ | 桥梁 | 20 | 10 | 1座 | 2座 | 征地未完
^ | ^ | 质量指标 | 合格率 | 20 | 20 | 96% | 95% |
^ | 效益指标 | 社会效益指标 | 满意率 | 30 | 30 | 92% | 90% |
总分 | < | < | < | 100 | 90 |  |  |
""",
        "headings over two lines": NATIONAL.replace(
            "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施",
            "绩效指标 | 一级指标 | 二级指标 | 三级指标 | 完成情况 | < | 评分情况 | < | 偏差原因分析及改进措施\n"
            "^ | ^ | ^ | ^ | 年度指标值 | 实际完成值 | 分值 | 得分 | ^",
        ),
        "merges undone": NATIONAL.replace("^", "").replace("<", ""),
        "merges undone and repeated": """
绩效指标 | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 | 偏差原因分析及改进措施
绩效指标 | 产出指标 | 数量指标 | 里程 | ≥30公里 | 31公里 | 30 | 30 |
绩效指标 | 产出指标 | 数量指标 | 桥梁 | 2座 | 1座 | 20 | 10 | 征地未完
绩效指标 | 产出指标 | 质量指标 | 合格率 | 95% | 96% | 20 | 20 |
绩效指标 | 效益指标 | 社会效益指标 | 满意率 | 90% | 92% | 30 | 30 |
总分 | 总分 | 总分 | 总分 | 总分 | 总分 | 100 | 90 |
""",
    }[name]
    fields = [
        f"indicators.{field}" for field in ("level1", "level2", "name", "target", "actual", "weight", "score", "reason")
    ]
    wanted, found = read(NATIONAL).evaluation, read(text).evaluation
    assert {field: column(found, field) for field in fields} == {field: column(wanted, field) for field in fields}
    assert facts(found) == facts(wanted)
    assert not found.unread and not found.unplaced


def test_a_blank_level_is_the_one_above_until_the_level_before_it_changes() -> None:
    text = """
一级指标 | 二级指标 | 三级指标 | 分值
产出 | 数量 | 里程 | 30
 |  | 桥梁 | 30
满意度 |  | 满意率 | 40
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.level1") == ["产出", "产出", "满意度"]
    assert column(evaluation, "indicators.level2") == ["数量", "数量", ""]


def test_one_heading_over_two_columns_of_names_is_two_levels() -> None:
    evaluation = read(
        "评价指标 | < | 分值 | 评价标准\n前期 | 任务分解 | 2 | 分解到位得2分\n^ | 审批 | 3 | 及时得3分"
    ).evaluation
    assert column(evaluation, "indicators.level1") == ["前期", "前期"]
    assert column(evaluation, "indicators.name") == ["任务分解", "审批"]
    assert column(evaluation, "indicators.rubric") == ["分解到位得2分", "及时得3分"]


def test_weights_behind_levels_are_those_of_the_groups() -> None:
    text = """
一级指标 | 权重 | 二级指标 | 权重 | 三级指标 | 分值 | 得分
产出 | 60 | 数量 | 30 | 里程 | 30 | 28
 |  | 质量 | 30 | 合格率 | 30 | 30
效益 | 40 | 社会效益 | 40 | 满意率 | 40 | 40
总分 | 100 |  | 100 |  | 100 | 98
"""
    evaluation = read(text).evaluation
    assert [(group.level, group.label, group.weight.text, len(group.members)) for group in evaluation.groups] == [
        (1, "产出", "60", 2),
        (1, "效益", "40", 1),
        (2, "数量", "30", 1),
        (2, "质量", "30", 1),
        (2, "社会效益", "40", 1),
    ]
    assert facts(evaluation) == {
        **{"total.group1_weight": "100", "total.group2_weight": "100", "total.weight": "100", "total.score": "98"}
    }


def test_weights_in_labels_are_those_of_the_groups_even_where_a_label_is_printed_again() -> None:
    text = """
一级指标 | 二级指标 | 三级指标 | 分值
产出指标（60分） | 数量 | 里程 | 30
产出指标（60分） | 质量 | 合格率 | 30
效益指标\\n(40) | 社会 | 满意率 | 40
"""
    groups = read(text).evaluation.groups
    assert [(group.weight.number, len(group.members)) for group in groups] == [(Decimal(60), 2), (Decimal(40), 1)]


def test_two_scores_are_the_own_one_and_the_review() -> None:
    text = """
评价指标 | 分值 | 自评得分 | 复核得分 | 扣分原因
预算执行率 | 40 | 38 | 37 | 执行慢
项目完成率 | 60 | 60 | 55 | 未完
合计 | 100 | 98 | 92 |
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.score") == ["38", "60"]
    assert column(evaluation, "indicators.review") == ["37", "55"]
    assert facts(evaluation) == {"total.weight": "100", "total.score": "98", "total.review": "92"}


def test_levels_may_be_called_by_another_noun() -> None:
    evaluation = read("一级要素 | 二级要素 | 三级要素 | 目标值\n产出 | 数量 | 里程 | 30公里").evaluation
    assert column(evaluation, "indicators.name") == ["里程"]


def test_the_parts_of_the_year_are_told_apart() -> None:
    text = """
项目名称 | 养护 | < | < | < | < | < | < | <
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况 | 完成目标可能性 | < | <
^ | ^ | ^ | ^ | ^ | ^ | 确定能 | 有可能 | 完全不可能
产出指标 | 数量指标 | 里程 | 30公里 | 15公里 | 30公里 | √ |  |
^ | 质量指标 | 合格率 | 95% | 90% | 95% |  | √ |
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.interim") == ["15公里", "90%"]
    assert column(evaluation, "indicators.forecast") == ["30公里", "95%"]
    assert column(evaluation, "indicators.likelihood") == ["确定能", "有可能"]
    assert evaluation.tables["indicators"][1].cells["likelihood"].place.column == 8


def test_two_lists_stand_side_by_side() -> None:
    text = """
一级指标 | 二级指标 | 三级指标 | 指标值 | 一级指标 | 二级指标 | 三级指标 | 指标值
产出 | 数量 | 里程 | 30公里 | 效益 | 社会 | 满意率 | 90%
"""
    evaluation = read(text).evaluation
    assert sorted(column(evaluation, "indicators.name")) == ["满意率", "里程"]
    assert len({row.number for row in evaluation.tables["indicators"]}) == 2


def test_a_table_may_run_along_the_rows() -> None:
    text = """
项目名称 | 养护 | < | <
一级指标 | 产出指标 | < | 效益指标
二级指标 | 数量指标 | 质量指标 | 社会效益指标
三级指标 | 里程 | 合格率 | 满意率
指标值 | 30公里 | 95% | 90%
分值 | 40 | 30 | 30
"""
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.level1") == ["产出指标", "产出指标", "效益指标"]
    assert column(evaluation, "indicators.target") == ["30公里", "95%", "90%"]
    place = evaluation.tables["indicators"][1].cells["target"].place
    assert (place.row, place.column) == (5, 3)
    assert facts(evaluation) == {"project.name": "养护"} and not evaluation.unplaced


def test_a_subtotal_is_no_indicator_and_no_total() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 分值\n产出 | 数量 | 里程 | 50\n小计 | < | < | 50\n效益 | 社会 | 满意率 | 50\n总分 | < | < | 100"
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.name") == ["里程", "满意率"]
    assert facts(evaluation) == {"total.weight": "100"}


def test_of_two_totals_that_differ_neither_is_certain() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 分值\n产出 | 数量 | 里程 | 50\n合计 | < | < | 50\n效益 | 社会 | 满意率 | 50\n总分 | < | < | 100"
    total = read(text).evaluation.facts["total.weight"]
    assert (total.text, total.sure) == ("100", 0.7)


def test_the_total_may_stand_below_the_narrative() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n产出 | 数量 | 里程 | 100 | 98分\n说明 | 无 | < | < | <\n总分 | < | < | 100 | 98分"
    evaluation = read(text).evaluation
    assert facts(evaluation) == {"text.note": "无", "total.weight": "100", "total.score": "98分"}
    assert evaluation.number("total.score") == 98


NOTED = """
一级指标 | 二级指标 | 三级指标 | 分值
产出 | 数量 | 里程 | 100
总分 | < | < | 100
注：1.分值统一设置为100分。 | < | < | <
2.本表由单位填写。 | < | < | <
{last} | < | < | <
"""


def test_a_footnote_is_no_level_and_understood_with_its_points() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 分值\n产出 | 数量 | 里程 | 60\n注：1.本表由单位填写。 |  |  |\n效益 | 社会 | 满意率 | 40"
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.level1") == ["产出", "效益"]
    assert not evaluation.unplaced
    assert not read(NOTED.format(last="3.得分保留两位小数。")).evaluation.unplaced


def test_what_follows_a_note_is_read_for_what_it_is() -> None:
    evaluation = read(NOTED.format(last="3.存在问题：进度慢")).evaluation
    assert facts(evaluation)["text.problems"] == "进度慢"
    rule = "3.执行率90%以上得10分，80%—90%得8分。"
    assert [cell.text for cell in read(NOTED.format(last=rule)).evaluation.unplaced] == [rule]
    evaluation = read(NOTED.format(last="村里说路好走了。")).evaluation
    assert [cell.text for cell in evaluation.unplaced] == ["村里说路好走了。"]


EXECUTION = "预算执行 | 预算执行率 | 预算执行率 | 100% | 90% | 10 | 9"
LENGTH = "产出指标 | 数量指标 | 里程 | 30公里 | 30公里 | 90 | 90"


@pytest.mark.parametrize("rows", [(EXECUTION, LENGTH), (LENGTH, EXECUTION)])
def test_the_execution_of_the_budget_may_be_an_indicator_called_like_its_level(rows: tuple[str, str]) -> None:
    heading = "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 自评得分"
    evaluation = read("\n".join([heading, *rows, "总分 | < | < | < | < | 100 | 99"])).evaluation
    assert sorted(column(evaluation, "indicators.level1")) == ["产出指标", "预算执行"]
    assert sorted(column(evaluation, "indicators.level2")) == ["数量指标", "预算执行率"]
    assert sorted(column(evaluation, "indicators.name")) == ["里程", "预算执行率"]
    assert sorted(column(evaluation, "indicators.score")) == ["9", "90"]
    assert not evaluation.unread and not evaluation.unplaced


@pytest.mark.parametrize("levels", ["预算执行 | 预算执行率 | <", "预算执行 | < | <", "项目资金 | < | 预算执行率"])
@pytest.mark.parametrize("last", [False, True])
def test_the_execution_of_the_budget_may_stand_over_several_levels(levels: str, last: bool) -> None:
    heading = "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 权重 | 自评得分"
    rows = [f"{levels} | 100% | 90% | 10 | 9", LENGTH]
    evaluation = read(
        "\n".join([heading, *(rows[::-1] if last else rows), "总分 | < | < | < | < | 100 | 99"])
    ).evaluation
    assert sorted(column(evaluation, "indicators.score")) == ["9", "90"]
    assert not evaluation.unread and not evaluation.unplaced


@pytest.mark.parametrize("words", ["资金总额 | 资金总额", "资金总额 | <", "年初预算数 | <"])
def test_money_below_the_indicators_is_none_of_them(words: str) -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 指标值 | 分值\n产出 | 数量 | 里程 | 30公里 | 90\n项目资金（万元） | "
    text += words + " | 100 | 10"
    assert column(read(text).evaluation, "indicators.name") == ["里程"]


def test_the_goal_of_the_year_between_the_name_and_what_is_done_is_the_target() -> None:
    evaluation = read(
        "一级指标 | 二级指标 | 三级指标 | 年度目标 | 完成情况\n产出 | 数量 | 里程 | 30公里 | 31公里"
    ).evaluation
    target = evaluation.tables["indicators"][0].cells["target"]
    assert (target.text, target.sure) == ("30公里", 1)


def test_what_is_done_in_a_part_of_the_year_may_be_words() -> None:
    heading = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 1-7月执行情况 | 全年预计完成情况"
    rows = "产出 | 数量 | 学生 | ≥12000人 | 11800人 | 12000人\n效益 | 社会 | 体质 | 改善 | 有所改善 | 改善\n满意 | 满意 | 家长 | 95% | 未调查 | 95%"
    evaluation = read(f"{heading}\n{rows}").evaluation
    assert [row.cells["interim"].sure for row in evaluation.tables["indicators"]] == [1, 1, 1]
    assert not evaluation.unread


def test_an_unknown_heading_is_kept_under_its_own_words() -> None:
    evaluation = read(
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 村里怎么说\n产出 | 数量 | 里程 | 30公里 | 路好走了"
    ).evaluation
    cell = evaluation.tables["indicators"][0].cells["?村里怎么说"]
    assert (cell.text, cell.sure) == ("路好走了", 0.3)
    assert [(unread.words, unread.part, unread.contradicted) for unread in evaluation.unread] == [
        ("村里怎么说", Part.COLUMN, False)
    ]


def test_a_column_that_contradicts_its_heading_is_dropped_and_named() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 实际完成值 | 分值\n产出 | 数量 | 里程 | 50 | 已完成\n产出 | 质量 | 合格率 | 50 | 已达标"
    evaluation = read(text).evaluation
    assert [row.cells["weight"].sure for row in evaluation.tables["indicators"]] == [0, 0]
    assert [(unread.words, unread.contradicted) for unread in evaluation.unread] == [("分值", True)]


def test_points_under_the_heading_of_targets_are_said_and_doubtful() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 指标值 | 全年实际完成值\n产出 | 数量 | 里程 | 40 | 40\n产出 | 质量 | 合格率 | 40 | 40\n效益 | 社会 | 满意率 | 20 | 20"
    evaluation = read(text).evaluation
    assert {row.cells["target"].sure for row in evaluation.tables["indicators"]} == {0.7}
    assert [(unread.words, unread.contradicted) for unread in evaluation.unread] == [("指标值", True)]


def test_of_two_columns_of_one_field_the_first_keeps_it() -> None:
    evaluation = read("一级指标 | 二级指标 | 三级指标 | 得分 | 备注 | 得分\n产出 | 数量 | 里程 | 9 |  | 8").evaluation
    assert column(evaluation, "indicators.score") == ["9"]
    assert [unread.words for unread in evaluation.unread] == ["得分"]


def test_a_blank_form_is_a_form() -> None:
    evaluation = read("项目支出绩效目标表 | < | <\n项目名称 |  | <\n一级指标 | 二级指标 | 三级指标\n | | ").evaluation
    assert evaluation.facts["project.name"].blank
    assert facts(evaluation) == {}


@pytest.mark.parametrize(
    "text",
    [
        "序号 | 品名 | 规格 | 单位 | 数量 | 单价 | 金额\n1 | 水泥 | 50kg | 袋 | 10 | 20 | 200\n2 | 沙 | 中 | 方 | 5 | 80 | 400",
        "序号 | 项目 | 单位 | 数量 | 标准 | 金额 | 备注\n1 | 办公费 | 月 | 12 | 100 | 1200 |\n2 | 印刷 | 本 | 10 | 9 | 90 |",
        "序号 | 姓名 | 职务 | 单位 | 联系电话\n1 | 甲某 | 科长 | 某局 | 000\n2 | 乙某 | 科员 | 某局 | 000",
        "时间 | 内容 | 地点 | 负责人\n8:00 | 会议 | 一楼 | 甲某\n9:00 | 培训 | 二楼 | 乙某",
        "序号 | 项目 | 得分 | 备注\n1 | 跳远 | 9.5 |\n2 | 跑步 | 9.0 |",
        "项目 | 预算数 | 执行数 | 执行率\n培训费 | 10 | 9 | 90%\n差旅费 | 20 | 20 | 100%",
        "序号 | 乡镇名称 | 项目名称 | 金额 | 备注\n1 | 甲镇 | 修路 | 20 |\n2 | 乙镇 | 架桥 | 15 |\n合计 | < | < | 35 |",
        "一级指标 | 二级指标 | 三级指标",
        " | ",
    ],
    ids=["prices", "costs", "roster", "timetable", "contest", "figures of a narrative", "allocation", "half", "empty"],
)
def test_what_only_looks_like_a_form_is_none(text: str) -> None:
    assert local_forms(document(text), ()) == []


def test_ten_thousand_indicators_are_read() -> None:
    rows = "".join(f"\n产出 | 数量 | 第{number}项 | {number} | 1" for number in range(10_000))
    evaluation = read("一级指标 | 二级指标 | 三级指标 | 指标值 | 分值" + rows).evaluation
    assert len(evaluation.indicators) == 10_000


def test_a_level_with_its_points_is_no_label_of_something_else() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 分值 | 得分\n项目管理（40分） | 组织 | 制度 | 40 | 40\n项目绩效（60分） | 项目完成 | 完成数量 | 60 | 58"
    assert column(read(text).evaluation, "indicators.level2") == ["组织", "项目完成"]


def test_points_may_stand_at_the_end_of_a_heading() -> None:
    text = "一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 50\n产出 | 质量 | 合格率 | 95% | 96% | 5\n产出 | 数量 | 里程 | 30 | 31 | 5"
    evaluation = read(text).evaluation
    assert column(evaluation, "indicators.actual") == ["96%", "31"]
    assert [cell.text for cell in evaluation.unplaced] == ["5", "5"]


LABELLED = """
一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 得分
产出指标（50分） | 数量指标 | 里程（30分） | ≥30公里 | 31公里 | 30
^ | 质量指标 | 合格率（20分） | 95% | 96% | 20
效益指标（40分） | 社会效益指标 | 满意率（40分） | 90% | 92% | 40
"""


@pytest.mark.parametrize(
    ("drawn", "sure"),
    [
        (LABELLED, 1),
        (LABELLED.replace("（20分）", ""), 0.9),  # one indicator prints none: are the others weights?
        (LABELLED.replace("（50分）", "").replace("（40分）", "", 1), 0.9),  # no other level prints any
    ],
)
def test_points_in_labels_are_weights_where_all_print_some(drawn: str, sure: float) -> None:
    rows = read(drawn).evaluation.tables["indicators"]
    weights = [row.cells[field] for row in rows for field in ("weight", "group1_weight") if field in row.cells]
    assert {cell.sure for cell in weights} == {sure}
