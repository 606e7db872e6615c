"""How the law reads one indicator row, for the checks that compare it with what is stated."""

from jixiao.evaluation import Indicator, Stated
from jixiao.evaluation.stated import filled, text_of
from jixiao.evaluation.vocabulary import COST
from jixiao.figures import parse
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import Direction, Scored, scored
from jixiao.places import Place

_ANY_WEIGHT = Stated("1", Place(), parse("1"))


def judged(indicator: Indicator, scheme: Scheme) -> Scored | None:
    """Target, actual and the score they give; None unless they are surely comparable on a weighted row of a known nature."""
    found = proposed(indicator, scheme) if indicator.comparable else None
    return None if found is None or found.direction is Direction.QUALITATIVE else found


def proposed(indicator: Indicator, scheme: Scheme) -> Scored | None:
    """What the law makes of a row, in numbers or words; None unless it is filled in, weighted and of a known nature."""
    if indicator.shared:
        return None
    target, actual, weight = indicator.target, indicator.actual, indicator.weight
    if not target or not actual or not weight or not weight.figure or weight.figure.value < 0:
        return None
    if not filled(target) or not filled(actual):
        return None
    try:
        return scored(*indicator.measures, weight.figure.value, text_of(indicator.nature), scheme)
    except ValueError:  # an unknown 指标性质 is a finding of its own
        return None


def missed(row: Indicator, scheme: Scheme) -> bool:
    """Whether a target is surely missed. That takes no weight, where the form has no column of weights."""
    if row.weight is None and COST in text_of(row.name) and not (row.aim.sign or text_of(row.nature)):
        return False  # 成本控制率 of 98 % of 100 %: less may well be better
    found = judged(_weighed(row), scheme)
    return found is not None and found.met is False


def _weighed(row: Indicator) -> Indicator:
    return row if row.weight else row._replace(weight=_ANY_WEIGHT)


def by_numbers(row: Indicator, scheme: Scheme) -> bool | None:
    """Whether a number scores a row; None where one should, but target, actual or 指标性质 cannot be read."""
    if row.aim.day or (not row.quantitative and row.direction is not None):
        return False
    return True if judged(row, scheme) else None


def decided(row: Indicator, scheme: Scheme) -> bool | None:
    """Whether numbers or days tell if a target was met; None where they should, but cannot be read."""
    return True if judged(_weighed(row), scheme) else by_numbers(_weighed(row), scheme)


def forward(row: Indicator, scheme: Scheme) -> bool | None:
    """Whether a row is scored as one to reach (≥, ＞, ＝); None where that cannot be told."""
    return by_numbers(row, scheme) if row.direction is not Direction.REVERSE else False


def backward(row: Indicator, scheme: Scheme) -> bool | None:
    """Whether a row is scored as one not to exceed (≤, ＜); None where that cannot be told."""
    return by_numbers(row, scheme) if row.direction in (Direction.REVERSE, None) else False
