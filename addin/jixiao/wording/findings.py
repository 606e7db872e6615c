"""How a finding is told: how grave it is, what is expected."""

from collections.abc import Mapping

SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
COVERED = "范围"
"""What stands on 校验结果 in the place of a severity, before what was looked at."""
BLANK = "空白"
"""What an empty cell states."""
MISSING = "；应填{expected}"
WRONG = "；应为{expected}"
CITATION = "（{citation}）"
MORE = "等{count}项"
"""Behind a list that does not name all of them."""

SUPPOSED = "如果{columns}，则"
SUPPOSED_COLUMN = "“{label}”一栏是{field}"
SUPPOSED_LABEL = "标签里的“{points}分”是{field}"
FIELDS = {
    "initial": "年初预算数", "adjusted": "全年预算数", "arrived": "实际到位数", "executed": "执行数", "rate": "执行率",
    "level1": "一级指标", "level2": "二级指标", "name": "三级指标", "nature": "指标性质", "target": "指标值",
    "unit": "度量单位", "actual": "完成值", "weight": "分值", "score": "得分", "reason": "偏差原因", "review": "复核得分",
    "group1_weight": "一级指标分值", "group2_weight": "二级指标分值", "grade": "评价等次",
    "goal.expected": "预期目标", "goal.actual": "实际完成情况", "year": "年度",
}  # fmt: skip
"""What the columns and facts are called that a document may call otherwise."""
_OTHER_FIELD = "这一项的内容"


def _called(field: str) -> str:
    return FIELDS.get(field, _OTHER_FIELD)


def supposed(columns: Mapping[str, str], in_labels: Mapping[str, str]) -> str:
    """``如果“年度目标”一栏是指标值，则``: the document's own headings or points, and what they were taken for."""
    told = [SUPPOSED_COLUMN.format(label=label, field=_called(field)) for label, field in columns.items()]
    told += [SUPPOSED_LABEL.format(points=points, field=_called(field)) for points, field in in_labels.items()]
    return SUPPOSED.format(columns="、".join(told[:3]))
