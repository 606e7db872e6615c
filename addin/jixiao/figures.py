"""Printed numbers: what stands in a cell, how precisely it was printed, and what that allows.

The only module that rounds. Amounts, scores and rates are ``Decimal``; a rate is a fraction (99.83 % is 0.9983).
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import NamedTuple

ZERO = Decimal(0)
_HALF = Decimal("0.5")
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－＋　", "0123456789.,%-+ ")
_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(%)?")


class Interval(NamedTuple):
    """A closed range of values."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


class Figure(NamedTuple):
    """A printed number: its value and the weight of its last printed digit (``17.32`` -> quantum 0.01)."""

    value: Decimal
    quantum: Decimal
    percent: bool = False

    @property
    def interval(self) -> Interval:
        """Every value that prints like this: ``17.32`` is 17.315 to 17.325, both ends included."""
        half = self.quantum * _HALF
        return Interval(self.value - half, self.value + half)


def rounded(value: Decimal, places: int) -> Decimal:
    """Round as Excel's ROUND does: half away from zero, after the 15 digits Excel keeps."""
    with localcontext() as context:
        context.prec = 15
        context.rounding = ROUND_HALF_UP
        value = +value
    with localcontext() as context:
        context.prec = 60
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def from_float(number: float) -> Decimal:
    """The decimal a spreadsheet shows for a binary number: 15 significant digits, no tail of noise."""
    return Decimal(f"{number:.15g}")


def parse(text: str) -> Figure | None:
    """Read one printed number (``17.32``, ``1,234.5``, ``99.83%``, full-width digits); None if the text is anything else."""
    plain = text.translate(_FULL_WIDTH).strip().replace(" ", "")
    match = _NUMBER.fullmatch(plain)
    if not match or not (match[2] or len(match[3] or "") > 1):
        return None
    sign, whole, fraction, percent = match.groups()
    digits = (fraction or ".")[1:]
    point = "." if digits else ""
    value = Decimal(f"{sign}{(whole or '0').replace(',', '')}{point}{digits}")
    quantum = Decimal(1).scaleb(-len(digits))
    if percent:
        return Figure(value.scaleb(-2), quantum.scaleb(-2), True)
    return Figure(value, quantum)


def plain(value: Decimal) -> str:
    """The shortest ordinary writing of a number: no exponent, no trailing zeros (``10``, ``2.99``)."""
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def printed(value: Decimal, number_format: str) -> str:
    """Print a number the way a spreadsheet does under a number format.

    Knows General, @, digits with decimals, thousands separators, %, and literal text in quotes around the number;
    anything else prints like General.
    """
    match = re.fullmatch(
        r'(?:"([^"]*)")?([#0,]*[0#](?:\.([0#]+))?)(%?)(?:_\))?(?:"([^"]*)")?', number_format.split(";")[0]
    )
    if not match:
        return plain(from_float(float(value)))
    before, digits, decimals, percent, after = match.groups()
    scaled = rounded(value.scaleb(2) if percent else value, len(decimals or ""))
    body = f"{scaled:,f}" if "," in digits else f"{scaled:f}"
    optional = len(decimals or "") - len((decimals or "").rstrip("#"))
    while optional and body.endswith("0"):
        body, optional = body[:-1], optional - 1
    if not scaled:
        body = body.removeprefix("-")
    return f"{before or ''}{body.removesuffix('.')}{percent}{after or ''}"


def format_of(stated: Figure, text: str, number_format: str) -> str | None:
    """The number format under which a stated number prints as it was stated; the given one if it does; None if none can."""
    text = text.strip().translate(_FULL_WIDTH)
    decimals = max(0, -int(stated.quantum.as_tuple().exponent) - (2 if stated.percent else 0))
    own = (
        ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "") + ("%" if stated.percent else "")
    )
    formats = (number_format, "General", own)
    return next((candidate for candidate in formats if printed(stated.value, candidate) == text), None)
