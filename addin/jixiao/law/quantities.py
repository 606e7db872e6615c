"""The parts of a text that states an amount or a day: ``不少于``, ``12``, ``万``, ``人次``, ``12月底前``.

Only what can be read surely is read: one number with one unit. Texts come short, half width and without blanks (``measure``).
"""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from jixiao import figures
from jixiao.figures import parse

_BEFORE = (  # a longer comparator goes before one it begins with
    *(("大于或等于", "≥"), ("大于等于", "≥"), ("不少于", "≥"), ("不低于", "≥"), ("不小于", "≥"), ("至少", "≥")),
    *(("小于或等于", "≤"), ("小于等于", "≤"), ("不超过", "≤"), ("不高于", "≤"), ("不大于", "≤"), ("不多于", "≤")),
    *(("达到", "≥"), ("达", "≥"), ("控制在", "≤"), ("不晚于", "≤"), ("不迟于", "≤"), ("最多", "≤"), ("至多", "≤")),
    *(("超过", ">"), ("大于", ">"), ("高于", ">"), ("多于", ">"), ("低于", "<"), ("小于", "<"), ("少于", "<")),
    *(("等于", "="), ("大约", "≈"), ("约", "≈"), ("接近", "≈"), ("近", "≈"), ("≈", "≈")),
)  # fmt: skip
_AFTER = (
    *(("及以上", "≥"), ("以上", "≥"), ("及以下", "≤"), ("以下", "≤"), ("以内", "≤"), ("之内", "≤"), ("内", "≤")),
    *(("左右", "≈"), ("上下", "≈")),
)  # fmt: skip
_FILLERS = ("实际", "累计", "全年", "合计", "总计", "完成", "已经", "已", "共计", "共", "为")
"""Words before a number that say no more than that it was reached."""
_DONE = frozenset({"", "完成", "覆盖", "达标", "合格", "到位", "落实", "满意"})
"""Words behind a percent sign that say no more than the name of the indicator."""
_DIGITS = frozenset("0123456789")
_DIGIT_NAMES = {name: digit for digit, name in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_SCALES = _TENS | _MYRIADS
_SPOKEN = frozenset(_DIGIT_NAMES) | _SCALES.keys()
_ORDINALS = frozenset({"级", "等", "类", "档", "星", "星级", "等级", "号", "等奖"})
_SAME: Mapping[str, tuple[int, str]] = {
    **{"名": (1, "人"), "位": (1, "人"), "㎡": (1, "平方米"), "m²": (1, "平方米"), "公里": (1000, "米")},
    **{"km": (1000, "米"), "公斤": (1000, "克"), "kg": (1000, "克")},
}
_UNIT_SIGNS = frozenset("/·*×.()%‰°℃²³㎡")
_DOTS = str.maketrans("*×./", "····", "()")
_LONGEST_WORDS = 8
_RATE_SIGNS = {"百分比": "%", "百分点": "百分点", "个百分点": "百分点"}


class Quantity(NamedTuple):
    """``12万人次`` -> 120000, 人次; ``about`` are the words before the number (每亩)."""

    value: Decimal
    unit: str = ""
    about: str = ""


class Date(NamedTuple):
    """A stated date; ``day`` is empty unless day, month and year are known. ``sign`` is ≤ where it is a term (前)."""

    day: str
    sign: str


def comparator(text: str) -> tuple[str, str]:
    """The sign that the words around a number stand for, and the text without them: ``不少于800篇`` -> ≥, ``800篇``."""
    body = _without_fillers(text.replace("(含)", "").rstrip("。;,"))
    sign = ""
    for word, meaning in _BEFORE:
        if body.startswith(word):
            sign, body = meaning, _without_fillers(body[len(word) :])
            break
    bare = body.removesuffix("%")  # 95以上 beside a unit %
    for word, meaning in _AFTER:
        if bare.endswith(word):
            rest = bare[: -len(word)]
            return sign or meaning, rest if bare == body or rest.endswith("%") else f"{rest}%"
    return sign, body


def _without_fillers(body: str) -> str:
    while filler := next((word for word in _FILLERS if body.startswith(word)), ""):
        body = body[len(filler) :]
    return body


def quantity(body: str) -> Quantity | None:
    """The one number of a text with its unit; None where there is none, or more than one, or something else besides."""
    start = next((spot for spot, sign in enumerate(body) if sign in _DIGITS), None)
    if start is None:
        return _spoken(body)
    if start and body[start - 1] in "+-":
        start -= 1
    about, (value, rest) = body[:start], _number(body[start:])
    if value is None or not _leads(about):
        return None
    return _counted(value, rest, about)


def _number(text: str) -> tuple[Decimal | None, str]:
    """The number a text begins with, and what follows it."""
    rest = text.lstrip("0123456789,.+-")
    figure = parse(text[: len(text) - len(rest)])
    return (figure.value if figure else None), rest


def _leads(about: str) -> bool:
    """Whether words may stand before a number: 每亩, 提升; but 第 makes it an ordinal."""
    return not about or (about.isalpha() and len(about) <= _LONGEST_WORDS and not about.startswith("第"))


def _counted(value: Decimal, rest: str, about: str) -> Quantity | None:
    if rest.startswith("%"):
        return Quantity(value, "%", about) if rest[1:] in _DONE else None
    if rest in _RATE_SIGNS:  # 提升3个百分点 is not 提升3%
        return Quantity(value, _RATE_SIGNS[rest] if about else "%", about)
    if not _is_unit(rest) or (rest.startswith("年") and _is_year(value)):
        return None
    factor, unit = unit_of(rest)
    return None if unit in _ORDINALS else Quantity(value * factor, unit, about)


def _is_unit(text: str) -> bool:
    """Whether this can be a unit: a short word without digits, and not the end of a date (15日前)."""
    signs = all(sign.isalpha() or sign in _UNIT_SIGNS for sign in text)
    of_date = text.startswith(tuple("年月日号天")) and text.endswith(("前", "后", "起"))
    return signs and len(text) <= _LONGEST_WORDS and not of_date


def _is_year(value: Decimal) -> bool:
    return 1900 <= value <= 2100


def unit_of(text: str) -> tuple[int, str]:
    """A unit in its base unit and how many of that it is: ``万元`` -> 10000, 元; ``元/人*月`` and ``元/人·月`` are one."""
    if text in _RATE_SIGNS:
        return 1, "%"
    factor = 1
    while text[:1] in _SCALES:
        factor, text = factor * _SCALES[text[0]], text[1:]
    head, stroke, tail = text.partition("/")
    if stroke:
        return factor, f"{head}/{tail.translate(_DOTS)}"
    count, text = _SAME.get(text, (1, text))
    return factor * count, text


# ---- numbers in words


def _spoken(body: str) -> Quantity | None:
    """``三次`` -> 3, 次; ``百分之九十五`` -> 95, %. Only before a counter we know: 一次性 and 万无一失 are no numbers."""
    share = body.startswith("百分之")
    text = body.removeprefix("百分之")
    rest = text.lstrip("".join(_SPOKEN))
    value = 100 if share and text == "百" else _spoken_number(text[: len(text) - len(rest)])
    if value is None or (share and rest) or not (share or _is_counter(rest)):
        return None
    return Quantity(Decimal(value), "%" if share else rest)


def _is_counter(text: str) -> bool:
    return text != "分" and bool(text) and figures.unit_of(text) is not None  # 十分 is an adverb


def _spoken_number(text: str) -> int | None:
    """二十四, 三百零五, 一万二千; None for anything that is no whole number in full words."""
    total = section = digit = last = 0  # last: the last unit named, 0 behind 零
    for sign in text:
        if sign in _DIGIT_NAMES:
            if digit:
                return None  # 二三: two numbers, or a year
            digit = _DIGIT_NAMES[sign]
            last = last if digit else 0
        elif sign in _TENS:
            if not digit and not (sign == "十" and not section):
                return None  # 百 alone counts nothing
            section += (digit or 1) * _TENS[sign]
            digit, last = 0, _TENS[sign]
        else:
            total, section = total + (section + digit) * _MYRIADS[sign], 0
            digit, last = 0, _MYRIADS[sign]
    if digit and last > 10:
        return None  # 一百二 is 120
    return total + section + digit or None


# ---- ranges and dates


def is_range(body: str) -> bool:
    """Whether a text states two numbers from low to high: ``3-5天``, ``90%~95%``."""
    low, dash, high = next((parts for dash in "~-—至" if (parts := body.partition(dash))[1]), (body, "", ""))
    if not dash:
        return False
    (least, unit), (most, other) = _number(low), _number(high)
    if least is None or most is None or not least < most or _is_year(most):
        return False
    return unit in ("", other) and _is_unit(other)


_CHINESE_DATE = (
    r"(不晚于|不迟于)?(?:((?:19|20)\d\d)年)?(\d{1,2})月份?(?:(\d{1,2})[日号])?(底|末)?(前|之前|以前)?(?:完成)?"
)
_YEAR = r"(不晚于|不迟于)?((?:19|20)\d\d)年度?(底|末)?(前|之前|以前)?(?:完成)?"
_WRITTEN_DATE = r"(不晚于|不迟于)?((?:19|20)\d\d)([-/.])(\d{1,2})\3(\d{1,2})(前|之前|以前)?(?:完成)?"
"""Texts, which ``re`` compiles for the first date."""


def date(body: str) -> Date | None:
    """A date: ``2023年12月底前``, ``2023-12-31``, ``11月底完成``, ``2023年``."""
    if not (body[:1] in _DIGITS or body.startswith(("不晚于", "不迟于"))):
        return None
    if ("年" in body or "月" in body) and (match := re.fullmatch(_CHINESE_DATE, body)):
        until, year, month, day, end, term = match.groups()
        return _date(year, month, "31" if end else day, until or term)
    if "年" in body and (match := re.fullmatch(_YEAR, body)):
        until, year, end, term = match.groups()
        return _date(year, "12", "31" if end else None, until or term)
    if any(body.count(sign) == 2 for sign in "-/.") and (match := re.fullmatch(_WRITTEN_DATE, body)):
        until, year, _, month, day, term = match.groups()
        return _date(year, month, day, until or term)
    return None


def _date(year: str | None, month: str, day: str | None, term: str | None) -> Date | None:
    if not 1 <= int(month) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    known = f"{year}-{int(month):02}-{int(day):02}" if year and day else ""
    return Date(known, "≤" if term else "")
