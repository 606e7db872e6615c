"""In which stage a form stands is told by its title, else by its columns: ruling 13."""

from decimal import Decimal

import pytest

from jixiao.evaluation import Evaluation, Row, Stage, Stated
from jixiao.figures import Figure
from jixiao.forms import library
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document
from jixiao.places import Place


def cell(text: str) -> Stated:
    return Stated(
        text, Place(sheet="表", row=5, column=1), Figure(Decimal(text), Decimal(1)) if text.isdigit() else None
    )


def form(title: str, *facts: str, **columns: str) -> Evaluation:
    """A form of one indicator with these columns."""
    rows = [Row(5, {"name": cell("培训人数"), **{field: cell(text) for field, text in columns.items()}})]
    return Evaluation("local", "local", title, {fact: cell("9") for fact in facts}, {"indicators": rows})


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("2023年项目支出绩效目标申报表", Stage.GOAL),
        ("部门预算项目绩效目标批复表", Stage.GOAL),
        ("项目支出绩效目标表（2024年度）", Stage.GOAL),
        ("项目绩效运行监控表", Stage.MONITORING),
        ("绩 效 目 标 监 控 表", Stage.MONITORING),
        ("项目支出绩效自评表", Stage.SELF),
        ("中央对地方转移支付区域（项目）绩效目标自评表", Stage.SELF),
        ("部门整体支出绩效自评表", Stage.SELF),
        ("五华区预算支出部门评价表", Stage.DEPARTMENT),
        ("财政支出绩效评价指标体系", Stage.DEPARTMENT),
        ("项目绩效自评复核表", Stage.REVIEW),
        ("自评抽查情况表", Stage.REVIEW),
    ],
)
def test_the_title_says_it_first(title: str, stage: Stage) -> None:
    assert form(title, target="100", actual="", score="").stage is stage


@pytest.mark.parametrize(
    ("columns", "stage"),
    [
        ({"target": "100", "weight": "10"}, Stage.GOAL),
        ({"target": "100", "interim": "60", "forecast": "100"}, Stage.MONITORING),
        ({"target": "100", "actual": "60", "likelihood": "确定能"}, Stage.MONITORING),
        ({"target": "100", "actual": "", "score": ""}, Stage.SELF),
        ({"target": "100", "score": "9", "review": "8"}, Stage.REVIEW),
        ({"target": "100", "score": "9", "review": ""}, Stage.REVIEW),
        ({"target": "100", "actual": "90"}, Stage.UNDECIDED),
        ({"score": "9"}, Stage.UNDECIDED),
    ],
)
@pytest.mark.parametrize("title", ["", "项目情况表", "项目绩效目标完成情况表"])
def test_else_the_columns_say_it(title: str, columns: dict[str, str], stage: Stage) -> None:
    assert form(title, **columns).stage is stage


def test_executed_amounts_are_no_goal() -> None:
    assert form("", "funds.total.executed", target="100").stage is Stage.UNDECIDED
    assert form("", "funds.total.initial", target="100").stage is Stage.GOAL


def test_a_goal_with_results_is_left_undecided() -> None:
    assert form("项目支出绩效目标表", target="100", actual="", score="").stage is Stage.GOAL
    assert form("项目支出绩效目标表", target="100", actual="96", score="").stage is Stage.UNDECIDED


def test_a_self_evaluation_that_was_reviewed_is_a_review() -> None:
    assert form("项目支出绩效自评表", target="100", actual="90", score="9", review="8").stage is Stage.REVIEW
    assert form("项目支出绩效自评表", target="100", actual="90", score="9", review="").stage is Stage.SELF


def test_our_own_forms_are_evaluations() -> None:
    stages = {}
    for name in library.identifiers():
        [found] = forms(load_document(f"{library.folder()}/{name}.xlsx"))
        stages[name] = found.evaluation.stage
    assert stages == {
        "datong-project-2021": Stage.SELF,
        "national-project-2020": Stage.SELF,
        "sichuan-project-2023": Stage.SELF,
        "wuhua-project-2024": Stage.DEPARTMENT,
    }
