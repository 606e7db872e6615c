"""Notes printed in a form: they say how it is filled in, and state nothing of the project."""

import re
from collections.abc import Sequence

from jixiao.forms.local.headings import plain
from jixiao.forms.local.lines import Line
from jixiao.forms.local.vocabulary import Vocabulary
from jixiao.forms.units import named_unit

_NOTE = re.compile(r"附?注(?:\d{1,2}|[:.、(])|填[表报]说明")
_POINT = re.compile(r"\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑩]|注\d")
_LABELS = ("identity", "text", "block", "goal", "total", "indicators")
_SCORING = ("执行率", "得")  # 执行率90%以上得10分: a rule of the form's own, which checks must hear of
_HEAD = 12  # letters that tell whether a text is a note


def behind_notes(lines: Sequence[Line], i: int, words: Vocabulary) -> int:
    """The line behind a note and its numbered points that begin in a line; that very line where none begins."""
    if not _is_alone(lines[i]) or not _NOTE.match(_begin(lines[i])):
        return i
    j = i + 1
    while j < len(lines) and _is_alone(lines[j]) and _is_point(lines[j], words):
        j += 1
    return j


def _is_point(line: Line, words: Vocabulary) -> bool:
    """Whether a line goes on with a note: 2.定性指标… It may be a label of its own too: 2.存在问题：…"""
    return bool(_POINT.match(_begin(line))) and not words.read(line.said[0].text, *_LABELS)


def _is_alone(line: Line) -> bool:
    """Whether a line is one cell of words; what names the unit, or prints how execution is scored, is more than a note."""
    if len(line.said) != 1 or line.said[0].numeric:
        return False
    text = line.said[0].text
    return not named_unit(text) and not all(word in text for word in _SCORING)


def _begin(line: Line) -> str:
    return plain(line.said[0].text[:_HEAD])
