"""Formulas without a result: the add-in was missing when the file was last opened, a cell was deleted, or the program that saved
the file computes nothing.
"""

from collections.abc import Iterator

from jixiao.checks.operands import listed
from jixiao.checks.rule import rule, say
from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import failed, not_known
from jixiao.findings import Finding
from jixiao.law.scheme import Scheme


@rule("R58", of="formulas")
def formulas_are_computed(evaluation: Evaluation, scheme: Scheme) -> Iterator[Finding]:
    """表内公式都有结果：没有#NAME?、#DIV/0!之类的显示，也没有保存时缺结果、又不能代为计算的；这些格子，其他各项不作判断。"""
    cells = [cell for cell in evaluation.every_cell() if failed(cell)]
    unsaved = [cell for cell in cells if not_known(cell)]
    shown = [cell for cell in cells if not not_known(cell)]
    if shown:
        yield say("R58", scheme, shown, listed(cell.text for cell in shown))
    if unsaved:
        yield say("R58.unsaved", scheme, unsaved)
