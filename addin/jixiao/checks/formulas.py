"""Formulas that could not be computed: the add-in was missing when the file was last opened, or a cell was deleted."""

from collections.abc import Iterator

from jixiao.checks.operands import listed
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import failed
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme


@rule("R58", of="formulas")
def formulas_are_computed(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """表内公式都已算出结果，没有#NAME?、#DIV/0!之类的显示；未算出的格子，其他各项按空白看待。"""
    cells = [cell for cell in evaluation.every_cell() if failed(cell)]
    if cells:
        yield say("R58", scheme, cells, listed(cell.text for cell in cells))
