"""Second reading: the relation as a formula of a spreadsheet, without its ``=``."""

from collections.abc import Callable

from jixiao.figures import plain
from jixiao.law.loading import DEFAULT
from jixiao.ours import SCHEME_NAME
from jixiao.relations import native as natively
from jixiao.relations.tree import (
    Call,
    Exceeds,
    Fact,
    Least,
    Number,
    Operation,
    Rounded,
    Total,
    Tree,
    Weight,
    WhenScored,
    WithUnit,
    ZeroOverZero,
)

Cells = Callable[[str], str]
"""Where a fact stands: a reference for a fact, a range for a column (``…[]``)."""


def formula(tree: Tree, cells: Cells, native: bool = False) -> str:
    """The formula of a relation: "" where a fact is blank or a denominator 0 (ruling 11), #VALUE! for a negative weight.

    Sums and rates are native in any case; look-ups call the PERF_* functions by their plain names, or with ``native`` are
    written out in functions that every spreadsheet since Excel 2010 knows.
    """
    if isinstance(tree, WhenScored):
        weights, scores = cells(tree.weights.name), cells(tree.scores.name)
        unscored = f'COUNTIF({weights},">0")>COUNTIFS({weights},">0",{scores},">=0")'
        return f'IF({unscored},"",{formula(tree.body, cells, native)})'
    if isinstance(tree, Call):
        return natively.written(tree, lambda part: argument(part, cells)) if native else _called(tree, cells)
    references = list(map(cells, tree.facts()))
    listed = ",".join(references)
    if isinstance(tree, Fact):
        return f'IF({listed}="","",{listed})'
    if isinstance(tree, Exceeds):
        amount = _text(tree.amount, cells)
        return f'IF({amount}="","",IF({amount}>{plain(tree.limit)},"{tree.more}","{tree.rest}"))'
    if isinstance(tree, Total):
        return f'IF(COUNT({listed})=0,"",{_text(tree, cells)})'
    body = _text(tree, cells)
    if any(isinstance(part, Operation) and part.sign == "/" for part in tree.walk()):
        body = f'IFERROR({body},"")'
    for weight in (cells(part.name) for part in tree.walk() if isinstance(part, Weight)):
        body = f"IF({weight}<0,{natively.REFUSED},{body})"
    return f'IF(COUNT({listed})<{len(references)},"",{body})'


def _text(tree: Tree, cells: Cells) -> str:
    match tree:
        case Fact(name):
            return cells(name)
        case Number(constant):
            return plain(constant)
        case ZeroOverZero(_, left, right):
            over, under = _bracketed(left, cells), _bracketed(right, cells)
            return f"{over}/IF(AND({over}=0,{under}=0),1,{under})"
        case Operation(sign, left, right):
            return f"{_bracketed(left, cells)}{sign}{_bracketed(right, cells)}"
        case Least(left, right):
            return f"MIN({_text(left, cells)},{_text(right, cells)})"
        case Rounded(body, places):
            return f"ROUND({_text(body, cells)},{places})"
        case Total(addends, places):
            return f"ROUND(SUM({','.join(cells(addend.name) for addend in addends)}),{places})"
        case _:
            raise TypeError(f"not a number: {tree!r}")


def _bracketed(tree: Tree, cells: Cells) -> str:
    text = _text(tree, cells)
    return f"({text})" if isinstance(tree, Operation) else text


def _called(call: Call, cells: Cells) -> str:
    arguments = ['""' if part is None else argument(part, cells) for part in call.arguments]
    if call.arguments[-1] is None:
        arguments.pop()
    if call.name in natively.BY_SCHEME and call.scheme.id != DEFAULT:
        arguments = [*arguments, *['""'] * (len(call.arguments) - len(arguments)), SCHEME_NAME]
    return f"{call.name}({','.join(arguments)})"


def argument(tree: Tree, cells: Cells) -> str:
    """A part of a look-up as its formula writes it."""
    match tree:
        case WithUnit(Fact(target), Fact(unit)):
            number, sign = cells(target), cells(unit)
            return f'{number}&IF(OR({sign}="%",{sign}="％"),"%","")'
        case _:
            return _text(tree, cells)
