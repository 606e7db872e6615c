"""The unit in which a document states its money: what the document prints goes before what the official form prints.

A form that is drawn in 万元 is often printed and filled in 元. The words of the fund block decide, the lines above it and what
stands beside the figures: 项目资金（元）, 单位：元, 17.32万元. Where they contradict each other, or say nothing although the
official form does, the unit is not known: none is ever guessed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import partial
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.stated import one_line
from jixiao.figures import MONEY, bare, measured, unit_of
from jixiao.findings import Finding
from jixiao.forms.defects import DOUBTFUL, UNITS_DIFFER, differing_units
from jixiao.forms.drawing import Drawing, DrawnRow, FactSpec, Label
from jixiao.forms.placement import Placement, Spot
from jixiao.forms.reading import read
from jixiao.forms.units import ENDS, UNIT, Said, named_unit
from jixiao.grid import Cell, Grid, Paragraph
from jixiao.places import Place
from jixiao.wording.structure import units_differ

_BLOCKS = frozenset({"funds", "details"})  # what stands under one heading: 项目资金（万元）

_IN_BRACKETS = rf"[(（\[〔](?:金额)?(?:人民币)?{UNIT}(?:[,，、;；][^()（）]*)?[)）\]〕]"
_AT_END = rf"单位[:：]?(?:人民币)?{UNIT}{ENDS}|(?:^|[/／,，]|[数额金款算]){UNIT}$"
_LONGEST_LABEL = 60
_LINES_ABOVE = 5
"""How many paragraphs above a table may name its unit."""


class _Verdict(NamedTuple):
    """The unit of all amounts, empty where it is not known, and what is to be said about it.

    ``mixed`` tells that the columns are in different units.
    """

    unit: str
    defects: Sequence[Finding] = ()
    mixed: bool = False


def read_in_own_unit(
    grid: Grid,
    placement: Placement,
    drawing: Drawing,
    above: Sequence[Paragraph] = (),
    outside: Mapping[str, Stated] | None = None,
    defects: Sequence[Finding] = (),
    unplaced: Sequence[Stated] = (),
) -> tuple[Drawing, Evaluation]:
    """The drawing as this document prints it, in its own unit of money, and what the document states.

    ``above`` are the paragraphs between the form and the table before it.
    """
    amounts = dict(_amounts(placement, drawing))
    if not amounts:
        return drawing, read(grid, placement, drawing, outside, defects, unplaced)
    declared = next(iter(amounts.values()))
    verdict = _verdict(grid, amounts.keys(), above, declared if not _prints_unit(drawing) else "")
    own = drawing if verdict.unit == declared else _in_unit(drawing, declared, verdict.unit)
    evaluation = read(grid, placement, own, outside, [*defects, *verdict.defects], unplaced, verdict.unit)
    return own, evaluation.retold(partial(_doubted, amounts.keys())) if verdict.mixed else evaluation


def ensure_one_unit(evaluation: Evaluation, name: str) -> None:
    """Raises Refusal for a form that contradicts itself: a copy has one heading, and would settle what nobody has settled."""
    for defect in evaluation.defects:
        if defect.code == UNITS_DIFFER:
            raise Refusal(units_differ(name, defect.stated or ""))


def _amounts(placement: Placement, drawing: Drawing) -> Iterator[tuple[Spot, str]]:
    """Every cell for an amount of the fund block, and the unit the drawing names for it."""
    for fact, spot in placement.facts.items():
        if fact.partition(".")[0] in _BLOCKS and (unit := _money(drawing.spec(fact))):
            yield spot, unit
    for name in _BLOCKS & placement.bands.keys():
        band = placement.bands[name]
        for field, column in band.columns.items():
            if unit := _money(drawing.spec(f"{name}.{field}")):
                yield from (((row, column), unit) for row in band.rows)


def _money(spec: FactSpec) -> str:
    """The unit of an amount of money; empty for any other fact."""
    base, _ = unit_of(spec.unit) or ("", None)
    return spec.unit if base == MONEY else ""


def _verdict(grid: Grid, amounts: Set[Spot], above: Sequence[Paragraph], silent: str) -> _Verdict:
    """The unit a document states; ``silent`` where nothing in it says one."""
    said = [*_in_cells(grid, amounts), *_in_lines(above)]
    beside = [(grid.at(*spot), one) for spot, one in _beside(grid, amounts)]
    units = {one.unit for one in said} or {one.unit for _, one in beside}
    if len(units) > 1:
        return _contradiction(said or [one for _, one in beside])
    unit = next(iter(units), silent)
    other = [one for cell, one in beside if unit and one.unit != unit and _printed_as_it_counts(cell)]
    return _contradiction([*said, *other]) if other else _Verdict(unit)


def _contradiction(said: Sequence[Said]) -> _Verdict:
    each = list({one.unit: one for one in reversed(said)}.values())[::-1]
    defect = differing_units([one.place for one in each], [one.words for one in each])
    return _Verdict("", [defect], any(one.column for one in said))


def _in_cells(grid: Grid, amounts: Set[Spot]) -> Iterator[Said]:
    """What the labels of the block say, and the lines above it."""
    top, last = min(row for row, _ in amounts), max(amounts)
    columns = {column for _, column in amounts}
    named = (spot for spot, cell in grid.cells.items() if MONEY in cell.text and spot <= last and spot not in amounts)
    for row, column in sorted(named):
        text = _searched(grid.at(row, column).text)
        above = row < top - 1 and not _reaches(grid, (row, column), top - 1)
        if not above and column > max(columns):
            continue  # what stands right of the amounts speaks of something else
        unit = _unit_of_line(grid.at(row, column).text, _is_alone(grid, row)) if above else _unit_of_label(text)
        if unit:
            yield Said(unit, text, grid.place(row, column), row == top - 1 and column in columns)


def _in_lines(above: Sequence[Paragraph]) -> Iterator[Said]:
    for paragraph in above[-_LINES_ABOVE:]:
        if unit := _unit_of_line(paragraph.text, alone=True):
            yield Said(unit, _searched(paragraph.text), Place(paragraph=paragraph.number))


def _beside(grid: Grid, amounts: Set[Spot]) -> Iterator[tuple[Spot, Said]]:
    """What amounts print behind their own figure."""
    for spot in sorted(amounts):
        cell = grid.at(*spot)
        figure = measured(bare(cell.text).lstrip("¥￥")) if MONEY in cell.text else None
        if figure and figure.unit == MONEY:
            yield spot, Said(figure.heading, bare(cell.text), grid.place(*spot))


def _printed_as_it_counts(cell: Cell) -> bool:
    """Whether a number prints a unit that its value counts: 17.32 as 17.32万元, not 173200; a typed text says its own."""
    figure = cell.figure if not isinstance(cell.value, str) else None
    return figure is not None and figure.scale == 1


def _searched(text: str) -> str:
    """A label as it is searched; a text too long for one says nothing."""
    return one_line(text) if len(text) <= _LONGEST_LABEL else ""


def _unit_of_label(text: str) -> str:
    """The unit a label names: 项目资金（元）, 预算数/万元."""
    match = re.search(_IN_BRACKETS, text) or re.search(_AT_END, text)
    return match[match.lastindex or 0] if match else ""


def _unit_of_line(text: str, alone: bool) -> str:
    """The unit a line above a table names: 单位：元; a title, alone in its row, may end in it: 自评表（元）."""
    if unit := named_unit(text) if len(text) <= _LONGEST_LABEL else "":
        return unit
    title = re.search(_IN_BRACKETS, _searched(text)) if alone else None
    return title[1] if title and title.end() == len(title.string) else ""


def _is_alone(grid: Grid, row: int) -> bool:
    return sum(bool(bare(cell.text)) for (other, _), cell in grid.cells.items() if other == row) == 1


def _reaches(grid: Grid, spot: Spot, row: int) -> bool:
    """Whether a merged cell goes on down to a row."""
    return any((area.top, area.left) == spot and area.bottom >= row for area in grid.merges)


def _doubted(amounts: Set[Spot], cell: Stated) -> Stated:
    at = (cell.place.row, cell.place.column)
    return cell._replace(sure=DOUBTFUL) if at in amounts else cell


# ---------------------------------------------------------------- a drawing in another unit


def _prints_unit(drawing: Drawing) -> bool:
    """Whether the official form says its unit itself: then a document without it has lost it."""
    return any(_states_unit(cell) for row in drawing.rows for cell in row.cells)


def _states_unit(cell: object) -> bool:
    return isinstance(cell, Label) and MONEY in cell.text and bool(_unit_of_label(_searched(cell.text)))


def _in_unit(drawing: Drawing, old: str, new: str) -> Drawing:
    """The drawing as a document prints it that states its money in another unit, or in none."""
    rows = [_row_in_unit(row, old, new) for row in drawing.rows]
    return drawing._replace(rows=rows, specs=[_spec_in_unit(spec, old, new) for spec in drawing.specs])


def _row_in_unit(row: DrawnRow, old: str, new: str) -> DrawnRow:
    if not any(map(_states_unit, row.cells)):
        return row
    cells = [Label(_words_in_unit(cell.text, old, new)) if isinstance(cell, Label) else cell for cell in row.cells]
    return row._replace(cells=cells)


def _spec_in_unit(spec: FactSpec, old: str, new: str) -> FactSpec:
    if spec.name.partition(".")[0] not in _BLOCKS or spec.unit != old:
        return spec
    return spec._replace(unit=new, note=_words_in_unit(spec.note, old, new))


def _words_in_unit(text: str, old: str, new: str) -> str:
    """The same words with another unit; without one they lose the brackets and the clause that named it."""
    if new:
        return re.sub(rf"(?<![百千万亿]){old}", new, text)
    return re.sub(rf"\s*[(（](?:金额)?(?:单位[:：]?)?{old}[)）]|单位[:：]{old}。?", "", text)
