"""Sentences about schemes."""

from collections.abc import Sequence


def unknown_scheme(scheme_id: str, known: Sequence[str]) -> str:
    return f"没有名为“{scheme_id}”的评分方案；可用的方案：{'、'.join(known)}。"
