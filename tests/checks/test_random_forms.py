"""Any valid form is silent; any one digit changed in a score, total, rate or weight is noticed."""

from decimal import ROUND_HALF_UP, Decimal

from evaluations import codes, evaluation, with_facts, with_fund, with_indicator
from hypothesis import given
from hypothesis import strategies as st

from jixiao.evaluation import Evaluation
from jixiao.findings import Severity

CENT = Decimal("0.01")
LEVELS = [
    ("产出指标", "数量指标"), ("产出指标", "质量指标"), ("产出指标", "时效指标"), ("效益指标", "社会效益指标"),
    ("满意度指标", "服务对象满意度指标"),
]  # fmt: skip


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def row(level: tuple[str, str], weight: int, target: int, share: int, reverse: bool) -> tuple[str, Decimal]:
    """One indicator scored by hand: met at ``share`` ≥ 100 (≤ 100 for a limit), else by completion, with a reason."""
    actual = Decimal(target * share) / 100
    missed = share > 100 if reverse else share < 100
    by_completion = max(0, 2 - Decimal(share) / 100) if reverse else Decimal(share) / 100
    score = cents(weight * by_completion) if missed else Decimal(weight)
    sign, reason = "≤" if reverse else "≥", "天气原因" if missed else ""
    return f"{level[0]}|{level[1]}|指标|{sign}{target}|{actual}|{weight}|{score}|{reason}", score


@st.composite
def valid_forms(draw: st.DrawFn) -> Evaluation:
    budget = draw(st.integers(100, 99999999))
    executed = draw(st.integers(budget // 2, budget))
    own = draw(st.integers(0, budget))
    paid = draw(st.integers(max(0, executed - (budget - own)), min(own, executed)))
    fiscal = [Decimal(own) / 100, Decimal(paid) / 100]
    other = [Decimal(budget - own) / 100, Decimal(executed - paid) / 100]
    whole = [Decimal(budget) / 100, Decimal(executed) / 100]

    def line(name: str, amounts: list[Decimal]) -> str:
        rate = f"{cents(amounts[1] * 100 / amounts[0])}%" if amounts[0] else ""
        return f"{name}|{amounts[0]:.2f}|{amounts[0]:.2f}|{amounts[1]:.2f}|{rate}"

    cuts = sorted(draw(st.sets(st.integers(1, 89), min_size=4, max_size=4)))
    weights = [high - low for low, high in zip([0, *cuts], [*cuts, 90], strict=True)]
    rows, scores = zip(
        *(
            row(level, weight, draw(st.integers(1, 500)), draw(st.integers(60, 115)), draw(st.booleans()))
            for level, weight in zip(LEVELS, weights, strict=True)
        ),
        strict=True,
    )
    execution = cents(10 * whole[1] / whole[0])
    total = sum(scores, execution)
    return evaluation(
        "national-2020",
        "\n".join(
            [
                "资金|年初预算数|全年预算数|执行数|执行率",
                line("资金总额", whole),
                line("财政拨款", fiscal),
                line("上年结转", other),
            ]
        ),
        "\n".join(["一级指标|二级指标|三级指标|指标值|完成值|分值|得分|偏差原因", *rows]),
        year="2024",
        execution_weight="10",
        execution_score=str(execution),
        total_weight="100",
        total_score=str(total),
        grade=next(grade for grade, least in (("优", 90), ("良", 80), ("中", 60), ("差", 0)) if total >= least),
    )


@given(valid_forms())
def test_a_valid_form_has_no_findings_above_info(form: Evaluation) -> None:
    assert [code for code in codes(form, Severity.WARNING) if code != "R07"] == []  # the split of weights is random


def other_digit(draw: st.DrawFn, text: str) -> str:
    """The text with one of its digits changed."""
    spot = draw(st.sampled_from([i for i, letter in enumerate(text) if letter.isdigit()]))
    digit = draw(st.sampled_from([digit for digit in "0123456789" if digit != text[spot]]))
    return text[:spot] + digit + text[spot + 1 :]


@st.composite
def spoilt_forms(draw: st.DrawFn) -> Evaluation:
    form = draw(valid_forms())
    what = draw(st.sampled_from(["score", "weight", "total_score", "total_weight", "execution_score", "rate"]))
    if what in ("score", "weight"):
        number = draw(st.integers(1, len(form.indicators)))
        cell = getattr(form.indicators[number - 1], what)
        return with_indicator(form, number, **{what: other_digit(draw, cell.text)})
    if what == "rate":
        return with_fund(form, "资金总额", rate=other_digit(draw, form.funds[0].rate.text))  # type: ignore[union-attr]
    text = form.text(what.replace("_", ".", 1))
    return with_facts(form, **{what: other_digit(draw, text)})


@given(spoilt_forms())
def test_one_changed_digit_is_noticed(form: Evaluation) -> None:
    assert [code for code in codes(form) if code != "R07"] != []
