"""One button, one action: what the user is told and asked, and what happens to the workbook and its files."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook

from jixiao import buttons, logbook
from jixiao.actions import bind
from jixiao.actions.importing import import_document
from jixiao.actions.plan import Plan
from jixiao.builder import build
from jixiao.desks import opening
from jixiao.grid import Document
from jixiao.hosts.excel import ExcelHost, calls
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.wording.workbook import RESULTS
from recording_engine import App, opened
from typed_forms import SELF_EVALUATION
from workbooks import large_form, named_cell

SEEDS = Path(__file__).parent / "seeds"


class Desk:
    """A workbook open in front of somebody, and what she was told and asked."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book, self.app = opened(path)

    def press(self, name: str, argument: str = "", read_only: bool = False) -> str:
        """Press a button; what was said last."""
        self.app.said.clear()
        self.app.asked.clear()
        self.app.calls.clear()
        buttons.press(name, argument, read_only, book=self.book)
        assert self.app.bar[-1] is False  # the status bar is the program's again
        return self.app.said[-1] if self.app.said else ""

    def document(self) -> Document:
        return ExcelHost(self.book).read()

    def typed(self) -> dict[tuple[str, int, int], object]:
        """Formulas and typed values; what formulas show is Excel's business, and the recording program calculates nothing."""
        return {
            (grid.title, *at): cell.formula or cell.value
            for grid in self.document().grids
            for at, cell in grid.cells.items()
        }


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own: journal and log go there, and no program is opened."""
    monkeypatch.setenv("HOME", str(tmp_path / "张三"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "张三" / "状态"))
    monkeypatch.setattr(calls, "sleep", lambda seconds: None)
    monkeypatch.setattr(opening, "show", lambda path: shown.append(path))
    shown.clear()
    (tmp_path / "张三" / "Documents").mkdir(parents=True)
    return tmp_path / "张三"


shown: list[str] = []


@pytest.fixture
def datong(tmp_path: Path) -> Desk:
    return Desk(_imported("datong-2021-project", tmp_path / "绩效表" / "大同.xlsx"))


@pytest.fixture
def unfilled(tmp_path: Path) -> Desk:
    """Twelve indicators typed, and somebody has deleted every formula."""
    desk = Desk(large_form(tmp_path / "十二项.xlsx", 12))
    contents = desk.book.impl.named("大表").contents
    for at in [at for at, (formula, _) in contents.items() if formula]:
        del contents[at]
    return desk


def _imported(seed: str, path: Path) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(build(import_document(load_document(str(SEEDS / f"{seed}.docx")))))
    return path


# ---- 填写, 撤销


NOTHING = "十二项.xlsx：没有可以撤销的填写或校验。"
FILLED = 37
"""12 scores, 12 rates of completion; of the funds 3 totals, 5 rates, a score and a saving rate; 2 sums and the grade."""


def test_fill_asks_with_the_number_and_the_cells_and_then_writes(unfilled: Desk) -> None:
    told = unfilled.press("fill")
    [question] = unfilled.app.asked
    assert question.startswith(f"将填写 {FILLED} 个单元格：")
    assert "大表 " in question and f"……还有 {FILLED - 12} 个" in question
    assert told == f"已填写 {FILLED} 个单元格。"
    document = unfilled.document()
    assert "SUM(I13:INDEX(I:I,ROW()-1)" in str(document.grids[0].at(*named_cell(document, "total.weight")).formula)


def test_declining_leaves_the_workbook_alone(unfilled: Desk) -> None:
    before = unfilled.typed()
    unfilled.app.agrees = False
    unfilled.press("fill")
    assert unfilled.typed() == before
    assert unfilled.press("undo") == NOTHING


def test_undo_restores_every_cell(unfilled: Desk) -> None:
    before = unfilled.typed()
    unfilled.press("fill")
    assert unfilled.typed() != before
    assert unfilled.press("undo") == f"已恢复 {FILLED} 个单元格。"
    assert unfilled.typed() == before
    assert unfilled.press("undo") == NOTHING


def test_undo_leaves_what_was_typed_since(unfilled: Desk) -> None:
    unfilled.press("fill")
    document = unfilled.document()
    row, column = named_cell(document, "total.score")
    unfilled.book.impl.named("大表").contents[row, column] = (None, 88.0)
    told = unfilled.press("undo")
    assert told == f"已恢复 {FILLED - 1} 个单元格。\n\n另有 1 个单元格之后又改过，保持不动：\n大表 J26"
    assert unfilled.document().grids[0].at(row, column).value == 88


def test_an_undo_belongs_to_the_workbook_it_was_made_in(tmp_path: Path, unfilled: Desk) -> None:
    unfilled.press("fill")
    fresh = Desk(large_form(tmp_path / "另一份.xlsx", 12))
    fresh.book.impl.place, fresh.book.impl.name = unfilled.book.impl.place, unfilled.book.impl.name
    before = fresh.typed()
    assert fresh.press("undo") == NOTHING
    assert fresh.typed() == before


def test_nothing_is_written_that_could_not_be_taken_back(unfilled: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = unfilled.typed()
    monkeypatch.setattr("jixiao.desks.journal.Journal.keep", lambda *_: 1 / 0)
    assert unfilled.press("fill").startswith("程序出错了")
    assert unfilled.typed() == before


def test_an_undo_over_a_renamed_sheet_says_so_and_can_be_tried_again(unfilled: Desk) -> None:
    unfilled.press("fill")
    unfilled.book.impl.named("大表").name = "改过名"
    before = unfilled.typed()
    assert unfilled.press("undo").startswith("十二项.xlsx：没有恢复：表“大表”已改名、删去，或者行列有增减。")
    assert unfilled.typed() == before
    unfilled.book.impl.named("改过名").name = "大表"
    assert unfilled.press("undo").startswith(f"已恢复 {FILLED} 个单元格。")


def test_checking_often_does_not_push_the_fill_out_of_the_journal(unfilled: Desk) -> None:
    unfilled.press("fill")
    for _ in range(25):
        unfilled.press("check")
    assert unfilled.press("undo") == "已去掉校验的标记和清单。"
    assert unfilled.press("undo").startswith(f"已恢复 {FILLED} 个单元格。")


def test_undo_works_after_the_program_was_started_anew(unfilled: Desk) -> None:
    before = unfilled.typed()
    unfilled.press("fill")
    again = Desk.__new__(Desk)
    again.path, again.book, again.app = unfilled.path, unfilled.book, App()
    unfilled.book.impl._app = again.app
    again.app.book = unfilled.book.impl
    assert again.press("undo") == f"已恢复 {FILLED} 个单元格。"
    assert again.typed() == before


def test_two_fills_are_undone_one_after_the_other(unfilled: Desk) -> None:
    first = unfilled.typed()
    spot = named_cell(unfilled.document(), "total.score")
    unfilled.press("fill")
    formula = unfilled.typed()["大表", *spot]
    unfilled.book.impl.named("大表").contents.pop(spot)
    second = unfilled.typed()
    unfilled.press("fill")
    assert unfilled.typed()["大表", *spot] == formula
    unfilled.press("undo")
    assert unfilled.typed() == second
    assert unfilled.press("undo").startswith(f"已恢复 {FILLED - 1} 个单元格。")  # the sum was deleted by hand
    assert unfilled.typed() == first


def test_a_computed_cell_typed_over_is_told_and_left(datong: Desk) -> None:
    told = datong.press("fill")
    assert "以下计算单元格是手工填写的，未改动：" in told
    assert "手工填写 10，按公式应为 6.96" in told or "手工填写 10.00，按公式应为 6.96" in told


def test_a_read_only_workbook_is_filled_but_the_user_is_warned(unfilled: Desk) -> None:
    unfilled.press("fill", read_only=True)
    assert unfilled.app.asked[0].startswith("这个工作簿是以只读方式打开的：可以填写，但要用“另存为”保存。")


# ---- 校验


def test_check_marks_lists_and_shows_what_it_found(datong: Desk) -> None:
    told = datong.press("check")
    file = PackageHost(datong.path)
    assert told.startswith("发现 1 个错误、")  # R02: 10 stated, 6.96 by 10 × 135 ÷ 194
    results = datong.book.impl.named(RESULTS)
    assert results.in_front
    listed = [results.contents.get((row, 1), (None, None))[1] for row in range(4, 8)]
    assert "错误" in listed
    grid = next(grid for grid in file.read().grids if grid.title != RESULTS)
    row, column = grid.names["execution.score"].top, grid.names["execution.score"].left
    marked = [value for (_, at), (_, value) in results.contents.items() if at == 12]
    assert f"{chr(64 + column)}{row}" in marked


def test_undo_takes_the_marks_away(datong: Desk) -> None:
    before = datong.typed()
    datong.press("check")
    assert datong.press("undo") == "已去掉校验的标记和清单。"
    assert datong.typed() == before


def test_findings_are_marked_even_where_their_sheet_is_hidden(datong: Desk) -> None:
    datong.book.impl.named(RESULTS).hidden = True
    assert datong.press("check").startswith("发现 1 个错误、")


# ---- 生成报告, 导出上报版


def test_a_report_goes_beside_the_workbook_and_is_opened_if_wanted(datong: Desk) -> None:
    datong.press("report")
    path = datong.path.with_name("大同-评价报告.docx")
    assert path.stat().st_size > 10_000
    [question] = datong.app.asked
    assert question.startswith(f"已生成：\n{path}") and "处待补充" in question and "表中还有 1 个错误" in question
    assert shown == [str(path)]


def test_several_reports_go_into_a_folder(tmp_path: Path) -> None:
    desk = Desk(_imported("anju-2023-accounts-and-projects", tmp_path / "绩效表" / "安居.xlsx"))
    desk.press("report")
    folder = tmp_path / "绩效表" / "安居-评价报告"
    assert sorted(path.name for path in folder.iterdir()) == [f"项目{n}-评价报告.docx" for n in (1, 2, 3, 4, 5)]
    assert "将生成 5 份报告" in desk.app.asked[0]
    assert "绩效：正在生成第 3 份文件，共 5 份……" in desk.app.bar


def test_sheets_whose_names_differ_only_in_signs_get_a_report_each(tmp_path: Path) -> None:
    desk = Desk(_imported("anju-2023-accounts-and-projects", tmp_path / "绩效表" / "安居.xlsx"))
    desk.book.impl.named("项目1").name, desk.book.impl.named("项目2").name = "甲<", "甲>"
    desk.press("report")
    written = {path.name for path in (tmp_path / "绩效表" / "安居-评价报告").iterdir()}
    assert {"甲_1-评价报告.docx", "甲_2-评价报告.docx", "项目3-评价报告.docx"} < written and len(written) == 5


def test_declining_the_folder_writes_nothing(tmp_path: Path) -> None:
    desk = Desk(_imported("anju-2023-accounts-and-projects", tmp_path / "绩效表" / "安居.xlsx"))
    desk.app.agrees = False
    desk.press("report")
    assert not (tmp_path / "绩效表" / "安居-评价报告").exists()


def test_cancelling_the_file_box_writes_nothing(datong: Desk) -> None:
    datong.app.saves_to = lambda suggested: False
    for button in ("report", "export"):
        assert datong.press(button) == "" and datong.app.asked == []
    assert [path.name for path in datong.path.parent.iterdir()] == ["大同.xlsx"]


def test_an_existing_file_is_overwritten_only_with_consent(datong: Desk) -> None:
    path = datong.path.with_name("大同-上报版.xlsx")
    path.write_bytes("别人的文件".encode())
    datong.app.agrees = False
    datong.press("export")
    assert datong.app.asked == [f"文件已存在：\n{path}\n\n要覆盖吗？"]
    assert path.read_bytes() == "别人的文件".encode()
    datong.app.agrees = True
    datong.press("export")
    [backup] = (path.parent / "备份").iterdir()
    assert backup.read_bytes() == "别人的文件".encode()
    [grid, *others] = PackageHost(path).read().grids
    assert not others and all(cell.formula is None for cell in grid.cells.values())


def test_a_bureaus_own_workbook_is_exported_as_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = Desk(_bound(tmp_path / "农民培训.xlsx"))
    monkeypatch.setattr(ExcelHost, "content", lambda self: desk.path.read_bytes(), raising=False)
    assert desk.press("export") == "" and "已生成" in desk.app.asked[-1]
    [grid] = PackageHost(tmp_path / "农民培训-上报版.xlsx").read().grids
    assert not grid.names and not grid.constants
    assert grid.at(5, 5).text == "90.00%" and grid.at(5, 5).formula is None
    assert grid.at(5, 6).formula == "C5-D5"  # theirs


def _bound(path: Path) -> Path:
    """A county's own workbook with its rates blank and a formula of its own, bound where it stands."""
    book = Workbook()
    book.active.append(["某某县项目支出绩效自评表"])
    for line in SELF_EVALUATION.strip().splitlines():
        book.active.append(
            [number if (number := _number(cell)) is not None else cell.strip() for cell in line.split("|")]
        )
    for row in (4, 5):
        book.active.cell(row, 5).value = None
    book.active["F5"] = "=C5-D5"
    book.save(path)
    host = PackageHost(path)
    plan = bind.plan(host.read())
    host.bind(plan.bindings)
    host.write(plan.changes)
    host.save()
    return path


def _number(cell: str) -> float | None:
    return float(cell) if cell.strip().replace(".", "").isdecimal() else None


def test_the_open_workbook_itself_is_never_the_target(datong: Desk) -> None:
    before = datong.path.read_bytes()
    datong.app.saves_to = lambda suggested: str(datong.path)
    assert datong.press("export") == f"“{datong.path}”就是原文件，不能覆盖；请换一个文件名。"
    assert datong.path.read_bytes() == before


def test_an_unsaved_workbook_offers_the_documents_folder(datong: Desk, home: Path) -> None:
    datong.book.impl.place = datong.book.impl.name = "工作簿1"
    datong.press("report")
    assert (home / "Documents" / "工作簿1-评价报告.docx").exists()


def test_a_workbook_on_a_web_drive_offers_the_documents_folder(datong: Desk, home: Path) -> None:
    datong.book.impl.place = "https://例.cn/文档/大同.xlsx"
    datong.press("report")
    assert (home / "Documents" / "大同-评价报告.docx").exists()


# ---- 新建表单, 导入


@pytest.mark.parametrize("ending", [".xlsx", ".xlsm"])
def test_new_builds_saves_and_opens_a_form(datong: Desk, ending: str) -> None:
    datong.app.saves_to = lambda suggested: str(datong.path.with_name(f"新表{ending}"))
    told = datong.press("new", "wuhua-project-2024")
    path = datong.path.with_name(f"新表{ending}")
    assert datong.app.opened == [str(path)]
    assert PackageHost(path).read().grids[0].constants["jx.form"] == "wuhua-project-2024"
    assert told.startswith(f"已生成：{path}") or told.startswith(f"已生成：\n{path}")


@pytest.fixture
def own_forms(home: Path) -> Path:
    """The folder of one's own drawings, with a shipped one kept under another name."""
    from jixiao.forms.library import folder

    kept = home / "jixiao" / "表样"
    kept.mkdir(parents=True)
    shipped = (Path(folder()) / "drawings" / "wuhua-project-2024.txt").read_text(encoding="utf-8")
    (kept / "我区评价表.txt").write_text(shipped.replace("wuhua-project-2024", "我区评价表"), encoding="utf-8")
    return kept


def test_a_form_of_ones_own_is_chosen_from_a_list(datong: Desk, own_forms: Path) -> None:
    datong.app.picks = 1
    datong.press("new")
    assert datong.app.offered == ("选一种表样", ["五华区预算支出部门评价表 · 昆明市五华区财政局 · 2024"])
    [path] = datong.app.opened
    assert PackageHost(path).read().grids[0].constants["jx.form"] == "我区评价表"


def test_no_form_chosen_is_none_made(datong: Desk, own_forms: Path) -> None:
    assert datong.press("new") == ""
    assert datong.app.opened == []


def test_without_forms_of_ones_own_the_folder_is_named(datong: Desk, home: Path) -> None:
    told = datong.press("new")
    assert told.startswith("还没有自己的表样。") and told.endswith(str(home / "jixiao" / "表样"))


def test_a_form_with_a_mistake_is_named_where_there_is_no_other(datong: Desk, own_forms: Path) -> None:
    (own_forms / "我区评价表.txt").write_text("不是表样", encoding="utf-8")
    assert "没有采用：" in datong.press("new")


def test_import_turns_a_word_form_into_a_workbook(datong: Desk, tmp_path: Path) -> None:
    source = tmp_path / "五华.docx"
    source.write_bytes((SEEDS / "wuhua-2024-project.docx").read_bytes())
    datong.app.chosen = str(source)
    told = datong.press("import")
    path = tmp_path / "五华-导入.xlsx"
    assert datong.app.opened == [str(path)]
    document = PackageHost(path).read()
    assert document.grids[0].at(*named_cell(document, "total.score")).value == Decimal("99.97")
    assert "未导入内容" in told


def test_a_workbook_of_the_same_name_is_not_opened_twice(datong: Desk, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    path = tmp_path / "别处" / "大同.xlsx"
    datong.app.saves_to = lambda suggested: str(path)
    assert "同名的工作簿" in datong.press("new", "wuhua-project-2024")
    assert path.exists() and datong.app.opened == []


def test_import_of_a_broken_file_is_one_sentence(datong: Desk, tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    datong.app.chosen = str(tmp_path / "坏.docx")
    assert datong.press("import").startswith("坏.docx：文件不完整")


# ---- 检查安装, 帮助


def test_doctor_says_the_lines_of_the_command(datong: Desk) -> None:
    from jixiao.doctor import doctor

    assert datong.press("doctor") == "\n".join(doctor())


def test_help_opens_the_page_that_is_shipped(datong: Desk) -> None:
    datong.press("help")
    assert [Path(path).name for path in shown] == ["help.html"] and Path(shown[0]).exists()


# ---- what can go wrong


@pytest.mark.parametrize("button", ["fill", "check", "report", "export"])
def test_a_workbook_without_a_form_is_told_so(tmp_path: Path, button: str) -> None:
    from openpyxl import Workbook

    Workbook().save(tmp_path / "别的.xlsx")
    told = Desk(tmp_path / "别的.xlsx").press(button)
    assert told.startswith("当前工作簿里没有本工具的绩效表。如果这是财政部门发的表，请先点“绑定”")


def named_sheet(path: Path, **constants: str) -> Path:
    """A workbook whose only sheet says these things of itself (``form="local"``: jx.form)."""
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    book = Workbook()
    book.worksheets[0]["A1"] = "年度"
    for name, text in constants.items():
        book.worksheets[0].defined_names[f"jx.{name}"] = DefinedName(f"jx.{name}", attr_text=f'"{text}"')
    book.save(path)
    return path


def test_a_form_of_a_newer_program_is_refused_by_its_id(tmp_path: Path) -> None:
    told = Desk(named_sheet(tmp_path / "新.xlsx", form="national-project-2031")).press("check")
    assert told == "这个工作簿的表样“national-project-2031”本程序不认识，可能比程序新，请升级后再试。"


@pytest.mark.parametrize("form", ["local", "a-colleague's-drawing"])
def test_a_sheet_that_was_only_bound_asks_for_no_drawing(tmp_path: Path, form: str) -> None:
    told = Desk(named_sheet(tmp_path / "绑定.xlsx", form=form, bound="yes")).press("check")
    assert "不认识" not in told and "请先点“绑定”" not in told


def test_bind_plans_for_the_workbook_in_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from jixiao.actions import bind

    asked = []

    def plan(document: Document) -> Plan:
        asked.append([grid.cells[1, 1].value for grid in document.grids])
        return Plan(document, "已经绑定过了")

    monkeypatch.setattr(bind, "plan", plan)
    assert Desk(named_sheet(tmp_path / "别的.xlsx")).press("bind") == "已经绑定过了。"
    assert asked == [["年度"]]


@pytest.mark.parametrize("button", ["fill", "check", "report", "export"])
def test_a_form_newer_than_the_program_is_told_so(datong: Desk, button: str) -> None:
    datong.book.impl._sheets[0].refers["jx.form"] = '="datong-project-2031"'
    assert datong.press(button).startswith("这个工作簿的表样“datong-project-2031”本程序不认识")


def test_while_a_box_is_open_the_program_neither_complains_nor_shows_progress(datong: Desk) -> None:
    seen = []
    look = lambda *_: seen.append((datong.app.display_alerts, datong.app.status_bar)) or "ok"  # noqa: E731
    datong.app.alert = look  # type: ignore[method-assign]
    datong.press("check")
    assert seen == [(False, False)] and datong.app.display_alerts


def test_a_workbook_whose_list_of_findings_was_deleted_is_told_them(datong: Desk) -> None:
    datong.book.impl._sheets = [sheet for sheet in datong.book.impl._sheets if sheet.name != RESULTS]
    told = datong.press("check")
    assert "没有“校验结果”表" in told and "应为6.96" in told


def test_a_protected_sheet_is_told_and_nothing_is_remembered(unfilled: Desk) -> None:
    unfilled.book.impl.named("大表").protected = True
    assert "撤销工作表保护" in unfilled.press("fill")
    assert unfilled.press("undo") == NOTHING


def test_a_cell_being_edited_is_told(unfilled: Desk) -> None:
    unfilled.app.busy_calls = 10_000
    assert unfilled.press("fill").startswith("表格程序正忙或正在编辑单元格")


def test_a_bug_is_one_sentence_and_a_traceback_in_the_log(datong: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: Document) -> list[object]:
        raise RuntimeError("内部错误")

    monkeypatch.setattr("jixiao.actions.examine.examined", broken)
    told = datong.press("check")
    log = Path(logbook.state_folder()) / "jixiao.log"
    assert told.startswith("程序出错了") and str(log) in told and "Traceback" not in told
    assert "RuntimeError\n" in log.read_text(encoding="utf-8")


@pytest.fixture
def empty(datong: Desk) -> Desk:
    """No workbook is open: the add-in itself calls."""
    datong.book.impl.place, datong.book.impl.name = "C:\\XLSTART\\jixiao.xlam", "jixiao.xlam"
    return datong


def test_without_a_workbook_the_work_buttons_say_so(empty: Desk) -> None:
    sentence = "当前没有打开的工作簿。请先打开绩效表；如果顶上有“受保护的视图”，请先点“启用编辑”。"
    assert [empty.press(button) for button in ("fill", "check", "undo", "report", "export")] == [sentence] * 5


def test_without_a_workbook_a_form_can_be_made(empty: Desk, home: Path) -> None:
    empty.press("new", "national-project-2020")
    [path] = empty.app.opened
    assert Path(path).parent == home / "Documents"


def test_without_any_program_the_traceback_is_kept() -> None:
    with pytest.raises(AttributeError):  # xlwings on Linux: nobody called
        buttons.press("fill")
    assert "Book.caller" in (Path(logbook.state_folder()) / "jixiao.log").read_text(encoding="utf-8")


def test_a_journal_cut_short_is_no_step(unfilled: Desk) -> None:
    unfilled.press("fill")
    [file] = (Path(logbook.state_folder()) / "journal").glob("*.json")
    file.write_bytes(file.read_bytes()[:100])
    assert unfilled.press("undo") == NOTHING


def test_every_button_of_the_ribbon_has_its_action() -> None:
    from jixiao.wording.buttons import BUTTONS, ON_SHEET

    assert list(buttons.ACTIONS) == list(BUTTONS)
    assert all(BUTTONS[name].needs_form for name in ON_SHEET)
