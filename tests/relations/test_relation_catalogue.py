from decimal import Decimal

import pytest

from jixiao.law import scheme
from jixiao.relations import RELATIONS, relation

NATIONAL, SICHUAN, WUHUA = map(scheme, ("national-2020", "sichuan-2023", "wuhua-2024"))
DATONG = (
    "funds.total.initial",
    "funds.fiscal.initial",
    "funds.fiscal.adjusted",
    "funds.carryover.initial",
    "funds.other.initial",
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("execution-rate", [".executed", ".arrived"]),
        ("execution-score", ["execution.weight", "funds.total.executed", "funds.total.arrived"]),
        ("arrival-rate", ["funds.total.arrived", "funds.total.initial"]),
        ("saving-rate", ["funds.total.initial", "funds.total.executed"]),
        ("indicator-score", [".target", ".actual", ".weight"]),
        ("completion", [".actual", ".target"]),
        ("group-weight", ["group.weight[]"]),
        ("group1-total", ["indicators.group1_weight[]"]),
        ("weight-diff", ["total.weight"]),
        ("grade", ["total.score"]),
    ],
)
def test_facts_that_relations_of_wuhua_read(name: str, expected: list[str]) -> None:
    assert relation(name, WUHUA).facts() == expected


def test_the_denominator_is_the_schemes() -> None:
    assert relation("execution-rate", NATIONAL).facts() == [".executed", ".adjusted"]


def test_nature_and_unit_are_read_where_the_form_has_them() -> None:
    present = {"indicators.nature", "indicators.unit"}
    assert relation("indicator-score", SICHUAN, present).facts() == [
        ".target",
        ".unit",
        ".actual",
        ".weight",
        ".nature",
    ]


def test_the_total_of_funds_is_the_sum_of_the_other_rows() -> None:
    found = relation("funds-sum", NATIONAL, DATONG, of="funds.total.initial").facts()
    assert found == ["funds.fiscal.initial", "funds.carryover.initial", "funds.other.initial"]


def test_the_total_of_details_is_their_column() -> None:
    assert relation("details-sum", WUHUA, of="funds.total.arrived").facts() == ["details.arrived[]"]


def test_execution_counts_once() -> None:
    present = {"execution.score", "execution.weight"}
    assert relation("scores-total", NATIONAL, present).facts() == ["indicators.score[]", "execution.score"]
    assert relation("weights-total", SICHUAN, present).facts() == ["indicators.weight[]", "execution.weight"]
    assert relation("scores-total", WUHUA, present).facts() == ["indicators.score[]", "execution.score"]
    assert relation("scores-total", NATIONAL, {"indicators.score"}).facts() == ["indicators.score[]"]


def test_an_unknown_relation_is_a_programming_error() -> None:
    with pytest.raises(KeyError):
        relation("guess", NATIONAL)


def test_every_relation_builds_under_every_scheme() -> None:
    for name in RELATIONS:
        for one in (NATIONAL, SICHUAN, WUHUA):
            if not name.startswith("funds-sum"):  # need the form's rows
                assert relation(name, one, DATONG, of="funds.total.initial").facts()


def test_numbers_of_a_rule_are_decimals() -> None:
    numbers = [part.value for part in relation("execution-score", NATIONAL).walk() if hasattr(part, "value")]
    assert numbers == [Decimal(1)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("execution-rate of arrived", [".executed", ".arrived"]),
        ("execution-rate-in-percent", [".executed", ".adjusted"]),
        ("execution-rate-in-percent of initial", [".executed", ".initial"]),
        ("execution-score of initial", ["execution.weight", "funds.total.executed", "funds.total.initial"]),
        ("execution-score of 20", ["funds.total.executed", "funds.total.adjusted"]),
        ("execution-score of 20 arrived", ["funds.total.executed", "funds.total.arrived"]),
        ("surplus-rate of initial", [".initial", ".executed"]),
    ],
)
def test_what_a_form_prints_goes_before_its_scheme(name: str, expected: list[str]) -> None:
    assert relation(name, NATIONAL).facts() == expected
