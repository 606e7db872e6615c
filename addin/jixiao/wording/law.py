"""Sentences about schemes."""

from collections.abc import Sequence

NEAREST = "最接近的是“{name}”"
NO_TEXT = "应是引号中的一行文字，不超过 200 个字，里面不能有引号"
NO_FLAG = "应填 true 或 false"
NO_YEAR = "应填四位年份，不加引号"
NO_DAY = '应填日期，如 "2026-03-01"'
NO_NUMBER = "应填 0 到 {most} 之间的数字"
NO_LIST = "应写成方括号中的一组"
NO_TABLE = "应写成“名称 = 内容”的一组"
NO_MEMBER = "有一行缺少 {names}"
NO_LOWEST = "最低一档的 least 应是 0，每个总分都要有等次"
NOT_FALLING = "应从高到低排列，没有重复"
NOT_RISING = "应从低到高排列，没有重复"
UPSIDE_DOWN = "有一行的 least 大于 most"


def unknown_scheme(scheme_id: str, known: Sequence[str]) -> str:
    return f"没有名为“{scheme_id}”的评分方案；可用的方案：{'、'.join(known)}。"


def unknown_parent(scheme_id: str, parent: str, known: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：所沿用的方案“{parent}”不存在；请改为{'、'.join(known)}之一。"


def circle(scheme_id: str, line: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：沿用关系成了循环（{'→'.join(line)}）；请删去其中一个 extends。"


def unknown_parameters(scheme_id: str, names: Sequence[str], nearest: str = "") -> str:
    return f"评分方案文件 {scheme_id}.toml：不认识的参数 {'、'.join(names)}；{nearest or '请核对拼写'}。"


def missing_parameters(scheme_id: str, names: Sequence[str]) -> str:
    return f"评分方案文件 {scheme_id}.toml：缺少参数 {'、'.join(names)}；请补上，或用 extends 沿用另一方案。"


def no_such(name: str, known: Sequence[str], nearest: str) -> str:
    return f"没有“{name}”这种写法，{nearest or '可用的有' + '、'.join(known)}"


def wrong_parameter(scheme_id: str, name: str, sentence: str) -> str:
    return f"评分方案文件 {scheme_id}.toml：参数“{name}”{sentence}。"


def no_toml(scheme_id: str, place: str) -> str:
    return f"评分方案文件 {scheme_id}.toml：{place}写法有误；请对照自带的方案，文字都要用英文引号。"


def toml_place(line: str, column: str) -> str:
    return f"第{line}行第{column}个字附近" if line else "文件末尾附近"
