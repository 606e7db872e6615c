"""What targets and actual values say, and when two of them are compared: two tables written by hand, and what always holds."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import rounded
from jixiao.law.measures import Measure, comparable, measure, ratio, slipped, sure

KINDS = {"数": "number", "区间": "range", "日期": "date", "文字": "words"}
FULL_WIDTH = {0x21 + offset: 0xFF01 + offset for offset in range(94)}


def table(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [["" if cell == "-" else cell for cell in line.split("\t")] for line in lines if not line.startswith("#")]


@pytest.mark.parametrize(("text", "sign", "quantity", "unit", "kind", "about"), table("values.tsv"))
def test_what_a_value_says(text: str, sign: str, quantity: str, unit: str, kind: str, about: str) -> None:
    found = measure(text)
    assert (found.sign, found.unit, found.kind, found.about) == (sign, unit, KINDS[kind], about)
    assert found.day == (quantity if kind == "日期" else "")
    assert found.quantity == (Decimal(quantity) if kind == "数" else None)


@pytest.mark.parametrize("text", [row[0] for row in table("values.tsv")])
def test_widths_say_the_same(text: str) -> None:
    assert measure(text.translate(FULL_WIDTH)) == measure(text)


@pytest.mark.parametrize(("target", "actual", "expected", "why"), table("pairs.tsv"))
def test_only_what_speaks_of_the_same_thing_is_compared(target: str, actual: str, expected: str, why: str) -> None:
    found = ratio(measure(actual), measure(target))
    assert (None if found is None else rounded(found, 4)) == (None if expected == "不比" else Decimal(expected)), why


def test_a_target_of_nothing_is_comparable_but_has_no_ratio() -> None:
    assert comparable(measure("2起"), measure("0起"))
    assert ratio(measure("2起"), measure("0起")) is None


@pytest.mark.parametrize(
    ("text", "unit", "quantity", "base"),
    [
        ("16", "万人次", 160_000, "人次"),
        ("16", "万元", 160_000, "元"),
        ("16", "%", 16, ""),  # percent signs have their own rule
        ("16人", "户", 16, "人"),  # a unit of its own stays
        ("16", "", 16, ""),
        ("每亩16", "元", 16, "元"),
    ],
)
def test_a_bare_number_is_counted_in_the_unit_of_its_column(text: str, unit: str, quantity: int, base: str) -> None:
    found = measure(text).counted_in(unit)
    assert (found.quantity, found.unit) == (quantity, base)


def read_both(target: str, actual: str) -> tuple[Measure, Measure]:
    return measure(actual), measure(target)


@pytest.mark.parametrize(
    ("target", "actual", "limit", "expected"),
    [
        ("≥95%", "0.98", False, True),  # 98 %
        ("≥5%", "0.98", False, False),  # ruling 16
        ("≤5%", "0.98", True, False),
        ("≤20%", "0.5", True, False),  # half a per cent, or half
        ("≥20%", "0.25", False, True),  # 25 %
        ("≥5%", "4", False, True),
        ("≥5%", "0", False, True),
        ("≥5%", "0.98%", False, True),
        ("0.05", "4%", False, False),
        ("95", "0.98%", False, False),  # 95 of what?
        ("≥95%", "1200", False, False),  # a count, no share
        ("≥24场", "12场", False, True),
        ("3", "31200", False, False),
    ],
)
def test_what_can_be_read_in_two_ways_is_not_sure(target: str, actual: str, limit: bool, expected: bool) -> None:
    assert sure(*read_both(target, actual), limit=limit) is expected


@pytest.mark.parametrize(
    ("target", "actual", "expected"),
    [
        ("12万人次", "12", True),
        ("12万人次", "11.5", True),
        ("12万人次", "12人次", True),
        ("3", "31200", True),
        ("5万元", "48000元", False),  # understood
        ("3万张", "31200", False),  # 31200张
        ("3", "312", False),
        ("3", "300000", False),
        ("100%", "0.01%", False),
        ("12万人次", "12户", False),
        ("12万人次", "0", False),
    ],
)
def test_a_slip_of_ten_thousand(target: str, actual: str, expected: bool) -> None:
    assert slipped(*read_both(target, actual)) is expected


numbers = st.decimals(min_value="0.01", max_value=9999, places=2)
UNITS = ["人", "元", "人次", "元/户", "亩", "册"]


@given(numbers, numbers, st.sampled_from(UNITS))
def test_counting_in_ten_thousands_changes_no_ratio(target: Decimal, actual: Decimal, unit: str) -> None:
    plain = ratio(measure(f"{actual}{unit}"), measure(f"{target}{unit}"))
    assert plain == actual / target
    assert ratio(measure(f"{actual}万{unit}"), measure(f"{target}万{unit}")) == plain
    assert ratio(measure(f"{actual * 10_000}{unit}"), measure(f"{target}万{unit}")) == plain


@given(numbers, numbers, st.sampled_from(UNITS))
def test_without_one_unit_only_what_is_near_is_compared(target: Decimal, actual: Decimal, unit: str) -> None:
    near = target <= 10 * actual and actual <= 10 * target
    for pair in ((f"{actual}", f"{target}{unit}"), (f"{actual}{unit}", f"{target}")):
        assert ratio(*map(measure, pair)) == (actual / target if near else None)


@given(st.text(alphabet="0123456789.,%万亿百千元人次年月日前底-~/:（）≥≤<>=约每第不以上内 十二三分之", max_size=45))
def test_any_text_is_read(text: str) -> None:
    found = measure(text)
    assert (found.quantity is not None) == (found.kind == "number")
    assert not (found.worded and found.quantity is not None)


@pytest.mark.parametrize(
    "text", ["1" * 20_000, "年" * 20_000, "三" * 20_000, "≥" * 20_000, "1-" * 10_000, "1年1月" * 5_000, "已1" * 10_000]
)
def test_a_long_text_is_no_number(text: str) -> None:
    assert measure(text).kind == "words"
