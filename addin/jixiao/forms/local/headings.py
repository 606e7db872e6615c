"""What a heading says, apart from how it is printed: nothing of it is thrown away, everything is named."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from jixiao.evaluation.stated import one_line
from jixiao.figures import visible

LONGEST = 60
"""Letters; nothing longer is a heading."""

_FURTHEST_COLON = 120
_LONGEST_KEPT = 200  # letters of a text that is worth remembering

_UNIT = re.compile(r"(?:金额|计量|货币)?(?:单位:?)?(?:人民币)?(元|千元|万元|百万元|亿元|%)(?:,.{0,20})?")
_POINTS = re.compile(r"(?:权重|分值|满分)?:?(\d{1,3}(?:\.\d{1,2})?)(分|%)?")
_LETTERS = re.compile(r"[A-Z](?:[/÷*×+=-][A-Z]){0,4}(?:[*×]?100%?)?")
_YEAR = re.compile(r"(20\d\d)(?:年度?)?")
_BRACKETS = re.compile(r"\(([^()]{0,60})\)|\[([^\[\]]{0,60})\]")
_NUMBERING = re.compile(r"(?:\d{1,2}[.、)]|[一二三四五六七八九十]{1,3}[、.])")
_PERIOD = re.compile(r"\d{1,2}月?[-—–~至]\d{1,2}月份?|截至\d{1,2}月(?:底|末|\d{1,2}日)?|[上下]?半年度?|\d季度|前\d个月")
_COMPOUND = re.compile(r"(.{2,20}?)(?:(?:及其?|和|与|、|/).{1,10}|名称)")
_TRAILING_POINTS = re.compile(r"(?<=\D)(\d{1,3}(?:\.\d{1,2})?)分$")
_FORMULA = re.compile(r"(?:=.{0,40}|[*×]100%?)$")
_STARS = "★☆※*·●◆-—"
SUBTOTAL = "小计"
_YEARLY = ("当年", "本年", "年度", "全年", "年初")


class Heading(NamedTuple):
    """A heading taken apart."""

    core: str  # what names the field
    unit: str = ""  # 元, 万元, %
    points: str = ""  # 50 of （50分）
    letters: str = ""  # A, B/A×100%
    year: str = ""
    period: str = ""  # 1-7月
    among: bool = False  # began with 其中：
    notes: tuple[str, ...] = ()  # other words in brackets
    value: str | None = None  # what follows a colon in the same cell, half width and without blanks


def plain(text: str) -> str:
    """Half width, no blanks, no invisible signs."""
    return "".join(unicodedata.normalize("NFKC", visible(text)).split())


def squeezed(text: str) -> str:
    """A label in the document's own words, on one line: what findings call a place."""
    return one_line(text).rstrip("：:")


def at_colon(text: str) -> tuple[str, str]:
    """A text before and behind its first colon; one in brackets, as in （单位：万元）, parts nothing."""
    depth = 0
    for at, letter in enumerate(text[:_FURTHEST_COLON]):
        if letter in "(（":
            depth += 1
        elif letter in ")）":
            depth = max(0, depth - 1)
        elif letter in ":：" and not depth:
            return text[:at], text[at + 1 :]
    return text, ""


def heading(text: str) -> Heading:
    """Take a heading apart."""
    return _heading(text) if len(text) <= _LONGEST_KEPT else _heading.__wrapped__(text)


@lru_cache(8192)
def _heading(text: str) -> Heading:
    words = plain(text).lstrip(_STARS)
    label, value = at_colon(words)
    among = label == "其中" and bool(value)
    if among:
        label, value = at_colon(value)
    if len(label) > LONGEST:
        return Heading(label, among=among, value=value or None)
    found = _Found(label)
    found.read_brackets()
    found.strip_numbering()
    if found.label.startswith("其中"):
        among, found.label = True, found.label[2:].lstrip(":,、-—")
    found.read_time()
    found.read_points()
    return Heading(
        found.label,
        found.unit,
        found.points,
        found.letters,
        found.year,
        found.period,
        among,
        tuple(found.notes),
        value or None,
    )


def is_yearly(text: str) -> bool:
    """Whether a heading says that it speaks of one year."""
    core = heading(text).core
    return any(word in core for word in _YEARLY)


def compound(core: str) -> str:
    """The first part of a heading made of two (指标值及单位, 主管部门名称); empty if it is none."""
    match = _COMPOUND.fullmatch(core) if len(core) <= LONGEST else None
    return match[1] if match else ""


class _Found:
    """A label while its parts are taken off."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.unit = self.points = self.letters = self.year = self.period = ""
        self.notes: list[str] = []

    def read_brackets(self) -> None:
        for _ in range(2):  # brackets inside brackets
            self.label = _BRACKETS.sub(self._take, self.label)

    def _take(self, match: re.Match[str]) -> str:
        inner = match[1] if match[1] is not None else match[2]
        if year := _YEAR.fullmatch(inner):
            self.year = self.year or year[1]
        elif unit := _UNIT.fullmatch(inner):
            self.unit = self.unit or unit[1]
        elif points := _POINTS.fullmatch(inner):
            self.points = self.points or points[1]
        elif _LETTERS.fullmatch(inner):
            self.letters = self.letters or inner
        elif inner:
            self.notes.append(inner)
        return ""

    def strip_numbering(self) -> None:
        match = _NUMBERING.match(self.label)
        if match:
            self.label = self.label[match.end() :]

    def read_time(self) -> None:
        """A period or a year, unless it is all the label says."""
        for name, pattern in (("period", _PERIOD), ("year", _YEAR)):
            match = pattern.search(self.label)
            if match and len(self.label) > len(match[0]):
                setattr(self, name, match[1] if match.groups() else match[0])
                self.label = self.label.replace(match[0], "", 1)

    def read_points(self) -> None:
        """Points right behind the words (项目决策2分), formulas and signs that name no field; 其它 is spelled 其他."""
        match = _TRAILING_POINTS.search(self.label)
        if match:
            self.points, self.label = match[1], self.label[: match.start()]
        self.label = self.label.replace("其它", "其他")
        self.label = _FORMULA.sub("", self.label).removesuffix("%").rstrip(_STARS + "*.,;")
        self.label = re.sub(r"(?<=目标)\d$", "", self.label)
        if len(self.label) > 3:
            self.label = self.label.removesuffix(SUBTOTAL)  # 财政拨款小计
