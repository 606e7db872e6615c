"""Workbooks of Excel 97 to 2003, as LibreOffice writes them: what they hold was typed into a workbook by hand."""

import random
import struct
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName

import office
from hosts.children import Reading, read_in_a_child
from jixiao.actions.examine import examine
from jixiao.actions.importing import import_document
from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.grid import NOT_KNOWN, Area, Cell, Grid
from jixiao.hosts.files import editing, load_document
from jixiao.hosts.legacy.biff_formulas import UNTOLD
from jixiao.hosts.legacy.limits import MOST_BYTES

DATONG = Path(__file__).parent.parent / "seeds" / "datong-2021-project.docx"

CONTENTS = [
    ("A1", 0.998267898, "0.00%", Cell("99.83%", Decimal("0.998267898"))),
    ("A2", 17.325, "0.00", Cell("17.33", Decimal("17.325"))),
    ("A3", -1234567.5, "#,##0.00", Cell("-1,234,567.50", Decimal("-1234567.5"))),
    ("A4", date(2024, 3, 15), "yyyy-mm-dd", Cell("2024-03-15", Decimal(45366))),
    ("A5", True, "General", Cell("TRUE", True, UNTOLD)),  # LibreOffice makes it =TRUE()
    ("A6", "=1/0", "General", Cell("#DIV/0!", "#DIV/0!", UNTOLD)),
    ("A7", "=A2*2", "0.00", Cell("34.65", Decimal("34.65"), UNTOLD)),
    # LibreOffice keeps a 0 for an empty text, and for a number that is 0: both are worked out.
    ("A8", '=IF(A2>0,"","x")', "0.00%", Cell("", None, 'IF(A2>0,"","x")', saved=False)),
    ("A13", "=IFERROR(A2-A2,1)", "0.00", Cell("0.00", Decimal(0), "IFERROR(A2-A2,1)", saved=False)),
    (
        "A14",
        "=SUM(A9:INDEX(A:A,ROW()-5))-12",
        "0.0",
        Cell("0.0", Decimal(0), "SUM(A9:INDEX(A$1:A$65536,14-5))-12", saved=False),
    ),
    ("A15", "=NOW()*0", "0.0", Cell(NOT_KNOWN, NOT_KNOWN, "NOW()*0", saved=False)),
    ("A9", 12, '0"万元"', Cell("12万元", Decimal(12))),
    ("A10", "两行\n文字", "General", Cell("两行\n文字", "两行\n文字")),
    ("A11", "0012", "@", Cell("0012", "0012")),
    ("A12", '=IF(A2>0,"优","差")', "General", Cell("优", "优", UNTOLD)),
    ("B1", "合并", "General", Cell("合并", "合并")),
    ("E14", "隐藏", "General", Cell("隐藏", "隐藏")),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of all kinds of cells, and a published form, both also as .xls."""
    folder = tmp_path_factory.mktemp("biff")
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "全部种类"
    for spot, value, number_format, _ in CONTENTS:
        sheet[spot] = value
        sheet[spot].number_format = number_format
    sheet.merge_cells("B1:C3")
    sheet.row_dimensions[14].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.defined_names["funds.total"] = DefinedName("funds.total", attr_text="'全部种类'!$A$2:$A$3")
    sheet.defined_names["jx.note"] = DefinedName("jx.note", attr_text='"national-2020"')
    far = book.create_sheet("远处")
    far.sheet_state = "hidden"
    far["IV65536"] = 1
    book.save(folder / "种类.xlsx")
    assert main(["import", "--native", str(DATONG), "-o", str(folder / "导入.xlsx")]) == 0
    for name in ("种类", "导入"):
        office.convert(folder / f"{name}.xlsx", "xls", folder)
    return folder


@pytest.fixture(scope="module")
def grids(folder: Path) -> dict[str, Grid]:
    return {grid.title: grid for grid in load_document(str(folder / "种类.xls")).grids}


@pytest.mark.parametrize(("spot", "expected"), [(spot, cell) for spot, _, _, cell in CONTENTS])
def test_a_cell_says_what_was_typed(grids: dict[str, Grid], spot: str, expected: Cell) -> None:
    column, row = ord(spot[0]) - 64, int(spot[1:])
    assert grids["全部种类"].cells[row, column] == expected


def test_merged_and_hidden_areas_and_names_are_told(grids: dict[str, Grid]) -> None:
    grid = grids["全部种类"]
    assert grid.merges == [Area(1, 2, 3, 3)]
    assert (grid.hidden_rows, grid.hidden_columns) == ({14}, {5})
    assert grid.names == {"funds.total": Area(2, 1, 3, 1)}
    assert grid.constants == {"jx.note": "national-2020"}
    assert grids["远处"].cells == {(65536, 256): Cell("1", Decimal(1))}


def test_a_form_is_the_same_as_xls_and_as_xlsx(folder: Path) -> None:
    older, newer = (load_document(str(folder / f"导入{ending}")) for ending in (".xls", ".xlsx"))
    assert examine(older) == examine(newer) != []
    assert import_document(older).sheets == import_document(newer).sheets
    for one, other in zip(older.grids, newer.grids, strict=True):
        assert {spot: cell[:2] for spot, cell in one.cells.items() if cell.text} == {
            spot: cell[:2] for spot, cell in other.cells.items() if cell.text
        }
        assert sorted(one.merges) == sorted(other.merges)


def test_commands_read_it_and_never_write_it(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes((folder / "导入.xls").read_bytes())
    assert main(["check", str(path)]) == main(["check", str(folder / "导入.xlsx")])
    for command in (["facts"], ["report"], ["export"], ["import"]):
        assert main([*command, str(path)]) == 0
    before = path.read_bytes()
    capsys.readouterr()
    for command in (["fill"], ["check", "--mark"], ["check", "--unmark"]):
        assert main([*command, str(path)]) == 2
        assert "这是旧版 .xls 表格，只能读取，不能写入。请先用“导入”" in capsys.readouterr().err
    assert path.read_bytes() == before


@pytest.mark.parametrize("ending", [".et", ".xlsx", ".XLS"])
def test_the_content_says_what_it_is_and_not_the_name(folder: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"表{ending}"
    path.write_bytes((folder / "种类.xls").read_bytes())
    assert load_document(str(path)).grids[0].at(1, 1).text == "99.83%"


def test_streams_may_be_named_in_capitals(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "表.xls"
    data = (folder / "种类.xls").read_bytes()
    path.write_bytes(data.replace("Workbook".encode("utf-16-le"), "WORKBOOK".encode("utf-16-le")))
    assert load_document(str(path)).grids[0].at(1, 1).text == "99.83%"


def test_an_encrypted_workbook_is_refused(folder: Path, tmp_path: Path) -> None:
    data = bytearray((folder / "种类.xls").read_bytes())
    second = data.index(bytes.fromhex("0908100000060500")) + 20
    struct.pack_into("<H", data, second, 0x2F)  # the record FILEPASS
    path = tmp_path / "密.xls"
    path.write_bytes(data)
    with pytest.raises(Refusal, match=r"密\.xls：文件已用密码加密"):
        load_document(str(path))
    with pytest.raises(Refusal, match="只能读取"), editing(str(path)):
        pass


def test_damaged_workbooks_are_read_or_refused_soon(folder: Path, tmp_path: Path) -> None:
    data = (folder / "导入.xls").read_bytes()
    chance = random.Random(9)
    paths = []
    for number in range(40):
        damaged = bytearray(data)
        for _ in range(chance.choice((1, 4, 20))):
            damaged[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        if number % 10 == 0:
            del damaged[chance.randrange(len(data)) :]
        paths.append(tmp_path / f"{number}.xls")
        paths[-1].write_bytes(damaged)
    readings = read_in_a_child(paths)
    assert Reading.worst(readings).is_moderate
    assert {reading.refused for reading in readings} == {False, True}


def test_a_workbook_beyond_all_sizes_is_refused(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "大.xls"
    path.write_bytes((folder / "种类.xls").read_bytes() + bytes(MOST_BYTES))
    with pytest.raises(Refusal, match=r"大\.xls：文件或解压后的内容过大"):
        load_document(str(path))
