"""What a report may read: before anything is said, formula errors become blanks and rows that name nothing go."""

from jixiao.evaluation import Evaluation, FundRow, Indicator, Stated
from jixiao.grid import is_failure
from jixiao.report.levels import printed


def legible(evaluation: Evaluation) -> Evaluation:
    """The evaluation without failed formulas (#NAME?, #VALUE! …) and without rows that have neither name nor weight."""
    rows = [Indicator(row.row, *map(_cleared, row[1:])) for row in evaluation.indicators]
    return evaluation._replace(
        facts={fact: _blanked(stated) for fact, stated in evaluation.facts.items()},
        funds=[FundRow(row.key, row.label, *map(_cleared, row[2:])) for row in evaluation.funds],
        indicators=[row for row in rows if printed(row.name) or printed(row.weight)],
        groups=[group._replace(weight=_blanked(group.weight)) for group in evaluation.groups],
    )


def _cleared(stated: Stated | None) -> Stated | None:
    return _blanked(stated) if stated else None


def _blanked(stated: Stated) -> Stated:
    """The cell itself, or the same cell as a blank: its place is still needed, to ask for what is missing."""
    return stated._replace(text="", figure=None, exact=None) if is_failure(stated.text.strip()) else stated
