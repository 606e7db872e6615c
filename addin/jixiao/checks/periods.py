"""Of which years a text reports: periods, and the year in which a goal is to be done.

A date is no period. Papers, comparisons, plans over several years and what began in a year say nothing about the year
reported on. Years are texts of four digits, as printed.
"""

import re
from typing import NamedTuple

from jixiao.figures import visible

_NAMED = re.compile(r"(?<!\d)20\d\d(?=\s*年)")

# Texts, which re compiles and keeps when a document first names another year: most never do, and every check loads this.
_BLANKS = r"(?<![\d\s])[^\S\n]++|[^\S\n]++(?!\d)"  # between two numbers they stay
_YEAR = r"(?<!\d)20\d\d"
_TO = r"[-—–－~～至到]+"
_APART = (
    rf"《[^》]*》"
    rf"|{_YEAR}年?度?{_TO}20\d\d年度?"  # 2020-2025年规划
    rf"|(?:[较比与同自从]|上年度?|上一年度?|去年)[（(]?{_YEAR}年度?"
    rf"|{_YEAR}年度?(?:[起来]|以来|至今|相比|同期|基础|为基)"
)
_PERIOD = rf"({_YEAR})年(?:度|1月?(?:1日)?{_TO}(?:(20\d\d)年)?12月)"  # 1—5月 is a stage
_DOING = (
    rf"(?:^|[。；;：:！\n]|(?<!\d)\d{{1,2}}[.．、]|[）)])(?:计划|拟|预计|力争|确保)?[于在到]?({_YEAR})年"
    r"(?:底前)?(?:计划|预计|拟)?(?:将|共|全面|全部)?完成(?!的|后|以来|至今|情况|率|设计|招标|审计|前期|了)"
)  # not 实施, 开展, 支出 …, which are parts of names; not 实现, 建成, which tell of what stands since
_GOES_ON = "本年|今年|目前|现已|现建|现正|当年|上年|上一年|去年|往年|历年|跨年|以前年度|结转|结余|尾款|余款|质保金|剩余|续建|继续|延续"


class Period(NamedTuple):
    """First and last year of a period, both included."""

    first: str
    last: str


def periods(text: str) -> list[Period]:
    """The periods of whole years a text names: 2023年度, 2023年1—12月, 2023年1月1日至2024年12月31日."""
    return [Period(first, last or first) for first, last in re.findall(_PERIOD, _own(text))]


def other_period(text: str, year: str) -> str:
    """The first year of the first period in a text none of whose periods holds this year; empty if there is none."""
    named = periods(text) if _years(text) - {year} else []
    if not named or any(first <= year <= last for first, last in named):
        return ""
    return named[0].first


def left_standing(goal: str, year: str) -> str:
    """The year before this one, where a goal is to be done in it (2024年完成… of 2025): text of the last form; else empty.

    Only what begins a sentence, in a text that names no other year and does not go on with work of earlier years: a
    goal that tells its history is honest.
    """
    last = str(int(year) - 1)
    if _years(goal) != {last} or re.search(_GOES_ON, goal):
        return ""
    return last if last in re.findall(_DOING, _own(goal)) else ""


def _years(text: str) -> set[str]:
    return set(_NAMED.findall(visible(text)))


def _own(text: str) -> str:
    """A text without the years that say nothing about the one reported on; ``2023 年 1 月`` is 2023年1月."""
    return re.sub(_APART, "·", re.sub(_BLANKS, "", visible(text)))
