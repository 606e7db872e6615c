"""From a grid and a placement to an Evaluation: everything as stated."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from jixiao.evaluation import Evaluation, Row, Stated
from jixiao.evaluation.stated import Part, Unread, unbroken
from jixiao.figures import INVISIBLE, POINTS, Figure, entered, parse, shown, unit_of, visible, without_note
from jixiao.findings import Finding
from jixiao.forms.drawing import Drawing, FactSpec, Kind, Slot, is_for_now, same
from jixiao.forms.placement import Anchors, Band, Placement, Spot
from jixiao.grid import Grid
from jixiao.ours import SCHEME_NAME

_NAMES = (".name", ".unit", ".department", ".level1", ".level2")
_GAP = rf"[\s{INVISIBLE}]*"


def read(
    grid: Grid,
    placement: Placement,
    drawing: Drawing,
    outside: Mapping[str, Stated] | None = None,
    defects: Sequence[Finding] = (),
    unplaced: Sequence[Stated] = (),
    unit: str = "",
) -> Evaluation:
    """Read one form. ``outside`` are facts found beyond the grid (the year above a Word table), ``unit`` that of its money."""
    reader = _Reader(grid, placement, drawing)
    facts, tables = {**(outside or {}), **reader.facts()}, reader.tables()
    return Evaluation(
        form=drawing.id,
        scheme=grid.constants.get(SCHEME_NAME, drawing.scheme),
        title=drawing.title,
        facts=facts,
        tables=tables,
        defects=defects,
        unplaced=unplaced,
        sums=drawing.sums,
        unread=list(_unread(facts, tables)),
        unit=unit,
    )


def _unread(facts: Mapping[str, Stated], tables: Mapping[str, Sequence[Row]]) -> Iterator[Unread]:
    """What stands in cells of which nobody has said yet what they are."""
    for fact, cell in facts.items():
        if is_for_now(fact) and not cell.blank:
            yield Unread(cell.place.label, cell.place, Part.LABEL)
    for name, rows in tables.items():
        for field in rows[0].cells if rows else ():
            filled = [row.cells[field] for row in rows if field in row.cells and not row.cells[field].blank]
            if filled and is_for_now(f"{name}.{field}"):
                yield Unread(filled[0].place.label, filled[0].place, Part.COLUMN)


def private_facts(grid: Grid, placement: Placement, drawing: Drawing) -> dict[str, Stated]:
    """The single facts an Evaluation leaves out (names of persons, telephones), for who copies the form."""
    return _Reader(grid, placement, drawing).facts(private=True)


def inner_text(text: str, slot: Slot) -> str:
    """What the user said inside a cell that also prints fixed words or boxes to tick."""
    if slot.ticks:
        chosen = re.search(r"(\w+)\s*[☑√✓■]|[☑√✓■]\s*(\w+)", visible(text))
        return (chosen[1] or chosen[2]) if chosen else "" if "□" in text or "☐" in text else text
    if slot.before or slot.after:
        pattern = _loose(slot.before) + r"(.*?)" + _loose(slot.after)
        match = re.fullmatch(pattern, text, re.S)
        return match[1].strip() if match else text
    return text


def told(text: str, spec: FactSpec) -> str:
    """What a cell says: of a name that somebody typed without the line breaks of a narrow column, else as it stands."""
    return unbroken(text) if spec.kind is not Kind.LABEL and spec.name.endswith(_NAMES) else text


BOX, TICKED = "□", "☑√✓✔■"
"""The box to tick of a form, and the signs that say it is ticked."""


def unticked(text: str) -> str:
    """What a cell with boxes prints while none of them is ticked."""
    return "".join(BOX if letter in TICKED else letter for letter in text)


def ticked(text: str, slot: Slot | None) -> str:
    """How a cell with boxes to tick prints a choice: ``优☑        良□ …``."""
    return slot.ticks.replace(f"{text}□", f"{text}☑") if slot and slot.ticks and text else text


def _loose(words: str) -> str:
    return _GAP.join(re.escape(letter) for letter in re.sub(r"\s+", "", words)).join((_GAP, _GAP))


def figure_in(text: str, spec: FactSpec, exact: Decimal | None = None) -> Figure | None:
    """The number a cell prints, in the unit the drawing names for it; ``exact`` is the one behind the print."""
    if exact is None:
        return _typed(text, spec)
    figure = shown(text, exact)
    if figure and figure.scale != 1:  # a number of 元, which its format prints in 万元
        _, scale = unit_of(spec.unit) or ("", Decimal(1))
        figure = figure.counted_in(scale)
    return figure.of(spec.unit) if figure and spec.unit else figure


def _typed(text: str, spec: FactSpec) -> Figure | None:
    """A number typed as text. Weights and scores are points, though no heading says so."""
    if spec.unit:
        return entered(text, spec.unit)
    figure = parse(without_note(text))
    return figure or (entered(text, POINTS) if spec.name.endswith(("weight", "score")) else None)


class _Reader:
    def __init__(self, grid: Grid, placement: Placement, drawing: Drawing) -> None:
        self.grid, self.placement, self.drawing = grid, placement, drawing
        self.anchors = Anchors(grid)

    def stated(self, row: int, anchor: Spot, fact: str, slot: Slot | None = None) -> Stated:
        """The cell that speaks for a position, called by its row even where it began further up."""
        cell = self.grid.at(*anchor)
        text = inner_text(cell.text, slot) if slot else cell.text
        if slot and slot.prompt:
            text = "" if same(text, slot.prompt) else text.strip().removeprefix(slot.prompt).strip()
        if any(same(text, prompt) for prompt in self.drawing.prompts.get(fact, ())):
            text = ""
        spec = self.drawing.spec(fact)
        text = told(text, spec)
        exact = cell.value if isinstance(cell.value, Decimal) else None
        place = self.grid.place(row, anchor[1], self.drawing.labels.get(fact, ""))
        figure = figure_in(text, spec, exact)
        return Stated(visible(text) if figure else text, place, figure, exact, cell.formula)

    def facts(self, private: bool = False) -> dict[str, Stated]:
        return {
            fact: self.stated(row, self.anchors.of(row, column), fact, self.drawing.slots.get(fact))
            for fact, (row, column) in self.placement.facts.items()
            if self._is_private(fact) is private
        }

    def _is_private(self, fact: str) -> bool:
        return self.drawing.spec(fact).kind is Kind.PRIVATE

    def tables(self) -> dict[str, list[Row]]:
        """The repeated blocks; columns that are private are placed, but not read."""
        tables = {}
        for name, band in self.placement.bands.items():
            columns = band.columns.items()
            public = {field: column for field, column in columns if not self._is_private(f"{name}.{field}")}
            if public:
                tables[name] = list(self.rows(name, band, public))
        return tables

    def rows(self, name: str, band: Band, columns: Mapping[str, int]) -> Iterator[Row]:
        for row in band.rows:
            anchors = {field: self.anchors.of(row, column) for field, column in columns.items()}
            cells = {field: self.stated(row, anchor, f"{name}.{field}") for field, anchor in anchors.items()}
            began = {field: top for field, (top, _) in anchors.items() if top < row}
            yield Row(row, cells, began, [field for field in columns if self._is_printed(f"{name}.{field}")])

    def _is_printed(self, fact: str) -> bool:
        return self.drawing.spec(fact).kind is Kind.LABEL
