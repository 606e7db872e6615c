"""What the checks ask of stated values: filled or not, how they add up, how they are listed."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from jixiao.evaluation import Evaluation, FundRow, Indicator, Related, Stated
from jixiao.evaluation.stated import answered, filled
from jixiao.figures import Interval, bare, plain
from jixiao.findings import Severity
from jixiao.law.scheme import Scheme
from jixiao.wording.findings import MORE

CENT = Decimal("0.01")
_LISTED = 3


def empty(cell: Stated | None) -> bool:
    """Whether the form asks for a value and nobody stated one; a failed formula is not the user's to fill in."""
    return cell is not None and not answered(cell)


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


def percentages(cells: Iterable[Stated | None]) -> list[Stated]:
    """The percentages among points: 20% in a column of scores is not twenty points."""
    figures = numeric(cells)
    found = [cell for cell in figures if cell.figure and cell.figure.percent]
    return found if len(found) < len(figures) else []


def numeric(cells: Iterable[Stated | None]) -> list[Stated]:
    """Those that hold a number."""
    return [cell for cell in cells if cell is not None and cell.figure is not None]


def quantum(cells: Iterable[Stated]) -> Decimal:
    """The weight of the last printed digit of the most precise of them."""
    return min((cell.figure.quantum for cell in cells if cell.figure), default=CENT)


def in_whole_points(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether a form states its scores in whole points only."""
    return quantum(evaluation.related("scores-total", scheme).operands) >= 1


def sum_gap(stated: Stated, computed: Related) -> Severity | None:
    """How a printed sum disagrees with its addends, all of them as precise as the most precise: 100 is not 60 + 39.6."""
    if stated.figure is None:
        return None
    finest = quantum([stated, *computed.operands])
    allowed = computed.bounds(lambda name, figure: figure._replace(quantum=finest).interval)
    return allowed and disagreement(stated.figure._replace(quantum=finest).interval, allowed)


def disagreement(stated: Interval, allowed: Interval) -> Severity | None:
    """An error where two ranges lie apart, an info where they only touch."""
    if not stated.meets(allowed):
        return Severity.ERROR
    return Severity.INFO if stated.high == allowed.low or allowed.high == stated.low else None


def amount_rows(evaluation: Evaluation) -> Iterator[FundRow]:
    """Every row that states amounts: the spending details, then the fund block."""
    yield from evaluation.details
    yield from evaluation.funds


def column(rows: Iterable[FundRow | Indicator], name: str) -> list[Stated]:
    """The cells of one column."""
    cells = (getattr(row, name) for row in rows)
    return [cell for cell in cells if cell is not None]


def listed(texts: Iterable[str]) -> str:
    """Up to three different texts, and how many there are if there are more."""
    different = list(dict.fromkeys(map(bare, texts)))
    tail = MORE.format(count=len(different)) if len(different) > _LISTED else ""
    return "、".join(different[:_LISTED]) + tail


def percent(rate: Decimal) -> str:
    """A rate as the forms print it: 0.9983 -> ``99.83%``."""
    return f"{rate.scaleb(2):.2f}%"


def points(value: Decimal) -> str:
    """A weight or score as people write it: 10, 2.99."""
    return plain(value)
