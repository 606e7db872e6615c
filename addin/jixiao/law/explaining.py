"""How a score came about, in words."""

from decimal import Decimal

from jixiao.figures import plain
from jixiao.formats import printed
from jixiao.law.measures import Measure
from jixiao.law.scoring import Direction, Scored
from jixiao.wording import scores as words


def explained(scored: Scored, weight: Decimal, reverse_rule: str) -> str:
    """``完成值97%达到指标值95%，得满分10分``; ``reverse_rule`` is the scheme's for missed ≤ targets."""
    told = {"target": _printed(scored.target), "actual": _printed(scored.actual), "weight": plain(weight)}
    if scored.target.day and scored.met is not None:
        return (words.IN_TIME if scored.met else words.LATE).format(**told)
    if scored.direction is Direction.QUALITATIVE:
        return (words.JUDGED if scored.score is None else words.SAME_WORDS).format(**told)
    assert scored.score is not None  # numbers always have a score
    reverse = scored.direction is Direction.REVERSE
    if scored.score == weight:
        return (words.KEPT_WITHIN if reverse else words.REACHED).format(**told)
    missed = (words.EXCEEDED if reverse else words.MISSED).format(**told)
    if scored.ratio is None:
        return words.NO_POINTS.format(missed=missed)
    share = words.REVERSE_SHARE[reverse_rule] if reverse else words.SHARE
    return words.POINTS.format(
        missed=missed, weight=told["weight"], share=share.format(**_compared(scored)), points=plain(scored.score)
    )


def _compared(scored: Scored) -> dict[str, str]:
    """Actual and target as they were divided: where only one carries a percent sign, as a share of the whole."""
    if scored.ratio is not None and scored.target.percent != scored.actual.percent:
        return {"actual": printed(scored.ratio, "0.00%"), "target": "100%"}
    return {"actual": _printed(scored.actual), "target": _printed(scored.target)}


def _printed(measure: Measure) -> str:
    if measure.quantity is None or not measure.simple:
        return measure.amount or measure.text
    return plain(measure.quantity) + ("%" if measure.percent else "")
