"""Slips of units: the form itself gives the same figure twice, and one of them is ten thousand times the other."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.stated import text_of
from jixiao.figures import MONEY, UNITS_OF_MONEY, Figure, measured, plain, unit_of, visible
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme

_AMOUNT = r"(?<![\d.])(\d[\d,]{0,20}(?:\.\d{1,6})?)[ \t]{0,3}([百千万亿]{0,2}元)(?![/／每])"
_CLAUSE = r"[，,。；;：:、\n]"
_OF_THE_WHOLE = r"预算|资金|经费|投资|支出|支付|拨付|拨款|到位|执行|安排|下达|总额|合计"
_OF_ONE = r"[每均]|标准|单价"
_NEAR = 16
_LEAST_DIGITS = 3
_LARGE = 10**5
"""Round figures come twice by chance; those of three digits, and amounts nobody prints in 万元, do not."""


class _Told(NamedTuple):
    """An amount of a text with its unit, and whether the words before it speak of the project's money."""

    figure: Figure
    cell: Stated
    of_the_whole: bool

    @property
    def words(self) -> str:
        return plain(self.figure.value) + self.figure.heading


def _tells_of_the_whole(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether the goals tell of the project's money in a unit, and the table has one to compare with."""
    amounts = [cell for name in AMOUNTS for cell in evaluation.cells(f"funds.{TOTAL}.{name}")]
    units = {cell.figure.unit for cell in amounts if cell.figure}
    return MONEY in units and any(amount.of_the_whole for amount in _in_goals(evaluation))


@rule("R38", of=[f"funds.total.{name} goal.*" for name in AMOUNTS], where=_tells_of_the_whole)
def amounts_in_one_unit(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """文中写明单位的预算数、执行数与表中是同一个数的，表中的金额单位也要相同：17.32万元不是17.32元，也不是173246万元。"""
    told = _in_goals(evaluation)
    slips: dict[tuple[str, str, str], list[Stated]] = {}
    for name in AMOUNTS:
        for cell in evaluation.cells(f"funds.{TOTAL}.{name}"):
            if cell.figure and (slip := _slip(cell.figure, told)):
                words = text_of(cell) + cell.figure.heading
                slips.setdefault((words, slip.words, cell.figure.heading), [slip.cell]).insert(0, cell)
    for (stated, expected, unit), cells in slips.items():
        yield say("R38.amount", scheme, cells, stated, told=expected, unit=unit)


def _in_goals(evaluation: Evaluation) -> list[_Told]:
    return [amount for name, cell in evaluation.facts.items() if name.startswith("goal.") for amount in _told(cell)]


def _told(cell: Stated) -> Iterator[_Told]:
    """Every amount of money a text names."""
    text = visible(cell.text)
    if MONEY not in text:
        return
    for match in re.finditer(_AMOUNT, text):
        figure = measured(match[1] + match[2])
        if figure and figure.unit == MONEY:
            before = re.split(_CLAUSE, text[max(0, match.start() - _NEAR) : match.start()])[-1]
            yield _Told(figure, cell, bool(re.search(_OF_THE_WHOLE, before)) and not re.search(_OF_ONE, before))


def _slip(figure: Figure, told: Sequence[_Told]) -> _Told | None:
    """The amount of the text that a printed number is in another unit; None where one of them is it as it stands."""
    if figure.unit != MONEY or not figure.value or any(figure.amounts.meets(one.figure.amounts) for one in told):
        return None
    others = [figure._replace(scale=scale) for scale in _scales() if scale != figure.scale]
    return next(
        (one for one in told if one.of_the_whole and any(_is_same(other, one.figure) for other in others)), None
    )


def _scales() -> Iterator[Decimal]:
    for unit in UNITS_OF_MONEY:
        _, scale = unit_of(unit) or ("", Decimal(1))
        yield scale


def _is_same(table: Figure, text: Figure) -> bool:
    """Whether two amounts are one, and no chance: as many digits as chance does not give, or a number too large for 万元."""
    if not table.amounts.meets(text.amounts):
        return False
    return len(text.value.normalize().as_tuple().digits) >= _LEAST_DIGITS or table.value >= _LARGE
