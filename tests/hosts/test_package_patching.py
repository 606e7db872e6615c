"""Changes patched into packages: what was asked changes, every other byte stays."""

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.formula import ArrayFormula

from jixiao.errors import Refusal
from jixiao.grid import Change, Link
from jixiao.hosts.package import PackageHost
from packages import MAIN, unzipped, workbook, worksheet, zipped

SHEET = "xl/worksheets/sheet1.xml"
RICH = worksheet(
    '<row r="2" spans="1:3" ht="20" customHeight="1"><c r="A2" s="3" t="s"><v>0</v></c>'
    '<c r="C2" s="5"><f>A2*2</f><v>1</v></c></row>\n<row r="5" s="7" customFormat="1"/>'
    '<row r="8"><c r="B8" s="9"><f t="shared" ref="B8:B9" si="0">A8+1</f><v>1</v></c>'
    '<c r="D8"><f t="array" ref="D8:E8">A1:B1</f><v>0</v></c><c r="E8"><v>0</v></c></row>'
    '<row r="9"><c r="B9" s="9"><f t="shared" si="0"/><v>1</v></c></row>',
    before='<dimension ref="A2:E9"/><cols><col min="4" max="5" width="9" style="2"/></cols>',
    after='<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A12:B13"/></mergeCells>'
    '<dataValidations count="1"><dataValidation type="list" sqref="A2"><formula1>"甲,乙"</formula1></dataValidation>'
    '</dataValidations><legacyDrawing xmlns:r="x" r:id="rId9"/><extLst><ext uri="{1}"><x14:c xmlns:x14="y" r="A2"/></ext></extLst>',
)
EXTRAS = {
    "xl/vbaProject.bin": bytes(range(256)) * 9,
    "customUI/customUI14.xml": b"<customUI  xmlns='http://schemas.microsoft.com/office/2009/07/customui'/>",
    "xl/drawings/vmlDrawing1.vml": b"<xml xmlns:v='urn:schemas-microsoft-com:vml'><v:shape/></xml>",
    "xl/comments1.xml": "<comments><!-- 批注 --></comments>",
    "xl/sharedStrings.xml": '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>旧</t></si></sst>',
    "xl/calcChain.xml": "<calcChain/>",
}


OURS = '<definedNames><definedName name="jx.form" localSheetId="0">"x"</definedName></definedNames>'


def host(sheet: str = RICH, names: str = OURS, **more: str) -> PackageHost:
    return PackageHost.from_bytes(zipped(workbook(sheet, names=names, **(EXTRAS | more))), "表.xlsm")


def after(*changes: Change, sheet: str = RICH) -> str:
    patched = host(sheet)
    patched.write(changes)
    return unzipped(patched.to_bytes())[SHEET].decode()


def change(cell: str, value: object, formula: str | None = None) -> Change:
    column, row = re.fullmatch(r"([A-Z])(\d+)", cell).groups()
    return Change("表1", int(row), ord(column) - 64, Decimal(value) if type(value) is int else value, formula)


@pytest.mark.parametrize(
    ("asked", "old", "new"),
    [
        (change("A2", 5), '<c r="A2" s="3" t="s"><v>0</v></c>', '<c r="A2" s="3"><v>5</v></c>'),
        (change("A2", Decimal("0.30")), '<c r="A2" s="3" t="s"><v>0</v></c>', '<c r="A2" s="3"><v>0.3</v></c>'),
        (change("A2", None), '<c r="A2" s="3" t="s"><v>0</v></c>', '<c r="A2" s="3"/>'),
        (change("A2", True), '<c r="A2" s="3" t="s"><v>0</v></c>', '<c r="A2" s="3" t="b"><v>1</v></c>'),
        (change("C2", 7, "A2*2"), '<f>A2*2</f><v>1</v>', "<f>A2*2</f><v>7</v>"),
        (change("C2", None, "A2*2"), ' s="5"><f>A2*2</f><v>1</v>', ' s="5" t="str"><f>A2*2</f><v></v>'),
        (change("C2", "优", "A2*2"), 's="5"><f>A2*2</f><v>1</v>', 's="5" t="str"><f>A2*2</f><v>优</v>'),
        (change("C2", "#DIV/0!", "A2*2"), 's="5"><f>A2*2</f><v>1</v>', 's="5" t="e"><f>A2*2</f><v>#DIV/0!</v>'),
        (change("C2", 7, 'A2<"b"&"c"'), "<f>A2*2</f><v>1</v>", '<f>A2&lt;"b"&amp;"c"</f><v>7</v>'),
        (change("C2", 7), "<f>A2*2</f><v>1</v>", "<v>7</v>"),
        (change("B8", 7, "A8+1"), "A8+1</f><v>1</v>", "A8+1</f><v>7</v>"),
        (change("B9", 7, "A9+1"), '<f t="shared" si="0"/><v>1</v>', '<f t="shared" si="0"/><v>7</v>'),
        (change("B9", 7), '<f t="shared" si="0"/><v>1</v>', "<v>7</v>"),
        (change("D8", 7, "A1:B1"), "A1:B1</f><v>0</v>", "A1:B1</f><v>7</v>"),
        (change("B2", 5), ' spans="1:3" ht="20" customHeight="1"><c r="A2" s="3" t="s"><v>0</v></c>',
         ' ht="20" customHeight="1"><c r="A2" s="3" t="s"><v>0</v></c><c r="B2"><v>5</v></c>'),
        (change("D5", 5), '<row r="5" s="7" customFormat="1"/>',
         '<row r="5" s="7" customFormat="1"><c r="D5" s="7"><v>5</v></c></row>'),
        (change("D6", 5), '<row r="8">', '<row r="6"><c r="D6" s="2"><v>5</v></c></row><row r="8">'),
        (change("B10", 5), "</row></sheetData>", '</row><row r="10"><c r="B10" s="9"><v>5</v></c></row></sheetData>'),
    ],
)  # fmt: skip
def test_one_cell_changes_and_nothing_else(asked: Change, old: str, new: str) -> None:
    assert RICH.count(old) == 1
    expected = RICH.replace(old, new)
    if asked.row == 10:
        expected = expected.replace('ref="A2:E9"', 'ref="A2:E10"')
    assert after(asked) == expected


def test_blank_changes_of_cells_that_are_not_there_do_nothing() -> None:
    assert after(change("Z2", None), change("A40", None)) == RICH


def test_an_empty_sheet_takes_rows() -> None:
    empty = worksheet("").replace("<sheetData></sheetData>", "<sheetData/>")
    expected = '<sheetData><row r="1"><c r="B1"><v>1</v></c></row><row r="3"><c r="A3"><v>2</v></c></row></sheetData>'
    assert after(change("A3", 2), change("B1", 1), sheet=empty) == empty.replace("<sheetData/>", expected)


def test_prefixes_are_kept() -> None:
    sheet = '<x:worksheet xmlns:x="m"><x:sheetData><x:row r="1"><x:c r="B1"/></x:row></x:sheetData></x:worksheet>'
    new = '<x:c r="A1" t="inlineStr"><x:is><x:t>文</x:t></x:is></x:c><x:c r="B1"><x:f>A1</x:f><x:v>2</x:v></x:c>'
    assert after(change("A1", "文"), change("B1", 2, "A1"), sheet=sheet) == sheet.replace('<x:c r="B1"/>', new)


@pytest.mark.parametrize("asked", [change("A2", "新"), change("C2", 9), change("C9", 9, "1+1")])
def test_every_other_part_stays_byte_for_byte(asked: Change) -> None:
    patched = host()
    before = unzipped(patched.to_bytes())
    patched.write([asked])
    parts = unzipped(patched.to_bytes())
    formulas_changed = asked.column == 3
    touched = (
        {SHEET, "xl/calcChain.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
        if formulas_changed
        else {SHEET}
    )
    assert {name for name in before if parts.get(name) != before[name]} == touched
    assert ("xl/calcChain.xml" in parts) != formulas_changed
    listed = parts["xl/_rels/workbook.xml.rels"] + parts["[Content_Types].xml"]
    assert listed.count(b"calcChain") == (0 if formulas_changed else before_mentions(before))
    assert b"fullCalcOnLoad" not in parts["xl/workbook.xml"]


def before_mentions(parts: dict[str, bytes]) -> int:
    return (parts["xl/_rels/workbook.xml.rels"] + parts["[Content_Types].xml"]).count(b"calcChain")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (change("B12", 1), "“表1”的 B12 在合并单元格 A12:B13 之内"),
        (change("A13", None), "“表1”的 A13 在合并单元格"),
        (change("B8", 1), "“表1”的 B8 的公式由多个单元格共用"),
        (change("B8", 1, "A8+2"), "B8 的公式由多个单元格共用"),
        (change("D8", 1), "D8 的公式由多个单元格共用"),
        (change("E8", 1), "E8 的公式由多个单元格共用"),
        (change("A2", "字" * 32768), "超过 32767 个字符"),
        (change("A2", "😀" * 16384), "超过 32767 个字符"),
        (Change("表9", 1, 1, Decimal(1)), "没有名为“表9”的工作表"),
    ],
)
def test_what_a_sheet_cannot_take_is_refused_and_nothing_changes(asked: Change, words: str) -> None:
    patched = host()
    before = patched.to_bytes()
    with pytest.raises(Refusal, match=f"表.xlsm：.*{words}"):
        patched.write([change("A2", 1), asked])
    assert patched.to_bytes() == before


@pytest.mark.parametrize("kind", ["chartsheet", "dialogsheet"])
def test_a_sheet_without_cells_takes_none(kind: str) -> None:
    patched = host(f"<{kind} {MAIN}><pageMargins/></{kind}>")
    with pytest.raises(Refusal, match="表.xlsm：“表1”是图表或宏表，没有单元格"):
        patched.write([change("A2", 1)])


def test_the_corner_of_a_merged_area_and_the_longest_text_are_fine() -> None:
    assert ">" + "字" * 32767 + "<" in after(change("A12", "字" * 32767))


def test_signed_packages_are_refused() -> None:
    with pytest.raises(Refusal, match="数字签名"):
        host(**{"_xmlsignatures/sig1.xml": "<s/>"}).write([change("A2", 1)])


TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@a",
        " 空 ",
        "a\nb",
        "\r\n",
        "\t",
        "_x000D_",
        "_x005F_x0041_",
        "<&>\"'",
        "]]>",
        "\x00\x1f",
        "\ufffe",
    ]
)
NUMBERS = st.floats(-1e300, 1e300).map(lambda number: Decimal(f"{number:.15g}"))
VALUES = st.none() | st.booleans() | NUMBERS | TEXTS.filter(bool)
CHANGES = st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 12)), VALUES, max_size=25)


def small_book() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "表1"
    for row in range(2, 20, 3):
        for column in range(2, 10, 2):
            sheet.cell(row, column, f"={row}+1" if column == 4 else row * column)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


SMALL = small_book()


@settings(deadline=None, max_examples=150)
@given(CHANGES)
def test_what_is_written_is_read_again(values: dict[tuple[int, int], object]) -> None:
    patched = PackageHost.from_bytes(SMALL, "a.xlsx")
    before = patched.read().grids[0].cells
    patched.write([Change("表1", row, column, value) for (row, column), value in values.items()])
    data = patched.to_bytes()
    cells = PackageHost.from_bytes(data, "a.xlsx").read().grids[0].cells
    stated = {at: cell.value for at, cell in before.items() if at not in values} | values
    assert {at: cell.value for at, cell in cells.items() if cell.value is not None} == {
        at: value for at, value in stated.items() if value is not None
    }
    assert {at: cell.formula for at, cell in cells.items() if cell.formula} == {
        at: cell.formula for at, cell in before.items() if cell.formula and at not in values
    }
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表1"]
    for (row, column), value in values.items():
        theirs = sheet.cell(row, column).value
        if isinstance(value, Decimal):
            assert theirs == float(value)
        elif not isinstance(value, str):
            assert theirs is value
        else:
            assert sheet.cell(row, column).data_type != "f"
            if re.fullmatch(r"[^\x00-\x08\x0b-\x1f\ufffe\uffff_]*", value):
                assert theirs == value
    rows = [int(number) for number in re.findall(rb'<row r="(\d+)"', unzipped(data)["xl/worksheets/sheet1.xml"])]
    assert rows == sorted(set(rows))


def test_ten_thousand_rows() -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 10_001))
    text = after(*(change(f"B{n}", n) for n in range(1, 10_001)), sheet=worksheet(rows))
    assert text.count("<c ") == 20_000 and '<c r="A9999"><v>9999</v></c><c r="B9999"><v>9999</v></c>' in text


# marks


def marked_book(results: bool = True) -> PackageHost:
    book = openpyxl.Workbook()
    book.active.title = "项目'一'表"
    for title in ("说明", "项目2"):
        book.create_sheet(title)
    for title in ("项目'一'表", "项目2"):
        name = openpyxl.workbook.defined_name.DefinedName("jx.marks", attr_text="校验结果!$L$4:$L$5003")
        book[title].defined_names["jx.marks"] = name
    if results:
        book.create_sheet("校验结果")["A1"] = "校验结果"
    buffer = io.BytesIO()
    book.save(buffer)
    return PackageHost.from_bytes(buffer.getvalue(), "表.xlsx")


def contents(patched: PackageHost) -> dict[str, object]:
    sheet = openpyxl.load_workbook(io.BytesIO(patched.to_bytes()))["校验结果"]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_marks_stand_in_a_column_for_each_form_and_old_ones_vanish() -> None:
    patched = marked_book()
    patched.mark({"项目2": ["B1", "B2", "B3"]}, [["错误", "x", Link("项目2", "B1")]] * 3)
    patched.mark(
        {"项目'一'表": ["G45", "H7"], "项目2": ["C3"]},
        [["错误", Decimal(2), Link("项目'一'表", "G45")], ["提示", "=甲"]],
    )
    assert contents(patched) == {
        "A1": "校验结果", "A4": "错误", "B4": 2, "C4": "=HYPERLINK(\"#'项目''一''表'!G45\",\"G45\")", "A5": "提示", "B5": "=甲",
        "L4": "G45", "L5": "H7", "M4": "C3",
    }  # fmt: skip
    assert patched.read().grids[3].at(4, 3).text == "G45"
    book = openpyxl.load_workbook(io.BytesIO(patched.to_bytes()))
    assert book["项目'一'表"].defined_names["jx.marks"].attr_text == "'校验结果'!$L$4:$L$5003"
    assert book["项目2"].defined_names["jx.marks"].attr_text == "'校验结果'!$M$4:$M$5003"


def test_unmarking_empties_list_and_columns() -> None:
    patched = marked_book()
    patched.mark({"项目2": ["B1"]}, [["错误"]])
    patched.mark({}, [])
    assert contents(patched) == {"A1": "校验结果"}


def test_a_workbook_without_the_sheet_cannot_be_marked_and_need_not_be_unmarked() -> None:
    patched = marked_book(results=False)
    before = patched.to_bytes()
    patched.mark({}, [])
    assert patched.to_bytes() == before
    with pytest.raises(Refusal, match="请先用“导入”"):
        patched.mark({"项目2": ["B1"]}, [])


# files


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "表.xlsx"
    path.write_bytes(SMALL)
    return path


def test_saving_keeps_the_old_file_beside_the_new(path: Path) -> None:
    opened = PackageHost(path)
    opened.save()
    assert [file.name for file in path.parent.iterdir()] == ["表.xlsx"]  # nothing to save
    opened.write([change("A1", 5)])
    assert path.read_bytes() == SMALL
    opened.save()
    [backup] = (path.parent / "备份").iterdir()
    assert backup.read_bytes() == SMALL
    assert openpyxl.load_workbook(path)["表1"]["A1"].value == 5


def test_a_second_save_goes_on_from_the_first(path: Path) -> None:
    opened = PackageHost(path)
    for value in (5, 6):
        opened.write([change("A1", value)])
        opened.save()
    assert openpyxl.load_workbook(path)["表1"]["A1"].value == 6
    assert len(list((path.parent / "备份").iterdir())) == 2


def test_of_two_that_have_read_only_one_saves(path: Path) -> None:
    first, second = PackageHost(path), PackageHost(path)
    first.write([change("A1", 5)])
    first.save()
    second.write([change("A2", 6)])
    with pytest.raises(Refusal, match="读取之后被别的程序改动"):
        second.save()
    assert openpyxl.load_workbook(path)["表1"]["A1"].value == 5


def test_what_is_open_elsewhere_can_be_read_but_not_saved(path: Path) -> None:
    (path.parent / ".~lock.表.xlsx#").write_bytes(b"")
    opened = PackageHost(path)
    opened.write([change("A1", 5)])
    with pytest.raises(Refusal, match="正在别的程序中打开"):
        opened.save()
    assert path.read_bytes() == SMALL


def test_protection_stays() -> None:
    assert '<sheetProtection sheet="1"/>' in after(change("A2", 5))


BOUND = OURS.replace(
    "</definedNames>", '<definedName name="jx.bound" localSheetId="0">"yes"</definedName></definedNames>'
)
UNLOCKED = (
    f'<styleSheet {MAIN}><cellXfs count="4"><xf/><xf/><xf/><xf><protection locked="0"/></xf></cellXfs></styleSheet>'
)


@pytest.mark.parametrize("names", ["", BOUND])
@pytest.mark.parametrize("protection", ['sheet="1"', 'sheet="1" password="CC3D"', 'sheet="true" objects="1"'])
def test_what_somebody_else_locked_is_refused(names: str, protection: str) -> None:
    """A2 is open; C2, and E2 that is not there yet, are locked."""
    sheet = RICH.replace('sheet="1"', protection)
    for cell in ("C2", "E2"):
        locked = host(sheet, names, **{"xl/styles.xml": UNLOCKED})
        with pytest.raises(Refusal, match=f"^表.xlsm：“表1”的 {cell} 没有写入，表中未作任何改动.*撤销工作表保护"):
            locked.write([change("A2", 1), change(cell, 5)])
        locked.write([change("A2", 5)])
        assert unzipped(locked.to_bytes())[SHEET].decode() == sheet.replace(
            '<c r="A2" s="3" t="s"><v>0</v></c>', '<c r="A2" s="3"><v>5</v></c>'
        )


def test_a_sheet_that_is_not_protected_has_no_locked_cells() -> None:
    assert '<c r="E2"' in after(change("E2", 5), sheet=RICH.replace('sheet="1"', 'sheet="0"'))


def test_array_formulas_of_one_cell_may_be_replaced() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = ArrayFormula("A1", "=SUM(B1:B2*2)")
    buffer = io.BytesIO()
    book.save(buffer)
    patched = PackageHost.from_bytes(buffer.getvalue(), "a.xlsx")
    patched.write([Change("Sheet", 1, 1, Decimal(3))])
    assert openpyxl.load_workbook(io.BytesIO(patched.to_bytes())).active["A1"].value == 3
