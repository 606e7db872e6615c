"""Printed numbers: what stands in a cell, how precisely it was printed, and what that allows.

The only module that rounds. Amounts, scores and rates are ``Decimal``; a rate is a fraction (99.83 % is 0.9983).
``parse`` reads bare numbers and percentages; a unit comes from behind the number (``measured``) or from a heading (``of``);
``entered`` reads what people type where a number in a unit belongs.
"""

import re
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

ZERO = Decimal(0)
_ONE = Decimal(1)
_HALF = Decimal("0.5")
_CENT = Decimal("0.01")
INVISIBLE = "".join(
    map(
        chr,
        (
            0xAD,
            0x61C,
            0x180E,
            *range(0x200B, 0x2010),
            *range(0x202A, 0x202F),
            *range(0x2060, 0x2070),
            *range(0xFE00, 0xFE10),
            0xFEFF,
        ),
    )
)
"""Signs that take no room: they come along when text is copied from pages and other programs."""
_UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
_ANY_UNSEEN = re.compile(f"[{INVISIBLE}]")
_BLANKS = "\u00a0\u2007\u2009\u202f\u3000"
_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９．，％－＋／﹪﹣﹢\u2212" + _BLANKS, "0123456789.,%-+/%-+-" + " " * len(_BLANKS), INVISIBLE
)
# texts, which re compiles when a number is first typed with signs: most never are
_MONEY_SIGN = r"^([-+]?)[¥￥]([-+]?)(?=[\d.])"
_IN_BRACKETS = r"[(（]([^-+()（）]+)[)）]"
_NOTE = r"[①-⑳⁰¹²³⁴-⁹*＊※]++\s*$|[(（\[［〔]?注[\d①-⑳]?[)）\]］〕]?\s*$"
_LONGEST_NOTE = 8
_MOST_DIGITS = 50  # of anything that is a number to people; calculating stays exact below that
_NUMBER = re.compile(r"([-+]?)(\d{1,3}(?:,\d{3})+|\d+)?(\.\d*)?(%)?")

DASHES = frozenset({"—", "–", "-", "－", "/", "——"})
"""A form's ways of writing that no number stands here."""

PERCENT, POINT, MONEY, POINTS = "%", "个百分点", "元", "分"
UNITS_OF_MONEY = (MONEY, "千元", "万元", "亿元")
"""What forms print their money in."""

_PLAIN_UNITS = {POINTS: 0, "天": 0, "个月": 0, "小时": 0, PERCENT: 0, POINT: -2}  # nobody prints 3百分
_SCALES = {"": 0, "百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8, "万亿": 12}
_COUNTERS = frozenset(
    [
        "元",
        "人",
        "人次",
        "名",
        "位",
        "户",
        "户次",
        "次",
        "件",
        "份",
        "个",
        "项",
        "台",
        "套",
        "辆",
        "车次",
        "批",
        "批次",
        "期",
        "场",
        "条",
        "篇",
        "部",
        "家",
        "所",
        "处",
        "组",
        "笔",
        "间",
        "面",
        "只",
        "亩",
        "公里",
        "平方米",
        "吨",
    ]
)  # of published forms


class Interval(NamedTuple):
    """A closed range of values."""

    low: Decimal
    high: Decimal

    def holds(self, value: Decimal) -> bool:
        return self.low <= value <= self.high

    def meets(self, other: "Interval") -> bool:
        return self.low <= other.high and other.low <= self.high


class Figure(NamedTuple):
    """A printed number: its value and the weight of its last printed digit (``17.32`` -> quantum 0.01), and its unit.

    ``scale`` says how many of the base unit one of the printed unit is (``135.6万元`` is 135.6, 元, scale 10000). A
    percentage is kept as a fraction and has scale 1; one 个百分点 is 0.01 of the same. A bare number has no unit.
    """

    value: Decimal
    quantum: Decimal
    unit: str = ""
    scale: Decimal = _ONE

    @property
    def percent(self) -> bool:
        return self.unit == PERCENT

    @property
    def interval(self) -> Interval:
        """Every value that prints like this: ``17.32`` is 17.315 to 17.325, both ends included."""
        half = self.quantum * _HALF
        return Interval(self.value - half, self.value + half)

    @property
    def heading(self) -> str:
        """The unit as a heading prints it: 万元; empty for a bare number and a percentage."""
        if self.percent:
            return ""
        scale = (words for words, zeros in _SCALES.items() if _ONE.scaleb(zeros) == self.scale)
        return next(scale, "") + self.unit

    @property
    def amount(self) -> Decimal:
        """The value in the base unit: 元, 人 …; a fraction for % and 个百分点."""
        return self.value * self.scale

    @property
    def amounts(self) -> Interval:
        """Every amount that prints like this: ``1.2万元`` is 11500 to 12500 元, both ends included."""
        low, high = self.interval
        return Interval(low * self.scale, high * self.scale)

    def counted_in(self, scale: Decimal) -> "Figure":
        """The same amount, in units of this scale: 1.2万元 in 元 is 12000, printed to the thousand."""
        factor = self.scale / scale
        return self._replace(value=self.value * factor, quantum=self.quantum * factor, scale=scale)

    def of(self, unit: str) -> "Figure | None":
        """This figure in the unit its heading prints (万元, 万人次, %); one that has a unit of its own keeps that.

        None if the heading prints no unit we know.
        """
        known = unit_of(numeral(unit))
        if known is None:
            return None
        if self.unit:
            return self
        base, scale = known
        if base == PERCENT:
            return _percentage(self.value, self.quantum)
        return self._replace(unit=base, scale=scale)


def _percentage(numeral: Decimal, quantum: Decimal) -> Figure:
    return Figure(numeral.scaleb(-2), quantum.scaleb(-2), PERCENT)


@lru_cache(1024)
def unit_of(text: str) -> tuple[str, Decimal] | None:
    """A unit as it is printed, in its base unit and how many of that it is: 万元 -> 元, 10000; None if we do not know it."""
    if text in _PLAIN_UNITS:
        return text, _ONE.scaleb(_PLAIN_UNITS[text])
    scale = max(filter(text.startswith, _SCALES), key=len)
    unit = text[len(scale) :]
    return (unit, _ONE.scaleb(_SCALES[scale])) if unit.removeprefix("元/") in _COUNTERS else None


def rounded(value: Decimal, places: int) -> Decimal:
    """Round as Excel's ROUND does: half away from zero, after the 15 digits Excel keeps."""
    with localcontext() as context:
        context.prec = 15
        context.rounding = ROUND_HALF_UP
        value = +value
    with localcontext() as context:
        context.prec = max(60, value.adjusted() + places + 2)  # a spreadsheet's numbers go up to 1E+308
        return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def from_float(number: float) -> Decimal:
    """The decimal a spreadsheet shows for a binary number: 15 significant digits, no tail of noise."""
    return Decimal(f"{number:.15g}")


def parse(text: str) -> Figure | None:
    """Read one printed number (``17.32``, ``1,234.5``, ``99.83%``, full-width digits); None if the text is anything else."""
    bare_text = numeral(text)
    match = _NUMBER.fullmatch(bare_text) if len(bare_text) <= _MOST_DIGITS else None
    if not match or not (match[2] or len(match[3] or "") > 1):
        return None
    sign, whole, fraction, percent = match.groups()
    digits = (fraction or ".")[1:]
    point = "." if digits else ""
    value = Decimal(f"{sign}{(whole or '0').replace(',', '')}{point}{digits}")
    quantum = _ONE.scaleb(-len(digits))
    return _percentage(value, quantum) if percent else Figure(value, quantum)


def shown(text: str, value: Decimal) -> Figure | None:
    """The figure of a cell that holds a number: its print, also between the signs and words of its format.

    ``¥1,234.50``, ``(12.50)`` for a negative, a dash for zero, ``17.32万元`` for 17.32, and for 173200 a figure whose scale
    says so. None if the one number printed is another.
    """
    figure = parse(text)
    if figure:
        return figure
    if not value and text.strip() and not re.search(r"\d", text):
        return Figure(ZERO, _ONE)
    printed = re.fullmatch(r"\D*?(\d[\d,]*(?:\.\d*)?%?)(\D*)", text)
    figure = parse(printed[1]) if printed else None
    if printed is None or figure is None:
        return None
    word = max(filter(printed[2].strip().startswith, _SCALES), key=len)
    for scale in (_ONE, _ONE.scaleb(_SCALES[word])):
        if figure._replace(scale=scale).amounts.holds(abs(value)):
            return figure._replace(value=figure.value.copy_sign(value), scale=scale)
    return None


def measured(text: str) -> Figure | None:
    """Read one printed number with its unit behind it (``135.6万元``, ``16 万人次``, ``3个百分点``, ``45%``).

    None without a unit, with one we do not know, and for any other text.
    """
    match = re.fullmatch(r"([-+\d,.]++)\s*+(.+)", numeral(text))
    figure = parse(match[1]) if match else None
    return figure.of(match[2]) if match and figure else None


def entered(text: str, unit: str) -> Figure | None:
    """Read what was typed where a number in this unit belongs, in that unit: under 万元 ``173200元`` is 17.32.

    Money may have its sign before it (it says nothing of 万), brackets for a minus, and 万 for 万元. One typed in a smaller
    unit counts as printed to the cent, for it is added to others that are. The mark of a note is no part of it. None for any
    other text, and for a number in a unit that cannot be this one: 17.32人 is no money. Of a unit nobody knows only bare
    numbers are read.
    """
    if not any(map(str.isdigit, text)):
        return None
    text = without_note(text)
    known = unit_of(unit)
    if known is None:
        return parse(text)
    base, scale = known
    typed = _accounted(numeral(text)) if base == MONEY else numeral(text)
    figure = parse(typed) or measured(typed)
    if figure is None and base == MONEY:
        figure = measured(typed + MONEY)
    if figure is None or not figure.unit:
        return figure and figure.of(unit)
    if figure.unit != base:
        return None
    figure, smaller = figure.counted_in(scale), figure.scale < scale
    return figure._replace(quantum=max(figure.quantum, _CENT)) if smaller else figure


def without_note(text: str) -> str:
    """A text without the mark of a note at its end: ``17.32①``, ``17.32（注1）``, ``17.32*``."""
    start = max(0, len(text) - _LONGEST_NOTE)
    found = re.search(_NOTE, text[start:])
    return text[: start + found.start()] if found else text


def _accounted(typed: str) -> str:
    """An amount without the sign of money, and with a minus for the brackets of accountants."""
    bracketed = re.fullmatch(_IN_BRACKETS, typed)
    return re.sub(_MONEY_SIGN, r"\1\2", f"-{bracketed[1]}" if bracketed else typed)


def numeral(text: str) -> str:
    """A text as the number it may be: half-width signs, no blanks, nothing that cannot be seen."""
    return text.translate(_FULL_WIDTH).strip().replace(" ", "")


def visible(text: str) -> str:
    """A text without the signs that take no room."""
    return text if text.isascii() or not _ANY_UNSEEN.search(text) else text.translate(_UNSEEN)


def bare(text: str) -> str:
    """What a text says: without blanks around it and signs that take no room."""
    return visible(text).strip()


def plain(value: Decimal) -> str:
    """The shortest ordinary writing of a number: no exponent, no trailing zeros (``10``, ``2.99``)."""
    if not value:
        return "0"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
