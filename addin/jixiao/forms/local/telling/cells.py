"""One cell as it is stated: its text, its number in the unit its block prints, its place, and how sure it is."""

import re
from decimal import Decimal
from functools import lru_cache

from jixiao.evaluation import Stated
from jixiao.figures import UNITS_OF_MONEY, Figure, entered, measured, parse, shown, unit_of, visible, without_note
from jixiao.forms.defects import DOUBTFUL
from jixiao.forms.local.blocks.block import AMOUNTS, MONEY, NUMBERS, Block, Entry, last
from jixiao.forms.local.headings import heading, plain
from jixiao.forms.local.money import Money

_GRADE = r"(不合格|优秀|良好|合格|优|良|中|差)"
_TICK = r"[☑√✓✔■]"
_TICKED_BEHIND = re.compile(rf"{_GRADE}\s{{0,9}}[（(]?\s{{0,9}}{_TICK}")
_TICKED_BEFORE = re.compile(rf"{_TICK}\s{{0,9}}[）)]?\s{{0,9}}{_GRADE}")
_BOXES = "□☐☑√✓✔■"
_LONGEST_AMOUNT = 80


class Cells:
    """Reads the cells of one form, whose money is printed so."""

    def __init__(self, money: Money) -> None:
        self.money = money
        self._most = DOUBTFUL if money.mixed else 1.0  # how sure an amount can be

    def stated(self, entry: Entry, unit: str, label: str = "") -> Stated:
        """What a cell states; ``unit`` is that of the amounts around it."""
        grid, (row, column) = entry.line.grid, entry.piece.spot
        cell, field = grid.at(row, column), last(entry.field)
        text = cell.text if entry.inner is None else entry.inner
        if field == "grade":
            text = ticked(text)
        exact = cell.value if isinstance(cell.value, Decimal) and entry.inner is None else None
        numeric = field in NUMBERS
        words = not text or (not numeric and exact is None and "\u4e00" <= text[-1] <= "\u9fff")  # no number ends so
        read = None if words else figure(text, exact, unit if field in MONEY else "", numeric)
        place = grid.place(row, column, label or entry.label)
        sure = min(entry.sure, self._most) if field in AMOUNTS else entry.sure
        return Stated(visible(text) if read else text, place, read, exact, cell.formula, sure)

    def unit_of(self, block: Block) -> str:
        """The unit of money of one block."""
        return "" if self.money.contradictory else block.unit or self.money.unit

    def unit_beside(self, fact: Entry) -> str:
        """The unit of a single amount: that of its own label, else of the form."""
        if not fact.field.startswith("funds."):
            return ""
        own = heading(fact.label).unit
        return own if own in UNITS_OF_MONEY else self.money.unit


def figure(text: str, exact: Decimal | None, unit: str, numeric: bool) -> Figure | None:
    """A printed number, in the unit of its block; one that prints a unit of its own (259.45万元, 99.97分) is counted in that."""
    if exact is None and numeric:
        return _entered(text, unit) if len(text) < _LONGEST_AMOUNT else None
    read = parse(text) if exact is None else shown(text, exact)
    if read and read.scale != 1 and not read.unit:
        _, scale = unit_of(unit) or ("", Decimal(1))
        read = read.counted_in(scale)
    return read.of(unit) if read and unit else read


@lru_cache(8192)
def _entered(text: str, unit: str) -> Figure | None:
    """What was typed where a number belongs; words in brackets behind it (其中：上级资金…) are no part of it."""
    words = plain(without_note(text))
    number, bracket, _ = words.partition("(")
    words = number if bracket and number else words
    if unit:
        return entered(words, unit)
    words = words.lstrip("¥￥")
    return parse(words) or measured(words) or (measured(words + "元") if words.endswith("万") else None)


def ticked(text: str) -> str:
    """The grade that is ticked, by a box behind or before it; nothing where no box is, the text itself without boxes."""
    if not any(box in text for box in _BOXES):
        return text
    match = (_TICKED_BEFORE if text.lstrip(" （(")[:1] in _BOXES else _TICKED_BEHIND).search(text)
    return match[1] if match else ""
