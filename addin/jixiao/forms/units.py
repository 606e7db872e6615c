"""How a line says what the money of a form is counted in: 单位：万元. The forms that are drawn and all others read it here."""

import re
from typing import NamedTuple

from jixiao.figures import visible
from jixiao.places import Place

UNIT = r"(元|千元|万元|百万元|亿元)"
ENDS = r"(?=$|[\s()（）\]〕,，、;；。])"
"""What may follow a unit: 填报单位：元谋县财政局 names none."""

_NAMED = rf"(?:(?<![一-鿿])|金额|货币|计量)单\s?位\s?[:：]?\s?(?:人民币)?\s?{UNIT}{ENDS}"


class Said(NamedTuple):
    """A unit, the words that say it, where they stand, and whether they head one column of amounts."""

    unit: str
    words: str
    place: Place
    column: bool = False


def named_unit(text: str) -> str:
    """The unit a line names, whatever else it tells; empty if it names none."""
    match = re.search(_NAMED, " ".join(visible(text).split()))
    return match[1] if match else ""
