"""The contract of hosts: one workbook, the same reads, writes, marks and refusals, whoever holds it.

``CONTRACT`` are its promises; each wants a subject of its own. Where hosts differ by nature the difference is a field of
``Nature`` with its reason, and the contract says what each must do.
"""

import shutil
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.errors import Refusal
from jixiao.grid import Area, Binding, Cell, Change, Document, Grid, Host, Link
from jixiao.hosts.memory import MemoryHost
from jixiao.hosts.package import PackageHost


class Nature(NamedTuple):
    """What hosts may differ in."""

    calculates: bool = False
    """A program computes a formula that is written; a file keeps the value that came with it; memory too."""
    answers: bool = True
    """The recording program takes formulas, but knows of no value for them."""
    protects: bool = True
    """Memory knows of no protection."""
    knows_merged: bool = False
    """A program takes content for a cell that is hidden in a merged area; where it goes is its business, and to ask for
    merged areas would cost a call for every sheet written to. What we write goes where names point: never inside."""
    prints: bool = True
    """Memory has texts, no number formats: a number that is written prints plainly."""
    lists: bool = True
    """Memory keeps marks and findings beside its sheets, not on one of them."""


class Subject(NamedTuple):
    """A host that holds the workbook."""

    host: Host
    nature: Nature

    def grids(self) -> dict[str, Grid]:
        """What the host holds now, sheet by sheet."""
        grids = self.host.read().grids
        return {grid.title: grid._replace(cells=self.known(grid.cells)) for grid in grids}

    def known(self, cells: Mapping[tuple[int, int], Cell]) -> dict[tuple[int, int], Cell]:
        """Cells without what this host cannot know."""
        return {at: cell if self.nature.answers else _without_value(cell) for at, cell in cells.items()}


def _without_value(cell: Cell) -> Cell:
    return Cell("", None, cell.formula) if cell.formula else cell


MEMORY = Nature(protects=False, knows_merged=True, prints=False, lists=False)
FILE = Nature(knows_merged=True)
RECORDED = Nature(answers=False)
LIVE = Nature(calculates=True)


# ---- the workbook

CELLS = {
    (1, 1): Cell("项目支出", "项目支出"),
    (2, 1): Cell("17.29", Decimal("17.29")),
    (2, 2): Cell("99.83%", Decimal("0.9983")),
    (2, 3): Cell("1,234,567.89", Decimal("1234567.891")),
    (3, 1): Cell("2024-03-15", Decimal(45366)),  # days from 1899-12-30
    (3, 2): Cell("2024-03-15 06:00", Decimal("45366.25")),
    (3, 3): Cell("（2024年度）", Decimal(2024)),
    (3, 4): Cell("负责人：张", "张"),
    (4, 1): Cell("TRUE", True),
    (4, 2): Cell("00123", "00123"),
    (4, 3): Cell("=1+1", "=1+1"),
    (5, 1): Cell("34.58", Decimal("34.58"), "A2*2"),
    (5, 2): Cell("够", "够", 'IF(A2>10,"够","不够")'),
    (5, 3): Cell("#DIV/0!", "#DIV/0!", "1/0"),
    (6, 1): Cell("TRUE", True, "A2>10"),
    (6, 2): Cell("", None, 'IF(A2>10,"","x")'),
    (6, 3): Cell("#N/A", "#N/A", "NA()"),
    (6, 4): Cell("3", Decimal(3), "SUM('表 二'!A1:A2,0)"),
    (7, 1): Cell("#N/A", "#N/A"),
    (7, 2): Cell("甲\n乙", "甲\n乙"),
    (7, 3): Cell("0.1", Decimal("0.1")),
    (8, 1): Cell("合并", "合并"),
}
MERGES = [Area(1, 1, 1, 3), Area(8, 1, 9, 2)]
NAMES = {"funds.total": Area(2, 1, 2, 1), "funds.all": Area(2, 1, 3, 3)}
CONSTANTS = {"jx.form": "datong-project-2021", "jx.quoted": '甲"乙，丙;丁'}

DOCUMENT = Document(
    "合同.xlsx",
    [
        Grid(
            "表1", CELLS, MERGES, NAMES, CONSTANTS, hidden_rows=frozenset({3, 6, 7}), hidden_columns=frozenset({2, 4})
        ),
        Grid("表 二", {(1, 1): Cell("1", Decimal(1)), (2, 1): Cell("2", Decimal(2))}),
        Grid("锁", {(1, 1): Cell("原", "原")}),
        Grid("校验结果", {(1, 1): Cell("校验结果", "校验结果")}),
    ],
)
"""What every host reads."""

_FORMATS = {
    (2, 1): "0.00",
    (2, 2): "0.00%",
    (2, 3): "#,##0.00",
    (3, 1): "yyyy-mm-dd",
    (3, 2): "yyyy-mm-dd hh:mm",
    (3, 3): '"（"0"年度）"',
    (3, 4): '"负责人："@',
    (5, 1): "0.00",
}
_DEFINED = {
    "funds.total": "'表1'!$A$2",
    "funds.all": "'表1'!$A$2:$C$3",
    "jx.form": '"datong-project-2021"',
    "jx.quoted": '"甲""乙，丙;丁"',
    "jx.marks": "'校验结果'!$L$4:$L$5003",
}


def write_workbook(path: Path) -> Path:
    """The workbook as a file: openpyxl lays it out, and what formulas show is put in beside them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in DOCUMENT.grids:
        sheet = book.create_sheet(grid.title)
        for (row, column), cell in grid.cells.items():
            value = float(cell.value) if isinstance(cell.value, Decimal) else cell.value
            sheet.cell(row, column).value = 0 if cell.formula else value
            if isinstance(value, str) and not cell.formula:
                sheet.cell(row, column).data_type = "s"
        for area in grid.merges:
            sheet.merge_cells(None, area.top, area.left, area.bottom, area.right)
    form = book["表1"]
    _hide(form)
    for at, code in _FORMATS.items():
        form.cell(*at).number_format = code
    for name, text in _DEFINED.items():
        form.defined_names[name] = DefinedName(name, attr_text=text)
    book["锁"].protection.enable()
    book.save(path)
    host = PackageHost(path)
    host.write(Change("表1", *at, cell.value, cell.formula) for at, cell in CELLS.items() if cell.formula)
    host.save()
    shutil.rmtree(path.with_name("备份"))
    return path


def _hide(form: Worksheet) -> None:
    """What DOCUMENT says is hidden, and what lies beyond its end."""
    for row in (3, 6, 7, 900):
        form.row_dimensions[row].hidden = True
    form.column_dimensions["B"].hidden = True
    form.column_dimensions.group("D", "XFD", outline_level=0, hidden=True)


# ---- what holds for every host


def reads_all_there_is(subject: Subject) -> None:
    """Texts as printed, values, formulas, merged areas, names, constants."""
    document = subject.host.read()
    assert document.name == DOCUMENT.name
    assert [grid.title for grid in document.grids] == [grid.title for grid in DOCUMENT.grids]
    for grid, expected in zip(document.grids, DOCUMENT.grids, strict=True):
        assert dict(grid.cells) == dict(expected.cells)
        assert sorted(grid.merges) == sorted(expected.merges)
    form = document.grids[0]
    assert {name: area for name, area in form.names.items() if name in NAMES} == NAMES
    assert dict(form.constants) == CONSTANTS


def tells_what_is_hidden_and_reads_it_all_the_same(subject: Subject) -> None:
    """Up to the end of the sheet; a column that is hidden from here to the last one Excel has ends there too."""
    form, other, *_ = subject.grids().values()
    assert form.hidden_rows == {3, 6, 7}
    assert form.hidden_columns == {2, 4}
    assert form.at(3, 4).text == "负责人：张"
    assert (other.hidden_rows, other.hidden_columns) == (frozenset(), frozenset())


def writes_what_is_asked(subject: Subject) -> None:
    """Numbers print in the format of their cell; a blank empties; what stands elsewhere stays."""
    subject.host.write(
        [
            Change("表1", 2, 2, Decimal("0.5")),
            Change("表1", 11, 1, Decimal("-12.5")),
            Change("表1", 12, 1, Decimal("0.1")),
            Change("表1", 13, 1, False),
            Change("表1", 7, 2, None),
            Change("表 二", 3, 1, "另一张表"),
        ]
    )
    form, other, *_ = subject.grids().values()
    assert form.at(2, 2) == Cell("50.00%" if subject.nature.prints else "0.5", Decimal("0.5"))
    assert [form.at(row, 1) for row in (11, 12, 13)] == [
        Cell("-12.5", Decimal("-12.5")), Cell("0.1", Decimal("0.1")), Cell("FALSE", False),
    ]  # fmt: skip
    assert form.at(7, 2) == Cell("")
    assert other.at(3, 1).value == "另一张表"
    untouched = {at: cell for at, cell in subject.known(CELLS).items() if at not in {(2, 2), (7, 2)}}
    assert {at: form.at(*at) for at in untouched} == untouched


TEXTS = (
    "=1+1",
    "00123",
    "1/2",
    "2024-03-15",
    "95%",
    "1E5",
    "+86",
    "-",
    "@甲",
    "'引号",
    "TRUE",
    "#N/A",
    "真\n二",
    " 空 ",
    "制\t表",
    "两\n行\t制\t表",
    "'两\n行\t",
    "=1+1\n\t",
    "\t\n",
)


def a_text_stays_the_text_it_is(subject: Subject) -> None:
    """Also one that looks like a formula, a number or a date, and in a cell that shows percentages."""
    subject.host.write([Change("表1", row, 5, text) for row, text in enumerate(TEXTS, 20)])
    form = subject.grids()["表1"]
    assert [form.at(row, 5) for row in range(20, 20 + len(TEXTS))] == [Cell(text, text) for text in TEXTS]
    subject.host.write([Change("表1", 2, 2, "95%")])
    subject.host.write([Change("表1", 2, 2, Decimal("0.25"))])
    assert subject.grids()["表1"].at(2, 2).text == ("25.00%" if subject.nature.prints else "0.25")


def formulas_are_written_and_read_in_excels_notation(subject: Subject) -> None:
    """What a formula is worth comes with it; a program that calculates finds the same."""
    formulas = {
        "SUM(A2,C7)": Decimal("17.39"),
        "SUM('表 二'!$A$1:$A$2)": Decimal(3),
        'IF(A2<>"",SUBSTITUTE("a;b,c!d",";","|"),1)': "a|b,c!d",
        "SUM({1,2;3,4})": Decimal(10),
        "SUM((A2:A2,C7:C7))": Decimal("17.39"),
        "SUM(A2:C7 C7:D8)": Decimal("0.1"),
        "ROUND(A2,0)+COUNT(A:A)*0+ROW(3:3)-3": Decimal(17),
        "IF(TRUE,FLOOR(2.7,1),0)": Decimal(2),
        "funds.total*2": Decimal("34.58"),
        "NORM.S.DIST(0,TRUE)": Decimal("0.5"),
        "-A2%": Decimal("-0.1729"),
    }
    subject.host.write(
        [Change("表1", row, 6, value, formula) for row, (formula, value) in enumerate(formulas.items(), 20)]
    )
    form = subject.grids()["表1"]
    cells = [form.at(row, 6) for row in range(20, 20 + len(formulas))]
    assert [cell.formula for cell in cells] == list(formulas)
    if subject.nature.answers:
        assert [cell.value for cell in cells] == list(formulas.values())


def what_depends_on_a_number_follows_it(subject: Subject) -> None:
    subject.host.write([Change("表1", 2, 1, Decimal(5))])
    form = subject.grids()["表1"]
    if not subject.nature.answers:
        return
    follows = subject.nature.calculates
    assert form.at(5, 1).value == (10 if follows else Decimal("34.58"))
    assert form.at(5, 2).value == ("不够" if follows else "够")
    assert form.at(6, 1).value is not follows


def a_change_that_is_refused_takes_all_with_it(subject: Subject) -> None:
    before = subject.grids()
    asked = [Change("表1", 2, 1, Decimal(1)), Change("表1", 5, 1, Decimal(1)), Change("表1", 4, 2, None)]
    with pytest.raises(Refusal, match=r"^合同\.xlsx：.*“没有的表”"):
        subject.host.write([*asked, Change("没有的表", 1, 1, "甲")])
    assert subject.grids() == before
    if subject.nature.protects:
        with pytest.raises(Refusal, match="^合同.xlsx：“锁”的 A1 没有写入，表中未作任何改动.*撤销工作表保护"):
            subject.host.write([*asked, Change("锁", 1, 1, "新")])
        assert subject.grids() == before
    if subject.nature.knows_merged:
        with pytest.raises(Refusal, match="^合同.xlsx：.*A8:B9"):
            subject.host.write([*asked, Change("表1", 9, 2, "新")])
        assert subject.grids() == before


def a_merged_area_shows_what_its_corner_holds(subject: Subject) -> None:
    subject.host.write([Change("表1", 8, 1, "新")])
    if not subject.nature.knows_merged:
        subject.host.write([Change("表1", 9, 2, "内")])
    form = subject.grids()["表1"]
    assert form.at(8, 1).value == "新"
    assert sorted(form.merges) == sorted(MERGES)


def marks_replace_those_before_and_can_be_taken_away(subject: Subject) -> None:
    before = subject.grids()
    subject.host.mark({"表1": ["A2", "B2", "C2"]}, [["错误", "一"], ["错误", "二"]])
    subject.host.mark({"表1": ["A2"]}, [["错误", "00123", Decimal(2), Link("表1", "A2")]])
    if subject.nature.lists:
        listed = {at: (cell.formula or cell.value) for at, cell in subject.grids()["校验结果"].cells.items()}
        link = 'HYPERLINK("#\'表1\'!A2","A2")'
        stated = {(4, 1): "错误", (4, 2): "00123", (4, 3): Decimal(2), (4, 4): link, (4, 12): "A2"}
        assert listed == {(1, 1): "校验结果"} | stated
    else:
        assert isinstance(subject.host, MemoryHost)
        assert subject.host.marks == {"表1": ["A2"]}
    subject.host.mark({}, [])
    assert subject.grids() == before


BINDING = Binding(
    "表 二",
    {"funds.total.executed": Area(1, 1, 1, 1), "indicators.score": Area(2, 1, 9, 2)},
    {"jx.form": "local", "jx.scheme": '甲"乙'},
)


def a_bound_sheet_has_the_names_and_nothing_else_changes(subject: Subject) -> None:
    """A name that stands there already stands for something else from now on."""
    before = subject.grids()
    subject.host.bind([BINDING])
    subject.host.bind([BINDING._replace(names=BINDING.names | {"funds.total.executed": Area(2, 1, 2, 1)})])
    after = subject.grids()
    bound = after["表 二"]
    assert {name: bound.names.get(name) for name in BINDING.names} == {
        "funds.total.executed": Area(2, 1, 2, 1),
        "indicators.score": Area(2, 1, 9, 2),
    }
    assert {name: bound.constants.get(name) for name in BINDING.constants} == BINDING.constants
    assert {title: grid.cells for title, grid in after.items()} == {title: grid.cells for title, grid in before.items()}
    assert {**after, "表 二": None} == {**before, "表 二": None}


def unbinding_takes_back_what_a_binding_brought(subject: Subject) -> None:
    """What is gone already is no mistake, nor is a sheet that is."""
    before = subject.grids()
    subject.host.bind([BINDING])
    subject.host.unbind([BINDING, BINDING._replace(sheet="没有的表")])
    assert subject.grids() == before
    subject.host.unbind([BINDING])
    assert subject.grids() == before


def a_binding_that_is_refused_takes_all_with_it(subject: Subject) -> None:
    before = subject.grids()
    with pytest.raises(Refusal, match=r"^合同\.xlsx：.*“没有的表”"):
        subject.host.bind([BINDING, BINDING._replace(sheet="没有的表")])
    assert subject.grids() == before


CONTRACT: tuple[Callable[[Subject], None], ...] = (
    reads_all_there_is,
    tells_what_is_hidden_and_reads_it_all_the_same,
    writes_what_is_asked,
    a_text_stays_the_text_it_is,
    formulas_are_written_and_read_in_excels_notation,
    what_depends_on_a_number_follows_it,
    a_change_that_is_refused_takes_all_with_it,
    a_merged_area_shows_what_its_corner_holds,
    marks_replace_those_before_and_can_be_taken_away,
    a_bound_sheet_has_the_names_and_nothing_else_changes,
    unbinding_takes_back_what_a_binding_brought,
    a_binding_that_is_refused_takes_all_with_it,
)
