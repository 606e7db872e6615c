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
    "bind": ButtonWords(
        "绑定", "在单位自己的表上直接使用：版式和已填内容不动，只在能算的空白格写入公式；写入之前先列出来", WORK, True
    ),
    "fill": ButtonWords("填写", "填写能算出来的单元格；写入之前先列出要改动的单元格", WORK, True),
    "check": ButtonWords("校验", "检查权重、得分、执行率、合计、等次和文字，标出有疑问的单元格", WORK, True),
    "undo": ButtonWords("撤销", "撤销上一次“绑定”“填写”或“校验”的改动", WORK, True),
    "report": ButtonWords("生成报告", "由表中数据生成《项目支出绩效评价报告》（Word）", RESULTS, True),
    "export": ButtonWords("导出上报版", "另存一份只有数值、没有公式和标记的工作簿", RESULTS, True),
    "doctor": ButtonWords("检查安装", "检查 Python、加载项和设置，逐条说明该做什么", HELP),
    "help": ButtonWords("帮助", "打开使用说明（不需要联网）", HELP),
}
"""The buttons by name, in the order of the ribbon."""

OWN_FORMS = "我的表样……"
OWN_FORM = "{title} · {issuer} · {year}"
WHICH_FORM = "选一种表样"
NO_OWN_FORMS = "还没有自己的表样。把表样文件（.txt，用 jixiao draw 由填好的表生成）放进这个文件夹，再点一次：\n{folder}"

ON_SHEET = ("fill", "check", "report", "undo")
"""The buttons that stand on the sheets of a workbook with macros."""

NOT_OURS = "当前工作簿里没有本工具的绩效表。如果这是财政部门发的表，请先点“绑定”；填好的 Word 表请点“导入”，还没有表请点“新建表单”。"
TOO_NEW = "这个工作簿的表样“{form}”本程序不认识，可能比程序新，请升级后再试。"
NO_WORKBOOK = "当前没有打开的工作簿。请先打开绩效表；如果顶上有“受保护的视图”，请先点“启用编辑”。"
READING, EXAMINING, WRITING = "绩效：正在读取工作簿……", "绩效：正在校验……", "绩效：正在写入……"
MAKING = "绩效：正在生成第 {number} 份文件，共 {count} 份……"

WILL_REFRESH = "将补存 {count} 个公式的计算结果，表中内容不改动：\n\n{lines}\n\n现在写入吗？"
WILL_FILL = "将填写 {count} 个单元格：\n\n{lines}\n\n现在写入吗？（写入后可以用“撤销”恢复）"
READ_ONLY = "这个工作簿是以只读方式打开的：可以填写，但要用“另存为”保存。\n\n"
MORE = "……还有 {count} 个"

ONE_FOLDER = "这个工作簿有 {count} 张表，将生成 {count} 份报告，放在文件夹：\n{folder}\n\n现在生成吗？"
OVERWRITE = "文件已存在：\n{paths}\n\n要覆盖吗？"
WRITTEN = "已生成：\n{paths}"
GAPS = "报告中还有 {count} 处待补充（有底纹）。"
NOT_OPENED = "没有找到能打开它的程序，请自己打开：\n{path}"
OPEN_NOW = "现在打开吗？"
NEW_YEAR = "年度填的是 {year} 年，可以在表中修改。"
BUG_LOST = "程序出错了，这一步没有做完（{place}）；日志没有地方可写，请把这句话告诉维护人员。"
BUG = "程序出错了，这一步没有做完。详情已记入：\n{path}\n请把这个文件发给维护人员。"
