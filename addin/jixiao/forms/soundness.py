"""What a drawing must keep so that every row and column of it is read: looked at once, when it is read.

Each check raises the first mistake with its line. Repeated rows that fell together into single facts, or columns that
moved, would be lost without a word.
"""

from collections.abc import Collection, Iterable, Sequence

from jixiao.forms.drawing import Continued, Drawing, FactSpec, Kind, Slot, speaks_for
from jixiao.forms.mistakes import Line, Mistake, known
from jixiao.relations.catalogue import BUDGETS, BY_BUDGET, is_points
from jixiao.wording import drawings as words


def check_cells(drawing: Drawing, lines: Sequence[Line]) -> None:
    """A fact stands in one cell, may be a name in a workbook, and is named like no repeated block."""
    if any(isinstance(cell, Continued) and cell.upward for cell in drawing.rows[0].cells):
        raise Mistake(lines[0], words.NOTHING_ABOVE)
    seen: dict[str, int] = {}
    for line, row in zip(lines, drawing.rows, strict=True):
        for _, slot in row.slots():
            if slot.fact not in seen:
                _check_name(slot.fact, line)
                _check_band(slot, drawing, line)
                seen[slot.fact] = line.number
            elif not slot.band or seen[slot.fact] == line.number:
                raise Mistake(line, words.TWICE.format(name=slot.fact, line=seen[slot.fact]))
            if row.repeat and not slot.band:
                raise Mistake(line, words.ALONE_IN_BAND.format(name=slot.fact))


def _check_band(slot: Slot, drawing: Drawing, line: Line) -> None:
    if slot.fact in drawing.bands or (slot.band and slot.fact.count(".") > 1):
        raise Mistake(line, words.BAND_AND_FACT.format(name=slot.fact))


def _check_name(name: str, line: Line) -> None:
    parts = name.split(".")
    plain = name.isascii() and name == name.lower() and all(map(str.isidentifier, parts))
    if not plain or parts[0] == "jx" or _is_like_a_cell(parts[-1]):
        raise Mistake(line, words.NAME.format(name=name))


def _is_like_a_cell(name: str) -> bool:
    """What spreadsheets take for an address (a1, r, c): no name of theirs."""
    letters = name.rstrip("0123456789")
    return name in {"r", "c"} or (letters != name and letters.isalpha() and len(letters) <= 3)


def check_bands(drawing: Drawing, lines: Sequence[Line]) -> None:
    """A repeated block has a header row, begins once, and keeps its columns."""
    for i, row in enumerate(drawing.rows):
        for column, slot in row.slots():
            if slot.band and drawing.bands[slot.band].columns[slot.fact.partition(".")[2]] != column:
                raise Mistake(lines[i], words.MOVED.format(name=slot.fact))
    for name, band in drawing.bands.items():
        first = lines[band.rows[0]]
        if band.header < 0 or drawing.rows[band.header].bands:
            raise Mistake(first, words.NO_HEADER.format(name=name))
        for i in range(band.rows[0], band.rows[-1]):
            if i not in band.rows and not drawing.rows[i].goes_on:
                again = next(row for row in band.rows if row > i)
                raise Mistake(lines[again], words.BEGUN_TWICE.format(name=name, line=first.number))


def check_specs(
    drawing: Drawing,
    specs: Sequence[tuple[Line, FactSpec]],
    extras: Sequence[tuple[Line, FactSpec]],
    titles: Sequence[tuple[Line, str]],
) -> None:
    """Every line about a fact means one that is drawn; headings stand; nothing is said twice."""
    columns = {f"{name}.{field}" for name, band in drawing.bands.items() for field in band.columns}
    for line, spec in extras:
        _check_name(spec.name, line)
        if spec.name in columns | drawing.slots.keys() | drawing.bands.keys():
            raise Mistake(line, words.TWICE_PRINTED.format(name=spec.name))
        columns.add(spec.name)
    names = columns | drawing.facts
    for line, spec in specs:
        if spec.heading and spec.name not in columns:
            raise Mistake(line, words.NO_HEADING.format(name=spec.name, heading=spec.heading))
        if spec.name not in names and not any(speaks_for(spec.name, name) for name in names):
            known(spec.name, names, line, words.NO_FACT)
    for line, name in titles:
        known(name, drawing.bands, line, words.NOT_REPEATED)
    _check_once([*((line, spec.name) for line, spec in specs), *titles])
    for line, spec in (*specs, *extras):
        _check_relation(spec, drawing, columns, line)


def _check_once(said: Iterable[tuple[Line, str]]) -> None:
    lines: dict[str, int] = {}
    for line, name in said:
        if lines.setdefault(name, line.number) != line.number:
            raise Mistake(line, words.TWICE.format(name=name, line=lines[name]))


def _check_relation(spec: FactSpec, drawing: Drawing, columns: Collection[str], line: Line) -> None:
    """Who computes has a relation; what it adds up is a column, in the same unit."""
    if (spec.kind in (Kind.COMPUTED, Kind.SUGGESTED)) is not bool(spec.relation):
        raise Mistake(line, words.RELATED.format(name=spec.name))
    name, _, argument = spec.relation.partition(" of ")
    if name in BY_BUDGET:
        _check_budget(name, argument, drawing, line)
    elif argument:
        known(argument, columns, line, words.NO_FACT)
        if drawing.spec(argument).unit != spec.unit:
            raise Mistake(line, words.UNITS.format(name=spec.name, argument=argument))


def _check_budget(relation: str, argument: str, drawing: Drawing, line: Line) -> None:
    """What a rate divides by is a column of amounts the form has; a score may tell its points besides."""
    budgets = {fact.rpartition(".")[2] for fact in drawing.facts} & set(BUDGETS)
    for word in argument.split():
        if not (relation == "execution-score" and is_points(word)):
            known(word, budgets, line, words.NO_FACT)
