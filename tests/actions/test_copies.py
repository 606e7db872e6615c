"""Copies of a bureau's own workbook as files: for submission and for next year, everything else byte for byte."""

import sys
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from jixiao.actions import bind, create, export
from jixiao.actions.book import Book, Copy
from jixiao.actions.importing import import_document
from jixiao.actions.write_report import write_reports
from jixiao.builder import build
from jixiao.cli import main
from jixiao.grid import Document
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.hosts.package.copying import copied
from packages import unzipped, zipped
from typed_forms import document as typed

sys.path.insert(0, str(Path(__file__).parents[1] / "forms" / "local"))

from building import document as published
from building import write
from form_file import every

FORMS = {form.id: form for form in every()}
_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


@pytest.fixture
def bureau(tmp_path: Path) -> Path:
    """A published form as its bureau may send it: coloured, with a choice, a comment, another sheet and macros.

    执行率 and its score are blank, the totals are formulas of whoever made it.
    """
    path = write(FORMS["suixi-2019"], tmp_path)
    book = load_workbook(path)
    form, other = book["Sheet1"], book.create_sheet("附表")
    form["G6"].number_format = "0.00%"
    form["G6"] = form["G7"] = None
    form["D6"], form["G22"] = "=SUM(D7:D8)", "=SUM(G12:G21)+H6"
    form["A11"].fill = PatternFill("solid", fgColor="FFCC00")
    form["C12"].comment = Comment("逐月平均", "民政")
    choice = DataValidation("list", '"是,否"')
    form.add_data_validation(choice)
    choice.add("H8")
    other["A1"], other["B1"] = "补助标准", "=Sheet1!G22"
    book.save(path)
    parts = unzipped(path.read_bytes())
    types = parts["[Content_Types].xml"].replace(_PLAIN, _MACROS)
    parts["[Content_Types].xml"] = types.replace(
        b"<Default ", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Default ', 1
    )
    macros = path.with_suffix(".xlsm")
    macros.write_bytes(zipped({**parts, "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 of the bureau"}))
    return macros


def copy_in(plan: object) -> Copy:
    [file] = plan.files  # type: ignore[attr-defined]
    assert file.endings == (".xlsm",) and isinstance(file.model, Copy)
    return file.model


def looks(data: bytes) -> dict[tuple[str, str], tuple[int, object]]:
    """Of every cell its style, and what stands in it."""
    book = load_workbook(BytesIO(data))
    return {
        (sheet.title, cell.coordinate): (cell.style_id, cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    }


def test_only_the_sheets_with_changes_are_written_anew(bureau: Path) -> None:
    before = bureau.read_bytes()
    plan = create.plan_from(load_document(str(bureau)), 2025)
    after = copied(copy_in(plan), before, bureau.name)
    sheets = {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"}  # 附表 shows a total of the form
    old, new = unzipped(before), unzipped(after)
    assert old.keys() == new.keys()
    assert {name for name in old if old[name] != new[name]} == sheets
    stood, stands = looks(before), looks(after)
    assert {at: style for at, (style, _) in stood.items()} == {at: style for at, (style, _) in stands.items()}
    changed = {at for at in stood if stood[at] != stands[at]}
    [other] = {at for at in changed if at[1] == "A2"}
    assert stands[other][1] == "（2025年度）"
    assert {stands[at][1] for at in changed - {other}} == {None}
    assert stands["Sheet1", "G22"][1] == "=SUM(G12:G21)+H6"


def test_results_saved_with_formulas_are_those_of_the_new_year(bureau: Path) -> None:
    plan = create.plan_from(load_document(str(bureau)), 2025)
    data = copied(copy_in(plan), bureau.read_bytes(), bureau.name)
    shown = load_workbook(BytesIO(data), data_only=True)
    assert (shown["Sheet1"]["D6"].value, shown["Sheet1"]["G22"].value, shown["附表"]["B1"].value) == (0, 0, 0)


def test_what_nobody_bound_is_exported_as_it_is(bureau: Path) -> None:
    plan = export.plan(load_document(str(bureau)))
    assert copied(copy_in(plan), bureau.read_bytes(), bureau.name) == bureau.read_bytes()


def bound(path: Path) -> Document:
    """The workbook bound where it stands."""
    with_edits = PackageHost(path)
    plan = bind.plan(with_edits.read())
    with_edits.bind(plan.bindings)
    with_edits.write(plan.changes)
    with_edits.save()
    return load_document(str(path))


def test_a_bound_workbook_is_exported_with_our_values_and_without_us(bureau: Path) -> None:
    before = bureau.read_bytes()
    document = bound(bureau)
    formulas = {at for at, cell in document.grids[0].cells.items() if cell.formula}
    assert formulas == {(6, 4), (22, 7), (6, 7), (7, 7), (8, 7)}
    after = copied(copy_in(export.plan(document)), bureau.read_bytes(), bureau.name)
    old, new = unzipped(before), unzipped(after)
    assert old.keys() == new.keys()
    assert {name for name in old if old[name] != new[name]} <= {"xl/worksheets/sheet1.xml", "xl/styles.xml"}
    stood, stands = looks(before), looks(after)
    assert {at for at in stands if stands[at] != stood.get(at)} == {("Sheet1", "G6"), ("Sheet1", "G7")}
    form = load_workbook(BytesIO(after))["Sheet1"]
    rates = [(form[at].value, form[at].number_format) for at in ("G6", "G7", "G8")]
    assert rates == [(1, "0.00%"), (1, "0.00%"), (None, "General")]


@pytest.mark.parametrize(
    ("form", "computed"),
    [
        ("linhe-2022", {}),
        ("nanhua-2022", {}),
        ("tangxi-2022", {"H8": 1}),  # 89.974 of 89.974
        ("sample-shanghai-project-2022", {"H7": 0.86}),  # 206,400 of 240,000
        ("sample-xuancheng-project-2021", {"H7": 0.98}),  # 98 of 100
    ],
)
def test_bound_and_exported_a_form_is_itself_with_what_was_computed(
    form: str, computed: dict[str, float], tmp_path: Path
) -> None:
    path = write(FORMS[form], tmp_path)
    before = path.read_bytes()
    [file] = export.plan(bound(path)).files
    assert isinstance(file.model, Copy)
    after = copied(file.model, path.read_bytes(), path.name)
    stood, stands = looks(before), looks(after)
    assert {at[1]: value for at, (_, value) in stands.items() if stood.get(at, (0, None))[1] != value} == computed
    changed = {name for name, part in unzipped(before).items() if unzipped(after)[name] != part}
    assert changed == ({"xl/worksheets/sheet1.xml", "xl/styles.xml"} if computed else set())


def test_next_year_of_a_bound_workbook_is_bound_and_has_no_history(bureau: Path) -> None:
    document = bound(bureau)
    assert main(["fill", str(bureau)]) == main(["check", "--mark", str(bureau)]) == 0
    target = bureau.with_name("明年.xlsm")
    assert main(["new", "--from", str(bureau), "--year", "2025", "-o", str(target)]) == 0
    made = load_document(str(target))
    form = made.grids[0]
    assert form.names == document.grids[0].names
    assert "jx_id" not in form.constants and form.constants["jx.form"] == "local"
    assert form.at(6, 7).formula and form.at(6, 7).text == ""
    [results] = [grid for grid in made.grids if grid.title == "校验结果"]
    assert not any(row >= 4 for row, _ in results.cells)


def test_a_copy_has_the_ending_of_its_kind(bureau: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = bureau.with_name("上报.xlsx")
    assert main(["export", str(bureau), "-o", str(target)]) == 2
    assert ".xlsm" in capsys.readouterr().err and not target.exists()


def test_what_we_made_of_a_word_form_is_built_anew() -> None:
    """A workbook imported from a form nobody has drawn is ours: clean for submission, and blank for the next year."""
    book = PackageHost.from_bytes(build(import_document(typed())), "农民培训.xlsx").read()
    clean = load_workbook(BytesIO(build(export.export_workbook(book)))).worksheets[0]
    assert not clean.defined_names and not clean.conditional_formatting
    [file] = create.plan_from(book, 2025).files
    assert isinstance(file.model, Book)
    values = [content.value for sheet in file.model.sheets for content in sheet.form.contents.values()]
    assert "农民培训" in values and "≥10场" in values and "2025" in map(str, values)
    assert not {Decimal(480000), Decimal(432000), Decimal("0.9"), "12场"} & {*values}


def test_sheets_of_ours_and_others_leave_in_one_file(bureau: Path, imported: Callable[[str], bytes]) -> None:
    book = load_workbook(BytesIO(imported("wuhua-2024-project")))
    theirs = book.create_sheet("临时救助")
    for row in load_workbook(bureau)["Sheet1"].iter_rows():
        for cell in row:
            if cell.value is not None:
                theirs[cell.coordinate] = cell.value
    path = bureau.with_name("两张表.xlsx")
    book.save(path)
    stood = load_document(str(path))
    [file] = export.plan(stood).files
    assert isinstance(file.model, Copy) and file.endings == (".xlsx",)
    after = copied(file.model, path.read_bytes(), path.name)
    made = load_workbook(BytesIO(after))
    assert made.sheetnames == [name for name in book.sheetnames if name != "校验结果"]
    assert not any(
        name.startswith("jx") or "." in name for sheet in made for name in sheet.defined_names if name[0] != "_"
    )
    formulas = {cell.coordinate for row in made.worksheets[0].iter_rows() for cell in row if cell.data_type == "f"}
    assert not formulas
    assert made["临时救助"]["D6"].value == "=SUM(D7:D8)"
    named = next(cell for cell in stood.grids[0].cells.values() if "项目" in cell.text and len(cell.text) > 12)
    assert named.text in {cell.value for row in made.worksheets[0].iter_rows() for cell in row}


@pytest.mark.parametrize("form", ["suixi-2019", "tangxi-2022"])
def test_the_report_of_a_bound_form_is_the_report_of_the_unbound_one(form: str, tmp_path: Path) -> None:
    path = write(FORMS[form], tmp_path)
    before = write_reports(load_document(str(path)))
    assert write_reports(bound(path)) == before


# ---- Word, and workbooks of documents that are only read


@pytest.mark.parametrize("form", ["liuyang-2021", "guangshui-2021", "daqing-blank"])
def test_a_word_form_is_exported_to_a_workbook_in_its_own_layout(form: str) -> None:
    document = published(FORMS[form])
    book = export.export_workbook(document)
    assert isinstance(book, Book) and book.clean
    data = build(book)
    printed = PackageHost.from_bytes(data, "上报.xlsx").read()
    values = [cell.text for grid in printed.grids for cell in grid.cells.values() if cell.text.strip()]
    cells = [cell.text for grid in document.grids for cell in grid.cells.values()]
    assert Counter(map(said, values)) == Counter(said(text) for text in (*cells, *document.paragraphs) if text.strip())
    merges = sum(len(grid.merges) for grid in document.grids)
    assert sum(len(sheet.merged_cells.ranges) for sheet in load_workbook(BytesIO(data))) >= merges


def said(value: object) -> object:
    """A number as a number, whether it was typed as one or not; of a text its letters."""
    text = "".join(str(value).split())
    try:
        return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        return text


def test_a_wide_form_lies_across_the_page() -> None:
    assert export.export_word(columns(2000)).landscape and not export.export_word(columns(1300)).landscape


def columns(width: int) -> Document:
    """A form of seven columns, each so wide."""
    return typed().with_grids(lambda grid: grid._replace(widths=dict.fromkeys(range(1, 8), width)))


def test_an_amount_is_written_once_more_as_it_stood(bureau: Path) -> None:
    """The value of a formula of ours, not what somebody rounded of it."""
    changes = {(c.row, c.column): c.value for c in copy_in(export.plan(bound(bureau))).changes}
    assert changes == {(6, 7): Decimal(1), (7, 7): Decimal(1), (8, 7): None}
