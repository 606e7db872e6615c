"""What a heading says, taken apart by hand."""

import pytest

from jixiao.forms.local.headings import Heading, compound, heading, squeezed


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("一级指标", Heading("一级指标")),
        ("年度\n指标值", Heading("年度指标值")),
        ("项　目", Heading("项目")),
        ("\u200b执行率\ufeff", Heading("执行率")),
        ("项目资金（万元）", Heading("项目资金", unit="万元")),
        ("项目资金\n（单位：万元）", Heading("项目资金", unit="万元")),
        ("产出指标（50分）", Heading("产出指标", points="50")),
        ("产出指标\n(50)", Heading("产出指标", points="50")),
        ("项目决策2分", Heading("项目决策", points="2")),
        ("全年预算数（A）", Heading("全年预算数", letters="A")),
        ("预算执行率（B/A×100%）", Heading("预算执行率", letters="B/A×100%")),
        ("执行率%", Heading("执行率")),
        ("2023年预算数", Heading("预算数", year="2023")),
        ("年度绩效目标（2023年度）", Heading("年度绩效目标", year="2023")),
        ("1-7月执行数", Heading("执行数", period="1-7月")),
        ("截至7月底完成情况", Heading("完成情况", period="截至7月底")),
        ("其中：财政拨款", Heading("财政拨款", among=True)),
        ("其中财政拨款", Heading("财政拨款", among=True)),
        ("三、其他：3683万元", Heading("其他", value="3683万元")),
        ("1.项目概况", Heading("项目概况")),
        ("（一）项目概况", Heading("项目概况", notes=("一",))),
        ("全年（调整）预算数", Heading("全年预算数", notes=("调整",))),
        ("★农村低保标准", Heading("农村低保标准")),
        ("其中：一般公共预算：1873.66万元", Heading("一般公共预算", among=True, value="1873.66万元")),
        ("单位：", Heading("单位")),
        ("", Heading("")),
    ],
)
def test_what_a_heading_says(text: str, said: Heading) -> None:
    assert heading(text) == said


@pytest.mark.parametrize(
    ("core", "first"),
    [
        ("指标值及单位", "指标值"),
        ("主管部门名称", "主管部门"),
        ("主管部门及代码", "主管部门"),
        ("指标值", ""),
        ("", ""),
    ],
)
def test_a_compound_is_read_by_its_first_part(core: str, first: str) -> None:
    assert compound(core) == first


def test_a_label_is_called_by_its_own_words_on_one_line() -> None:
    assert squeezed("年度资金\n总额：") == "年度资金总额"


@pytest.mark.parametrize("text", ["(" * 5000, "其中：" * 3000, "（" * 2000 + "）" * 2000, "1.2.3." * 2000, "=" * 5000])
def test_hostile_headings_are_read_at_once(text: str) -> None:
    assert heading(text).unit == ""
