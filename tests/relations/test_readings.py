"""Value, words and bounds of the relations, against figures of the published forms and sums done by hand."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jixiao.figures import Interval, parse
from jixiao.law import scheme
from jixiao.relations import bounds, relation, value
from jixiao.relations.explanations import words
from jixiao.relations.formulas import formula
from jixiao.relations.tree import Facts, Known, rounded, total
from jixiao.relations.values import shown

NATIONAL, SICHUAN, WUHUA = map(scheme, ("national-2020", "sichuan-2023", "wuhua-2024"))
PRESENT = ("indicators.nature", "indicators.unit", "execution.score", "execution.weight")


def facts(**known: str | None | list[str | None]) -> Facts:
    """Facts by name, with __ for a dot in front and _ for the others: ``__executed``, ``funds_total_executed``."""
    table: dict[str, Known | Sequence[Known]] = {}
    for key, found in known.items():
        name = key.replace("__", "§").replace("_", ".").replace("§", "." if key.startswith("__") else "_")
        if isinstance(found, list):
            table[f"{name}[]"] = [Decimal(one) if one else None for one in found]
        else:
            figure = parse(found or "")
            table[name] = figure.value if figure else found
    return table.get


DATONG = facts(execution_weight="10", funds_total_initial="194", funds_total_executed="135", funds_total_adjusted="194")
WUHUA_FUNDS = facts(
    __executed="17.29", __arrived="17.32", execution_weight="3",
    funds_total_initial="17.32", funds_total_executed="17.29", funds_total_arrived="17.32",
)  # fmt: skip
SCORES = ["3", "4", "3", "4", "3", "4", "3", "2.99", "6", "3", "4", "10", "10", "10", "9.98", "10", "10"]  # 五华


@pytest.mark.parametrize(
    ("name", "rules", "known", "expected", "said"),
    [
        ("execution-rate", WUHUA, WUHUA_FUNDS, "0.9983", "17.29 ÷ 17.32 = 99.83%"),
        ("execution-score", WUHUA, WUHUA_FUNDS, "2.99", "3 × (17.29 ÷ 17.32) = 2.99"),
        ("arrival-rate", WUHUA, WUHUA_FUNDS, "1", "17.32 ÷ 17.32 = 100.00%"),
        ("saving-rate", WUHUA, WUHUA_FUNDS, "0.0017", "(17.32 － 17.29) ÷ 17.32 = 0.17%"),
        ("scores-total", WUHUA, facts(indicators_score=[*SCORES]), "99.97", "3 + 4 + … + 10（共17项） = 99.97"),
        ("execution-score", NATIONAL, DATONG, "6.96", "10 × (135 ÷ 194) = 6.96"),
        ("scores-total", NATIONAL, facts(indicators_score=["20", None, "70"], execution_score="6.96"), "96.96", "20 + 70 + 6.96 = 96.96"),
        ("weight-diff", NATIONAL, facts(total_weight="90"), "-10", "分值合计90，应为100，少10"),
        ("weight-diff", NATIONAL, facts(total_weight="100"), "0", "分值合计100，相符"),
        ("indicator-score", SICHUAN, facts(__target="95", __unit="%", __actual="0.9", __weight="10", __nature="≥"),
         "9.47", "完成值0.9未达到指标值95%，得分＝10×(94.74%÷100%)＝9.47分"),
        ("indicator-score", SICHUAN, facts(__target="16", __unit="万人次", __actual="16", __weight="10", __nature="≥"),
         "10", "完成值16达到指标值16，得满分10分"),
        ("completion", SICHUAN, facts(__target="3100", __unit="人", __actual="3255"), "1.05", "3255 ÷ 3100 = 105.00%"),
    ],
)  # fmt: skip
def test_published_figures(name: str, rules: object, known: Facts, expected: str, said: str) -> None:
    tree = relation(name, rules, PRESENT)  # type: ignore[arg-type]
    assert value(tree, known) == Decimal(expected)
    assert words(tree, known) == said


def test_grade_and_its_words() -> None:
    tree = relation("grade", NATIONAL)
    assert value(tree, facts(total_score="89.996")) == "良"
    assert words(tree, facts(total_score="96.96")) == "96.96分，90分（含）以上，为“优”"
    assert words(tree, facts(total_score="59.99")) == "59.99分，为“差”"


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("execution-rate", facts(__executed="1")),
        ("execution-rate", facts(__executed="1", __adjusted="0")),
        ("execution-rate", facts(__executed="1", __adjusted="无")),
        ("execution-score", facts(execution_weight="10", funds_total_executed="1", funds_total_adjusted="0")),
        ("scores-total", facts(indicators_score=[None, None])),
        ("grade", facts()),
        ("indicator-score", facts(__target="95", __weight="10")),
        ("indicator-score", facts(__target="95", __actual="95", __weight="—")),
        ("completion", facts(__target="0", __actual="5")),
        ("completion", facts(__target="及时", __actual="及时")),
    ],
)
def test_nothing_comes_of_nothing(name: str, known: Facts) -> None:
    tree = relation(name, NATIONAL, ("indicators.nature",))
    assert value(tree, known) is None
    assert words(tree, known) == ""


@pytest.mark.parametrize("executed", ["0.00", "1"])
def test_over_0_there_is_no_rate(executed: str) -> None:
    known = facts(__executed=executed, __adjusted="0.00")
    assert value(relation("execution-rate", NATIONAL), known) is None
    printed_by_sichuan = relation("execution-rate-or-zero", SICHUAN)
    assert value(printed_by_sichuan, known) == (0 if executed == "0.00" else None)


REFUSED = [
    ("execution-score", facts(execution_weight="-1", funds_total_executed="1", funds_total_adjusted="1")),
    ("indicator-score", facts(__target="95", __actual="95", __weight="-1")),
    ("indicator-score", facts(__target="95", __actual="95", __weight="十分")),
    ("indicator-score", facts(__target="95", __actual="已完成", __weight="10", __nature="≥")),
    ("indicator-score", facts(__target="95", __actual="95", __weight="10", __nature="不详")),
    ("grade", facts(total_score="120")),
    ("grade", facts(total_score="很好")),
    ("weight-diff", facts(total_weight="-10")),
]


@pytest.mark.parametrize(("name", "known"), REFUSED)
def test_what_is_refused_shows_an_error_value_and_has_no_value(name: str, known: Facts) -> None:
    tree = relation(name, NATIONAL, ("indicators.nature",))
    assert shown(tree, known) == "#VALUE!"
    assert value(tree, known) is None
    assert words(tree, known) == ""


def test_an_error_value_shows_in_what_reads_it() -> None:
    failed: Sequence[Known] = [Decimal(3), "#VALUE!"]
    scores = relation("scores-total", NATIONAL)
    assert shown(scores, {"indicators.score[]": failed}.get) == "#VALUE!"
    assert shown(scores, {"indicators.score[]": failed[1:]}.get) is None  # COUNT counts no error
    assert shown(relation("grade", NATIONAL), {"total.score": "#VALUE!"}.get) == "#VALUE!"
    assert shown(relation("as-stated", NATIONAL, of="grade"), {"grade": "#N/A"}.get) == "#N/A"
    assert shown(relation("execution-rate", NATIONAL), {".executed": "#VALUE!", ".adjusted": Decimal(1)}.get) is None


def test_blank_in_blank_out_goes_before_a_negative_weight() -> None:
    known = facts(execution_weight="-10", funds_total_adjusted="194")
    assert shown(relation("execution-score", NATIONAL), known) is None
    over_0 = facts(execution_weight="-10", funds_total_executed="1", funds_total_adjusted="0")
    assert shown(relation("execution-score", NATIONAL), over_0) == "#VALUE!"


def test_judgement_has_no_value_but_words() -> None:
    known = facts(__target="优", __actual="较好", __weight="20", __nature="定性")
    tree = relation("indicator-score", SICHUAN, ("indicators.nature",))
    assert value(tree, known) is None
    assert words(tree, known) == "指标值“优”、完成值“较好”不能用数比较，由人评分，满分20分"


# ---- bounds


def printed(**texts: str) -> dict[str, Interval | None]:
    table: dict[str, Interval | None] = {}
    for key, text in texts.items():
        figure = parse(text)
        table["." + key if key in {"executed", "arrived", "adjusted"} else key.replace("_", ".")] = (
            figure and figure.interval
        )
    return table


def test_bounds_of_datongs_execution_score() -> None:
    # 134.5/194.5 = 69.15%, 135.5/193.5 = 70.03% (regulations.md §5.3.2: 6.92–7.00)
    box = printed(funds_total_executed="135", funds_total_adjusted="194")
    box["execution.weight"] = Interval(Decimal(10), Decimal(10))
    assert bounds(relation("execution-score", NATIONAL), box.get) == (Decimal("6.92"), Decimal("7.00"))


def test_bounds_of_wuhuas_rate_hold_the_one_from_yuan() -> None:
    # 17.285/17.325 = 99.769%, 17.295/17.315 = 99.884%; 99.81% from 元 lies inside
    found = bounds(relation("execution-rate", WUHUA), printed(executed="17.29", arrived="17.32").get)
    assert found == (Decimal("0.9977"), Decimal("0.9988"))


@pytest.mark.parametrize(("executed", "adjusted"), [("1.00", "0.00"), ("1.00", ""), ("1", "0.4"), ("0.00", "0.00")])
def test_a_denominator_that_may_be_0_decides_nothing(executed: str, adjusted: str) -> None:
    box = printed(executed=executed, adjusted=adjusted)
    if adjusted == "0.4":
        box[".adjusted"] = Interval(Decimal(0), Decimal("0.8"))
    assert bounds(relation("execution-rate", NATIONAL), box.get) is None


def test_bounds_of_a_sum_add_up_the_half_digits() -> None:
    columns = {"details.executed[]": [Interval(Decimal("3.885"), Decimal("3.895"))] * 2}
    found = bounds(relation("details-sum", WUHUA, of="funds.total.executed"), columns.get)
    assert found == (Decimal("7.770"), Decimal("7.790"))


def test_look_ups_have_no_bounds() -> None:
    assert bounds(relation("grade", NATIONAL), {"total.score": Interval(Decimal(89), Decimal(90))}.get) is None


amounts = st.decimals(min_value=Decimal("0.01"), max_value=1000, places=2)


@given(amounts, amounts, st.decimals(-1, 1, places=3), st.decimals(-1, 1, places=3))
def test_bounds_hold_whatever_prints_alike(executed: Decimal, initial: Decimal, one: Decimal, other: Decimal) -> None:
    half = Decimal("0.005")
    box = {
        "funds.total.executed": Interval(executed - half, executed + half),
        "funds.total.initial": Interval(initial - half, initial + half),
    }
    exact = {"funds.total.executed": executed + one * half, "funds.total.initial": initial + other * half}
    tree = relation("saving-rate", NATIONAL)
    found, inside = bounds(tree, box.get), value(tree, exact.get)
    assert found is not None
    assert isinstance(inside, Decimal)
    assert found.holds(inside)


@given(st.lists(amounts, min_size=1, max_size=30))
def test_a_sum_is_exact_to_the_cent(parts: list[Decimal]) -> None:
    cents = sum(int(part * 100) for part in parts)
    assert value(total("x[]"), {"x[]": parts}.get) == Decimal(cents).scaleb(-2)


def test_operators_keep_their_order() -> None:
    a, b, c = (total(name) for name in "abc")
    known = {"a": Decimal(7), "b": Decimal(2), "c": Decimal(3)}
    tree = rounded((a - b) * c - (b - c), 2)
    assert value(tree, known.get) == 16
    assert formula(tree, str.upper).endswith(
        "ROUND(((ROUND(SUM(A),2)-ROUND(SUM(B),2))*ROUND(SUM(C),2))-(ROUND(SUM(B),2)-ROUND(SUM(C),2)),2))"
    )


# ---- formulas with the add-in


CELLS = {
    ".executed": "E9", ".adjusted": "D9", ".target": "G13", ".actual": "I13", ".weight": "J13", ".nature": "F13", ".unit": "H13",
    "execution.weight": "H6", "funds.total.executed": "E8", "funds.total.adjusted": "D8", "total.score": "G44", "total.weight": "F44", "indicators.score[]": "H13:INDEX(H:H,ROW()-1)", "execution.score": "H7",
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "rules", "present", "expected"),
    [
        ("execution-rate", NATIONAL, (), 'IF(COUNT(E9,D9)<2,"",IFERROR(ROUND(E9/D9,4),""))'),
        ("execution-rate-or-zero", NATIONAL, (),
         'IF(COUNT(E9,D9)<2,"",IFERROR(ROUND(E9/IF(AND(E9=0,D9=0),1,D9),4),""))'),
        ("execution-score", NATIONAL, (),
         'IF(COUNT(H6,E8,D8)<3,"",IF(H6<0,VALUE("无法计算，请核对所用的数"),IFERROR(ROUND(H6*MIN(1,E8/D8),2),"")))'),
        ("scores-total", NATIONAL, PRESENT,
         'IF(COUNT(H13:INDEX(H:H,ROW()-1),H7)=0,"",ROUND(SUM(H13:INDEX(H:H,ROW()-1),H7),2))'),
        ("grade", NATIONAL, (), "PERF_GRADE(G44)"),
        ("grade", WUHUA, (), "PERF_GRADE(G44,jx.scheme)"),
        ("weight-diff", WUHUA, (), "PERF_WEIGHT_DIFF(F44)"),
        ("indicator-score", NATIONAL, (), "PERF_SCORE(G13,I13,J13)"),
        ("indicator-score", WUHUA, (), 'PERF_SCORE(G13,I13,J13,"",jx.scheme)'),
        ("indicator-score", SICHUAN, ("indicators.nature",), "PERF_SCORE(G13,I13,J13,F13,jx.scheme)"),
        ("indicator-score", NATIONAL, ("indicators.unit",), 'PERF_SCORE(G13&IF(OR(H13="%",H13="％"),"%",""),I13,J13)'),
        ("completion", NATIONAL, (), "PERF_COMPLETION(I13,G13)"),
    ],
)  # fmt: skip
def test_formulas_that_call_the_add_in(name: str, rules: object, present: tuple[str, ...], expected: str) -> None:
    assert formula(relation(name, rules, present), CELLS.__getitem__) == expected  # type: ignore[arg-type]


EZHOU = facts(
    __executed="103.97", __adjusted="104", __arrived="105", funds_total_executed="103.97", funds_total_adjusted="104",
    funds_total_arrived="105",
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected", "told"),
    [  # 103.97/104 = 0.999711…, 103.97/105 = 0.990190…; times 20: 19.99, 19.80; the first is 得分（20分*执行率） of 鄂州
        ("execution-rate-in-percent", "99.97", "(103.97 ÷ 104) × 100 = 99.97"),
        ("execution-rate-in-percent of arrived", "99.02", "(103.97 ÷ 105) × 100 = 99.02"),
        ("execution-rate of arrived", "0.9902", "103.97 ÷ 105 = 99.02%"),
        ("execution-score of 20", "19.99", "20 × (103.97 ÷ 104) = 19.99"),
        ("execution-score of 20 arrived", "19.80", "20 × (103.97 ÷ 105) = 19.8"),
        ("execution-score of 7.5", "7.50", "7.5 × (103.97 ÷ 104) = 7.5"),
    ],
)
def test_what_a_form_prints_decides_rate_and_score(name: str, expected: str, told: str) -> None:
    tree = relation(name, NATIONAL)
    assert value(tree, EZHOU) == Decimal(expected)
    assert words(tree, EZHOU) == told


def test_printed_points_stand_in_the_formula() -> None:
    places = {"funds.total.executed": "C5", "funds.total.arrived": "B5"}
    written = formula(relation("execution-score of 20 arrived", NATIONAL), places.__getitem__)
    assert written == 'IF(COUNT(C5,B5)<2,"",IFERROR(ROUND(20*MIN(1,C5/B5),2),""))'


def test_the_score_of_printed_points_lies_where_the_printed_amounts_allow() -> None:
    amounts = {
        "funds.total.executed": Interval(Decimal(9), Decimal(10)),
        "funds.total.adjusted": Interval(Decimal(10), Decimal(12)),
    }
    assert bounds(relation("execution-score of 20", NATIONAL), amounts.get) == Interval(Decimal(15), Decimal(20))
