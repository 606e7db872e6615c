"""A form of unknown origin is held against its own arithmetic, and against every rule of scoring in use: ruling 12."""

from decimal import Decimal

import pytest
from evaluations import codes, evaluation, found, stated, with_fund, with_indicator

from jixiao.checks import check
from jixiao.checks.rulings import rulings
from jixiao.evaluation import MERGES, Evaluation, Group, Unread
from jixiao.evaluation.stated import Part
from jixiao.findings import Finding, Severity
from jixiao.places import Place
from typed_rows import changed

FUNDS = "资金 | 年初预算数 | 实际到位数 | 执行数 | 执行率\n资金总额 | 200 | 180 | 150 | 75%\n财政拨款 | 200 | 180 | 150 | 75%"
ROWS = "一级指标 | 二级指标 | 三级指标 | 指标性质 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因\n"
MET = "产出 | 数量 | 培训人数 | 正向 | 100 | 110 | 50 | 50 |\n效益 | 社会效益 | 就业 | 正向 | 50 | 50 | 40 | 40 |"


def local(indicators: str = MET, funds: str = FUNDS, title: str = "项目支出绩效自评表", **facts: str) -> Evaluation:
    return evaluation("local", funds, ROWS + indicators, title=title, **facts)


def scored(nature: str, target: str, actual: str, score: str, reason: str = "天气") -> Evaluation:
    return local(f"产出 | 数量 | 培训人数 | {nature} | {target} | {actual} | 90 | {score} | {reason}")


def severities(form: Evaluation, code: str) -> list[Severity]:
    return [finding.severity for finding in found(form, code)]


def test_an_honest_form_is_silent() -> None:
    assert codes(local(execution_weight="10", execution_score="7.5", total_score="97.5", grade="优秀")) == []


# ---------------------------------------------------------------- arithmetic: errors


@pytest.mark.parametrize(("rate", "wrong"), [("75%", False), ("83.33%", False), ("80%", True), ("90%", True)])
def test_a_rate_divides_by_any_budget_of_the_form(rate: str, wrong: bool) -> None:
    """150 ÷ 200 = 75 %, 150 ÷ 180 = 83.33 %; 80 % is neither."""
    form = with_fund(with_fund(local(), "资金总额", rate=rate), "财政拨款", rate=rate)
    assert severities(form, "R01") == ([Severity.ERROR] if wrong else [])


def test_a_rate_under_a_heading_in_percent() -> None:
    """17.29 ÷ 17.32 = 99.83 %."""
    head = "资金 | 全年预算数 | 执行数 | 执行率（%）\n资金总额 | 17.32 | 17.29 | "
    assert codes(local(funds=head + "99.83")) == []
    assert severities(local(funds=head + "98.83"), "R01") == [Severity.ERROR]


def test_sums_bounds_and_totals_are_errors() -> None:
    assert severities(with_fund(local(), "财政拨款", executed="140"), "R03") == [Severity.ERROR]
    assert severities(with_indicator(local(), 1, score="51"), "R08") == [Severity.ERROR]
    assert severities(local(execution_score="7.5", total_score="95"), "R09") == [Severity.ERROR]


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (local(execution_weight="20", execution_score="15"), True),  # 50 + 40 + 20
        (local(execution_weight="20", execution_score="15", total_weight="100"), True),
        (local(execution_weight="20", execution_score="15", total_weight="110"), False),  # its own whole
        (local(), False),  # 90: 预算执行率 has the rest, wherever it stands
        (with_indicator(local(execution_weight="10"), 1, weight="45"), True),
        (with_indicator(local(), 1, weight="45"), False),  # 85: nobody has read what 预算执行率 weighs
        (with_indicator(local(execution_weight="20"), 1, weight="", score=""), False),  # not weighed throughout
    ],
)
def test_weights_come_to_100_where_all_are_there(form: Evaluation, wrong: bool) -> None:
    assert severities(form, "R05") == ([Severity.ERROR] if wrong else [])


# ---------------------------------------------------------------- points that nobody has read


def hint(form: Evaluation, *things: Unread) -> Evaluation:
    other = form.replaced()
    other.unread = things
    return other


def thing(words: str, part: Part) -> Unread:
    return Unread(words, Place(sheet="自评表", row=20, column=1), part)


CUT = local(total_weight="100", total_score="98")  # 50 + 40 of 100, and nothing of 预算执行率
WRONG = local(execution_weight="10", execution_score="7.5", total_weight="100", total_score="98")  # 97.5


def test_points_of_execution_that_were_not_read_make_no_total_wrong() -> None:
    assert codes(CUT) == []
    assert codes(changed(CUT, funds=[])) == []  # the top of the form is missing
    assert codes(local(execution_score="8", total_weight="100", total_score="98")) == []  # no column of weights there
    assert codes(WRONG) == ["R09"]
    row = MET + "\n预算执行率 | 预算执行率 | 预算执行率 | 正向 | 100% | 75% | {} | 7.5 | 结转"
    assert codes(local(row.format(10), total_weight="100", total_score="98")) == ["R09"]
    assert codes(local(row.format(20), total_weight="100", total_score="97.5")) == ["R05"]


@pytest.mark.parametrize(
    ("unread", "silent"),
    [
        (thing("项目资金（万元）、分值、得分", Part.TABLE), True),
        (thing("0.5", Part.TEXT), True),
        (thing("75%", Part.TEXT), False),
        (thing("2024", Part.TEXT), False),
        (thing("注：1.一级指标分值统一设置为50分。", Part.TEXT), False),
        (thing("备注", Part.COLUMN), False),
    ],
)
def test_what_was_not_understood_may_carry_points(unread: Unread, silent: bool) -> None:
    assert codes(hint(WRONG, unread)) == ([] if silent else ["R09"])


@pytest.mark.parametrize(("text", "silent"), [("1", True), ("达标", False), ("5%", False), ("1200", False)])
def test_a_column_of_numbers_under_unknown_words_may_be_points(text: str, silent: bool) -> None:
    """加减分, for one."""
    rows = [
        row._replace(cells={**row.cells, "?加减分": stated(text, "加减分", row.number, 19)})
        for row in WRONG.tables["indicators"]
    ]
    assert codes(WRONG.replaced(tables={**WRONG.tables, "indicators": rows})) == ([] if silent else ["R09"])


@pytest.mark.parametrize(
    ("weight", "score", "wrong"),
    [
        ("90", "90", []),  # of the indicators above it
        ("90", "97.5", []),  # as printed, of all
        ("90", "91", ["R09"]),
        ("100", "90", ["R09"]),  # of all, without the score of execution
        ("100", "97.5", []),
        ("95", "97.5", ["R09"]),
    ],
)
def test_a_total_right_below_the_indicators_may_be_theirs_alone(weight: str, score: str, wrong: list[str]) -> None:
    form = local(execution_weight="10", execution_score="7.5", total_weight=weight, total_score=score)
    assert codes(form) == wrong


def test_the_total_that_is_expected_is_that_of_the_indicators() -> None:
    form = local(execution_weight="10", execution_score="7.5", total_weight="90", total_score="91")
    assert [one.expected for one in found(form, "R09")] == ["90"]


def test_rows_that_hold_words_among_amounts_are_no_sources() -> None:
    """按收入性质分 beside 按支出性质分: 190 is not 80 + 100."""
    head = "资金 | 全年预算数 | 执行数\n资金总额 | 190 | 150\n一般公共预算 | 80 | {}\n政府性基金 | 100 | 项目支出"
    assert codes(local(funds=head.format("其中：基本支出"))) == ["R18"]  # as words, not as a sum
    assert "R03" in codes(local(funds=head.format("70").replace("项目支出", "80")))


def test_a_score_in_percent_is_said_for_itself_and_is_no_twenty_points() -> None:
    """50 + 40 + 10 = 100; 10% read as 0.1 would make the total wrong, too."""
    form = local(execution_weight="10", execution_score="10%", total_score="100")
    assert severities(form, "R18") == [Severity.WARNING]
    assert severities(form, "R09") == []
    assert severities(local(execution_weight="10", execution_score="7.5", total_score="97.5"), "R18") == []


def test_the_parts_of_the_fiscal_money_are_not_counted_besides() -> None:
    """财政拨款小计 80 = 70 + 10 of two budgets; with the other 20 it is 100."""
    head = "资金 | 全年预算数\n资金总额 | 100\n财政拨款 | 80\n其他资金 | 20\n一般公共预算 | 70\n政府性基金 | 10"
    assert severities(local(funds=head), "R03") == []
    assert severities(local(funds=head.replace("其他资金 | 20", "其他资金 | 15")), "R03") == [Severity.ERROR]


def test_money_beyond_what_arrived_is_an_error_beyond_the_initial_budget_it_is_not() -> None:
    more = with_fund(with_fund(local(), "资金总额", executed="190", rate="95%"), "财政拨款", executed="190", rate="95%")
    assert severities(more, "R28") == [Severity.ERROR]
    late = "资金 | 年初预算数 | 执行数 | 执行率\n资金总额 | 100 | 150 | 150%"
    assert codes(local(funds=late)) == []


# ---------------------------------------------------------------- scoring: warnings, if no rule in use gives it


@pytest.mark.parametrize(
    ("score", "severity"),
    [("80", None), ("45", None), ("60", None), ("75", Severity.WARNING), ("85", Severity.WARNING)],
)
def test_a_reverse_indicator_by_either_formula(score: str, severity: Severity | None) -> None:
    """15 of at most 10, weight 90: 90 × (1 − 0.5) = 45, 90 × 10 ÷ 15 = 60; 75 is more than both give."""
    form = scored("≤", "10", "15", score)
    if score == "80":
        form = scored("≤", "10", "11", score)  # 90 × 0.9 = 81, 90 × 10 ÷ 11 = 81.82: less than both, with a reason
    assert severities(form, "R11") == ([severity] if severity else [])


@pytest.mark.parametrize(("score", "wrong"), [("78.3", False), ("78", False), ("79", True), ("90", True)])
def test_a_positive_indicator_by_completion_or_in_whole_points(score: str, wrong: bool) -> None:
    """90 × 87 ÷ 100 = 78.3."""
    assert severities(scored("≥", "100", "87", score), "R10") == ([Severity.WARNING] if wrong else [])


@pytest.mark.parametrize(
    ("score", "severity"),
    [("7.5", None), ("8.33", None), ("8", None), ("7", None), ("10", Severity.WARNING), ("9.5", Severity.WARNING)],
)
def test_execution_by_rate_by_interval_or_in_whole_points(score: str, severity: Severity | None) -> None:
    """75 % of 10 is 7.5, 83.33 % is 8.33, in whole points 8; 80 % and more while it goes on: 7."""
    form = local(execution_weight="10", execution_score=score)
    assert severities(form, "R02") == ([severity] if severity else [])


@pytest.mark.parametrize("label", ["得分（20分×执行率）", "得分（20分*执行率）", "得分(B/A×20)", "得分（B/A*20）"])
@pytest.mark.parametrize(
    ("score", "severity"),
    [("15", None), ("15.00", None), ("16.67", None), ("17", None), ("20", Severity.ERROR), ("14", Severity.ERROR)],
)
def test_what_the_form_prints_as_its_rule_is_an_error(label: str, score: str, severity: Severity | None) -> None:
    """20 × 75 % is 15, 20 × 83.33 % is 16.67."""
    form = local(execution_weight="20", execution_score=score)
    cell = form.facts["execution.score"]
    printed = form.replaced({**form.facts, "execution.score": cell._replace(place=cell.place._replace(label=label))})
    assert severities(printed, "R02") == ([severity] if severity else [])


def test_full_marks_for_a_finished_project() -> None:
    done = local(execution_weight="10", execution_score="10", goal_actual="全年任务已全部完成，资金结余收回。")
    open_ = local(execution_weight="10", execution_score="10", goal_actual="任务未全部完成。")
    printed = local(execution_weight="10", execution_score="10", text_note="执行率70%以上得10分，60%以上得8分。")
    assert [severities(form, "R02") for form in (done, open_, printed)] == [[], [Severity.WARNING], []]


def test_a_total_cut_for_a_low_rate() -> None:
    """135 of 194 is 69.6 %: at most 79 points by the rule of one province, and 79 of no other reason is honest."""
    low = "资金 | 全年预算数 | 执行数 | 执行率\n资金总额 | 194 | 135 | 69.59%"
    execution = {"execution_weight": "10", "execution_score": "6.96"}
    assert severities(local(funds=low, total_score="79", **execution), "R09") == []
    assert severities(local(funds=low, total_score="69", **execution), "R09") == [Severity.ERROR]


# ---------------------------------------------------------------- no law


def test_no_grades_tiers_levels_or_customary_weights_without_a_scheme() -> None:
    strange = "产出 | 社会效益指标 | 培训 | 定量 | 100 | 300 | 60 | 60 |\n过程 | 数量指标 | 制度 | 定性 | 达成 | 达成年度指标 | 40 | 5 | 从严"
    form = local(strange, execution_weight="0", total_score="65", grade="一等")
    assert codes(form) == []
    silent = {one.rule.code for one in rulings(form) if one.reason == "本表不涉及"}
    assert silent >= {"R07", "R13", "R14", "R17", "R26", "R27"}


@pytest.mark.parametrize(
    ("grade", "total", "expected"),
    [
        ("优", "97.5", None),
        ("优秀", "82", None),  # of 80, 70, 60
        ("良", "82", None),  # of 90, 80, 60
        ("差", "97.5", "优"),
        ("较差", "75", "良、中"),
        ("良好", "97.5", "优"),
        ("一等", "97.5", None),
    ],
)
def test_a_grade_is_one_that_some_bands_give(grade: str, total: str, expected: str | None) -> None:
    form = local(total_score=total, grade=grade)
    wrong = [(finding.severity, finding.expected) for finding in found(form, "R14")]
    assert wrong == ([(Severity.WARNING, expected)] if expected else [])
    assert found(local(total_score=total, total_weight="200", grade=grade), "R14") == []


# ---------------------------------------------------------------- a second score


def reviewed(first: str = "50", total: str = "97.5", execution: str = "7.5", **facts: str) -> Evaluation:
    """50 + 40 + 7.5 = 97.5 of the reviewer."""
    form = local(execution_weight="10", execution_score="7.5", total_weight="100", total_score="97.5", **facts)
    rows = zip(form.indicators, (first, "40"), strict=True)
    with_review = [row._replace(review=stated(text, "复核得分", row.row, 19)) for row, text in rows]
    reviews = {
        "total.review": stated(total, "复核得分", 1, 60),
        "funds.total.review": stated(execution, "复核得分", 1, 61),
    }
    return changed(form, facts={**form.facts, **reviews}, indicators=with_review)


def test_the_second_score_adds_up_too() -> None:
    assert codes(reviewed()) == []
    assert [one.expected for one in found(reviewed(first="45"), "R09")] == ["92.5"]
    assert severities(reviewed(total="98"), "R09") == [Severity.ERROR]
    assert codes(reviewed(first="", total="90")) == []  # only what was changed is scored once more
    assert codes(reviewed(execution="", total="90")) == []
    assert severities(reviewed(first="51", total="98.5"), "R08") == [Severity.ERROR]


# ---------------------------------------------------------------- stages


@pytest.mark.parametrize("title", ["项目支出绩效目标申报表", "项目支出绩效运行监控表"])
def test_an_early_form_owes_nothing(title: str) -> None:
    early = "产出 | 数量 | 培训人数 | ≥ | 100 | 60 | 90 | 90 |\n效益 | 社会 | 就业 | ≥ | 50 | | 10 | 10 |"
    columns = {"title": title, "year": "2023", "goal_expected": "完成2022年度任务。"}
    form = local(early, **columns)
    owed = {"R10", "R15", "R16", "R20"}
    assert not owed & set(codes(form))


def monitored(rate: str, label: str = "1-7月执行率") -> Evaluation:
    head = "资金 | 年初预算数 | 全年预算数 | 执行率\n资金总额 | 200 | 180 | " + rate
    form = local("产出 | 数量 | 培训人数 | ≥ | 100 | | | |", head, "项目支出绩效运行监控表")
    cell = form.facts["funds.total.rate"]
    interim = stated("90", "1-7月执行数", 4, 9)._replace(figure=form.facts["funds.total.initial"].figure)
    interim = interim._replace(figure=interim.figure and interim.figure._replace(value=Decimal(90)))
    labelled = cell._replace(place=cell.place._replace(label=label))
    return form.replaced({**form.facts, "funds.total.rate": labelled, "funds.total.interim": interim})


@pytest.mark.parametrize(("rate", "wrong"), [("45%", False), ("50%", False), ("77.78%", True)])
def test_in_the_middle_of_the_year_a_rate_is_that_of_the_months(rate: str, wrong: bool) -> None:
    """90 of 200 is 45 %, of 180 it is 50 %."""
    assert severities(monitored(rate), "R01") == ([Severity.ERROR] if wrong else [])
    assert severities(monitored(rate, "全年预计执行率"), "R01") == []


@pytest.mark.parametrize("reason", ["", "申报延后"])
@pytest.mark.parametrize(
    ("target", "actual", "missed"), [("≥8万人", "5.8万人", True), ("≤4.5%", "3.6%", False), ("≥8万人", "5场", False)]
)
def test_a_missed_target_asks_for_a_reason_on_a_form_without_points(
    target: str, actual: str, missed: bool, reason: str
) -> None:
    rows = (
        "一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 偏差原因\n"
        + f"产出 | 数量 | 人数 | {target} | {actual} | {reason}"
    )
    form = evaluation("local", FUNDS, rows)
    assert severities(form, "R15") == ([Severity.WARNING] if missed and not reason else [])
    assert "R15" not in codes(changed(form, title="项目支出绩效运行监控表"))


@pytest.mark.parametrize(
    ("weight", "wrong"),
    [
        ("50", False),
        ("60", False),
        ("40", False),
        ("55", True),
        ("", False),
        ("-1", False),
        ("0.6", True),
        ("140", False),
    ],
)
def test_goals_are_weighed_to_100_or_leave_what_execution_has(weight: str, wrong: bool) -> None:
    """40 and the one: 90, 100, 80, 95; a form in which one is not weighed is not added up."""
    aims = f"产出 | 数量 | 培训人数 | ≥ | 100 | | {weight} | |\n效益 | 社会 | 就业 | ≥ | 50 | | 40 | |"
    form = local(aims, title="项目支出绩效目标申报表")
    assert severities(form, "R05") == ([Severity.WARNING] if wrong else [])
    assert severities(hint(form, thing("5", Part.TEXT)), "R05") == []


def test_a_form_without_a_telling_title_is_known_by_its_columns() -> None:
    assert "R20" in codes(local("产出 | 数量 | 培训人数 | ≥ | 100 | | 90 | 90 |", title="项目情况表"))


def test_an_undecided_stage_gets_arithmetic_only() -> None:
    """A goal form with results in it."""
    form = local(
        MET,
        title="项目绩效目标表",
        year="2023",
        goal_expected="2022年度培训100人。",
        execution_score="7",
        total_score="91",
    )
    assert codes(form) == ["R09"]  # 50 + 40 + 7 = 97; the other year would be R41's matter


# ---------------------------------------------------------------- merges


def test_shifted_merges_silence_what_goes_by_them() -> None:
    groups = (
        Group(1, "产出", stated("60", "分值", 12, 20), (12,)),
        Group(1, "效益", stated("40", "分值", 13, 20), (13,)),
    )
    broken = changed(local(), groups=groups)  # 60 over 50
    assert "R06" in codes(broken)
    shifted = changed(broken, defects=[Finding(MERGES, Severity.WARNING, "单元格的合并与表样不一致")])
    assert [finding.code for finding in check(shifted) if finding.code in ("R06", "R57")] == ["R57"]


def test_weights_of_levels_may_be_shares_of_a_whole_of_their_own() -> None:
    """产出 is 60 % and 效益 40 % of the whole, each is 100 in itself; 90 under 产出 is neither."""
    groups = (
        Group(1, "产出", stated("60", "分值", 12, 20), (12,)),
        Group(1, "效益", stated("40", "分值", 13, 20), (13,)),
    )
    rows = "产出 | 数量 | 培训人数 | 正向 | 100 | 110 | {} | 50 |\n效益 | 社会效益 | 就业 | 正向 | 50 | 50 | 100 | 40 |"
    assert severities(changed(local(rows.format("100")), groups=groups), "R06") == []
    assert Severity.ERROR in severities(changed(local(rows.format("90")), groups=groups), "R06")


def test_of_a_cost_without_a_sign_nobody_knows_whether_less_is_missed() -> None:
    rows = "一级指标 | 三级指标 | 指标值 | 完成值 | 偏差原因\n产出 | 仓储成本控制率 | {}100% | 98% | "
    assert severities(evaluation("local", FUNDS, rows.format("")), "R15") == []
    assert severities(evaluation("local", FUNDS, rows.format("≥")), "R15") == [Severity.WARNING]
