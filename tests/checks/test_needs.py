"""Every rule says what it looks at; a form without it skips the rule, and nothing is left unsaid by that."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

import pytest
from evaluations import NATIONAL, SICHUAN, evaluation, stated, with_facts, with_fund, with_indicator
from published import ANJU, DATONG, WUHUA
from test_declared_sums import INCOMES

from jixiao.checks import CATALOGUE, Rule, check, scheme_for
from jixiao.checks.needs import Need, names_of, need
from jixiao.evaluation import Evaluation, Stated
from jixiao.findings import Finding
from jixiao.forms import library
from jixiao.forms.recognise import forms
from jixiao.hosts.files import load_document
from jixiao.law.scheme import Scheme

COMPUTED = NATIONAL.retold(lambda cell: cell._replace(formula="PERF_GRADE(G45)") if cell.text == "优" else cell)
SPOILT = with_facts(
    with_fund(
        with_indicator(NATIONAL, 1, weight="21", score="25", actual="500"), "资金总额", executed="260", rate="3%"
    ),
    year="2023",
    unit_name="某某市技能培训中心",
    total_score="十",
    grade="差",
)
FORMS = [NATIONAL, COMPUTED, SICHUAN, DATONG, WUHUA, SPOILT, INCOMES, *ANJU]
GOALS = evaluation(
    "local",
    "资金 | 全年预算数\n资金总额 | 10",
    "一级指标 | 三级指标 | 指标值 | 分值\n产出 | 场次 | 10 | 60",
    title="项目支出绩效目标申报表",
)
REVIEWED = evaluation(
    "local",
    "资金 | 全年预算数 | 执行数 | 执行率\n资金总额 | 10 | 9 | 90%",
    "一级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分\n产出 | 场次 | 10 | 10 | 100 | 100",
    grade="优",
    total_score="100",
)
REVIEWED = REVIEWED.replaced(
    {
        **REVIEWED.facts,
        "total.review": stated("100", "复核得分", 1, 30),
        "funds.total.review": stated("", "复核得分", 1, 31),
        "funds.total.interim": stated("4", "1-7月执行数", 1, 32),
    },
    {
        name: [row._replace(cells={**row.cells, "review": stated("100", "复核得分", row.number, 19)}) for row in rows]
        for name, rows in REVIEWED.tables.items()
    },
)
FORMS = [*FORMS, GOALS, REVIEWED]
EVERYTHING = (need(""),)


def had(form: Evaluation) -> frozenset[str]:
    return names_of(form, scheme_for(form))


def without(form: Evaluation, name: str) -> Evaluation:
    """The same form without one name: no such fact, column, heading or formula."""
    if name == "sums":
        return Evaluation(form.form, form.scheme, form.title, form.facts, form.tables, form.defects, form.unplaced)
    if name == "formulas":
        return form.retold(lambda cell: cell._replace(formula=None))
    if name.startswith("group"):
        name = f"indicators.{name.replace('.', '_')}"
    tables = {
        table: [row._replace(cells=_kept(row.cells, name.removeprefix(f"{table}."))) for row in rows]
        for table, rows in form.tables.items()
    }
    title = "" if name == "title" else form.title
    facts = _kept(form.facts, name)
    return Evaluation(form.form, form.scheme, title, facts, tables, form.defects, form.unplaced, form.sums)


def _kept(cells: dict[str, Stated], name: str) -> dict[str, Stated]:
    return {field: cell for field, cell in cells.items() if not fnmatchcase(field, name)}


def home(rule: Rule) -> Evaluation:
    """A form with everything that a rule looks at."""
    return next(form for form in FORMS if rule.concerns(had(form)) and form.stage in rule.stages)


# ---------------------------------------------------------------- the notation


def test_a_need_is_read_from_its_names() -> None:
    rate, executed, budget = need("funds.*.rate .executed /.budget").operands
    assert [rate.name, executed.name, budget.name] == ["funds.*.rate", "funds.*.executed", "funds.*.budget"]
    assert budget.divides and not executed.divides
    assert {operand.block for operand in (rate, executed, budget)} == {"funds.*"}


def test_marks_say_what_may_be_blank_or_missing() -> None:
    one = need("total.score indicators.score[] (execution.score) funds.reason? scheme.grades")
    total, scores, spare, asked = one.operands
    assert (scores.whole, spare.spare, asked.asked, total.spare) == (True, True, True, False)
    assert one.names == {"total.score", "indicators.score", "funds.reason", "scheme.grades"}


def test_a_need_is_held_against_rows_or_once() -> None:
    assert need("indicators.score (.weight)").block == "indicators"
    assert need("total.score indicators.score[]").block == ""
    assert need("funds.total.rate /.budget").block == ""


def test_a_need_knows_whether_it_takes_a_scheme() -> None:
    assert need("grade total.score scheme.grades").by_scheme
    assert need("funds.*.executed .budget").by_scheme
    assert not need("total.score indicators.score[]").by_scheme


def test_the_names_of_a_form() -> None:
    assert had(NATIONAL) > {
        *("title", "total.score", "goal.*", "funds.total.rate", "funds.*.rate", "funds.*.budget", "funds.total.budget"),
        *("indicators.target", "scheme.grades", "scheme.weights"),
    }
    assert "scheme.adjustment_needs_reason" not in had(NATIONAL)
    assert "scheme.adjustment_needs_reason" in had(SICHUAN)
    assert had(WUHUA) > {"group1.weight", "group2.weight", "details.rate", "details.budget"}
    assert not had(NATIONAL) & {"formulas", "details.rate", "group1.weight", "indicators.nature"}
    assert "formulas" in had(COMPUTED)


def test_a_blank_column_is_had() -> None:
    blank = NATIONAL.retold(lambda cell: cell._replace(text="", figure=None))
    assert had(blank) == had(NATIONAL)


# ---------------------------------------------------------------- the catalogue


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.run.__name__)
def test_every_rule_says_what_it_looks_at(rule: Rule) -> None:
    assert rule.needs
    assert all(one.operands and one.names for one in rule.needs)


def test_every_name_is_one_that_some_form_has() -> None:
    """A slip of the pen in a need would silence its rule."""
    books = [load_document(f"{library.folder()}/{name}.xlsx") for name in library.identifiers()]
    drawn = [form.evaluation for book in books for form in forms(book)]
    known = frozenset().union(*map(had, [*FORMS, *drawn]))
    spoken = {name for rule in CATALOGUE for one in rule.needs for name in _spoken(one)}
    assert spoken - known == {"details.adjusted"}  # an amount like the others, on no form so far


def _spoken(one: Need) -> Iterator[str]:
    yield from one.names
    yield from (operand.name for operand in one.operands)


def _broken(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """这一项总会出错。"""
    raise KeyError("missing")
    yield


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.run.__name__)
def test_a_form_without_it_skips_the_rule(rule: Rule) -> None:
    form, broken = home(rule), rule._replace(run=_broken)
    assert [finding.code for finding in check(form, [broken])] == ["R00"]
    for one in rule.needs:
        form = without(form, one.operands[0].name)
    assert check(form, [broken]) == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.text("project.name")[:12])
def test_nothing_is_left_unsaid_by_skipping(form: Evaluation) -> None:
    """Whatever a form lacks, all rules together find no more than those it has the needs of."""
    everything = [rule._replace(needs=EVERYTHING) for rule in CATALOGUE]
    for poorer in [form, *(without(form, name) for name in had(form) if not name.startswith("scheme."))]:
        assert check(poorer) == check(poorer, everything)
