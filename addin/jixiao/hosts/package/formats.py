"""Number formats: how a cell's number or text looks when printed."""

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from jixiao.figures import plain, printed

BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@"},
    **dict.fromkeys((37, 38, 41, 42), "#,##0"),
    **dict.fromkeys((39, 40, 43, 44), "#,##0.00"),
    **dict.fromkeys((14, 15, 16, 17, *range(27, 32), 36, *range(50, 59)), "yyyy-mm-dd"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47), "hh:mm"),
    22: "yyyy-mm-dd hh:mm",
}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
    r"|(?P<core>General|AM/PM|A/P|上午/下午|[0#?@%.,]|[eE][+-]|[A-Za-z年月日时分秒])|(?P<bare>.)",
    re.DOTALL,
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;"])*);', re.DOTALL)
_DAY_OF_1900 = 693594  # ordinal of 1899-12-30
_DAY_OF_1904 = 695056  # ordinal of 1904-01-01
_LAST_SERIAL = 2_958_465  # 9999-12-31
_FALSE_LEAP_DAY = 60  # spreadsheets count a 29 February 1900 that never was


class Section(NamedTuple):
    """One section of a format: literal text, what is printed, literal text."""

    before: str
    core: str
    after: str

    @property
    def has_date(self) -> bool:
        return self.core != "General" and bool(set(self.core.lower()) & set("yd年月日"))

    @property
    def has_time(self) -> bool:
        return self.core != "General" and bool(set(self.core.lower()) & set("hs时分秒"))


class NumberFormat(NamedTuple):
    """A format code, taken apart."""

    sections: tuple[Section, ...]

    def number(self, value: Decimal, from_1904: bool = False) -> str:
        """A number as printed; dates print as 2024-03-15, whatever their order and separators."""
        section, value = self._section(value)
        if section.core == "@":
            return plain(value)
        if _is_moment(section):
            return _moment(value, section, from_1904)
        if not section.core:
            return section.before
        text = printed(value, section.core.replace("?", "#"))
        sign = "-" if text.startswith("-") else ""
        return f"{sign}{section.before}{text.removeprefix('-')}{section.after}"

    def text(self, text: str) -> str:
        """A text as printed: with the literals around ``@``."""
        section = self.sections[-1]
        if section.core != "@":
            return text
        return f"{section.before}{text}{section.after}"

    def _section(self, value: Decimal) -> tuple[Section, Decimal]:
        numeric = [section for section in self.sections if section.core != "@"] or list(self.sections)
        if value < 0 and len(numeric) > 1:
            return numeric[1], -value
        if not value and len(numeric) > 2:
            return numeric[2], value
        return numeric[0], value


GENERAL = NumberFormat((Section("", "General", ""),))


@cache
def number_format(code: str) -> NumberFormat:
    """A format code (``"表（"0"年度）"``, ``0.00_ ``, ``yyyy年m月``) taken apart."""
    sections = tuple(_taken_apart(section) for section in _SECTION.findall(code + ";"))
    return NumberFormat(sections) if code and sections else GENERAL


def _taken_apart(section: str) -> Section:
    before = core = after = ""
    for match in _TOKEN.finditer(section):
        if match["core"]:
            core += match["core"]
            continue
        literal = match["quoted"] or match["escaped"] or match["currency"] or match["bare"] or ""
        if core:
            after += literal
        else:
            before += literal
    return Section(before, core, after)


def _is_moment(section: Section) -> bool:
    return section.has_date or section.has_time or "m" in section.core.lower()


def _moment(serial: Decimal, section: Section, from_1904: bool) -> str:
    from datetime import date  # few forms hold a date; the import costs more than all their figures

    if not 0 <= serial <= _LAST_SERIAL:
        return plain(serial)
    minutes = int(serial * 1440 + Decimal("0.5"))
    days, minutes = divmod(minutes, 1440)
    time = f"{minutes // 60:02}:{minutes % 60:02}"
    if not section.has_date and section.has_time:
        return time
    if not from_1904 and days < _FALSE_LEAP_DAY:
        days += 1
    day = date.fromordinal(days + (_DAY_OF_1904 if from_1904 else _DAY_OF_1900)).isoformat()
    return f"{day} {time}" if section.has_time else day
