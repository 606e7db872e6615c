"""Formulas as earlier versions wrote them: a cell that holds one was not typed over.

Those of 0.1.0 differ where the operands are nothing or wrong: 0 of 0 was 0 in every quotient, and what is refused today was
blank. Until 0.2.0 a grade was given while scores were missing.
"""

from collections.abc import Callable, Mapping

from jixiao.law.scheme import Scheme
from jixiao.relations import native as today
from jixiao.relations.formulas import Cells, argument, formula
from jixiao.relations.tree import Call, Fact, Least, Operation, Rounded, Tree, Weight, WhenScored, ZeroOverZero


def former_formulas(tree: Tree, cells: Cells, native: bool) -> list[str]:
    """The formulas of a relation as earlier versions wrote them, the first version first; most are still the same."""
    if isinstance(tree, WhenScored):
        return [_first(tree.body, cells, native), formula(tree.body, cells, native)]
    return [_first(tree, cells, native)]


def _first(tree: Tree, cells: Cells, native: bool) -> str:
    if not isinstance(tree, Call):
        return formula(_unguarded(tree), cells)
    if native and tree.name in _WRITERS:
        arguments = ["" if part is None else argument(part, cells) for part in tree.arguments]
        return _WRITERS[tree.name](arguments, tree.scheme)
    text = formula(tree, cells, native)
    return f'IFERROR({text},"")' if tree.name == "PERF_COMPLETION" and not native else text


def _unguarded(tree: Tree) -> Tree:
    """The same equation without a look at its weight, and every quotient 0 where both sides are."""
    match tree:
        case Weight(name):
            return Fact(name)
        case Rounded(body, places, rate):
            return Rounded(_unguarded(body), places, rate)
        case Least(left, right):
            return Least(_unguarded(left), _unguarded(right))
        case Operation("/", left, right):
            return ZeroOverZero(_unguarded(left), _unguarded(right))
        case Operation(sign, left, right):
            return Operation(sign, _unguarded(left), _unguarded(right))
        case _:
            return tree


def _grade(arguments: list[str], scheme: Scheme) -> str:
    total = arguments[0]
    out_of_bounds = f"OR({today.exact(total)}<0,{today.exact(total)}>100)"
    return f'IF(COUNT({total})=0,"",IF({out_of_bounds},"",{today.graded(total, scheme)}))'


def _weight_diff(arguments: list[str], scheme: Scheme) -> str:
    return f'IF(COUNT({arguments[0]})=0,"",ROUND({arguments[0]}-100,2))'


def _score(arguments: list[str], scheme: Scheme) -> str:
    target, actual, weight, nature = arguments
    blank = f'{today.words(target)}="",{today.words(actual)}="",COUNT({weight})=0,{weight}<0'
    if nature:
        blank += f',AND(TRIM({nature})<>"",NOT({today.is_nature(nature)}))'
    answer = today.scored(target, actual, weight, nature, scheme, '""')
    return f'IF(OR({blank}),"",{answer})'


_WRITERS: Mapping[str, Callable[[list[str], Scheme], str]] = {
    "PERF_GRADE": _grade,
    "PERF_SCORE": _score,
    "PERF_WEIGHT_DIFF": _weight_diff,
}
