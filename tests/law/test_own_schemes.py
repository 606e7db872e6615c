"""Schemes that a user keeps beside her drawings."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.errors import Refusal
from jixiao.law import scheme, scheme_ids
from jixiao.law.grades import grade
from jixiao.law.loading import mistakes
from jixiao.law.scoring import score
from shelves import keep, own_folder

DISTRICT = """
# 某区2026年办法：预算用年初数，执行率20分，等次线95、85、70。
extends = "national-2020"
title = "某区 项目支出绩效自评（2026年度）"
since = 2026
citation = "某区财〔2026〕3号"
execution_denominator = "initial"
execution_weight = 20
rate_needing_reason = 0.85
reverse = "ratio"
grades = [
    { grade = "优", least = 95 },
    { grade = "良", least = 85 },
    { grade = "中", least = 70 },
    { grade = "差", least = 0 },
]
[weights]
"产出指标" = 40
"效益指标" = 40
"预算执行率" = 20
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with own_folder(tmp_path, monkeypatch) as own:
        yield own


def test_a_scheme_of_one_s_own_scores_by_its_own_rules(folder: Path) -> None:
    """By hand: 94 is 良 where 优 begins at 95; 120 against ≤ 100 earns 10 × 100 / 120 = 8.33 by the ratio rule."""
    keep(folder, "某区-2026.toml", DISTRICT)
    one = scheme("某区-2026")
    assert scheme_ids()[-1] == one.id == "某区-2026"
    assert (one.execution_denominator, one.execution_weight) == ("initial", 20)
    assert one.rate_needing_reason == Decimal("0.85")
    assert dict(one.weights) == {"产出指标": 40, "效益指标": 40, "预算执行率": 20}
    assert one.levels == scheme("national-2020").levels
    assert (grade(Decimal(94), one), grade(Decimal(94), scheme("national-2020"))) == ("良", "优")
    assert score("≤100", "120", Decimal(10), "", one) == Decimal("8.33")
    assert score("≤100", "120", Decimal(10), "", scheme("national-2020")) == Decimal("8")


def test_a_rule_that_a_file_states_is_known(folder: Path) -> None:
    keep(folder, "甲.toml", 'extends = "local"\ntitle = "甲"\nsince = 2026\nexecution_denominator = "arrived"\n')
    one = scheme("甲")
    assert not one.known
    assert {reading.execution_denominator for reading in one.readings} == {"arrived"}
    assert {reading.reverse for reading in one.readings} == {"linear", "ratio"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("execution_weight", "execution_wieght"), "不认识的参数 execution_wieght；最接近的是“execution_weight”"),
        (('"initial"', '"inital"'), "参数“execution_denominator”没有“inital”这种写法，最接近的是“initial”"),
        (("national-2020", "national-2021"), "所沿用的方案“national-2021”不存在"),
        (("= 20\nrate", '= "二十"\nrate'), "参数“execution_weight”应填 0 到 100 之间的数字"),
        (("0.85", "85"), "参数“rate_needing_reason”应填 0 到 1 之间的数字"),
        (("0.85", "nan"), "参数“rate_needing_reason”应填 0 到 1 之间的数字"),
        (("since = 2026", 'since = "2026"'), "参数“since”应填四位年份"),
        (('"良", least', '"良", lest'), "参数“grades”没有“lest”这种写法，最接近的是“least”"),
        (("least = 85", "least = 96"), "参数“grades”应从高到低排列"),
        (("least = 0 }", "least = 10 }"), "参数“grades”最低一档的 least 应是 0"),
        (('"产出指标" = 40', '"产出指标" = -1'), "参数“weights”应填 0 到 1000 之间的数字"),
        (("since = 2026\n", ""), "缺少参数 since"),
        (("[weights]", "[weights"), "第17行第9个字附近写法有误"),
        (('"优"', "优"), "第12行第15个字附近写法有误"),
        (("# 某区", "x = " + "[" * 5000), "写法有误"),
        (("= 20\nrate", "= " + "9" * 5000 + "\nrate"), "写法有误"),
    ],
)
def test_a_mistake_is_one_sentence(folder: Path, changed: tuple[str, str], said: str) -> None:
    text = DISTRICT.replace(*changed, 1)
    assert text != DISTRICT
    keep(folder, "某区.toml", text)
    with pytest.raises(Refusal) as refused:
        scheme("某区")
    sentence = str(refused.value)
    assert sentence.startswith("评分方案文件 某区.toml：") and said in sentence and sentence.count("\n") == 0
    assert mistakes() == {"某区": sentence}
    assert scheme("national-2020").execution_weight == 10


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("national-2020.toml", DISTRICT, "自带的编号"),
        ('a"b.toml', DISTRICT, "不能作文件名"),
        ("binary.toml", b"\x00\x01" * 50, "不是文本"),
        ("huge.toml", "#" * 300_000, "太大"),
    ],
)
def test_a_file_that_is_no_scheme_is_left_out(folder: Path, name: str, text: str | bytes, said: str) -> None:
    keep(folder, name, text)
    [sentence] = mistakes().values()
    assert said in sentence
    assert scheme("national-2020").grades[0].least == 90
