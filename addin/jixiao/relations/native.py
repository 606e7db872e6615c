"""Look-ups written out in functions that Excel 2010, WPS and LibreOffice all know, for sheets without the add-in.

A formula cannot name an intermediate result there, so a reading of a cell is repeated wherever it is used. That makes long
text, but below Excel's limit of 8192 characters.
"""

from collections.abc import Callable, Mapping

from jixiao.figures import DASHES, plain
from jixiao.law.measures import NUMERALS
from jixiao.law.scheme import Scheme
from jixiao.relations.tree import Call, Tree
from jixiao.wording import workbook as wording

BY_SCHEME = frozenset({"PERF_GRADE", "PERF_SCORE"})
"""The functions whose result depends on the scheme."""

REFUSED = f'VALUE("{wording.REFUSED}")'
"""Shows #VALUE!, as the functions do for wrong input; whoever reads the formula reads why."""

_POSITIVE, _REVERSE, _EQUAL = "≥≧>＞", "≤≦<＜", "=＝﹦"
_QUALITATIVE = "定"
_DASHES = "||" + "".join(f"{dash}|" for dash in sorted(DASHES))  # || is a blank
_NOISE = " 　,%％" + _POSITIVE + _REVERSE + _EQUAL


def written(call: Call, text: Callable[[Tree], str]) -> str:
    """The look-up as a native formula; ``text`` writes an argument."""
    arguments = ["" if argument is None else text(argument) for argument in call.arguments]
    return _WRITERS[call.name](arguments, call.scheme)


def _grade(arguments: list[str], scheme: Scheme) -> str:
    total = arguments[0]
    out_of_bounds = f"OR({exact(total)}<0,{exact(total)}>100)"
    return f'IF({_nothing(total)},"",IF({out_of_bounds},{REFUSED},{graded(total, scheme)}))'


def exact(total: str) -> str:
    """A total without the tail of a float sum: 89.99999999999999 is 90. A text has none: that is an error."""
    return f"ROUND({total},9)"


def graded(total: str, scheme: Scheme) -> str:
    """The grade of a total from 0 to 100."""
    *better, worst = scheme.grades
    chain = f'"{worst.grade}"'
    for band in reversed(better):
        chain = f'IF({exact(total)}>={plain(band.least)},"{band.grade}",{chain})'
    return chain


def _weight_diff(arguments: list[str], scheme: Scheme) -> str:
    total = arguments[0]
    return f'IF({_nothing(total)},"",IF({total}<0,{REFUSED},ROUND({total}-100,2)))'


def _score(arguments: list[str], scheme: Scheme) -> str:
    target, actual, weight, nature = arguments
    blank = f'{words(target)}="",{words(actual)}="",{_nothing(weight)}'
    refused = f"COUNT({weight})=0,{weight}<0"
    judged = '""'
    if nature:
        unknown = f'AND(TRIM({nature})<>"",NOT({is_nature(nature)}))'
        refused += f",{unknown}"
        in_words = f'TRIM({nature})="",{_first(nature)}="{_QUALITATIVE}"'
        unread = f"AND({_names_number(target)},{_names_number(actual)})"  # ≥24场: these formulas know no units
        judged = f'IF(OR({in_words},{unread}),"",{REFUSED})'  # any other nature compares numbers
    answer = scored(target, actual, weight, nature, scheme, judged)
    return f'IF(OR({blank}),"",IF(OR({refused}),{REFUSED},{answer}))'


def scored(target: str, actual: str, weight: str, nature: str, scheme: Scheme, judged: str) -> str:
    """The score by numbers, else by equal words, else what is shown where a reviewer has to judge."""
    sign = f'IF(TRIM({nature})="",{_first(target)},{_first(nature)})' if nature else _first(target)
    limit, reached = _number(target), _number(actual)
    met = f"IF({_among(sign, _POSITIVE)},{reached}>={limit},{reached}<={limit})"
    share = f"IF({limit}>0,{_share(_ratio(actual, target), _among(sign, _REVERSE), scheme)},IF({met},1,0))"
    measured = f'ROUND({weight}*IF({sign}="{_QUALITATIVE}",NA(),{share}),2)'
    return f"IFERROR({measured},IF(EXACT({words(target)},{words(actual)}),{weight},{judged}))"


def is_nature(cell: str) -> str:
    """Whether a cell begins as one of the natures (指标性质) we know does."""
    return _among(_first(cell), _POSITIVE + _REVERSE + _EQUAL + _QUALITATIVE)


def _first(cell: str) -> str:
    return f"LEFT(TRIM({cell}))"


def _completion(arguments: list[str], scheme: Scheme) -> str:
    actual, target = arguments
    return f'IFERROR(ROUND({_ratio(actual, target)},4),"")'


def _share(ratio: str, reverse: str, scheme: Scheme) -> str:
    if scheme.reverse == "ratio":  # 1/MAX(1,ratio) where it must not exceed, with the long ratio only once
        return f"MAX(IF({reverse},1,0),MIN(IF({reverse},9^99,1),{ratio}))^IF({reverse},-1,1)"
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
    return f'VALUE({words(cell)}&"E0")'


def words(cell: str) -> str:
    """The text of a cell in half-width characters, without signs, spaces, thousands separators and percent signs."""
    return _without(_NOISE, f"ASC({cell})")


def _without(marks: str, text: str) -> str:
    for mark in marks:
        text = f'SUBSTITUTE({text},"{mark}","")'
    return text


def _names_number(cell: str) -> str:
    """Whether a text has anything of a number in it, as ``law.measures`` tells."""
    text = f"ASC({cell})"
    return f"{text}<>{_without(NUMERALS, text)}"


def _nothing(cell: str) -> str:
    """Whether no number is asked for: the cell is blank or holds a dash."""
    return _among(f'"|"&TRIM({cell})&"|"', _DASHES)


def _among(sign: str, signs: str) -> str:
    return f'ISNUMBER(FIND({sign},"{signs}"))'


_WRITERS: Mapping[str, Callable[[list[str], Scheme], str]] = {
    "PERF_GRADE": _grade,
    "PERF_SCORE": _score,
    "PERF_COMPLETION": _completion,
    "PERF_WEIGHT_DIFF": _weight_diff,
}
