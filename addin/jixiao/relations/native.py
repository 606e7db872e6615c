"""Look-ups written out in functions that Excel 2010, WPS and LibreOffice all know, for sheets without the add-in.

A formula cannot name an intermediate result there, so a reading of a cell is repeated wherever it is used. That makes long
text, but below Excel's limit of 8192 characters.
"""

from collections.abc import Callable, Mapping

from jixiao.figures import plain
from jixiao.law.scheme import Scheme
from jixiao.relations.tree import Call, Tree

BY_SCHEME = frozenset({"PERF_GRADE", "PERF_SCORE"})
"""The functions whose result depends on the scheme."""

_POSITIVE, _REVERSE, _EQUAL = "≥≧>＞", "≤≦<＜", "=＝﹦"
_QUALITATIVE = "定"
_NOISE = " 　,%％" + _POSITIVE + _REVERSE + _EQUAL


def written(call: Call, text: Callable[[Tree], str]) -> str:
    """The look-up as a native formula; ``text`` writes an argument."""
    arguments = [None if argument is None else text(argument) for argument in call.arguments]
    return _WRITERS[call.name](arguments, call.scheme)


def _grade(arguments: list[str | None], scheme: Scheme) -> str:
    total = f"ROUND({arguments[0]},9)"  # a float sum of 89.99999999999999 is 90
    *better, worst = scheme.grades
    chain = f'"{worst.grade}"'
    for band in reversed(better):
        chain = f'IF({total}>={plain(band.least)},"{band.grade}",{chain})'
    return f'IF(COUNT({arguments[0]})=0,"",IF(OR({total}<0,{total}>100),"",{chain}))'


def _weight_diff(arguments: list[str | None], scheme: Scheme) -> str:
    return f'IF(COUNT({arguments[0]})=0,"",ROUND({arguments[0]}-100,2))'


def _score(arguments: list[str | None], scheme: Scheme) -> str:
    target, actual, weight, nature = (str(argument or "") for argument in arguments)
    sign = f"LEFT(TRIM({target}))"
    blank = f'{_words(target)}="",{_words(actual)}="",COUNT({weight})=0,{weight}<0'
    if nature:
        sign = f'IF(TRIM({nature})="",{sign},LEFT(TRIM({nature})))'
        known = _POSITIVE + _REVERSE + _EQUAL + _QUALITATIVE
        blank += f',AND(TRIM({nature})<>"",NOT({_among(f"LEFT(TRIM({nature}))", known)}))'
    limit, reached = _number(target), _number(actual)
    met = f"IF({_among(sign, _POSITIVE)},{reached}>={limit},{reached}<={limit})"
    share = f"IF({limit}>0,{_share(_ratio(actual, target), _among(sign, _REVERSE), scheme)},IF({met},1,0))"
    measured = f'ROUND({weight}*IF({sign}="{_QUALITATIVE}",NA(),{share}),2)'
    same_words = f'IF(EXACT({_words(target)},{_words(actual)}),{weight},"")'
    return f'IF(OR({blank}),"",IFERROR({measured},{same_words}))'


def _completion(arguments: list[str | None], scheme: Scheme) -> str:
    actual, target = (str(argument) for argument in arguments)
    return f'IFERROR(ROUND({_ratio(actual, target)},4),"")'


def _share(ratio: str, reverse: str, scheme: Scheme) -> str:
    if scheme.reverse == "ratio":
        return f"IF({reverse},1/MAX(1,{ratio}),MAX(0,MIN(1,{ratio})))"
    return f"MAX(0,MIN(1,IF({reverse},2,0)+IF({reverse},-1,1)*{ratio}))"


def _ratio(actual: str, target: str) -> str:
    """Actual / target with percent signs understood as ``law.measures`` does."""
    quotient = f"{_number(actual)}/{_number(target)}"
    here, there = _percent(actual), _percent(target)
    return f"{quotient}*IF({here}={there},1,IF({there},IF({quotient}<0.1,100,1),IF({quotient}>10,0.01,1)))"


def _percent(cell: str) -> str:
    return f'(RIGHT(TRIM(SUBSTITUTE({cell},"％","%")))="%")'


def _number(cell: str) -> str:
    """The numeral in a cell; an error for anything else. ``E0`` keeps dates from being taken for numbers."""
    return f'VALUE({_words(cell)}&"E0")'


def _words(cell: str) -> str:
    """The text of a cell in half-width characters, without signs, spaces, thousands separators and percent signs."""
    text = f"ASC({cell})"
    for mark in _NOISE:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return text


def _among(sign: str, signs: str) -> str:
    return f'ISNUMBER(FIND({sign},"{signs}"))'


_WRITERS: Mapping[str, Callable[[list[str | None], Scheme], str]] = {
    "PERF_GRADE": _grade,
    "PERF_SCORE": _score,
    "PERF_COMPLETION": _completion,
    "PERF_WEIGHT_DIFF": _weight_diff,
}
