"""The tables of a form: one row a line, what is merged or inherited told as beginning above."""

from collections.abc import Iterator, Mapping, Sequence

from jixiao.evaluation import Row, Stated
from jixiao.figures import parse
from jixiao.forms.local.blocks.block import Block, BlockRow
from jixiao.forms.local.blocks.funds import CONTENT, DETAIL
from jixiao.forms.local.headings import LONGEST, heading, plain
from jixiao.forms.local.telling.cells import Cells
from jixiao.places import LAST_ROW

TABLES = ("indicators", "accounts", "survey", "tasks")
"""The kinds of blocks that are told as tables, by the names of these."""

_WEIGHTS_IN = {"level1": "group1_weight", "level2": "group2_weight", "name": "weight"}
"""In whose label points may be printed, and which weight they are."""

_SUPPOSED = 0.9  # how sure points in a label are the weight of its group, where few print any
_ENDS = "分)）"  # of a label that prints points


def tables_of(blocks: Sequence[Block], cells: Cells) -> dict[str, list[Row]]:
    """The repeated blocks by name."""
    found = {
        kind: [row for block in blocks if block.kind == kind for row in _Rows(block, cells).told()] for kind in TABLES
    }
    found["details"] = [row for block in blocks if block.kind == "funds" for row in _details(block, cells)]
    return {name: rows for name, rows in found.items() if rows}


class _Rows:
    """The rows of one block."""

    def __init__(self, block: Block, cells: Cells) -> None:
        self.block, self.cells = block, cells
        self.unit = cells.unit_of(block) if block.kind == "accounts" else ""
        self._in_labels = _free_weights(block)
        self._sure = {level: _sureness(block, level, self._in_labels) for level in self._in_labels}
        self._groups: dict[str, tuple[str, int]] = {}  # of each level the last label with points, and where it began

    def told(self) -> Iterator[Row]:
        """A row of a table beside another counts on from the last row a sheet has."""
        for row in self.block.rows:
            if row.total:
                continue
            beside = row.side * LAST_ROW
            cells = {field: self.cells.stated(entry, self.unit) for field, entry in row.entries.items()}
            began = {f: e.line.number + beside for f, e in row.entries.items() if e.line is not row.line}
            for level, name in self._in_labels.items():
                self._read_weight(row, level, name, cells, began)
            yield Row(row.line.number + beside, cells, began)

    def _read_weight(
        self, row: BlockRow, level: str, name: str, cells: dict[str, Stated], began: dict[str, int]
    ) -> None:
        """Points printed in a label (产出指标（50分）) are the weight of its group, of an indicator without weight its own.

        A label printed again on the next page begins no group.
        """
        label = row.entries[level].text if level in row.entries else ""
        points = _points(label, level)
        if not points:
            self._groups.pop(level, None)
            return
        first = began.get(level, row.line.number)
        if level != "name" and self._groups.get(level, ("", 0))[0] == label:
            first = self._groups[level][1]
        self._groups[level] = label, first
        cells[name] = Stated(points, cells[level].place, parse(points), sure=min(cells[level].sure, self._sure[level]))
        if first < row.line.number:
            began[name] = first


def _sureness(block: Block, level: str, levels: Mapping[str, str]) -> float:
    """How sure the points in the labels of one level are weights: beyond doubt where all print some, and not they alone.

    Beside them points stand in the labels of another level or in a column of weights.
    """
    beside = "weight" not in levels.values() or any(other != level and _all_print(block, other) for other in levels)
    return 1 if _all_print(block, level) and beside else _SUPPOSED


def _all_print(block: Block, level: str) -> bool:
    """Whether the label of a level prints points in every row."""
    rows = [row for row in block.rows if not row.total]
    return bool(rows) and all(level in row.entries and _points(row.entries[level].text, level) for row in rows)


def _points(label: str, level: str) -> str:
    if len(label) > LONGEST or label[-1:] not in _ENDS or not label:
        return ""
    points = heading(label).points
    return points if level != "name" or f"{points}分" in plain(label) else ""


def _free_weights(block: Block) -> Mapping[str, str]:
    """The levels whose labels may tell a weight, for no column does."""
    fields = {column.field for column in block.columns}
    names = _WEIGHTS_IN if block.kind == "indicators" else {}
    return {level: name for level, name in names.items() if level in fields and name not in fields}


def _details(block: Block, cells: Cells) -> Iterator[Row]:
    """What the money is spent for."""
    unit = cells.unit_of(block)
    for row in block.rows:
        if row.key == DETAIL:
            content = {CONTENT: cells.stated(row.label, "")} if row.label else {}
            yield Row(row.line.number, content | {f: cells.stated(e, unit) for f, e in row.entries.items()})
