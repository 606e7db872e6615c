"""An error needs certainty: what only a doubtful cell says is asked, or not said at all.

Whether a cell is doubtful the reader knows (``Stated.sure``). What hangs on such cells shows where they are taken out of the
form: a finding that is made without them stands as it is; one that is made only with them depends on them; one that is made
only without them comes of the gap.
"""

from collections.abc import Callable, Iterator, Sequence

from jixiao.checks.looks import looks
from jixiao.checks.needs import names_of
from jixiao.checks.rule import Rule
from jixiao.evaluation import Evaluation
from jixiao.evaluation.doubts import Doubt
from jixiao.findings import Finding, Severity
from jixiao.law.scheme import Scheme
from jixiao.places import Where
from jixiao.wording import findings as words

LIKELY = 0.75
"""How sure a cell must be at least, for a question to be worth asking."""

Held = Callable[[Evaluation], list[Finding]]
"""Holds the rule against a form."""


def ensured(rule: Rule, evaluation: Evaluation, scheme: Scheme, found: Sequence[Finding], held: Held) -> list[Finding]:
    """What one rule may say of what it ``found`` on a doubtful form: findings of certain cells, questions about likely ones."""
    concerned = rule.concerns(names_of(evaluation.certain, scheme))
    sure = _standing(rule, found, held(evaluation.certain) if concerned else [])
    failed = [finding for finding in found if not finding.places and finding not in sure]
    asked = [] if rule.by_merges else _questions(rule, evaluation, scheme, found, sure)  # a doubtful tree has no sums
    return [*failed, *sure, *asked]


def _standing(rule: Rule, found: Sequence[Finding], certain: Sequence[Finding]) -> list[Finding]:
    """The findings made without doubtful cells that they do not alter; they may only add rows to the same finding."""
    return [
        one for one in certain if one in found or (not rule.over_columns and any(_part(one, all_) for all_ in found))
    ]


def _part(one: Finding, whole: Finding) -> bool:
    same = (one.code, one.severity) == (whole.code, whole.severity)
    return same and len(one.places) < len(whole.places) and set(one.places) <= set(whole.places)


def _questions(
    rule: Rule, evaluation: Evaluation, scheme: Scheme, found: Sequence[Finding], sure: Sequence[Finding]
) -> Iterator[Finding]:
    """What hangs on doubtful cells, each as an info that names their columns; nothing where they are hardly more than a guess."""
    for finding in found:
        if finding in sure or not finding.places:
            continue
        said = {place for one in sure if one.code == finding.code for place in one.places}
        left = [place for place in finding.places if place not in said]
        doubts = _doubts(rule, evaluation, scheme, {place.spot for place in left})
        if left and all(doubt.sure >= LIKELY for doubt in doubts):
            columns = {_heading(doubt): doubt.column for doubt in doubts if not doubt.in_label}
            supposed = words.supposed(columns, {doubt.cell.text: doubt.column for doubt in doubts if doubt.in_label})
            yield finding._replace(severity=Severity.INFO, places=left, message=supposed + finding.message)


def _heading(doubt: Doubt) -> str:
    return doubt.cell.place.label.rpartition(" ")[2]


def _doubts(rule: Rule, evaluation: Evaluation, scheme: Scheme, spots: set[Where]) -> list[Doubt]:
    """The doubtful cells that the rule holds together with these; those in their rows, or all, if it does not tell."""
    held = (look.cells for look in looks(rule, evaluation, scheme))
    beside = [cell.place.spot for cells in held for cell in cells if any(one.place.spot in spots for one in cells)]
    doubtful, rows = evaluation.doubtful, {spot[:-1] for spot in spots}
    near = (doubt for spot, doubt in doubtful.items() if spot[:-1] in rows)
    return [doubtful[spot] for spot in beside if spot in doubtful] or list(near) or list(doubtful.values())
