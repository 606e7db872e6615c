"""R41 and R42: years and names (rulings 7 of regulations.md §5.3)."""

import pytest
from evaluations import NATIONAL, SICHUAN, codes, found, with_facts

from jixiao.findings import Severity
from typed_rows import changed


def test_r41_the_goals_speak_of_the_form_s_year() -> None:
    [finding] = found(with_facts(NATIONAL, goal_expected="完成2023年度职业技能培训任务。"), "R41")
    assert (finding.severity, finding.stated, finding.expected) == (Severity.ERROR, "2023", "2024")


@pytest.mark.parametrize(
    "text",
    [
        "完成2024年度任务。",
        "依据财预〔2020〕10号和中组发（2022）13号文件。",
        "按2020年调整的标准发放。",
        "比2023年度增加3人。",
        "2023年度结转，2024年度完成。",
    ],
)
def test_r41_other_years_may_be_meant(text: str) -> None:
    assert codes(with_facts(NATIONAL, goal_expected=text)) == []


def test_r41_the_title_and_the_period() -> None:
    assert found(changed(NATIONAL, title="项目支出绩效自评表（2022年度）"), "R41")
    assert found(with_facts(NATIONAL, goal_actual="2022年1月至12月完成培训。"), "R41")


def test_r41_the_project_s_year_is_a_warning_its_code_is_nothing() -> None:
    assert found(with_facts(SICHUAN, project_name="51090424T000010542083-老机保清理"), "R41") == []
    [finding] = found(with_facts(SICHUAN, project_name="51090424T000010542083-基金风险防控项目2022"), "R41")
    assert finding.severity is Severity.WARNING


def test_r42_the_heading_names_the_unit() -> None:
    [finding] = found(with_facts(NATIONAL, unit_name="某某市职业技能鉴定中心"), "R42")
    assert finding.severity is Severity.ERROR
    assert found(with_facts(NATIONAL, unit_name="某某市技能培训 指导中心（公章）".replace("公章", "")), "R42") == []
    assert found(with_facts(NATIONAL, unit_name=""), "R42") == []


def test_r42_a_slip_in_a_name_inside_a_text() -> None:
    [finding] = found(with_facts(NATIONAL, goal_actual="某某市技能培训指导中新完成培训。"), "R42")
    assert finding.severity is Severity.WARNING
    assert (finding.stated, finding.expected) == ("某某市技能培训指导中新", "某某市技能培训指导中心")


def test_r42_the_platform_s_suffix_and_another_unit_are_fine() -> None:
    form = with_facts(SICHUAN, goal_actual="某某市社会保险事业管理局会同某某市医疗保障局完成稽核。")
    assert codes(form) == []
