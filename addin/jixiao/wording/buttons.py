"""The ribbon and the buttons on the sheets: what stands on them, and what they say."""

from typing import NamedTuple


class ButtonWords(NamedTuple):
    """What a user sees of one button. ``needs_form`` buttons work on the workbook in front."""

    label: str
    screentip: str
    group: str
    needs_form: bool = False


TAB = "绩效"
FORMS, WORK, RESULTS, HELP = "表单", "填写与校验", "成果", "帮助"

BUTTONS = {
    "new": ButtonWords("新建表单", "选一种表样，新建一个空白的绩效表工作簿", FORMS),
    "import": ButtonWords("导入", "把填好的 Word 表或工作簿导入为带公式的工作簿，原数一律保留", FORMS),
    "fill": ButtonWords("填写", "填写能算出来的单元格；写入之前先列出要改动的单元格", WORK, True),
    "check": ButtonWords("校验", "检查权重、得分、执行率、合计、等次和文字，标出有疑问的单元格", WORK, True),
    "undo": ButtonWords("撤销", "撤销上一次“填写”或“校验”的改动", WORK, True),
    "report": ButtonWords("生成报告", "由表中数据生成《项目支出绩效评价报告》（Word）", RESULTS, True),
    "export": ButtonWords("导出上报版", "另存一份只有数值、没有公式和标记的工作簿", RESULTS, True),
    "doctor": ButtonWords("检查安装", "检查 Python、加载项和设置，逐条说明该做什么", HELP),
    "help": ButtonWords("帮助", "打开使用说明（不需要联网）", HELP),
}
"""The buttons by name, in the order of the ribbon."""

ON_SHEET = ("fill", "check", "report", "undo")
"""The buttons that stand on the sheets of a workbook with macros."""
