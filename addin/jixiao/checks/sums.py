"""Sums a form declares, and how a printed sum that disagrees with its addends is told."""

from collections.abc import Iterator

from jixiao.checks.operands import sound, sum_gap
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Related, Stated
from jixiao.figures import ZERO, plain
from jixiao.findings import Finding, Severity
from jixiao.law.scheme import Scheme


@rule("R62", of="sums")
def declared_sums(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """表样写明是一栏之和的格子，等于该栏各格之和，允许各数舍入造成的差异。"""
    for fact, column in evaluation.sums.items():
        computed = evaluation.related(f"sum of {column}", scheme, fact)
        for cell in evaluation.cells(fact):
            severity = sum_gap(cell, computed) if sound([cell, *computed.operands]) else None
            if severity:
                yield sum_finding("R62", scheme, cell, computed, severity)


def sum_finding(key: str, scheme: Scheme, stated: Stated, computed: Related, severity: Severity) -> Finding:
    """An error, or an info where the difference lies just on the edge of rounding."""
    exact = exactly(computed)
    if severity is Severity.INFO:
        return say(f"{key}.rounding", scheme, [stated], stated.text.strip(), computed=exact)
    return say(key, scheme, [stated], stated.text.strip(), exact)


def exactly(computed: Related) -> str:
    """What the printed addends come to."""
    return plain(computed.exact() or ZERO)
