"""What was read from a form, as people are shown it."""

from jixiao.grid import NOT_KNOWN
from jixiao.places import Place
from jixiao.wording.commands import UNTITLED
from jixiao.wording.findings import BLANK
from jixiao.wording.places import spot

FORM = "{title}（评分方案 {scheme}）"
LOCAL = "{title}（本地表样，{stage}，{unit}）"
UNIT = "金额单位{unit}"
NO_UNIT = "未注明金额单位"
STAGES = {
    "goal": "申报（批复）",
    "monitoring": "监控",
    "self": "自评",
    "department": "部门评价",
    "review": "复核",
    "undecided": "阶段不明",
}
LABELS = {"year": "年度"}
"""What people call facts that stand somewhere without a label of their own."""
TABLES = {
    "indicators": "绩效指标",
    "details": "支出明细",
    "accounts": "决算",
    "survey": "问卷",
    "tasks": "任务",
}
"""What people call the tables of a form nobody has drawn."""
TABLE = "{title}，{count}行："
ROW = "  第{number}行 {cells}"


HIDDEN = "，隐藏"
UNSAVED = "公式没有保存结果"


def form(title: str, scheme: str) -> str:
    """A form that a drawing identifies."""
    return FORM.format(title=title, scheme=scheme)


def local_form(title: str, stage: str, unit: str) -> str:
    """A form that is read by its own headings: ``某某县项目绩效自评表（本地表样，自评，金额单位元）``."""
    told = UNIT.format(unit=unit) if unit else NO_UNIT
    return LOCAL.format(title="".join(title.split()) or UNTITLED, stage=STAGES[stage], unit=told)


def fact_line(label: str, value: str, place: Place, hidden: bool) -> str:
    """``年度资金总额 执行率：99.83%（G8）``; lines of a long text follow each other."""
    said = UNSAVED if value == NOT_KNOWN else "／".join(value.split("\n")) or BLANK
    return f"{label}：{said}（{spot(place)}{HIDDEN if hidden else ''}）"
