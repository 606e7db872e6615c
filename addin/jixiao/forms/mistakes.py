"""The lines of a drawing file, and a mistake in one of them: a sentence with its line and the nearest name."""

import re
from collections.abc import Collection
from typing import NamedTuple

from jixiao.wording.drawings import NEAREST

_ALIKE = 0.3  # below that the nearest name is no help


_ESCAPED = re.compile(r"\\([ -/:-@\[-`{-~n])")
_SHIELD = 0xDC00  # an escaped sign travels as a lone surrogate, which no file holds
_PLAIN = {_SHIELD + code: chr(code) for code in range(128)} | {_SHIELD + ord("n"): "\n"}


def shielded(text: str) -> str:
    """A line whose escaped signs mean nothing until it is ``plain`` again."""
    return _ESCAPED.sub(lambda sign: chr(_SHIELD + ord(sign[1])), text) if "\\" in text else text


def plain(text: str) -> str:
    """What was written, its escaped signs as themselves and ``\\n`` as a line break."""
    return text if text.isascii() else text.translate(_PLAIN)


class Line(NamedTuple):
    """One line of the file that says something, ``shielded``."""

    number: int
    text: str

    def fields(self, count: int) -> list[str]:
        """What stands between bars, at least ``count`` texts."""
        fields = [field.strip(" ") for field in self.text.split("|")]
        return fields + [""] * (count - len(fields))


class Mistake(Exception):
    """A sentence about one line."""

    def __init__(self, line: Line | int, sentence: str) -> None:
        super().__init__(plain(sentence))
        self.number = line if isinstance(line, int) else line.number


def known(name: str, names: Collection[str], line: Line | int, sentence: str) -> str:
    """The name itself. Raises a mistake that names the nearest one if it is none of these."""
    if name in names:
        return name
    from difflib import get_close_matches  # only a mistake asks for neighbours

    nearest = get_close_matches(name, names, 1, _ALIKE)
    hint = NEAREST.format(name=nearest[0]) if nearest else ""
    raise Mistake(line, sentence.format(name=name) + hint)
