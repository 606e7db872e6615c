"""A live workbook through xlwings: what the file says, the open workbook says too."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import xlwings
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from jixiao.actions.examine import examine, lines, marks
from jixiao.actions.fill import fill
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.errors import Refusal
from jixiao.grid import Area, Binding, Cell, Change, Document
from jixiao.hosts.excel import ExcelHost, calls, writing
from jixiao.hosts.files import load_document
from jixiao.hosts.identity import Identity
from jixiao.hosts.package import PackageHost
from jixiao.wording.workbook import RESULTS
from recording_engine import DENIED, ComError, Names, opened
from workbooks import large_form, named_cell

SEEDS = Path(__file__).parents[1] / "seeds"
FORMS = ("datong-2021-project", "wuhua-2024-project", "anju-2023-accounts-and-projects")


@pytest.fixture(scope="module", params=FORMS)
def published(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published form, imported."""
    path = tmp_path_factory.mktemp("live") / f"{request.param}.xlsx"
    path.write_bytes(build(import_document(load_document(str(SEEDS / f"{request.param}.docx")))))
    return path


@pytest.fixture
def datong(tmp_path: Path) -> Path:
    path = tmp_path / "大同.xlsx"
    path.write_bytes(build(import_document(load_document(str(SEEDS / "datong-2021-project.docx")))))
    return path


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for a busy program takes no time here."""
    monkeypatch.setattr(calls, "sleep", lambda seconds: None)


def contents(document: Document) -> Iterator[tuple[object, ...]]:
    """Everything a grid says, in an order of its own."""
    for grid in document.grids:
        names = {name: area for name, area in grid.names.items() if not name.startswith("_xlnm.")}
        yield grid.title, dict(grid.cells), sorted(grid.merges), names, dict(grid.constants)


def test_an_open_workbook_reads_as_its_file(published: Path) -> None:
    book, _ = opened(published)
    assert list(contents(ExcelHost(book).read())) == list(contents(PackageHost(published).read()))


def test_a_fill_writes_into_the_open_workbook_what_it_writes_into_the_file(tmp_path: Path, datong: Path) -> None:
    for path in (large_form(tmp_path / "十二项.xlsx", 12), datong):
        book, _ = opened(path)
        live, file = ExcelHost(book), PackageHost.from_bytes(path.read_bytes(), path.name)
        changes = fill(live.read(), replace_typed=True).changes
        assert changes == fill(file.read(), replace_typed=True).changes != []
        live.write(changes)
        file.write(changes)
        written = [(grid.title, at, cell.formula) for grid in file.read().grids for at, cell in grid.cells.items()]
        grids = {grid.title: grid for grid in live.read().grids}
        assert written == [(title, at, grids[title].at(*at).formula) for title, at, _ in written]


def test_marks_and_findings_are_those_of_the_file(published: Path) -> None:
    book, _ = opened(published)
    live, file = ExcelHost(book), PackageHost.from_bytes(published.read_bytes(), published.name)
    findings = examine(file.read())
    assert examine(live.read()) == findings
    for host in (live, file):
        host.mark(marks(findings), lines(findings))
    texts = [
        {at: (cell.formula or cell.value) for at, cell in grid.cells.items()}
        for host in (live, file)
        for grid in host.read().grids
        if grid.title == RESULTS
    ]
    assert texts[0] == texts[1]


def test_unmarking_empties_the_list(datong: Path) -> None:
    book, _ = opened(datong)
    host = ExcelHost(book)
    before = dict(host.read().grids[-1].cells)
    findings = examine(host.read())
    host.mark(marks(findings), lines(findings))
    assert host.read().grids[-1].cells != before
    host.mark({}, [])
    assert host.read().grids[-1].cells == before


def test_a_copied_sheet_gets_a_column_of_marks_of_its_own(datong: Path) -> None:
    book, _ = opened(datong)
    original = book.impl.named("项目支出绩效自评表")
    copy = type(original).__new__(type(original))
    copy.__dict__ = {**original.__dict__, "name": "第二个项目", "refers": dict(original.refers)}
    book.impl._sheets.insert(1, copy)
    ExcelHost(book).mark({"第二个项目": ["F15"]}, [])
    assert original.refers["jx.marks"] == "=校验结果!$L$4:$L$5003"
    assert copy.refers["jx.marks"] == "='校验结果'!$M$4:$M$5003"
    assert book.impl.named(RESULTS).contents[4, 13] == (None, "F15")


# ---- how often the program is called


@pytest.mark.parametrize("button", ["read", "fill", "mark"])
def test_the_number_of_calls_does_not_grow_with_the_indicators(tmp_path: Path, button: str) -> None:
    counted = []
    for rows in (10, 400):
        book, app = opened(large_form(tmp_path / f"{rows}.xlsx", rows))
        host = ExcelHost(book)
        document = host.read()
        if button == "fill":
            host.write(fill(document).changes)
        elif button == "mark":
            marked = {document.grids[0].title: [f"A{row}" for row in range(1, rows)]}
            host.mark(marked, [["错误", "表", None, "", "说明", "", "", "", ""]] * rows)
        counted.append(sum(app.calls.values()))
    assert counted[0] == counted[1] > 0


def test_gaps_between_changed_cells_do_not_make_more_calls(tmp_path: Path) -> None:
    counted = []
    for rows in (12, 240):
        book, app = opened(large_form(tmp_path / f"{rows}.xlsx", rows))
        host = ExcelHost(book)
        contents_of = book.impl.named("大表").contents
        column = host.read().grids[0].names["indicators.score"].left
        for row, at in [spot for spot in contents_of if spot[1] == column and spot[0] > 13 and spot[0] % 2]:
            del contents_of[row, at]
        app.calls.clear()
        host.write([change for change in fill(host.read()).changes if change.column == column])
        counted.append(sum(app.calls.values()))
    assert counted[0] == counted[1] > 0


def test_what_people_typed_between_changed_cells_is_not_touched(datong: Path) -> None:
    book, _ = opened(datong)
    form = book.impl._sheets[0]
    form.contents[60, 2], form.contents[61, 2], form.contents[62, 2] = (
        (None, 1.0),
        (None, "旧"),
        ("=PERF_WAN(B60)", None),
    )
    entered: list[int] = []
    enter = type(form.range((1, 1)))._enter
    spy = lambda self, row, column, entry: (entered.append(row), enter(self, row, column, entry))  # noqa: E731
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(form.range((1, 1))), "_enter", spy)
        form.contents[64, 2] = ("=SUM(A1:A3*B1:B3)", None)  # perhaps an array formula: it looks like any other
        ExcelHost(book).write([Change(form.name, row, 2, Decimal(9)) for row in (60, 63, 65)])
    assert entered == [60, 62, 63, 65]
    assert form.contents[61, 2] == (None, "旧") and form.contents[62, 2] == ("=PERF_WAN(B60)", None)


# ---- what is typed


@pytest.mark.parametrize("text", ["=1+1", "00123", "1/2", "+86", "-", "@甲", "'引号", "真"])
def test_a_text_stays_the_text_it_is(datong: Path, text: str) -> None:
    book, _ = opened(datong)
    host = ExcelHost(book)
    title = host.read().grids[0].title
    host.write([Change(title, 60, 2, text)])
    assert host.read().grids[0].at(60, 2) == Cell(text, text)


def test_numbers_blanks_and_truth_are_written_as_they_are(datong: Path) -> None:
    book, _ = opened(datong)
    host = ExcelHost(book)
    title = host.read().grids[0].title
    host.write([Change(title, 60, 2, Decimal("17.29")), Change(title, 61, 2, True), Change(title, 62, 2, "甲")])
    host.write([Change(title, 62, 2, None)])
    cells = host.read().grids[0]
    assert [cells.at(row, 2).value for row in (60, 61, 62)] == [Decimal("17.29"), True, None]


def test_numbers_and_formulas_in_cells_formatted_as_text_become_what_they_are(datong: Path) -> None:
    book, _ = opened(datong)
    form = book.impl._sheets[0]
    form.formats.update({(60, 2): "@", (61, 2): "0", (62, 2): "@", (63, 2): "@"})
    changes = [Change(form.name, 60, 2, Decimal(10), number_format="0.00"), Change(form.name, 61, 2, Decimal(1))]
    formula = Change(form.name, 62, 2, None, "PERF_GRADE(H41)", number_format="General")
    ExcelHost(book).write([*changes, formula, Change(form.name, 63, 2, "00123")])
    assert form.contents[60, 2] == (None, 10.0) and form.formats[60, 2] == "0.00"
    assert form.contents[62, 2] == ("=PERF_GRADE(H41)", None)
    assert form.contents[63, 2] == (None, "00123") and form.formats[61, 2] == "0"


def test_an_error_younger_than_xlwings_is_no_number(datong: Path) -> None:
    book, _ = opened(datong)
    form = book.impl._sheets[0]
    form.contents[60, 2] = ("=CALC()", -2146826238)  # #CALC!
    assert ExcelHost(book).read().grids[0].at(60, 2) == Cell("#VALUE!", "#VALUE!", "CALC()")


def test_formulas_are_brought_up_to_date_where_the_user_calculates_by_hand(datong: Path) -> None:
    book, app = opened(datong)
    ExcelHost(book).read()
    assert app.calls["calculate"] == 0
    app.calculation = "manual"
    ExcelHost(book).read()
    assert app.calls["calculate"] == 1


def test_remarks_on_the_sheet_of_findings_stay(datong: Path) -> None:
    for host in (ExcelHost(opened(datong)[0]), PackageHost.from_bytes(datong.read_bytes(), "大同.xlsx")):
        findings = examine(host.read())
        host.mark(marks(findings), lines(findings))
        host.write([Change(RESULTS, 5, 10, "已请项目科核对"), Change(RESULTS, 30, 1, "另记")])
        host.mark({}, [])
        host.mark(marks(findings), lines(findings))
        grid = next(grid for grid in host.read().grids if grid.title == RESULTS)
        assert (grid.at(5, 10).value, grid.at(30, 1).value) == ("已请项目科核对", "另记")
        with pytest.raises(Refusal, match="A30 有手工写的内容"):
            host.mark(marks(findings), lines(findings) * 20)
        grid = next(grid for grid in host.read().grids if grid.title == RESULTS)
        assert grid.at(30, 1).value == "另记"


def test_a_date_reads_as_the_file_says(tmp_path: Path) -> None:
    from datetime import datetime

    from openpyxl import Workbook

    workbook = Workbook()
    workbook.active["A1"] = datetime(2024, 3, 15, 6, 0)
    workbook.active["A1"].number_format = "yyyy-mm-dd hh:mm"
    workbook.active["B2"] = datetime(2024, 3, 15)
    workbook.active["B2"].number_format = "yyyy年m月d日"
    workbook.save(tmp_path / "日期.xlsx")
    book, _ = opened(tmp_path / "日期.xlsx")
    [grid] = ExcelHost(book).read().grids
    assert grid.at(1, 1) == Cell("2024-03-15 06:00", Decimal("45366.25"))  # 45366 = days from 1899-12-30
    assert grid.at(2, 2) == Cell("2024-03-15", Decimal(45366))
    assert list(contents(ExcelHost(book).read())) == list(contents(PackageHost(tmp_path / "日期.xlsx").read()))


# ---- what can go wrong


def test_a_protected_sheet_is_refused_and_nothing_is_changed(published: Path) -> None:
    book, _ = opened(published)
    host = ExcelHost(book)
    before = list(contents(host.read()))
    sheets = list(book.impl._sheets)
    form, results = sheets[0], book.impl.named(RESULTS)
    form.protected = True
    changes = [Change(results.name, 60, 2, "先写的"), Change(form.name, 60, 2, "后写的")]
    with pytest.raises(Refusal) as refusal:
        host.write(changes)
    assert form.name in str(refusal.value) and "撤销工作表保护" in str(refusal.value)
    assert list(contents(host.read())) == before


def test_what_was_written_before_a_refusal_is_put_back_with_its_type(datong: Path) -> None:
    book, _ = opened(datong)
    host = ExcelHost(book)
    form, results = book.impl._sheets[0], book.impl.named(RESULTS)
    spot = named_cell(host.read(), "total.score")
    results.contents[60, 2] = (None, "00123")
    results.contents[61, 2] = ("=SUM(A1:A2)", None)
    results.contents[62, 2] = (None, 4.0)
    before = dict(results.contents)
    book.impl._sheets.reverse()
    form.protected = True
    changes = [Change(results.name, row, 2, "新") for row in (60, 61, 62, 63)]
    with pytest.raises(Refusal):
        host.write([*changes, Change("项目支出绩效自评表", *spot, Decimal(1))])
    assert results.contents == before


def test_a_busy_program_is_asked_again_and_then_the_user_is_told(datong: Path) -> None:
    book, app = opened(datong)
    app.busy_calls = 3
    assert ExcelHost(book).read().grids
    app.busy_calls = 1000
    with pytest.raises(Refusal, match="请先按回车结束编辑"):
        ExcelHost(book).read()


def test_without_the_add_in_the_user_is_told(datong: Path) -> None:
    book, app = opened(datong)
    app.installed = False
    with pytest.raises(Refusal, match="绩效加载项没有应答"):
        ExcelHost(book).read()


def test_a_sheet_that_is_gone_is_named(datong: Path) -> None:
    book, _ = opened(datong)
    with pytest.raises(Refusal, match="没有名为“旧表”的工作表"):
        ExcelHost(book).write([Change("旧表", 1, 1, "甲")])


def test_a_bug_of_ours_is_not_blamed_on_the_workbook(datong: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book, _ = opened(datong)
    host = ExcelHost(book)
    monkeypatch.setattr(writing, "_entries", lambda target: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        host.write([Change(RESULTS, 60, 2, "甲")])


# ---- binding somebody else's workbook

NAMES = {"funds.total.executed": Area(2, 2, 2, 2), "indicators": Area(3, 1, 5, 2)}
BINDING = Binding("甲's 表", NAMES, {"jx.form": "local", "jx.bound": '"是"'}, [(2, 3), (2, 4)])
SECOND = Binding("乙", {}, {"jx.form": "local"})
MARKED = "AND(COUNTA(jx.marks)>0,COUNTIF(jx.marks,ADDRESS(ROW(),COLUMN(),4))>0)"


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A bureau's own workbook, with a name and a format of its own."""
    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(BINDING.sheet)
    sheet["A1"], sheet["D5"] = "自评表", "末"
    sheet["D2"].number_format = "0.0"
    sheet.defined_names["own"] = DefinedName("own", attr_text="'甲''s 表'!$A$1")
    book.create_sheet(SECOND.sheet)["A1"] = "另一张"
    book.save(tmp_path / "局.xlsx")
    return tmp_path / "局.xlsx"


def state(book: xlwings.Book) -> list[object]:
    """All of an open workbook that binding touches."""
    return [
        (sheet.name, dict(sheet.refers), dict(sheet.formats), list(sheet.conditions), sheet.contents, sheet.in_front)
        for sheet in book.impl._sheets
    ]


def test_a_sheet_is_bound_where_it_stands(foreign: Path) -> None:
    book, _ = opened(foreign)
    sheet = book.impl.named(BINDING.sheet)
    sheet.conditions.append(("A1:B2", "A1>90"))
    ExcelHost(book).bind([BINDING])
    assert sheet.refers == {
        "own": "='甲''s 表'!$A$1",
        "funds.total.executed": "='甲''s 表'!$B$2",
        "indicators": "='甲''s 表'!$A$3:$B$5",
        "jx.form": '="local"',
        "jx.bound": '="""是"""',
        "jx.marks": "='校验结果'!$L$4:$L$5003",
    }
    assert sheet.conditions == [("A1:B2", "A1>90"), ("A1:D5", MARKED)]
    assert (sheet.formats[2, 3], sheet.formats[2, 4]) == ("0.00%;-0.00%", "0.0")
    assert [(each.name, each.in_front) for each in book.impl._sheets] == [
        (BINDING.sheet, True), ("乙", False), (RESULTS, False),
    ]  # fmt: skip
    results = book.impl.named(RESULTS)
    assert [results.contents[3, column][1] for column in (1, 9)] == ["级别", "处理"]
    assert results.widths == "6,14,7,18,44,12,16,24,30"


def test_what_was_bound_is_unbound_with_the_last_sheet_of_ours(foreign: Path) -> None:
    book, _ = opened(foreign)
    host = ExcelHost(book)
    before = state(book)
    host.bind([BINDING])
    host.bind([BINDING, SECOND])
    assert book.impl.named("乙").refers["jx.marks"] == "='校验结果'!$M$4:$M$5003"
    host.identify(host.read(), Identity("ab" * 16))
    host.unbind([BINDING])
    assert [sheet.name for sheet in book.sheets] == [BINDING.sheet, "乙", RESULTS]
    host.unbind([SECOND, Binding("没有了", {}, {})])
    assert state(book) == before
    host.unbind([BINDING])
    assert state(book) == before


def test_a_list_of_somebody_else_is_not_deleted(foreign: Path) -> None:
    book, _ = opened(foreign)
    book.impl.named("乙").name = RESULTS
    host = ExcelHost(book)
    host.bind([BINDING])
    host.unbind([BINDING])
    assert [sheet.name for sheet in book.sheets] == [BINDING.sheet, RESULTS]


@pytest.mark.parametrize("what", ["the structure", "the second sheet", "the names"])
def test_a_binding_that_is_refused_leaves_nothing(foreign: Path, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    book, _ = opened(foreign)
    host = ExcelHost(book)
    before = state(book)
    book.impl.structure_protected = what == "the structure"
    book.impl.named("乙").protected = what == "the second sheet"
    if what == "the names":
        monkeypatch.setattr(Names, "add", refused)
    where = {"the structure": RESULTS, "the second sheet": "乙", "the names": BINDING.sheet}[what]
    with pytest.raises(Refusal, match=f"^局.xlsx：“{where}”没有绑定成，表中未作任何改动。"):
        host.bind([BINDING, SECOND])
    assert state(book) == before


def refused(*_: object) -> None:
    raise ComError(DENIED)


def test_an_unbinding_that_is_refused_leaves_all(foreign: Path) -> None:
    book, _ = opened(foreign)
    host = ExcelHost(book)
    host.bind([BINDING, SECOND])
    before = [(sheet.name, dict(sheet.refers), sheet.formats, sorted(sheet.conditions)) for sheet in book.impl._sheets]
    book.impl.named("乙").protected = True
    with pytest.raises(Refusal, match="“乙”没有恢复到绑定以前"):
        host.unbind([BINDING, SECOND])
    assert before == [
        (sheet.name, dict(sheet.refers), sheet.formats, sorted(sheet.conditions)) for sheet in book.impl._sheets
    ]


def test_a_missing_sheet_is_named(foreign: Path) -> None:
    book, _ = opened(foreign)
    before = state(book)
    with pytest.raises(Refusal, match="没有名为“没有的表”的工作表"):
        ExcelHost(book).bind([BINDING, Binding("没有的表", {}, {})])
    assert state(book) == before


def test_cells_are_selected_on_the_sheet_in_front_or_the_first_that_shows(foreign: Path) -> None:
    book, app = opened(foreign)
    host = ExcelHost(book)
    host.show_cells({"乙": ["A1"], BINDING.sheet: ["A1", "B2:C3"]})
    assert app.selected == (BINDING.sheet, "A1,B2:C3")
    book.impl.named(BINDING.sheet).hidden = True
    host.show_cells({BINDING.sheet: ["A1"], "乙": ["A2"]})
    assert app.selected == ("乙", "A2")
    app.selected = None
    host.show_cells({"乙": []})
    assert app.selected is None


def test_the_content_of_an_open_workbook_is_a_file(foreign: Path) -> None:
    book, app = opened(foreign)
    assert ExcelHost(book).content() == foreign.read_bytes()
    app.installed = False
    with pytest.raises(Refusal, match="没有交出这个工作簿的副本"):
        ExcelHost(book).content()
