"""What a target or an actual value says: ``≥95%``, ``100％``, ``及时``, ``１００``.

Percent signs. Two figures that both carry one, or both none, are compared as they stand. If only one carries a sign, the
other is read in percentage points (target 95%, actual 96), unless the two are more than ten times apart: then it is a
fraction, as a spreadsheet stores what was typed as a percentage (target 95%, actual 0.96).
"""

from decimal import Decimal
from typing import NamedTuple

from jixiao.figures import parse, plain, visible

_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: " "}
_SIGNS = str.maketrans({"≧": "≥", "≦": "≤", "﹦": "=", "﹪": "%", "﹣": "-", "\u2212": "-"})
_TEN = Decimal(10)
_HUNDRED = Decimal(100)


class Measure(NamedTuple):
    """A target or actual value: its sign (≥ > ≤ < = or none), its words, and its numeral as printed (``95%`` -> 95)."""

    sign: str
    words: str
    numeral: Decimal | None
    percent: bool


def measure(value: Decimal | str) -> Measure:
    """Read a target or an actual value."""
    text = plain(value) if isinstance(value, Decimal) else half_width(value).replace("%%", "%")  # 95% beside a unit %
    body = text.lstrip("≥≤><=")
    figure = parse(body)
    words = body.replace("%", "").replace(",", "")
    if figure is None:
        return Measure(text[: len(text) - len(body)][:1], words, None, False)
    numeral = figure.value * _HUNDRED if figure.percent else figure.value
    return Measure(text[: len(text) - len(body)][:1], words, numeral, figure.percent)


def half_width(text: str) -> str:
    """Text with half-width letters, digits and signs, one way of writing ≥ ≤ =, and no spaces."""
    return "".join(visible(text).translate(_HALF_WIDTH).translate(_SIGNS).split())


def with_unit(target: Decimal | str, unit: str) -> str:
    """A target with the unit of its own column, if that is a percent sign: 95 and ％ -> ``95%``."""
    text = plain(target) if isinstance(target, Decimal) else target
    return f"{text}%" if half_width(unit) == "%" else text


def ratio(actual: Measure, target: Measure) -> Decimal:
    """Actual divided by target, percent signs understood. Both must be numbers; raises ZeroDivisionError for target 0."""
    if actual.numeral is None or target.numeral is None:
        raise ValueError("only numbers have a ratio")
    if not target.numeral:
        raise ZeroDivisionError
    quotient = actual.numeral / target.numeral
    if target.percent and not actual.percent and quotient * _TEN < 1:
        return quotient * _HUNDRED
    if actual.percent and not target.percent and quotient > _TEN:
        return quotient / _HUNDRED
    return quotient
