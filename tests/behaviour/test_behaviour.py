"""Small files that once came out wrong, and what must come out of each. The values are worked out by hand.

Each stands for a kind, not for itself; none holds a real person.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.examine import Examined, examined
from jixiao.actions.importing import import_document
from jixiao.actions.write_report import write_reports
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import text_of
from jixiao.findings import Finding, Severity
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document
from jixiao.report.document import Paragraph

HERE = Path(__file__).parent


def evaluations(name: str) -> list[Evaluation]:
    return [form.evaluation for form in forms(load_document(str(HERE / name)))]


def checked(name: str) -> list[Examined]:
    return examined(load_document(str(HERE / name)))


def findings(name: str, *codes: str) -> list[Finding]:
    every = [finding for form in checked(name) for finding in form.findings]
    return [finding for finding in every if not codes or finding.code in codes]


def rows(found: list[Finding]) -> set[int | None]:
    return {place.row for finding in found for place in finding.places}


def levels(name: str) -> dict[str, tuple[str, str]]:
    [form] = evaluations(name)
    return {text_of(row.name): (text_of(row.level1), text_of(row.level2)) for row in form.indicators}


@pytest.mark.parametrize("name", ["central-2021.docx", "central-2021-last.docx"])
def test_cost_indicators_of_a_first_level_of_their_own_stay_there(name: str) -> None:
    found = levels(name)
    assert found["项目总成本"] == ("成本指标", "经济成本指标")
    assert found["占用公共资源"] == ("成本指标", "社会成本指标")
    assert found["能耗"] == ("成本指标", "生态环境成本指标")
    assert found["举办活动"] == ("产出指标", "数量指标")


@pytest.mark.parametrize("name", ["central-2021.docx", "central-2021-last.docx"])
def test_what_a_template_cannot_hold_is_listed_when_a_form_is_put_on_it(name: str) -> None:
    book = import_document(load_document(str(HERE / name)), form="national-project-2020")
    costs = (
        "经济成本指标",
        "项目总成本",
        "≤250万元",
        "215.46万元",
        "社会成本指标",
        "占用公共资源",
        "生态环境成本指标",
        "能耗",
    )
    assert set(costs) <= {stated.text for stated in book.unplaced}
    [sheet] = book.sheets
    band = sheet.form.layout.placement.bands["indicators"]
    contents = (sheet.form.contents.get((row, band.columns["name"])) for row in band.rows)
    kept = [content.value for content in contents if content and not str(content.value).startswith(("指标", "……"))]
    assert kept == ["举办活动", "验收合格率", "完成及时率", "受益人次", "服务对象满意度"]
    assert not any(str(content.value) in costs for content in sheet.form.contents.values())


@pytest.mark.parametrize("name", ["central-2021.docx", "central-2021-last.docx"])
def test_imported_as_it_is_a_form_keeps_all_its_indicators(name: str) -> None:
    book = import_document(load_document(str(HERE / name)))
    assert (len(book.unplaced), book.sheets[0].form.constants["jx.form"]) == (0, "local")


def test_indicators_in_another_order_stay_under_their_own_labels() -> None:
    found = levels("order-quality-first.docx")
    assert found["举办活动"] == ("产出指标", "数量指标")
    assert found["机制健全"] == ("效益指标", "可持续影响指标")


def test_targets_with_units_are_scored() -> None:
    """4604 ÷ 4754 × 15; 9 ÷ 10 × 15; 700 ÷ 800 × 10; (2 − 5830 ÷ 5300) × 10; 40 ÷ 80 × 30; 85 ÷ 90 × 10."""
    scores = findings("units.docx", "R10", "R11")
    assert [Decimal(finding.expected or "") for finding in scores] == [
        Decimal(text) for text in ("14.53", "13.50", "8.75", "9.00", "15.00", "9.44")
    ]
    assert rows(findings("units.docx", "R15")) == set(range(11, 17))


def test_full_marks_for_missed_targets_with_units_are_found() -> None:
    """1.2万人 of ≥5.3万人, 12场 of ≥24场, 59.6% of 99%以上, 17.39元/人 against ≤7.5元/人."""
    missed = {15, 16, 17, 23}
    assert rows(findings("units-in-values.xlsx", "R10", "R11")) == missed
    assert rows(findings("units-in-values.xlsx", "R15")) == missed


def test_an_amount_typed_with_its_unit_is_an_amount() -> None:
    [form] = evaluations("amount-with-unit.xlsx")
    assert form.number("funds.fiscal.adjusted") == Decimal("135.6")
    assert form.facts["funds.fiscal.adjusted"].figure.heading == "万元"


def test_headings_decide_not_positions() -> None:
    [form] = evaluations("columns-weight-before-target.xlsx")
    first = form.indicators[0]
    assert (text_of(first.weight), text_of(first.target), text_of(first.actual)) == ("8", "≥18.6", "18.9")


def test_the_goal_of_another_year_is_found() -> None:
    stated = {finding.stated for finding in findings("goal-text-contradicts-table.xlsx", "R41")}
    assert stated == {"2024", "2023"}


def test_blank_names_and_goals_are_found() -> None:
    labels = {place.label for finding in findings("missing-name-unit-goals.xlsx", "R60") for place in finding.places}
    assert {"项目名称", "实施单位", "预期目标", "实际完成情况"} <= labels


def test_an_indicator_without_a_score_is_found_and_no_grade_stands_before_it() -> None:
    [missing] = findings("wuhua-missing-score-G30.xlsx", "R60", "R20")
    assert (missing.severity, rows([missing])) == (Severity.ERROR, {30})
    [report] = write_reports(load_document(str(HERE / "wuhua-missing-score-G30.xlsx")))
    told = "\n".join(block.text for block in report.document.blocks if isinstance(block, Paragraph))
    assert "尚有1项未评分，暂不定等次" in told and "评价等次为" not in told


def test_a_form_with_one_of_eleven_filled_is_not_finished() -> None:
    found = findings("new-from-keeps-2025-goal.xlsx")
    assert any(finding.code == "R60" and len(rows([finding])) == 10 for finding in found)
    assert any(finding.code == "R41" and finding.stated == "2025" for finding in found)


def test_every_finding_names_a_place() -> None:
    found = findings("goal-rows-deleted-empty-location.xlsx")
    assert found and not any("·：" in finding.line() for finding in found)


def test_a_name_over_two_lines_is_one_name() -> None:
    names = [text_of(row.name) for row in evaluations("linebreak-in-indicator-name.xlsx")[0].indicators]
    assert any("参保缴费人数" in name for name in names)
    assert not any("\n" in name or "参保 " in name for name in names)


def test_an_unused_sheet_is_blank_and_nothing_else() -> None:
    unused = checked("sichuan-project3-unused.xlsx")[2]
    assert unused.coverage.blank and unused.findings == []


def test_formulas_without_saved_results_are_computed() -> None:
    """8.62 + 10 + 20 + 20 + 30 + 10."""
    [total] = findings("p2-nocache.xlsx", "R09")
    assert (total.stated, total.expected) == ("90.00", "98.62")


@pytest.mark.parametrize(
    "name", ["base.docx", "base.xlsx", "p1-unmerged-repeated.xlsx", "p7-nested.docx", "p8-bom.xlsx"]
)
def test_the_same_form_in_other_clothes_has_the_same_two_faults(name: str) -> None:
    """215.46 ÷ 250 = 86.18 %; 8.62 + 90 = 98.62. The weights are 100 however often a label is printed."""
    errors = [finding for finding in findings(name) if finding.severity is Severity.ERROR]
    assert [(finding.code, finding.stated, finding.expected) for finding in errors] == [
        ("R01", "86.90%", "86.18%"),
        ("R09", "98.52", "98.62"),
    ]
