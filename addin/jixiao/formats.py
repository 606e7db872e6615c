"""Number formats: how a spreadsheet prints a number or a text under a format code.

Digits are told as they are printed, without what only takes room (``_)``, ``* ``, ``?``). Moments are told one way, whatever
their order and words: 2024-03-15, 08:30, 2024-03-15 08:30:05. Where the print is no plain number (a fraction, an exponent)
or programs do not agree on it, the value stands with all its digits, as under General. A negative that rounds to nothing
has no sign. Digits stay digits under ``[DBNum1]`` and its like.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from jixiao.figures import Figure, from_float, numeral, plain, rounded

RATE = "0.00%"
"""How the forms print a rate."""

# A text, which re compiles for the first format: most cell functions meet none.
_TOKEN = r"""(?xs)
    "(?P<quoted>[^"]*)" | [\\!](?P<escaped>.) | (?P<room>[_*].?)          # words; a blank as wide as a sign, a filling sign
    | \[\$(?P<currency>[^\]-]*)[^\]]*\]                                   # [$¥-804]
    | \[(?P<elapsed>[Hh]+|[Mm]+|[Ss]+)\]
    | \[(?P<condition>(?:<=|>=|<>|[<>=])-?\d+(?:\.\d*)?)\]
    | (?P<tag>\[[^\]]*\])                                                 # colours, numerals, languages
    | (?P<general>[Gg][Ee][Nn][Ee][Rr][Aa][Ll]|G/通用格式|BOOLEAN)
    | (?P<half>[Aa][Mm]/[Pp][Mm]|[Aa]/[Pp]|上午/下午)
    | (?P<exponent>[Ee][+-])
    | (?P<moment>[yYmMdDhHsSeEgGbB]+|[aA]{3,4}|N{2,4}|Q{1,2}|WW)          # N, Q and W are Calc's
    | (?P<digit>[0#?]) | (?P<point>\.) | (?P<comma>,) | (?P<percent>%) | (?P<slash>/) | (?P<text>@) | (?P<end>;)
    | (?P<letter>[A-SU-Za-z]) | (?P<bare>.)                               # no other letter stands without quotes, but T
"""
_UNPRINTED = ("room", "tag")
_SHAPES = {"digit": "0", "point": ".", "comma": ",", "slash": "/", "exponent": "@", "text": "@"}
_ODD = r"""(?x) @ | \..*\. | 0.*/ | /.*0            # exponents, two points, fractions
    | (?:^|[^0,]), | \..*,.*0 | ^(?=[^.]*,[^.]*0)[^.]*0[^.]*w[^.]*0   # commas elsewhere; words between grouped digits
"""
_LARGEST = 30  # powers of ten: nothing is left to round, and no money is that much
_WITH_TEXT = 4  # sections: for numbers above zero, below, zero itself, and texts
_DAY_OF_1900 = 693594  # ordinal of 1899-12-30
_DAY_OF_1904 = 695056  # ordinal of 1904-01-01
_LAST_DAY = 3_652_059  # ordinal of 9999-12-31
_LEAP_DAY = 60
_ODD_DAYS = {0: "1900-01-00", _LEAP_DAY: "1900-02-29"}  # which spreadsheets count and no calendar knows
_MILLISECONDS = 86_400_000  # of a day: spreadsheets keep nothing smaller of a time


class _Token(NamedTuple):
    kind: str
    text: str


class Section(NamedTuple):
    """One section of a format: the condition of the numbers it is for, and what it prints, in order."""

    condition: str
    tokens: tuple[_Token, ...]

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    def around(self, kind: str, inner: str) -> str:
        """The words of the section, with this where the format leaves a place."""
        return "".join(inner if token.kind == kind else token.text for token in self.tokens)

    def holds(self, value: Decimal) -> bool:
        """Whether the condition does; a section without one is for all that is left."""
        limit = Decimal(self.condition.lstrip("<=>") or 0)
        met = {"<": value < limit, "=": value == limit, ">": value > limit}
        return not self.condition or any(met.get(sign, False) for sign in self.condition)


class NumberFormat(NamedTuple):
    """A format code, taken apart."""

    sections: tuple[Section, ...]

    def number(self, value: Decimal, from_1904: bool = False) -> str:
        """A number as printed; all its digits where that cannot be said for sure."""
        section, signed = self._section(value)
        if section is None or section.has("letter") or value.adjusted() > _LARGEST:
            return _exact(value)
        if section.has("moment", "elapsed", "half"):
            return _moment(value, section, from_1904)
        negative = value < 0 and signed
        if section.has("general"):
            return "-" * negative + section.around("general", _exact(abs(value)))
        places = _places(section.tokens)
        if places is None:
            return _exact(value)
        scaled = places.scaled(abs(value))
        return "-" * (negative and bool(scaled)) + places.printed(scaled)

    def text(self, text: str) -> str:
        """A text as printed: with the words around ``@``; the fourth section is for texts, whatever it holds."""
        section = self.sections[-1]
        if section.has("text") or len(self.sections) == _WITH_TEXT:
            return section.around("text", text)
        return text

    def _section(self, value: Decimal) -> tuple[Section | None, bool]:
        """The section that prints a number, None where that is not sure; and whether a negative one keeps its sign."""
        numeric = self.sections[: _WITH_TEXT - 1]
        if numeric[-1].has("text"):
            numeric = numeric[:-1]
        if not numeric:
            return None, True
        if any(section.condition for section in numeric):
            return _conditional(numeric, value), True
        if value < 0 and len(numeric) > 1:
            return numeric[1], False
        return numeric[2 if not value and len(numeric) > 2 else 0], True


def _conditional(numeric: Sequence[Section], value: Decimal) -> Section | None:
    """By conditions in all sections but the last, above zero; about all else, signs too, programs do not agree."""
    *asking, last = numeric
    if value < 0 or not asking or last.condition or not all(section.condition for section in asking):
        return None
    return next(section for section in numeric if section.holds(value))


class _Places(NamedTuple):
    """The places of a number's digits, and the words before, between and after them."""

    whole: Sequence[_Token]
    fraction: Sequence[_Token]
    point: str
    grouped: bool
    shift: int  # in powers of ten: two for each percent sign, minus three for each comma behind the digits

    def scaled(self, value: Decimal) -> Decimal:
        """The number whose digits are shown."""
        return rounded(value.scaleb(self.shift), len(_marks(self.fraction)))

    def printed(self, scaled: Decimal) -> str:
        """A number that is not negative, between its words."""
        if not self.point and not _marks(self.whole):
            return _filled(self.whole, ())
        whole, _, fraction = f"{scaled:f}".partition(".")
        return self._whole(whole.lstrip("0")) + self.point + self._fraction(fraction)

    def _whole(self, digits: str) -> str:
        """What stands before the point: the first place takes all the digits that are too many."""
        marks = _marks(self.whole)
        digits = digits.rjust(len(marks.lstrip("#?")), "0")
        if not marks:
            return _filled(self.whole, ()) + digits
        if self.grouped:
            return _filled(self.whole, [_grouped(digits)])
        digits = digits.rjust(len(marks))
        first = len(digits) - len(marks) + 1
        return _filled(self.whole, (place.strip() for place in (digits[:first], *digits[first:])))

    def _fraction(self, digits: str) -> str:
        """What stands behind the point: zeros at its end only where they must."""
        least = len(_marks(self.fraction).rstrip("#?"))
        return _filled(self.fraction, digits[: max(least, len(digits.rstrip("0")))])


@lru_cache(1024)
def _places(tokens: tuple[_Token, ...]) -> _Places | None:
    """The places of a section; None for whatever is not printed digit by digit in one way."""
    shape = "".join(_SHAPES.get(token.kind, "w") for token in tokens)
    if re.search(_ODD, shape):
        return None
    whole, point, fraction = shape.partition(".")
    digits, behind = whole[: whole.rfind("0") + 1], whole[whole.rfind("0") + 1 :]
    thousands = behind.count(",") + fraction.count(",")
    percents = sum(token.kind == "percent" for token in tokens)
    printed = [token for token in tokens if token.kind != "comma"]
    split = len(whole) - whole.count(",")
    return _Places(printed[:split], printed[split + 1 :], point, "," in digits, 2 * percents - 3 * thousands)


def _marks(tokens: Sequence[_Token]) -> str:
    """The signs ``0``, ``#`` and ``?`` among them, one a place."""
    return "".join(token.text for token in tokens if token.kind == "digit")


def _filled(tokens: Sequence[_Token], digits: Iterable[str]) -> str:
    """The words of these tokens, their places filled in order as far as there are digits."""
    each = iter(digits)
    return "".join(next(each, "") if token.kind == "digit" else token.text for token in tokens)


def _grouped(digits: str) -> str:
    """Digits with a comma before every third from the right."""
    head = len(digits) % 3
    return ",".join([digits[:head], *re.findall("...", digits[head:])]).strip(",")


GENERAL = NumberFormat((Section("", (_Token("general", "General"),)),))


@lru_cache(1024)  # the files of a long-lived process bring codes without end
def number_format(code: str) -> NumberFormat:
    """A format code (``"表（"0"年度）"``, ``0.00_ ``, ``yyyy年m月``) taken apart."""
    sections = [Section("", ())]
    for match in re.finditer(_TOKEN, code):
        kind = match.lastgroup or ""
        section = sections[-1]
        if kind == "end":
            sections.append(Section("", ()))
        elif kind == "condition":
            sections[-1] = section._replace(condition=match[kind])
        elif kind not in _UNPRINTED:
            sections[-1] = section._replace(tokens=(*section.tokens, _Token(kind, match[kind])))
    return NumberFormat(tuple(sections)) if code else GENERAL


def printed(value: Decimal, code: str) -> str:
    """Print a number the way a spreadsheet does under a number format."""
    return number_format(code).number(value)


def format_of(stated: Figure, text: str, code: str) -> str | None:
    """The number format under which a stated number prints as it was stated; the given one if it does; None if none can."""
    text = numeral(text)
    decimals = max(0, -int(stated.quantum.as_tuple().exponent) - (2 if stated.percent else 0))
    own = (
        ("#,##0" if "," in text else "0") + ("." + "0" * decimals if decimals else "") + ("%" if stated.percent else "")
    )
    return next((each for each in (code, "General", own) if printed(stated.value, each) == text), None)


def _exact(value: Decimal) -> str:
    """All digits a spreadsheet keeps."""
    return plain(from_float(float(value)))


def _moment(serial: Decimal, section: Section, from_1904: bool) -> str:
    """A date, a time, or both, as much of it as the format shows; what has not quite come yet is not shown."""
    days, passed = divmod(int(rounded(serial * _MILLISECONDS, 0)), _MILLISECONDS)
    last = _LAST_DAY - (_DAY_OF_1904 if from_1904 else _DAY_OF_1900)
    shown = "".join(token.text.lower() for token in section.tokens if token.kind in ("moment", "elapsed"))
    if not 0 <= days <= last or section.has("digit") and "s" not in shown:  # only seconds have decimals
        return _exact(serial)
    if section.has("elapsed"):
        return _clock(days * _MILLISECONDS + passed, "s" in shown)
    time = _clock(passed, "s" in shown) if set(shown) & set("hs") or section.has("half") else ""
    if time and not set(shown) - set("hms"):
        return time
    return f"{_day(days, from_1904)} {time}".rstrip()


def _day(number: int, from_1904: bool) -> str:
    """``2024-03-15``."""
    from datetime import date  # few forms hold a date; the import costs more than all their figures

    if from_1904:
        return date.fromordinal(number + _DAY_OF_1904).isoformat()
    if number in _ODD_DAYS:
        return _ODD_DAYS[number]
    return date.fromordinal(number + _DAY_OF_1900 + (number < _LEAP_DAY)).isoformat()


def _clock(milliseconds: int, seconds: bool) -> str:
    """``08:30`` or ``08:30:05``."""
    minutes, second = divmod(milliseconds // 1000, 60)
    time = f"{minutes // 60:02}:{minutes % 60:02}"
    return f"{time}:{second:02}" if seconds else time
