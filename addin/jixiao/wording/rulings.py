"""What is said of the rules of a form, one by one: ``jixiao check --rules``."""

from collections.abc import Mapping

from jixiao.places import Place
from jixiao.wording.places import TABLE

STATES = {"checked": "已核对", "nothing": "没有可核对的内容", "undecided": "无法判断"}
LINE = "{code} {state}{told}：{sentence}"
TOLD = "（{text}）"
CELLS = "{count}格"
FORM = "〔{place}〕"
SUMMARY = "共{rules}条规则：{states}。"
COUNT = "{state}{count}条"

NOT_CONCERNED = "本表不涉及"
OTHER_STAGE = "本表所处的阶段不要求"
OTHERWISE_MERGED = "单元格的合并与表样不一致"
UNSURE = "这一格读得不够确定"
NO_NUMBER = "应填数字，所填不是数字"
NEGATIVE = "所填为负数"
NO_RESULT = "公式还没有结果"
ZERO = "除数为0"
NOT_TOLD = "所填内容不足以判断"
UNKNOWN_SCHEME = "评分方案“{scheme}”未收录"
FAILED = "这一项校验未能完成"


def form_line(place: Place) -> str:
    """``〔项目1〕`` or ``〔第1张表〕``."""
    return FORM.format(place=place.sheet if place.table is None else TABLE.format(table=place.table))


def summary(counts: Mapping[str, int]) -> str:
    """How many rules came to what."""
    states = "，".join(COUNT.format(state=word, count=counts.get(state, 0)) for state, word in STATES.items())
    return SUMMARY.format(rules=sum(counts.values()), states=states)
