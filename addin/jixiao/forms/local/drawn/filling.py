"""Who fills which cell of a local form, and by which relation: what its own columns and headings make certain."""

from collections.abc import Iterator, Mapping

from jixiao.evaluation import Evaluation
from jixiao.forms.drawing import FactSpec, Kind, Slot
from jixiao.forms.local.telling.facts import PRIVATE
from jixiao.forms.placement import Placement, Spot


def specs_of(evaluation: Evaluation, placement: Placement, slots: Mapping[Spot, Slot]) -> list[FactSpec]:
    """How every fact of the form is filled that is no plain input."""
    return [*_worded(slots), *_computed(evaluation, placement)]


def _worded(slots: Mapping[Spot, Slot]) -> Iterator[FactSpec]:
    """What stands between words of the form is a text; persons are copied and not read."""
    for slot in slots.values():
        private = slot.fact in PRIVATE
        if private or slot.before or slot.after:
            number_format = "@" if slot.before or slot.after else "General"
            yield FactSpec(slot.fact, Kind.PRIVATE if private else Kind.INPUT, number_format)


def _computed(evaluation: Evaluation, placement: Placement) -> Iterator[FactSpec]:
    for fact in placement.facts:
        if fact.startswith("funds.") and fact.endswith(".rate"):
            yield FactSpec(fact, Kind.COMPUTED, "0.00%", relation="execution-rate")
