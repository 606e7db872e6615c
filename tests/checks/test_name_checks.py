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
        "2023年1月20日召开动员会。",
        "2025年1月至3月补训，2025年1—5月补考。",
        "2023年1月启动，按月推进。",
        "2023年1月20日至2月3日集中培训。",
        "2023年1月至2024年12月分两期培训。",
        "2022年1月1日至2025年12月31日分期培训。",
        "自2020年起完成的培训继续保障。",
        "2019年度以来培训人数逐年增加。",
        "在2023年度基础上增加3人。",
        "与上年（2023年度）相比增加3人。",
        "落实2020-2025年规划和2021年—2023年度行动计划。",
        "按照《2023年度培训工作计划》组织培训。",
    ],
)
def test_r41_other_years_may_be_meant(text: str) -> None:
    for goal in ({"goal_expected": text}, {"goal_actual": text}):
        assert codes(with_facts(NATIONAL, **goal)) == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年1月-12月培训100人。",
        "2023年1月1日至12月31日培训100人。",
        "2023年1—12月培训100人。",
        "2023 年 1 月 1 日至 2023 年 12 月 31 日培训100人。",
        "1\t2023年度培训100人。",
        "2023年度培训100人，其中2023年完成80人。",
    ],
)
def test_r41_a_period_of_another_year_is_found_once(text: str) -> None:
    [finding] = found(with_facts(NATIONAL, goal_actual=text), "R41")
    assert (finding.stated, finding.expected) == ("2023", "2024")


LEFT_STANDING = [
    "2023年完成全县职业技能培训任务。",
    "目标1：培训100人；\n目标2：2023年全面完成培训任务。",
    "1.培训100人。2.于2023年底前完成培训。",
    "计划在2023年全部完成培训。",
]


@pytest.mark.parametrize("text", LEFT_STANDING)
def test_r41_last_year_s_goal_left_standing(text: str) -> None:
    for goal in ({"goal_expected": text}, {"goal_actual": text}):
        [finding] = found(with_facts(NATIONAL, **goal), "R41")
        assert (finding.severity, finding.stated, finding.expected) == (Severity.WARNING, "2023", None)


@pytest.mark.parametrize("text", LEFT_STANDING)
def test_r41_the_form_s_own_year_and_other_texts_may_name_it(text: str) -> None:
    assert found(with_facts(NATIONAL, goal_expected=text.replace("2023", "2024")), "R41") == []
    assert found(with_facts(NATIONAL, text_problems=text), "R41") == []


@pytest.mark.parametrize(
    "text",
    [
        "2023年完成招标，2024年完成培训。",
        "2023年完成招标，本年完成培训。",
        "2023年完成培训，支付尾款3万元。",
        "支付2023年完成的培训费用。",
        "2023年实施的培训正常运转。",
        "培训费用比2023年支出减少。",
        "2023年建成培训中心，保障正常运转。",
        "2020年完成脱贫任务，巩固培训成果。",
        "2025年完成验收。",
        "依据财预〔2023〕10号完成培训。",
        "截至2023年12月31日完成培训。",
        "2023年计划生育家庭奖励金足额发放。",
        "1.2023年实施方案确定的任务全部落实。",
        "2023年完成情况核查报告1份。",
        "完成审计：2023年支出合规性核查。",
        "2023年底前形成的欠账全部清偿。",
        "2023年完成设计，现建设主体工程。",
    ],
)
def test_r41_a_goal_that_tells_its_history_is_honest(text: str) -> None:
    assert found(with_facts(NATIONAL, goal_expected=text, goal_actual=text), "R41") == []


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
