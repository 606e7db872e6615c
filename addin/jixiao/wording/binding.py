"""What is said of binding somebody else's workbook, before and after."""

BOUND = "已绑定 {sheets} 张表，写入公式 {count} 处"
ALREADY = "已经绑定过了，没有要改动的地方"
UNBOUND = "已恢复到绑定以前（公式 {count} 处）"
WILL_BIND = (
    "将绑定 {sheets} 张表，写入公式 {count} 处{selected}：\n\n{lines}\n\n{remarks}\n\n"
    "其余内容一律不动。现在绑定吗？（绑定后可以用“撤销”全部恢复）"
)
SELECTED = "（表中已选中）"
NO_FORMULAS = "没有需要写公式的空白格"
WOULD_BIND = "将绑定 {sheets} 张表，写入公式 {count} 处（未写入）："

FORMS = "绑定的表"
FORM = "{sheet}“{title}”：认出 {facts} 项内容{tables}"
TABLE = "、{name} {count} 行"
TABLES = {
    "indicators": "指标",
    "details": "支出明细",
    "accounts": "收支明细",
    "survey": "问卷",
    "tasks": "任务",
}

NOT_UNDERSTOOD = "没有绑定：没有读懂"
DOUBTFUL = "没有绑定：读得不够确定"
WAITING = "暂不写公式：算式要用的格子里是文字或出错的公式；能读成数的点“填写”会改为数值，其余请先改正"
NO_SUGGESTIONS = "指标得分没有建议：表上没有印指标的计分办法"
PLACED = "{place} {words}"

NOT_EDITABLE = "{name}：只有 .xlsx、.xlsm 工作簿能绑定；Word 表和旧格式的文件请用“导入”（jixiao import）转为工作簿。"
BIND_FIRST = "{name}：“{title}”还没有绑定，不能填写。请先点“绑定”（jixiao bind），表样不变，公式写在原表里。"
