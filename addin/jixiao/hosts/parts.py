"""One XML part of a package, and what is said of one that cannot be read."""

from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.wording import files


class Odd(Exception):
    """What a part must say and does not, or says in a way that means nothing: an attribute, or a cell, and its value."""

    def __init__(self, what: str, value: str | None = None) -> None:
        super().__init__(what, value)
        self.what = what
        self.value = value


class Part(NamedTuple):
    """A part in UTF-8. ``file`` is what messages call the package."""

    file: str
    name: str
    content: bytes

    @property
    def shown(self) -> str:
        """Its name in a sentence: a package may hold names of any length, and of several lines."""
        return files.shortened(self.name)

    def too_much(self) -> Refusal:
        """The refusal of a part that says more than a form can say."""
        return Refusal(files.TOO_MUCH.format(name=self.file, part=self.shown))

    def not_xml(self) -> Refusal:
        """The refusal of a part that is no well-formed XML."""
        return Refusal(files.DAMAGED_AT.format(name=self.file, what=self.shown))

    def refusal(self, odd: Odd) -> Refusal:
        """The refusal of a part for one thing it says, which it names."""
        sentence = files.NOT_STATED if odd.value is None else files.ODD_VALUE
        value = files.shortened(odd.value or "")
        what = sentence.format(part=self.shown, what=odd.what, value=value)
        return Refusal(files.DAMAGED_AT.format(name=self.file, what=what))
