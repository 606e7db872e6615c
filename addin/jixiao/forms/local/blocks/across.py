"""Fund tables whose sources stand side by side: 资金来源 | 合计 | 中央 | 省级, below them 预算数, 执行数 …"""

from jixiao.forms.local.blocks.block import BlockRow, Entry
from jixiao.forms.local.blocks.heads import Head
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary

_BUDGET = "adjusted"
_UNSAID = 0.8  # how sure figures are the budget where no word says so


class AcrossRows:
    """Reads the lines of such a table: one measure a line."""

    def __init__(self, head: Head, words: Vocabulary) -> None:
        self.head, self.words = head, words
        self.left = min(column.left for column in head.columns if column.field.endswith("@"))

    def read(self, line: Line) -> list[BlockRow] | None:
        """The figures of a line; None where the table has ended."""
        label = self._label(line)
        reading = self.words.read(label.text, "funds") if label else None
        measure, sure = (reading.field, reading.sure) if reading else (_BUDGET, _UNSAID)
        entries = self._entries(line, measure, label.text if label and reading else "", sure)
        if not any(entry.piece.numeric for entry in entries.values()):
            return None if line.said else []
        return [BlockRow(line, entries, label=Entry("", line, label, sure) if label and reading else None)]

    def _label(self, line: Line) -> Piece | None:
        """What stands left of the figures: the measure."""
        before = [p for p in line.pieces if p.right < self.left and p.text and p.text not in self.head.beside]
        return next((p for p in reversed(before) if not is_block(p, self.words)), None)

    def _entries(self, line: Line, measure: str, label: str, sure: float) -> dict[str, Entry]:
        """By ``source.measure`` the cells under the sources; what stands beside these is the total's (执行数 …)."""
        entries: dict[str, Entry] = {}
        for column in self.head.columns:
            piece = line.under(column.left, column.right)
            if column.left < self.left or not piece.fresh:
                continue  # it names the measures
            source = column.field.endswith("@")
            name = f"{column.field[:-1]}.{measure}" if source else f"total.{column.field}"
            words = f"{column.label} {label}" if label and source else column.label
            field = name if column.known else column.field
            entries[field] = Entry(field, line, piece, column.sure * sure, words, None, column)
        return entries
