"""Sentences about schemes."""

from collections.abc import Sequence


def unknown_scheme(scheme_id: str, known: Sequence[str]) -> str:
    return f"没有名为“{scheme_id}”的评分方案；可用的方案：{'、'.join(known)}。"


def unknown_parent(scheme_id: str, parent: str, known: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：所沿用的方案“{parent}”不存在；请改为{'、'.join(known)}之一。"


def circle(scheme_id: str, line: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：沿用关系成了循环（{'→'.join(line)}）；请删去其中一个 extends。"


def unknown_parameters(scheme_id: str, names: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：不认识的参数 {'、'.join(names)}；请核对拼写。"


def missing_parameters(scheme_id: str, names: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：缺少参数 {'、'.join(names)}；请补上，或用 extends 沿用另一方案。"
