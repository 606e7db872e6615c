"""What the check finds missing the report asks for, too; it is written all the same, without a grade before all is scored."""

import pytest
from report_samples import NATIONAL_SCHEME, WUHUA_SCHEME, datong, stated, wuhua

from jixiao.checks import check
from jixiao.evaluation import Evaluation
from jixiao.report.document import Paragraph
from jixiao.report.project import project_report, report_gaps
from typed_rows import changed


def restated(form: Evaluation, fact: str, text: str, formula: str | None = None) -> Evaluation:
    cell = form.facts.get(fact, stated("", fact))._replace(text=text, figure=None, formula=formula)
    return form.replaced({**form.facts, fact: cell})


def unscored(form: Evaluation, *numbers: int) -> Evaluation:
    rows = [
        row._replace(score=row.score and row.score._replace(text="", figure=None)) if number in numbers else row
        for number, row in enumerate(form.indicators)
    ]
    return changed(form, indicators=rows)


def gaps(form: Evaluation) -> list[str]:
    return report_gaps(project_report(form, NATIONAL_SCHEME))


def texts(form: Evaluation) -> str:
    blocks = project_report(form, WUHUA_SCHEME).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    "fact", ["project.name", "project.unit", "year", "goal.expected", "goal.actual", "total.score"]
)
@pytest.mark.parametrize("blank", ["", "—", "/"])
def test_check_and_report_agree_on_what_is_missing(fact: str, blank: str) -> None:
    form = datong()
    assert not [one for one in check(form) if one.code == "R60"]
    open_ = restated(form, fact, blank)
    [finding] = [one for one in check(open_) if one.code == "R60"]
    assert open_.facts[fact].place in finding.places
    assert len(gaps(open_)) == len(gaps(form)) + 1


def test_unscored_rows_are_told_by_both() -> None:
    open_ = unscored(wuhua(), 2, 4)
    [finding] = [one for one in check(open_) if one.code == "R60"]
    assert len(finding.places) == 2
    assert sum("得分" in line and "待补充" in line for line in report_gaps(project_report(open_, WUHUA_SCHEME))) == 2


def test_no_score_is_asked_for_where_there_was_nothing_to_do() -> None:
    """Ruling 14: 不涉及 with a reason is complete; the check asks for nothing, and so does the report."""
    row, *others = unscored(wuhua(), 0).indicators
    told = row._replace(actual=stated("不涉及", "完成值"), reason=stated("本年未下达任务", "原因"))
    open_ = changed(wuhua(), indicators=[told, *others])
    assert [one.severity.value for one in check(open_) if one.code == "R60"] == ["info"]
    asked = [line for line in report_gaps(project_report(open_, WUHUA_SCHEME)) if "待补充" in line]
    assert asked == [line for line in report_gaps(project_report(wuhua(), WUHUA_SCHEME)) if "待补充" in line]


def test_a_grade_by_formula_is_none_before_all_is_scored() -> None:
    """The sheet was saved with 优 before the score was taken out: nobody has stated that."""
    form = restated(unscored(wuhua(), 2), "grade", "优", formula="PERF_GRADE(G45,jx.scheme)")
    assert "〔尚有1项未评分，暂不定等次〕" in texts(form)
    assert "评分等级为" not in texts(form)
    scored = restated(wuhua(), "grade", "优", formula="PERF_GRADE(G45,jx.scheme)")
    assert "评分等级为优" in texts(scored) and "暂不定等次" not in texts(scored)


def test_a_stated_grade_and_total_are_never_removed() -> None:
    form = unscored(wuhua(), 2)
    assert form.facts["grade"].formula is None
    told = texts(form)
    assert "评分等级为优" in told and f"评价综合得分为{form.text('total.score')}分" in told
    assert "〔尚有1项未评分，暂不定等次〕" in told
