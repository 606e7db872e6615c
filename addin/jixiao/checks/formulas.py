"""Formulas that could not be computed: the add-in was missing when the file was last opened, or a cell was deleted."""

from collections.abc import Iterator

from jixiao.checks.rule import rule, say
from jixiao.checks.stated import failed, filled, fund_rows, listed
from jixiao.evaluation import Evaluation, Indicator, Stated
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme


@rule("R58")
def formulas_are_computed(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """表内公式都已算出结果，没有#NAME?、#DIV/0!之类的显示；未算出的格子，其他各项按空白看待。"""
    cells = list({cell.place: cell for cell in _cells(evaluation) if failed(cell)}.values())
    if cells:
        yield say("R58", scheme, cells, listed(cell.text for cell in cells))


def without_spare_rows(evaluation: Evaluation) -> Evaluation:
    """The same form; an indicator row with nothing but formulas that failed is one nobody filled in."""
    spare = [row for row in evaluation.indicators if _spare(row)]
    used = [row for row in evaluation.indicators if not _spare(row)]
    return evaluation._replace(indicators=used, skeleton=[*evaluation.skeleton, *spare]) if spare else evaluation


def _spare(row: Indicator) -> bool:
    entered = (row.name, row.target, row.actual, row.weight, row.score, row.reason)
    return not any(map(filled, entered)) and any(map(failed, entered))


def _cells(evaluation: Evaluation) -> Iterator[Stated]:
    yield from evaluation.facts.values()
    for row in (*fund_rows(evaluation), *evaluation.indicators, *evaluation.skeleton):
        yield from (cell for cell in row if isinstance(cell, Stated))
    yield from (group.weight for group in evaluation.groups)
