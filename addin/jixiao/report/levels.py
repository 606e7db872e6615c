"""The indicator rows of any form, by the parts a report speaks of: 决策, 过程, 产出, 效益, 满意度, 成本."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Indicator, Stated
from jixiao.wording import report as words


class Part(NamedTuple):
    """One part of section 四 and one category of the chart; ``label`` is a level-1 label without 指标."""

    label: str
    indicators: Sequence[Indicator]


def printed(stated: Stated | None) -> str:
    """The text of a cell, stripped; empty if blank or absent."""
    return stated.text.strip() if stated else ""


def one_line(text: str) -> str:
    """A label without the blanks and breaks by which the forms fit it into narrow columns."""
    return "".join(text.split())


def label(stated: Stated | None) -> str:
    """The label in a cell, on one line; empty if blank or absent."""
    return one_line(printed(stated))


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
    level1 = label(indicator.level1).removesuffix(words.LEVEL_SUFFIX)
    level2 = label(indicator.level2)
    # 五华 prints 产出 over 社会效益 and 满意度 as well; its report speaks of them under 效益.
    if level1 == words.OUTPUT and (words.BENEFIT in level2 or words.SATISFACTION in level2):
        return words.BENEFIT
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


def is_execution(indicator: Indicator) -> bool:
    """Whether a row is about the execution rate of the budget (预算执行率), not of a policy (政策执行率)."""
    return _is_fund_rate(indicator, words.EXECUTION_NAME)


def is_arrival(indicator: Indicator) -> bool:
    """Whether a row is about the arrival rate of the funds (资金到位率), not of staff (人员到位率)."""
    return _is_fund_rate(indicator, words.ARRIVAL_NAME)


def _is_fund_rate(indicator: Indicator, rate: str) -> bool:
    name = label(indicator.name)
    return name == rate or (rate in name and any(word in name for word in words.FUND_WORDS))


def is_qualitative(indicator: Indicator) -> bool:
    """Whether a row is judged in words: by its 指标性质, or by a target without any digit."""
    target = printed(indicator.target)
    return printed(indicator.nature) == words.QUALITATIVE or bool(target) and not any(map(str.isdigit, target))


def has_execution_indicator(evaluation: Evaluation) -> bool:
    """Whether 预算执行率 is an ordinary row of the indicator table, as in 五华, and not a row of the fund block."""
    return any(map(is_execution, evaluation.indicators))


def has_execution_row(evaluation: Evaluation) -> bool:
    """Whether 预算执行率 is scored in the fund block, outside the indicator table."""
    return "execution.score" in evaluation.facts and not has_execution_indicator(evaluation)


def weight(indicator: Indicator, evaluation: Evaluation) -> Stated | None:
    """The cell of an indicator's 分值; that of 预算执行率 is a fact of its own."""
    return _own_or_execution(indicator, indicator.weight, evaluation, "execution.weight")


def score(indicator: Indicator, evaluation: Evaluation) -> Stated | None:
    """The cell of an indicator's 得分; that of 预算执行率 is a fact of its own."""
    return _own_or_execution(indicator, indicator.score, evaluation, "execution.score")


def _own_or_execution(indicator: Indicator, own: Stated | None, evaluation: Evaluation, fact: str) -> Stated | None:
    if is_execution(indicator) and not printed(own):
        return evaluation.facts.get(fact, own)
    return own
