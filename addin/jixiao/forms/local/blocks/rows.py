"""The rows of a table under its columns: a blank level means the one above it, until the level before it changes."""

from collections.abc import Iterable, Sequence

from jixiao.forms.local.blocks.block import LEVELS, POINTS, BlockRow, Column, Entry
from jixiao.forms.local.blocks.levels import is_band
from jixiao.forms.local.lines import Line, Piece

_DOTS = frozenset("….")
_SUPPOSED = 0.9  # how sure a line across the table is the first level
_OF_GROUPS = {"level1": 1, "group1_weight": 1, "level2": 2, "group2_weight": 2}
"""Fields whose cell stands for all rows of a group, and its level."""


GRADES = ("优", "良", "中", "差", "优秀", "良好", "合格", "不合格")


class Rows:
    """Reads the lines of one block; it remembers the groups the next line may belong to."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self.columns = columns
        self.sides = [[c for c in columns if c.side == side] for side in sorted({c.side for c in columns})]
        self._above: dict[tuple[str, int], Entry] = {}
        self._band: Entry | None = None  # the first level, where it stands across the table above its rows
        self._merged: dict[tuple[str, int], Entry] = {}  # the last cell of a column that goes on below

    def read(self, line: Line) -> list[BlockRow]:
        """The rows of a line, one for each of the tables that stand side by side; none for a line without own cells."""
        if is_band(line, self.columns):
            self._band = Entry(LEVELS[0], line, line.said[0], _SUPPOSED)
            return []
        taken: set[object] = set()
        rows = [self._row(line, columns, taken) for columns in self.sides]
        kept = [row for row in rows if row and any(self._is_own(row.line, entry) for entry in row.entries.values())]
        return [self._completed(row) for row in kept]

    def _row(self, line: Line, columns: Sequence[Column], taken: set[object]) -> BlockRow:
        entries: dict[str, Entry] = {}
        changed = 9  # the highest level that began in this line
        for column in columns:
            piece = line.under(column.left, column.right)
            if column.field in LEVELS and entries:
                piece = line.repeated(column.left) or piece
            if column.field in _OF_GROUPS and piece.text and set(piece.text) <= _DOTS:
                piece = piece._replace(text="")  # ……: more groups may be entered here
            free = piece.spot not in taken
            level = _OF_GROUPS.get(column.field, 0)
            key = column.field, column.side
            if piece.text and free:
                taken.add(piece.spot)
                entry = self._began(_entry(line, piece, column), key)
                if level:
                    before = self._above.get(key)
                    if column.field in LEVELS and (before is None or before.piece.spot != piece.spot):
                        changed = min(changed, level)
                    self._above[key] = entry
            elif level and not piece.text and key in self._above and self._goes_on(column.field, level, changed):
                entry = self._above[key]
            else:
                if level and not piece.text:
                    self._above.pop(key, None)
                entry = _entry(line, piece if free else _blank(line, column), column)
            entries[column.field] = entry
        return BlockRow(line, entries, columns[0].side)

    def _began(self, entry: Entry, key: tuple[str, int]) -> Entry:
        """The cell as it stands in the line in which it began."""
        if entry.piece.fresh:
            self._merged[key] = entry
            return entry
        before = self._merged.get(key)
        return before if before and before.piece.spot == entry.piece.spot else entry

    def _goes_on(self, field: str, level: int, changed: int) -> bool:
        """Whether a blank cell of a group belongs to the group above."""
        return changed > level or (field == "level1" and changed == 9)

    def _is_own(self, line: Line, entry: Entry) -> bool:
        """Whether something is stated in this very line."""
        return entry.line is line and bool(entry.text) and (entry.piece.fresh or entry.field not in _OF_GROUPS)

    def _completed(self, row: BlockRow) -> BlockRow:
        """The levels a table beside another shares with it, and the one across the table."""
        if self._band:
            row = row._replace(entries={LEVELS[0]: self._band} | dict(row.entries))
        shared = {level: self._above[level, 0] for level in LEVELS[:2] if (level, 0) in self._above}
        return row._replace(entries=shared | dict(row.entries)) if row.side else row


def _entry(line: Line, piece: Piece, column: Column) -> Entry:
    inner = None
    if column.choices and piece.text:
        inner = next((choice.text for choice in column.choices if choice.left <= piece.left <= choice.right), None)
    return Entry(column.field, line, piece, column.sure, column.label, inner, column)


def _blank(line: Line, column: Column) -> Piece:
    """What stands under a column whose cell belongs to the column before it."""
    return Piece(column.left, column.right, "", True, (line.row, column.left))


_SCORE = "分"


def total_row(line: Line, label: Piece, columns: Iterable[Column]) -> BlockRow:
    """A total below a table: what stands under its columns right of the words, blank points too."""
    entries: dict[str, Entry] = {}
    taken = {label.spot}
    for column in columns:
        piece = line.under(column.left, column.right)
        stated = piece.text or column.field in POINTS
        if stated and piece.spot not in taken and piece.left > label.left and column.field not in LEVELS:
            taken.add(piece.spot)
            field = "grade" if piece.text in GRADES else f"total.{column.field}"
            entries[field] = Entry(field, line, piece, column.sure, "", None, column)
    figures = [field for field, entry in entries.items() if entry.piece.numeric]
    if len(figures) == 1 and figures[0].partition(".")[2] not in POINTS and _SCORE in label.text:
        score = entries.pop(figures[0])  # 总分 | 99.6: the only figure is the score, whatever it stands under
        entries["total.score"] = score._replace(field="total.score", column=None)
    return BlockRow(line, entries, total=True, label=Entry("", line, label, 1.0))
