"""What a form that evaluates still lacks, of the places it has: one list for the check, the report and the grade.

A form is begun where any actual value, score or executed amount stands; one that nobody has begun lacks nothing yet.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Indicator, Stated
from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.stated import answered, filled, number_of, text_of
from jixiao.evaluation.vocabulary import NOT_DONE

HEADINGS = ("project.name", "unit.name", "project.unit", "project.department", "year")
GOALS = ("goal.expected", "goal.actual")
RESULTS = ("total.score", "grade")


class Undone(NamedTuple):
    """An indicator nobody has finished: the cells still blank."""

    indicator: Indicator
    actual: Stated | None = None
    score: Stated | None = None


def begun(evaluation: Evaluation) -> bool:
    """Whether anybody has told anything of what was achieved."""
    achieved = (cell for row in evaluation.indicators for cell in (row.actual, row.score))
    return any(map(filled, achieved)) or any(filled(row.executed) for row in evaluation.funds)


def blank(evaluation: Evaluation) -> bool:
    """Whether nobody has stated anything: only what the form prints itself stands there, its year, and formulas."""
    return not any(_typed(cell) for name, cell in evaluation.facts.items() if not _preset(name)) and not any(
        _typed(cell)
        for table in evaluation.tables
        for row in evaluation.in_use(table)
        for field, cell in row.cells.items()
        if field not in row.printed and field not in _LABELS and not _preset(field)
    )


_LABELS = ("level1", "level2", "name", "nature", "unit", "explanation", "rubric", "source")
_BOXES = frozenset("□☐")


def _typed(cell: Stated) -> bool:
    return filled(cell) and cell.formula is None and not _BOXES.intersection(cell.text)


def _preset(name: str) -> bool:
    """Whether a new form may come with it: its weights, and the year it is for."""
    return name == "year" or name.endswith("weight")


def unscored(evaluation: Evaluation) -> list[Indicator]:
    """The weighted indicators without a score: while there are any, a total is not final and gives no grade."""
    return [row for row in evaluation.indicators if _weighed(row) and row.score is not None and _no_score(row)]


def _no_score(row: Indicator) -> bool:
    score = number_of(row.score)
    return score is None or score < 0


def undone(evaluation: Evaluation) -> Iterator[Undone]:
    """The indicators that ask for an actual value or a score and have none, but for those there was nothing to do for."""
    weighed = any(row.weight is not None for row in evaluation.indicators)
    for row in evaluation.indicators:
        if dropped(row) or (weighed and not _weighed(row)):
            continue
        actual = row.actual if asks_actual(row) else None
        score = row.score if _weighed(row) and _blank(row.score) else None
        if actual or score:
            yield Undone(row, actual, score)


def dropped(row: Indicator) -> bool:
    """Whether a row says that there was nothing to do for it (不涉及, 本年未实施), and why where the form asks that."""
    cells = (
        cell for cell in (row.actual, row.score, row.reason) if cell is not None and cell.figure is None and cell.text
    )
    return any(text_of(cell).startswith(NOT_DONE) for cell in cells) and (row.reason is None or filled(row.reason))


def asks_actual(row: Indicator) -> bool:
    """A printed column asks always; one kept right of the form for the report (报告用) only where a target is given."""
    if not _blank(row.actual) or row.actual is None:
        return False
    if row.score is None or row.actual.place.column is None or row.score.place.column is None:
        return True
    return row.actual.place.column < row.score.place.column or filled(row.target)


def blank_facts(evaluation: Evaluation, names: tuple[str, ...]) -> dict[str, Stated]:
    """Those of these facts for which the form has a place that nobody has filled."""
    cells = ((name, evaluation.facts.get(name)) for name in names)
    return {name: cell for name, cell in cells if cell is not None and _left(cell)}


def settled(evaluation: Evaluation) -> Evaluation:
    """The form as a report may tell it: a dash states nothing, and a formula gives no grade before all is scored.

    A grade somebody typed is never removed.
    """
    open_ = set(blank_facts(evaluation, (*HEADINGS, *GOALS, *RESULTS)))
    grade = evaluation.facts.get("grade")
    if grade is not None and grade.formula is not None and unscored(evaluation):
        open_.add("grade")
    if not open_:
        return evaluation
    emptied = {name: evaluation.facts[name]._replace(text="", figure=None) for name in open_}
    return evaluation.replaced({**evaluation.facts, **emptied})


def blank_amounts(evaluation: Evaluation) -> list[Stated]:
    """The totals of funds that are blank beside a source that is not."""
    total, sources = evaluation.fund(TOTAL), [row for row in evaluation.funds if not row.is_total]
    cells = ((name, getattr(total, name, None)) for name in AMOUNTS)
    return [
        cell
        for name, cell in cells
        if cell is not None and _left(cell) and any(number_of(getattr(row, name)) for row in sources)
    ]


def _left(cell: Stated) -> bool:
    """Whether a place is blank and waits for its user, not for a formula."""
    return _blank(cell) and cell.formula is None


def _weighed(row: Indicator) -> bool:
    return (number_of(row.weight) or Decimal(0)) > 0


def _blank(cell: Stated | None) -> bool:
    """Whether a place asks for something and nobody stated it; a formula without its result is not the user's to fill in."""
    return cell is not None and not answered(cell)
