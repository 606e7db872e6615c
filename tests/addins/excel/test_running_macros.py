"""The product's macros run, in two programs that are not Excel: formulas as text, cell functions, buttons, the layout."""

import ast
import datetime
import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from engines import Basic, Engine, Interpreter, basic
from openpyxl.worksheet.worksheet import Worksheet

from jixiao import buttons
from jixiao.forms import library
from jixiao.wording.buttons import BUTTONS, ON_SHEET
from packages import unzipped, zipped

PUBLISHED = Path(library.folder()) / "datong-project-2021.xlsx"
SHEET = "项目支出绩效自评表"

Facts = dict[str, list[list[Any]]]
"""What JixiaoLayout says, by the letter of the fact."""


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published form with some rows and columns hidden."""
    return hiding(PUBLISHED, tmp_path_factory.mktemp("form"), rows={5, 6, 9}, columns={2})


def hiding(workbook: Path, folder: Path, rows: set[int], columns: set[int]) -> Path:
    parts = unzipped(workbook.read_bytes())
    sheet = parts["xl/worksheets/sheet1.xml"]
    for element, attribute, numbers in (("row", "r", rows), ("col", "min", columns)):
        for number in numbers:
            sheet, count = re.subn(rf'(<{element} [^>]*\b{attribute}="{number}")'.encode(), rb'\1 hidden="1"', sheet)
            assert count == 1
    (folder / workbook.name).write_bytes(zipped({**parts, "xl/worksheets/sheet1.xml": sheet}))
    return folder / workbook.name


@pytest.fixture(scope="module")
def office(form: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Basic]:
    with basic(form, tmp_path_factory.mktemp("macros")) as running:
        yield running


@pytest.fixture(scope="module")
def interpreter(form: Path) -> Interpreter:
    return Interpreter(form)


@pytest.fixture(params=["interpreter", "office"])
def engine(request: pytest.FixtureRequest) -> Engine:
    running: Engine = request.getfixturevalue(request.param)
    running.run("xlwings.Reset")
    return running


# ---------------------------------------------------------------- formulas as text

LINKED = [
    (r"='C:\Users\张三\AppData\Roaming\Microsoft\Excel\XLSTART\jixiao.xlam'!PERF_GRADE(G45)", "=PERF_GRADE(G45)"),
    (
        '=IF(COUNT(G14)=0,"",jixiao.xlam!PERF_SCORE(E14,F14,G14))',
        '=IF(COUNT(G14)=0,"",PERF_SCORE(E14,F14,G14))',
    ),
    (r"='C:\Users\O''Brien\jixiao.xlam'!PERF_WAN(A1)", "=PERF_WAN(A1)"),
    ("='https://oa.example/文件/jixiao.xlam'!PERF_WAN(A1)", "=PERF_WAN(A1)"),
    ("='jixiao (1).xlam'!PERF_WAN(A1)", "=PERF_WAN(A1)"),
    ("=JIXIAO.XLAM!perf_wan(A1)", "=perf_wan(A1)"),
    ("=@jixiao.xlam!PERF_GRADE(G45)", "=@PERF_GRADE(G45)"),
    ("=_xludf.PERF_GRADE(G45)+_xll.PERF_WAN(A1)", "=PERF_GRADE(G45)+PERF_WAN(A1)"),
    ("=jixiao.xlam!PERF_GRADE(jixiao.xlam!PERF_WAN(A1))", "=PERF_GRADE(PERF_WAN(A1))"),
    ("='表 1'!A1+jixiao.xlam!PERF_WAN('表 ''2'''!B2)", "='表 1'!A1+PERF_WAN('表 ''2'''!B2)"),
    ('="说 ""你好"" "&jixiao.xlam!PERF_GRADE(A1)', '="说 ""你好"" "&PERF_GRADE(A1)'),
]

LEFT_ALONE = [
    "=PERF_GRADE(G45)",
    '="jixiao.xlam!PERF_GRADE(1)"',
    "=\"'C:\\jixiao.xlam'!PERF_GRADE(1)\"&A1",
    '="_xludf.PERF_GRADE"',
    r"='C:\tools\other.xlam'!PERF_GRADE(G45)",
    r"='C:\tools\jixiao.xlam'!OTHER(G45)",
    "=jixiao.xlam!OTHER(1)+_xludf.OTHER(2)",
    "=notjixiao.xlam!PERF_GRADE(1)",
    "=非jixiao.xlam!PERF_GRADE(1)",
    r"='C:\jixiao.xlam\book.xlsx'!PERF_GRADE",
    "='[jixiao.xlam]表'!A1",
    "=jixiao!PERF_GRADE",
    "=SUM(H13:INDEX(H:H,ROW()-1))",
    '="没有右引号',
    "='没有右引号",
    "",
]


@pytest.mark.parametrize(("linked", "plain"), LINKED)
def test_a_link_to_the_add_in_is_taken_out_of_a_formula(engine: Engine, linked: str, plain: str) -> None:
    assert engine.run("JixiaoRebind.Unlinked", linked) == plain


@pytest.mark.parametrize("formula", LEFT_ALONE)
def test_everything_else_of_a_formula_stays(engine: Engine, formula: str) -> None:
    assert engine.run("JixiaoRebind.Unlinked", formula) == formula


@pytest.mark.parametrize(
    ("text", "ours"),
    [("=PERF_WAN(A1)", True), ("=1+perf_wan(A1)", True), ("PERF_WAN", False), ("=SUM(A1)", False), ("", False)],
)
def test_formulas_with_our_functions_are_told_from_others(engine: Engine, text: str, ours: bool) -> None:
    assert bool(engine.run("JixiaoRebind.Mentions", text)) is ours


# ---------------------------------------------------------------- cell functions


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("#NULL!", "Error 2000"),
        ("#DIV/0!", "Error 2007"),
        ("#VALUE!", "Error 2015"),
        ("#REF!", "Error 2023"),
        ("#NAME?", "Error 2029"),
        ("#NUM!", "Error 2036"),
        ("#N/A", "Error 2042"),
        ("", "''"),
        ("优", "'优'"),
        ("#N/A ", "'#N/A '"),
    ],
)
def test_the_text_of_an_error_value_becomes_that_error_value(engine: Engine, text: str, shown: str) -> None:
    assert engine.run("Calls.Answered", text) == shown


def test_a_number_stays_a_number(engine: Engine) -> None:
    assert engine.run("Calls.AnsweredNumber") == "0.5"  # twice the answer 0.25


@pytest.mark.parametrize(
    ("what", "handed_over"),
    [
        ("nothing left out", "PERF_SCORE|'95%'|0.5|10|'x'|'s'"),
        ("left out", "PERF_SCORE|95|96|10|blank|blank"),
        ("left out in between", "PERF_SCORE|95|96|10|blank|'s'"),
        ("a cell", "PERF_WAN|12.5"),
        ("a blank cell", "PERF_WAN|blank"),
        ("a range", "PERF_WEIGHT_DIFF|[12.5,0.95,][blank,True,]|blank"),
        ("below everything", "PERF_WEIGHT_DIFF|[blank,blank,]|blank"),
        ("two areas", "PERF_WEIGHT_DIFF|Error 2015|blank"),
    ],
)
def test_arguments_reach_python_as_plain_values(engine: Engine, what: str, handed_over: str) -> None:
    assert engine.run("Calls.CalledWith", what) == f"jixiao.cells.{handed_over}\n"


def test_whole_columns_are_read_to_the_end_of_the_used_range(engine: Engine) -> None:
    rows = str(engine.run("Calls.CalledWith", "columns")).split("|")[1]
    assert rows.startswith("[12.5,0.95,][blank,True,]")
    assert rows.count("[") < 1000  # of a million


def test_an_error_cell_reaches_python(interpreter: Interpreter) -> None:
    interpreter.run("xlwings.Reset")  # LibreOffice's Basic takes an error for an argument left out
    assert interpreter.run("Calls.CalledWith", "an error") == "jixiao.cells.PERF_WAN|Error 2007\n"


def test_a_broken_installation_is_asked_once(engine: Engine) -> None:
    engine.run("Calls.Arrange", "failing", "yes")
    assert {engine.run("Calls.Answered", "优") for _ in range(3)} == {"Error 2042"}
    assert engine.run("Calls.AttemptsMade") == "1"


def test_after_thirty_seconds_the_functions_try_again() -> None:
    interpreter = Interpreter(PUBLISHED)
    interpreter.run("xlwings.Reset")
    noon = datetime.datetime(2026, 3, 1, 12)
    interpreter.app.freeze_clock(noon)
    interpreter.run("Calls.Arrange", "failing", "yes")
    assert interpreter.run("Calls.Answered", "优") == "Error 2042"
    interpreter.run("Calls.Arrange", "failing", "no")
    interpreter.app.freeze_clock(noon + datetime.timedelta(seconds=29))
    assert interpreter.run("Calls.Answered", "优") == "Error 2042"
    interpreter.app.freeze_clock(noon + datetime.timedelta(seconds=31))
    assert interpreter.run("Calls.Answered", "优") == "'优'"


# ---------------------------------------------------------------- buttons

CALLER = "xlwings._xlwindows.BOOK_CALLER = book.xlsx"


def pressed(engine: Engine, button: str, argument: str = "") -> tuple[list[str], str]:
    """What Python is told, and what the user is told."""
    engine.run("JixiaoRibbon.JixiaoPress", button, argument)
    return engine.run("Calls.Told").splitlines(), engine.run("Calls.Heard")


def called(command: str) -> tuple[Callable[..., None], inspect.BoundArguments]:
    """The function that a command calls, and with what, without calling it."""
    *imports, call = ast.parse(command).body
    names: dict[str, object] = {}
    exec(compile(ast.Module(imports, []), "command", "exec"), names)
    assert isinstance(call, ast.Expr) and isinstance(call.value, ast.Call) and not call.value.keywords
    function = eval(compile(ast.Expression(call.value.func), "command", "eval"), names)
    assert callable(function)
    return function, inspect.signature(function).bind(*map(ast.literal_eval, call.value.args))


@pytest.mark.parametrize("button", BUTTONS)
def test_a_button_calls_its_action_in_python(engine: Engine, button: str) -> None:
    (caller, command), heard = pressed(engine, button)
    assert (caller, heard) == (CALLER, "")
    function, given = called(command)
    assert function is buttons.press
    assert given.arguments == {"name": button, "argument": "", "read_only": False}
    assert button in buttons.ACTIONS


def test_a_read_only_workbook_is_announced(engine: Engine) -> None:
    engine.run("Calls.Arrange", "read-only", "")
    (_, command), _ = pressed(engine, "fill")
    assert called(command)[1].arguments["read_only"] is True


@pytest.mark.parametrize("argument", ["it's", "back\\slash", "'); import os; print('", "中文"])
def test_an_argument_stays_one_text(engine: Engine, argument: str) -> None:
    (_, command), _ = pressed(engine, "new", argument)
    assert called(command)[1].arguments["argument"] == argument


def test_an_item_of_a_menu_hands_over_its_tag(engine: Engine) -> None:
    engine.run("Calls.PressOnRibbon", "new_2", "wuhua-project-2024")
    command = engine.run("Calls.Told").splitlines()[-1]
    assert called(command)[1].arguments == {"name": "new", "argument": "wuhua-project-2024", "read_only": False}


@pytest.mark.parametrize(
    ("typed", "number"), [("2,", 2), (",", 0), ("0,13,", 13), ("14,1.5,甲,-1,1,", 1), ("0,0, 3 ,", 3)]
)
def test_a_line_is_chosen_by_its_number(engine: Engine, typed: str, number: int) -> None:
    engine.run("Calls.Arrange", "typing", typed)
    lines = "\n".join(f"表{count}" for count in range(1, 14))
    assert float(engine.run("JixiaoHost.JixiaoAskOne", lines, "选一种表样")) == number
    first, *others = engine.run("Calls.Heard").split("选一种表样: ")[1:]
    assert first.split("\n")[:2] == ["请输入序号：", "1  表1"] and "表13" not in first and "0  看其余的" in first
    assert typed[0] != "0" or "13  表13" in others[0]


@pytest.mark.parametrize("button", BUTTONS)
def test_without_a_workbook_only_some_buttons_work(engine: Engine, button: str) -> None:
    engine.run("Calls.Arrange", "no book", "")
    told, heard = pressed(engine, button)
    if BUTTONS[button].needs_form:
        assert told == []
        assert "请先打开绩效表工作簿" in heard and "启用编辑" in heard
    else:
        assert told == [
            CALLER.replace("book.xlsx", "jixiao.xlam"),
            f"from jixiao import buttons; buttons.press('{button}', '', False)",
        ]
        assert heard == ""


def test_while_a_cell_is_edited_nothing_is_started(engine: Engine) -> None:
    engine.run("Calls.Arrange", "busy", "")
    told, heard = pressed(engine, "fill")
    assert told == []
    assert "请先按回车键结束编辑" in heard


@pytest.mark.parametrize("other", ["jixiao (1).xlam", "jixiao-0.2.xlam"])
def test_two_add_ins_at_once_are_refused(engine: Engine, other: str) -> None:
    engine.run("Calls.Arrange", "other", other)
    told, heard = pressed(engine, "check")
    assert told == []
    assert f"jixiao.xlam 和 {other}" in heard


@pytest.mark.parametrize("other", ["JIXIAO.xlam", "solver.xlam", "jixiao.xlsx"])
def test_our_own_and_other_add_ins_are_no_obstacle(engine: Engine, other: str) -> None:
    engine.run("Calls.Arrange", "other", other)
    assert pressed(engine, "check")[1] == ""


def test_an_add_in_that_is_listed_but_not_open_is_no_obstacle(engine: Engine) -> None:
    engine.run("Calls.Arrange", "other", "jixiao (1).xlam")
    engine.run("Calls.Arrange", "closed", "")
    assert pressed(engine, "check")[1] == ""


def test_without_settings_of_the_user_no_program_is_looked_for(engine: Engine) -> None:
    engine.run("Calls.Arrange", "no settings", "")
    assert engine.run("Calls.Answered", "优") == "Error 2042"
    told, heard = pressed(engine, "fill")
    assert told == [] and "jixiao install" in heard
    assert engine.run("Calls.AttemptsMade") == "0"


def test_a_missing_program_is_one_sentence(engine: Engine) -> None:
    engine.run("Calls.Arrange", "failing", "yes")
    told, heard = pressed(engine, "fill")
    assert told == []
    assert heard.count("\n") == 1
    assert heard.startswith("绩效: 未能启动绩效程序，") and "jixiao doctor" in heard and "jixiao install" in heard


@pytest.mark.parametrize("button", ON_SHEET)
def test_buttons_on_a_sheet_hand_over_to_the_add_in(engine: Engine, button: str) -> None:
    engine.run(f"JixiaoButtons.Jixiao{button.capitalize()}")
    assert engine.run("Calls.Told") == f"'jixiao.xlam'!JixiaoPress({button})\n"


def test_buttons_on_a_sheet_say_that_the_add_in_is_missing(engine: Engine) -> None:
    engine.run("Calls.Arrange", "no add-in", "")
    engine.run("JixiaoButtons.JixiaoFill")
    assert engine.run("Calls.Told") == ""
    assert engine.run("Calls.Heard") == "绩效: 绩效加载项没有打开，请信息人员运行 jixiao install，再重新打开 Excel。\n"


# ---------------------------------------------------------------- the layout of a sheet


def layout(engine: Engine, book: str, sheet: str = SHEET) -> Facts:
    rows = engine.run("JixiaoHost.JixiaoLayout", book, sheet)
    assert rows[0][0] == "u"
    assert {len(row) for row in rows} == {6}
    return {letter: [list(row[1:]) for row in rows if row[0] == letter] for letter in "ufmrcn"}


@pytest.fixture(params=["interpreter", "office"])
def facts(request: pytest.FixtureRequest) -> Facts:
    ending = {"interpreter": ".xlsx", "office": ".xlsm"}[request.param]
    return layout(request.getfixturevalue(request.param), PUBLISHED.stem + ending)


@pytest.fixture(scope="module")
def stored() -> Worksheet:
    return openpyxl.load_workbook(PUBLISHED)[SHEET]


def test_the_layout_names_every_merged_area_once(facts: Facts, stored: Worksheet) -> None:
    expected = [[area.min_row, area.min_col, area.max_row, area.max_col, ""] for area in stored.merged_cells.ranges]
    assert sorted(facts["m"]) == sorted(expected)


def test_the_layout_gives_every_cell_its_number_format(facts: Facts, stored: Worksheet) -> None:
    given = {
        (row, column): form for top, column, bottom, form, _ in facts["f"] for row in range(int(top), int(bottom) + 1)
    }
    filled = [cell for row in stored for cell in row if cell.value is not None]
    assert len(filled) > 100
    assert {(cell.row, cell.column): cell.number_format for cell in filled}.items() <= given.items()


def test_runs_of_one_format_are_joined_over_blanks(facts: Facts) -> None:
    runs = sorted((column, top, bottom, form) for top, column, bottom, form, _ in facts["f"])
    joined = [one for one, next_ in zip(runs, runs[1:], strict=False) if (one[0], one[3]) == (next_[0], next_[3])]
    assert joined == []


def test_the_layout_tells_runs_of_hidden_rows_and_columns(facts: Facts) -> None:
    assert [row[:2] for row in facts["r"]] == [[5, 6], [9, 9]]
    assert [column[:2] for column in facts["c"]] == [[2, 2]]


def test_the_layout_names_the_names_of_the_sheet(facts: Facts, stored: Worksheet) -> None:
    names = {str(name): str(text) for name, text, *_ in facts["n"]}
    assert {name for name in stored.defined_names if "." in name} <= names.keys()
    assert names["jx.form"] == '="datong-project-2021"'


def test_the_used_range_holds_every_filled_cell(facts: Facts, stored: Worksheet) -> None:
    assert facts["u"] == [[1, 1, stored.max_row, stored.max_column, ""]]


# ---------------------------------------------------------------- binding


@pytest.mark.parametrize(
    ("macro", "sheet", "argument"),
    [("LayOutResults", "校验结果", "6,14.5,7"), ("Select", SHEET, "A1,C4:D5")],
)
def test_looks_and_selections_are_members_excel_has(
    interpreter: Interpreter, macro: str, sheet: str, argument: str
) -> None:
    """The interpreter refuses what is no member; conditional formats it does not know, nor does Basic tell them of a sheet."""
    interpreter.run(f"JixiaoBinding.Jixiao{macro}", PUBLISHED.name, sheet, argument)


def test_a_copy_is_saved_beside_the_open_workbook(office: Basic, tmp_path: Path) -> None:
    """LibreOffice writes a format of its own then."""
    office.run("JixiaoBinding.JixiaoSaveCopy", f"{PUBLISHED.stem}.xlsm", str(tmp_path / "copy.xlsm"))
    assert (tmp_path / "copy.xlsm").stat().st_size > 10_000
