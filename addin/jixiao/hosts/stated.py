"""What the attributes of a part state, each read as a value or not at all: what cannot be read is named, never guessed at."""

import re
from collections.abc import Mapping

from jixiao.grid import Area
from jixiao.hosts.parts import Odd
from jixiao.places import LAST_COLUMN, LAST_ROW, split_address

Attributes = Mapping[str, str]
TRUTH = {"1": True, "true": True, "on": True, "0": False, "false": False, "off": False}
_BLANKS = " \t\r\n"
_MOST_DIGITS = 18
_WIDTH = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,20})?")
_WIDEST = 31680  # twips: the widest page Word has


def text(attributes: Attributes, name: str) -> str:
    """An attribute that must be there."""
    if name not in attributes:
        raise Odd(name)
    return attributes[name]


def whole(attributes: Attributes, name: str) -> int:
    """A whole number."""
    try:
        return whole_number(text(attributes, name))
    except ValueError:
        raise Odd(name, attributes[name]) from None


def truth(attributes: Attributes, name: str, default: bool = False) -> bool:
    """A switch; ``default`` where it is not named."""
    if name not in attributes:
        return default
    if attributes[name] not in TRUTH:
        raise Odd(name, attributes[name])
    return TRUTH[attributes[name]]


def twips(attributes: Attributes, name: str, each: int) -> int:
    """A width in twips, ``each`` to one of its unit; 0 where none is stated that a column can have: a look refuses no file."""
    digits = attributes.get(name, "").strip(_BLANKS)
    width = round(float(digits) * each) if _WIDTH.fullmatch(digits) else 0
    return width if width <= _WIDEST else 0


def row(attributes: Attributes) -> int:
    """The number of a row of a sheet."""
    number = whole(attributes, "r")
    if not 1 <= number <= LAST_ROW:
        raise Odd("r", attributes["r"])
    return number


def column(reference: str, row: int) -> int:
    """The column of a cell's address, which must lie in the row it stands in."""
    try:
        number, column = split_address(reference.upper())
    except ValueError:
        raise Odd("r", reference) from None
    if number != row or column > LAST_COLUMN:
        raise Odd("r", reference)
    return column


def next_column(row: int, column: int) -> int:
    """The column of a cell without address, which stands in this row and right of this one."""
    if not row or column >= LAST_COLUMN:
        raise Odd("r")
    return column + 1


def area(attributes: Attributes, name: str = "ref") -> Area:
    """An area of a sheet; whichever two corners it names."""
    try:
        top, left, bottom, right = area_of(text(attributes, name))
    except ValueError:
        raise Odd(name, attributes[name]) from None
    found = Area(min(top, bottom), min(left, right), max(top, bottom), max(left, right))
    if found.bottom > LAST_ROW or found.right > LAST_COLUMN:
        raise Odd(name, attributes[name])
    return found


def whole_number(text: str) -> int:
    """A whole number as XML writes it. Raises ValueError for anything else that Python takes for one."""
    digits = text.strip(_BLANKS)
    if not digits.isascii() or "_" in digits or len(digits) > _MOST_DIGITS:
        raise ValueError(text)
    return int(digits)


def area_of(reference: str) -> Area:
    """``A1:C3`` as an area; one cell is an area too. Raises ValueError for anything else."""
    first, colon, last = reference.partition(":")
    return Area(*split_address(first), *split_address(last if colon else first))
