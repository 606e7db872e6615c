"""Rules in words: documents that are cited, and sentences about schemes."""

from collections.abc import Sequence

DOCUMENTS = {
    "财预〔2020〕10号": "项目支出绩效评价管理办法",
    "财预〔2021〕101号": "中央部门项目支出核心绩效目标和指标设置及取值指引（试行）",
    "财预〔2013〕53号": "预算绩效评价共性指标体系框架",
    "财预〔2011〕285号": "财政支出绩效评价管理暂行办法",
}
"""Number -> title of the ministry's documents."""

FUND_COLUMNS = {
    "initial": "年初预算数",
    "adjusted": "全年（调整后）预算数",
    "arrived": "实际到位数",
    "executed": "执行数",
}
"""The fund columns as findings and helps name them."""


def cited(number: str) -> str:
    """A citation by document number: ``财预〔2020〕10号《项目支出绩效评价管理办法》``."""
    return f"{number}《{DOCUMENTS[number]}》"


def unknown_scheme(scheme_id: str, known: Sequence[str]) -> str:
    return f"没有名为“{scheme_id}”的评分方案；可用的方案：{'、'.join(known)}。"
