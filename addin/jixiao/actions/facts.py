"""所见: every fact and table of every form as it was understood, by its Chinese name, with its value and its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.plan import Plan
from jixiao.errors import Refusal
from jixiao.evaluation import Stated
from jixiao.evaluation.stated import without_unit
from jixiao.forms.recognise import Recognised, forms, is_known
from jixiao.grid import Document, Grid
from jixiao.places import Place
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
        """What the form itself calls it."""
        return self.cell.place.label or self.name

    @property
    def unit(self) -> str:
        return self.cell.figure.heading if self.cell.figure else ""

    def line(self) -> str:
        """``区级财政 实际支出数：17.29万元（F15）``."""
        return words.fact_line(self.label, without_unit(self.cell) + self.unit, self.cell.place, self.hidden)

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
            yield words.ROW.format(number=row[0].cell.place.row, cells=cells)

    def as_json(self) -> dict[str, object]:
        rows = [[seen.as_json() for seen in row] for row in self.rows]
        return {"name": self.name, "title": self.title, "rows": rows}


class SeenForm(NamedTuple):
    """One form: where it stands, what it was taken for, its facts, and its tables as far as anything is stated there."""

    place: Place
    form: str
    title: str
    scheme: str
    facts: Sequence[Seen]
    tables: Sequence[SeenTable]

    def lines(self) -> Iterator[str]:
        """A form for people: every fact a line, every row of a table a line."""
        yield form_line(self.place) + words.FORM.format(title=self.title, scheme=self.scheme)
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
    """All forms of a document as they were understood, in order; none if it holds no known form."""
    return [_seen(form) for form in forms(document) if is_known(form)]


def _seen(form: Recognised) -> SeenForm:
    evaluation, drawing = form.evaluation, form.drawing
    facts = sorted(_cells(evaluation.facts, form.grid), key=lambda seen: _position(seen.cell.place, drawing.width))
    tables = [
        SeenTable(name, drawing.bands[name].title, [_row(row.cells, form.grid) for row in evaluation.in_use(name)])
        for name in evaluation.tables
    ]
    used = [table for table in tables if table.rows]
    return SeenForm(form.grid.place(1, 1), drawing.id, drawing.title, evaluation.scheme, facts, used)


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
