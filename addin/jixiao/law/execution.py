"""What a rate of execution earns by the rules of others: scores by interval, and totals cut where the rate is low."""

from decimal import Decimal

from jixiao.figures import Interval, rounded
from jixiao.law.scheme import Scheme

_FULL_RATE = Decimal(1)


def stepped_scores(rate: Interval, weight: Decimal, scheme: Scheme) -> list[Decimal]:
    """The scores by interval that a rate inside this range may earn while its project goes on."""
    found, above = [], _FULL_RATE
    for step in scheme.execution_steps:
        if rate.low < above and rate.high >= step.least:
            found.append(rounded(weight * step.share, 2))
        above = step.least
    return found


def caps(rate: Interval, scheme: Scheme) -> list[Decimal]:
    """What a total may be cut to where the rate lies in this range."""
    found, least = [], Decimal(0)
    for cap in scheme.total_caps:
        if rate.low < cap.below and rate.high >= least:
            found.append(cap.most)
        least = cap.below
    return found
