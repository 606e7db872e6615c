"""Which lines head a table: one to three of them, without figures, every one with a heading that is known."""

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.forms.local.blocks.block import ACROSS, TABLE, TABLES, Column
from jixiao.forms.local.blocks.columns import columns_of, own_words
from jixiao.forms.local.blocks.kinds import is_block, kind_of
from jixiao.forms.local.headings import LONGEST, heading, plain
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary

_MOST_LINES = 3
_MOST_COLUMNS = 120
_LONGEST_BELOW = 20
_LEAST_BEFORE_POINTS = 3
COUNTS = ("栏次", "列次")
"""What stands before the numbers of columns."""

_LABELS = ("identity", "text", "source", "total", "goal")


class Head(NamedTuple):
    """The heading of a table."""

    kind: str
    lines: Sequence[Line]
    columns: Sequence[Column]
    label: str = ""  # the block label beside it
    beside: frozenset[str] = frozenset()  # all that stands left of its columns

    def is_left(self, piece: Piece) -> bool:
        """Whether a cell stands left of the columns."""
        return piece.left < self.columns[0].left

    def is_beside(self, piece: Piece) -> bool:
        """Whether a cell repeats what stands beside the whole table."""
        return piece.text in self.beside and self.is_left(piece)


class Heads:
    """The headings of a form, each line looked at once."""

    def __init__(self, lines: Sequence[Line], words: Vocabulary) -> None:
        self.lines, self._words = lines, words
        self._known: dict[int, Head | None] = {}

    def at(self, i: int) -> Head | None:
        """The heading that begins with a line; None if that line heads no table."""
        if i not in self._known:
            self._known[i] = head_at(self.lines, i, self._words)
        return self._known[i]


def head_at(lines: Sequence[Line], i: int, words: Vocabulary) -> Head | None:
    """The heading that begins with a line; None if that line heads no table."""
    first = _without_beside(lines, i)
    if not _may_head(first, words):
        return None
    lines = [*lines[:i], first, *lines[i + 1 :]] if first is not lines[i] else lines
    for height in range(1, _MOST_LINES + 1):
        heads = lines[i : i + height]
        if len(heads) < height or any(piece.numeric for piece in _words(heads[-1])):
            return None
        kind = kind_of(heads, lines[i + height : i + height + 3], words)
        if not kind or (height > 1 and len(_known(heads[0], kind, words)) < 2):
            continue
        while _heads_too(lines, i + height, kind, heads, words):
            height += 1
            heads = lines[i : i + height]
        label = next((p.text for line in heads for p in line.said if is_block(p, words, kind)), "")
        columns = columns_of(heads, kind, lines[i + height : i + height + 40], words)
        return Head(kind, heads, columns, label, _beside(heads, columns)) if columns else None
    return None


def _beside(heads: Sequence[Line], columns: Sequence[Column]) -> frozenset[str]:
    left = columns[0].left if columns else 0
    return frozenset(piece.text for line in heads for piece in line.pieces if piece.text and piece.right < left)


def unknown_at(lines: Sequence[Line], i: int, words: Vocabulary) -> Head | None:
    """A table none of whose headings is known: it is kept under its own words."""
    said, below = lines[i].said, lines[i + 1 : i + 3]
    rows = len(below) == 2 and all(len(line.said) > 2 for line in below)
    if not 4 <= len(said) <= _MOST_COLUMNS or not (rows or heads_figures(lines, i)):
        return None
    if any(p.numeric or len(heading(p.text).core) > 12 or words.read(p.text, *_LABELS) for p in said):
        return None
    return Head(TABLE, [lines[i]], [own_words(lines[i], piece) for piece in said])


def heads_figures(lines: Sequence[Line], i: int) -> bool:
    """Whether a line of words stands over one of figures."""
    said = lines[i].said
    if len(said) < 4 or i + 1 >= len(lines) or any(piece.numeric for piece in said):
        return False
    return sum(lines[i + 1].under(p.left, p.right).numeric for p in said[1:]) > len(said) / 2


def _may_head(line: Line, words: Vocabulary) -> bool:
    """A quick look: several short texts without figures, one of them known as a heading."""
    said = _words(line)
    if not 2 <= len(said) <= _MOST_COLUMNS or any(piece.numeric or heading(piece.text).value for piece in said):
        return False
    return any(words.read(text, *TABLES, "source") for text in line.texts)


def _without_beside(lines: Sequence[Line], i: int) -> Line:
    """A line without what stands beside its table: a figure behind the headings, what follows it, and nothing below."""
    line, below = lines[i], lines[i + 1 : i + 1 + _MOST_LINES]
    first = next((k for k, piece in enumerate(line.said) if piece.numeric), 0)
    if first <= _LEAST_BEFORE_POINTS or not below:
        return line
    beside = line.said[first:]
    if any(piece.text and piece.right >= beside[0].left for other in below for piece in other.pieces):
        return line
    return line.without({piece.spot for piece in beside})


def _words(line: Line) -> Sequence[Piece]:
    """The cells of a line but for points at its end, which stand for a heading (实际完成值 | 50)."""
    said = line.said
    points = len(said) > _LEAST_BEFORE_POINTS and said[-1].numeric and not any(piece.numeric for piece in said[:-1])
    return said[:-1] if points else said


def _known(line: Line, kind: str, words: Vocabulary) -> list[Piece]:
    blocks = ("source", "funds") if kind == ACROSS else (kind,)
    return [piece for piece in line.said if words.read(piece.text, *blocks)]


def _heads_too(lines: Sequence[Line], i: int, kind: str, above: Sequence[Line], words: Vocabulary) -> bool:
    """Whether one more line belongs to the heading."""
    if i >= len(lines) or len(above) >= _MOST_LINES or kind == ACROSS:
        return False
    line = lines[i]
    counted = any(plain(text) in COUNTS for text in line.texts)  # 类 | 款 | 项 | 栏次 | 1 | 2
    said = [piece for piece in line.said if not (counted and (piece.numeric or plain(piece.text) in COUNTS))]
    if not said or any(piece.numeric or len(piece.text) > LONGEST for piece in said):
        return False
    if line.texts == above[-1].texts:
        return False
    known = _known(line, kind, words)
    return (len(known) > 1 and len(known) * 2 > len(said)) or _is_below(line, above[-1])


def _is_below(line: Line, above: Line) -> bool:
    """Whether all that begins in a line stands under headings that it splits, while the other headings go on beside it."""
    goes_on = [p for p in line.pieces if not p.fresh and p.text and p.spot[0] == above.row]
    wide = [above.over(p.left) for p in line.said]
    split = len(set(wide)) < len(line.said) and all(p.fresh and p.right > p.left for p in wide)
    return len(goes_on) > 1 and split and all(len(text) <= _LONGEST_BELOW for text in line.texts)
