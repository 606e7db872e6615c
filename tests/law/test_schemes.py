from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.errors import Refusal
from jixiao.law import Band, Scheme, Tier, loading, scheme, scheme_ids
from jixiao.law.scoring import score

NATIONAL = Scheme(
    id="national-2020",
    title="财预〔2020〕10号 项目支出绩效自评",
    since=2020,
    until=None,
    issued="2020-02-25",
    citation="财预〔2020〕10号，摘要",
    grades=(Band("优", Decimal(90)), Band("良", Decimal(80)), Band("中", Decimal(60)), Band("差", Decimal(0))),
    grade_aliases={"优秀": "优", "良好": "良", "中等": "中", "较差": "差"},
    execution_denominator="adjusted",
    execution_weight=Decimal(10),
    rate_needing_reason=None,
    adjustment_needs_reason=False,
    tiers=(
        Tier("达成年度指标", Decimal("0.8"), Decimal(1)),
        Tier("部分达成年度指标并具有一定效果", Decimal("0.6"), Decimal("0.8")),
        Tier("未达成年度指标且效果较差", Decimal(0), Decimal("0.6")),
    ),
    reverse="linear",
    overshoot_warning=Decimal("1.2"),
    overshoot_reason=Decimal("1.3"),
    weights={"产出指标": Decimal(50), "效益指标": Decimal(30), "满意度指标": Decimal(10), "预算执行率": Decimal(10)},
    levels={
        "产出指标": ("数量指标", "质量指标", "时效指标", "成本指标"),
        "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        "满意度指标": ("服务对象满意度指标",),
    },
    reverse_citation="反向指标按超出比例扣分，自评系统通行算法",
    execution_citation="得分＝分值×执行率，自评系统通行算法；分值据财预〔2020〕10号，摘要",
    rate_citation="执行率＝全年执行数÷全年预算数，按财预〔2020〕10号附件1栏目",
    form_citation="财预〔2020〕10号，摘要",
)
SICHUAN = NATIONAL._replace(
    id="sichuan-2023",
    title="四川省 部门预算项目支出绩效自评（2023年度）",
    since=2023,
    issued=None,
    citation="参照财预〔2020〕10号，摘要",
    rate_needing_reason=Decimal("0.9"),
    adjustment_needs_reason=True,
    weights={},
    levels={
        "产出指标": ("数量指标", "质量指标", "时效指标"),
        "效益指标": ("经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标"),
        "满意度指标": ("服务对象满意度指标", "帮扶对象满意度指标"),
        "成本指标": ("经济成本指标", "社会成本指标", "生态环境成本指标"),
    },
    execution_citation="得分＝权重×执行率，自评系统通行算法；权重据四川省2023年度自评表",
    rate_citation="执行率＝执行数÷调整后预算数，四川省2023年度自评表填报说明",
    form_citation="四川省2023年度自评表填报说明",
)
WUHUA = NATIONAL._replace(
    id="wuhua-2024",
    title="五华区 预算支出部门评价（2024年度）",
    since=2024,
    issued=None,
    citation="五华区2024年度部门评价表",
    execution_denominator="arrived",
    execution_weight=None,
    weights={},
    levels={},
    execution_citation="得分＝分值×执行率，通行算法；分值据五华区2024年度部门评价表",
    rate_citation="执行率＝实际支出÷实际到位资金，财预〔2020〕10号附件2，摘要",
    form_citation="五华区2024年度部门评价表",
)


@pytest.mark.parametrize("expected", [NATIONAL, SICHUAN, WUHUA], ids=lambda one: one.id)
def test_every_parameter_of_every_scheme(expected: Scheme) -> None:
    assert scheme(expected.id) == expected


def test_the_three_schemes_are_dated_and_cited() -> None:
    assert scheme_ids() == ["local", "national-2020", "printed-linear", "printed-ratio", "sichuan-2023", "wuhua-2024"]
    for one in (NATIONAL, SICHUAN, WUHUA):
        assert one.since == int(one.id[-4:])
        assert one.citation and one.execution_citation and one.reverse_citation


@pytest.mark.parametrize(("scheme_id", "points"), [("printed-ratio", "6.67"), ("printed-linear", "5")])
def test_a_printed_rule_says_how_indicators_are_scored_and_nothing_else(scheme_id: str, points: str) -> None:
    """15 of ≤10, of 10 points: 10 × 10/15 = 6.67, or 10 × (1 − 5/10) = 5; 9 of ≥10 is 9 by both."""
    one = scheme(scheme_id)
    assert one.known and len(one.readings) == 1
    assert not (one.grades or one.tiers or one.weights or one.grade_ranges or one.total_caps or one.execution_steps)
    assert score("≤10", Decimal(15), Decimal(10), "", one) == Decimal(points)
    assert score("≥10", Decimal(9), Decimal(10), "", one) == 9


def test_national_weights_add_up_to_100() -> None:
    assert sum(scheme("national-2020").weights.values()) == 100


def test_dates_are_in_order() -> None:
    for one in map(scheme, scheme_ids()):
        assert one.until is None or one.since <= one.until
        assert one.issued is None or date.fromisoformat(one.issued).year <= one.since


@pytest.mark.parametrize(
    ("scheme_id", "denominator", "weight", "reason", "adjustment"),
    [
        ("national-2020", "adjusted", 10, None, False),
        ("sichuan-2023", "adjusted", 10, Decimal("0.9"), True),  # printed on the form: 低于90%须说明
        ("wuhua-2024", "arrived", None, None, False),  # 预算执行率 is a row of the table
    ],
)
def test_execution_rules(
    scheme_id: str, denominator: str, weight: int | None, reason: Decimal | None, adjustment: bool
) -> None:
    one = scheme(scheme_id)
    assert one.execution_denominator == denominator
    assert one.execution_weight == weight
    assert one.rate_needing_reason == reason
    assert one.adjustment_needs_reason is adjustment


def test_cost_is_an_output_nationally_and_stands_alone_in_sichuan() -> None:
    assert "成本指标" in scheme("national-2020").levels["产出指标"]
    assert "经济成本指标" in scheme("sichuan-2023").levels["成本指标"]
    assert "帮扶对象满意度指标" in scheme("sichuan-2023").levels["满意度指标"]


def test_a_scheme_is_read_once() -> None:
    assert scheme("national-2020") is scheme("national-2020")


@pytest.mark.parametrize("unknown", ["hubei-2019", "", "../../pyproject", "national-2020.toml"])
def test_an_unknown_scheme_is_refused_naming_the_known(unknown: str) -> None:
    with pytest.raises(Refusal, match="wuhua-2024"):
        scheme(unknown)


# ---------------------------------------------------------------- files that extend another

CHILD = 'extends = "national-2020"\ntitle = "某市"\nsince = 2024\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of schemes with the national one in it; what is read there is forgotten afterwards."""
    national = Path(loading.__file__).parent / "schemes" / "national-2020.toml"
    (tmp_path / national.name).write_bytes(national.read_bytes())
    monkeypatch.setattr(loading, "_FOLDER", str(tmp_path))
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    for read in (loading._scheme, loading._stated, loading._shipped_ids):
        read.cache_clear()


def _write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")


def test_what_a_file_does_not_state_is_the_parent_s_but_title_and_dates(folder: Path) -> None:
    _write(folder, child=CHILD)
    assert scheme("child") == NATIONAL._replace(id="child", title="某市", since=2024, issued=None)


def test_a_table_replaces_the_parent_s_and_an_empty_one_or_none_clears_it(folder: Path) -> None:
    _write(folder, child=CHILD + 'execution_weight = "none"\nlevels = {}\n[weights]\n"产出指标" = 100\n')
    one = scheme("child")
    assert (one.execution_weight, one.levels, one.weights) == (None, {}, {"产出指标": Decimal(100)})


def test_a_grandchild_takes_from_both(folder: Path) -> None:
    _write(
        folder,
        child=CHILD + 'until = 2025\nissued = "2024-01-02"\nrate_needing_reason = "0.9"\n',
        grandchild=CHILD.replace("national-2020", "child") + "until = 2026\n",
    )
    assert (scheme("child").until, scheme("child").issued) == (2025, "2024-01-02")
    one = scheme("grandchild")
    assert (one.rate_needing_reason, one.execution_weight) == (Decimal("0.9"), Decimal(10))
    assert (one.until, one.issued) == (2026, None)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"child": CHILD.replace("national-2020", "national-2019")}, "child.toml：.*“national-2019”不存在"),
        ({"child": CHILD.replace("national-2020", "child")}, "child.toml：.*child→child"),
        (
            {"child": CHILD.replace("national-2020", "other"), "other": CHILD.replace("national-2020", "child")},
            "child.toml：.*child→other→child",
        ),
        ({"child": CHILD + "wieghts = {}\n"}, "child.toml：不认识的参数 wieghts；"),
        ({"child": CHILD + 'id = "other"\n'}, "child.toml：不认识的参数 id；"),
        ({"child": 'extends = "national-2020"\ntitle = "某市"\n'}, "child.toml：缺少参数 since；"),
        (
            {"child": CHILD.replace("national-2020", "other"), "other": "colour = 1\n"},
            "other.toml：不认识的参数 colour；",
        ),
    ],
    ids=["parent", "itself", "circle", "parameter", "id", "missing", "in the parent"],
)
def test_a_wrong_file_is_refused_by_its_name(folder: Path, files: dict[str, str], said: str) -> None:
    _write(folder, **files)
    with pytest.raises(Refusal, match=f"^评分方案文件 {said}"):
        scheme("child")


# ---------------------------------------------------------------- a form of unknown origin


def test_of_an_unknown_form_no_law_is_known() -> None:
    """Ruling 12: no bands, no tiers, no customary weights, no levels, no thresholds."""
    local = scheme("local")
    assert not local.known and scheme("national-2020").known
    assert (local.grades, local.tiers, local.weights, local.levels) == ((), (), {}, {})
    assert (local.overshoot_warning, local.rate_needing_reason, local.adjustment_needs_reason) == (None, None, False)


def test_it_may_follow_any_rule_in_use() -> None:
    """Three denominators of an execution rate, two formulas of a reverse indicator: six combinations."""
    pairs = {(one.execution_denominator, one.reverse) for one in scheme("local").readings}
    assert pairs == {(budget, way) for budget in ("adjusted", "arrived", "initial") for way in ("linear", "ratio")}
    assert scheme("wuhua-2024").readings == [scheme("wuhua-2024")]


def test_rules_of_others_about_low_rates_are_data() -> None:
    local = scheme("local")
    assert [(str(step.least), str(step.share)) for step in local.execution_steps] == [
        ("0.8", "0.7"),
        ("0.6", "0.5"),
        ("0", "0"),
    ]
    assert [(str(cap.below), str(cap.most)) for cap in local.total_caps] == [
        ("0.5", "59"),
        ("0.6", "69"),
        ("0.7", "79"),
        ("0.8", "89"),
    ]
