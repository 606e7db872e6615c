"""Checks: the relations (勾稽关系) a filled form must satisfy, each a generator over an Evaluation."""

from collections.abc import Sequence

from jixiao.checks import (  # noqa: F401 - they register
    completeness,
    entries,
    formulas,
    funds,
    names,
    reasons,
    scores,
    slips,
    structure,
    sums,
    totals,
    units,
    weights,
)
from jixiao.checks.holding import findings_of, names_had
from jixiao.checks.rule import CATALOGUE, Rule, say
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding
from jixiao.law import DEFAULT
from jixiao.law import scheme as scheme_of
from jixiao.law.scheme import Scheme

CATALOGUE.sort(key=lambda rule: rule.code)

__all__ = ["CATALOGUE", "Rule", "check", "findings_of"]


def check(evaluation: Evaluation, rules: Sequence[Rule] = CATALOGUE) -> list[Finding]:
    """Everything to say about one form: what was noticed on reading, then the findings of every rule.

    A rule that does not belong to the stage of the form, or whose needs it does not have, is skipped. One that cannot be
    carried through becomes a finding itself (R00); the others go on.
    """
    findings, scheme = list(evaluation.defects), scheme_for(evaluation)
    if scheme.id != evaluation.scheme:
        findings.append(say("R00.scheme", scheme, [], evaluation.scheme))
    had = names_had(evaluation, scheme)
    for rule in rules:
        if rule.concerns(had) and rule.holds_for(evaluation):
            findings.extend(findings_of(rule, evaluation, scheme))
    return findings


def scheme_for(evaluation: Evaluation) -> Scheme:
    """The scheme a form is held against: its own, or the national one where nobody knows that."""
    try:
        return scheme_of(evaluation.scheme)
    except Refusal:
        return scheme_of(DEFAULT)
