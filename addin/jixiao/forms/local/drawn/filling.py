"""Who fills which cell of a local form, and by which relation: what its own columns and headings make certain."""

from collections.abc import Iterator, Mapping, Sequence

from jixiao.evaluation import Evaluation
from jixiao.evaluation.funds import AMOUNTS
from jixiao.evaluation.printed import denominator, execution_rule, rate_in_percent
from jixiao.formats import RATE
from jixiao.forms.drawing import FactSpec, Kind, Slot
from jixiao.forms.local.drawn.sums import in_one_unit, is_sum_of_sources, sum_of_points
from jixiao.forms.local.telling.facts import PRIVATE
from jixiao.forms.placement import Placement, Spot
from jixiao.grid import Grid
from jixiao.ours import LOCAL

_POINTS = "General"


def specs_of(evaluation: Evaluation, placement: Placement, slots: Mapping[Spot, Slot], grid: Grid) -> list[FactSpec]:
    """How every fact of the form is filled that is no plain input."""
    return [
        *_worded(slots),
        *_computed(evaluation, placement),
        *_totals(evaluation, placement, grid),
    ]


def _worded(slots: Mapping[Spot, Slot]) -> Iterator[FactSpec]:
    """What stands between words of the form is a text; persons are copied and not read."""
    for slot in slots.values():
        private = slot.fact in PRIVATE
        if private or slot.before or slot.after:
            number_format = "@" if slot.before or slot.after else "General"
            yield FactSpec(slot.fact, Kind.PRIVATE if private else Kind.INPUT, number_format)


def _computed(evaluation: Evaluation, placement: Placement) -> Iterator[FactSpec]:
    yield from _rates(evaluation, placement)
    rule = execution_rule(evaluation) if "execution.score" in placement.facts else ""
    if rule and in_one_unit(evaluation, _divided("funds.total", denominator(evaluation))):
        yield FactSpec("execution.score", Kind.SUGGESTED, _POINTS, relation=rule)
    if evaluation.scheme != LOCAL:
        yield FactSpec("indicators.score", Kind.SUGGESTED, _POINTS, relation="indicator-score")


def _rates(evaluation: Evaluation, placement: Placement) -> Iterator[FactSpec]:
    column = denominator(evaluation)
    percent = rate_in_percent(evaluation)
    relation, number_format = ("execution-rate-in-percent", "0.00") if percent else ("execution-rate", RATE)
    for fact in placement.facts:
        row, _, field = fact.rpartition(".")
        divided = _divided(row, column)
        if field == "rate" and column and divided[1] in placement.facts and in_one_unit(evaluation, divided):
            yield FactSpec(fact, Kind.COMPUTED, number_format, relation=f"{relation} of {column}")


def _divided(row: str, column: str) -> Sequence[str]:
    return f"{row}.executed", f"{row}.{column}"


def _totals(evaluation: Evaluation, placement: Placement, grid: Grid) -> Iterator[FactSpec]:
    for fact in placement.facts:
        row, _, column = fact.rpartition(".")
        if row == "funds.total" and column in AMOUNTS and is_sum_of_sources(fact, evaluation, placement):
            yield FactSpec(fact, Kind.COMPUTED, relation="funds-sum-exact")
    for column in ("weight", "score"):
        relation = sum_of_points(evaluation, placement, grid, column) if f"total.{column}" in placement.facts else ""
        if relation:
            yield FactSpec(f"total.{column}", Kind.COMPUTED, relation=relation)
