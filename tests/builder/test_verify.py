"""The checker of built packages: sound files pass, and each kind of flaw, put into a sound file, is told."""

import re
import struct
from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from jixiao.actions.create import new
from jixiao.builder import build
from jixiao.builder.macros import Button, addin, with_buttons
from jixiao.builder.verify import defects
from jixiao.forms import library
from jixiao.hosts.zipped import Archive
from jixiao.vba import Kind, Module, module
from packages import zipped

FORM = "sichuan-project-2023"
PNG = b"\x89PNG\r\n\x1a\n"
RIBBON = """<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui" onLoad="Loaded"><ribbon><tabs>
<tab id="ours" label="绩效"><group id="work" label="填写与校验">
<menu id="new" label="新建" image="paper" screentip="新建表单"><button id="one" label="项目支出绩效自评表" onAction="Press"/></menu>
<button id="fill" getLabel="Label" image="pencil" screentip="填写" onAction="Press"/>
</group></tab></tabs></ribbon></customUI>"""
CALLBACKS = """Option Explicit
Public Sub Loaded(ribbon As IRibbonUI)
End Sub
Sub Press(ByVal control As IRibbonControl)
    Tell "Shell"   ' no Shell here
End Sub
Public Sub Label(control As IRibbonControl, _
    ByRef text)
End Sub
Private Sub Tell(what As String)
End Sub
"""
MACROS = "Public Sub Fill()\nEnd Sub\nPublic Sub Check()\nEnd Sub\nPrivate Sub Hidden()\nEnd Sub\n"


@cache
def xlwings_source() -> str:
    """The head of the module: libraries and version."""
    spec = find_spec("xlwings")
    assert spec and spec.origin
    text = Path(spec.origin).with_name("xlwings_custom_addin.bas").read_text(encoding="ascii")
    return text[: text.index("\n", text.index("XLWINGS_VERSION")) + 1]


@cache
def xlsx() -> bytes:
    return build(new(FORM, 2025))


def xlsm(code: str = MACROS, macro: str = "Fill") -> bytes:
    buttons = [Button(macro, "填写"), Button("Check", "校验")]
    return with_buttons(xlsx(), [module("Buttons", code, Kind.MODULE)], buttons)


def xlam(code: str = CALLBACKS, xlwings: str = "", more: tuple[Module, ...] = ()) -> bytes:
    modules = [
        module("Ribbon", code, Kind.MODULE),
        module("xlwings", xlwings or xlwings_source(), Kind.MODULE),
        *more,
    ]
    return addin(modules, RIBBON.encode(), {"paper": PNG, "pencil": PNG})


SOUND: dict[str, Callable[[], bytes]] = {".xlsx": xlsx, ".xlsm": cache(xlsm), ".xlam": cache(xlam)}


def changed(ending: str, part: str, old: str, new: str) -> bytes:
    """The sound file with one text in one part replaced where it stands first."""
    archive = Archive(SOUND[ending](), "sound")
    content = archive.read(part).decode()
    assert old in content, f"the flaw no longer fits: {old}"
    archive.put(part, content.replace(old, new, 1).encode())
    return archive.to_bytes()


def with_part(ending: str, part: str, content: bytes) -> bytes:
    archive = Archive(SOUND[ending](), "sound")
    archive.put(part, content)
    return archive.to_bytes()


def without(ending: str, part: str) -> bytes:
    archive = Archive(SOUND[ending](), "sound")
    archive.remove(part)
    return archive.to_bytes()


def demand(words: str, package: bytes, ending: str) -> None:
    found = defects(package, ending)
    assert any(re.search(words, defect) for defect in found), found


# ---------------------------------------------------------------- sound files


@pytest.mark.parametrize("ending", SOUND)
def test_a_sound_file_passes(ending: str) -> None:
    assert defects(SOUND[ending](), ending) == []


@pytest.mark.parametrize("form", library.identifiers())
def test_the_workbooks_that_are_shipped_pass(form: str) -> None:
    assert defects(Path(library.folder(), f"{form}.xlsx").read_bytes(), ".xlsx") == []


def test_a_sound_file_under_the_ending_of_another_is_told() -> None:
    for ending, file in SOUND.items():
        for other in SOUND.keys() - {ending}:
            demand("expected application|may not hold|0 parts of type", file(), other)


# ---------------------------------------------------------------- the zip


def test_damage_to_the_zip_is_told() -> None:
    sound = xlsx()
    for broken in (b"", b"no zip", sound[: len(sound) // 2], sound.replace(b"PK\3\4", b"PK\3\5", 1)):
        assert defects(broken, ".xlsx") != []


def test_a_zip_with_dates_comments_or_gaps_is_told() -> None:
    sound = xlsx()
    archive = Archive(sound, "sound")
    dated = zipped({name: archive.read(name) for name in archive})
    commented = sound[:-2] + struct.pack("<H", 2) + b"hi"
    for unclean in (dated, commented):
        demand("^zip: ", unclean, ".xlsx")


def test_a_part_with_entities_is_told() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'
    assert defects(changed(".xlsx", "xl/worksheets/sheet1.xml", "<worksheet", bomb), ".xlsx") != []


# ---------------------------------------------------------------- flaws in XML parts

TYPES, ROOT, BOOK = "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"
LINKS, SHEET, SHEET_LINKS = (
    "xl/_rels/workbook.xml.rels",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/_rels/sheet1.xml.rels",
)
DRAWING, UI, UI_LINKS = (
    "xl/drawings/vmlDrawing1.vml",
    "customUI/customUI14.xml",
    "customUI/_rels/customUI14.xml.rels",
)
STYLES = "xl/styles.xml"
VML = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/vmlDrawing"

FLAWS = [
    # package
    (".xlsx", SHEET, "</worksheet>", "", "sheet1.xml: no element found"),
    (".xlsx", DRAWING, "</xml>", "<br></xml>", "vmlDrawing1.vml: mismatched tag"),
    (".xlsx", LINKS, "</Relationships>", "", "workbook.xml.rels: no element found"),
    (".xlsx", TYPES, 'Extension="vml"', 'Extension="vmx"', "vml: without a content type"),
    (".xlsx", TYPES, 'PartName="/xl/styles.xml"', 'PartName="/xl/style.xml"', "xl/style.xml is no part"),
    (".xlsx", TYPES, "<Override", '<Default Extension="XML" ContentType="text/xml"/><Override', "xml twice"),
    (".xlsx", TYPES, "worksheet+xml", "chartsheet+xml", "sheet1.xml: .*chartsheet.*expected .*worksheet"),
    (".xlsx", TYPES, "sheet.main+xml", "template.main+xml", "workbook.xml: .*template.*expected .*sheet.main"),
    (".xlsm", TYPES, "ms-office.vbaProject", "octet-stream", "vbaProject.bin: .*expected"),
    (".xlsx", ROOT, 'Id="rId2"', 'Id="rId1"', "relation rId1 twice"),
    (".xlsx", ROOT, "docProps/app.xml", "docProps/apps.xml", "leads to docProps/apps.xml"),
    (".xlsx", ROOT, "<Relationship ", '<!-- --><Relationship TargetMode="External" ', "leaves the file"),
    (".xlsx", ROOT, "/officeDocument\"", "/oddDocument\"", "may not hold .*oddDocument"),
    (".xlsx", LINKS, "relationships/theme", "relationships/externalLink", "may not hold .*externalLink"),
    (".xlsx", SHEET_LINKS, "relationships/comments", "relationships/oleObject", "may not hold .*oleObject"),
    (".xlsx", LINKS, 'Target="worksheets', 'Target="/xl/worksheets', "exceljs and IronCalc cannot go"),
    (".xlsm", LINKS, 'Target="vbaProject', 'Target="/xl/vbaProject', "exceljs and IronCalc cannot go"),
    (".xlsx", SHEET_LINKS, 'Target="../comments1.xml', 'Target="/xl/comments1.xml', "exceljs and IronCalc cannot go"),
    (".xlsx", SHEET, 'r:id="anysvml"', 'r:id="another"', "legacyDrawing refers to relation another"),
    (".xlsx", BOOK, 'r:id="rId1"', 'r:id="rId4"', "sheet refers to relation"),
    # workbook
    (".xlsx", BOOK, '<workbookPr updateLinks="never"/><workbookProtection/>', '<workbookProtection/><workbookPr updateLinks="never"/>', "elements out of order"),
    (".xlsx", BOOK, "<calcPr", "<definedNames/><calcPr", "definedNames twice"),
    (".xlsx", BOOK, "<workbookProtection/>", "<bookshelf/>", r"unknown elements \['bookshelf'\]"),
    (".xlsx", BOOK, 'name="校验结果" ', 'name="部门预算项目支出绩效自评表" ', "two sheets of one name"),
    (".xlsx", BOOK, 'name="校验结果" ', 'name="a/b" ', "no name for a sheet: 'a/b'"),
    (".xlsx", BOOK, 'name="校验结果" ', f'name="{"长" * 32}" ', "no name for a sheet"),
    (".xlsx", BOOK, 'sheetId="2"', 'sheetId="1"', "two sheets of one id"),
    (".xlsx", BOOK, 'activeTab="0"', 'activeTab="9"', "active sheet"),
    (".xlsx", BOOK, 'name="jx.scheme"', 'name="JX.form"', r"name jx.form \(0\) twice"),
    (".xlsx", BOOK, 'name="jx.scheme" localSheetId="0"', 'name="jx.scheme" localSheetId="7"', "no such sheet"),
    (".xlsx", BOOK, '"sichuan-2023"', "#REF!$A$1", "#REF!"),
    (".xlsx", BOOK, '"sichuan-2023"', "[1]Sheet1!$A$1", r"\[ in formula"),
    (".xlsx", BOOK, 'r:id="rId2"', 'r:id="rId1"', "two sheets are one part"),
    # sheets
    (".xlsx", SHEET, "<sheetFormatPr", "<sheetData/><sheetFormatPr", "out of order|sheetData twice"),
    (".xlsx", SHEET, "</mergeCells>", "</mergeCells><sheetCalcPr/>", "elements out of order"),
    (".xlsx", SHEET, '<row r="2"', '<row r="1"', "row 1 after 1"),
    (".xlsx", SHEET, '<row r="2"', '<row r="1048577"', "row 1048577 after 1"),
    (".xlsx", SHEET, '<c r="B1"', '<c r="A1"', "cell A1 in row 1 after column 1"),
    (".xlsx", SHEET, '<c r="C1"', '<c r="B1"', "cell B1 in row 1 after column 2"),
    (".xlsx", SHEET, '<c r="B1"', '<c r="B2"', "cell B2 in row 1"),
    (".xlsx", SHEET, '<c r="B1"', '<c r="1B"', "not a cell address"),
    (".xlsx", SHEET, 's="1"', 's="999"', "A1: no such style"),
    (".xlsx", SHEET, 's="1"', 's="x"', "sheet_defects: ValueError"),
    (".xlsx", SHEET, '<row r="2"', '<row s="999" r="2"', "row 2: no such style"),
    (".xlsx", SHEET, 'min="1"', 'style="999" min="1"', "columns 1 to 1: no such style"),
    (".xlsx", SHEET, 'min="2" max="2"', 'min="1" max="2"', "columns 1 to 2 after 1"),
    (".xlsx", SHEET, 't="n"><v>2025</v>', 't="s"><v>2025</v>', "A1: no such text: 2025"),
    (".xlsx", SHEET, 't="n"><v>2025</v>', 't="s"><v>-1</v>', "A1: no such text: -1"),
    (".xlsx", SHEET, 't="n"><v>2025</v>', 't="x"><v>2025</v>', "A1: no such type"),
    (".xlsx", SHEET, "<v>2025</v>", "<v>二〇</v>", "A1: no number"),
    (".xlsx", SHEET, "<v>2025</v>", "<v>nan</v>", "A1: no number"),
    (".xlsx", SHEET, "<v>2025</v>", "<f>cmd|'/c calc'!A1</f>", r"\| in formula"),
    (".xlsx", SHEET, '<mergeCell ref="', '<mergeCell ref="A1:K1"/><mergeCell ref="', "merged areas overlap"),
    (".xlsx", SHEET, '<mergeCell ref="', '<mergeCell ref="M1"/><mergeCell ref="', "a merged area of one cell: M1"),
    (".xlsx", SHEET, '<mergeCells count="', '<mergeCells count="9', "mergeCells counts"),
    (".xlsx", SHEET, '<dataValidations count="', '<dataValidations count="9', "dataValidations counts"),
    (".xlsx", SHEET, 'dxfId="0"', 'dxfId="99"', "conditional format 1: no such style"),
    (".xlsx", STYLES, 'fontId="1"', 'fontId="99"', "fontId is none of"),
    # shapes
    (".xlsx", DRAWING, '"_x0000_s1027"', '"_x0000_s1026"', "_x0000_s1026 twice"),
    (".xlsx", DRAWING, '"_x0000_s1027"', '"_x0000_s4027"', "_x0000_s4027 is not of the blocks"),
    (".xlsx", DRAWING, 'type="#_x0000_t202"', 'type="#_x0000_t203"', "no such type of shape"),
    (".xlsx", DRAWING, 'ObjectType="Note"', 'ObjectType="Button"', "a Button does not belong here"),
    (".xlsm", DRAWING, 'ObjectType="Button"', 'ObjectType="Checkbox"', "a Checkbox does not belong here"),
    (".xlsx", SHEET, '<legacyDrawing xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="anysvml"/>', "",
     "does not show it"),
    (".xlsx", "xl/comments1.xml", '<comment ref="', '<comment ref="Z', "comments and . notes at Z"),
    (".xlsm", DRAWING, "<ns2:AutoFill>", "<ns2:FmlaMacro>[0]!Fill</ns2:FmlaMacro><ns2:AutoFill>", "a note with a macro"),
    (".xlsm", DRAWING, "[0]!Fill", "[0]!Missing", r"runs \[0\]!Missing, which is no macro"),
    (".xlsm", DRAWING, "[0]!Fill", "[0]!Hidden", r"runs \[0\]!Hidden, which is no macro"),
    (".xlsm", DRAWING, "[0]!Fill", "Fill", "runs Fill, which is no macro"),
    (".xlsm", DRAWING, "<x:PrintObject>False", "<x:PrintObject>True", "is printed"),
    (".xlsm", DRAWING, "&#22635;&#20889;</font>", "</font>", "without a caption"),
    (".xlsm", DRAWING, "<x:Anchor>", "<x:Anchor>9", "stands nowhere"),
    (".xlsx", SHEET_LINKS, "<Relationship ", f'<Relationship Type="{VML}" Target="../drawings/vmlDrawing1.vml" Id="again"/><Relationship ', "more than one"),
    # code names
    (".xlsm", SHEET, ' codeName="Sheet1"', "", "document modules .* code names"),
    (".xlsm", SHEET, 'codeName="Sheet1"', 'codeName="Sheet2"', "document modules .* code names"),
    (".xlsm", BOOK, 'codeName="ThisWorkbook"', 'codeName="Mappe"', "document modules .* code names"),
    # ribbon
    (".xlam", UI, "2009/07", "2006/01", "is no ribbon of Excel 2010"),
    (".xlam", UI, 'id="fill"', 'id="one"', "id one twice"),
    (".xlam", UI, 'id="fill" ', "", "button : without an id"),
    (".xlam", UI, 'id="fill"', 'id="1"', "button 1: without an id"),
    (".xlam", UI, 'onAction="Press"/></menu>', 'onAction="Gone"/></menu>', "onAction: no procedure Gone"),
    (".xlam", UI, 'onAction="Press"/></menu>', 'onAction="Tell"/></menu>', "onAction: no procedure Tell"),
    (".xlam", UI, 'onAction="Press"/></menu>', 'onAction="Label"/></menu>', "onAction: Label takes"),
    (".xlam", UI, 'onLoad="Loaded"', 'onLoad="Press"', "onLoad: Press takes"),
    (".xlam", UI, 'getLabel="Label"', 'getLabel="Press"', "getLabel: Press takes"),
    (".xlam", UI, 'screentip="填写" onAction="Press"', 'screentip="填写"', "button fill: does nothing"),
    (".xlam", UI, 'image="pencil"', 'image="pen"', "no image pen$"),
    (".xlam", UI, ' image="pencil"', "", "image pencil is not in use"),
    (".xlam", UI, 'image="pencil"', 'image="pencil" imageMso="Help"', "both image and imageMso"),
    (".xlam", UI, ' screentip="填写"', "", "button fill: without a screentip"),
    (".xlam", UI, ' screentip="新建表单"', "", "menu new: without a screentip"),
    (".xlam", UI, ' getLabel="Label"', "", "button fill: without a label"),
    (".xlam", UI, 'label="填写与校验"', 'label="填写与校验与报告与导出"', "group work: label longer than 10"),
    (".xlam", UI, "项目支出绩效自评表", "表" * 61, "button one: label longer than 60"),
    (".xlam", UI, 'id="fill"', 'id="fill" tooltip="填写"', "button fill: unknown attribute tooltip"),
    (".xlam", UI, "<group ", '<box id="b"/><group ', "tab ours: may not hold box"),
    (".xlam", ROOT, "relationships/ui/extensibility", "relationships/ui/userCustomization", "may not hold"),
    (".xlam", UI_LINKS, "images/pencil.png", "images/pen.png", "leads to customUI/images/pen.png"),
]  # fmt: skip


@pytest.mark.parametrize(("ending", "part", "old", "new", "words"), FLAWS)
def test_a_flaw_is_told(ending: str, part: str, old: str, new: str, words: str) -> None:
    demand(words, changed(ending, part, old, new), ending)


def test_notes_under_a_name_of_openpyxls_are_told() -> None:
    archive = Archive(xlsx(), "sound")
    for part in (TYPES, SHEET_LINKS):
        archive.put(part, archive.read(part).replace(b"comments1.xml", b"comments/comment1.xml"))
    archive.put("xl/comments/comment1.xml", archive.read("xl/comments1.xml"))
    archive.remove("xl/comments1.xml")
    demand("leads to xl/comments/comment1.xml by a way", archive.to_bytes(), ".xlsx")


def test_a_missing_part_is_told() -> None:
    for ending, part in ((".xlsx", SHEET), (".xlsx", STYLES), (".xlsm", "xl/vbaProject.bin"), (".xlam", UI), (".xlsx", ROOT), (".xlsx", TYPES)):  # fmt: skip
        assert defects(without(ending, part), ending) != [], part


def test_a_workbook_without_sheets_is_told() -> None:
    book = Archive(xlsx(), "sound").read(BOOK)
    demand("without sheets", with_part(".xlsx", BOOK, re.sub(rb"<sheet .*?/>", b"", book)), ".xlsx")


def test_an_orphan_is_told() -> None:
    demand("xl/more.xml: no relation leads here", with_part(".xlsx", "xl/more.xml", b"<more/>"), ".xlsx")
    orphans = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
    demand("relations of xl/gone.xml", with_part(".xlsx", "xl/_rels/gone.xml.rels", orphans), ".xlsx")


def test_an_image_that_is_no_png_is_told() -> None:
    demand("image paper is no PNG", with_part(".xlam", "customUI/images/paper.png", b"GIF89a"), ".xlam")


# ---------------------------------------------------------------- VBA


def test_macros_in_a_workbook_without_macros_are_told() -> None:
    project = Archive(SOUND[".xlsm"](), "sound").read("xl/vbaProject.bin")
    assert defects(with_part(".xlsx", "xl/vbaProject.bin", project), ".xlsx") != []
    drawing = Archive(SOUND[".xlsm"](), "sound").read(DRAWING)
    demand("a Button does not belong here", with_part(".xlsx", DRAWING, drawing), ".xlsx")


def test_a_damaged_project_is_told() -> None:
    project = Archive(SOUND[".xlsm"](), "sound").read("xl/vbaProject.bin")
    for damaged in (b"", b"\xff" + project[1:], project[: len(project) // 2]):
        demand("^vbaProject", with_part(".xlsm", "xl/vbaProject.bin", damaged), ".xlsm")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("Sub Start()\n    Shell \"cmd\"\nEnd Sub\n", "module Buttons: Shell in: Shell"),
        ("Sub Start()\n    x = VBA.shell(\"cmd\")\nEnd Sub\n", "module Buttons: shell in"),
        ('Private Declare PtrSafe Sub Sleep Lib "kernel32" (ByVal ms As Long)\n', "module Buttons: Declare in"),
        ('Sub Start()\n    Set x = CreateObject("WScript.Shell")\nEnd Sub\n', "module Buttons: CreateObject in"),
    ],
)  # fmt: skip
def test_what_no_module_may_do_is_told(code: str, words: str) -> None:
    demand(words, xlsm(MACROS + code), ".xlsm")


def test_what_stands_in_texts_and_comments_is_not_done() -> None:
    code = (
        MACROS
        + '\' Shell it\nRem Declare it\nSub Say()\n    Debug.Print "a "" Shell"\n    \' no _\n    Shell\nEnd Sub\n'
    )
    assert defects(xlsm(code), ".xlsm") == []


@pytest.mark.parametrize(
    "declaration",
    ["Public Sub Fill(what)", "Public Function Fill()", "Private Sub Fill()", "Friend Sub Fill()", "Sub Filled()"],
)
def test_a_button_whose_macro_cannot_run_is_told(declaration: str) -> None:
    end = "End Function" if "Function" in declaration else "End Sub"
    demand("_x0000_s.*: runs ", xlsm(MACROS.replace("Public Sub Fill()\nEnd Sub", f"{declaration}\n{end}")), ".xlsm")


def test_a_macro_in_a_document_module_does_not_count() -> None:
    in_workbook = module("ThisWorkbook", "Public Sub Fill()\nEnd Sub\n", Kind.WORKBOOK)
    others = module("Buttons", MACROS.replace("Sub Fill", "Sub Other"), Kind.MODULE)
    package = with_buttons(xlsx(), [in_workbook, others], [Button("Fill", "填写")])
    demand("Fill, which is no macro", package, ".xlsm")


def test_two_procedures_of_one_name_are_told() -> None:
    twice = module("Again", "Public Sub Press(control As IRibbonControl)\nEnd Sub\n", Kind.MODULE)
    demand("two public procedures Press", xlam(more=(twice,)), ".xlam")


def test_a_module_that_is_not_ascii_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    foreign = {"ThisWorkbook": "' \u7ee9\r\n"}
    monkeypatch.setattr("jixiao.builder.verify.package.sources", lambda data: foreign)
    demand("module ThisWorkbook: not ASCII", SOUND[".xlsm"](), ".xlsm")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('XLWINGS_VERSION As String = "', 'XLWINGS_VERSION As String = "9', "version .*installed is"),
        ('Const XLWINGS_VERSION As String = "', 'Const OTHER As String = "', r"version \[\], installed is"),
        ('"xlwings64-', '"xlwings64-9', "libraries .*installed is"),
        ('"xlwings32-', '"xlwings64-', "libraries .*installed is"),
    ],
)
def test_an_xlwings_module_of_another_version_is_told(old: str, new: str, words: str) -> None:
    count = -1 if "32" in old else 1
    assert old in xlwings_source()
    demand(words, xlam(xlwings=xlwings_source().replace(old, new, count)), ".xlam")
