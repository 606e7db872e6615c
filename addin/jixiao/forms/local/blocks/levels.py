"""The levels of indicators: which column is which where the heading does not say, and whose weights stand where."""

import re
from collections.abc import Sequence

from jixiao.forms.local.blocks.block import LEVELS, Column
from jixiao.forms.local.headings import heading, plain
from jixiao.forms.local.lines import Line

TOPIC = "topic"
"""A name column whose level the heading does not say (评价内容, 考核指标)."""

EXPLANATION = "explanation"
_SUPPOSED = 0.9
_COUNTED = re.compile(r"(?:目标|指标|内容|任务)?\d{1,2}[:.、]?|…{1,4}")
_ROWS_BELOW = 3


def with_levels(columns: Sequence[Column], below: Sequence[Line]) -> list[Column]:
    """Names of unsaid level take the levels left free; weights after level 1 and 2 are those of the groups."""
    return _group_weights(_aimed(_explained(_lowest(_supposed(_split(columns, below), below)))))


def _split(columns: Sequence[Column], below: Sequence[Line]) -> list[Column]:
    """One heading over several columns of names is that many columns (评价指标 over level 1 and the indicator)."""
    found: list[Column] = []
    for i, column in enumerate(columns):
        right = columns[i + 1].left - 1 if i + 1 < len(columns) else column.right
        lefts = _lefts(below, column.left, right) if column.field == TOPIC else []
        if len(lefts) > 1:
            ends = [*(left - 1 for left in lefts[1:]), right]
            found += [column._replace(left=left, right=end) for left, end in zip(lefts, ends, strict=True)]
        else:
            found.append(column)
    return found


def _lefts(below: Sequence[Line], left: int, right: int) -> list[int]:
    """Where the cells of the first rows begin under a heading; one place if they repeat each other.

    A cell that only counts (目标1, 指标2) is no name.
    """
    parts = [
        [p for p in line.between(left, right) if p.text and p.right <= right and not _COUNTED.fullmatch(plain(p.text))]
        for line in below[:_ROWS_BELOW]
    ]
    if all(len({piece.text for piece in part}) < 2 for part in parts):
        return []
    return sorted({piece.left for part in parts for piece in part})


def is_band(line: Line, columns: Sequence[Column]) -> bool:
    """Whether a line is one cell across a table without first levels, and names one: 一、立项必要性（20分）."""
    if len(line.said) != 1 or line.said[0].left > columns[0].left or line.said[0].right < columns[-1].right:
        return False
    levels = {column.field for column in columns} & {*LEVELS, TOPIC}
    return bool(levels) and LEVELS[0] not in levels and bool(heading(line.said[0].text).points)


def _supposed(columns: list[Column], below: Sequence[Line]) -> list[Column]:
    taken = {column.field for column in columns}
    if any(is_band(line, columns) for line in below[:_ROWS_BELOW]):
        taken.add(LEVELS[0])
    free = [level for level in LEVELS if level not in taken]
    unsaid = [i for i, column in enumerate(columns) if column.field == TOPIC]
    if not free or not unsaid:
        return columns
    last = free[1:][-(len(unsaid) - 1) :] if len(unsaid) > 1 else []
    chosen = [free[0], *last] if len(unsaid) > 1 else free[-1:]
    for i, level in zip(unsaid, chosen, strict=False):
        columns[i] = columns[i]._replace(field=level, sure=columns[i].sure * _SUPPOSED)
    return columns


def _lowest(columns: list[Column]) -> list[Column]:
    """Where no column is the indicator's, the lowest level names it."""
    levels = [i for i, column in enumerate(columns) if column.field in LEVELS[1:]]
    if levels and not any(columns[i].field == "name" for i in levels):
        column = columns[levels[-1]]
        columns[levels[-1]] = column._replace(field="name", sure=column.sure * _SUPPOSED)
    return columns


def _explained(columns: list[Column]) -> list[Column]:
    """Where all levels are said, what follows the name explains it (具体指标, 评价内容)."""
    fields = [column.field for column in columns]
    if EXPLANATION in fields or TOPIC not in fields or not set(LEVELS) <= set(fields):
        return columns
    i = fields.index(TOPIC)
    if i > fields.index("name"):
        columns[i] = columns[i]._replace(field=EXPLANATION, sure=columns[i].sure * _SUPPOSED)
    return columns


def _aimed(columns: list[Column]) -> list[Column]:
    """Where no column is the target's, the goal of the year that follows the name is; surely so before what is done.

    三级指标 | 年度目标 | 完成情况
    """
    fields = [column.field for column in columns]
    if "target" in fields or "goal" not in fields or "name" not in fields:
        return columns
    i = fields.index("goal")
    if i > fields.index("name"):
        between = fields[i - 1 : i + 2] == ["name", "goal", "actual"]
        columns[i] = columns[i]._replace(field="target", sure=columns[i].sure * (1 if between else _SUPPOSED))
    return columns


def _group_weights(columns: list[Column]) -> list[Column]:
    weights = [i for i, column in enumerate(columns) if column.field == "weight"]
    for i in weights if len(weights) > 1 else ():
        before = [c.field for c in columns[:i] if c.field in LEVELS and c.side == columns[i].side]
        if before and before[-1] != "name":
            columns[i] = columns[i]._replace(field=f"group{before[-1][-1]}_weight")
    return columns
