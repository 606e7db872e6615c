"""The year of a form becomes the next one where it is surely the form's; where else a year stands is told."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from jixiao.actions.renewal.clearing import line_of, stated_in
from jixiao.evaluation.stated import short
from jixiao.forms.recognise import Form
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document
from jixiao.places import Place, Where

if TYPE_CHECKING:
    from jixiao.forms.local import LocalForm

_YEAR = re.compile(r"(?<!\d)20\d\d(?=\s?年)")
_DIGITS = re.compile(r"(?<!\d)20\d\d(?!\d)")


class Moved(NamedTuple):
    """What the cells that name the year will print, by where they stand.

    ``own`` are those that state the year of the form; ``left`` tells of years that stay.
    """

    texts: Mapping[Where, str]
    own: frozenset[Where]
    left: Sequence[str]


def moved(form: Form, texts: Mapping[Where, str], formulas: frozenset[Where], year: int) -> Moved:
    """The cells of a form in which its year moves on: that of its own, its title, and what it prints itself.

    ``texts`` is what the cells print by now, ``formulas`` are those that compute it: they say what they say.
    """
    old, new = form.evaluation.year, str(year)
    own = frozenset(cell.place.spot for name, cell in stated_in(form) if name.partition(".")[0] == "year" and cell.text)
    titles, printed = _own_words(form)
    found: dict[Where, str] = {}
    left = []
    for place in _places(form):
        text = texts.get(place.spot, "")
        after = text
        if place.spot in formulas or not old.isdecimal():
            pass
        elif place.spot in own:
            after = _DIGITS.sub(lambda match: new if match[0] == old else match[0], text)
        elif place.spot in titles or (place.spot in printed and {*_YEAR.findall(text)} == {old}):
            after = _YEAR.sub(lambda match: new if match[0] == old else match[0], text)
        if after != text:
            found[place.spot] = after
        if any(int(other) < year for other in _YEAR.findall(after)):
            left.append(line_of(place, short(after)))
    return Moved(found, own & found.keys(), left)


def named_after_years(document: Document, year: int) -> list[str]:
    """The sheets whose names hold a year that is over by then."""
    return [grid.title for grid in document.grids if any(int(other) < year for other in _DIGITS.findall(grid.title))]


def _places(form: Form) -> list[Place]:
    """Every cell of a form that prints something, and the lines above it."""
    if isinstance(form, Recognised):
        first, last = (min(form.rows), max(form.rows)) if form.rows else (1, form.grid.height)
        return [form.grid.place(*spot) for spot in sorted(form.grid.cells) if first <= spot[0] <= last]
    places = [*(said.place for said in form.above), *_in_lines(form)]
    return list({place.spot: place for place in places}.values())


def _in_lines(form: "LocalForm") -> list[Place]:
    return [line.grid.place(*piece.spot) for line in form.lines for piece in line.said]


def _own_words(form: Form) -> tuple[set[Where], set[Where]]:
    """The lines above a form, and the cells in which it prints words of its own: headings and labels, as far as understood.

    What a drawing prints is the same every year.
    """
    if isinstance(form, Recognised):
        return set(), set()
    evaluation = form.evaluation
    strange = {thing.place.spot for thing in evaluation.unread} | {cell.place.spot for cell in evaluation.unplaced}
    stated = {cell.place.spot for _, cell in stated_in(form)}
    titles = {said.place.spot for said in form.above} - strange
    return titles, {place.spot for place in _in_lines(form)} - stated - strange
