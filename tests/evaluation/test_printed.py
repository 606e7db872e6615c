"""What a form prints of its scoring: real sentences and headings, each with what it says, read by hand."""

import pytest

from jixiao.evaluation import Evaluation, Row, Stated
from jixiao.evaluation.printed import denominator, execution_rule, rate_in_percent, scored_by
from jixiao.figures import parse
from jixiao.places import Place


def stated(text: str, label: str, column: int = 1) -> Stated:
    return Stated(text, Place(sheet="表", row=4, column=column, label=label), parse(text))


def form(note: str = "", heads: str = "", **facts: tuple[str, str]) -> Evaluation:
    """A local form; facts are text and heading, named with ``_`` for a dot."""
    cells = {
        name.replace("_", "."): stated(text, f"年度资金总额 {label}", column)
        for column, (name, (text, label)) in enumerate(facts.items(), 1)
    }
    rows = [Row(9, {"score": stated("", heads)})] if heads else []
    unplaced = [stated(note, "")] if note else []
    return Evaluation("local", "local", "项目支出绩效自评表", cells, {"indicators": rows}, unplaced=unplaced)


HUBEI = (  # notes of 自评表 of 湖北
    "定量指标计分原则：正向指标（即目标值为≥X），得分=全年实际值（B）/年度指标值（A）×该指标分值；"
    "反向指标（即目标值为≤X），得分=年度指标值（A）/全年实际值（B）×该指标分值；得分不得突破权重总额。"
)
BEIJING = (
    "定量指标，资金使用单位填写本地区实际完成数，完成值达到指标值，记满分；未达到指标值，按B/A或A/B×该指标分值记分。"
)
TIERS = "定性指标根据指标完成情况分为全部或基本达成、部分达成、未达成三档，分别按照100-80%(含80%)、80-60%(含60%)、60-0%合理确定得分。"
COUNTRY = "注：本表按《项目支出绩效评价管理办法》（财预〔2020〕10号）评分。"
EXCESS = "定量指标未完成的按完成比例计分；反向指标超出指标值的，按超出比例扣分。"


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        (HUBEI, "printed-ratio"),
        (BEIJING, "printed-ratio"),
        (EXCESS, "printed-linear"),
        (COUNTRY, "national-2020"),
        (TIERS, ""),
        ("定量指标未完成的按完成比例计分。", ""),  # nothing of what a target not to exceed costs
        (HUBEI + EXCESS, ""),  # two rules
        ("昌州财行（2022）10号评分", ""),
        ("依据财预〔2020〕10号", ""),  # a basis is no rule of scoring
        ("", ""),
    ],
)
def test_the_printed_rule_decides_the_scheme(note: str, expected: str) -> None:
    assert scored_by(form(note)) == expected


def test_a_rule_may_stand_in_the_heading_of_the_scores() -> None:
    assert scored_by(form(heads="得分（B/A或A/B×分值）")) == "printed-ratio"


def test_what_the_owner_tells_is_no_rule() -> None:
    assert scored_by(form(goal_actual=(BEIJING, "目标"), text_measures=(COUNTRY, "改进措施"))) == ""


FUNDS = {
    "funds_total_adjusted": ("104", "全年预算数（A）"),
    "funds_total_executed": ("103.97", "全年执行数（B）"),
    "funds_total_rate": ("", "执行率（B/A）"),
}
ARRIVED = {"funds_total_arrived": ("104", "到位数"), "funds_total_adjusted": ("104", "全年预算数")}
BOTH = {"funds_total_initial": ("104", "年初预算数"), "funds_total_adjusted": ("104", "全年预算数")}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (FUNDS, "adjusted"),
        (FUNDS | {"funds_total_initial": ("100", "年初预算数")}, "adjusted"),
        (FUNDS | {"funds_total_initial": ("104", "年初预算数（A）")}, ""),  # two columns (A)
        ({**BOTH, "funds_total_rate": ("", "执行率")}, "adjusted"),  # 永德 2022: what it was adjusted to
        ({**ARRIVED, "funds_total_rate": ("", "执行率")}, ""),
        ({"funds_total_arrived": ("104", "到位数"), "funds_total_rate": ("", "执行率")}, "arrived"),
        ({"funds_total_arrived": ("104", "到位数"), "funds_total_rate": ("", "执行率（B/A）")}, "arrived"),
        # 名山 2024: E/C, and C is 扣除统筹整合资金后预算金额, a column nobody understood
        (
            {
                "funds_total_adjusted": ("1", "全年预算数（A）"),
                "funds_total_executed": ("1", "全年执行资金（E）"),
                "funds_total_rate": ("", "预算执行（E/C×100%）"),
            },
            "",
        ),
        (FUNDS | {"execution_score": ("", "得分（C/A×10）")}, ""),  # two quotients
    ],
)
def test_the_headings_say_what_a_rate_divides_by(facts: dict[str, tuple[str, str]], expected: str) -> None:
    assert denominator(form(**facts)) == expected


@pytest.mark.parametrize(
    ("heading", "weight", "note", "expected"),
    [
        ("得分（20分*执行率）", "", "", "execution-score of 20 adjusted"),  # 鄂州 2022
        ("得分\n（20分×执行率）", "", "", "execution-score of 20 adjusted"),
        ("得分（B/A×10）", "10", "", "execution-score of 10 adjusted"),
        ("得分（执行率×10）", "", "", "execution-score of 10 adjusted"),
        ("得分（分值×执行率）", "10", "", "execution-score of adjusted"),
        ("得分", "10", "预算执行率得分＝执行率×该项分值", "execution-score of adjusted"),
        ("得分", "10", COUNTRY, "execution-score of adjusted"),
        ("得分", "10", "", ""),  # nothing is printed
        ("得分（分值×执行率）", None, "", ""),  # no points to be found
        ("得分", "10", "执行率90%以上得10分，80%—90%得8分", ""),
    ],
)
def test_the_printed_rule_of_the_score_of_execution(heading: str, weight: str | None, note: str, expected: str) -> None:
    weighed = {} if weight is None else {"execution_weight": (weight, "分值")}
    assert execution_rule(form(note, **FUNDS, **weighed, execution_score=("", heading))) == expected


def test_a_column_of_the_funds_may_tell_the_rule() -> None:
    """绥阳 2021: 得分计算方法 behind the score; 年初预算数 is all there is to divide by."""
    funds = {
        "funds_total_initial": ("1172.55", "年初预算数（A）"),
        "funds_total_executed": ("1268.72", "全年执行数（B）"),
    }
    told = {"funds_total_?得分计算方法": ("执行率*该指标分值，最高不得超过分值上限。", "得分计算方法")}
    scored = {"execution_weight": ("10", "分值（10分）"), "execution_score": ("10", "得分")}
    assert execution_rule(form(**funds, **told, **scored)) == "execution-score of initial"


def test_without_a_sure_denominator_no_score_follows() -> None:
    assert execution_rule(form(**ARRIVED, execution_score=("", "得分（20分×执行率）"))) == ""


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        ("执行率（%）", "", True),
        ("执行率(%)", "99.97", True),
        ("预算执行率（B/A×100%）", "99.97", True),
        ("执行率（%）", "99.97%", False),
        ("执行率", "", False),
        ("执行率（B/A）", "", False),
    ],
)
def test_a_rate_is_in_percent_where_its_heading_says_so(heading: str, text: str, expected: bool) -> None:
    evaluation = form(**{**FUNDS, "funds_total_rate": (text, heading)})
    assert rate_in_percent(evaluation) is expected


def test_a_form_without_a_rate_has_none_in_percent() -> None:
    assert not rate_in_percent(form())
