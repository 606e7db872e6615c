"""Amounts of the fund block that are ten thousand times too large or too small for what stands beside them: 元 for 万元."""

from collections.abc import Iterator
from decimal import Decimal

from jixiao.checks.operands import column, listed, quantum, sound
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, FundRow, Stated
from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.stated import each_once, number_of
from jixiao.figures import ZERO, rounded
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme

_WAN = Decimal(10000)
_FACTORS = (_WAN, 1 / _WAN)
_NEAR = Decimal("0.01")
_BUDGETS = ("initial", "adjusted", "arrived")


@rule("R38", of=[*(f"funds.{TOTAL}.{name} funds.*.{name}[]" for name in AMOUNTS), "funds.*.rate .executed"])
def amounts_of_funds_in_one_unit(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """资金总额与各来源之和、执行数与预算数（按所印执行率）不应正好相差一万倍：那多是把元填进了万元的格子。"""
    cells = slipped_amounts(evaluation)
    if cells:
        yield say("R38.funds", scheme, cells, listed(cell.text for cell in cells))


def slipped_amounts(evaluation: Evaluation) -> list[Stated]:
    """Totals that are their sources in another unit, and executed amounts whose printed rate says so."""
    by_sources = (getattr(row, name) for row in evaluation.funds if row.is_total for name in _apart(row, evaluation))
    by_rate = (row.executed for row in evaluation.funds if _rate_tells(row))
    return each_once(cell for cell in (*by_sources, *by_rate) if cell is not None)


def _apart(total: FundRow, evaluation: Evaluation) -> list[str]:
    """The columns in which a total is ten thousand times its sources, or they are that of it."""
    sources = [row for row in evaluation.funds if not row.is_total]
    return [name for name in AMOUNTS if _in_another_unit(getattr(total, name), column(sources, name))]


def _in_another_unit(total: Stated | None, parts: list[Stated]) -> bool:
    sum_ = sum((cell.number or ZERO for cell in parts), ZERO)
    if total is None or total.figure is None or not total.number or not sum_ or not sound([total, *parts]):
        return False
    loose = quantum(parts) * (len(parts) + 1)
    gaps = ((abs(total.figure.value * by - sum_), total.figure.quantum * by) for by in _FACTORS)
    return any(gap <= min((spread + loose) / 2, sum_ * _NEAR) for gap, spread in gaps)


def _rate_tells(row: FundRow) -> bool:
    """Whether the printed rate is that of the executed amount in another unit."""
    executed, rate = number_of(row.executed), row.rate
    if not executed or rate is None or rate.figure is None or not rate.number:
        return False
    places = max(0, -int(rate.figure.quantum.adjusted()))
    budgets = [budget for name in _BUDGETS if (budget := number_of(getattr(row, name)))]
    rates = {by: [rounded(executed * by / budget, places) for budget in budgets] for by in (1, *_FACTORS)}
    return rate.number not in rates[1] and any(rate.number in rates[by] for by in _FACTORS)
