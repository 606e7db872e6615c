"""Relations in words: ``17.29 ÷ 17.32 = 99.83%``."""

from collections.abc import Sequence
from decimal import Decimal

from jixiao.figures import plain
from jixiao.formats import printed

SIGNS = {"+": "+", "-": "－", "*": "×", "/": "÷"}
_LONGEST_SUM = 12


def result(value: Decimal, rate: bool) -> str:
    """A result as the form prints it: a rate in percent, anything else plainly."""
    return printed(value, "0.00%") if rate else plain(value)


def equation(left: str, right: str) -> str:
    return f"{left} = {right}"


def summed(numbers: Sequence[Decimal]) -> str:
    """A sum written out; a long one by its first and last addends."""
    texts = list(map(plain, numbers))
    if len(texts) > _LONGEST_SUM:
        return f"{' + '.join(texts[:2])} + … + {texts[-1]}（共{len(texts)}项）"
    return " + ".join(texts)


def graded(total: Decimal, grade: str, least: Decimal) -> str:
    return f"{plain(total)}分，{plain(least)}分（含）以上，为“{grade}”" if least else f"{plain(total)}分，为“{grade}”"


def weights_off(total: Decimal, expected: Decimal) -> str:
    """How the sum of the weights compares with what it should be."""
    gap = total - expected
    if not gap:
        return f"分值合计{plain(total)}，相符"
    return f"分值合计{plain(total)}，应为{plain(expected)}，{'多' if gap > 0 else '少'}{plain(abs(gap))}"
