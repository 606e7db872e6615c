"""A local form as the drawing its owner keeps: empty, with the words it prints, every cell that was not surely understood apart.

Nobody agreed to a guess. A doubtful cell gets a name that no rule knows, and what it may be is said beside it; a person
puts the right name there.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.doubts import UNKNOWN, sureness
from jixiao.figures import UNITS_OF_MONEY
from jixiao.forms.drawing import (
    Content,
    Drawing,
    DrawnRow,
    FactSpec,
    Kind,
    Label,
    Slot,
    is_for_now,
    squeezed,
)
from jixiao.forms.local import LocalForm
from jixiao.forms.local.drawn import drawn
from jixiao.forms.placement import Spot
from jixiao.forms.recognised import Recognised
from jixiao.places import Place

_LEVELS = ("level1", "level2")  # whose words the form prints itself
_FIRST_YEAR = 2020
_PRINTED = ("execution.weight",)  # a number that belongs to the form, not to the project


class Doubted(NamedTuple):
    """A cell or column that has a name of its own for now: what it may be, how sure that is, and under which words it stands."""

    fact: str
    place: Place
    guess: str = ""
    sure: float = 0


class Template(NamedTuple):
    """The drawing, and what of it a person has to look at."""

    drawing: Drawing
    doubted: Sequence[Doubted]

    @property
    def begun_again(self) -> list[str]:
        """The repeated blocks that go on below other rows."""
        return [band for band in self.drawing.bands if is_for_now(band)]


def template(form: LocalForm) -> Template:
    """The drawing of a form as its owner keeps it."""
    found = drawn(form, least=0)
    doubted = list(_doubted(form.evaluation, found))
    names = {one.guess: one.fact for one in doubted if one.guess}
    levels = _levels(found.drawing, names)
    rows = [_with_places(row, doubted) for row in _printed(found, levels)]
    rows = _apart([row._replace(cells=[_named(cell, names) for cell in row.cells]) for row in rows])
    drawing = found.drawing._replace(
        title=_title(found.drawing.title, form.evaluation.year),
        since=found.drawing.since or _FIRST_YEAR,
        rows=_gathered(rows),
        specs=[*_specs(found.drawing.specs, form.evaluation, found, names), *levels.values()],
    )
    return Template(drawing, doubted)


def _title(title: str, year: str) -> str:
    """What a form is called in any year."""
    for words in (f"（{year}年度）", f"({year}年度)", f"{year}年度", f"{year}年") if year else ():
        title = title.replace(words, "")
    return title.strip()


# ---------------------------------------------------------------- what is doubtful


def _doubted(evaluation: Evaluation, found: Recognised) -> Iterator[Doubted]:
    """What has no sure name: single cells, columns of repeated blocks, and the columns there that nobody understood."""
    unsure = [(name, cell) for name, cell in _single(evaluation, found) if sureness(name, cell) < 1]
    for number, (name, cell) in enumerate(unsure, 1):
        yield Doubted(f"doubtful.cell{number}", cell.place, name, sureness(name, cell))
    for table, band in found.placement.bands.items():
        for field, column in band.columns.items():
            cells = [row.cells[field] for row in evaluation.tables[table] if field in row.cells]
            sure = min(sureness(field, cell) for cell in cells)
            if sure < 1:
                yield Doubted(f"{table}.doubtful{column}", cells[0].place, f"{table}.{field}", sure)
        for column, cell in _unread(evaluation, table, band.columns.values()).items():
            yield Doubted(f"{table}.unread{column}", cell.place)


def _single(evaluation: Evaluation, found: Recognised) -> Iterator[tuple[str, Stated]]:
    return ((name, evaluation.facts[name]) for name in found.placement.facts if name in evaluation.facts)


def _unread(evaluation: Evaluation, table: str, taken: Collection[int]) -> dict[int, Stated]:
    """The columns of a repeated block that nobody understood, each with its first cell."""
    columns: dict[int, Stated] = {}
    for row in evaluation.tables[table]:
        for field, cell in row.cells.items():
            if field.startswith(UNKNOWN) and cell.place.column is not None and cell.place.column not in taken:
                columns.setdefault(cell.place.column, cell)
    return columns


def _with_places(row: DrawnRow, doubted: Iterable[Doubted]) -> DrawnRow:
    """A row in which what was typed into columns that nobody understood is a cell to fill, no word of the form."""
    cells = list(row.cells)
    for one in doubted:
        table, _, field = one.fact.partition(".")
        column = one.place.column
        if table in row.bands and not one.guess and column is not None and isinstance(cells[column - 1], Label):
            cells[column - 1] = Slot(f"{table}.{field}", band=table)
    return row._replace(cells=cells)


# ---------------------------------------------------------------- what the form prints itself


def _levels(drawing: Drawing, names: Mapping[str, str]) -> dict[str, FactSpec]:
    """The columns whose words the form prints (一级指标), with the heading they stand under."""
    found = {}
    for table, band in drawing.bands.items():
        for field in _LEVELS:
            column, fact = band.columns.get(field), f"{table}.{field}"
            heading = drawing.rows[band.header].cells[column - 1] if column and band.header >= 0 else None
            if fact not in names and isinstance(heading, Label) and squeezed(heading.text):
                found[fact] = FactSpec(fact, Kind.LABEL, heading=squeezed(heading.text))
    return found


def _printed(found: Recognised, levels: Collection[str]) -> Iterator[DrawnRow]:
    """The rows of the form with the words and numbers that belong to it, whatever project it is filled with."""
    above = {drawn_row: row for row, drawn_row in found.rows.items()}
    for i, row in enumerate(found.drawing.rows):
        cells = [_own_words(cell, found, (above[i], column), levels) for column, cell in enumerate(row.cells, 1)]
        yield row._replace(cells=cells)


def _own_words(cell: Content, found: Recognised, spot: Spot, levels: Collection[str]) -> Content:
    if not isinstance(cell, Slot):
        return cell
    if cell.fact in levels:
        return Label(found.grid.at(*spot).text)
    if cell.fact in _PRINTED:
        return cell._replace(default=found.evaluation.text(cell.fact))
    return cell


# ---------------------------------------------------------------- names and repeated rows


def _named(cell: Content, names: Mapping[str, str]) -> Content:
    return cell._replace(fact=_name(cell.fact, names)) if isinstance(cell, Slot) else cell


def _name(fact: str, names: Mapping[str, str]) -> str:
    """The name for now of a doubtful fact; the second of two facts of one kind (``project.unit.2``) as a name may be."""
    return names.get(fact) or ".".join(f"other{part}" if part.isdecimal() else part for part in fact.split("."))


def _apart(rows: Sequence[DrawnRow]) -> list[DrawnRow]:
    """A repeated block that begins again below other rows is another one, ``unread_indicators2``, until a person names it."""
    runs: dict[str, int] = {}
    apart, above = [], frozenset[str]()
    for row in rows:
        bands = frozenset(row.bands)
        for band in bands - above:
            runs[band] = runs.get(band, 0) + 1
        apart.append(row._replace(cells=[_of_run(cell, runs) for cell in row.cells]))
        above = bands if bands or not row.goes_on else above
    return apart


def _of_run(cell: Content, runs: Mapping[str, int]) -> Content:
    if not isinstance(cell, Slot) or not cell.band or runs[cell.band] == 1:
        return cell
    band = f"unread_{cell.band}{runs[cell.band]}"
    return cell._replace(fact=cell.fact.replace(cell.band, band, 1), band=band)


def _gathered(rows: Iterable[DrawnRow]) -> list[DrawnRow]:
    """Repeated rows that are alike become one, which a new form gets as often."""
    gathered: list[DrawnRow] = []
    for row, alike in groupby(rows):
        count = len(list(alike))
        gathered += [row._replace(repeat=count)] if row.repeat else [row] * count
    return gathered


# ---------------------------------------------------------------- how facts are filled


def _specs(
    specs: Sequence[FactSpec], evaluation: Evaluation, found: Recognised, names: Mapping[str, str]
) -> Iterator[FactSpec]:
    """What is sure of each fact, with the unit its form prints."""
    units = dict(_units(evaluation, found))
    said = {spec.name: spec for spec in specs if spec.name not in names}
    for fact in said | units:
        if fact not in names:
            yield said.get(fact, FactSpec(fact))._replace(name=_name(fact, names), unit=units.get(fact, ""))


def _units(evaluation: Evaluation, found: Recognised) -> Iterator[tuple[str, str]]:
    """The unit of money of every fact and column that states one."""
    for name, cell in _single(evaluation, found):
        if unit := _money([cell]):
            yield name, unit
    for table, band in found.placement.bands.items():
        for field in band.columns:
            if unit := _money([row.cells[field] for row in evaluation.tables[table] if field in row.cells]):
                yield f"{table}.{field}", unit


def _money(cells: Iterable[Stated]) -> str:
    """The one unit in which all these amounts are printed; empty where there are several, or none."""
    units = {cell.figure.heading for cell in cells if cell.figure}
    unit = units.pop() if len(units) == 1 else ""
    return unit if unit in UNITS_OF_MONEY else ""
