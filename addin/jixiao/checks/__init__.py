"""Checks: the relations (勾稽关系) a filled form must satisfy, each a generator over an Evaluation."""

from collections.abc import Sequence

from jixiao.checks import entries, formulas, funds, names, reasons, scores, structure, totals, weights  # noqa: F401 - they register
from jixiao.checks.rule import CATALOGUE, Rule, say
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.findings import Finding
from jixiao.law import DEFAULT
from jixiao.law import scheme as scheme_of
from jixiao.law.scheme import Scheme

CATALOGUE.sort(key=lambda rule: rule.code)

__all__ = ["CATALOGUE", "Rule", "check"]


def check(evaluation: Evaluation, rules: Sequence[Rule] = CATALOGUE) -> list[Finding]:
    """Everything to say about one form: what was noticed on reading, then the findings of every rule.

    A rule that cannot be carried through becomes a finding itself (R00); the others go on.
    """
    findings = list(evaluation.defects)
    try:
        scheme = scheme_of(evaluation.scheme)
    except Refusal:
        scheme = scheme_of(DEFAULT)
        findings.append(say("R00.scheme", scheme, [], evaluation.scheme))
    for rule in rules:
        findings.extend(_findings(rule, evaluation, scheme))
    return findings


def _findings(rule: Rule, evaluation: Evaluation, scheme: Scheme) -> list[Finding]:
    found: list[Finding] = []
    try:
        found.extend(rule.run(evaluation, scheme))
    except Exception as problem:
        found.append(say("R00", scheme, [], code=rule.code, problem=type(problem).__name__))
    return found
