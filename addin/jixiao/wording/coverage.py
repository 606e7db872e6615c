"""What is said of what a check has looked at, and what not."""

from collections.abc import Mapping, Sequence

from jixiao.places import Place
from jixiao.wording.findings import MORE
from jixiao.wording.places import TABLE

BLANK_FORM = "空白表，未核对"
FUNDS = "资金{count}行"
INDICATORS = "指标{count}项"
TOTAL = "合计"
GRADE = "等次"
_NONE = "无"

NO_STAGE = "填报阶段未能判明，只核对了数字关系"
NOT_BEGUN = "尚未填写完成情况"
INCOMPARABLE = "指标{count}项的指标值和完成值不可比"
UNCHECKED = "{table}{count}行未核对"
NO_UNIT = "金额单位未注明"
POINTS_IN_LABELS = "标签里的分数是否为分值不够确定"
_UNSURE = "{labels}读得不够确定"
TOTAL_OPEN = "合计未核对（{reason}）"
GRADE_OPEN = "等次未核对"
NO_INDICATORS = "没有读到指标"
POINTS_UNREAD = "未读懂的内容里可能有分值或得分"
NO_EXECUTION_POINTS = "资金部分的分值或得分没有读到"
TABLES = {"accounts": "收支明细", "survey": "问卷", "tasks": "任务"}

_COMPARED = "已核对：{parts}"
_UNREAD = "未读懂：{parts}"
_PARTS = {
    "column": "{count}列",
    "row": "{count}行",
    "label": "{count}项",
    "table": "{count}张表",
    "text": "{count}处文字",
}
_NAMED = "（{names}）"
_QUOTED = "“{name}”"
_MOST_NAMED, _LONGEST = 3, 12
_OF_TABLE = "{table} {said}"

NOTHING_FOUND = "没有发现问题"
PARTLY = "已核对的部分没有发现问题；{reasons}，请人工核对"
NOTHING_COMPARED = "没有能够核对的内容；{reasons}，请人工核对"
REASONS = {"unread": "有未读懂的内容", "left": "有未能核对的内容", "blank": "有空白表"}


def covered(compared: Sequence[str], unread: Mapping[str, Sequence[str]], left: Sequence[str]) -> str:
    """The closing line of a form, without a full stop."""
    told = [_COMPARED.format(parts="、".join(compared) or _NONE)]
    if unread:
        told.append(_UNREAD.format(parts="、".join(_part(kind, names) for kind, names in unread.items())))
    return "；".join([*told, *left])


def _part(kind: str, names: Sequence[str]) -> str:
    return _PARTS[kind].format(count=len(names)) + _NAMED.format(names=_quoted(names))


def unsure(labels: Sequence[str]) -> str:
    """``“完成情况”“备注”读得不够确定``."""
    return _UNSURE.format(labels=_quoted(labels))


def _quoted(names: Sequence[str]) -> str:
    """Up to three of them in quotes, each by its beginning."""
    lines = [" ".join(name.split()) for name in names[:_MOST_NAMED]]
    short = (line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…" for line in lines)
    more = MORE.format(count=len(names)) if len(names) > _MOST_NAMED else ""
    return "".join(_QUOTED.format(name=name) for name in short) + more


def of_table(place: Place, said: str) -> str:
    """The line with the table of a Word file before it."""
    return said if place.table is None else _OF_TABLE.format(table=TABLE.format(table=place.table), said=said)
