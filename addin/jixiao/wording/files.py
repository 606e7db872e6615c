"""Sentences about files that cannot be read or written. Every one names the file and says what to do."""

from collections.abc import Sequence

from jixiao.places import Place
from jixiao.wording.findings import MORE

MISSING = "{name}：找不到这个文件，请核对文件名和所在文件夹。"
FOLDER = "{name}：这是文件夹，请指定其中的文件。"
NOT_A_FILE = "{name}：不是普通文件（是管道或设备），请指定表格文件。"
UNREADABLE = "{name}：没有读取权限，请联系文件所有人，或复制到自己的文件夹后再试。"
TOO_LARGE = "{name}：文件或解压后的内容过大，不像绩效表，未打开；请核对文件来源。"
TOO_MUCH = "{name}：内容过多（{part}），不像绩效表，未打开；请把绩效表单独另存为一个文件后再试。"
TOO_MANY_PARTS = "{name}：压缩包内文件数量过多，不像绩效表，未打开；请核对文件来源。"
NOT_OFFICE = "{name}：不是 .xlsx、.xlsm 或 .docx 文件，请用 Excel 或 WPS 另存为这些格式后再试。"
TRUNCATED = "{name}：文件不完整（可能没有下载或复制完），请重新取得一份。"
DAMAGED = "{name}：文件内容已损坏，请用 Office 或 WPS 打开修复并另存后再试。"
DAMAGED_AT = "{name}：文件内容已损坏（{what}），请用 Office 或 WPS 打开修复并另存后再试。"
NO_PART = "缺少 {part}"
NOT_STATED = "{part} 中缺少 {what}"
ODD_VALUE = "{part} 中 {what} 为“{value}”"
ODD_ENCODING = (
    "{name}：文件内 {part} 的字符编码不是 UTF-8 或 UTF-16，为安全起见未打开；请用 Excel 或 WPS 打开并另存后再试。"
)
ODD_ZIP = "{name}：压缩方式特殊，无法读取，请用 Excel 或 WPS 打开并另存一份后再试。"
DOCTYPE = "{name}：文件内含不允许的文档类型声明（DOCTYPE），为安全起见未打开；请核对文件来源。"
ENCRYPTED = "{name}：文件已用密码加密，请在 Excel 或 WPS 中输入密码打开，取消“用密码进行加密”后另存再试。"
OLD_EXCEL = "{name}：这是旧版 .xls 表格，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
OLD_WORD = "{name}：这是旧版 .doc 文档，请用 Word 或 WPS 打开，另存为 .docx 后再试。"
OLD_OFFICE = "{name}：这是旧版 Office 文件，请用 Office 或 WPS 打开，另存为 .xlsx 或 .docx 后再试。"
BIFF = "旧版 .xls 表格"
SPREADSHEET_XML = "XML 2003 格式的表格"
WEB_ARCHIVE = "网页存档格式的表格"
WEB_PAGE = "网页格式的表格"
TABBED_TEXT = "制表符分隔的文本"
ONLY_READ = "{name}：这是{kind}，只能读取，不能写入。请先用“导入”（jixiao import）生成本工具的工作簿。"
NO_TABLE = "{name}：这是网页，里面没有表格（可能是登录超时的提示页，或数据存在另外的文件里），请重新导出后再试。"
UNKNOWN_ENCODING = "{name}：文字编码无法识别，请用 Excel 或 WPS 打开，另存为 .xlsx 后再试。"
NOT_A_WORKBOOK = "{name}：不是 Excel 工作簿，请提供 .xlsx 或 .xlsm 文件。"

OPEN_ELSEWHERE = "{name}：正在别的程序中打开，请先关闭再试；如确未打开，请删除同一文件夹中的锁定文件“{lock}”。"
IN_USE = "{name}：文件正被别的程序占用或没有写入权限，未保存；请关闭该程序后再试。"
READ_ONLY_FILE = "{name}：文件是只读的，未保存；请取消只读属性，或另存一份后再试。"
READ_ONLY_FOLDER = "{name}：所在文件夹不允许写入，未保存；请换一个文件夹后再试。"
NO_FOLDER = "{name}：所在文件夹不存在，未保存；请先建立文件夹。"
DISK_FULL = "{name}：磁盘空间不足，未保存，原文件未改动；请清理磁盘后再试。"
NAME_TOO_LONG = "{name}：文件名过长，未保存；请缩短文件名后再试。"
NOT_SAVED = "{name}：未能保存（{reason}），原文件未改动。"
EXISTS = "{name}：文件已存在，未覆盖；请换一个名字，确要覆盖的，命令行加 --force。"
CHANGED = "{name}：读取之后被别的程序改动或移走了，未保存，以免盖掉别处的改动；请再执行一次。"
BUSY_HERE = "{name}：正由另一个绩效程序（{since} 起，本机进程 {process}）处理，请稍后再试。"
BUSY_ELSEWHERE = (
    "{name}：正由计算机“{computer}”上的绩效程序（{since} 起）处理，请稍后再试；那台计算机如已关机，十分钟后自动解除。"
)
BUSY = "{name}：正由另一个绩效程序处理，请稍后再试；如一直这样，请删除同一文件夹中的锁定文件“{lock}”。"
BACKUPS = "备份"

SIGNED = "{name}：文件带有数字签名，写入会使签名失效；请另存一份去掉签名的文件后再试。"
NO_SHEET = "{name}：没有名为“{sheet}”的工作表。"
NO_CELLS = "{name}：“{sheet}”是图表或宏表，没有单元格，不能写入；请在其他工作表中填写。"
INSIDE_MERGE = "{name}：“{sheet}”的 {cell} 在合并单元格 {area} 之内，只能写入左上角单元格。"
SHARED_FORMULA = (
    "{name}：“{sheet}”的 {cell} 的公式由多个单元格共用，不能单独改写；请在表中重新输入这几个单元格的公式后再试。"
)
TEXT_TOO_LONG = "{name}：“{sheet}”的 {cell} 要写入的文字超过 32767 个字符，单元格放不下；请缩短后再试。"
NO_MARK_SHEET = "{name}：没有“校验结果”工作表，无法标注；请先用“导入”生成本工具的工作簿。"
OTHER_RESULTS = "{name}：已有一张“{sheet}”，但不是本工具的清单，未绑定；请先给那张表改名，再试一次。"
LOCKED_STRUCTURE = "{name}：工作簿结构受保护，不能增加“{sheet}”，未绑定；请先在“审阅”中取消“保护工作簿”，保存后再试。"
LOCKED_CELL = (
    "{name}：“{sheet}”的 {cell} 没有写入，表中未作任何改动：该表受保护，这个单元格是锁定的；请先撤销工作表保护再试。"
)
REMARK_IN_THE_WAY = "“{sheet}”的 {cell} 有手工写的内容，清单要写到这里；请先把它移到 J 列，或者移到别的表。"
NO_RESULTS = "“{sheet}”的 {cells} 的公式没有保存结果，也不能代为计算；请用 Excel、WPS 或 LibreOffice 打开并保存后再试。"
_LISTED = 3


def no_results(places: Sequence[Place], name: str = "") -> str:
    """What is said of cells whose formulas have no known results."""
    cells = "、".join(place.cell or "" for place in places[:_LISTED])
    more = MORE.format(count=len(places)) if len(places) > _LISTED else ""
    told = NO_RESULTS.format(sheet=places[0].sheet, cells=cells + more)
    return f"{name}：{told}" if name else told


def shortened(value: str) -> str:
    """What a file says or calls something, short enough for a sentence and in one line."""
    line = " ".join(value.split())
    return line if len(line) <= 40 else line[:40] + "…"
