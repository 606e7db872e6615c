"""Sums are held against the bounds of their relation: the same verdict as the rule of the half digits worked out by hand."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from evaluations import evaluation, found
from hypothesis import example, given
from hypothesis import strategies as st

from jixiao.checks.operands import sum_gap
from jixiao.evaluation import Evaluation
from jixiao.figures import parse
from jixiao.findings import Severity
from jixiao.law import scheme

NATIONAL = scheme("national-2020")
SOURCES = ("财政拨款", "上年结转", "财政专户", "单位资金", "其他资金")
PLACES = st.integers(0, 3)


def by_hand(total: str, parts: Sequence[str]) -> Severity | None:
    """n parts and their total may each hide half a digit of the most precise of them; exactly that much is a note."""
    figures = [figure for figure in map(parse, [total, *parts]) if figure]
    stated, *addends = [figure.value for figure in figures]
    if not addends:
        return None
    gap = abs(sum(addends, Decimal(0)) - stated)
    limit = (len(addends) + 1) * min(figure.quantum for figure in figures) / 2
    return Severity.ERROR if gap > limit else Severity.INFO if gap == limit else None


@st.composite
def printed_sums(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A total beside its parts, as precise as they come, some blank: right, wrong, or off by a few half digits."""
    parts = draw(st.lists(st.decimals(0, 5000, places=3), min_size=1, max_size=5))
    texts = [f"{part:.{draw(PLACES)}f}" for part in parts]
    texts = [draw(st.sampled_from([text, text, text, ""])) for text in texts]
    finest = min((figure.quantum for figure in map(parse, texts) if figure), default=Decimal("0.01"))
    halves = draw(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7, len(texts) + 1, 200])) * draw(st.sampled_from([1, -1]))
    total = abs(sum((Decimal(text) for text in texts if text), Decimal(0)) + halves * finest / 2)
    return f"{total:.{draw(PLACES)}f}", texts


def form(total: str, sources: Sequence[str] = (), details: Sequence[str] = ()) -> Evaluation:
    """A form with these amounts in the column 年初预算数."""
    funds = [f"资金总额|{total}", *(f"{name}|{part}" for name, part in zip(SOURCES, sources, strict=False))]
    listed = [f"明细{number}|{part}" for number, part in enumerate(details, 1)]
    return evaluation(
        "national-2020",
        "\n".join(["资金|年初预算数", *funds]),
        "三级指标|分值|得分\n培训|100|100",
        details="\n".join(["明细|年初预算数", *listed]) if listed else "",
    )


AT_THE_LIMIT = ("205.02", ["180.00", "20.00", "5.00"])
MIXED = ("100", ["60", "39.6"])


@given(printed_sums())
@example(AT_THE_LIMIT)
@example(MIXED)
def test_the_bounds_of_a_sum_are_the_half_digits_of_its_figures(sums: tuple[str, list[str]]) -> None:
    total, parts = sums
    by_sources, by_details = form(total, sources=parts), form(total, details=parts)
    cell = by_sources.facts["funds.total.initial"]
    fact = "funds.total.initial"
    assert sum_gap(cell, by_sources.related("funds-sum", NATIONAL, fact)) == by_hand(total, parts)
    assert sum_gap(cell, by_details.related("details-sum", NATIONAL, fact)) == by_hand(total, parts)


def test_by_hand_knows_all_three_verdicts() -> None:
    assert by_hand(*AT_THE_LIMIT) is Severity.INFO
    assert by_hand(*MIXED) is Severity.ERROR  # 0.4 apart, limit 3 × 0.05
    assert by_hand("100", ["60.0", "39.9"]) is None


@pytest.mark.parametrize(
    ("total", "parts", "said"),
    [("100", ["60", "39.6"], "99.6"), ("100", ["60", "39"], None), ("1.2345", ["1.2340", "0.0"], "1.234")],
)
def test_a_precise_part_makes_the_whole_sum_precise(total: str, parts: list[str], said: str | None) -> None:
    """A limit from every figure's own digit would let 100 pass for 60 + 39.6: 1.05. The sum is told unrounded."""
    assert [finding.expected for finding in found(form(total, sources=parts), "R03")] == ([said] if said else [])
    assert [finding.expected for finding in found(form(total, details=parts), "R29")] == ([said] if said else [])


POINTS = st.decimals(0, 60, places=3)


OFF = st.sampled_from([Decimal(off) for off in ("0", "0", "0.001", "-0.01", "0.02", "-1")])


@given(st.lists(POINTS, min_size=1, max_size=4), st.sampled_from(["", "10", "7.125"]), OFF, st.none() | OFF)
def test_points_are_added_as_they_stand(
    scores: list[Decimal], execution: str, off: Decimal, off_100: Decimal | None
) -> None:
    """R05, R09: nothing is rounded, no half digit is allowed for."""
    missing = 100 - sum([*scores, Decimal(execution or 0)], Decimal(0))
    if off_100 is not None and missing > 1:  # a form whose weights are 100, or nearly
        scores = [*scores, missing + off_100]
    numbers = [*scores, Decimal(execution or 0)]
    total = sum(numbers, Decimal(0)) + off
    rows = [f"指标|及时|及时|{score}|{score}" for score in scores]
    one = evaluation(
        "national-2020",
        "资金|执行率\n资金总额|",
        "\n".join(["三级指标|指标值|完成值|分值|得分", *rows]),
        execution_weight=execution,
        execution_score=execution,
        total_score=str(total),
    )
    [sum_] = {one.related(f"{name}-total", NATIONAL).exact() for name in ("weights", "scores")}
    assert sum_ == sum(numbers)
    gap = abs(total - sum(numbers))
    severity = [Severity.ERROR if gap > Decimal("0.01") else Severity.INFO] if gap else []
    assert [finding.severity for finding in found(one, "R09") if finding.stated == str(total)] == severity
    assert bool(found(one, "R05")) is (sum(numbers) != 100)
