"""The column names of tables handed to pandas."""

FINDING_COLUMNS = ("级别", "编号", "工作表", "单元格", "问题", "表中数", "应为", "依据")
INDICATOR_COLUMNS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "name": "三级指标",
    "nature": "指标性质",
    "target": "指标值",
    "unit": "度量单位",
    "actual": "完成值",
    "reason": "偏差原因",
    "weight": "分值",
    "score": "得分",
}
