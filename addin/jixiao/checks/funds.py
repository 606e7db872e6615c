"""The fund block: amounts add up, rates follow from them, nothing is spent that was not there."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from jixiao.checks.operands import amount_rows, column, disagreement, numeric, percent, sound, sum_gap
from jixiao.checks.rule import rule, say
from jixiao.checks.sums import exactly, sum_finding
from jixiao.checks.units import slipped_amounts
from jixiao.evaluation import Evaluation, FundRow, Related, Stated
from jixiao.evaluation.funds import AMOUNTS, TOTAL
from jixiao.evaluation.stated import number_of
from jixiao.evaluation.vocabulary import EXPECTED
from jixiao.figures import MONEY, ZERO, Figure, measured, rounded
from jixiao.findings import Finding, Severity
from jixiao.law.scheme import Scheme
from jixiao.relations.catalogue import relation
from jixiao.relations.tree import total as sum_of

_KINDS = (
    frozenset({"basic", "projects"}),  # 基本支出、项目支出
    frozenset({"general", "government_fund", "state_capital"}),  # 财政拨款小计 is theirs
    frozenset({"central", "province", "city", "district", "local", "upper", "own_level", "province_local"}),
)
"""Rows of funds that may tell once more what other rows tell."""

_YUAN = r"(?<![\d.．])(?<!\d,)(?:\d{1,3}(?:[,，]\d{3}){1,6}|\d++)(?:[.．]\d++)?\s*+元"


@rule(
    "R01", of=("funds.*.rate .executed /.budget", "funds.*.rate .interim /.budget", "details.rate .executed /.budget")
)
def execution_rates(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """执行率等于执行数（监控表为年中执行数）除以评分方案规定的预算数（或到位数）；在表中所印数字的舍入范围内即为相符。"""
    wrong: dict[tuple[str, Severity, str], list[Stated]] = {}
    for row in map(_executed_so_far, amount_rows(evaluation)):
        rate, execution = row.rate, _execution_rate(row, scheme)
        if not sound(execution.operands):
            continue
        allowed, computed = execution.bounds(), execution.value
        if rate is None or rate.figure is None or allowed is None or not isinstance(computed, Decimal):
            continue
        if not _prints_as(computed, rate.figure):
            severity = Severity.INFO if allowed.meets(rate.figure.interval) else Severity.ERROR
            if severity is Severity.ERROR and _slipped(evaluation, execution.operands):
                continue
            wrong.setdefault((rate.text.strip(), severity, percent(computed)), []).append(rate)
    for (stated, severity, expected), cells in wrong.items():
        if severity is Severity.INFO:
            yield say("R51", scheme, cells, stated, computed=expected)
        else:
            yield say("R01", scheme, cells, stated, expected)


def _slipped(evaluation: Evaluation, cells: Iterable[Stated | None]) -> bool:
    """Whether one of the cells is in another unit than the others: that has a finding of its own (R38)."""
    slipped = slipped_amounts(evaluation)
    return any(cell in slipped for cell in cells)


def _executed_so_far(row: FundRow) -> FundRow:
    """A row that tells only what was executed in the middle of the year, and not what is expected by its end."""
    midyear = row.executed is None and row.rate is not None and EXPECTED not in row.rate.place.label
    return row._replace(executed=row.interim) if midyear else row


def _prints_as(computed: Decimal, printed: Figure) -> bool:
    return rounded(computed, max(0, -int(printed.quantum.adjusted()))) == printed.value


def _execution_rate(row: FundRow, scheme: Scheme) -> Related:
    tree = relation("execution-rate", scheme)
    return Related(tree, {name: column([row], name.removeprefix(".")) for name in tree.facts()})


def _told_in_yuan(evaluation: Evaluation, scheme: Scheme) -> bool:
    """Whether the goals tell both amounts of the total in 元."""
    facts = (f"funds.total.{name}" for name in ("executed", scheme.execution_denominator))
    return all(_same_in_yuan(evaluation, evaluation.facts[fact]) is not None for fact in facts)


@rule("R51", of="funds.total.rate .executed /.budget goal.*", where=_told_in_yuan)
def rates_from_yuan(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """文中以元列出的预算数和执行数与表中万元数一致时，两种算法的执行率只差舍入，无需修改。"""
    row = evaluation.fund("total")
    rate = row.rate if row else None
    if row is None or rate is None or rate.figure is None:
        return
    execution = _execution_rate(row, scheme)
    computed = execution.exact(lambda cell: _same_in_yuan(evaluation, cell))
    if computed is not None and not _prints_as(computed, rate.figure):
        yield say("R51.yuan", scheme, [rate], rate.text.strip(), computed=percent(computed))


def _same_in_yuan(evaluation: Evaluation, cell: Stated) -> Decimal | None:
    """The amount in 元 by which the goals tell what the table prints in 万元; None unless exactly one stands there."""
    if cell.figure is None or cell.figure.unit != MONEY or cell.figure.scale == 1:
        return None
    text = f"{evaluation.text('goal.expected')}\n{evaluation.text('goal.actual')}"
    told = {figure.amount for figure in map(measured, re.findall(_YUAN, text)) if figure}
    same = [amount for amount in told if cell.figure.amounts.holds(amount)]
    return same[0] if len(same) == 1 else None


class Sums(NamedTuple):
    """One amount column: its printed total, the sum of the rows 其中 and that of the detail rows (明细)."""

    total: Stated
    sources: Related
    details: Related

    @property
    def doubled(self) -> bool:
        """Whether the total counts the rows 其中 besides the details they only explain."""
        details, sources = self.details.exact(), self.sources.exact()
        return bool(details and sources and self.total.number == details + sources)

    @property
    def sound(self) -> bool:
        return sound([self.total, *self.sources.operands, *self.details.operands])


def _sums(evaluation: Evaluation, scheme: Scheme) -> list[Sums]:
    facts = [f"funds.{TOTAL}.{name}" for name in AMOUNTS]
    every = [
        Sums(cell, evaluation.related("funds-sum", scheme, fact), evaluation.related("details-sum", scheme, fact))
        for fact in facts
        for cell in numeric(evaluation.cells(fact))
    ]
    return [sums for sums in every if sums.sound]


@rule("R03", of=[f"funds.total.{name} funds.*.{name}[] (details.{name}[])" for name in AMOUNTS])
def fund_totals(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """资金总额每一栏等于其中各来源之和，允许各数舍入造成的差异。"""
    for sums in _sums(evaluation, scheme):
        severity = sum_gap(sums.total, sums.sources)
        if severity is None or sums.doubled or _slipped(evaluation, [sums.total]):
            continue
        if scheme.known or not _listed_twice(evaluation, sums):
            yield sum_finding("R03", scheme, sums.total, sums.sources, severity)


def _listed_twice(evaluation: Evaluation, sums: Sums) -> bool:
    """Whether the rows of an unknown form may tell the same money twice: by source and by kind of spending, or level by level.

    Then one of the lists comes to the total; or they lack a column of the total, and nobody knows which they tell.
    """
    rows = [row for row in evaluation.funds if not row.is_total]
    if not sound(
        getattr(row, name) for row in rows for name in AMOUNTS
    ):  # words among the amounts: rows of another kind
        return True
    total, columns = evaluation.fund(TOTAL), set().union(*map(_columns, rows))
    twice = any(fact.startswith("funds.") and fact.count(".") > 2 for fact in evaluation.facts)  # two rows of one name
    if total is None or _columns(total) - columns or twice:
        return True
    names = sums.sources.cells
    lists = [
        [name for name in names if (name.split(".")[1] in kind) is inside]
        for kind in _KINDS
        for inside in (True, False)
    ]
    parts = (
        Related(sum_of(*part), {name: names[name] for name in part}) for part in lists if 0 < len(part) < len(names)
    )
    return any(sum_gap(sums.total, part) is None for part in parts)


def _columns(row: FundRow) -> set[str]:
    return {name for name in AMOUNTS if getattr(row, name) is not None}


@rule("R29", of=[f"funds.total.{name} details.{name}[] (funds.*.{name}[])" for name in AMOUNTS])
def parts_counted_once(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """“其中”各行只说明来源，不再加入合计；明细之和等于合计。"""
    for sums in _sums(evaluation, scheme):
        if sums.doubled:
            expected = exactly(sums.details)
            yield say("R29.doubled", scheme, [sums.total], sums.total.text.strip(), expected)
        elif not sum_gap(sums.total, sums.sources):
            severity = sum_gap(sums.total, sums.details)
            if severity:
                yield sum_finding("R29", scheme, sums.total, sums.details, severity)


@rule("R04", of=[f"{row}.rate (.initial) (.adjusted) (.arrived) (.executed)" for row in ("funds.*", "details")])
def rate_of_nothing(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """没有预算也没有支出的资金来源没有执行率，可以空白、填“—”“/”或0.00%。"""
    rates = [row.rate for row in amount_rows(evaluation) if row.rate and number_of(row.rate) and _nothing_stated(row)]
    if rates:
        yield say("R04", scheme, rates, rates[0].text.strip())


def _nothing_stated(row: FundRow) -> bool:
    amounts = [getattr(row, name) for name in AMOUNTS]
    return sound(amounts) and not any(map(number_of, amounts))


@rule("R28", of=[f"{row}.executed .{limit}" for row in ("funds.*", "details") for limit in ("adjusted", "arrived")])
def over_execution(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """执行数不超过全年（调整后）预算数或到位数；确有追加的，应先调整预算数。"""
    exceeded: dict[tuple[str, str, Severity], list[Stated]] = {}
    for row in amount_rows(evaluation):
        executed, limit = row.executed, _limit(row)
        severity = _exceeds(executed, limit)
        if executed and limit and severity and not _slipped(evaluation, [executed, limit]):
            exceeded.setdefault((executed.text.strip(), limit.text.strip(), severity), []).append(executed)
    for (stated, most, severity), cells in exceeded.items():
        key = "R28" if severity is Severity.ERROR else "R28.rounding"
        yield say(key, scheme, cells, stated, limit=most)


def _limit(row: FundRow) -> Stated | None:
    """The most there was to spend; the initial budget is no limit, money may come later."""
    return max(numeric([row.adjusted, row.arrived]), key=lambda cell: cell.number or ZERO, default=None)


def _exceeds(executed: Stated | None, budget: Stated | None) -> Severity | None:
    if not executed or not budget or not executed.figure or not budget.figure or not sound([executed, budget]):
        return None
    if executed.figure.value <= budget.figure.value:
        return None
    return disagreement(executed.figure.interval, budget.figure.interval)
