"""R62: a total that the form itself makes the sum of a column."""

import pytest
from evaluations import found, stated

from jixiao.checks import check
from jixiao.checks.rulings import State, rulings
from jixiao.evaluation import Evaluation, Row
from jixiao.findings import Severity


def incomes(total: str, *amounts: str) -> Evaluation:
    """Income rows from line 5 and their printed total, of a form that has nothing else."""
    rows = [Row(line, {"amount": stated(text, "收入金额", line, 2)}) for line, text in enumerate(amounts, 5)]
    facts = {"total.income": stated(total, "收入合计", 20, 2)}
    return Evaluation("test", "national-2020", "", facts, {"income": rows}, sums={"total.income": "income.amount"})


INCOMES = incomes("603.52", "600.02", "3.50", "")


def state(form: Evaluation) -> State:
    [ruling] = [ruling for ruling in rulings(form) if ruling.rule.code == "R62"]
    return ruling.state


def test_a_right_sum_is_silent_and_was_looked_at() -> None:
    assert check(INCOMES) == []
    assert state(INCOMES) is State.CHECKED


def test_a_wrong_sum_is_told_with_what_it_should_be() -> None:
    [finding] = found(incomes("999.00", "600.02", "3.50"), "R62")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "999.00", "603.52")
    assert [place.cell for place in finding.places] == ["B20"]


@pytest.mark.parametrize(
    ("total", "severity"),
    [("100.00", None), ("100.01", None), ("100.02", Severity.INFO), ("100.03", Severity.ERROR)],
)
def test_every_printed_figure_may_hide_half_a_digit(total: str, severity: Severity | None) -> None:
    """Three addends and their total hide 4 × 0.005 = 0.02: within it silent, just at it an info, beyond it an error."""
    told = [finding.severity for finding in found(incomes(total, "33.33", "33.33", "33.34"), "R62")]
    assert told == ([severity] if severity else [])


def test_words_among_the_addends_are_r18_s_and_leave_the_sum_undecided() -> None:
    form = incomes("603.52", "600.02", "约3.5")
    [finding] = check(form)
    assert (finding.code, finding.stated) == ("R18", "约3.5")
    assert state(form) is State.UNDECIDED


def test_a_form_nobody_filled_in_has_nothing_to_look_at() -> None:
    assert check(incomes("", "", "")) == []
    assert state(incomes("", "", "")) is State.NOTHING
