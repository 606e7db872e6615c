"""Documents in a live office: what the add-on does to them when they are loaded and saved, and what it leaves alone.

Nothing waits here: the repairs are done when the call that loads or saves comes back.
"""

import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from addon_office import answers, workbook
from openpyxl.worksheet.formula import ArrayFormula

from jixiao.addins.calc import repairs
from jixiao.office.launcher import Office, file_url, properties

XLSX = "Calc MS Excel 2007 XML"
FORMULAS = [
    "PERF_GRADE(A1)",
    "_xll.PERF_GRADE(A1)",
    "[1]!PERF_GRADE(A1)",
    "'C:\\用户\\jixiao.xlam'!PERF_GRADE(A1)",
    'IF(A1>0,PERF_GRADE(A1),"PERF_GRADE(A1)")',
    'PERF_EXEC_SCORE(17.29,17.32,,"sichuan-2023")',
    "SUM(A1,2)",
]
ANSWERS = ["优", "优", "优", "优", "优", 9.98, 93.0]


@pytest.fixture
def ours(tmp_path: Path) -> Path:
    """A workbook from Excel, with our functions as it writes them; the second sheet is protected."""
    book = openpyxl.Workbook()
    for sheet in (book.active, book.create_sheet("保护")):
        sheet["A1"] = 91
        for row, formula in enumerate(FORMULAS, 1):
            sheet.cell(row, 3, f"={formula}")
        sheet["D1"] = ArrayFormula("D1:D2", "=PERF_GRADE(A1:A2)")
    book["保护"].protection.sheet = True
    book["保护"].protection.formatCells = False
    path = tmp_path / "绩效.xlsx"
    book.save(path)
    return path


def formulas(document: Any) -> list[tuple[str, ...]]:
    return [
        row
        for number in range(document.Sheets.getCount())
        for row in document.Sheets.getByIndex(number).getCellRangeByName("A1:D7").getFormulaArray()
    ]


def test_functions_of_excel_are_computed_after_loading(office: Office, ours: Path) -> None:
    with workbook(office, ours) as document:
        for number in range(2):
            sheet = document.Sheets.getByIndex(number)
            assert answers(sheet, 2, len(FORMULAS)) == ANSWERS
            assert answers(sheet, 3, 2) == ["优", ""]
            assert sheet.getCellRangeByName("D2").getFormula().startswith("{")
        protected = document.Sheets.getByName("保护")
        assert protected.isProtected()
        assert not document.isModified()
        assert not document.getUndoManager().isUndoPossible()
        before = formulas(document)
        assert repairs.mend_document(document) == 0
        assert formulas(document) == before


def test_a_saved_workbook_has_the_names_of_excel(office: Office, ours: Path, tmp_path: Path) -> None:
    target = tmp_path / "另存.xlsx"
    with workbook(office, ours) as document:
        document.storeAsURL(file_url(str(target)), properties(FilterName=XLSX))
        assert programmatic(target) == []
        document.Sheets.getByIndex(0).getCellRangeByName("A1").setValue(65)
        document.store()  # over the mended file
        assert programmatic(target) == []
    for sheet in openpyxl.load_workbook(target).worksheets:
        written = [sheet.cell(row, 3).value for row in range(1, len(FORMULAS) + 1)]
        assert written[:4] == ["=PERF_GRADE(A1)"] * 4
        assert written[4:] == [f"={formula}" for formula in FORMULAS[4:]]
        assert sheet["D1"].value.text == "=PERF_GRADE(A1:A2)"
        assert sheet.protection.sheet == (sheet.title == "保护")
    values = openpyxl.load_workbook(target, data_only=True).worksheets[0]
    assert [values.cell(row, 3).value for row in (1, 5, 7)] == ["中", "中", 67]
    assert not repairs.mend_file(str(target))
    with workbook(office, target) as document:
        assert answers(document.Sheets.getByIndex(0), 2, 2) == ["中", "中"]


def programmatic(path: Path) -> list[str]:
    """What LibreOffice calls our functions, where it stands in the file."""
    with zipfile.ZipFile(path) as package:
        texts = [package.read(name).decode() for name in package.namelist() if name.startswith("xl/work")]
    return [found for text in texts for found in re.findall(r"ORG\.JIXIAO[^<]*", text)]


def test_a_document_that_is_not_ours_is_left_alone(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    for row, formula in enumerate(["LOWER(A1)", "my_func(A1)", "[1]!other(A1)", '"perf_grade("&1', "1/0"], 1):
        sheet.cell(row, 2, f"={formula}")
    path = tmp_path / "别的.xlsx"
    book.save(path)
    with workbook(office, path) as document:
        before = formulas(document)
        assert repairs.mend_document(document) == 0
        assert formulas(document) == before
        target = tmp_path / "存.xlsx"
        document.storeAsURL(file_url(str(target)), properties(FilterName=XLSX))
        content, stat = target.read_bytes(), target.stat()
        assert not repairs.mend_file(str(target))
    assert (target.read_bytes(), target.stat().st_mtime_ns) == (content, stat.st_mtime_ns)
