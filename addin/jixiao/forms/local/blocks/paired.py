"""Fund tables in which every amount stands right of its own words: 预算数 312 | 执行数 312, below 财政拨款 312 | 财政拨款 300.

The words of the first row say what is measured, those below it whose money it is, once for each measure.
"""

from collections.abc import Iterator, Sequence

from jixiao.forms.local.blocks.block import AMOUNTS, RATES, UNKNOWN, Block, BlockRow, Column, Entry
from jixiao.forms.local.blocks.evidence import weighed
from jixiao.forms.local.blocks.funds import CONTENT, SUPPOSED, settled
from jixiao.forms.local.blocks.kinds import is_block
from jixiao.forms.local.headings import heading, squeezed
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.vocabulary import Vocabulary

_LEAST_CELLS = 3  # two names and a figure
_ALONE = 0.9  # how sure the first row is the total where no row below says 其中


def paired_at(lines: Sequence[Line], i: int, words: Vocabulary) -> tuple[Block | None, int]:
    """The fund block that begins with a line, and where it ends; none where no such table begins."""
    above = None
    columns = _columns(lines[i], words)
    if not columns and i + 1 < len(lines) and (columns := _columns(lines[i + 1], words)):
        above, i = lines[i], i + 1
    if not columns or (above and not _heads(above, words)):
        return None, i
    below = list(_rows(lines[i + 1 :], columns, words))
    among = any(heading(row.label.piece.text).among for row in below if row.label)
    rows = [_total(lines[i], columns, _beyond(above, lines[i], words), 1.0 if among else _ALONE), *below]
    heads = [line for line in (above, lines[i]) if line]
    label = next((p.text for line in heads for p in line.pieces if is_block(p, words, "funds")), "")
    unit = heading(label).unit or next((c.unit for c in columns if c.unit), "")
    return weighed(Block("funds", columns, settled(rows), heads, label, unit)), i + len(rows)


def _columns(line: Line, words: Vocabulary) -> list[Column]:
    """What is measured in a first row: two or more names of amounts, each with its figure or a blank beside it."""
    if len(line.said) < _LEAST_CELLS or not any(piece.numeric for piece in line.said):
        return []
    found = [column for piece in line.said if (column := _column(line, piece, words))]
    figures = sum(_beside(line, column.piece).numeric for column in found)
    distinct = len({column.field for column in found}) == len(found)
    return found if len(found) > 1 and figures and distinct else []


def _column(line: Line, piece: Piece, words: Vocabulary) -> Column | None:
    reading = None if piece.numeric else words.read(piece.text, "funds")
    value = _beside(line, piece)
    if reading is None or reading.field not in AMOUNTS or heading(piece.text).value or not _may_be_amount(value):
        return None
    said = heading(piece.text)
    return Column(reading.field, piece.left, value.right, squeezed(piece.text), reading.sure, line, piece, said.unit)


def _beside(line: Line, label: Piece) -> Piece:
    """The figure right of a label, behind blanks too (a merge undone), else the cell beside it."""
    behind = line.behind(label)
    return behind if behind and behind.numeric else line.over(label.right + 1)


def _may_be_amount(piece: Piece) -> bool:
    return piece.numeric or not piece.text


def _heads(line: Line, words: Vocabulary) -> bool:
    """Whether a line only says what stands below it: 预算安排情况 | 资金到位情况 | 资金执行情况 | 预算执行进度."""
    known = [piece for piece in line.said if words.read(piece.text, "funds") or is_block(piece, words, "funds")]
    return len(known) > 1 and not any(piece.numeric for piece in line.said)


def _beyond(above: Line | None, line: Line, words: Vocabulary) -> dict[str, Entry]:
    """The rate, if the line above the first row says where it stands."""
    for piece in above.said if above else ():
        reading = words.read(piece.text, "funds")
        value = line.under(piece.left, piece.right)
        if above and reading and reading.field in RATES and value.numeric:
            words_said = squeezed(piece.text)
            column = Column(reading.field, piece.left, piece.right, words_said, reading.sure, above, piece)
            return {reading.field: Entry(reading.field, line, value, reading.sure, words_said, None, column)}
    return {}


def _total(line: Line, columns: Sequence[Column], beyond: dict[str, Entry], sure: float) -> BlockRow:
    entries = {c.field: Entry(c.field, line, _beside(line, c.piece), c.sure * sure, c.label, None, c) for c in columns}
    return BlockRow(line, entries | beyond, key="total", label=Entry(CONTENT, line, columns[0].piece, sure))


def _rows(lines: Sequence[Line], columns: Sequence[Column], words: Vocabulary) -> Iterator[BlockRow]:
    """The sources: rows that say one source over and over, under each measure."""
    for line in lines:
        labels = [line.over(column.left) for column in columns]
        cores = {heading(label.text).core for label in labels}
        amounts = all(_may_be_amount(_beside(line, label)) for label in labels)
        own = all(
            p.text and p.fresh and not p.numeric and p.left == c.left for p, c in zip(labels, columns, strict=True)
        )
        if len(cores) != 1 or not own or not amounts:
            return
        reading = words.read(labels[0].text, "source")
        key, sure = (reading.field, reading.sure) if reading else (UNKNOWN + cores.pop(), SUPPOSED)
        entries = {
            column.field: _entry(line, label, column, sure) for label, column in zip(labels, columns, strict=True)
        }
        yield BlockRow(line, entries, key=key, label=Entry(CONTENT, line, labels[0], sure))


def _entry(line: Line, label: Piece, column: Column, sure: float) -> Entry:
    said = f"{squeezed(label.text)} {column.label}"
    return Entry(column.field, line, _beside(line, label), column.sure * sure, said, None, column)
