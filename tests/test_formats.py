"""Numbers, moments and texts as a spreadsheet prints them: against LibreOffice, and by hand where Excel prints otherwise."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import parse
from jixiao.formats import number_format
from jixiao.grid import Cell, Grid
from jixiao.hosts.package import PackageHost
from packages import MAIN, workbook, worksheet, zipped
from printed_formats import Row, package, rows


def shown(told: str, chosen: list[Row]) -> Grid:
    """The rows as we read them from a workbook."""
    data = package([row.code for row in chosen], [row.values for row in chosen], from_1904=chosen[0].from_1904)
    return PackageHost.from_bytes(data, f"{told}.xlsx").read().grids[0]


def ink(text: str) -> str:
    return re.sub(r"\s", "", text)


def as_ours(row: Row, value: str, told: str) -> str:
    """What LibreOffice prints; below zero programs do not agree about conditions, and all digits are told."""
    return value if value.startswith("-") and re.search(r"\[[<>=]", row.code) else told


@pytest.mark.parametrize("told", sorted({row.told for row in rows()}))
def test_every_format_prints_as_in_libreoffice(told: str) -> None:
    chosen = [row for row in rows() if row.told == told]
    grid = shown(told, chosen)
    different = [
        (row.code, value, grid.at(number, column).text, print_)
        for number, row in enumerate(chosen, 1)
        for column, (value, print_) in enumerate(zip(("0", *row.values), row.prints, strict=True), 1)
        if ink(grid.at(number, column).text) != ink(as_ours(row, value, print_))
    ]
    assert different == []


def test_the_table_is_whole() -> None:
    assert len(rows()) > 330 and sum(len(row.prints) for row in rows()) > 7_500


@pytest.mark.parametrize(
    ("code", "value", "text"),
    [
        ("0%", "1.005", "101%"),  # the digits Excel keeps, not the binary number
        ("0.", "5", "5."),
        ("0.##", "5", "5."),
        ("#.##", "0", "."),
        ("0%%", "0.5", "5000%%"),
        ('"合格"', "-5", "-合格"),
        ('0!.0,"万元"', "12345", "1.2万元"),  # ! is the Chinese \\
        ('0!.0,"万元"', "-12350", "-1.2万元"),
        ("0!.0000", "12345", "1.2345"),
        ('[>=10000]0!.0,"万";0', "99950", "10.0万"),
        ('[>=10000]0!.0,"万";0', "9999", "9999"),
        ("!A0", "5", "A5"),
        ("0!!", "5", "5!"),
        ('G/通用格式"元"', "0.5", "0.5元"),
        ('_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "0", "-"),
        ("0.00_ ;[红色]-0.00", "-12.5", "-12.50"),
        ("[DBNum2][$-804]0", "12", "12"),
        ("0_", "5", "5"),
        ("", "0.5", "0.5"),
        ("0.00", "1E+58", "1" + "0" * 58),
    ],
)
def test_numbers_as_excel_prints_them(code: str, value: str, text: str) -> None:
    assert number_format(code).number(Decimal(value)) == text


@pytest.mark.parametrize(
    "code",
    [
        *("# ?/?", "# ??/??", "?/?", "0/0", "# ?/4", "# ?/100", "0/", "/0"),
        *("0.00E+00", "0.0e+0", "##0.0E+0", "0E-00"),
        *("[>5]0", "[>5]0.0;[>9]0.0", "0;[>3]0.0", "[>9]0;-0;0.0"),
        *("0.0.0", ",0", "#,##0!.0000", "0.0,0", '0"千",', "@0", "0.00 kg", "EUR 0", "Standard", "BOOLEAN"),
    ],
)
def test_what_is_no_plain_print_keeps_the_whole_value(code: str) -> None:
    """A fraction, an exponent and what programs print differently must not become a wrong number."""
    for value in ("1234.5678", "-1234.5678", "0.25", "7"):
        figure = parse(number_format(code).number(Decimal(value)))
        assert figure is not None and figure.value == Decimal(value)


@pytest.mark.parametrize(
    ("code", "serial", "text"),
    [
        ("yyyy-mm-dd", "0", "1900-01-00"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "59", "1900-02-28"),
        ("yyyy-mm-dd", "60", "1900-02-29"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "2958465.9", "9999-12-31"),
        ("yyyy-mm-dd", "2958466", "2958466"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "1E+300", "1" + "0" * 300),
        ("yyyy/m/d h:mm", "45365.9999", "2024-03-14 23:59"),  # not yet the next day
        ("h:mm", "0.99999", "23:59"),
        ("h:mm", "0.4791666", "11:29"),  # 11:29:59.99
        ("h:mm", "0.479166666666667", "11:30"),  # as Excel keeps 11:30
        ("[h]:mm", "1.99999", "47:59"),
        ("mm:ss", "0.0100000", "00:14:24"),
        ("[h]", "1.5", "36:00"),
        ("m", "45366", "2024-03-15"),
        ("aaaa", "45366", "2024-03-15"),
        ("NNNN", "45366", "2024-03-15"),
        ("yyyy-mm-ddThh:mm", "45366.5", "2024-03-15 12:00"),
        ("h:mm:ss.00", "0.5", "12:00:00"),
        ("yyyy-mm-dd hh:mm", "2958465.9999999999", "2958466"),
    ],
)
def test_moments_before_1900_and_before_midnight(code: str, serial: str, text: str) -> None:
    assert number_format(code).number(Decimal(serial)) == text


def test_the_calendar_of_1904_ends_on_the_same_day() -> None:
    day = number_format("yyyy-mm-dd")
    assert [day.number(Decimal(serial), True) for serial in (0, 59, 2957003, 2957004)] == [
        *("1904-01-01", "1904-02-29", "9999-12-31"),
        "2957004",
    ]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("@", "甲"),
        ('"负责人："@', "负责人：甲"),
        ("0.00", "甲"),
        (";;;", ""),
        ('0;-0;0;"名："@', "名：甲"),
        ('"合格"', "甲"),
    ],
)
def test_texts_print_by_the_last_section(code: str, text: str) -> None:
    assert number_format(code).text("甲") == text


def test_formats_of_marked_cells_are_not_those_of_cells() -> None:
    """A conditional format may use the number of a cell's format for a code of its own."""
    styles = (
        f'<styleSheet {MAIN}><numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs>'
        '<dxfs count="1"><dxf><numFmt numFmtId="176" formatCode="0.00%"/></dxf></dxfs></styleSheet>'
    )
    parts = workbook(worksheet('<row><c s="1"><v>45366</v></c></row>'), **{"xl/styles.xml": styles})
    grid = PackageHost.from_bytes(zipped(parts), "手工.xlsx").read().grids[0]
    assert grid.at(1, 1) == Cell("2024-03-15", Decimal(45366))


@given(
    st.text('0#?.,%;@"\\!_* []<>=-/:()eEyYmdhsAaPpGgn年月元万¥+', max_size=24), st.decimals(-(10**9), 10**9, places=4)
)
def test_no_format_is_too_odd_to_print_by(code: str, value: Decimal) -> None:
    form = number_format(code)
    for from_1904 in (False, True):
        assert isinstance(form.number(value, from_1904), str)
    assert isinstance(form.text("甲"), str)
