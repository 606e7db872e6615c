"""The single facts of a form, each by its name; what is stated twice is kept twice."""

import re
from collections.abc import Collection, Iterator, Sequence

from jixiao.evaluation import Stated
from jixiao.figures import bare, parse
from jixiao.forms.local.blocks.block import ACROSS, Block, BlockRow, Entry
from jixiao.forms.local.blocks.funds import DETAIL
from jixiao.forms.local.blocks.pairs import heard
from jixiao.forms.local.headings import plain, squeezed
from jixiao.forms.local.sections import Heard, is_title
from jixiao.forms.local.telling.cells import Cells, figure
from jixiao.forms.local.vocabulary import Vocabulary
from jixiao.places import Place

PRIVATE = frozenset({"project.leader", "project.phone", "finance.leader", "report.filler", "report.checker"})
"""Facts that name persons; they are read, so that nothing else is made of them, and not told."""

_TOLD_AS_FACTS = ("funds", ACROSS, "goal")
_YEAR = re.compile(r"(20\d\d)年?度?")
_LONGEST_YEAR, _LONGEST_LINE = 14, 100
_ONCE = ("total.", "grade")
"""What a form states once; the last of several is the likeliest."""

_ONE_OF_SEVERAL = 0.7


def facts_of(
    entries: Sequence[Entry], blocks: Sequence[Block], above: Sequence[Heard], words: Vocabulary, cells: Cells
) -> dict[str, Stated]:
    """All facts by name: of the lines above, of labels with values, of funds, goals and totals."""
    facts: dict[str, Stated] = {}
    year = _year(above)
    if year:
        facts["year"] = year
    for entry in _headings_last(entries, above):
        if entry.field not in PRIVATE:
            _enter(facts, entry.field, cells.stated(entry, cells.unit_beside(entry)))
    for block in blocks:
        for name, cell in _of_block(block, cells):
            _enter(facts, name, cell)
    _settle_goals(facts)
    for name, cell in _heard(above, set(facts), words):
        facts.setdefault(name, cell)
    return facts


def _headings_last(entries: Sequence[Entry], above: Sequence[Heard]) -> Sequence[Entry]:
    """What the lines above a table state comes after what the table states, as it does with the paragraphs above one."""
    heads = {said.spot for said in above if said.line}
    return sorted(entries, key=lambda entry: entry.piece.spot in heads)


def _of_block(block: Block, cells: Cells) -> Iterator[tuple[str, Stated]]:
    """The facts of a block of money or goals, and the totals of any."""
    unit = cells.unit_of(block)
    for row in block.rows:
        if row.total or block.kind in _TOLD_AS_FACTS:
            for field, entry in row.entries.items():
                name = _name(block, row, field)
                if name and entry.piece.fresh and entry.line is row.line:
                    yield name, cells.stated(entry, unit, _label(row, entry))


def _name(block: Block, row: BlockRow, field: str) -> str:
    """What a cell of a row is called as a single fact; empty for a cell of a table."""
    if row.total:
        return field
    if block.kind == "goal":
        return field if field.startswith("?") else f"goal.{field}"
    if block.kind == ACROSS:
        return f"funds.{field}"
    if row.key == DETAIL:
        return ""
    own = row.key == "total" and field in ("weight", "score")
    return f"execution.{field}" if own else f"funds.{row.key}.{field}"


def _label(row: BlockRow, entry: Entry) -> str:
    """What a cell of a total is called; the others know it themselves."""
    if not row.total or row.label is None:
        return ""
    return f"{squeezed(row.label.piece.text)} {entry.column.label if entry.column else ''}".strip()


def _year(above: Sequence[Heard]) -> Stated | None:
    """The year the form is for: in brackets or words above it."""
    for said in above:
        flat = plain(said.text)
        match = _YEAR.search(flat) if len(flat) < _LONGEST_LINE else None
        if match and (len(flat) < _LONGEST_YEAR or is_title(said.text) or "年度" in flat):
            return Stated(match[1], said.place, parse(match[1]))
    return None


def _heard(above: Sequence[Heard], known: Collection[str], words: Vocabulary) -> Iterator[tuple[str, Stated]]:
    """What the paragraphs above the table state and the table does not."""
    for said in above:
        for reading, label, value in heard(said.text, words) if said.number is not None else ():
            if reading.field not in known and reading.field not in PRIVATE:
                place = Place(paragraph=said.number, label=squeezed(label))
                yield reading.field, Stated(value, place, figure(value, None, "", True))


def _enter(facts: dict[str, Stated], name: str, cell: Stated) -> None:
    """Enter a fact; a form may state one twice: the surer keeps the name, and if they differ neither is certain."""
    known = facts.get(name)
    if known is None:
        facts[name] = cell
        return
    if known.place.spot == cell.place.spot:
        return
    differ = bare(known.text) != bare(cell.text) and not known.blank and not cell.blank
    if differ and (name.startswith(_ONCE) or (name.startswith("funds.") and known.sure == cell.sure)):
        known, cell = (one._replace(sure=min(one.sure, _ONE_OF_SEVERAL)) for one in (known, cell))
    later = cell.sure > known.sure or (known.blank and not cell.blank) or (name.startswith(_ONCE) and not cell.blank)
    first, second = (cell, known) if later else (known, cell)
    facts[name] = first
    number = 2
    while f"{name}.{number}" in facts:
        number += 1
    facts[f"{name}.{number}"] = second


def _settle_goals(facts: dict[str, Stated]) -> None:
    """Of two goals the one that names the year is the year's: 项目总目标 beside 年度目标 is that of the whole project."""
    first, second = facts.get("goal.expected"), facts.get("goal.expected.2")
    if first and second and "goal.medium" not in facts and ("年" in second.place.label) > ("年" in first.place.label):
        facts["goal.expected"], facts["goal.medium"] = second, first
        del facts["goal.expected.2"]
