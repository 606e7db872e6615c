from decimal import Decimal

import pytest

from jixiao.errors import Refusal
from jixiao.law import scheme, scheme_ids


def test_the_three_schemes_are_dated_and_cited() -> None:
    assert scheme_ids() == ["national-2020", "sichuan-2023", "wuhua-2024"]
    for one in map(scheme, scheme_ids()):
        assert one.since == int(one.id[-4:])
        assert one.citation and one.execution_citation and one.reverse_citation


def test_national_weights_add_up_to_100() -> None:
    weights = scheme("national-2020").weights
    assert weights == {"产出指标": 50, "效益指标": 30, "满意度指标": 10, "预算执行率": 10}
    assert sum(weights.values()) == 100


@pytest.mark.parametrize(
    ("scheme_id", "denominator", "weight", "reason", "adjustment"),
    [
        ("national-2020", "adjusted", 10, None, False),
        ("sichuan-2023", "adjusted", 10, Decimal("0.9"), True),  # printed on the form: 低于90%须说明
        ("wuhua-2024", "arrived", None, None, False),  # 预算执行率 is a row of the table
    ],
)
def test_execution_rules(
    scheme_id: str, denominator: str, weight: int | None, reason: Decimal | None, adjustment: bool
) -> None:
    one = scheme(scheme_id)
    assert one.execution_denominator == denominator
    assert one.execution_weight == weight
    assert one.rate_needing_reason == reason
    assert one.adjustment_needs_reason is adjustment


def test_cost_is_an_output_nationally_and_stands_alone_in_sichuan() -> None:
    assert "成本指标" in scheme("national-2020").levels["产出指标"]
    assert "经济成本指标" in scheme("sichuan-2023").levels["成本指标"]
    assert "帮扶对象满意度指标" in scheme("sichuan-2023").levels["满意度指标"]


def test_a_scheme_is_read_once() -> None:
    assert scheme("national-2020") is scheme("national-2020")


@pytest.mark.parametrize("unknown", ["hubei-2019", "", "../../pyproject", "national-2020.toml"])
def test_an_unknown_scheme_is_refused_naming_the_known(unknown: str) -> None:
    with pytest.raises(Refusal, match="wuhua-2024"):
        scheme(unknown)
