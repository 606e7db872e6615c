"""What a report may read: before anything is said, formula errors become blanks, numbers lose the unit that was
typed behind them, and rows that name nothing go."""

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.known import ensure_known
from jixiao.evaluation.stated import text_of, without_unit
from jixiao.grid import is_failure


def legible(evaluation: Evaluation) -> Evaluation:
    """The evaluation without failed formulas (#NAME?, #VALUE! …) and without indicators that have neither name nor weight.

    Raises Refusal where the result of a formula is not known.
    """
    ensure_known(evaluation.every_cell())
    clean = evaluation.retold(_legible)
    named = {row.row for row in clean.indicators if text_of(row.name) or text_of(row.weight)}
    rows = [row for row in clean.tables.get("indicators", ()) if row.number in named]
    return clean.replaced(tables={**clean.tables, "indicators": rows})


def _legible(stated: Stated) -> Stated:
    """The cell as it may be told, or the same cell as a blank: its place is still needed, to ask for what is missing."""
    if is_failure(stated.text.strip()):
        return stated._replace(text="", figure=None, exact=None)
    return stated._replace(text=without_unit(stated)) if stated.figure else stated
