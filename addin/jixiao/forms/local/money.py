"""The unit of money a form prints: beside a block, over its columns, above the table, behind its figures. Never guessed."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from jixiao.figures import UNITS_OF_MONEY, measured
from jixiao.forms.local.blocks.block import ACROSS, AMOUNTS, Block, Entry
from jixiao.forms.local.blocks.reader import Reader
from jixiao.forms.local.headings import heading, plain, squeezed
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.sections import Heard, Section
from jixiao.forms.units import Said, named_unit
from jixiao.places import Place

OF_MONEY = ("funds", ACROSS, "accounts")
"""The kinds of blocks that hold amounts of money."""

_WORDS_OF_MONEY = ("资金", "预算", "金额", "投资", "经费", "支出", "收入", "总额")
_ENDING = re.compile(r"\((?:单位:?)?(亿元|万元|千元|元)\)$")
"""What a title may end in; in brackets behind a label stands the unit of its own figure: 项目总投资（亿元）."""

ABOVE = re.compile(r"单位:?(?:人民币)?[千万亿]?元|^[千万亿]?元$|" + _ENDING.pattern)
"""What a line above a form looks like that may name its unit."""

_ALONE = re.compile(r"\(?(?:(?:金额|货币|计量)?单位:?)?(?:人民币)?[千万亿]?元\)?")
_LONGEST_UNIT = 20
_FIRST_LINES = 6
_LONGEST_LINE = 100


class Money(NamedTuple):
    """The unit of all amounts, and what says it: one for each unit, the nearest first. Empty if different ones are said."""

    unit: str
    said: Sequence[Said] = ()

    @property
    def contradictory(self) -> bool:
        return len(self.said) > 1

    @property
    def mixed(self) -> bool:
        """Whether the columns are in different units: then amounts cannot be compared with each other."""
        return self.contradictory and any(one.column for one in self.said)


def of_form(reader: Reader, section: Section) -> Money:
    """The unit of the fund block, or of the form."""
    printed: dict[str, Said] = {}
    for one in (*_beside_blocks(reader), *_above(section)):
        printed.setdefault(one.unit, one)
    if printed:
        return Money(next(iter(printed)) if len(printed) == 1 else "", list(printed.values()))
    beside = set(_in_other_labels(reader)) or set(_behind_figures(reader))
    return Money(beside.pop() if len(beside) == 1 else "")


def _beside_blocks(reader: Reader) -> Iterator[Said]:
    """What blocks of money say, and the labels of such blocks that were read otherwise."""
    for block in reader.blocks:
        if block.kind in OF_MONEY:
            yield from (*_of_columns(block), *_of_label(block), *_of_rows(block))
    for line in reader.lines:
        for piece in line.said:
            unit = heading(piece.text).unit if len(piece.text) < 60 else ""
            if unit in UNITS_OF_MONEY and reader.words.read(piece.text, "block"):
                yield _said(unit, line, piece)


def _in_other_labels(reader: Reader) -> Iterator[str]:
    """What labels of money say that stand anywhere else: 计划投资额（万元）. Indicators have units of their own."""
    measured_apart = {row.line.number for block in reader.blocks if block.kind == "indicators" for row in block.rows}
    for line in reader.lines:
        for text in line.texts if line.number not in measured_apart else ():
            found = heading(text) if len(text) < 60 else None
            told = found is not None and any(word in found.core for word in _WORDS_OF_MONEY)
            if found and found.unit in UNITS_OF_MONEY and (told or reader.words.read(text, "source")):
                yield found.unit


def _of_label(block: Block) -> Iterator[Said]:
    if block.unit and block.heads:
        line = block.heads[0]
        yield Said(block.unit, squeezed(block.label) or block.unit, line.grid.place(line.row, line.said[0].spot[1]))


def _of_columns(block: Block) -> Iterator[Said]:
    for column in block.columns:
        if column.unit in UNITS_OF_MONEY and column.field.rpartition(".")[2].rstrip("@") in AMOUNTS | {"total"}:
            yield _said(column.unit, column.line, column.piece)._replace(column=True)


def _of_rows(block: Block) -> Iterator[Said]:
    for row in block.rows:
        unit = heading(row.label.piece.text).unit if row.label else ""
        if row.label and unit in UNITS_OF_MONEY:
            yield _said(unit, row.line, row.label.piece)


def _said(unit: str, line: Line, piece: Piece) -> Said:
    return Said(unit, squeezed(piece.text), line.grid.place(*piece.spot))


def _above(section: Section) -> Iterator[Said]:
    """单位：万元 above the table, or in one of its first lines."""
    for heard in section.above:
        if unit := _of_line(heard.text) or _of_title(heard.text):
            yield _heard(heard)._replace(unit=unit)
    yield from (_said(unit, line, piece) for line, piece in _first(section) if (unit := _of_line(piece.text)))


def units_alone(section: Section) -> Iterator[Piece]:
    """The cells of the first lines that name the unit and say nothing else: 金额单位：万元."""
    return (piece for _, piece in _first(section) if _ALONE.fullmatch(plain(piece.text[:_LONGEST_UNIT])))


def _first(section: Section) -> Iterator[tuple[Line, Piece]]:
    return ((line, piece) for line in section.lines[:_FIRST_LINES] for piece in line.said)


def _of_line(text: str) -> str:
    """The unit a line names, or is: 单位：万元, 万元."""
    if len(text) >= _LONGEST_LINE:
        return ""
    alone = plain(text)
    return named_unit(text) or (alone if alone in UNITS_OF_MONEY else "")


def _of_title(text: str) -> str:
    """The unit in brackets at the end of a title: 自评表（万元）."""
    match = _ENDING.search(plain(text)) if len(text) < _LONGEST_LINE else None
    return match[1] if match else ""


def _heard(heard: Heard) -> Said:
    if heard.line:
        return Said("", heard.text, heard.line.grid.place(*heard.line.said[0].spot))
    return Said("", heard.text, Place(paragraph=heard.number))


def _behind_figures(reader: Reader) -> Iterator[str]:
    for entry in _amounts(reader):
        figure = measured(plain(entry.text).lstrip("¥￥")) if len(entry.text) < 40 else None
        if figure and figure.unit == "元" and figure.heading in UNITS_OF_MONEY:
            yield figure.heading
        elif entry.text.endswith("万") and entry.text[:1].isdigit():
            yield "万元"


def _amounts(reader: Reader) -> Iterable[Entry]:
    for block in reader.blocks:
        if block.kind in OF_MONEY:
            yield from (e for row in block.rows for e in row.entries.values() if e.field.rpartition(".")[2] in AMOUNTS)
    yield from (fact for fact in reader.facts if fact.field.startswith("funds."))
