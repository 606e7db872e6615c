"""生成报告 of forms nobody has drawn: one that evaluates a project has a report, of any other it is said what it is."""

import pytest

from jixiao.actions.write_report import plan, write_reports
from jixiao.errors import Refusal
from jixiao.grid import Document, Grid
from jixiao.hosts.files import load_document
from jixiao.report.document import Paragraph, Table
from typed_forms import SELF_EVALUATION, document

GOALS = """
项目名称 | 农民培训 | | 实施单位 | 某某县农业农村局
年度资金总额 | 480000 | | 财政拨款 | 480000
一级指标 | 二级指标 | 三级指标 | 指标值 | 备注
产出指标 | 数量指标 | 培训场次 | ≥10场 |
效益指标 | 社会效益指标 | 就业人数 | ≥90人 |
"""


def told(source: Document) -> str:
    [report] = write_reports(source)
    blocks = report.document.blocks
    cells = [cell.text for table in blocks if isinstance(table, Table) for row in table.rows for _, cell in row.cells]
    return "\n".join([block.text for block in blocks if isinstance(block, Paragraph)] + cells)


def test_an_evaluation_of_a_project_is_told_in_its_own_unit() -> None:
    text = told(document())
    assert "2023年度年初预算数480000.00元，全年预算数480000.00元，全年执行数432000.00元，执行率为90.00%。" in text
    assert "实际支出按资金来源分：财政拨款432000.00元。" in text
    assert "评价综合得分为100分。" in text
    assert "万元" not in text and "百分制" not in text


def test_a_unit_nobody_names_is_asked_for() -> None:
    [report] = write_reports(document(unit="（盖章）"))
    assert report.gaps.count("待补充：金额单位（请在表格资金部分的标题填写，如（万元）、（元））") == 1
    assert "元" not in told(document(unit="（盖章）")).replace("如（万元）、（元）", "")


@pytest.mark.parametrize(
    ("text", "title", "kind"),
    [
        (GOALS, "某某县项目支出绩效目标申报表", "绩效目标申报（批复）表"),
        (SELF_EVALUATION, "某某县项目支出绩效运行监控表", "绩效运行监控表"),
        (SELF_EVALUATION, "某某县部门整体支出绩效自评表", "部门（单位）整体支出的表"),
        (GOALS.replace("备注", "实际完成值"), "某某县表", "看不出是申报、监控还是自评的表"),
    ],
)
def test_of_any_other_form_it_is_said_what_it_is(text: str, title: str, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        write_reports(document(text, title))
    assert str(refused.value) == f"某某县.docx：“{title}”是{kind}，还没有对应的报告。"


def test_beside_a_form_with_a_report_the_others_are_named(seeds: str) -> None:
    drawn = load_document(f"{seeds}/datong-2021-project.docx")
    [other] = document(GOALS).grids
    above = [block for block in document(GOALS, "某某县项目支出绩效目标申报表").blocks if not isinstance(block, Grid)]
    both = drawn._replace(blocks=[*drawn.blocks, *above, other._replace(table=9)])
    made = plan(both)
    assert len(made.files) == 1
    [remark] = [remark for remark in made.remarks if "没有生成报告" in remark.heading]
    assert remark.lines == ["“某某县项目支出绩效目标申报表”是绩效目标申报（批复）表"]
