"""What a defined name of a workbook says, whoever read it: a file or a live program."""

import re

from jixiao.grid import Area
from jixiao.places import sheet_name, split_address

_TARGET = re.compile(
    r"(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?::(\$?[A-Z]{1,3}\$?[1-9]\d{0,6}))?"
)
_TEXT = re.compile(r'"((?:[^"]|"")*)"')


def area(text: str, title: str) -> Area | None:
    """The area of the sheet ``title`` a name stands for; None for constants, other sheets, and references that broke."""
    match = _TARGET.fullmatch(text)
    if not match or (match[1] or match[2]).replace("''", "'") != title:
        return None
    top, left = split_address(match[3])
    bottom, right = split_address(match[4] or match[3])
    return Area(top, left, bottom, right)


def reference(area: Area, title: str) -> str:
    """What a name says that stands for an area of the sheet ``title``."""
    return f"{sheet_name(title)}!{area.absolute}"


def quoted(text: str) -> str:
    """What a name says that holds a text."""
    return '"' + text.replace('"', '""') + '"'


def constant(text: str) -> str | None:
    """The text a name holds; None for anything else."""
    match = _TEXT.fullmatch(text)
    return match[1].replace('""', '"') if match else None
