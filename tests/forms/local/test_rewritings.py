"""What people do to a form without changing what it says changes nothing of what is read."""

import unicodedata
from functools import cache
from random import Random

import generated
import pytest
import rewritings
from building import document
from form_file import FormFile, parse
from measure import found, measured, read

from jixiao.evaluation import Evaluation, Stated
from jixiao.findings import Severity
from jixiao.grid import Document

SEEDS = (1, 2)
LAYOUTS = tuple(generated.LAYOUTS)
Told = tuple[str, str, dict[str, object], dict[str, list[dict[str, object]]]]


def told(evaluation: Evaluation) -> Told:
    """What an evaluation says, wherever it stands: title and unit, facts and tables by name."""
    facts = {name: _said(cell) for name, cell in evaluation.facts.items() if not cell.blank}
    rows = {
        table: [{field: _said(cell) for field, cell in row.cells.items() if not cell.blank} for row in rows]
        for table, rows in evaluation.tables.items()
    }
    tables = {table: [row for row in filled if row] for table, filled in rows.items()}
    return _bare(evaluation.title), evaluation.unit, facts, tables


def _said(cell: Stated) -> object:
    return (cell.figure.amount, cell.figure.unit) if cell.figure else _bare(cell.text)


def _bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@cache
def form(layout: str, seed: int) -> FormFile:
    return generated.form(layout, seed)


@cache
def as_written(layout: str, seed: int) -> list[Told]:
    return [told(evaluation) for evaluation in read(document(form(layout, seed)))]


def reading(written: Document) -> list[Told]:
    return [told(evaluation) for evaluation in read(written)]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_generated_form_is_read_as_it_was_written(layout: str) -> None:
    for seed in SEEDS:
        _, told, complaints = measured(form(layout, seed))
        assert (told.right, told.wrong) == (told.cells, 0), complaints["cells"]
        assert complaints["indicators"] == complaints["units"] == complaints["forms"] == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_honest_form_is_never_flagged(layout: str) -> None:
    for seed in SEEDS:
        findings = found(document(form(layout, seed)))
        assert [finding.line() for finding in findings if finding.severity is not Severity.INFO] == []


@pytest.mark.parametrize("rewriting", rewritings.ALL, ids=lambda rewriting: rewriting.__name__)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_rewritten_form_says_the_same(layout: str, rewriting: rewritings.Rewriting) -> None:
    random = Random(f"{layout} {rewriting.__name__}")
    seed = random.choice(SEEDS)
    assert reading(rewriting(form(layout, seed), random)) == as_written(layout, seed)


@pytest.mark.parametrize("second", LAYOUTS)
def test_two_forms_of_a_file_are_two(second: str) -> None:
    for together, seed in zip((rewritings.in_one_file, rewritings.on_one_sheet), SEEDS, strict=True):
        first = LAYOUTS[(LAYOUTS.index(second) + seed) % len(LAYOUTS)]
        both = reading(together(form(first, seed), form(second, seed)))
        assert both == [*as_written(first, seed), *as_written(second, seed)]


LIKENESSES = {
    "价目表": """\
        2024年办公用品价目表 | < | < | <
        序号 | 品名 | 规格 | 单价（元）
        1 | 复印纸 | A4 70g | 21.50
        2 | 中性笔 | 0.5mm | 1.80
        3 | 文件夹 | 两孔 | 6.00
        合计 |  |  | 29.30""",
    "花名册": """\
        青禾县图书馆在职人员花名册 | < | < | < | <
        序号 | 姓名 | 单位 | 职务 | 备注
        1 | 甲某 | 借阅部 | 主任 | 在编
        2 | 乙某 | 采编部 | 馆员 | 在编
        3 | 丙某 | 办公室 | 会计 | 聘用""",
    "课程表": """\
        2024年秋季学期课程表 | < | < | < | < | <
        节次 | 星期一 | 星期二 | 星期三 | 星期四 | 星期五
        1 | 语文 | 数学 | 语文 | 英语 | 数学
        2 | 数学 | 语文 | 英语 | 数学 | 语文
        3 | 体育 | 音乐 | 美术 | 体育 | 班会""",
    "项目资金安排表": """\
        2024年第二批水利资金安排表 | < | < | < | <
        序号 | 乡镇 | 项目名称 | 金额（万元） | 备注
        1 | 柳溪镇 | 排水渠修复 | 20 |
        2 | 石桥街道 | 河堤加固 | 15 |
        合计 | < | < | 35 |""",
    "工程进度表": """\
        工程项目进度计划表 | < | < | < | < | < | <
        项目名称 | 建设单位 | 预算数（万元） | 执行数（万元） | 执行率 | 计划完成时间 | 完成情况
        一期土建 | 市建投 | 500 | 450 | 90% | 2023年6月 | 已完成
        二期安装 | 市建投 | 300 | 100 | 33.33% | 2023年12月 | 进行中
        合计 | | 800 | 550 | 68.75% | |""",
    "成绩单": """\
        2024年业务技能竞赛成绩单 | < | < | <
        名次 | 单位 | 笔试得分 | 总分
        1 | 青禾县档案馆 | 92 | 187
        2 | 青禾县图书馆 | 90 | 183
        3 | 青禾县博物馆 | 88 | 180""",
    "固定资产清单": """\
        固定资产清查明细表 | < | < | < | <
        资产编号 | 资产名称 | 数量 | 原值（元） | 使用部门
        TY001 | 阅览座椅 | 120 | 46800 | 借阅部
        TY002 | 台式电脑 | 15 | 67500 | 采编部""",
    "会议签到表": """\
        预算绩效管理工作培训会签到表 | < | < | <
        单位名称 | 姓名 | 职务 | 联系电话
        青禾县财政局 | 甲某 | 股长 | 00000000
        柳溪镇人民政府 | 乙某 | 会计 | 00000000""",
    "统计报表": """\
        2024年图书馆业务统计表 | < | < | <
        指标 | 计量单位 | 上年数 | 本年数
        到馆读者 | 人次 | 51200 | 60300
        外借图书 | 册次 | 32000 | 35100
        举办活动 | 场 | 24 | 31""",
}


@pytest.mark.parametrize("name", LIKENESSES)
def test_a_table_that_only_looks_like_a_form_is_none(name: str) -> None:
    rows = "\n".join(line.strip() for line in LIKENESSES[name].splitlines())
    for carrier in ("工作表", "Word表格"):
        assert reading(document(parse(name, f"载体：{carrier}\n【表】\n{rows}"))) == []
