"""A grade stays open while a row with a weight has no score: ruling 14."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from jixiao.law import scheme
from jixiao.relations.catalogue import relation
from jixiao.relations.explanations import words
from jixiao.relations.former import former_formulas
from jixiao.relations.formulas import formula
from jixiao.relations.tree import Facts, Known
from jixiao.relations.values import shown, value

NATIONAL, WUHUA = scheme("national-2020"), scheme("wuhua-2024")
TABLE = ("indicators.weight", "indicators.score", "total.score")
CELLS = {"indicators.weight[]": "G2:G4", "indicators.score[]": "H2:H4", "total.score": "H5"}


def rows(weights: Sequence[Known], scores: Sequence[Known], total: Known = Decimal(95)) -> Facts:
    known: dict[str, Known | Sequence[Known]] = {
        "indicators.weight[]": weights,
        "indicators.score[]": scores,
        "total.score": total,
    }
    return known.get


TEN, NINE = Decimal(10), Decimal(9)


@pytest.mark.parametrize(
    ("weights", "scores", "expected"),
    [
        ([TEN, TEN], [NINE, NINE], "优"),
        ([TEN, TEN], [NINE, Decimal(0)], "优"),  # nothing earned is a score
        ([TEN, TEN], [NINE, None], None),
        ([TEN, None], [NINE, None], "优"),  # a row without weight owes none
        ([TEN, Decimal(0)], [NINE, None], "优"),
        ([TEN, TEN], [NINE, "—"], None),
        ([TEN, TEN], [NINE, "#NAME?"], None),
        ([TEN, TEN], [NINE, Decimal(-1)], None),  # refused elsewhere
        (["10", TEN], ["9", NINE], "优"),  # numbers typed as text, which fill turns into numbers
        ([None, None], [None, None], "优"),  # nothing is weighed: the total alone counts
    ],
)
def test_a_grade_waits_for_every_weighted_score(
    weights: list[Known], scores: list[Known], expected: str | None
) -> None:
    tree, known = relation("grade", NATIONAL, TABLE), rows(weights, scores)
    assert value(tree, known) == expected
    assert bool(words(tree, known)) is (expected is not None)


def test_a_total_that_is_refused_shows_once_all_is_scored() -> None:
    tree = relation("grade", NATIONAL, TABLE)
    assert shown(tree, rows([TEN], [NINE], "#VALUE!")) == "#VALUE!"
    assert shown(tree, rows([TEN], [None], "#VALUE!")) is None


def test_the_formula_asks_how_many_are_scored() -> None:
    open_ = 'COUNTIF(G2:G4,">0")>COUNTIFS(G2:G4,">0",H2:H4,">=0")'
    assert formula(relation("grade", NATIONAL, TABLE), CELLS.__getitem__) == f'IF({open_},"",PERF_GRADE(H5))'
    assert formula(relation("grade", WUHUA, TABLE), CELLS.__getitem__) == f'IF({open_},"",PERF_GRADE(H5,jx.scheme))'
    native = formula(relation("grade", NATIONAL, TABLE), CELLS.__getitem__, native=True)
    assert native.startswith(f'IF({open_},"",IF(ISNUMBER(FIND(')
    assert "PERF_" not in native


def test_what_earlier_versions_wrote_is_still_ours() -> None:
    first, last = former_formulas(relation("grade", WUHUA, TABLE), CELLS.__getitem__, native=False)
    assert first == last == "PERF_GRADE(H5,jx.scheme)"


def test_a_form_without_indicators_is_graded_by_its_total() -> None:
    assert relation("grade", NATIONAL, ("total.score",)).facts() == ["total.score"]
