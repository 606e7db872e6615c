"""What the headings of forms mean, as data: ``terms.txt`` says which field a heading names in which block.

Read when the first table is met that is none of ours; who checks our own workbooks never pays for it.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from jixiao.forms.local.headings import LONGEST, compound, heading

WHOLE, ENDING, BEGINNING, DOUBTFUL, COMPOUND = 1.0, 0.8, 0.7, 0.7, 0.75
"""How sure it is what a heading means: by a whole term, by how it ends or begins, by a term that is often used otherwise."""
_MOST_BEFORE, _MOST_BEHIND = 14, 8  # letters besides the ending or the beginning
_FILE = os.path.join(os.path.dirname(__file__), "terms.txt")


class Term(NamedTuple):
    """One line of the list."""

    block: str
    field: str
    words: str
    met: str


class Reading(NamedTuple):
    """One field that a heading may name, and how sure that is."""

    block: str
    field: str
    sure: float


Readings = Mapping[str, Reading]
"""By block what a heading names there."""


def terms() -> Iterator[Term]:
    """Every line of the list, in its order."""
    with open(_FILE, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith("#"):
                block, field, words, met = (part.strip() for part in line.split("|"))
                yield Term(block, field, words, met)


@cache
def vocabulary() -> "Vocabulary":
    """The list that is shipped."""
    return Vocabulary(terms())


class Vocabulary:
    """Finds what a heading means: by whole terms first, then by the longest ending, then by its beginning."""

    def __init__(self, listed: Iterable[Term]) -> None:
        self._whole: dict[str, dict[str, Reading]] = {}
        self._endings: dict[str, dict[str, Reading]] = {}
        self._beginnings: dict[str, dict[str, Reading]] = {}
        self._fronts: tuple[str, ...] = ()
        self._known: dict[str, Readings] = {}
        for term in listed:
            self._enter(term)

    def _enter(self, term: Term) -> None:
        words, table, sure = term.words, self._whole, WHOLE
        if term.block == "front":
            self._fronts += (words,)
            return
        if words.startswith("*"):
            words, table, sure = words[1:], self._endings, ENDING
        elif words.endswith("*"):
            words, table, sure = words[:-1], self._beginnings, BEGINNING
        if words.endswith("?"):
            words, sure = words[:-1], DOUBTFUL
        table.setdefault(words, {}).setdefault(term.block, Reading(term.block, term.field, sure))

    def readings(self, core: str) -> Readings:
        """What a heading names, by block; ``core`` is what ``headings.heading`` leaves of it."""
        if core not in self._known:
            if len(self._known) > _MOST_KNOWN:
                self._known.clear()
            self._known[core] = self._found(core)
        return self._known[core]

    def read(self, text: str, *blocks: str) -> Reading | None:
        """The surest reading of a text in these blocks; None where nothing in them is called so."""
        if text.isascii() or len(text) > LONGEST:  # figures, codes and blanks are no heading
            return None
        found = self.readings(heading(text).core)
        return max((found[block] for block in blocks if block in found), key=_sure, default=None)

    def _found(self, core: str) -> Readings:
        found = dict(self._whole.get(core, {}))
        for cut in range(1, min(len(core), _MOST_BEFORE + 1)):
            for block, reading in self._whole.get(core[cut:], {}).items() if self._is_front(core[:cut]) else ():
                found.setdefault(block, reading)
        for cut in range(min(len(core), _MOST_BEFORE + 1)):
            for block, reading in self._endings.get(core[cut:], {}).items():
                found.setdefault(block, reading)
        for end in range(min(len(core), 6), max(0, len(core) - _MOST_BEHIND - 1), -1):
            several = any(sign in core[end:] for sign in _AND)  # 中央、省补助 is not that of 中央 alone
            for block, reading in () if several else self._beginnings.get(core[:end], {}).items():
                found.setdefault(block, reading)
        first = compound(core) if not found else ""
        if first:
            found = {
                block: reading._replace(sure=reading.sure * COMPOUND)
                for block, reading in self.readings(first).items()
                if block != "source"  # 中央和省补助 is not that of 中央 alone
            }
        return found

    def _is_front(self, words: str) -> bool:
        """Whether words say nothing that changes what they stand before: 项目, 年度, 指标 …"""
        while words:
            front = next(filter(words.startswith, self._fronts), "")
            if not front:
                return False
            words = words[len(front) :]
        return True


_AND = "、和及与/"
_MOST_KNOWN = 20_000  # headings whose meaning is kept; documents are hostile


def _sure(reading: Reading) -> float:
    return reading.sure
