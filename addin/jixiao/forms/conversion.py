"""A form in the layout of another drawing: each fact under its own name, each row under a group of the same words.

What the other drawing has no place for stays behind: nothing is put where it only might belong. Amounts are counted in the
unit the other form prints.
"""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Row, Stated
from jixiao.evaluation.known import ensure_known
from jixiao.evaluation.stated import failed
from jixiao.figures import MONEY, ZERO, bare, entered, parse, plain, unit_of, without_note
from jixiao.forms.drawing import Continued, Drawing, Label, Slot, same
from jixiao.forms.layout import lay
from jixiao.forms.local.headings import plain as half_width
from jixiao.forms.placement import Placement, Spot
from jixiao.forms.reading import ticked
from jixiao.forms.recognised import Recognised
from jixiao.grid import Cell, Grid
from jixiao.places import Where

_LEVELS = ("level1", "level2")
_MEASURED = ("target", "actual")


class UnitUnknown(Exception):
    """There are amounts, and nothing certain says what they are counted in."""


class Converted(NamedTuple):
    """The form on the other drawing, and the cells of the document all of whose words stand there."""

    form: Recognised
    placed: Set[Where]


def converted(
    source: Evaluation, private: Mapping[str, Stated], drawing: Drawing, words: Mapping[Where, str]
) -> Converted | None:
    """What a form states beyond doubt, on another drawing; None if that has a place for nothing of it.

    ``private`` are the facts that name persons, ``words`` all texts of the document by where they stand. Raises UnitUnknown,
    and Refusal where the result of a formula is not known.
    """
    ensure_known(source.every_cell())
    return _Conversion(source.certain, private, drawing, words).done()


def labels_of(drawing: Drawing) -> frozenset[str]:
    """The words a form prints itself, and those beside it, as they are compared."""
    labels = [cell.text for row in drawing.rows for cell in row.cells if isinstance(cell, Label)]
    return frozenset(compared(text) for text in (*labels, *(spec.label for spec in drawing.extras)))


def compared(text: str) -> str:
    """A label as it is compared: it has lost nothing but blanks, its colon, and the width of its signs."""
    return half_width(text).rstrip(":")


class _Conversion:
    def __init__(
        self, source: Evaluation, private: Mapping[str, Stated], drawing: Drawing, words: Mapping[Where, str]
    ) -> None:
        self.source, self.private, self.drawing, self.words = source, private, drawing, words
        self.placed: set[Where] = set()

    def done(self) -> Converted | None:
        facts = {fact: text for fact in sorted(self.drawing.facts) if (text := self._fact(fact))}
        rows = self._rows()
        if not (facts.keys() - {"year"} or any(texts for _, texts in rows)):
            return None
        texts = {number: texts for number, (_, texts) in enumerate(rows, 1)}
        drawn = [j for j, _ in rows]
        placement = lay(self.drawing, drawn, lambda row, fact: texts[row].get(fact, "")).placement
        grid = Grid("", {spot: Cell(text, text) for spot, text in _on_sheet(placement, facts, texts)})
        stated = {fact: Stated(text, grid.place(*placement.facts[fact])) for fact, text in facts.items()}
        evaluation = Evaluation(self.drawing.id, self.drawing.scheme, self.drawing.title, stated, {})
        found = Recognised(grid, self.drawing, placement, dict(enumerate(drawn, 1)), evaluation)
        return Converted(found, self.placed)

    def _fact(self, fact: str) -> str:
        cell = self.source.facts.get(fact) or self.private.get(fact)
        return self._text(fact, cell, self.drawing.slots.get(fact)) if cell else ""

    # ------------------------------------------- rows of repeated blocks

    def _rows(self) -> list[tuple[int, Mapping[str, str]]]:
        """Every row of the new form: the index of its drawn row, and what its columns hold."""
        waiting = {name: list(self.source.in_use(name)) for name in self.drawing.bands}
        rows: list[tuple[int, Mapping[str, str]]] = []
        for j, drawn in enumerate(self.drawing.rows):
            taken = [self._taken(j, name, waiting[name]) for name in sorted(drawn.bands)]
            number = max(map(len, taken), default=0) if taken else 0
            for i in range(max(number, drawn.repeat, 1)):
                rows.append((j, {fact: text for own in taken if i < len(own) for fact, text in own[i].items()}))
        return rows

    def _taken(self, j: int, name: str, waiting: list[Row]) -> list[Mapping[str, str]]:
        """The rows that belong into a drawn one, no longer waiting: one, or all if it is repeated."""
        most = len(waiting) if self.drawing.rows[j].repeat else 1
        own = [row for row in waiting if self._belongs(j, name, row)][:most]
        for row in own:
            waiting.remove(row)
        return [self._columns(j, name, row) for row in own]

    def _belongs(self, j: int, name: str, row: Row) -> bool:
        """Whether the group of a drawn row has the words of the row's own; what the user writes there takes any."""
        named = [cell for field, cell in row.cells.items() if field not in _LEVELS and not cell.blank]
        return bool(named) and all(
            (cell := row.cells.get(level)) is not None and not cell.blank and (words is None or same(cell.text, words))
            for level, words in self._group(j, name).items()
        )

    def _group(self, j: int, name: str) -> Mapping[str, str | None]:
        """The levels of a drawn row with the words printed for them; None where the user writes them."""
        columns = self.drawing.bands[name].columns
        cells = {level: self._owner(j, columns[level]) for level in _LEVELS if level in columns}
        return {level: cell.text if isinstance(cell, Label) else None for level, cell in cells.items()}

    def _owner(self, j: int, column: int) -> Label | Slot | Continued:
        """The cell that goes on down into a drawn row, or the one that stands there."""
        cell = self.drawing.rows[j].cells[column - 1]
        while isinstance(cell, Continued) and cell.upward and j:
            j -= 1
            cell = self.drawing.rows[j].cells[column - 1]
        return cell

    def _columns(self, j: int, name: str, row: Row) -> Mapping[str, str]:
        """What of a row has a column; what is merged over several rows stays behind, but for labels and weights of groups."""
        slots = {slot.fact: slot for _, slot in self.drawing.rows[j].slots() if slot.band == name}
        extras = {spec.name: None for spec in self.drawing.extras if spec.name.partition(".")[0] == name}
        alone = self._alone(name, row)
        texts = {}
        for fact, slot in {**slots, **extras}.items():
            field = fact.partition(".")[2]
            cell = alone.get(field) or (row.cells.get(field) if fact in self.drawing.joined else None)
            if cell and (text := self._text(fact, cell, slot)):
                texts[fact] = self._measured(field, text, alone) if field in _MEASURED else text
        return texts

    def _alone(self, name: str, row: Row) -> Mapping[str, Stated]:
        """The cells of a row that stand for no other row."""
        others = self.source.tables[name]
        shared = {field for other in others for field, top in other.began.items() if top == row.number}
        return {field: cell for field, cell in row.cells.items() if field not in row.began and field not in shared}

    def _measured(self, field: str, text: str, row: Mapping[str, Stated]) -> str:
        """A number with the sign before it and its unit, where the new form has no columns of their own for these."""
        figure = parse(text)
        if figure is None:
            return text
        sign = self._without_column("nature", row) if field == "target" else ""
        return sign + text + ("" if figure.percent else self._without_column("unit", row))

    def _without_column(self, field: str, row: Mapping[str, Stated]) -> str:
        """A sign (≥) or a unit (人次) that stands in a column the new form does not have."""
        cell = row.get(field)
        known = f"indicators.{field}" in self.drawing.labels
        text = bare(cell.text) if cell and not known and not failed(cell) else ""
        if cell is None or not text or (field == "nature" and any(map(str.isalnum, text))):
            return ""
        self.placed.add(cell.place.spot)
        return text

    # ------------------------------------------- one cell

    def _text(self, fact: str, cell: Stated, slot: Slot | None) -> str:
        """What a cell states as the new form prints it."""
        if cell.blank or failed(cell):
            return ""
        unit = self.drawing.spec(fact).unit
        of_money = (unit_of(unit) or ("",))[0] == MONEY
        text = _amount(cell, unit) if of_money and cell.figure else bare(cell.text)
        words = self.words.get(cell.place.spot, "")
        if _says(words, text, slot) or (of_money and _is_amount(words, cell)):
            self.placed.add(cell.place.spot)
        return text


def _amount(cell: Stated, unit: str) -> str:
    """An amount in another unit, exactly. Raises UnitUnknown where it has none."""
    figure, known = cell.figure, unit_of(unit)
    if figure is None or known is None or figure.heading == unit:
        return _number(cell)
    if figure.unit != MONEY:
        if figure.value == ZERO:
            return _number(cell)
        raise UnitUnknown
    value = figure.counted_in(known[1]).value
    return max(plain(value), f"{value:.2f}", key=len)


def _number(cell: Stated) -> str:
    """The number a cell prints, as it prints it where that is a number alone."""
    text = bare(cell.text)
    return text if cell.figure is None or entered(text, "") else plain(cell.figure.value)


def _is_amount(words: str, cell: Stated) -> bool:
    """Whether a cell says its amount and nothing else."""
    heading = cell.figure.heading if cell.figure else ""
    return without_note(bare(words)) == bare(words) and entered(bare(words), heading or MONEY) is not None


def _says(words: str, text: str, slot: Slot | None) -> bool:
    """Whether a cell of the document says just what will stand in that of the new form."""
    printed = {text, ticked(text, slot), f"{slot.before}{text}{slot.after}" if slot else text}
    return half_width(words) in {half_width(each) for each in printed}


def _on_sheet(
    placement: Placement, facts: Mapping[str, str], texts: Mapping[int, Mapping[str, str]]
) -> Iterator[tuple[Spot, str]]:
    """Where on the new sheet everything stands."""
    for fact, text in facts.items():
        yield placement.facts[fact], text
    for name, band in placement.bands.items():
        for row in band.rows:
            for field, column in band.columns.items():
                if text := texts[row].get(f"{name}.{field}", ""):
                    yield (row, column), text
