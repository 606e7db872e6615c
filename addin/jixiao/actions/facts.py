"""所见: every fact and table of every form as it was understood, by its Chinese name, with its value and its cell."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.evaluation import Row, Stated
from jixiao.forms.recognise import Recognised, forms
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording import facts as words


class Seen(NamedTuple):
    """One cell: the name of its fact or column, and what is stated there."""

    name: str
    cell: Stated

    @property
    def label(self) -> str:
        """What the form itself calls it."""
        return self.cell.place.label or self.name

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "label": self.label,
            "value": self.cell.text.strip() or None,
            "unit": self.cell.figure.heading if self.cell.figure else "",
            "place": self.cell.place.as_json(),
        }


class SeenForm(NamedTuple):
    """One form: where it stands, what it was taken for, its facts, and its tables by title; rows without entries are left out."""

    place: str
    form: str
    scheme: str
    facts: Sequence[Seen]
    tables: Mapping[str, Sequence[Sequence[Seen]]]

    def as_json(self, file: str) -> dict[str, object]:
        """The public form: see ``facts --json`` in docs/guide.md."""
        return {
            "file": file,
            "place": self.place,
            "form": self.form,
            "scheme": self.scheme,
            "facts": [seen.as_json() for seen in self.facts],
            "tables": {
                title: [[seen.as_json() for seen in row] for row in rows] for title, rows in self.tables.items()
            },
        }


def seen(document: Document) -> list[SeenForm]:
    """All forms of a document as they were understood, in order; none if it holds no known form."""
    return [_seen(form) for form in forms(document)]


def lines(form: SeenForm) -> Iterator[str]:
    """A form for people: every fact a line, every row of a table a line."""
    yield words.FORM.format(place=form.place, form=form.form, scheme=form.scheme)
    yield from map(_line, form.facts)
    for title, rows in form.tables.items():
        yield words.TABLE.format(title=title, count=len(rows))
        for row in rows:
            yield words.ROW.format(number=row[0].cell.place.row, cells="；".join(map(_line, row)))


def _line(seen: Seen) -> str:
    figure = seen.cell.figure
    return words.fact_line(seen.label, seen.cell.text.strip() + (figure.heading if figure else ""), seen.cell.place)


def _seen(form: Recognised) -> SeenForm:
    evaluation, drawing = form.evaluation, form.drawing
    facts = [Seen(name, cell) for name, cell in evaluation.facts.items()]
    facts.sort(key=lambda seen: _position(seen.cell.place, drawing.width))
    tables = {drawing.bands[name].title: list(_rows(evaluation.in_use(name))) for name in evaluation.tables}
    place = form.grid.title or str(form.grid.table)
    return SeenForm(
        place, drawing.title, evaluation.scheme, facts, {title: rows for title, rows in tables.items() if rows}
    )


def _position(place: Place, width: int) -> tuple[bool, int, int]:
    """As the form is read: what is printed line by line, then what stands beside it."""
    return (place.column or 0) > width, place.row or 0, place.column or 0


def _rows(rows: Sequence[Row]) -> Iterator[list[Seen]]:
    for row in rows:
        cells = [Seen(field, cell) for field, cell in row.cells.items() if not cell.blank]
        if cells:
            yield sorted(cells, key=lambda seen: seen.cell.place.column or 0)
