"""A department drawing nobody planned for: rubric, survey, tasks, three accounts side by side, no funds.

It goes the whole way without a line of code of its own: new, fill, check, facts, export, and back by its printed labels.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from forms.invented import shelf, write
from jixiao import cli
from jixiao.evaluation import Evaluation
from jixiao.forms import library
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document

FORM = "invented-department-2026"
FACTS = {
    "unit.name": "某县社会保险中心",
    "staff.quota": "20",
    "staff.present": "19",
    "text.problems": "档案电子化进度较慢。",
}
RUBRIC = [
    (
        "部门决策（40分）",
        "部门目标（40分）",
        "中长期规划明确性",
        "20",
        "20",
        "设定目标得10分；目标明确得10分。",
        "规划文件",
    ),
    ("部门决策（40分）", "部门目标（40分）", "绩效指标明确性", "20", "18", "细化量化得20分。", "工作计划"),
    ("部门绩效（60分）", "部门产出（60分）", "参保任务完成率", "35", "35", "完成率达到100%得满分。", "决算报表"),
    ("部门绩效（60分）", "部门产出（60分）", "群众满意度", "25", "22.5", "每低1%扣0.5分。", "调查问卷"),
]
TABLES = {
    "rubric": [
        dict(zip(("level1", "level2", "name", "weight", "score", "explanation", "source"), row, strict=True))
        for row in RUBRIC
    ],
    "survey": [
        {"question": "对窗口服务是否满意", "very": "60", "fair": "30", "poor": "10", "valid": "100", "rate": "0.9"},
        {"question": "对办理时限是否满意", "very": "55", "fair": "40", "poor": "5", "valid": "100", "rate": "0.95"},
    ],
    "tasks": [
        {"name": "参保扩面", "content": "新增参保", "unit": "人", "target": "3100", "actual": "3255", "prior": "2980"},
        {
            "name": "待遇发放",
            "content": "按月发放",
            "unit": "人次",
            "target": "2000",
            "actual": "1990",
            "prior": "1900",
        },
    ],
    "income": [{"name": "财政拨款收入", "amount": "600.02"}, {"name": "其他收入", "amount": "3.5"}],
    "function": [
        {"name": "社会保障和就业支出", "amount": "578.66"},
        {"name": "卫生健康支出", "amount": "8.63"},
        {"name": "住房保障支出", "amount": "12.73"},
    ],
    "economic": [{"name": "工资福利支出", "amount": "131.88"}],
}
COMPUTED = {  # by hand
    "total.weight": "100",
    "total.score": "95.5",  # 20 + 18 + 35 + 22.5
    "grade": "优",
    "total.income": "603.52",
    "total.function": "600.02",
    "total.economic": "131.88",
}


@pytest.fixture(autouse=True)
def invented(tmp_path: Path) -> Iterator[None]:
    with shelf(tmp_path / "library"):
        yield


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "部门.xlsx"
    assert cli.main(["new", "--form", FORM, "--year", "2026", "--native", "-o", str(path)]) == 0
    write(path, FACTS, TABLES)
    return path


def stated(evaluation: Evaluation, name: str) -> list[dict[str, str]]:
    """The rows of a table in which anything is stated."""
    rows = [
        {field: cell.text for field, cell in row.cells.items() if not cell.blank} for row in evaluation.tables[name]
    ]
    return [row for row in rows if row]


def numbers(evaluation: Evaluation, table: str, field: str) -> list[Decimal | None]:
    return [row.cells[field].number for row in evaluation.tables[table] if not row.cells[field].blank]


def test_every_repeated_row_is_a_table_of_its_own() -> None:
    bands = library.drawing(FORM).bands
    assert list(bands) == ["rubric", "survey", "tasks", "income", "function", "economic"]
    assert bands["income"].rows == bands["function"].rows == bands["economic"].rows
    assert dict(bands["economic"].columns) == {"name": 6, "amount": 7}
    assert bands["tasks"].title == "年度任务"


def test_it_is_filled_and_read_row_by_row(filled: Path) -> None:
    [form] = forms(load_document(str(filled)))
    evaluation = form.evaluation
    assert {fact: evaluation.text(fact) for fact in COMPUTED} == COMPUTED
    assert evaluation.text("unit.name") == "某县社会保险中心" and evaluation.text("year") == "2026"
    assert [row["name"] for row in stated(evaluation, "rubric")] == [row[2] for row in RUBRIC]
    assert numbers(evaluation, "tasks", "rate") == [Decimal("1.05"), Decimal("0.995")]
    assert numbers(evaluation, "function", "amount") == [Decimal("578.66"), Decimal("8.63"), Decimal("12.73")]
    assert numbers(evaluation, "economic", "amount") == [Decimal("131.88")]
    assert len(stated(evaluation, "survey")) == 2
    assert evaluation.funds == [] and evaluation.indicators == []


def test_amounts_and_people_are_counted_in_their_units(filled: Path) -> None:
    [form] = forms(load_document(str(filled)))
    quota, amount = form.evaluation.facts["staff.quota"].figure, form.evaluation.facts["total.function"].figure
    assert quota and amount
    assert (quota.unit, quota.amount) == ("人", 20)
    assert (amount.unit, amount.amount) == ("元", Decimal("6000200"))


def test_it_is_checked_without_funds_or_indicators(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(filled), "--json"]) == 0
    assert [item["code"] for item in json.loads(capsys.readouterr().out)] == ["R61"]


def test_a_total_typed_wrong_is_found(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(filled, {"total.function": "999"}, {})
    assert cli.main(["check", str(filled)]) == 1
    said = capsys.readouterr().out
    assert "错误·第24行 功能合计：填999.00，与该栏各格之和不符；应为600.02" in said  # 578.66 + 8.63 + 12.73


def test_words_for_an_amount_are_found(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(filled, {}, {"income": [{"amount": "约600"}]})
    assert cli.main(["check", str(filled)]) == 1
    assert "错误·第21行 收入金额：“约600”不是数字" in capsys.readouterr().out


def test_facts_tells_all_of_it(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["facts", str(filled)]) == 0
    told = capsys.readouterr().out
    for expected in (
        "部门名称：某县社会保险中心（B2）",
        "合计 分值：100分（D9）",
        "合计 得分：95.5分（E9）",
        "评价指标，4行：",
        "三级指标：绩效指标明确性（C6）；分值：20分（D6）；得分：18分（E6）",
        "满意度调查，2行：",
        "年度任务，2行：",
        "实际完成数：3255（F17）；上年完成数：2980（G17）；完成率：105.00%（H17）",
        "支出功能分类，3行：",
        "功能金额：8.63万元（D22）",
        "功能合计：600.02万元（D24）",
    ):
        assert expected in told


@pytest.mark.parametrize("ending", [".docx", ".xlsx"])
def test_the_exported_form_is_recognised_by_its_labels_and_reads_the_same(filled: Path, ending: str) -> None:
    exported = filled.with_name(f"上报{ending}")
    assert cli.main(["export", str(filled), "-o", str(exported)]) == 0
    [before], [after] = forms(load_document(str(filled))), forms(load_document(str(exported)))
    assert after.drawing.id == FORM
    assert list(after.evaluation.defects) == [] and list(after.evaluation.unplaced) == []
    for name in library.drawing(FORM).bands:
        assert stated(after.evaluation, name) == stated(before.evaluation, name)
    assert {fact: after.evaluation.text(fact) for fact in COMPUTED} == COMPUTED


def test_it_comes_back_from_word_with_formulas(filled: Path, tmp_path: Path) -> None:
    word, again = tmp_path / "上报.docx", tmp_path / "再来.xlsx"
    assert cli.main(["export", str(filled), "-o", str(word)]) == 0
    assert cli.main(["import", str(word), "--native", "-o", str(again)]) == 0
    document = load_document(str(again))
    [form] = forms(document)
    cell = form.grid.at(*form.placement.facts["total.function"])
    rows = "D20:INDEX(D:D,ROW()-1)"
    assert (cell.text, cell.formula) == ("600.02", f'IF(COUNT({rows})=0,"",ROUND(SUM({rows}),2))')


def test_next_year_keeps_what_the_rows_are_called_and_weigh(filled: Path, tmp_path: Path) -> None:
    path = tmp_path / "明年.xlsx"
    assert cli.main(["new", "--from", str(filled), "--year", "2027", "--native", "-o", str(path)]) == 0
    [form] = forms(load_document(str(path)))
    assert [row["name"] for row in stated(form.evaluation, "rubric")] == [row[2] for row in RUBRIC]
    assert numbers(form.evaluation, "rubric", "weight") == [20, 20, 35, 25]
    assert numbers(form.evaluation, "rubric", "score") == []
    assert numbers(form.evaluation, "income", "amount") == []
    assert form.evaluation.text("year") == "2027"


def test_there_is_no_report_for_it_yet(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["report", str(filled)]) == 2
    assert capsys.readouterr().err == "“部门整体支出绩效评价表”还没有对应的报告。\n"
