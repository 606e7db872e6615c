"""What the command line says about itself."""

from collections.abc import Sequence

PROGRAM = "预算绩效表的填写、校验与评价报告"
USAGE = "用法："
OPTIONS = "选项"
ARGUMENTS = "参数"
COMMANDS = "命令"
HELP = "显示帮助"
VERSION = "显示版本"

NEW = "新建空白表单（工作簿）"
IMPORT = "把填好的 Word 表或工作簿导入为带公式的工作簿，原数一律保留"
BIND = "在单位自己的表上直接使用：版式和已填内容不动，只在能算的空白格写入公式"
FILL = "填写能算出来的单元格（执行率、合计、得分建议、等次）"
UNDO = "撤销上一次“绑定”“填写”或“校验标记”写入工作簿的内容；之后改过的格子不动"
FACTS = "列出从表中读到的每一项：名称、数值和单元格"
CHECK = "校验：权重、得分、执行率、合计、等次、偏差原因等"
REPORT = "由表中数据生成《项目支出绩效评价报告》（Word）"
EXPORT = "导出上报版：只有数值的工作簿，或与公布样式一致的 Word 表"
DRAW = "把看懂的表画成表样（文本文件），改好后放进“表样”文件夹，以后就能新建、导入、导出"
DEMO = "用自带示例把全部功能跑一遍"
DOCTOR = "检查安装"
INSTALL = "安装加载项（Windows、macOS 为 Excel，Linux 为 LibreOffice；不需要管理员权限）"
UNINSTALL = "移除加载项和设置"

FILE = "工作簿（.xlsx、.xlsm）或 Word 文件（.docx）"
READABLE = FILE + "，也可以是 .xls、.et；装有 LibreOffice 时还可以是 .doc、.wps、.ods"
FORM = "表样编号；默认 {default}"
INTO_FORM = "改放进这个编号的表样：同名的内容和一、二级指标相同的行放进去，金额按单位换算，其余逐条列出"
OUTPUT = "输出文件"
FORCE = "允许覆盖已有文件"
YEAR = "预算年度"
PROJECTS = "项目个数，每个项目一张表"
FROM = "沿用上年工作簿的名称、指标、指标值和分值，清空完成值、得分和原因"
NATIVE = "全部使用原生公式，不用 PERF_ 函数（供没有加载项的同事使用）"
PROTECT = "保护工作表（不设密码），只能改填写单元格"
DRY_RUN = "只列出将要改动的单元格，不写入"
FUNCTIONS = "公式用 PERF_ 函数（要装有加载项）；不写这一项时用原生公式"
REPLACE_TYPED = "把手工改写过的计算单元格也改回公式"
JSON = "输出 JSON"
MARK = "在工作簿里做标记，并写入“校验结果”表"
UNMARK = "去掉标记和“校验结果”"
RULES = "逐条列出每条规则：已核对、没有可核对的内容，还是无法判断"
WORD = "导出为 Word 表"
CHECK_DRAWINGS = "检查表样和评分方案；不写文件名时检查“表样”文件夹里的全部"
CONTENTS = "正文前加目录；页码由 LibreOffice 算出，没有安装时由 Word 打开后更新"
PDF = "同时生成 PDF（需要 LibreOffice）"
AT_LOGON = "登录 Windows 时就启动函数服务（供不允许 Excel 启动程序的单位使用）"

NO_FORM = "没有找到已知的绩效表"
SEEN = "；见到的栏目是“{headings}”，不像绩效表"
NO_TABLE = "；里面没有表格"
NO_REPORT = "“{form}”还没有对应的报告。"
WRITTEN = "已生成：{path}"
WOULD_FILL = "将填写 {count} 个单元格（未写入）："
GAPS_MORE = "……还有 {count} 处，报告中有底纹的都是"
GAPS_HEAD = "报告中还有 {count} 处待补充"
FONTS_HINT = "报告使用方正小标宋简体、黑体、楷体_GB2312、仿宋_GB2312；本机没有：{fonts}，打印前请安装或在 Word 中替换。"
DONE = "{done}：{path}"
OF_FILE = "【{path}】"
MARKED = "已标记 {count} 处：{path}"
ONE_OUTPUT = "“{path}”里有 {count} 张表，会生成 {count} 个文件，请用 -o 指定一个文件夹。"
NO_PAGES = "目录的页码留待 Word 打开时更新：{reason}"
INTERRUPTED = (
    "已中断。每个文件都是完整的；没有报告完成的，可能写入了，也可能没有，请再执行一次，或用 jixiao undo 撤销。"
)
UNSAID = "结果没有显示完（{reason}）：标准输出写不进去。"
LOG_LOST = "程序出错了（{place}），日志没有地方可写，请把这句话告诉维护人员。"
LOG_HINT = "程序出错了，详情已记入 {path}，请把这个文件发给维护人员。"
BAD_USAGE = "命令写法有误（{message}）。请看：{program} --help"
IMPORT_FIRST = "请先用“导入”（jixiao import）生成本工具的工作簿。"
DEMO_DONE = "\n演示完成，文件都在：{folder}"
DEMO_FAILED = "演示在“{command}”这一步没有完成，原因见上。"
NEEDS_WORKBOOK = "{name}：这是 Word 文件，这一步要用工作簿。请先用“导入”（jixiao import）转为工作簿。"
DEMO_TYPED = "（演示：已代作者填写表格右侧的“报告用”栏）"
NO_SAMPLES = "没有找到自带的示例，请重新安装。"
WRONG_ENDING = "“{path}”：这一步的输出文件应以 {endings} 结尾。"
OUTPUT_IS_SOURCE = "“{path}”就是原文件，不能覆盖；请换一个文件名。"
BAD_YEAR = "“{text}”不是年度，请填四位数字，如 2025"
BAD_COUNT = "“{text}”不是项目个数，请填 1 到 200 的数字"
USAGE_ERRORS = {
    "the following arguments are required: ": "缺少 ",
    "unrecognized arguments: ": "不认识 ",
    "invalid choice: ": "没有这个命令 ",
    "choose from": "可用的有",
    "expected one argument": "后面缺少内容",
    "expected at least one argument": "后面缺少内容",
    "not allowed with argument": "不能同时用",
    "invalid int value: ": "不是整数 ",
    "argument ": "",
}
ONE_FILE = "画表样一次画一个文件：jixiao draw 文件 -o 名称.txt；检查表样用 jixiao draw --check。"
FROM_ALONE = "--from 沿用上年工作簿的表样和项目，不能再用 --form 或 --projects。"


WHOLE_UNIT = "部门（单位）整体支出的表"
NO_INDICATORS = "没有绩效指标的表"
NO_STAGE = "看不出是申报、监控还是自评的表"
EARLY_FORMS = {"goal": "绩效目标申报（批复）表", "monitoring": "绩效运行监控表"}
LEFT_OUT = "有 {count} 张表没有生成报告，还没有这种报告"
FORM_OF_KIND = "“{title}”是{kind}"
UNTITLED = "没有表名的表"
NOT_OURS = "{name}：表里没有本工具的公式，不能填写。"


def no_form(name: str) -> str:
    """What is said of a file in which no known form was found."""
    return f"{NO_FORM}：{name}。"


def nothing_to_check(name: str, headings: Sequence[str]) -> str:
    """What is said of a file in which nothing can be checked (R59): which headings were seen there."""
    seen = SEEN.format(headings="”“".join(headings)) if headings else NO_TABLE
    return f"{NO_FORM}：{name}{seen}。"


def form_of_kind(title: str, kind: str) -> str:
    """``“项目支出绩效目标表”是绩效目标申报（批复）表``."""
    return FORM_OF_KIND.format(title=title or UNTITLED, kind=kind)


def no_report(name: str, title: str, kind: str) -> str:
    """What is said of a form there is no report for."""
    return f"{name}：{form_of_kind(title, kind)}，还没有对应的报告。"
