"""What attributes and cells state: a value, or a name for what is odd."""

from decimal import Decimal

import pytest

from jixiao.errors import Refusal
from jixiao.grid import Area, Cell, Change
from jixiao.hosts import stated
from jixiao.hosts.package import PackageHost
from jixiao.hosts.parts import Odd
from packages import MAIN, workbook, worksheet, zipped

STYLES = f'<styleSheet {MAIN}><cellXfs><xf/><xf numFmtId="2"/></cellXfs></styleSheet>'


@pytest.mark.parametrize(("text", "number"), [("7", 7), (" -7\n", -7), ("+7", 7), ("007", 7)])
def test_whole_numbers(text: str, number: int) -> None:
    assert stated.whole({"a": text}, "a") == number


@pytest.mark.parametrize("text", ["", "x", "1_0", "７", "1.0", "1e3", "9" * 19, "0x1", "1 0"])
def test_no_whole_numbers(text: str) -> None:
    with pytest.raises(Odd) as caught:
        stated.whole({"a": text}, "a")
    assert (caught.value.what, caught.value.value) == ("a", text)


def test_what_is_missing_has_no_value() -> None:
    with pytest.raises(Odd) as caught:
        stated.text({}, "a")
    assert (caught.value.what, caught.value.value) == ("a", None)


@pytest.mark.parametrize(
    ("ref", "area"), [("A1", (1, 1, 1, 1)), ("$B$2:C5", (2, 2, 5, 3)), ("C5:B2", (2, 2, 5, 3)), ("A1:XFD1048576", (1, 1, 1048576, 16384))]
)  # fmt: skip
def test_areas(ref: str, area: tuple[int, int, int, int]) -> None:
    assert stated.area({"ref": ref}) == Area(*area)


@pytest.mark.parametrize("ref", ["", "A1:", ":A1", "A:A", "1:4", "A0", "XFE1", "A1048577", "A1:B2:C3"])
def test_no_areas(ref: str) -> None:
    with pytest.raises(Odd):
        stated.area({"ref": ref})


def cell(content: str) -> Cell:
    parts = workbook(worksheet(f'<row r="1"><c r="A1" {content}</c></row>'), **{"xl/styles.xml": STYLES})
    return PackageHost.from_bytes(zipped(parts), "表.xlsx").read().grids[0].at(1, 1)


@pytest.mark.parametrize("text", ["NaN", "INF", "-Infinity", "1e999999999"])
def test_what_is_no_finite_number_is_a_text(text: str) -> None:
    """Offices show the text; a check says that it is no number."""
    assert cell(f's="1"><v>{text}</v>') == Cell(text, text)


@pytest.mark.parametrize(
    ("number", "printed"), [("1e58", "1" + "0" * 58), ("1e308", "1" + "0" * 308), ("-1E+30", "-1" + "0" * 30 + ".00"), ("1e-320", "0.00")]
)  # fmt: skip
def test_numbers_as_large_and_small_as_there_are(number: str, printed: str) -> None:
    """Of the largest nothing is left to round."""
    read = cell(f's="1"><v>{number}</v>')
    assert read.text == printed and read.value == Decimal(f"{float(number):.15g}")


def test_addresses_other_programs_read() -> None:
    """In lower case; with the signs of an absolute address. The row is that of its element."""
    rows = '<row r="3"><c r="b3"><v>1</v></c><c r="$D$3"><v>2</v></c></row>'
    read = PackageHost.from_bytes(zipped(workbook(worksheet(rows))), "表.xlsx").read().grids[0]
    assert {at: found.text for at, found in read.cells.items()} == {(3, 2): "1", (3, 4): "2"}


def test_styles_a_workbook_does_not_have_are_plain() -> None:
    assert cell('s="9"><v>0.5</v>') == Cell("0.5", Decimal("0.5"))


def test_a_module_of_old_macros_is_no_sheet_but_keeps_its_place() -> None:
    """Excel lists it with an empty relation; names count it."""
    names = '<definedNames><definedName name="a.b" localSheetId="2">表3!$A$1</definedName></definedNames>'
    more = '<sheet name="Module1" sheetId="2" r:id=""/><sheet name="表3" sheetId="3" r:id="rId2"/>'
    parts = workbook(worksheet(""), sheets=more, names=names, **{"xl/worksheets/sheet2.xml": worksheet("")})
    grids = PackageHost.from_bytes(zipped(parts), "表.xlsm").read().grids
    assert [grid.title for grid in grids] == ["表1", "表3"] and grids[1].names == {"a.b": Area(1, 1, 1, 1)}


def test_two_sheets_of_one_name_are_refused() -> None:
    """What is written to the second would reach the first."""
    parts = workbook(worksheet(""), sheets='<sheet name="表1" sheetId="2" r:id="rId1"/>')
    with pytest.raises(Refusal, match=r"表\.xlsx：.*xl/workbook\.xml 中 name 为“表1”"):
        PackageHost.from_bytes(zipped(parts), "表.xlsx")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><c r="B1"><v>1</v></c></c></row>',
        '<row r="5"><c r="A5"><row r="6"/></c></row>',
    ],
)
def test_nothing_is_written_where_rows_and_cells_are_in_no_order(rows: str) -> None:
    data = zipped(workbook(worksheet(rows)))
    with pytest.raises(Refusal, match=r"表\.xlsx：文件内容已损坏（xl/worksheets/sheet1\.xml 中"):
        PackageHost.from_bytes(data, "表.xlsx").write([Change("表1", row, 3, Decimal(1)) for row in (1, 2, 6)])
