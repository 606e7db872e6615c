"""Which totals of a local form are surely the sum of what stands above them, so that a formula may say so.

Only what cannot be otherwise: every part is read, the parts are of one kind, and no figure between them is left out.
"""

from collections.abc import Iterable
from decimal import Decimal

from jixiao.evaluation import Evaluation
from jixiao.evaluation.completeness import dropped
from jixiao.evaluation.entirety import of_indicators, unread_points
from jixiao.evaluation.stated import number_of
from jixiao.figures import UNITS_OF_MONEY, ZERO
from jixiao.forms.local.headings import heading
from jixiao.forms.placement import Placement
from jixiao.grid import Grid
from jixiao.relations.values import FULL_WEIGHT

_PARTITIONS = (
    frozenset({"fiscal", "carryover", "special", "own", "other"}),
    frozenset({"central", "province", "city", "district", "local", "other"}),
)
"""Sources of money that never tell once more what another of them tells."""


def is_sum_of_sources(fact: str, evaluation: Evaluation, placement: Placement) -> bool:
    """Whether an amount of the total row is the sum of its column: each source is sure, and told once."""
    column = fact.rpartition(".")[2]
    told = [name for name in evaluation.facts if name.startswith("funds.") and name.split(".")[2] == column]
    sources = {name.split(".")[1] for name in told} - {"total"}
    sure = all(name in placement.facts and name.count(".") == 2 for name in told)
    return bool(sources) and sure and in_one_unit(evaluation, told) and any(sources <= kind for kind in _PARTITIONS)


def in_one_unit(evaluation: Evaluation, facts: Iterable[str]) -> bool:
    """Whether no label of these amounts names another unit of money than the form: 财政拨款（万元） below 项目资金（元）."""
    labels = (evaluation.facts[fact].place.label for fact in facts if fact in evaluation.facts)
    units = {heading(words).unit for label in labels for words in label.split()}
    return units & {*UNITS_OF_MONEY} <= {evaluation.unit}


def sum_of_points(evaluation: Evaluation, placement: Placement, grid: Grid, column: str) -> str:
    """The relation of the total of weights or scores (``column``): with the points of 预算执行率, without them; "" if unsure."""
    band = placement.bands.get("indicators")
    if band is None or column not in band.columns or unread_points(evaluation):
        return ""
    if any(map(dropped, evaluation.indicators)) or not _complete(evaluation, placement, grid, column):
        return ""
    weights, execution = (
        of_indicators(evaluation, "weight"),
        number_of(evaluation.facts.get("execution.weight")) or ZERO,
    )
    whole = number_of(evaluation.facts.get("total.weight")) or FULL_WEIGHT
    if weights + execution == whole and (not execution or f"execution.{column}" in placement.facts):
        return {"weight": "weights-total", "score": "scores-total"}[column]
    return f"sum of indicators.{column}" if weights == whole else ""


def _complete(evaluation: Evaluation, placement: Placement, grid: Grid, column: str) -> bool:
    """Whether the figures in the column of the block are those of the indicators, each once and none besides."""
    band = placement.bands["indicators"]
    figures = (grid.at(row, band.columns[column]).figure for row in range(band.rows[0], band.rows[-1] + 1))
    found = [figure for figure in figures if figure]
    percent = any(figure.percent for figure in found)
    rows = len(evaluation.tables.get("indicators", ())) == len(band.rows)
    return (
        rows
        and not percent
        and sum((figure.value for figure in found), Decimal(0)) == of_indicators(evaluation, column)
    )
