"""The marks of notes, set high behind a figure: 17.32¹ says 17.32, and that there is a note."""

import re
from collections.abc import Sequence

_MOST_PIECES, _MOST_LETTERS = 20, 40  # of what stands before a mark: a figure has no more
_LONGEST_MARK = 20
_FIGURE = r"[^\w]*\d[\d,，.．\s]*[%％]?[)）]?\s*(?:[^\W\d_A-Za-z米里]{1,4})?\s*"
_MARK = r"\s*[\[(（［〔]?(?:注?\s*[\d①-⑳]{1,3}|注|[*＊※]{1,3})[])）］〕]?\s*"


def is_note(before: Sequence[str], raised: str) -> bool:
    """Whether text set high is the mark of a note to the figure in the pieces before it.

    An exponent is none: m², 米³, 5×10⁴.
    """
    if len(before) > _MOST_PIECES or len(raised) > _LONGEST_MARK or not re.fullmatch(_MARK, raised):
        return False
    text = "".join(before)
    return len(text) <= _MOST_LETTERS and bool(re.fullmatch(_FIGURE, text))
