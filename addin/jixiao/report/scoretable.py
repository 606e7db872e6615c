"""附：评分表: the scores of the form as one table, level labels and group weights merged as the form merges them."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from jixiao.evaluation import Evaluation
from jixiao.evaluation.stated import text_of
from jixiao.law.scheme import Scheme
from jixiao.report.document import Table, TableCell, TableRow
from jixiao.report.levels import runs
from jixiao.report.sentences import actual, grade_word, heading_of, target
from jixiao.wording import report as words

_PAGE = 8844  # twips: the width of the type area
_POINTS = frozenset({"weight", "score", "review"})
ROW_HEIGHT = 340  # twips: 6 mm, so that a usual table and the chart below it share a page
Cells = Sequence[tuple[int, TableCell]]


class Column(NamedTuple):
    """One column: a text for each indicator, and keys that say which neighbours are one merged cell."""

    field: str
    heading: str
    width: int  # twips
    texts: Sequence[str]
    keys: Sequence[Hashable]
    total: str = ""
    execution: str = ""
    align: str = "center"

    @property
    def cells(self) -> dict[int, TableCell]:
        """The merged cells by the row they begin in."""
        return {
            start: TableCell(self.texts[start], row_span=length, align=self.align) for start, length in runs(self.keys)
        }


def score_table(evaluation: Evaluation, scheme: Scheme) -> Table | None:
    """The score table over the type area; None where the form states no indicator, or neither weights nor scores."""
    columns = _columns(evaluation) if evaluation.indicators else []
    if not any(column.field in _POINTS for column in columns):
        return None
    bodies = [column.cells for column in columns]
    rows = [TableRow([(i, TableCell(column.heading, bold=True)) for i, column in enumerate(columns)], header=True)]
    if evaluation.execution_stands_apart:
        rows.append(_row(_summary(words.EXECUTION, [column.execution for column in columns])))
    for index in range(len(evaluation.indicators)):
        rows.append(_row([(i, cells[index]) for i, cells in enumerate(bodies) if index in cells]))
    totals = [column.total for column in columns]
    if evaluation.drawn or any(totals):
        rows.append(_row(_summary(words.TOTAL_ROW, totals)))
    if scheme.grades or evaluation.text("grade"):
        rows.append(_row(_grade_cells(evaluation, scheme, len(columns))))
    return Table([column.width for column in columns], rows)


def _row(cells: Cells) -> TableRow:
    return TableRow(cells, height=ROW_HEIGHT)


def _summary(name: str, texts: Sequence[str]) -> Cells:
    """A row whose name reaches up to the first value; every value after it has its own cell."""
    first = next((i for i, text in enumerate(texts) if text), len(texts) - 1) or 1
    values = [(i, TableCell(texts[i])) for i in range(first, len(texts))]
    return [(0, TableCell(name, column_span=first)), *values]


def _grade_cells(evaluation: Evaluation, scheme: Scheme, width: int) -> Cells:
    """The stated grade, among those of the scheme where it is known."""
    stated, label = grade_word(evaluation, scheme), min(2, width - 1)
    boxes = [(words.TICKED if band.grade == stated else words.BOX).format(grade=band.grade) for band in scheme.grades]
    return [
        (0, TableCell(words.GRADE_ROW, column_span=label)),
        (label, TableCell("  ".join(boxes) or stated, column_span=width - label)),
    ]


def _columns(evaluation: Evaluation) -> list[Column]:
    """The columns of the form's layout that it has, in the width of the page: what others leave free the names take."""
    if evaluation.drawn:
        wanted = _weighted_columns(evaluation) if evaluation.groups else _plain_columns(evaluation)
    else:
        wanted = _local_columns(evaluation)
    columns = [column for column in wanted if _is_shown(column, evaluation)]
    free = _PAGE - sum(column.width for column in columns)
    return [column._replace(width=column.width + free) if column.field == "name" else column for column in columns]


def _is_shown(column: Column, evaluation: Evaluation) -> bool:
    """An official form shows all its columns, a local one those it states; the reviewers' scores stand where they gave any."""
    return column.field == "name" or any(column.texts) or (evaluation.drawn and column.field != "review")


def _weighted_columns(evaluation: Evaluation) -> list[Column]:
    """The 五华 layout: a weight beside every level."""
    return [
        _level1(evaluation, 1050),
        _group_weights(evaluation, 1, 700),
        _level2(evaluation, 1350),
        _group_weights(evaluation, 2, 700),
        _names(evaluation, 0),
        _weights(evaluation, 800),
        _scores(evaluation, 900),
        _reviews(evaluation, 900),
    ]


def _plain_columns(evaluation: Evaluation) -> list[Column]:
    """The layout of the 自评表: target and actual value instead of group weights."""
    indicators = evaluation.indicators
    fund = evaluation.fund("total")
    rate = text_of(fund.rate) if fund else ""
    return [
        _level1(evaluation, 1180),
        _level2(evaluation, 1380),
        _names(evaluation, 0),
        _single(evaluation, "target", 1200, [target(indicator) for indicator in indicators]),
        _single(evaluation, "actual", 1200, [actual(indicator) for indicator in indicators], execution=rate),
        _weights(evaluation, 700),
        _scores(evaluation, 800),
        _reviews(evaluation, 800),
    ]


def _local_columns(evaluation: Evaluation) -> list[Column]:
    """Whatever a form nobody has drawn may have: weights beside its levels and targets, both narrower."""
    plain = {column.field: column for column in _plain_columns(evaluation)}
    return [
        plain["level1"]._replace(width=1000),
        _group_weights(evaluation, 1, 600),
        plain["level2"]._replace(width=1200),
        _group_weights(evaluation, 2, 600),
        plain["name"],
        plain["target"]._replace(width=1100),
        plain["actual"]._replace(width=1100),
        *(plain[field]._replace(width=650) for field in ("weight", "score", "review")),
    ]


def _single(
    evaluation: Evaluation, field: str, width: int, texts: Sequence[str], total: str = "", execution: str = ""
) -> Column:
    return Column(field, _heading(evaluation, field), width, texts, range(len(texts)), total, execution)


def _heading(evaluation: Evaluation, field: str) -> str:
    """What the form calls a column; the usual words on an official form, whose headings are known."""
    cells = (getattr(indicator, field) for indicator in evaluation.indicators)
    first = None if evaluation.drawn else next((cell for cell in cells if cell is not None), None)
    return heading_of(first, words.TABLE_COLUMNS[field])


def _names(evaluation: Evaluation, width: int) -> Column:
    names = _single(evaluation, "name", width, [text_of(indicator.name) for indicator in evaluation.indicators])
    return names._replace(align="left")


def _weights(evaluation: Evaluation, width: int) -> Column:
    texts = [text_of(indicator.weight) for indicator in evaluation.indicators]
    total, execution = evaluation.text("total.weight"), evaluation.text("execution.weight")
    return _single(evaluation, "weight", width, texts, total, execution)


def _scores(evaluation: Evaluation, width: int) -> Column:
    texts = [text_of(indicator.score) for indicator in evaluation.indicators]
    total, execution = evaluation.text("total.score"), evaluation.text("execution.score")
    return _single(evaluation, "score", width, texts, total, execution)


def _reviews(evaluation: Evaluation, width: int) -> Column:
    texts = [text_of(indicator.review) for indicator in evaluation.indicators]
    return _single(evaluation, "review", width, texts, evaluation.text("total.review"))


def _level1(evaluation: Evaluation, width: int) -> Column:
    labels = [text_of(indicator.level1) for indicator in evaluation.indicators]
    return Column("level1", _heading(evaluation, "level1"), width, labels, labels)


def _level2(evaluation: Evaluation, width: int) -> Column:
    """Level-2 labels; two neighbouring groups of one name stay two (资金管理 in 五华)."""
    labels = [text_of(indicator.level2) for indicator in evaluation.indicators]
    above = [text_of(indicator.level1) for indicator in evaluation.indicators]
    keys = list(zip(above, labels, _groups(evaluation, 2), strict=True))
    return Column("level2", _heading(evaluation, "level2"), width, labels, keys)


def _group_weights(evaluation: Evaluation, level: int, width: int) -> Column:
    groups = _groups(evaluation, level)
    texts = ["" if group is None else text_of(evaluation.groups[group].weight) for group in groups]
    heading, total = words.TABLE_COLUMNS["weight"], evaluation.text(f"total.group{level}_weight")
    return Column(f"group{level}_weight", heading, width, texts, groups, total)


def _groups(evaluation: Evaluation, level: int) -> list[int | None]:
    """For each indicator, its group of a level as an index into ``groups``."""
    known = {row: i for i, group in enumerate(evaluation.groups) if group.level == level for row in group.members}
    return [known.get(indicator.row) for indicator in evaluation.indicators]
