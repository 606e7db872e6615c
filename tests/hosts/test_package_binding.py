"""Sheets of other people's packages are bound and let go; whatever is not meant stays byte for byte."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.protection import WorkbookProtection

from hosts.foreign_templates import binding, template
from jixiao.actions.create import new
from jixiao.builder import build
from jixiao.errors import Refusal
from jixiao.grid import Area, Binding, Change
from jixiao.hosts.identity import Identity
from jixiao.hosts.package import PackageHost
from packages import MAIN, unzipped, workbook, worksheet, zipped

SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
FORM = {"jx.form": "local", "jx.bound": "yes"}
SOME = Binding("表1", {"funds.rate": Area(2, 3, 2, 3), "goal": Area(4, 1, 6, 2)}, FORM, [(2, 3)])
PLAIN = (
    f'<styleSheet {MAIN}><fonts count="1"><font/></fonts><fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/>'
    '</borders><cellXfs count="3"><xf fontId="0"/><xf numFmtId="0" fontId="0"/><xf numFmtId="2" fontId="0"/></cellXfs>'
    '<cellStyles count="0"/><tableStyles count="0"/></styleSheet>'
)
ROWS = '<row r="2"><c r="A2"><v>1</v></c><c r="C2" s="1"/></row>'


def host(rows: str = ROWS, after: str = "", styles: str = PLAIN, **more: str) -> PackageHost:
    parts = workbook(worksheet(rows, after), **more)
    return PackageHost.from_bytes(zipped(parts | {STYLES: styles.encode()}), "表.xlsx")


def parts(bound: PackageHost) -> dict[str, str]:
    return {name: content.decode("utf-8", "replace") for name, content in unzipped(bound.content()).items()}


def bound(asked: Binding = SOME, **how: str) -> dict[str, str]:
    subject = host(**how)
    subject.bind([asked])
    return parts(subject)


@pytest.mark.parametrize("seed", range(12))
def test_whatever_a_template_carries_stays_and_unbinding_gives_back_every_byte(seed: int) -> None:
    data, asked = template(seed), binding(seed, template(seed))
    before = unzipped(data)
    subject = PackageHost.from_bytes(data, "表.xlsx")
    subject.bind([asked])
    after = unzipped(subject.content())
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {BOOK, STYLES, "xl/_rels/workbook.xml.rels", "[Content_Types].xml"} | {
        name for name in before if name.startswith("xl/worksheets/")
    }
    assert sum(name.startswith("xl/worksheets/") for name in changed) == 1
    sheet = openpyxl.load_workbook(io.BytesIO(subject.content()))[asked.sheet]
    assert {*asked.names, *asked.constants, "jx.marks"} <= set(sheet.defined_names)
    again = PackageHost.from_bytes(subject.content(), "表.xlsx")
    again.unbind([asked])
    assert unzipped(again.content()) == before


def test_names_stand_behind_those_of_others_and_in_the_place_of_their_own() -> None:
    others = (
        '<definedNames a="1"><definedName name="funds.rate" localSheetId="0">#REF!</definedName>'
        "<definedName name='Z' >1</definedName></definedNames><calcPr/>"
    )
    text = bound(names=others)[BOOK]
    assert (
        "<definedName name=\"funds.rate\" localSheetId=\"0\">'表1'!$C$2</definedName><definedName name='Z' >1" in text
    )
    assert '<definedName name="goal" localSheetId="0">\'表1\'!$A$4:$B$6</definedName>' in text
    assert text.index("</definedNames>") < text.index("<calcPr/>")


def test_names_count_sheets_as_the_workbook_does_and_stand_before_what_follows() -> None:
    """A module of macros from before 1997, and a chart, are sheets too."""
    sheets = '<sheet name="宏" sheetId="7" r:id=""/><sheet name="it\'s" sheetId="3" r:id="rId2"/>'
    second = {"xl/worksheets/sheet2.xml": worksheet("")}
    text = bound(SOME._replace(sheet="it's"), sheets=sheets, names="<calcPr/><extLst/>", **second)[BOOK]
    assert "localSheetId=\"2\">'it''s'!$C$2</definedName>" in text
    assert text.index("</sheets>") < text.index("<definedNames") < text.index("<calcPr/>")
    assert re.search(r'name="校验结果" sheetId="8"', text)


def test_the_names_of_marks_point_to_columns_of_their_own() -> None:
    second = {"sheets": '<sheet name="表2" sheetId="2" r:id="rId2"/>', "xl/worksheets/sheet2.xml": worksheet("")}
    subject = host(**second)
    subject.bind([SOME._replace(sheet="表2")])
    subject.bind([SOME])
    names = openpyxl.load_workbook(io.BytesIO(subject.content()))
    assert names["表2"].defined_names["jx.marks"].attr_text == "'校验结果'!$L$4:$L$5003"
    assert names["表1"].defined_names["jx.marks"].attr_text == "'校验结果'!$M$4:$M$5003"


def test_the_format_of_marks_comes_last_and_in_its_place() -> None:
    others = (
        '<conditionalFormatting sqref="A1"><cfRule type="expression" dxfId="0" priority="4"><formula>1</formula></cfRule>'
        '</conditionalFormatting><dataValidations count="0"/><pageMargins/><extLst><ext xmlns:x14="y">'
        '<x14:cfRule priority="9"/></ext></extLst>'
    )
    text = bound(after=others)[SHEET]
    ours = re.search(
        r'<conditionalFormatting sqref="A1:C6"><cfRule [^>]*priority="10">.*?</conditionalFormatting>', text
    )
    assert ours and "jx.marks" in ours[0]
    assert text[ours.end() :].startswith('<dataValidations count="0"/>')
    assert text[: ours.start()].endswith("</cfRule></conditionalFormatting>")


def test_looks_are_added_behind_those_there_are() -> None:
    styles = bound()[STYLES]
    assert re.search(r"</cellStyles>|<cellStyles[^>]*/><dxfs [^>]*count=\"1\"", styles)
    assert styles.index("<dxfs") < styles.index("<tableStyles")
    for local, item in (("fonts", "font"), ("borders", "border"), ("cellXfs", "xf"), ("dxfs", "dxf")):
        held = re.search(rf'<{local}[^>]*count="(\d+)"[^>]*>(.*?)</{local}>', styles)
        assert held and len(re.findall(rf"<{item}[\s/>]", held[2])) == int(held[1])


@pytest.mark.parametrize(
    ("cell", "is_rate"),
    [('<c r="C2" s="1"/>', True), ('<c r="C2"><v>1</v></c>', True), ("", True), ('<c r="C2" s="2"/>', False)],
)
def test_a_rate_prints_as_one_where_no_format_stands(cell: str, is_rate: bool) -> None:
    subject = host(rows=f'<row r="2" ><c r="A2"><v>1</v></c>{cell}</row>')
    before = parts(subject)
    subject.bind([SOME])
    form = openpyxl.load_workbook(io.BytesIO(subject.content()))["表1"]["C2"].number_format
    assert form == ("0.00%" if is_rate else "0.00")
    subject.unbind([SOME])
    assert parts(subject) == before


def test_what_was_made_for_a_rate_goes_also_after_a_number_came_and_went() -> None:
    subject = host(rows="")
    before = parts(subject)
    subject.bind([SOME])
    subject.write([Change("表1", 2, 3, None, "1+1")])
    subject.write([Change("表1", 2, 3, None)])
    subject.unbind([SOME])
    assert parts(subject) == before


def test_the_list_looks_like_ours() -> None:
    """Width by width, look by look, as openpyxl reads both."""
    ours = openpyxl.load_workbook(io.BytesIO(build(new("datong-project-2021", 2024))))["校验结果"]
    subject = PackageHost.from_bytes(template(3), "表.xlsx")
    subject.bind([binding(3, template(3))])
    added = openpyxl.load_workbook(io.BytesIO(subject.content()))["校验结果"]
    assert added.dimensions == ours.dimensions
    for row in ours.iter_rows():
        for cell in row:
            other = added[cell.coordinate]
            look = (cell.value, cell.border.top.style, repr(cell.alignment))
            assert (other.value, other.border.top.style, repr(other.alignment)) == look
            if cell.has_style:
                assert (other.font.name, other.font.sz, other.font.b) == (cell.font.name, cell.font.sz, cell.font.b)
    widths = {name: (column.width, column.hidden) for name, column in ours.column_dimensions.items()}
    assert {name: (column.width, column.hidden) for name, column in added.column_dimensions.items()} == widths
    assert (added.freeze_panes, added.print_title_rows) == (ours.freeze_panes, ours.print_title_rows)
    assert added.page_setup.orientation == ours.page_setup.orientation == "landscape"
    assert added.sheet_properties.pageSetUpPr.fitToPage


def test_a_list_of_somebody_else_is_not_ours() -> None:
    second = {
        "sheets": '<sheet name="校验结果" sheetId="2" r:id="rId2"/>',
        "xl/worksheets/sheet2.xml": worksheet('<row r="1"><c r="A1" t="str"><v>本单位的校验</v></c></row>'),
    }
    subject = host(**second)
    before = subject.content()
    with pytest.raises(Refusal, match="^表.xlsx：已有一张“校验结果”"):
        subject.bind([SOME])
    assert subject.content() == before


def test_a_locked_structure_takes_no_sheet() -> None:
    book = openpyxl.Workbook()
    book.active.title = "表1"
    book.security = WorkbookProtection(lockStructure=True)
    buffer = io.BytesIO()
    book.save(buffer)
    subject = PackageHost.from_bytes(buffer.getvalue(), "表.xlsx")
    before = subject.content()
    with pytest.raises(Refusal, match="^表.xlsx：工作簿结构受保护"):
        subject.bind([SOME])
    assert subject.content() == before


def test_a_signed_package_is_refused() -> None:
    subject = host(**{"_xmlsignatures/origin.sigs": ""})
    for change in (subject.bind, subject.unbind):
        with pytest.raises(Refusal, match="^表.xlsx：文件带有数字签名"):
            change([SOME])


def test_a_chart_has_no_cells_to_bind() -> None:
    second = {
        "sheets": '<sheet name="图" sheetId="2" r:id="rId2"/>',
        "xl/worksheets/sheet2.xml": f"<chartsheet {MAIN}/>",
    }
    with pytest.raises(Refusal, match="^表.xlsx：“图”是图表"):
        host(**second).bind([SOME._replace(sheet="图")])


def test_the_list_stays_as_long_as_a_form_does_and_so_does_the_number_of_the_workbook() -> None:
    second = {"sheets": '<sheet name="表2" sheetId="2" r:id="rId2"/>', "xl/worksheets/sheet2.xml": worksheet("")}
    subject = host(**second)
    before = parts(subject)
    other = SOME._replace(sheet="表2")
    subject.bind([SOME, other])
    subject.identify(subject.read(), Identity("ab12"))
    subject.unbind([SOME])
    assert [grid.title for grid in subject.read().grids] == ["表1", "表2", "校验结果"]
    subject.unbind([other])
    assert parts(subject) == before


def test_identity_needs_no_names_before() -> None:
    subject = host()
    subject.identify(subject.read(), Identity("ab12", "9f"))
    assert subject.identity(subject.read()) == Identity("ab12", "9f")


def test_what_another_program_saved_is_let_go_all_the_same(tmp_path: Path) -> None:
    """The list was put in front, and shown."""
    subject = PackageHost.from_bytes(template(5), "表.xlsx")
    asked = binding(5, template(5))
    subject.bind([asked])
    book = openpyxl.load_workbook(io.BytesIO(subject.content()))
    book.move_sheet("校验结果", -9)
    book.active = 0
    titles = [title for title in book.sheetnames if title != "校验结果"]
    buffer = io.BytesIO()
    book.save(buffer)
    again = PackageHost.from_bytes(buffer.getvalue(), "表.xlsx")
    again.unbind([asked])
    found = openpyxl.load_workbook(io.BytesIO(again.content()))
    assert found.sheetnames == titles
    assert not [name for name in found[asked.sheet].defined_names if name.startswith(("jx.", "funds."))]
    assert "jx." not in "".join(content for name, content in parts(again).items() if name.endswith(".xml"))


def test_widths_are_read_in_twips() -> None:
    columns = (
        '<cols><col min="2" max="3" width="9.5"/><col min="4" max="16384" width="20"/><col min="1" max="1"/></cols>'
    )
    parts = workbook(worksheet("").replace("<sheetData>", columns + "<sheetData>"))
    widths = PackageHost.from_bytes(zipped(parts), "表.xlsx").read().grids[0].widths
    assert (widths.get(1), widths[2], widths[3], widths[4]) == (None, 998, 998, 2100)
    assert len(widths) < 200
