"""Third reading: how a relation comes to its value, in words."""

from decimal import Decimal

from jixiao.figures import plain
from jixiao.law.explaining import explained
from jixiao.law.measures import measure
from jixiao.law.scoring import scored
from jixiao.relations.tree import Call, Fact, Facts, Least, Number, Operation, Rounded, Total, Tree, WhenScored
from jixiao.relations.values import FULL_WEIGHT, addends_of, known_of, number, value
from jixiao.wording import relations as wording


def words(tree: Tree, facts: Facts) -> str:
    """The relation with its figures (``17.29 ÷ 17.32 = 99.83%``); empty where it has no value."""
    answer = value(tree, facts)
    if isinstance(tree, WhenScored):
        return "" if answer is None else words(tree.body, facts)
    if isinstance(tree, Call):
        try:
            return _looked_up(tree, facts, answer)
        except ValueError:  # an unknown nature explains nothing
            return ""
    if not isinstance(answer, Decimal) or isinstance(tree, Fact):  # a fact as it stands comes from nothing else
        return ""
    is_rate = isinstance(tree, Rounded) and tree.rate
    return wording.equation(_written(tree, facts), wording.result(answer, is_rate))


def _written(tree: Tree, facts: Facts) -> str:
    match tree:
        case Rounded(body, _, _):
            return _written(body, facts)
        case Total():
            return wording.summed(addends_of(tree, facts))
        case Operation(sign, left, right):
            return f"{_bracketed(left, facts)} {wording.SIGNS[sign]} {_bracketed(right, facts)}"
        case Least(left, right):
            return _written(_smaller(left, right, facts), facts)
        case _:
            return plain(number(tree, facts) or Decimal(0))


def _bracketed(tree: Tree, facts: Facts) -> str:
    shown = _smaller(tree.left, tree.right, facts) if isinstance(tree, Least) else tree
    text = _written(shown, facts)
    return text if isinstance(shown, Fact | Number) else f"({text})"


def _smaller(left: Tree, right: Tree, facts: Facts) -> Tree:
    """The side that decides a minimum: naming the other would only blur the sum."""
    return min((left, right), key=lambda side: number(side, facts) or Decimal(0))


def _looked_up(call: Call, facts: Facts, answer: Decimal | str | None) -> str:
    known = [None if argument is None else known_of(argument, facts) for argument in call.arguments]
    match call.name, known, answer:
        case "PERF_SCORE", [str() | Decimal() as target, str() | Decimal() as actual, Decimal() as weight, nature], _:
            found = scored(measure(target), measure(actual), weight, str(nature or ""), call.scheme)
            return explained(found, weight, call.scheme.reverse)
        case "PERF_COMPLETION", [actual, target], Decimal():
            return wording.equation(f"{_shown(actual)} ÷ {_shown(target)}", wording.result(answer, True))
        case "PERF_GRADE", [Decimal() as total], str():
            least = next(band.least for band in call.scheme.grades if band.grade == answer)
            return wording.graded(total, answer, least)
        case "PERF_WEIGHT_DIFF", [Decimal() as total], Decimal():
            return wording.weights_off(total, FULL_WEIGHT)
        case _:
            return ""


def _shown(known: Decimal | str | None) -> str:
    return plain(known) if isinstance(known, Decimal) else str(known)
