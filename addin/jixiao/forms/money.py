"""The unit of money a form prints: beside a block, over its columns, above the table, behind its figures. Never guessed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jixiao.figures import measured
from jixiao.forms.blocks.block import ACROSS, AMOUNTS, Block, Entry
from jixiao.forms.blocks.reader import Reader
from jixiao.forms.headings import UNITS, heading, plain
from jixiao.forms.sections import Section

OF_MONEY = ("funds", ACROSS, "accounts")
"""The kinds of blocks that hold amounts of money."""

_ABOVE = re.compile(
    r"(?:单位|金额单位|货币单位):?(?:人民币)?(亿元|万元|千元|元)|\((?:单位:?)?(亿元|万元|千元|元)\)$|^(亿元|万元|千元|元)$"
)


class Money(NamedTuple):
    """The units that are printed, the nearest first; ``contradictory`` if the nearest places say different ones."""

    unit: str
    said: Sequence[str] = ()

    @property
    def contradictory(self) -> bool:
        return not self.unit and len(self.said) > 1


def of_form(reader: Reader, section: Section) -> Money:
    """The unit of the fund block, or of the form."""
    labels = list(_beside_blocks(reader))
    above = list(_above(section, reader))
    printed = list(dict.fromkeys([*labels, *above]))
    if printed:
        return Money(printed[0] if len(printed) == 1 else "", printed)
    behind = list(dict.fromkeys(_behind_figures(reader)))
    return Money(behind[0] if len(behind) == 1 else "", [])


def _beside_blocks(reader: Reader) -> Iterator[str]:
    """What blocks of money and the labels of single amounts say."""
    for block in reader.blocks:
        if block.kind in OF_MONEY:
            yield from filter(None, (block.unit, *_of_columns(block), *_of_rows(block)))
    for line in reader.lines:
        for text in line.texts:
            unit = heading(text).unit if len(text) < 60 else ""
            if unit in UNITS and reader.words.read(text, "block", "source"):
                yield unit


def _of_columns(block: Block) -> Iterator[str]:
    for column in block.columns:
        if column.unit in UNITS and column.field.rpartition(".")[2].rstrip("@") in AMOUNTS | {"total"}:
            yield column.unit


def _of_rows(block: Block) -> Iterator[str]:
    for row in block.rows:
        unit = heading(row.label.piece.text).unit if row.label else ""
        if unit in UNITS:
            yield unit


def _above(section: Section, reader: Reader) -> Iterator[str]:
    """单位：万元 above the table, or in one of its first lines."""
    first = [text for line in section.lines[:6] for text in line.texts]
    for text in (*(heard.text for heard in section.above), *first):
        if len(text) < 100:
            for match in _ABOVE.finditer(plain(text)):
                yield next(filter(None, match.groups()))


def _behind_figures(reader: Reader) -> Iterator[str]:
    for entry in _amounts(reader):
        figure = measured(plain(entry.text).lstrip("¥￥")) if len(entry.text) < 40 else None
        if figure and figure.unit == "元" and figure.heading in UNITS:
            yield figure.heading
        elif entry.text.endswith("万") and entry.text[:1].isdigit():
            yield "万元"


def _amounts(reader: Reader) -> Iterable[Entry]:
    for block in reader.blocks:
        if block.kind in OF_MONEY:
            yield from (e for row in block.rows for e in row.entries.values() if e.field.rpartition(".")[2] in AMOUNTS)
    yield from (fact for fact in reader.facts if fact.field.startswith("funds."))
