"""Printed numbers: expected values worked out by hand, or known from Excel."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import Figure, entered, from_float, measured, parse, plain, rounded, shown
from jixiao.formats import format_of, printed


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


@pytest.mark.parametrize(
    "text", ["", "及时", "≥95%", "135.6万元", "16万", "3个百分点", "1,23", "3个", "/", "—", "1 2 年", "100%%", ".", "-"]
)
def test_anything_else_is_no_number(text: str) -> None:
    assert parse(text) is None


def test_only_a_percentage_has_a_unit_without_words() -> None:
    assert parse("45") == Figure(Decimal(45), Decimal(1), "", Decimal(1))
    assert parse("45%") == Figure(Decimal("0.45"), Decimal("0.01"), "%", Decimal(1))
    assert [figure.percent for figure in map(parse, ("45", "45%")) if figure] == [False, True]


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


# ---------------------------------------------------------------- numbers with a unit


@pytest.mark.parametrize(
    ("text", "value", "quantum", "unit", "amount"),
    [
        ("135.6万元", "135.6", "0.1", "元", "1356000"),
        ("1,727.58 万元", "1727.58", "0.01", "元", "17275800"),
        ("１．２亿元", "1.2", "0.1", "元", "120000000"),
        ("2万亿元", "2", "1", "元", "2000000000000"),
        ("5千元", "5", "1", "元", "5000"),
        ("3百万元", "3", "1", "元", "3000000"),
        ("-0.50元", "-0.5", "0.01", "元", "-0.5"),
        ("17.39元/人", "17.39", "0.01", "元/人", "17.39"),
        ("1.2万元／户", "1.2", "0.1", "元/户", "12000"),
        ("16万人次", "16", "1", "人次", "160000"),
        ("18.6万人", "18.6", "0.1", "人", "186000"),
        ("12 场", "12", "1", "场", "12"),
        ("3个", "3", "1", "个", "3"),
        ("93.5分", "93.5", "0.1", "分", "93.5"),
        ("45%", "0.45", "0.01", "%", "0.45"),
        ("９８．７０ ％", "0.987", "0.0001", "%", "0.987"),
        ("3个百分点", "3", "1", "个百分点", "0.03"),
        ("-1.25 个百分点", "-1.25", "0.01", "个百分点", "-0.0125"),
    ],
)
def test_a_number_is_read_with_its_unit(text: str, value: str, quantum: str, unit: str, amount: str) -> None:
    figure = measured(text)
    assert figure is not None
    assert (figure.value, figure.quantum, figure.unit) == (Decimal(value), Decimal(quantum), unit)
    assert figure.amount == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "135.6",
        "万元",
        "16万",
        "1,23万元",
        "135.6万",
        "约3万元",
        "3万元以上",
        "2023年",
        "3月",
        "5号",
        "3百分点",
        "8万%",
    ]
    + ["45%人", "3元/", "3/人", "1.2.3元", "--3元", "3个个", "优"],
)
def test_without_a_unit_we_know_nothing_is_measured(text: str) -> None:
    assert measured(text) is None


def test_a_measured_number_is_an_interval_of_amounts() -> None:
    figure = measured("1.2万元")
    assert figure is not None
    assert figure.interval == (Decimal("1.15"), Decimal("1.25"))
    assert figure.amounts == (11500, 12500)


def test_a_heading_s_unit_goes_to_bare_figures_only() -> None:
    bare = Figure(Decimal("17.32"), Decimal("0.01"))
    assert bare.of("万元") == measured("17.32万元")
    assert bare.of("％") == parse("17.32%")
    assert bare.of("") is None
    assert bare.of("度量单位") is None
    own = measured("1.2亿元")
    assert own is not None and own.of("万元") is own
    rate = parse("45%")
    assert rate is not None and rate.of("万元") is rate


UNITS = st.sampled_from(
    ["元", "千元", "万元", "亿元", "人", "万人", "人次", "万人次", "户", "件", "元/人", "分", "天", "%", "个百分点"]
)


@given(st.integers(-(10**9), 10**9), st.integers(0, 4), UNITS)
def test_a_unit_behind_the_number_says_what_one_in_the_heading_says(units: int, decimals: int, unit: str) -> None:
    text = printed(Decimal(units).scaleb(-decimals), "#,##0." + "0" * decimals if decimals else "#,##0")
    bare, figure = parse(text), measured(text + unit)
    assert bare is not None and figure is not None
    assert figure == bare.of(unit)
    assert bare.value == (figure.value * 100 if figure.percent else figure.value)
    assert figure.amounts.high - figure.amounts.low == figure.quantum * figure.scale
    assert figure.amounts.holds(figure.amount)


@given(st.decimals(-(10**6), 10**6, places=2), UNITS, st.sampled_from(["", " ", "　", "  "]))
def test_width_and_blanks_change_nothing(value: Decimal, unit: str, blank: str) -> None:
    wide = f"{value:f}".translate(str.maketrans("0123456789.-%", "０１２３４５６７８９．－％"))
    assert measured(f"{blank}{wide}{blank}{unit}{blank}") == measured(f"{value:f}{unit}")
    assert measured(f"{value:f}{unit}") is not None


@pytest.mark.parametrize(
    ("text", "value", "figure", "quantum"),
    [
        ("17.32", "17.3199", "17.32", "0.01"),
        ("(12.50)", "-12.5", "-12.5", "0.01"),
        ("¥1,234.50", "1234.5", "1234.5", "0.01"),
        ("-¥1,234.50", "-1234.5", "-1234.5", "0.01"),
        ("17.32万元", "17.32", "17.32", "0.01"),
        ("占99.83%", "0.99826789838", "0.9983", "0.0001"),
        ("-", "0", "0", "1"),
        ("持平", "0", "0", "1"),
    ],
)
def test_a_number_is_known_between_the_signs_of_its_format(text: str, value: str, figure: str, quantum: str) -> None:
    assert shown(text, Decimal(value)) == Figure(Decimal(figure), Decimal(quantum), "%" * ("%" in text))


def test_a_number_printed_in_ten_thousands_says_so() -> None:
    for text in ("1.2万元", "1.2万", "约1.2 万"):
        figure = shown(text, Decimal(12345))
        assert figure == Figure(Decimal("1.2"), Decimal("0.1"), scale=Decimal(10_000))
        assert figure.counted_in(Decimal(1)) == Figure(Decimal(12000), Decimal(1000))


@pytest.mark.parametrize(
    ("text", "value"),
    [("1.2万元", "1234500"), ("1.2万元", "1.5"), ("2024-03-15", "45366"), ("", "0"), ("合格", "1"), ("-", "5")],
)
def test_a_print_that_says_another_number_is_no_figure(text: str, value: str) -> None:
    assert shown(text, Decimal(value)) is None


@pytest.mark.parametrize(
    "text",
    [
        *("\ufeff86.90%", "86.90\u200b%", "\u200e86.90%\u200f", "\u206086.90%", "8\u00ad6.90%"),
        *("\u00a086.90%", "\u300086.90 %", "86.90\u2009%", "\u202f86.90\u00a0%", "８６．９０％", "86．90﹪"),
    ],
)
def test_what_cannot_be_seen_is_no_part_of_a_number(text: str) -> None:
    assert parse(text) == Figure(Decimal("0.869"), Decimal("0.0001"), "%")


@pytest.mark.parametrize("text", ["－０．５％", "\u22120.5%", "﹣0.5%", "-0.5%"])
def test_full_width_signs_are_signs(text: str) -> None:
    assert parse(text) == Figure(Decimal("-0.005"), Decimal("0.001"), "%")


def test_blanks_between_thousands_are_no_part_of_a_number() -> None:
    assert parse("1\u00a0234\u00a0567.5") == parse("1 234 567.5") == Figure(Decimal("1234567.5"), Decimal("0.1"))
    assert measured("\u300012\u200b万元\ufeff") == Figure(Decimal(12), Decimal(1), "元", Decimal(10_000))


# ---------------------------------------------------------------- numbers typed where one in a unit belongs


@pytest.mark.parametrize(
    ("text", "unit", "value", "quantum"),
    [
        ("17.32万元", "万元", "17.32", "0.01"),
        ("17.32\n万元", "万元", "17.32", "0.01"),
        ("17.32万", "万元", "17.32", "0.01"),
        ("¥17.32", "万元", "17.32", "0.01"),
        ("￥17,320.00", "元", "17320", "0.01"),
        ("-￥17.32万元", "万元", "-17.32", "0.01"),
        ("173200元", "万元", "17.32", "0.01"),
        ("１７３２４６．００元", "万元", "17.3246", "0.01"),
        ("0.5亿元", "万元", "5000", "1000"),
        ("1 234.56", "万元", "1234.56", "0.01"),
        ("17.32\u00a0", "万元", "17.32", "0.01"),
        ("(17.32)", "万元", "-17.32", "0.01"),
        ("（1,732.00万元）", "万元", "-1732", "0.01"),
        *(
            (f"17.32{note}", "万元", "17.32", "0.01")
            for note in ("①", "¹", "*", " ②③", "（注1）", "注", "万元①", "[注]\n")
        ),
        ("99.97分", "分", "99.97", "0.01"),
        ("１０ 分", "分", "10", "1"),
        ("1.2万人次", "人次", "12000", "1000"),
        ("99.83 %", "%", "0.9983", "0.0001"),
        ("99.83", "%", "0.9983", "0.0001"),
    ],
)
def test_what_is_typed_is_a_number_in_the_unit_of_its_cell(text: str, unit: str, value: str, quantum: str) -> None:
    figure = entered(text, unit)
    assert figure is not None
    assert (figure.value, figure.quantum, figure.heading) == (Decimal(value), Decimal(quantum), unit.removesuffix("%"))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        *((text, "万元") for text in ("17.32人", "17.32分", "17.32%", "3个百分点", "1,73246", "1,73246元", "约17万元")),
        *(
            (text, "万元")
            for text in ("", "¥", "()", "(-17.32)", "((17.32))", "(17.32", "17¥", "17①32", "①", "17\n18", "1÷2")
        ),
        *((text, "分") for text in ("（10）", "¥10", "10%", "10元", "10人", "满分")),
        ("17.32元", "人"),
        ("97分", "%"),
    ],
)
def test_another_unit_is_no_number_here(text: str, unit: str) -> None:
    assert entered(text, unit) is None


@given(
    st.integers(-(10**9), 10**9),
    st.sampled_from(["元", "千元", "万元", "亿元"]),
    st.sampled_from(["元", "万元", "亿元"]),
)
def test_amounts_in_whatever_unit_and_dress_are_one_amount(cents: int, typed: str, unit: str) -> None:
    amount = Decimal(cents).scaleb(-2)
    grouped = f"{abs(amount):,.2f}{typed}"
    minus = "-" if amount < 0 else ""
    wide = grouped.translate(str.maketrans("0123456789.,", "０１２３４５６７８９．，"))
    dresses = [minus + text for text in (grouped, wide, f"¥{grouped}", f"￥ {grouped}\u00a0")]
    dresses += [f"({grouped})", f"（{wide}）"] if minus else []
    for text in dresses:
        figure = entered(text, unit)
        assert figure is not None and figure.heading == unit
        assert figure.amount == measured(f"{amount:f}{typed}").amount  # type: ignore[union-attr]
