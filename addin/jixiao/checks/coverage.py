"""What a check has looked at on one form, what it could not understand, and what it left open: silence is earned (R61)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.checks import scheme_for
from jixiao.checks.operands import amount_rows
from jixiao.evaluation import Evaluation, Indicator, Stage
from jixiao.evaluation.completeness import begun, blank
from jixiao.evaluation.entirety import missing_points
from jixiao.evaluation.funds import AMOUNTS
from jixiao.evaluation.stage import EVALUATED
from jixiao.evaluation.stated import Part, filled, number_of
from jixiao.findings import Finding, Severity
from jixiao.law.grades import grade_range
from jixiao.places import Place
from jixiao.wording import coverage as words

CODE = "R61"
_UNCHECKED = ("accounts", "survey", "tasks")
"""Tables that are read, and that no rule looks at."""


class Coverage(NamedTuple):
    """What became of one form: ``unread`` are the own words of what was not understood, by its kind."""

    place: Place
    blank: bool
    compared: Sequence[str]
    unread: Mapping[str, Sequence[str]]
    left: Sequence[str]

    @property
    def clean(self) -> bool:
        """Whether all of it was understood and compared, so that silence means something."""
        return not (self.blank or self.unread or self.left)

    @property
    def said(self) -> str:
        """``已核对：资金4行、指标11项、合计、等次；未读懂：2列（“备注”“说明”）``, without a full stop."""
        return words.BLANK_FORM if self.blank else words.covered(self.compared, self.unread, self.left)

    def line(self) -> str:
        """One line for people, which names the table of a Word file."""
        return words.of_table(self.place, self.said)

    def finding(self) -> Finding:
        """The same for other programs: an info whose place is the sheet or table; nothing to mark, nothing to count."""
        return Finding(CODE, Severity.INFO, self.said, [self.place])


def coverage(evaluation: Evaluation, place: Place) -> Coverage:
    """What of a form was looked at; ``place`` is its sheet or table."""
    return Coverage(
        Place(place.sheet, place.table),
        blank(evaluation),
        list(_compared(evaluation)),
        _unread(evaluation),
        list(_left(evaluation)),
    )


def _compared(evaluation: Evaluation) -> Iterator[str]:
    funds = sum(any(number_of(getattr(row, name)) is not None for name in AMOUNTS) for row in amount_rows(evaluation))
    indicators = sum(any(map(filled, (row.target, row.actual, row.weight, row.score))) for row in evaluation.indicators)
    if funds:
        yield words.FUNDS.format(count=funds)
    if indicators:
        yield words.INDICATORS.format(count=indicators)
    if _totals(evaluation) and not _total_open(evaluation):
        yield words.TOTAL
    if _grade_told(evaluation) and _grade_compared(evaluation):
        yield words.GRADE


def _unread(evaluation: Evaluation) -> dict[str, list[str]]:
    """What was not understood; a text that found no place is one of it, if it is not told already."""
    found: dict[str, list[str]] = {}
    for thing in evaluation.unread:
        found.setdefault(thing.part, []).append(thing.words)
    told = {thing.place.spot for thing in evaluation.unread}
    for cell in evaluation.unplaced:
        if cell.place.spot not in told:
            found.setdefault(Part.TEXT, []).append(cell.text)
    return found


def _left(evaluation: Evaluation) -> Iterator[str]:
    """What was not compared, and why."""
    if evaluation.stage is Stage.UNDECIDED:
        yield words.NO_STAGE
    if evaluation.indicators and evaluation.stage in EVALUATED and not begun(evaluation):
        yield words.NOT_BEGUN
    if not (evaluation.indicators or any(evaluation.in_use(table) for table in _UNCHECKED)):
        yield words.NO_INDICATORS
    apart = sum(map(_incomparable, evaluation.indicators)) if evaluation.stage in EVALUATED else 0
    if apart:
        yield words.INCOMPARABLE.format(count=apart)
    for table in _UNCHECKED:
        if rows := len(evaluation.in_use(table)):
            yield words.UNCHECKED.format(table=words.TABLES[table], count=rows)
    if reason := _total_open(evaluation):
        yield words.TOTAL_OPEN.format(reason=reason)
    if _grade_told(evaluation) and not _grade_compared(evaluation):
        yield words.GRADE_OPEN
    if not evaluation.unit and _bare_amounts(evaluation):
        yield words.NO_UNIT
    doubts = evaluation.doubtful.values()
    if headings := {doubt.cell.place.label.rpartition(" ")[2]: None for doubt in doubts if not doubt.in_label}:
        yield words.unsure(list(headings))
    if any(doubt.in_label for doubt in doubts):
        yield words.POINTS_IN_LABELS


def _totals(evaluation: Evaluation) -> list[str]:
    """The columns of which a form states a total."""
    return [column for column in ("weight", "score") if filled(evaluation.facts.get(f"total.{column}"))]


def _total_open(evaluation: Evaluation) -> str:
    """Why a total cannot be told from its parts; empty if it can, or if there is none."""
    scheme = scheme_for(evaluation)
    return next(filter(None, (missing_points(evaluation, scheme, column) for column in _totals(evaluation))), "")


def _grade_told(evaluation: Evaluation) -> bool:
    return filled(evaluation.facts.get("grade"))


def _grade_compared(evaluation: Evaluation) -> bool:
    """Whether a rule holds the grade against the total."""
    scheme = scheme_for(evaluation)
    if evaluation.stage not in EVALUATED or evaluation.number("total.score") is None:
        return False
    return bool(scheme.grades or grade_range(evaluation.text("grade"), scheme))


def _incomparable(row: Indicator) -> bool:
    """Whether a row tells a target and an actual value in figures that nobody can hold against each other."""
    return row.comparable is False and row.aim.words != row.done.words


def _bare_amounts(evaluation: Evaluation) -> bool:
    """Whether a form states amounts whose unit nothing tells."""
    amounts = (getattr(row, name) for row in amount_rows(evaluation) for name in AMOUNTS)
    return any(cell.figure and not cell.figure.unit for cell in amounts if cell is not None)
