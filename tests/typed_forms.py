"""A county's own form as a Word table, typed as text: a line a row, ``|`` between the cells."""

from jixiao.figures import parse
from jixiao.grid import Cell, Document, Grid, Paragraph

SELF_EVALUATION = """
项目名称 | 农民培训 | | 实施单位 | 某某县农业农村局 | |
资金来源 | 年初预算数 | 全年预算数 | 全年执行数 | 执行率 | |
年度资金总额 | 480000.00 | 480000.00 | 432000.00 | 90.00% | |
其中：财政拨款 | 480000.00 | 480000.00 | 432000.00 | 90.00% | |
一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 分值 | 自评得分
产出指标 | 数量指标 | 培训场次 | ≥10场 | 12场 | 50 | 50
效益指标 | 社会效益指标 | 就业人数 | ≥90人 | 95人 | 50 | 50
总分 | | | | | 100 | 100
"""


def document(text: str = SELF_EVALUATION, title: str = "某某县项目支出绩效自评表", unit: str = "单位：元") -> Document:
    """The form below its title and the line that names its unit."""
    cells = {
        (row, column): Cell(words.strip(), words.strip())
        for row, line in enumerate(text.strip().splitlines(), 1)
        for column, words in enumerate(line.split("|"), 1)
        if words.strip()
    }
    assert not any(parse(cell.text) for spot, cell in cells.items() if spot[0] == 1)
    above = [Paragraph(1, title), Paragraph(2, "（2023年度）"), Paragraph(3, unit)]
    return Document("某某县.docx", [*above, Grid("", cells, table=1)])
