"""What is said about tables that do not look like the official form."""

from collections.abc import Sequence

from jixiao.places import Place
from jixiao.wording.findings import MORE
from jixiao.wording.places import TABLE

MISSING = "缺少表样中的“{labels}”{more}"
SHIFTED = "单元格的合并与表样不一致"
EXPECTED = "与表样一致"
ADD_THEM = "请按表样补上，再校验一次。"
COMPARE = "请对照表样检查这几行的内容是否读对。"
SPRAWLING = "{name}：{where}的行数或合并单元格过多，不像绩效表，未读取；请删去表外多余的行和合并后再试。"
UNITS = "金额单位前后不一：{said}"
UNIFY = "请统一标题、栏目和单元格里的金额单位，再校验一次；统一之前，涉及金额单位的内容不作判断。"
UNITS_DIFFER = "{name}：金额单位前后不一（{said}），不能照抄成只有一个单位的表；请先在原文件里统一，再试一次。"
_MOST_NAMED = 5


def missing(labels: Sequence[str]) -> str:
    """``缺少表样中的“分值”“得分”等6项``."""
    more = MORE.format(count=len(labels)) if len(labels) > _MOST_NAMED else ""
    return MISSING.format(labels="”“".join(labels[:_MOST_NAMED]), more=more)


def named(said: Sequence[str]) -> str:
    """``“项目资金（元）”、“17.32万元”``."""
    return "、".join(f"“{words}”" for words in said)


def units_differ(name: str, said: str) -> str:
    """What is said to somebody who wants a copy of a form that contradicts itself."""
    return UNITS_DIFFER.format(name=name, said=said)


def unknown_form(identifier: str, known: Sequence[str]) -> str:
    """What is said to somebody who asks for a form there is not."""
    return f"没有名为“{identifier}”的表样；现有：{'、'.join(known)}。"


def sprawling(name: str, place: Place) -> str:
    """What is said of a form that has more rows or merged areas than any form can."""
    where = f"“{place.sheet}”" if place.table is None else TABLE.format(table=place.table)
    return SPRAWLING.format(name=name, where=where)
