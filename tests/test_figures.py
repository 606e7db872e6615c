"""Printed numbers: expected values worked out by hand, or known from Excel."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import format_of, from_float, parse, plain, printed, rounded


@pytest.mark.parametrize(
    ("number", "places", "expected"),
    [
        ("2.345", 2, "2.35"),  # half away from zero
        ("-2.345", 2, "-2.35"),
        ("2.5", 0, "3"),
        ("1.005", 2, "1.01"),  # binary floats would give 1.00
        ("6.958762886597938", 2, "6.96"),  # 大同: 10 × 135 ÷ 194
        ("2.994803695150115", 2, "2.99"),  # 五华: 3 × 17.29 ÷ 17.32
        ("0.99826789838", 4, "0.9983"),
    ],
)
def test_rounding_is_excels(number: str, places: int, expected: str) -> None:
    assert str(rounded(Decimal(number), places)) == expected


@pytest.mark.parametrize(
    ("text", "value", "quantum"),
    [
        ("17.32", "17.32", "0.01"),
        (" 1,234.5 ", "1234.5", "0.1"),
        ("99.83%", "0.9983", "0.0001"),
        ("１００％", "1", "0.01"),
        ("70%", "0.7", "0.01"),
        ("-3", "-3", "1"),
        ("0.00", "0", "0.01"),
    ],
)
def test_printed_numbers_are_read_with_their_precision(text: str, value: str, quantum: str) -> None:
    figure = parse(text)
    assert figure is not None
    assert (figure.value, figure.quantum) == (Decimal(value), Decimal(quantum))


@pytest.mark.parametrize("text", ["", "及时", "≥95%", "1,23", "3个", "/", "—", "1 2 年", "100%%", ".", "-"])
def test_anything_else_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_a_printed_number_is_a_closed_interval() -> None:
    figure = parse("17.32")
    assert figure is not None
    assert figure.interval == (Decimal("17.315"), Decimal("17.325"))
    assert figure.interval.holds(Decimal("17.325"))


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        ("0.9983", "0.00%", "99.83%"),
        ("0.6959", "0%", "70%"),
        ("17.32", "0.00", "17.32"),
        ("194", "0.00", "194.00"),
        ("194", "General", "194"),
        ("1234567.5", "#,##0.00", "1,234,567.50"),
        ("2023", '"（"0"）年度"', "（2023）年度"),
        ("0.1", "0.0#", "0.1"),
        ("-0.001", "0.00", "0.00"),
        ("20.0", "General", "20"),
    ],
)
def test_numbers_print_as_in_a_spreadsheet(value: str, number_format: str, expected: str) -> None:
    assert printed(Decimal(value), number_format) == expected


@pytest.mark.parametrize(
    ("text", "own", "expected"),
    [("194", "0.00", "General"), ("70%", "0.00%", "0%"), ("1.50", "General", "0.00"), ("1.27", "0.00", "0.00")],
)
def test_a_stated_number_keeps_its_print(text: str, own: str, expected: str) -> None:
    figure = parse(text)
    assert figure is not None
    assert format_of(figure, text, own) == expected


def test_leading_zeros_are_no_number_format() -> None:
    figure = parse("007")
    assert figure is not None
    assert format_of(figure, "007", "General") is None


@given(st.integers(-(10**9), 10**9), st.integers(0, 4))
def test_print_and_parse_are_inverse(units: int, decimals: int) -> None:
    value = Decimal(units).scaleb(-decimals)
    number_format = "0." + "0" * decimals if decimals else "0"
    figure = parse(printed(value, number_format))
    assert figure is not None
    assert figure.value == value
    assert figure.quantum == Decimal(1).scaleb(-decimals)


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_floats_lose_only_their_noise(number: float) -> None:
    assert float(from_float(number)) == pytest.approx(number, rel=1e-14)


def test_binary_noise_is_gone() -> None:
    assert from_float(0.1 + 0.2) == Decimal("0.3")
    assert plain(from_float(2.9900000000000002)) == "2.99"
