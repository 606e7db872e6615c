"""What a check has looked at is said, what it could not understand, too: R61. Silence means something only where all was."""

import pytest
from evaluations import NATIONAL, evaluation, stated, with_facts, with_indicator
from published import ANJU, DATONG, WUHUA

from jixiao.actions.examine import Examination, Examined, marks
from jixiao.checks import check
from jixiao.checks.coverage import coverage
from jixiao.evaluation import Evaluation, Row, Unread
from jixiao.evaluation.stated import Part
from jixiao.figures import parse
from jixiao.findings import Severity
from jixiao.places import Place
from typed_rows import changed

SHEET = Place(sheet="自评表", row=1, column=1)
FORM, UNMEASURED = NATIONAL, NATIONAL.retold(lambda cell: cell._replace(figure=parse(cell.text)))
UNMEASURED.unit = ""


def told(form: Evaluation, place: Place = SHEET) -> str:
    return coverage(form, place).line()


def with_unread(form: Evaluation, *things: Unread) -> Evaluation:
    other = form.replaced()
    other.unread = things
    return other


def unread(words: str, part: Part, column: int = 9) -> Unread:
    return Unread(words, Place(sheet="自评表", row=11, column=column), part)


def examined(*forms: Evaluation, place: Place = SHEET) -> Examination:
    return Examination([Examined(check(form), coverage(form, place)) for form in forms])


def verdict(*forms: Evaluation) -> str:
    return list(examined(*forms).lines())[-1]


# ---------------------------------------------------------------- the closing line


def test_what_was_compared() -> None:
    assert told(FORM) == "已核对：资金3行、指标5项、合计、等次"  # 其他资金 is blank
    assert told(WUHUA).startswith("已核对：资金3行、指标17项、合计、等次")  # a detail, 合计 and 区级财政
    assert told(with_facts(FORM, grade="", total_score="", total_weight="")) == "已核对：资金3行、指标5项"


def test_a_table_of_a_word_file_is_named() -> None:
    assert told(FORM, Place(table=2, row=1, column=1)) == "第2张表 已核对：资金3行、指标5项、合计、等次"


def test_what_was_not_understood_by_its_own_words() -> None:
    form = with_unread(
        FORM,
        unread("备注", Part.COLUMN),
        unread("责任科室", Part.COLUMN, 10),
        unread("彩票公益金", Part.ROW, 11),
    )
    assert told(form).endswith("；未读懂：2列（“备注”“责任科室”）、1行（“彩票公益金”）")


def test_of_many_three_are_named_each_by_its_beginning() -> None:
    names = ["一", "二", "三", "四", "这是一段非常长的说明文字写在表格旁边"]
    form = with_unread(FORM, *(unread(name, Part.TEXT, 20 + i) for i, name in enumerate(names[::-1])))
    assert told(form).endswith("；未读懂：5处文字（“这是一段非常长的说明文字…”“四”“三”等5项）")


def test_text_that_found_no_place_is_not_understood() -> None:
    beside = [stated("请各单位于3月底前报送。", row=3, column=15)]
    assert told(FORM.replaced(unplaced=beside)).endswith("；未读懂：1处文字（“请各单位于3月底前报送。”）")
    twice = with_unread(FORM.replaced(unplaced=[stated("备注", row=11, column=9)]), unread("备注", Part.COLUMN))
    assert told(twice).endswith("；未读懂：1列（“备注”）")


def test_what_was_left_open() -> None:
    incomparable = with_indicator(FORM, 1, target="≥100人", actual="12场次")
    assert told(incomparable).endswith("；指标1项的指标值和完成值不可比")
    assert told(UNMEASURED).endswith("；金额单位未注明")
    undecided = changed(FORM, title="项目绩效目标表")
    assert "填报阶段未能判明，只核对了数字关系" in told(undecided)
    doubtful = FORM.retold(lambda cell: cell._replace(sure=0.8) if cell.place.label == "完成值" else cell)
    assert told(doubtful).endswith("；“完成值”读得不够确定")


def test_a_total_whose_parts_are_not_in_hand_is_not_compared() -> None:
    form = with_facts(changed(FORM, scheme="local"), execution_weight="", execution_score="")
    assert told(form) == "已核对：资金3行、指标5项、等次；合计未核对（资金部分的分值或得分没有读到）"
    form = with_unread(changed(FORM, scheme="local"), unread("10", Part.TEXT))
    assert told(form).endswith("；合计未核对（未读懂的内容里可能有分值或得分）")
    assert "合计未核对" not in told(
        with_unread(FORM, unread("10", Part.TEXT))
    )  # a drawing knows where its points stand


def test_a_grade_no_bands_are_known_for_is_not_compared() -> None:
    local = changed(FORM, scheme="local")
    assert "、等次" in told(local)
    assert told(with_facts(local, grade="一等")) == "已核对：资金3行、指标5项、合计；等次未核对"
    assert told(changed(FORM, title="项目绩效运行监控表")).endswith("；等次未核对")


def test_a_form_without_indicators_is_not_clean() -> None:
    assert told(changed(FORM, indicators=[])).split("；")[1:] == ["没有读到指标"]


def test_tables_no_rule_looks_at_are_said() -> None:
    rows = [Row(30 + i, {"name": stated(f"问题{i}", row=30 + i)}) for i in range(3)]
    assert told(FORM.replaced(tables={**FORM.tables, "survey": rows})).endswith("；问卷3行未核对")


# ---------------------------------------------------------------- blank and unfinished forms


def emptied(form: Evaluation) -> Evaluation:
    """Only labels and weights, as a new form prints them."""
    kept = ("分值", "一级指标", "二级指标", "三级指标", "execution_weight", "total_weight", "year")
    return form.retold(lambda cell: cell if cell.place.label in kept else cell._replace(text="", figure=None))


def test_a_blank_form_is_called_blank() -> None:
    blank = emptied(FORM)
    assert (told(blank), verdict(blank)) == ("空白表，未核对", "空白表，未核对。")


def test_a_form_with_goals_only_is_not_finished() -> None:
    form = evaluation(
        "national-2020",
        "资金 | 全年预算数 | 执行数\n资金总额 | 10 | ",
        "一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分\n产出 | 场次 | 10 | | 100 | ",
    )
    assert told(form) == "已核对：资金1行、指标1项；尚未填写完成情况"
    assert verdict(form) == "已核对的部分没有发现问题；有未能核对的内容，请人工核对。"
    goal = changed(form, title="项目支出绩效目标申报表")  # where that is all it owes
    assert verdict(goal) == "没有发现问题。"


# ---------------------------------------------------------------- the verdict


def test_silence_is_earned() -> None:
    assert verdict(FORM) == "没有发现问题。"
    assert verdict(FORM, FORM) == "没有发现问题。"


@pytest.mark.parametrize(
    ("form", "reasons"),
    [
        (with_unread(FORM, unread("备注", Part.COLUMN)), "有未读懂的内容"),
        (UNMEASURED, "有未能核对的内容"),
        (with_unread(UNMEASURED, unread("备注", Part.COLUMN)), "有未读懂的内容，有未能核对的内容"),
    ],
)
def test_else_it_is_said_that_somebody_has_to_look(form: Evaluation, reasons: str) -> None:
    assert check(form) == []
    assert verdict(form) == f"已核对的部分没有发现问题；{reasons}，请人工核对。"
    assert verdict(FORM, form) == verdict(form)


def test_where_nothing_was_compared_nothing_is_said_of_it() -> None:
    facts = {"year": stated("2024", "年度"), "project.name": stated("培训", "项目名称", 1, 2)}
    form = with_unread(Evaluation("local", "local", "项目支出绩效自评表", facts), unread("备注", Part.COLUMN))
    assert told(form) == "已核对：无；未读懂：1列（“备注”）；没有读到指标"  # begun or not, nobody can tell
    assert verdict(form) == "没有能够核对的内容；有未读懂的内容，有未能核对的内容，请人工核对。"
    assert verdict(FORM, form).startswith("已核对的部分没有发现问题")


def test_a_blank_sheet_among_others() -> None:
    assert verdict(FORM, emptied(FORM)) == "已核对的部分没有发现问题；有空白表，请人工核对。"


def test_findings_are_counted_and_coverage_is_none_of_them() -> None:
    assert verdict(DATONG) == "共 1 个错误、1 个警告、0 个提示。"
    assert examined(DATONG).brief().startswith("发现 1 个错误、1 个警告、0 个提示，详见“校验结果”表")


# ---------------------------------------------------------------- every desk says the same


def test_the_lines_of_one_form() -> None:
    heading, *findings, closing, last = examined(DATONG).lines()
    assert heading == "〔自评表〕" and len(findings) == 2
    assert (closing, last) == (f"{told(DATONG)}。", "共 1 个错误、1 个警告、0 个提示。")


def test_other_programs_get_it_as_an_info_with_the_sheet_as_its_place() -> None:
    *others, last = examined(DATONG).as_json("表.xlsx")
    assert [item["code"] for item in others] == ["R02", "R19"]
    assert last == {
        "file": "表.xlsx",
        "severity": "info",
        "code": "R61",
        "message": told(DATONG),
        "stated": None,
        "expected": None,
        "places": [{"sheet": "自评表", "cell": None, "label": ""}],
        "citation": None,
        "suggestion": None,
    }
    [word] = examined(FORM, place=Place(table=2)).as_json("表.docx")
    assert word["places"] == [{"table": 2, "row": None, "column": None, "label": ""}]


def test_it_is_never_marked() -> None:
    finding = coverage(DATONG, SHEET).finding()
    assert finding.severity is Severity.INFO
    assert marks([finding]) == {}


def test_it_stands_below_the_findings_on_the_sheet_of_results() -> None:
    *findings, closing = examined(DATONG).rows()
    assert [row[0] for row in findings] == ["错误", "警告"]
    assert closing == ["范围", "自评表", None, None, told(DATONG), None, None, None, None]
    assert examined(FORM).rows() == []  # nothing to say: the sheet goes
    assert [row[0] for row in examined(UNMEASURED).rows()] == ["范围"]


def test_the_window_hears_the_same_sentences() -> None:
    assert examined(FORM).brief() == "没有发现问题。\n已核对：资金3行、指标5项、合计、等次"
    assert examined(FORM, UNMEASURED).brief() == "\n".join(
        ["已核对的部分没有发现问题；有未能核对的内容，请人工核对。", told(UNMEASURED)]
    )


@pytest.mark.parametrize("form", ANJU, ids=lambda form: form.text("project.name")[:12])
def test_the_published_forms_are_covered(form: Evaluation) -> None:
    assert told(form).startswith(f"已核对：资金4行、指标{len(form.indicators)}项、合计")
