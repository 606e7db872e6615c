"""A workbook of somebody else, open in Calc, is bound, written, saved, and unbound: nothing else of it changes."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwings
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from jixiao.errors import Refusal
from jixiao.grid import Area, Binding, Change
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.identity import Identity
from jixiao.hosts.libreoffice.engine import register
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office
from live import counted

FORM, OTHER, RESULTS = "自评 2024", "台账", "校验结果"
NAMES = {"funds.total.executed": Area(4, 3, 4, 3), "indicators": Area(6, 1, 9, 4)}
CONSTANTS = {"jx.form": "local", "jx.bound": "1", "jx.scheme": '甲"乙"'}
BINDING = Binding(FORM, NAMES, CONSTANTS, [(4, 4), (4, 5), (5, 4)])
IDENTITY = Identity("ab" * 16)


def foreign(path: Path) -> Path:
    """A bureau's own workbook: fonts, a comment, a list to choose from, a conditional format, a name of its own."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = FORM
    sheet["A1"], sheet["A1"].font = "项目支出绩效自评表", Font(name="楷体", size=18)
    sheet.merge_cells("A1:E1")
    for column, text in enumerate(("资金", "预算数", "执行数", "执行率", "得分"), 1):
        sheet.cell(3, column, text).comment = Comment("说明", "局") if column == 2 else None
    sheet["A4"], sheet["B4"], sheet["C4"] = "总额", 100, 95
    sheet["E4"].number_format, sheet["D5"].number_format = "0.0", "0.00%"
    sheet["E9"] = "末"
    sheet.conditional_formatting.add("B4:C9", CellIsRule("greaterThan", ["90"], fill=PatternFill(bgColor="00FF00")))
    validation = DataValidation("list", '"是,否"')
    validation.add("A9")
    sheet.add_data_validation(validation)
    book.create_sheet(OTHER)["A1"] = "别处"
    book.save(path)
    return path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return foreign(tmp_path / "局.xlsx")


@pytest.fixture
def book(office: Office, path: Path) -> Iterator[xlwings.Book]:
    book = register(office.context, hidden=True).books.open(path)
    yield book
    book.close()


def stated(sheet: Any) -> dict[str, str]:
    return {name: defined.attr_text.replace("'", "") for name, defined in sheet.defined_names.items()}


def looks(content: bytes) -> dict[str, Any]:
    """What the owner made of the workbook, as another program reads it."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book[FORM]
    return {
        "sheets": book.sheetnames,
        "cells": [[(cell.value, cell.font.name, cell.font.sz) for cell in row] for row in sheet["A1:E9"]],
        "formats": [[cell.number_format for cell in row] for row in sheet["A1:E9"]],
        "names": stated(sheet),
        "comment": sheet["B3"].comment and sheet["B3"].comment.text,
        "merged": sorted(map(str, sheet.merged_cells.ranges)),
        "styles": sorted(book.named_styles),
        "conditions": sorted(
            (str(area.sqref), rule.type, *rule.formula) for area in sheet.conditional_formatting for rule in area.rules
        ),
        "choices": [(str(each.sqref), each.formula1) for each in sheet.data_validations.dataValidation],
    }


def test_what_is_bound_in_calc_is_bound_in_its_file(book: xlwings.Book, path: Path) -> None:
    host = ExcelHost(book)
    before = looks(host.content())
    front = book.sheets.active.name
    host.bind([BINDING])
    host.write([Change(FORM, 4, 4, None, "C4/B4")])
    host.mark({FORM: ["C4"]}, [["错误", FORM]])
    assert book.sheets.active.name == front
    host.save()

    form = PackageHost(path).read().grids[0]
    assert (dict(form.names), dict(form.constants)) == (NAMES, CONSTANTS)
    assert form.at(4, 4).text == "95.00%"
    after = looks(path.read_bytes())
    assert after["sheets"] == [FORM, OTHER, RESULTS]
    assert after["names"] == {
        "funds.total.executed": f"{FORM}!$C$4",
        "indicators": f"{FORM}!$A$6:$D$9",
        "jx.form": '"local"',
        "jx.bound": '"1"',
        "jx.scheme": '"甲""乙"""',
        "jx.marks": f"{RESULTS}!$L$4:$L$5003",
    }
    ours = "AND(COUNTA(jx.marks)>0,COUNTIF(jx.marks,ADDRESS(ROW(),COLUMN(),4))>0)"
    added = [rule for rule in after["conditions"] if rule not in before["conditions"]]
    assert added == [("A1:A9 B1:C3 D1:E9", "expression", ours), ("B4:C9", "expression", ours)]
    assert [(row, column) for row, column in differing(before["formats"], after["formats"])] == [(4, 4)]
    for what in ("comment", "merged", "choices"):
        assert after[what] == before[what]


def test_marks_are_shown_at_once(book: xlwings.Book) -> None:
    """Cells have to know of their conditional format: to make one for them is not enough."""
    cell = book.impl.api.getSheets().getByName(FORM).getCellRangeByName("D4")
    ExcelHost(book).bind([BINDING])
    assert cell.getPropertyValue("ConditionalFormat").getCount() == 1
    ExcelHost(book).unbind([BINDING])
    assert cell.getPropertyValue("ConditionalFormat").getCount() == 0


def test_rows_are_as_high_as_before(book: xlwings.Book) -> None:
    """A file that tells no heights has rows that were never fitted: a style that is taken over would fit them all."""
    rows = book.impl.api.getSheets().getByName(FORM).getRows()
    heights = [rows.getByIndex(number).Height for number in range(10)]
    ExcelHost(book).bind([BINDING])
    assert [rows.getByIndex(number).Height for number in range(10)] == heights


def differing(before: list[list[str]], after: list[list[str]]) -> Iterator[tuple[int, int]]:
    for row, (former, latter) in enumerate(zip(before, after, strict=True), 1):
        for column, (one, other) in enumerate(zip(former, latter, strict=True), 1):
            if one != other:
                yield row, column


def test_nothing_of_ours_is_left_when_it_is_unbound(book: xlwings.Book) -> None:
    host = ExcelHost(book)
    before = looks(host.content())
    for _ in range(2):
        host.bind([BINDING])
        host.identify(host.read(), IDENTITY)
    host.unbind([BINDING])
    assert looks(host.content()) == before
    host.unbind([BINDING])
    assert looks(host.content()) == before


def test_every_sheet_has_marks_of_its_own_and_the_list_goes_with_the_last(book: xlwings.Book) -> None:
    host = ExcelHost(book)
    host.bind([BINDING, Binding(OTHER, {}, {"jx.form": "local"})])
    host.mark({OTHER: ["A1"]}, [["错误", OTHER]])
    grids = {grid.title: grid for grid in host.read().grids}
    assert grids[RESULTS].at(4, 13).value == "A1"
    assert [grids[RESULTS].at(3, column).text for column in (1, 9)] == ["级别", "处理"]
    host.unbind([BINDING])
    assert RESULTS in [sheet.name for sheet in book.sheets]
    host.unbind([Binding(OTHER, {}, {"jx.form": "local"})])
    assert [sheet.name for sheet in book.sheets] == [FORM, OTHER]


@pytest.mark.parametrize(
    ("protect", "said"),
    [
        (lambda document: document.protect(""), f"“{RESULTS}”没有绑定成，表中未作任何改动。.*撤销保护"),
        (lambda document: document.getSheets().getByName(FORM).protect(""), f"“{FORM}”没有绑定成，表中未作任何改动"),
    ],
    ids=["structure", "the form"],
)
def test_what_is_protected_is_not_bound_by_half(protect: Callable[[Any], None], said: str, book: xlwings.Book) -> None:
    host = ExcelHost(book)
    before = looks(host.content())
    protect(book.impl.api)
    with pytest.raises(Refusal, match=f"^局.xlsx：{said}"):
        host.bind([BINDING, Binding(OTHER, {}, {"jx.form": "local"})])
    assert looks(host.content()) == before


def test_another_sheet_that_is_protected_is_no_obstacle(book: xlwings.Book) -> None:
    host = ExcelHost(book)
    book.impl.api.getSheets().getByName(OTHER).protect("")
    before = looks(host.content())
    host.bind([BINDING])
    assert ("A1:A9 B1:C3 D1:E9", "expression") in [rule[:2] for rule in looks(host.content())["conditions"]]
    host.unbind([BINDING])
    assert looks(host.content()) == before


def test_what_is_read_only_is_not_bound(office: Office, path: Path) -> None:
    book = register(office.context, hidden=True).books.open(path, read_only=True)
    try:
        with pytest.raises(Refusal, match="局.xlsx 是以只读方式打开的"):
            ExcelHost(book).bind([BINDING])
        assert [dict(grid.names) for grid in ExcelHost(book).read().grids] == [{}, {}]
    finally:
        book.close()


def test_unlocked_cells_of_a_protected_sheet_are_written(book: xlwings.Book) -> None:
    host, sheet = ExcelHost(book), book.impl.api.getSheets().getByName(FORM)
    protection = sheet.getCellRangeByName("C4").getPropertyValue("CellProtection")
    protection.IsLocked = False
    sheet.getCellRangeByName("C4").setPropertyValue("CellProtection", protection)
    sheet.protect("")
    host.write([Change(FORM, 4, 3, None)])
    assert host.read().grids[0].at(4, 3).text == ""
    with pytest.raises(Refusal, match="B4 没有写入"):
        host.write([Change(FORM, 4, 2, None)])


def test_a_copy_changes_nothing(book: xlwings.Book, path: Path) -> None:
    host, document = ExcelHost(book), book.impl.api
    assert not document.isModified()
    host.write([Change(OTHER, 2, 1, "新")])
    for modified in (True, False):
        document.setModified(modified)
        content = host.content()
        assert (document.isModified(), host.place) == (modified, str(path))
        assert PackageHost.from_bytes(content, "副本.xlsx").read().grids[1].at(2, 1).text == "新"
    assert PackageHost(path).read().grids[1].at(2, 1).text == ""


def test_cells_are_selected_together(book: xlwings.Book) -> None:
    host, document = ExcelHost(book), book.impl.api
    host.show_cells({OTHER: ["A1"], FORM: ["C4", "D4:E4", "A9"]})
    areas = document.getCurrentSelection().getRangeAddresses()
    cells = {(row, column) for area in areas for row in range(area.StartRow, area.EndRow + 1)
             for column in range(area.StartColumn, area.EndColumn + 1)}  # fmt: skip
    assert cells == {(3, 2), (3, 3), (3, 4), (8, 0)}
    document.getSheets().getByName(OTHER).setPropertyValue("IsVisible", False)
    host.show_cells({OTHER: ["A1"], FORM: ["A1"]})
    assert book.sheets.active.name == FORM


def test_sixty_names_are_bound_at_once(book: xlwings.Book) -> None:
    names = {f"facts.{first}{last}": Area(4, 3, 4, 3) for first in "abcdef" for last in "abcdefghij"}
    with counted() as few:
        ExcelHost(book).bind([BINDING])
    with counted() as many:
        ExcelHost(book).bind([BINDING._replace(names=names)])
    assert many[0] - few[0] < 14 * len(names)
