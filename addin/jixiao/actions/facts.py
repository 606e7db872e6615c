"""所见: every fact and table of every form as it was understood, by its Chinese name, with its value and its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.plan import Plan
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation, Stage, Stated
from jixiao.evaluation.doubts import UNKNOWN
from jixiao.evaluation.stated import told, without_unit
from jixiao.forms.drawing import Drawing
from jixiao.forms.recognise import forms, is_known
from jixiao.grid import Document, Grid
from jixiao.places import LAST_COLUMN, Place
from jixiao.wording import commands
from jixiao.wording import facts as words
from jixiao.wording.rulings import form_line


class Seen(NamedTuple):
    """One cell: the name of its fact or column, what is stated there, and whether its row or column is hidden."""

    name: str
    cell: Stated
    hidden: bool

    @property
    def label(self) -> str:
        """What the form itself calls it; a column nobody knows is called by its own words."""
        return self.cell.place.label or words.LABELS.get(self.name) or self.name.removeprefix(UNKNOWN)

    @property
    def unit(self) -> str:
        return self.cell.figure.heading if self.cell.figure else ""

    def line(self) -> str:
        """``区级财政 实际支出数：17.29万元（F15）``."""
        return words.fact_line(self.label, told(self.cell), self.cell.place, self.hidden)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "label": self.label,
            "value": without_unit(self.cell) or None,
            "unit": self.unit or None,
            "place": self.cell.place.as_json(),
            "hidden": self.hidden,
        }


class SeenTable(NamedTuple):
    """A repeated block: its name, what people call it, and the rows in which anything is stated."""

    name: str
    title: str
    rows: Sequence[Sequence[Seen]]

    def lines(self) -> Iterator[str]:
        yield words.TABLE.format(title=self.title, count=len(self.rows))
        for row in self.rows:
            cells = "；".join(seen.line() for seen in row)
            number = max(seen.cell.place.row or 0 for seen in row)  # a merged label stands where it begins
            yield words.ROW.format(number=number, cells=cells)

    def as_json(self) -> dict[str, object]:
        rows = [[seen.as_json() for seen in row] for row in self.rows]
        return {"name": self.name, "title": self.title, "rows": rows}


class SeenForm(NamedTuple):
    """One form: where it stands, what it was taken for, its facts, and its tables as far as anything is stated there.

    ``known`` tells whether a drawing identifies it; ``unit`` is that of its money, empty where nothing says it.
    """

    place: Place
    form: str
    known: bool
    title: str
    scheme: str
    stage: Stage
    unit: str
    facts: Sequence[Seen]
    tables: Sequence[SeenTable]

    def lines(self) -> Iterator[str]:
        """A form for people: every fact a line, every row of a table a line."""
        told = (
            words.form(self.title, self.scheme) if self.known else words.local_form(self.title, self.stage, self.unit)
        )
        yield form_line(self.place) + told
        yield from (seen.line() for seen in self.facts)
        for table in self.tables:
            yield from table.lines()

    def as_json(self, file: str) -> dict[str, object]:
        """The public form: see ``facts --json`` in docs/guide.md."""
        return {
            "file": file,
            **({"sheet": self.place.sheet} if self.place.table is None else {"table": self.place.table}),
            "form": self.form,
            "title": self.title,
            "scheme": self.scheme,
            "stage": self.stage.value,
            "unit": self.unit or None,
            "facts": [seen.as_json() for seen in self.facts],
            "tables": [table.as_json() for table in self.tables],
        }


class Sight(NamedTuple):
    """All forms of a document as they were understood."""

    forms: Sequence[SeenForm]

    def lines(self) -> Iterator[str]:
        """Form by form, for people."""
        for form in self.forms:
            yield from form.lines()

    def as_json(self, file: str) -> list[dict[str, object]]:
        """The public form: see ``facts --json`` in docs/guide.md."""
        return [form.as_json(file) for form in self.forms]


def plan(document: Document) -> Plan:
    """List every fact and table. Raises Refusal if there is no form."""
    found = seen(document)
    if not found:
        raise Refusal(commands.no_form(document.name))
    return Plan(document, listing=Sight(found))


def seen(document: Document) -> list[SeenForm]:
    """All forms of a document as they were understood, in order; none if it holds none."""
    return [_seen(form.evaluation, form.grid, form.drawing if is_known(form) else None) for form in forms(document)]


def _seen(evaluation: Evaluation, grid: Grid, drawing: Drawing | None) -> SeenForm:
    width = drawing.width if drawing else LAST_COLUMN
    facts = sorted(_cells(evaluation.facts, grid), key=lambda seen: _position(seen.cell.place, width))
    tables = [
        SeenTable(name, _title(name, drawing), [_row(row.cells, grid) for row in evaluation.in_use(name)])
        for name in evaluation.tables
    ]
    return SeenForm(
        place=grid.place(1, 1),
        form=evaluation.form,
        known=drawing is not None,
        title=drawing.title if drawing else evaluation.title,
        scheme=evaluation.scheme,
        stage=evaluation.stage,
        unit=evaluation.unit,
        facts=facts,
        tables=[table for table in tables if table.rows],
    )


def _title(table: str, drawing: Drawing | None) -> str:
    """What people call a table: as its drawing does, by the usual word, or by its own."""
    if drawing:
        return drawing.bands[table].title
    return words.TABLES.get(table) or table.removeprefix(UNKNOWN)


def _cells(cells: Mapping[str, Stated], grid: Grid) -> Iterator[Seen]:
    for name, cell in cells.items():
        place = cell.place
        yield Seen(name, cell, place.row in grid.hidden_rows or place.column in grid.hidden_columns)


def _position(place: Place, width: int) -> tuple[bool, int, int]:
    """As the form is read: what is printed line by line, then what stands beside it."""
    return (place.column or 0) > width, place.row or 0, place.column or 0


def _row(cells: Mapping[str, Stated], grid: Grid) -> list[Seen]:
    stated = (seen for seen in _cells(cells, grid) if not seen.cell.blank)
    return sorted(stated, key=lambda seen: seen.cell.place.column or 0)
