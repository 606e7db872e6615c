"""Weights: they add up to 100, level by level, and follow the customary split."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao.checks.operands import listed, numeric, points, sound
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Group, Related, Stage, Stated
from jixiao.evaluation.entirety import WITHOUT_EXECUTION, missing_points, unread_points
from jixiao.evaluation.stage import DECIDED
from jixiao.evaluation.stated import filled, number_of, text_of
from jixiao.evaluation.vocabulary import BUDGET_EXECUTION
from jixiao.figures import ZERO
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme
from jixiao.relations.catalogue import relation
from jixiao.relations.tree import Tree
from jixiao.relations.values import FULL_WEIGHT

_LEVELS = (
    "group1.weight[] group2.weight[]",
    "group1.weight[] indicators.weight[]",
    "group2.weight[] indicators.weight[]",
    "total.group1_weight group1.weight[]",
    "total.group2_weight group2.weight[]",
)

_OF_SEVERAL = 2 * min(WITHOUT_EXECUTION)
"""From here on the goals of several projects may stand in one list."""


def _begun(evaluation: Evaluation) -> bool:
    """Whether anybody has begun to tell what was achieved."""
    return any(filled(row.actual) or filled(row.score) for row in evaluation.indicators)


def _weighed(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether the weights are due; None where not all of them are in hand."""
    return _begun(evaluation) and (None if missing_points(evaluation, scheme, "weight") else True)


@rule("R05", of="indicators.weight[] (execution.weight)", where=_weighed)
def weights_are_100(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """各指标分值与预算执行率分值合计为100分；尚未填写完成值和得分的新表不查，来源不明的表分值不全或自有合计的也不查。"""
    if not _weighed(evaluation, scheme) or not (scheme.known or _all_weighed(evaluation)):
        return
    weights = evaluation.related("weights-total", scheme)
    sum_ = weights.exact()
    if sum_ is None or not numeric(evaluation.cells("indicators.weight[]")) or not sound(weights.operands):
        return
    if (
        sum_ == FULL_WEIGHT
        or any(_unbalanced(evaluation, scheme))
        or (not scheme.known and evaluation.number("total.weight") == sum_)
    ):
        return
    downwards = sorted(numeric(weights.operands), key=lambda cell: cell.place.row or 0)
    places = evaluation.cells("total.weight") or downwards
    yield say("R05", scheme, places, points(sum_), points(FULL_WEIGHT))


def _aimed(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether a form that only declares goals weighs them all; None where not all weights are read."""
    if not _all_weighed(evaluation) or "total.weight" in evaluation.facts:
        return False
    return None if unread_points(evaluation) else True


@rule("R05", of="indicators.weight[] (execution.weight)", where=_aimed, stages={Stage.GOAL})
def goal_weights(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """目标申报表各指标的分值合计为100分，预算执行率另计的为90分或80分。"""
    weights = evaluation.related("weights-total", scheme)
    sum_ = weights.exact()
    if not _aimed(evaluation, scheme) or sum_ is None or not sound(weights.operands):
        return
    if (
        1 < sum_ < _OF_SEVERAL
        and sum_ not in (FULL_WEIGHT, *WITHOUT_EXECUTION)
        and not any(_unbalanced(evaluation, scheme))
    ):
        yield say("R05.goal", scheme, numeric(weights.operands), points(sum_))


def _all_weighed(evaluation: Evaluation) -> bool:
    """Whether a form has a weight for each of its indicators."""
    return all(row.shared or number_of(row.weight) is not None for row in evaluation.indicators)


@rule("R06", of=_LEVELS, by_merges=True)
def levels_add_up(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """上级指标分值等于所含下级指标分值之和；各级合计相等。"""
    for group, expected in _unbalanced(evaluation, scheme):
        yield say("R06", scheme, [group.weight], group.weight.text.strip(), points(expected))
    for depth in (1, 2):
        groups = evaluation.related(f"group{depth}-total", scheme)
        sum_ = groups.exact() if sound(groups.operands) else None
        for printed in numeric(evaluation.cells(f"total.group{depth}_weight")):
            if sum_ is not None and printed.number != sum_:
                yield say("R06.total", scheme, [printed], printed.text.strip(), points(sum_))


def _unbalanced(evaluation: Evaluation, scheme: Scheme) -> list[tuple[Group, Decimal]]:
    """The printed weights that differ from the level below them, each with the sum it should be."""
    leaves = {row.row: row.weight for row in evaluation.indicators if row.weight}
    second = {group.members[0]: group for group in evaluation.groups if group.level == 2}
    tree = relation("group-weight", scheme)
    sums = [
        (group, _sum(tree, group, _below(group, second if group.level == 1 else {}, leaves)))
        for group in evaluation.groups
    ]
    shares = _shares(sums)
    return [
        (group, sum_)
        for group, sum_ in sums
        if sum_ is not None and group.weight.number not in (None, sum_) and not (shares and group.level == 1)
    ]


def _shares(sums: Sequence[tuple[Group, Decimal | None]]) -> bool:
    """Whether each first level is 100 in itself, and its weight its share of the whole (50 %, 25 %, 25 %)."""
    first = [(group.weight.number, sum_) for group, sum_ in sums if group.level == 1]
    whole = sum((weight or ZERO for weight, _ in first), ZERO)
    return len(first) > 1 and whole == FULL_WEIGHT and all(sum_ == FULL_WEIGHT for _, sum_ in first)


def _sum(tree: Tree, group: Group, below: Sequence[Stated]) -> Decimal | None:
    """What a printed weight should be; None where nothing is weighed below it, or not soundly."""
    return Related(tree, {"group.weight[]": below}).exact() if sound([group.weight, *below]) else None


def _below(group: Group, second: Mapping[int, Group], leaves: Mapping[int, Stated]) -> list[Stated]:
    """The weights of the next finer level under a printed weight; ``second`` by their first rows."""
    members = set(group.members)
    finer = [second[row] for row in group.members if row in second and members.issuperset(second[row].members)]
    if members and {row for other in finer for row in other.members} == members:
        return [other.weight for other in finer]
    return [leaves[row] for row in group.members if row in leaves]


def _split_alike(evaluation: Evaluation, scheme: Scheme) -> bool | None:
    """Whether a form has the level-1 names of its scheme, no more and no fewer; None if its weights are not 100."""
    split = _split(evaluation)
    return split.keys() == scheme.weights.keys() and (sum(split.values()) == FULL_WEIGHT or None)


@rule("R07", of="indicators.weight[] .level1[] (execution.weight) scheme.weights", where=_split_alike, stages=DECIDED)
def customary_split(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """一级指标分值一般按方案统一设置；可因项目调整，缺少某个一级指标的表不作比较。"""
    split = _split(evaluation)
    if not scheme.weights or split.keys() != scheme.weights.keys() or sum(split.values()) != FULL_WEIGHT:
        return
    if not sound(evaluation.related("weights-total", scheme).operands):
        return
    differing = [name for name, weight in split.items() if weight != scheme.weights[name]]
    if differing:
        yield say(
            "R07",
            scheme,
            _first_cells(evaluation, differing),
            listed(f"{name}{points(split[name])}" for name in differing),
            listed(f"{name}{points(scheme.weights[name])}" for name in differing),
        )


def _split(evaluation: Evaluation) -> dict[str, Decimal]:
    """Level-1 name -> its weight; 预算执行率 as one of them where it stands apart."""
    split: dict[str, Decimal] = {}
    for indicator in evaluation.indicators:
        name = text_of(indicator.level1)
        if name:
            split[name] = split.get(name, ZERO) + (number_of(indicator.weight) or ZERO)
    for cell in evaluation.apart("execution.weight"):
        split[BUDGET_EXECUTION] = cell.number or ZERO
    return split


def _first_cells(evaluation: Evaluation, names: list[str]) -> list[Stated]:
    cells = evaluation.apart("execution.weight") if BUDGET_EXECUTION in names else []
    for name in names:
        cells.extend(row.weight for row in evaluation.indicators if text_of(row.level1) == name and row.weight)
    return cells
