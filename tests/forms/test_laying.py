"""A drawing lies over a table only where all its headings and labels stand; rows go where their own labels stand."""

from collections.abc import Sequence

import pytest

from jixiao.forms.recognise import forms, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Area, Cell, Document, Grid

HEAD = [
    ["项目名称", "<", "甲项目", "<", "<", "<", "<", "<", "<"],
    ["主管部门", "<", "某局", "<", "实施单位", "某中心", "<", "<", "<"],
    ["项目资金\n（万元）", "<", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
    ["^", "<", "年度资金总额", "10", "10", "9", "10", "90%", "9"],
    ["^", "<", "其中：当年财政拨款", "10", "10", "9", "—", "90%", "—"],
    ["^", "<", "上年结转资金", "", "", "", "—", "", "—"],
    ["^", "<", "其他资金", "", "", "", "—", "", "—"],
    ["年度总体目标", "<", "预期目标", "<", "<", "实际完成情况", "<", "<", "<"],
    ["^", "<", "办好事", "<", "<", "办好了", "<", "<", "<"],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "年度\n指标值", "实际\n完成值", "分值", "得分", "偏差原因分析及改进措施"],
]  # fmt: skip
ROWS = [
    ["^", "产出指标", "数量指标", "办件数", "≥10", "12", "50", "50", ""],
    ["^", "效益指标", "社会效益指标", "惠及人数", "≥10", "12", "30", "30", ""],
    ["^", "满意度指标", "服务对象满意度指标", "群众满意度", "≥90%", "95%", "10", "10", ""],
]
TOTAL = ["总分", "<", "<", "<", "<", "<", "100", "99", ""]


def grid(rows: Sequence[Sequence[str]]) -> Grid:
    """A table of a Word document; ``<`` and ``^`` belong to the cell on the left or above."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    cells = {}
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row, 1):
            owner = owners[r, c - 1] if text == "<" else owners[r - 1, c] if text == "^" else (r, c)
            owners[r, c], extents[owner] = owner, (r, c)
            if owner == (r, c):
                cells[r, c] = Cell(text, text or None)
    merges = [Area(*head, *end) for head, end in extents.items() if head != end]
    return Grid("", cells, merges, table=1)


def found(rows: Sequence[Sequence[str]]) -> list[Recognised]:
    return [form for form in forms(Document("表.docx", [grid(rows)])) if is_known(form)]


def names(form: Recognised) -> list[tuple[str, str]]:
    return [(row.level2.text, row.name.text) for row in form.evaluation.indicators if row.level2 and row.name]


def test_a_form_with_fewer_kinds_of_indicators_is_the_form() -> None:
    [form] = found([*HEAD, *ROWS, TOTAL])
    assert form.drawing.id == "national-project-2020"
    assert names(form) == [("数量指标", "办件数"), ("社会效益指标", "惠及人数"), ("服务对象满意度指标", "群众满意度")]
    assert form.evaluation.text("total.score") == "99"
    assert form.evaluation.defects == [] and form.evaluation.unplaced == []


def test_rows_in_another_order_stay_under_their_own_labels() -> None:
    [form] = found([*HEAD, ["^", "产出指标", "质量指标", "合格率", "100%", "100%", "0", "0", ""], *ROWS, TOTAL])
    assert names(form)[:2] == [("质量指标", "合格率"), ("数量指标", "办件数")]
    assert form.drawing.rows[form.rows[11]].cells[2] != form.drawing.rows[form.rows[12]].cells[2]


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [
        (11, 3, "经济成本指标"),  # a level 2 the form does not have
        (11, 2, "成本指标"),  # a level 1 it does not have
        (10, 5, "指标内容"),  # another heading
        (6, 3, "其他来源"),  # another source
        (14, 1, "合计"),  # another label of the total
    ],
)
def test_one_foreign_label_and_it_is_a_form_of_another_place(row: int, column: int, text: str) -> None:
    rows = [list(line) for line in (*HEAD, *ROWS, TOTAL)]
    rows[row - 1][column - 1] = text
    assert found(rows) == []


def test_a_column_more_makes_another_form() -> None:
    wide = [
        [*line, "<" if line[-1] == "<" else "备注" if i == 9 else ""] for i, line in enumerate([*HEAD, *ROWS, TOTAL])
    ]
    assert found(wide) == []


def test_a_heading_that_was_emptied_is_missed_and_nothing_read_under_it() -> None:
    rows = [list(line) for line in (*HEAD, *ROWS, TOTAL)]
    rows[9][5] = ""
    [form] = found(rows)
    assert [finding.code for finding in form.evaluation.defects] == ["R56"]
    assert all(row.actual is None for row in form.evaluation.indicators)


def test_a_title_may_read_otherwise_and_is_listed() -> None:
    [form] = found([["项目支出绩效自评表（第二稿）", *["<"] * 8], *HEAD, *ROWS, TOTAL])
    assert [stated.text for stated in form.evaluation.unplaced] == ["项目支出绩效自评表（第二稿）"]


def test_labels_repeated_in_every_row_are_the_same_labels() -> None:
    more = ["^", "产出指标", "数量指标", "接待数", "≥5", "6", "0", "0", ""]
    [form] = found([*HEAD, ROWS[0], more, *ROWS[1:], TOTAL])
    assert names(form)[:2] == [("数量指标", "办件数"), ("数量指标", "接待数")]
