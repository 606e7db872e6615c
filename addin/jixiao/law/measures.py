"""What a target or an actual value says: ``≥95%``, ``不少于800篇``, ``12万人次``, ``2023年12月底前``, ``及时``.

Everyone who compares the two reads them here. They are compared only where they speak of the same thing: both in one unit
(万 and 亿 multiplied out), or one without any and no more than ten times the other, so that a forgotten 万 decides nothing.

Percent signs. Two figures that both carry one, or both none, are compared as they stand. If only one carries a sign, the
other is read in percentage points (target 95%, actual 96), unless the two are more than ten times apart: then it is a
fraction, as a spreadsheet stores what was typed as a percentage (target 95%, actual 0.96).
"""

from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from jixiao.figures import parse, plain, visible

_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)} | {0x3000: " "}
_ONE_WAY = str.maketrans(
    {
        **{"≧": "≥", "⩾": "≥", "≦": "≤", "⩽": "≤", "﹥": ">", "﹤": "<", "﹦": "=", "═": "="},
        **{"﹪": "%", "﹣": "-", "\u2212": "-"},
    }
)
_AT_LEAST, _AT_MOST, _ABOUT = "≥>", "≤<", "≈"
_SIGNS = _AT_LEAST + _AT_MOST + "="
_TEN, _HUNDRED = Decimal(10), Decimal(100)
_A_FEW_PERCENT = Decimal(10)
_SCALES = tuple("百千万亿")
_LONGEST = 40  # what people write as an amount or a day
_SLIP = Decimal(10_000)  # 万
NUMERALS = "0123456789一二两三四五六七八九十百"
"""Without one of these a text names no number."""
_NAMED = frozenset(NUMERALS)
Kind = Literal["number", "range", "date", "words"]


class Measure(NamedTuple):
    """A target or actual value. ``text`` is what is stated, half width, without a sign before it.

    Only a number has a ``quantity``, counted in ``unit`` (12万人次 is 120000 人次; 95% is 95 %); ``about`` are the words that
    lead it (每亩), ``amount`` is the part of the text that states it. Only a date of day, month and year has a ``day``
    (2023-12-31). ``simple`` is a number or percentage with nothing but a sign before it, which formulas without the add-in
    can read, too.
    """

    text: str
    sign: str = ""  # ≥ > ≤ < = ≈ or none
    kind: Kind = "words"
    quantity: Decimal | None = None
    unit: str = ""
    about: str = ""
    amount: str = ""
    day: str = ""
    simple: bool = False

    @property
    def percent(self) -> bool:
        return self.unit == "%"

    @property
    def scaled(self) -> bool:
        """Whether it is a number of 万 or 亿 of something it does not name: 5.2万."""
        return not self.unit and self.amount.endswith(_SCALES)

    @property
    def words(self) -> str:
        """What two values that are not compared in numbers have in common, if they say the same."""
        return self.text.replace("%", "").replace(",", "")

    @property
    def worded(self) -> bool:
        """Whether it says nothing that could be counted: 已完成, but neither 1:1 nor 每季度一次."""
        return self.kind == "words" and _NAMED.isdisjoint(self.text)

    def counted_in(self, unit: str) -> "Measure":
        """A number that states no unit in the one its column or its name prints (万人); percent signs have their own rule."""
        if self.unit or self.quantity is None:
            return self
        factor, base = unit_of(unit)
        if base in ("", "%"):
            return self
        quantity = self.quantity if self.scaled else self.quantity * factor  # 5.2万 under 万人 is no 5.2万万
        return self._replace(quantity=quantity, unit=base, simple=False)


def measure(value: Decimal | str) -> Measure:
    """Read a target or an actual value."""
    if isinstance(value, Decimal):
        return Measure(plain(value), "", "number", value, simple=True)
    return _read(value) if len(value) <= _LONGEST else _read.__wrapped__(value)


@lru_cache(1024)
def _read(value: str) -> Measure:
    """Every check asks again; long texts are not worth keeping."""
    text = half_width(value).replace("%%", "%")  # 95% beside a unit %
    body = text.lstrip(_SIGNS)
    sign = _sign(text[: len(text) - len(body)])
    figure = parse(body)
    if figure and figure.percent:
        return Measure(body, sign, "number", figure.value * _HUNDRED, "%", simple=True)
    if figure:
        return Measure(body, sign, "number", figure.value, simple=True)
    if len(body) > _LONGEST or _NAMED.isdisjoint(body):
        return Measure(body, sign)
    return _told(body, sign)


def _sign(signs: str) -> str:
    """One sign for what was typed as two: >= is ≥."""
    return {">=": "≥", "=>": "≥", "<=": "≤", "=<": "≤"}.get(signs, signs[:1])


def _told(body: str, sign: str) -> Measure:
    """Read a text with numerals in it that is no bare number. Many a form has none: the module is loaded for those that do."""
    from jixiao.law import quantities

    if date := quantities.date(body):
        return Measure(body, sign or date.sign, "date", day=date.day)
    comparator, rest = quantities.comparator(body)
    sign = sign or comparator
    if found := quantities.quantity(rest):
        return Measure(body, sign, "number", found.value, found.unit, found.about, rest)
    return Measure(body, sign, "range" if quantities.is_range(rest) else "words")


def unit_of(text: str) -> tuple[int, str]:
    """A unit as a column or a heading prints it, in its base unit and how many of that it is: 万人次 -> 10000, 人次."""
    from jixiao.law import quantities

    return quantities.unit_of(half_width(text))


def half_width(text: str) -> str:
    """Text with half-width letters, digits and signs, one way of writing ≥ ≤ =, and no spaces."""
    return "".join(visible(text).translate(_HALF_WIDTH).translate(_ONE_WAY).split())


def with_unit(target: Decimal | str, unit: str) -> str:
    """A target with the unit of its own column, if that is a percent sign: 95 and ％ -> ``95%``."""
    text = plain(target) if isinstance(target, Decimal) else target
    return f"{text}%" if half_width(unit) == "%" else text


def comparable(actual: Measure, target: Measure) -> bool:
    """Whether two numbers speak of the same thing: in one unit, under the same leading words (每亩300 is not 每户300)."""
    if actual.quantity is None or target.quantity is None:
        return False
    if actual.simple and target.simple:
        return True
    if actual.about != target.about or _ABOUT in (actual.sign, target.sign) or _only_a_bound(actual, target):
        return False
    if actual.unit and target.unit:
        return actual.unit == target.unit
    if actual.scaled is target.scaled and (actual.unit == target.unit or actual.percent or target.percent):
        return True
    return _near(actual.quantity, target.quantity)


def _only_a_bound(actual: Measure, target: Measure) -> bool:
    """Whether an actual value only says that it is less than so much beside a target to reach, or more beside a limit."""
    limit = target.sign in tuple(_AT_MOST)
    return actual.sign in tuple(_AT_LEAST if limit else _AT_MOST)


def _near(one: Decimal, other: Decimal) -> bool:
    """Whether two numbers are no more than ten times apart; nothing is nothing in every unit."""
    low, high = sorted((abs(one), abs(other)))
    return not low or high <= _TEN * low


def ratio(actual: Measure, target: Measure) -> Decimal | None:
    """Actual divided by target, percent signs understood. None where they are not comparable, and for a target of 0."""
    if actual.quantity is None or not target.quantity or not comparable(actual, target):
        return None
    quotient = actual.quantity / target.quantity
    if target.percent and not actual.percent and quotient * _TEN < 1:
        return quotient * _HUNDRED
    if actual.percent and not target.percent and quotient > _TEN:
        return quotient / _HUNDRED
    return quotient


def sure(actual: Measure, target: Measure, limit: bool) -> bool:
    """Whether two comparable numbers can be read in one way only, so that something may be claimed of them.

    Ruling 16: "0.98 beside a target in percent may mean 98 % or 0.98 %: where both readings are possible (targets of a few
    percent), nothing is claimed". Below a ``limit`` (≤20%) any small number is possible. Nor is a number that is more than
    ten times a target in percent its share, nor one that is out by ten thousand more than a slip.
    """
    if actual.percent is target.percent:
        return not slipped(actual, target)
    bare, rate = (target, actual) if actual.percent else (actual, target)
    if bare.quantity is None or rate.quantity is None or not bare.quantity:
        return True
    if abs(bare.quantity) > 1:
        return abs(bare.quantity) <= _TEN * abs(rate.quantity)
    return not limit and rate.quantity > _A_FEW_PERCENT


def slipped(actual: Measure, target: Measure) -> bool:
    """Whether two numbers are about ten thousand times apart: 元 written for 万元, 张 for 万张 (31200 beside 3万张)."""
    if not actual.quantity or not target.quantity or actual.percent or target.percent:
        return False
    if actual.about != target.about or (actual.unit and target.unit and actual.unit != target.unit):
        return False
    low, high = sorted((abs(actual.quantity), abs(target.quantity)))
    return low * _SLIP <= 2 * high and high <= 2 * low * _SLIP
