"""What of a form was not understood, by its own words, and what fits nowhere."""

import re
from collections.abc import Iterator

from jixiao.evaluation import Stated, Unread
from jixiao.evaluation.stated import Part
from jixiao.forms.local import money
from jixiao.forms.local.blocks.block import TABLE, Block
from jixiao.forms.local.blocks.levels import TOPIC
from jixiao.forms.local.blocks.reader import Reader
from jixiao.forms.local.headings import plain, squeezed
from jixiao.forms.local.lines import Line, Piece
from jixiao.forms.local.sections import Section, is_title
from jixiao.places import Place

_HEAD = re.compile(r"\(?(?:20\d\d)?年度?\)?|附(?:件|表)[\d-]{0,5}:?|(?:公开|预算|财决|自评)?\d{0,2}-?\d{0,2}表")


def unread_of(reader: Reader) -> Iterator[Unread]:
    """Tables, columns, rows and labels that nobody knows, and columns that contradict their heading."""
    for block in reader.blocks:
        yield from _of_table(block) if block.kind == TABLE else _of_block(block)
    for line, piece, part in reader.unknown:
        yield Unread(squeezed(piece.text), _at(line, piece), part)


def unplaced_of(reader: Reader, section: Section) -> Iterator[Stated]:
    """Every text that is nothing of the form; what heads it is understood."""
    heads = {said.spot for said in section.above if said.line and _is_head(said.text)}
    heads.update(piece.spot for piece in money.units_alone(section))
    for line, piece in (*reader.unplaced(), *section.beside):
        if piece.spot not in heads:
            yield Stated(line.grid.at(*piece.spot).text, _at(line, piece))


def _of_table(block: Block) -> Iterator[Unread]:
    first = block.columns[0]
    yield Unread("、".join(column.label for column in block.columns), _at(first.line, first.piece), Part.TABLE)


def _of_block(block: Block) -> Iterator[Unread]:
    for column in block.columns:
        if not column.known or column.field == TOPIC:
            yield Unread(column.label, _at(column.line, column.piece), Part.COLUMN)
    for column in block.contradicted:
        yield Unread(column.label, _at(column.line, column.piece), Part.COLUMN, contradicted=True)
    for row in block.rows:
        if row.key.startswith("?") and row.label and row.label.piece.text:
            yield Unread(squeezed(row.label.piece.text), _at(row.line, row.label.piece), Part.ROW)


def _at(line: Line, piece: Piece) -> Place:
    return line.grid.place(*piece.spot)


def _is_head(text: str) -> bool:
    """Whether a line above a form is its title, its year, its unit of money, or what annex it is."""
    flat = plain(text)
    return is_title(text) or bool(_HEAD.fullmatch(flat)) or bool(money.ABOVE.search(flat))
