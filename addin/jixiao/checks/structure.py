"""The indicator tree."""

from collections.abc import Iterator

from jixiao.checks.operands import listed
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation, Indicator
from jixiao.evaluation.stage import DECIDED
from jixiao.evaluation.stated import text_of
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme


def _listed(row: Indicator, scheme: Scheme) -> bool:
    """Whether the scheme knows both names of a row."""
    level1, level2 = text_of(row.level1), text_of(row.level2)
    return level1 in scheme.levels and any(level2 in names for names in scheme.levels.values())


@rule("R17", of="indicators.level2 .level1 scheme.levels", where=_listed, stages=DECIDED)
def levels_belong(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """二级指标归入它所属的一级指标；方案未列出的二级指标不作判断。"""
    for row in evaluation.indicators:
        owners = _owners(row, scheme)
        if owners and row.level2:
            yield say("R17", scheme, [row.level2], text_of(row.level2), listed(owners), level1=text_of(row.level1))


def _owners(row: Indicator, scheme: Scheme) -> list[str]:
    """The level-1 names a misplaced level 2 belongs to; empty if it stands right or nothing is known of it."""
    name, parent = text_of(row.level2), text_of(row.level1)
    owners = [owner for owner, names in scheme.levels.items() if name in names]
    return owners if parent in scheme.levels and parent not in owners else []
