"""What a new sheet of ours holds: every stated value as stated, and formulas wherever they say the same."""

from collections.abc import Callable, Iterator, Mapping, Set
from decimal import Decimal
from typing import NamedTuple

from jixiao.evaluation import Evaluation, Stated
from jixiao.evaluation.known import ensure_known
from jixiao.figures import parse
from jixiao.formats import format_of, printed
from jixiao.forms.drawing import Drawing, FactSpec, Label
from jixiao.forms.layout import Layout, areas, first_rows, lay
from jixiao.forms.placement import Anchors, Spot
from jixiao.forms.reading import private_facts, ticked, told
from jixiao.forms.recognised import Recognised
from jixiao.forms.workings import Bound, Workings, operand
from jixiao.grid import BLANK, Cell, Value, is_failure
from jixiao.ours import FORM_NAME, FORMULAS_NAME, FUNCTIONS, NATIVE, SCHEME_NAME


class Content(NamedTuple):
    """What one cell holds: a value, perhaps a formula behind it, and a number format that prints it as stated."""

    value: Value
    formula: str | None = None
    number_format: str | None = None


class Filled(NamedTuple):
    """A form ready to be built: its layout, the contents of its fact cells, and the constants of its sheet."""

    layout: Layout
    contents: Mapping[Spot, Content]
    constants: Mapping[str, str]
    title: str = ""  # of the sheet it came from


def blank(drawing: Drawing, year: int, native: bool = False) -> Filled:
    """A new form: the year, the values the drawing itself prints, and every formula."""
    layout = lay(drawing, first_rows(drawing), lambda row, fact: "")
    return _filled(layout, {**_defaults(layout), **_year(layout, year)}, native, complete=True)


def carried(found: Recognised, native: bool = False) -> Filled:
    """A form recognised in a document: every value as stated; what is blank on the form stays blank.

    Raises Refusal where the result of a formula is not known.
    """
    ensure_known(found.evaluation.every_cell())
    copies = _Copies(found)
    layout = lay(found.drawing, copies.drawn, copies.text)
    stated = {spot: text for _, spot, text in copies.stated(layout)}
    texts = _with_prompts(layout, stated)
    filled = _filled(layout, texts, native, complete=False, unanswered=copies.unanswered(layout))
    return filled._replace(contents={**_numbers(layout), **filled.contents}, title=found.grid.title)


def renewed(
    found: Recognised, drawing: Drawing, year: int, keep: Callable[[str], bool], native: bool = False
) -> Filled:
    """Next year's form after last year's: the facts ``keep`` approves of, in the rows they had.

    Raises Refusal where the result of a formula is not known.
    """
    ensure_known(_kept(found.evaluation, keep))
    copies = _Copies(found._replace(drawing=drawing))
    layout = lay(drawing, copies.drawn, copies.text)
    stated = {spot: text for fact, spot, text in copies.stated(layout) if keep(fact)}
    stated = {**_with_prompts(layout, stated), **_year(layout, year)}
    return _filled(layout, stated, native, complete=True)._replace(title=found.grid.title)


def _kept(evaluation: Evaluation, keep: Callable[[str], bool]) -> Iterator[Stated]:
    """The cells of the facts that ``keep`` approves of."""
    yield from (cell for fact, cell in evaluation.facts.items() if keep(fact))
    for table, rows in evaluation.tables.items():
        yield from (cell for row in rows for field, cell in row.cells.items() if keep(f"{table}.{field}"))


def _year(layout: Layout, year: int) -> dict[Spot, str]:
    """The year in its cell, if the form has one."""
    spot = layout.placement.facts.get("year")
    return {spot: str(year)} if spot else {}


def _defaults(layout: Layout) -> dict[Spot, str]:
    heads = {(cell.row, cell.column) for cell in layout.cells}
    return {
        (row, column): slot.default
        for row, drawn in enumerate(layout.drawn, 1)
        for column, slot in layout.drawing.rows[drawn].slots()
        if slot.default and (row, column) in heads
    }


def _with_prompts(layout: Layout, stated: Mapping[Spot, str]) -> dict[Spot, str]:
    """The filling notes the form prints in its cells, before what anybody stated there."""
    texts = dict(stated)
    for row, drawn in enumerate(layout.drawn, 1):
        for column, slot in layout.drawing.rows[drawn].slots():
            text = texts.get((row, column))
            if slot.prompt and not (slot.band and text):
                texts[row, column] = f"{slot.default}\n{text}" if text else slot.default
    return texts


class _Copies:
    """Which rows of the document become which rows of the layout."""

    def __init__(self, found: Recognised) -> None:
        self.found = found
        self.grid, self.drawing = found.grid, found.drawing
        self.anchors = Anchors(found.grid)
        self.facts = {**found.evaluation.facts, **private_facts(found.grid, found.placement, found.drawing)}
        self.drawn: list[int] = []
        self.source: dict[int, int] = {}
        rows: dict[int, list[int]] = {}
        for row, j in sorted(found.rows.items()):
            rows.setdefault(j, []).append(row)
        for j, drawn in enumerate(self.drawing.rows):
            matched = rows.get(j, [])
            for row in matched if drawn.repeat else matched[:1]:
                self.source[len(self.drawn) + 1] = row
                self.drawn.append(j)
            if not matched:
                self.drawn += [j] * (drawn.repeat or 1)

    def text(self, row: int, fact: str) -> str:
        """What a repeated row of the layout will hold."""
        return told(self._cell(row, fact).text.strip(), self.drawing.spec(fact))

    def _cell(self, row: int, fact: str) -> Cell:
        source = self.source.get(row)
        prefix, _, field = fact.partition(".")
        band = self.found.placement.bands.get(prefix)
        if source is None or band is None or field not in band.columns:
            return BLANK
        head = self.anchors.of(source, band.columns[field])
        if head[0] < source and fact not in self.drawing.joined:
            return BLANK  # an amount merged over rows is stated once
        return self.grid.at(*head)

    def stated(self, layout: Layout) -> Iterator[tuple[str, Spot, str]]:
        """Every value of the document with its fact and its place in the layout."""
        for fact, spot in layout.placement.facts.items():
            if fact in self.facts:
                yield fact, spot, self.facts[fact].text.strip()
        singles = set(layout.placement.facts.values())
        for spot, fact in _band_facts(layout):
            if spot not in singles:
                yield fact, spot, self.text(spot[0], fact)

    def unanswered(self, layout: Layout) -> set[Spot]:
        """The cells whose formula left no value in the file: nobody stated that they are blank."""
        spots = {
            spot
            for fact, spot in layout.placement.facts.items()
            if fact in self.facts and self.facts[fact].blank and self.facts[fact].formula is not None
        }
        for (row, column), fact in _band_facts(layout):
            cell = self._cell(row, fact)
            if cell.formula is not None and not cell.text.strip():
                spots.add((row, column))
        return spots


def _numbers(layout: Layout) -> dict[Spot, Content]:
    """The numbers among the words of a form, which stand where nobody understands what they mean."""
    labels = ((cell.row, cell.column, cell.content) for cell in layout.cells)
    contents = {
        (row, column): _content(label.text, FactSpec("")) for row, column, label in labels if isinstance(label, Label)
    }
    return {spot: content for spot, content in contents.items() if isinstance(content.value, Decimal)}


def _band_facts(layout: Layout) -> Iterator[tuple[Spot, str]]:
    """Every cell of a repeated block that a user may fill, printed labels left out."""
    printed_words = {
        (cell.row + i, cell.column)
        for cell in layout.cells
        for i in range(cell.row_span)
        if not hasattr(cell.content, "fact") or i
    }
    for name, band in layout.placement.bands.items():
        for row in band.rows:
            for field, column in band.columns.items():
                if (row, column) not in printed_words:
                    yield (row, column), f"{name}.{field}"


def _filled(
    layout: Layout, stated: Mapping[Spot, str], native: bool, complete: bool, unanswered: Set[Spot] = frozenset()
) -> Filled:
    """Values as stated; formulas where they agree, where one failed, and, when ``complete``, where nothing is stated."""
    drawing = layout.drawing
    specs = _specs(layout)
    contents = {
        spot: _content(ticked(text, drawing.slots.get(specs[spot].name)), specs[spot])
        for spot, text in stated.items()
        if text and not is_failure(text)
    }
    failed = unanswered | {spot for spot, text in stated.items() if is_failure(text)}

    def follows(workings: Workings, bound: Bound) -> bool:
        shown = contents.get(bound.spot)
        if shown is None:
            beside = bound.spot[1] > drawing.width
            return complete or beside or bound.spot in failed or workings.computed(bound) is None
        return _agrees(workings, bound, shown)

    workings = Workings(
        drawing,
        layout.placement,
        drawing.scheme,
        lambda spot: operand(contents[spot].value) if spot in contents else None,
        areas(layout),
        follows,
    )
    formulas = {
        spot: Content(
            workings.shown(bound),
            workings.formula(bound, native),
            contents[spot].number_format if spot in contents else None,
        )
        for spot, bound in workings.bound.items()
        if follows(workings, bound)
    }
    constants = {FORM_NAME: drawing.id, SCHEME_NAME: drawing.scheme, FORMULAS_NAME: NATIVE if native else FUNCTIONS}
    return Filled(layout, {**contents, **formulas}, constants)


def _agrees(workings: Workings, bound: Bound, shown: Content) -> bool:
    """Whether the relation, printed the way the stated value is, gives what is stated."""
    computed = workings.computed(bound)
    if isinstance(computed, Decimal) and isinstance(shown.value, Decimal):
        number_format = shown.number_format or bound.spec.number_format
        return printed(computed, number_format) == printed(shown.value, number_format)
    return workings.shown(bound) == shown.value


def _content(text: str, spec: FactSpec) -> Content:
    figure = parse(text)
    if figure is None or spec.number_format == "@":
        return Content(text)
    number_format = format_of(figure, text, spec.number_format)
    if number_format is None:
        return Content(text)
    return Content(figure.value, None, None if number_format == spec.number_format else number_format)


def _specs(layout: Layout) -> dict[Spot, FactSpec]:
    drawing = layout.drawing
    specs = {spot: drawing.spec(fact) for fact, spot in layout.placement.facts.items()}
    for name, band in layout.placement.bands.items():
        for field, column in band.columns.items():
            spec = drawing.spec(f"{name}.{field}")
            for row in band.rows:
                specs.setdefault((row, column), spec)
    return specs
