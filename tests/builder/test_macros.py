"""Form workbooks with buttons and the add-in: what is added, what is left alone, and who can open them."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

import openpyxl
import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from openxml_audit import OpenXmlValidator
from openxml_audit.errors import ValidationSeverity

from jixiao.actions.create import new
from jixiao.builder import build
from jixiao.builder.macros import Button, addin, with_buttons
from jixiao.builder.verify import defects
from jixiao.cli import main
from jixiao.forms import library
from jixiao.vba import DECODER, Kind, Module, SourceError, module, sources
from jixiao.wording import workbook as words
from office import convert
from packages import unzipped

SEEDS = Path(__file__).parent.parent / "seeds"
BUTTONS = [
    Button("Fill", "填写", "把能算的都算出来"),
    Button("Check", "校验"),
    Button("Report", "生成报告", "<报告> & “图”"),
    Button("Undo", "撤销"),
]
CODE = "Option Explicit\n" + "".join(
    f'Public Sub {button.macro}()\n    MsgBox "{button.caption}"\nEnd Sub\n' for button in BUTTONS
)
MODULES = [module("Buttons", CODE, Kind.MODULE), DECODER]
RIBBON = """<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>
<tab id="ours" label="绩效"><group id="work" label="填写与校验">
<button id="fill" label="填写" image="pencil" screentip="填写" onAction="Press"/></group></tab></tabs></ribbon></customUI>
"""
PRESS = module("Press", "Public Sub Press(control As IRibbonControl)\nEnd Sub\n", Kind.MODULE)
OPENING = module("ThisWorkbook", "Private Sub Workbook_Open()\n    Debug.Print 1\nEnd Sub\n", Kind.WORKBOOK)
ICON = b"\x89PNG\r\n\x1a\n" + bytes(20)

V = "{urn:schemas-microsoft-com:vml}"
X = "{urn:schemas-microsoft-com:office:excel}"
FORMS = library.identifiers()


@cache
def plain(form: str) -> bytes:
    """Two projects: two form sheets, and for some forms a summary."""
    return build(new(form, 2025, projects=2))


@cache
def buttoned(form: str) -> bytes:
    return with_buttons(plain(form), MODULES, BUTTONS)


def add_in() -> bytes:
    return addin([OPENING, PRESS], RIBBON.encode(), {"pencil": ICON})


def shapes(vml: bytes) -> list[Element]:
    return [shape for shape in fromstring(vml).iter(f"{V}shape") if told(shape, "FmlaMacro")]


def told(shape: Element, name: str) -> str:
    return shape.findtext(f"{X}ClientData/{X}{name}", "")


# ---------------------------------------------------------------- the form workbook


@pytest.mark.parametrize("form", FORMS)
def test_only_the_parts_that_must_change(form: str) -> None:
    before, after = unzipped(plain(form)), unzipped(buttoned(form))
    assert after.keys() - before.keys() == {"xl/vbaProject.bin"}
    assert before.keys() - after.keys() == set()
    for name, content in before.items():
        kept = after[name]
        if name.startswith("xl/worksheets/sheet"):
            number = name.removeprefix("xl/worksheets/sheet").removesuffix(".xml")
            kept = kept.replace(f' codeName="Sheet{number}"'.encode(), b"", 1)
        elif name == "xl/workbook.xml":
            kept = kept.replace(b' codeName="ThisWorkbook"', b"", 1)
        elif name.endswith(".vml"):
            start, end = kept.index(b"<v:shapetype"), kept.rindex(b"</v:shape>") + len(b"</v:shape>")
            kept = kept[:start] + kept[end:]
        elif name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            continue
        assert kept == content, name


def test_equal_input_gives_equal_bytes() -> None:
    assert with_buttons(plain(FORMS[0]), MODULES, BUTTONS) == buttoned(FORMS[0])
    assert add_in() == add_in()


@pytest.mark.parametrize("form", FORMS)
def test_every_form_sheet_has_the_buttons_and_no_other_sheet(form: str) -> None:
    parts = unzipped(buttoned(form))
    drawings = [name for name in parts if name.endswith(".vml")]
    assert len(drawings) == 2
    for name in drawings:
        found = shapes(parts[name])
        assert [told(shape, "FmlaMacro") for shape in found] == ["[0]!Fill", "[0]!Check", "[0]!Report", "[0]!Undo"]
        captions = ["".join(shape.find(f"{V}textbox").itertext()) for shape in found]  # type: ignore[union-attr]
        assert captions == ["填写", "校验", "生成报告", "撤销"]
        assert [shape.get("alt") for shape in found] == ["把能算的都算出来", "", "<报告> & “图”", ""]
        assert {told(shape, "PrintObject") for shape in found} == {"False"}
        ids = [shape.get("id") for shape in fromstring(parts[name]).iter(f"{V}shape")]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize("form", FORMS)
def test_buttons_stand_beside_the_heading_right_of_the_form_and_cover_no_text(form: str) -> None:
    book = openpyxl.load_workbook(BytesIO(buttoned(form)))
    for sheet, name in zip(book.worksheets, ("vmlDrawing1", "vmlDrawing2"), strict=False):
        last_printed = range_boundaries(sheet.print_area.rpartition("!")[2])[2]
        heading = next(cell.column for cell in sheet[1] if cell.value == words.FOR_REPORT)
        assert heading > last_printed
        edge = 0
        for shape in shapes(unzipped(buttoned(form))[f"xl/drawings/{name}.vml"]):
            column, left, top, above, last, right, bottom, below = map(int, told(shape, "Anchor").split(","))
            assert (top, bottom) == (0, 0)
            assert 0 < above < below <= sheet.row_dimensions[1].height / 0.75
            assert column == last == heading  # counted from 0: the column right of the heading
            assert edge < left < right <= sheet.column_dimensions["ABCDEFGHIJKLMNOP"[column]].width * 7
            edge = right
        assert not [cell.value for cell in sheet[1][heading:] if cell.value]


def test_what_finds_no_room_in_a_column_goes_to_the_next() -> None:
    many = [Button("Fill", "填写")] * 6
    parts = unzipped(with_buttons(plain(FORMS[0]), MODULES, many))
    anchors = [told(shape, "Anchor").split(",") for shape in shapes(parts["xl/drawings/vmlDrawing1.vml"])]
    columns = [int(anchor[0]) for anchor in anchors]
    assert columns == [columns[0]] * 4 + [columns[0] + 1, columns[0] + 2]  # 36 characters, then 16 each
    assert anchors[4][1] == anchors[5][1] == anchors[0][1]


def test_notes_and_names_stay() -> None:
    before, after = (openpyxl.load_workbook(BytesIO(file)) for file in (plain(FORMS[0]), buttoned(FORMS[0])))
    for old, kept in zip(before.worksheets, after.worksheets, strict=True):
        assert list(old.defined_names) == list(kept.defined_names)
        assert notes(old) == notes(kept)
    assert len(notes(before.worksheets[0])) > 5


def notes(sheet: Worksheet) -> list[str]:
    return [cell.comment.text for row in sheet for cell in row if cell.comment]


def test_the_workbook_and_every_sheet_have_a_module_of_their_name() -> None:
    book = openpyxl.load_workbook(BytesIO(buttoned("sichuan-project-2023")), keep_vba=True)
    names = [sheet.sheet_properties.codeName for sheet in book.worksheets]
    assert (book.code_name, names) == ("ThisWorkbook", ["Sheet1", "Sheet2", "Sheet3", "Sheet4"])
    assert list(sources(book.vba_archive.read("xl/vbaProject.bin"))) == [
        "ThisWorkbook",
        *names,
        "Buttons",
        "JixiaoText",
    ]


def test_a_document_module_that_is_given_is_not_added_again() -> None:
    parts = unzipped(with_buttons(plain(FORMS[0]), [OPENING, *MODULES], BUTTONS))
    modules = sources(parts["xl/vbaProject.bin"])
    assert "Workbook_Open" in modules["ThisWorkbook"]


def test_a_module_that_cannot_be_packed_is_refused() -> None:
    with pytest.raises(SourceError):
        with_buttons(plain(FORMS[0]), [Module("Bad", Kind.MODULE, 'Const A = "绩"\n')], BUTTONS)


# ---------------------------------------------------------------- in use


def test_fill_changes_only_the_sheet_and_names_the_workbook(tmp_path: Path) -> None:
    imported, book = tmp_path / "导入.xlsx", tmp_path / "导入.xlsm"
    assert main(["import", str(SEEDS / "datong-2021-project.docx"), "-o", str(imported)]) == 0
    book.write_bytes(with_buttons(imported.read_bytes(), MODULES, BUTTONS))
    before = unzipped(book.read_bytes())
    assert main(["fill", "--replace-typed", str(book)]) == 0
    after = unzipped(book.read_bytes())
    assert after.keys() == before.keys()
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet1.xml", "xl/workbook.xml"}
    own = rb'<definedName name="jx_id" localSheetId="0">"[0-9a-f]{32}\.[0-9a-f]{16}"</definedName>'
    assert re.sub(own, b"", after["xl/workbook.xml"]) == before["xl/workbook.xml"]
    assert defects(book.read_bytes(), ".xlsm") == []


def test_openpyxl_keeps_the_project(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(BytesIO(buttoned(FORMS[0])), keep_vba=True)
    book.save(tmp_path / "saved.xlsm")
    saved = unzipped((tmp_path / "saved.xlsm").read_bytes())
    assert saved["xl/vbaProject.bin"] == unzipped(buttoned(FORMS[0]))["xl/vbaProject.bin"]


def test_libreoffice_shows_the_buttons(tmp_path: Path) -> None:
    (tmp_path / "表.xlsm").write_bytes(buttoned(FORMS[0]))
    text = convert(tmp_path / "表.xlsm", "fods", tmp_path).read_text(encoding="utf-8")
    assert re.findall(r'<form:button [^>]*form:label="([^"]*)"', text) == ["填写", "校验", "生成报告", "撤销"] * 2
    assert re.findall(r'<form:button [^>]*form:printable="([^"]*)"', text) == ["false"] * 8
    assert re.findall(r"vnd\.sun\.star\.script:[^\"]*?(\w+)\?", text) == ["Fill", "Check", "Report", "Undo"] * 2


# ---------------------------------------------------------------- the add-in


def test_the_add_in_has_one_empty_sheet_and_a_chinese_title() -> None:
    parts = unzipped(add_in())
    assert fromstring(parts["docProps/core.xml"]).findtext("{http://purl.org/dc/elements/1.1/}title") == "绩效"
    assert b'<sheet name="jixiao"' in parts["xl/workbook.xml"]
    assert b"<sheetData/>" in parts["xl/worksheets/sheet1.xml"]
    assert list(sources(parts["xl/vbaProject.bin"])) == ["Sheet1", "ThisWorkbook", "Press"]
    assert parts["customUI/customUI14.xml"] == RIBBON.encode()
    assert parts["customUI/images/pencil.png"] == ICON


def test_nothing_in_the_add_in_tells_the_date() -> None:
    package = add_in()
    assert not [name for name, content in unzipped(package).items() if re.search(rb"dcterms|20[2-9]\d-\d\d", content)]


# ---------------------------------------------------------------- by the letter of the format


def audited(file: Path) -> list[str]:
    """What an independent validator calls an error."""
    errors = OpenXmlValidator(max_errors=0).validate(file).errors
    return [str(error) for error in errors if error.severity is ValidationSeverity.ERROR]


@pytest.mark.parametrize("form", FORMS)
def test_an_independent_validator_finds_no_error_in_workbooks(form: str, tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(buttoned(form))
    assert audited(tmp_path / "a.xlsm") == []
    assert audited(Path(library.folder(), f"{form}.xlsx")) == []


def test_an_independent_validator_finds_no_error_in_the_add_in(tmp_path: Path) -> None:
    (tmp_path / "a.xlam").write_bytes(add_in())
    assert audited(tmp_path / "a.xlam") == []


def test_the_independent_validator_would_find_one(tmp_path: Path) -> None:
    (tmp_path / "a.xlsm").write_bytes(add_in())  # the ending of another type
    assert audited(tmp_path / "a.xlsm") != []
