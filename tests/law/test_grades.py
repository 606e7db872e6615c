from decimal import Decimal

import pytest

from jixiao.law import scheme, scheme_ids
from jixiao.law.grades import grade, stated_grade

NATIONAL = scheme("national-2020")


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("100", "优"), ("99.97", "优"), ("90", "优"), ("89.996", "良"), ("89.99", "良"), ("80", "良"), ("79.995", "中"),
        ("75.46", "中"), ("60", "中"), ("59.99", "差"), ("0", "差"),
    ],
)  # fmt: skip
def test_lower_ends_are_included_and_totals_are_not_rounded(total: str, expected: str) -> None:
    assert {grade(Decimal(total), scheme(one)) for one in scheme_ids() if scheme(one).grades} == {expected}


def test_a_scheme_without_grades_gives_none() -> None:
    with pytest.raises(ValueError, match="local has no grades"):
        grade(Decimal(95), scheme("local"))


@pytest.mark.parametrize("total", ["-0.01", "100.01"])
def test_a_total_is_out_of_100(total: str) -> None:
    with pytest.raises(ValueError, match="between 0 and 100"):
        grade(Decimal(total), NATIONAL)


@pytest.mark.parametrize(
    ("text", "expected"), [("优秀", "优"), (" 良好 ", "良"), ("中", "中"), ("较差", "差"), ("一等", None), ("", None)]
)
def test_wording_of_grades_drifts(text: str, expected: str | None) -> None:
    assert stated_grade(text, NATIONAL) == expected
