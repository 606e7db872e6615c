"""The indicator rows of any form, by the parts a report speaks of: 决策, 过程, 产出, 效益, 满意度, 成本."""

import re
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from jixiao.evaluation import Indicator
from jixiao.evaluation.stated import text_of
from jixiao.evaluation.vocabulary import BENEFIT, LEVEL_SUFFIX, OUTPUT, SATISFACTION
from jixiao.wording import report as words

_POINTS = re.compile(r"[（(]\d{1,3}(?:\.\d{1,2})?分?[)）]$|\d{1,3}(?:\.\d{1,2})?分$")
"""The weight a local form prints in a label: 产出指标（50分）."""


class Part(NamedTuple):
    """One part of section 四 and one category of the chart; ``label`` is a level-1 label without 指标."""

    label: str
    indicators: Sequence[Indicator]


def numeral(number: int) -> str:
    """A Chinese numeral for headings: 10 -> 十, 21 -> 二十一; from 100 on plain digits."""
    tens, ones = divmod(number, 10)
    if not tens:
        return words.NUMERALS[number]
    if tens > 9:
        return str(number)
    return (words.NUMERALS[tens] if tens > 1 else "") + words.TEN + (words.NUMERALS[ones] if ones else "")


def parts(indicators: Sequence[Indicator]) -> list[Part]:
    """The parts in order of first appearance, each with its indicators in table order."""
    found: dict[str, list[Indicator]] = {}
    for indicator in indicators:
        found.setdefault(_part_label(indicator), []).append(indicator)
    return [Part(name, members) for name, members in found.items()]


def _part_label(indicator: Indicator) -> str:
    level1 = _POINTS.sub("", text_of(indicator.level1)).removesuffix(LEVEL_SUFFIX)
    level2 = text_of(indicator.level2)
    # 五华 prints 产出 over 社会效益 and 满意度 as well; its report speaks of them under 效益.
    if level1 == OUTPUT and (BENEFIT in level2 or SATISFACTION in level2):
        return BENEFIT
    return level1 or words.OTHER_PART


def runs(keys: Sequence[Hashable]) -> list[tuple[int, int]]:
    """Neighbours with equal keys as (start, length): ``a a b`` -> (0, 2), (2, 1)."""
    found: list[tuple[int, int]] = []
    for index, key in enumerate(keys):
        if found and keys[index - 1] == key:
            start, length = found[-1]
            found[-1] = (start, length + 1)
        else:
            found.append((index, 1))
    return found
