"""How the law reads one indicator row, for the checks that compare it with what is stated."""

from jixiao.checks.stated import filled, text_of
from jixiao.evaluation import Indicator
from jixiao.law.measures import Measure, half_width, measure, with_unit
from jixiao.law.scheme import Scheme
from jixiao.law.scoring import Direction, Scored, direction, scored


def judged(indicator: Indicator, scheme: Scheme) -> Scored | None:
    """Target, actual and the score they give; None unless both are numbers on a weighted row of a known nature."""
    found = proposed(indicator, scheme)
    return None if found is None or found.direction is Direction.QUALITATIVE else found


def proposed(indicator: Indicator, scheme: Scheme) -> Scored | None:
    """What the law makes of a row, in numbers or words; None unless it is filled in, weighted and of a known nature."""
    target, actual, weight = indicator.target, indicator.actual, indicator.weight
    if not target or not actual or not weight or not weight.figure or weight.figure.value < 0:
        return None
    if not filled(target) or not filled(actual):
        return None
    try:
        return scored(aimed(indicator), achieved(indicator), weight.figure.value, text_of(indicator.nature), scheme)
    except ValueError:  # an unknown 指标性质 is a finding of its own
        return None


def aimed(indicator: Indicator) -> str:
    """The target with its percent sign, wherever the form prints it."""
    return with_unit(text_of(indicator.target), text_of(indicator.unit))


def achieved(indicator: Indicator) -> str:
    """The actual value without the unit that has a column of its own."""
    unit = half_width(text_of(indicator.unit))
    text = half_width(text_of(indicator.actual))
    return text if unit in ("", "%") else text.removesuffix(unit)


def quantitative(indicator: Indicator) -> bool:
    """Whether a row asks for a number: by its 指标性质 where the form has it, else by its target."""
    nature = half_width(text_of(indicator.nature))
    if nature:
        return nature[0] in "=≥≤><"
    return aim(indicator).numeral is not None


def qualitative(indicator: Indicator) -> bool:
    return half_width(text_of(indicator.nature)).startswith(Direction.QUALITATIVE.value)


def known_nature(indicator: Indicator) -> bool:
    try:
        direction(text_of(indicator.nature), aim(indicator))
    except ValueError:
        return False
    return True


def aim(indicator: Indicator) -> Measure:
    return measure(aimed(indicator))


def done(indicator: Indicator) -> Measure:
    return measure(achieved(indicator))
