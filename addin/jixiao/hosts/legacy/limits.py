"""How much of an older spreadsheet is read: far more than a form or an exported account holds, little enough to be quick."""

from jixiao.errors import Refusal
from jixiao.wording import files

MOST_BYTES = 8 * 2**20
MOST_LETTERS = 4 * 2**20  # bytes of a file that is text
MOST_LINES = 100_000  # of a web archive
MOST_CELLS = 100_000  # with content, in one file
MOST_SLOTS = 200_000  # cells of a web page, blank ones included
MOST_TAGS = 1_000_000  # of a web page
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384  # of the largest sheet a program has


class Counter:
    """Counts what is read of one file. Raises Refusal when it is more than a reader should hold."""

    def __init__(self, name: str, most: int = MOST_CELLS) -> None:
        self._name = name
        self._left = most

    def add(self, number: int = 1) -> None:
        """So many more were read."""
        self._left -= number
        if self._left < 0:
            raise Refusal(files.TOO_LARGE.format(name=self._name))
