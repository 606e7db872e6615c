"""所见: every fact and table of every form as it was understood, by its Chinese name, with its value and its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.evaluation import Row, Stated
from jixiao.forms.drawing import Drawing
from jixiao.forms.recognise import Recognised, forms
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import facts as words
from jixiao.wording.rulings import form_line


class Seen(NamedTuple):
    """One cell: the name of its fact or column, and what is stated there."""

    name: str
    cell: Stated

    @property
    def label(self) -> str:
        """What the form itself calls it."""
        return self.cell.place.label or self.name

    @property
    def unit(self) -> str:
        return self.cell.figure.heading if self.cell.figure else ""

    def line(self) -> str:
        """``区级财政 实际支出数：17.29万元（F15）``."""
        return words.fact_line(self.label, self.cell.text.strip() + self.unit, self.cell.place)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "label": self.label,
            "value": self.cell.text.strip() or None,
            "unit": self.unit or None,
            "place": self.cell.place.as_json(),
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


def seen(document: Document) -> list[SeenForm]:
    """All forms of a document as they were understood, in order; none if it holds no known form."""
    return [_seen(form) for form in forms(document)]


def _seen(form: Recognised) -> SeenForm:
    evaluation, drawing = form.evaluation, form.drawing
    facts = [Seen(name, cell) for name, cell in evaluation.facts.items()]
    facts.sort(key=lambda seen: _position(seen.cell.place, drawing.width))
    tables = (_table(name, evaluation.in_use(name), drawing) for name in evaluation.tables)
    place = form.grid.place(1, 1)
    return SeenForm(
        place, drawing.id, drawing.title, evaluation.scheme, facts, [table for table in tables if table.rows]
    )


def _position(place: Place, width: int) -> tuple[bool, int, int]:
    """As the form is read: what is printed line by line, then what stands beside it."""
    return (place.column or 0) > width, place.row or 0, place.column or 0


def _table(name: str, rows: Sequence[Row], drawing: Drawing) -> SeenTable:
    return SeenTable(name, drawing.bands[name].title, [_row(row.cells) for row in rows])


def _row(cells: Mapping[str, Stated]) -> list[Seen]:
    stated = [Seen(field, cell) for field, cell in cells.items() if not cell.blank]
    return sorted(stated, key=lambda seen: seen.cell.place.column or 0)
