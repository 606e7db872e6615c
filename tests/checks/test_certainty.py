"""An error needs every operand to be beyond doubt; a likely one is asked about, less is not said."""

from collections.abc import Callable

import pytest
from evaluations import NATIONAL, evaluation, found, lines_of, with_facts, with_fund, with_indicator

from jixiao.checks import check
from jixiao.checks.coverage import coverage
from jixiao.checks.rulings import State, rulings
from jixiao.evaluation import Evaluation, Stated
from jixiao.figures import parse
from jixiao.findings import Severity
from jixiao.places import Place

FORM = evaluation(
    "local",
    """
    资金     | 全年预算数 | 执行数 | 执行率
    资金总额  | 200.00   | 150.00 | 75.00%
    财政拨款  | 180.00   | 140.00 | 77.78%
    其他资金  | 20.00    | 10.00  | 50.00%
    """,
    """
    一级指标  | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 | 偏差原因
    产出指标  | 数量指标 | 培训人数 | ≥100  | 110   | 60  | 60  |
    产出指标  | 质量指标 | 合格率   | 100%  | 90%   | 30  | 27  | 两人缺考。
    """,
    execution_weight="10",
    execution_score="7.5",
    total_weight="100",
    total_score="94.5",
)


def doubted(form: Evaluation, sure: float, which: Callable[[Stated], bool]) -> Evaluation:
    return form.retold(lambda cell: cell._replace(sure=sure) if which(cell) else cell)


def column(name: str, *rows: int) -> Callable[[Stated], bool]:
    return lambda cell: cell.place.label == name and (not rows or cell.place.row in rows)


def told(form: Evaluation, code: str) -> list[tuple[str, list[int | None]]]:
    return [(finding.severity.value, lines_of(finding)) for finding in found(form, code)]


UNSEEN = with_indicator(with_indicator(FORM, 1, actual=""), 2, actual="")  # R20 twice
LESS = with_fund(FORM, "其他资金", executed="9.00", rate="45%")  # 140 + 9 is not 150


def test_the_form_itself_is_silent_and_beyond_doubt() -> None:
    assert check(FORM) == []
    assert not FORM.doubtful
    assert not NATIONAL.doubtful


# ---------------------------------------------------------------- row by row


@pytest.mark.parametrize(
    ("sure", "expected"),
    [
        (1, [("error", [12, 13])]),
        (0.99, [("info", [12, 13])]),
        (0.75, [("info", [12, 13])]),
        (0.74, []),
        (0.3, []),
        (0, []),
    ],
)
def test_a_doubtful_column_is_asked_about_or_left_alone(sure: float, expected: list[tuple[str, list[int]]]) -> None:
    assert told(doubted(UNSEEN, sure, column("完成值")), "R20") == expected


def test_the_question_names_the_heading_and_what_it_was_taken_for() -> None:
    form = UNSEEN.retold(
        lambda cell: (
            cell._replace(place=cell.place._replace(label="落实情况")) if cell.place.label == "完成值" else cell
        )
    )
    [question] = found(doubted(form, 0.8, column("落实情况")), "R20")
    assert question.message == "如果“落实情况”一栏是完成值，则空白，已计得分"
    assert question.line().startswith("提示·第12–13行 落实情况：如果“落实情况”一栏是完成值，则空白，已计得分")


def test_certain_rows_of_one_finding_stand() -> None:
    assert told(doubted(UNSEEN, 0.8, column("完成值", 13)), "R20") == [("error", [12]), ("info", [13])]
    assert told(doubted(UNSEEN, 0.3, column("完成值", 13)), "R20") == [("error", [12])]


def test_what_does_not_hang_on_a_doubtful_cell_stands() -> None:
    beyond = with_indicator(FORM, 1, score="61")
    assert told(doubted(beyond, 0.3, column("完成值")), "R08") == [("error", [12])]
    assert told(doubted(beyond, 0.3, column("分值")), "R08") == []


def test_every_operand_counts_not_only_the_cell_that_is_named() -> None:
    wrong = with_fund(FORM, "财政拨款", rate="70%")
    assert told(wrong, "R01") == [("error", [5])]
    assert told(doubted(wrong, 0.9, column("执行数")), "R01") == [("info", [5])]
    assert told(doubted(wrong, 0.5, column("执行数", 5)), "R01") == []
    assert told(doubted(wrong, 0.5, column("执行数", 6)), "R01") == [("error", [5])]


# ---------------------------------------------------------------- sums


@pytest.mark.parametrize(("sure", "expected"), [(0.9, [("info", [4])]), (0.5, []), (0, [])])
@pytest.mark.parametrize("row", [4, 5, 6])
def test_a_sum_with_a_doubtful_addend_or_total(row: int, sure: float, expected: list[tuple[str, list[int]]]) -> None:
    assert told(LESS, "R03") == [("error", [4])]
    assert told(doubted(LESS, sure, column("执行数", row)), "R03") == expected


@pytest.mark.parametrize("sure", [0.9, 0.5, 0])
def test_what_is_amiss_only_without_the_doubtful_cell_is_not_said(sure: float) -> None:
    """The sums are right with it: no error comes of leaving it out."""
    for name in ("执行数", "分值", "得分", "完成值", "指标值", "偏差原因", "全年预算数"):
        assert check(doubted(FORM, sure, column(name))) == []
        for row in (5, 12, 13):
            assert check(doubted(FORM, sure, column(name, row))) == []


def test_totals_are_silent_beside_a_row_nobody_knows() -> None:
    """彩票公益金 may be a source of its own, or one of 财政拨款."""
    lottery = {f"funds.?彩票公益金.{name}": FORM.facts[f"funds.other.{name}"] for name in ("adjusted", "executed")}
    shifted = {name: cell._replace(place=cell.place._replace(row=7)) for name, cell in lottery.items()}
    assert told(FORM.replaced(facts={**FORM.facts, **shifted}), "R03") == []
    unsound = {**LESS.facts, **shifted}
    assert told(LESS.replaced(facts=unsound), "R03") == []
    assert told(with_fund(FORM.replaced(facts={**FORM.facts, **shifted}), "财政拨款", rate="70%"), "R01") == [
        ("error", [5])
    ]


def test_a_dropped_column_in_a_total_says_nothing() -> None:
    """The cells of 得分 are words: the reader has dropped the column, and the total of the scores is nobody's matter."""
    words = with_indicator(with_indicator(with_facts(FORM, total_score="90"), 1, score="已评"), 2, score="已评")
    assert [finding.code for finding in check(words)] == ["R18"]
    assert check(doubted(words, 0, column("得分"))) == []


def test_two_doubtful_columns_are_both_named() -> None:
    form = doubted(LESS, 0.9, lambda cell: cell.place.label in ("执行数", "全年预算数"))
    [question] = found(with_fund(form, "财政拨款", rate="70%"), "R01")[:1]
    assert question.severity is Severity.INFO
    assert question.message.startswith("如果“执行数”一栏是执行数、“全年预算数”一栏是全年预算数，则")


# ---------------------------------------------------------------- the list of rules


def test_the_list_of_rules_says_what_it_could_not_be_sure_of() -> None:
    one = next(one for one in rulings(doubted(FORM, 0.9, column("得分"))) if one.rule.code == "R10")
    assert (one.state, one.reason) == (State.UNDECIDED, "第12行 得分：这一格读得不够确定")


# ---------------------------------------------------------------- points in labels


def test_points_in_a_label_are_asked_about_by_their_own_words() -> None:
    """培训人数（60分） scored 61: the column of names is no column of weights."""
    row = FORM.tables["indicators"][0]
    name = row.cells["name"]._replace(text="培训人数（60分）")
    weight = row.cells["weight"]._replace(place=name.place, sure=0.9)
    score = row.cells["score"]._replace(text="61", figure=parse("61"))
    first = row._replace(cells={**row.cells, "name": name, "weight": weight, "score": score})
    form = FORM.replaced(tables={**FORM.tables, "indicators": [first, *FORM.tables["indicators"][1:]]})
    [asked] = found(form, "R08")
    assert asked.severity is Severity.INFO
    assert asked.message.startswith("如果标签里的“60分”是分值，则得分填61")
    assert coverage(form, Place(sheet="自评表")).left[-1] == "标签里的分数是否为分值不够确定"
