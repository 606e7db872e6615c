"""What the checks ask of stated values: filled or not, how they add up, how they are listed."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from jixiao.evaluation import Evaluation, FundRow, Indicator, Stated
from jixiao.evaluation.stated import failed, filled
from jixiao.figures import ZERO, plain
from jixiao.findings import Severity

CENT = Decimal("0.01")
_HALF = Decimal("0.5")
_LISTED = 3


def empty(cell: Stated | None) -> bool:
    """Whether the form asks for a value and nobody stated one; a failed formula is not the user's to fill in."""
    return cell is not None and not filled(cell) and not failed(cell)


def sound(operands: Iterable[Stated | None]) -> bool:
    """Whether a relation can be held against these operands; one that is defective has its own finding already."""
    return not any(_defective(cell) for cell in operands)


def _defective(cell: Stated | None) -> bool:
    """Words where a number belongs, a negative number, or a formula without a result."""
    if cell is None:
        return False
    if cell.figure is None:
        return filled(cell) or cell.formula is not None
    return cell.figure.value < 0


def number(cell: Stated | None) -> Decimal | None:
    return cell.number if cell is not None else None


def numeric(cells: Iterable[Stated | None]) -> list[Stated]:
    """Those that hold a number."""
    return [cell for cell in cells if cell is not None and cell.figure is not None]


def total(cells: Iterable[Stated]) -> Decimal:
    return sum((cell.figure.value for cell in cells if cell.figure), ZERO)


def quantum(cells: Iterable[Stated]) -> Decimal:
    """The weight of the last printed digit of the most precise of them."""
    return min((cell.figure.quantum for cell in cells if cell.figure), default=CENT)


def sum_gap(stated: Stated, addends: Sequence[Stated]) -> Severity | None:
    """How a printed sum disagrees with n printed addends: each may hide half a quantum, so (n + 1) halves are nothing.

    None if it agrees; exactly at the limit it is an info.
    """
    if stated.figure is None or not addends:
        return None
    gap = abs(total(addends) - stated.figure.value)
    limit = (len(addends) + 1) * quantum([stated, *addends]) * _HALF
    if gap > limit:
        return Severity.ERROR
    return Severity.INFO if gap == limit else None


def source_rows(evaluation: Evaluation) -> list[FundRow]:
    """The rows 其中 under the fund total."""
    return [row for row in evaluation.funds if not row.is_total]


def fund_rows(evaluation: Evaluation) -> Iterator[FundRow]:
    yield from evaluation.details
    yield from evaluation.funds


def column(rows: Iterable[FundRow | Indicator], name: str) -> list[Stated]:
    """The cells of one column."""
    cells = (getattr(row, name) for row in rows)
    return [cell for cell in cells if cell is not None]


def listed(texts: Iterable[str]) -> str:
    """Up to three different texts, and how many there are if there are more."""
    different = list(dict.fromkeys(text.strip() for text in texts))
    tail = f"等{len(different)}项" if len(different) > _LISTED else ""
    return "、".join(different[:_LISTED]) + tail


def percent(rate: Decimal) -> str:
    """A rate as the forms print it: 0.9983 -> ``99.83%``."""
    return f"{rate.scaleb(2):.2f}%"


def points(value: Decimal) -> str:
    """A weight or score as people write it: 10, 2.99."""
    return plain(value)


def level(cell: Stated | None) -> str:
    """The name of a level (产出指标), however its label is broken into lines."""
    return "".join(cell.text.split()) if cell else ""
