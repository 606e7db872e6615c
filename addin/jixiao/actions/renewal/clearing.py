"""Which cells of last year's form are cleared, and which stay because nobody can be sure what they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.renewal.keeping import Next
from jixiao.evaluation import Stated
from jixiao.evaluation.doubts import sureness
from jixiao.evaluation.stated import filled, one_line, short
from jixiao.figures import bare
from jixiao.forms.reading import TICKED, unticked
from jixiao.forms.recognise import Form
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document
from jixiao.places import Place, Where
from jixiao.wording.places import place_words
from jixiao.wording.renewal import PLACED

_PLACEHOLDERS = frozenset("*×＊")
_COLONS = "：:"


class Cleared(NamedTuple):
    """What the cells that are cleared will print, by where they stand: nothing, or the words of the form around it.

    ``left`` tells of the cells that may be last year's and stay.
    """

    texts: Mapping[Where, str]
    left: Sequence[str]


def cleared(form: Form, texts: Mapping[Where, str], becomes: Callable[[str], Next], clear_formulas: bool) -> Cleared:
    """What is cleared of a form. ``texts`` is what the cells of its document print."""
    found: dict[Where, str] = {}
    doubtful: dict[str, Stated] = {}  # by name: of a column its first cell
    for spot, named in _by_spot(form).items():
        fates = [(becomes(name), name, cell) for name, cell in named if _says_something(cell, clear_formulas)]
        staying = [bare(cell.text) for fate, _, cell in fates if fate is Next.KEPT]
        text = texts.get(spot, "")
        for fate, name, cell in fates:
            if fate is Next.KEPT or any(bare(cell.text) in other for other in staying):
                continue
            rest = emptied(text, cell.text) if fate is Next.CLEARED and sureness(name, cell) == 1 else None
            if rest is None:
                doubtful.setdefault(name, cell)
            else:
                found[spot] = text = rest
    told = [(cell.place, one_line(cell.place.label) or short(cell.text)) for cell in doubtful.values()]
    told += _strange(form)
    left = {place.spot: line_of(place, label) for place, label in reversed(told)}
    return Cleared(found, list(left.values())[::-1])


def _says_something(cell: Stated, formulas: bool) -> bool:
    """Whether somebody stated anything in a cell; what a formula gives counts only where there are ``formulas`` no more."""
    return filled(cell) and bare(cell.text) not in _PLACEHOLDERS and (formulas or cell.formula is None)


def emptied(text: str, stated: str) -> str | None:
    """What a cell prints without what is stated in it: 总分：92 -> 总分：. None where the two cannot be told apart."""
    if bare(text) == bare(stated):
        return ""
    if any(sign in text for sign in TICKED):
        return unticked(text)
    before, found, after = text.partition(bare(stated))
    labels = any(colon in stated for colon in _COLONS)  # 单位负责人： behind 填报人： is no person
    return before + after if found and not labels and bare(stated) not in after else None


def _by_spot(form: Form) -> dict[Where, list[tuple[str, Stated]]]:
    """What every cell of a form is called: one may be several facts."""
    found: dict[Where, list[tuple[str, Stated]]] = {}
    for name, cell in stated_in(form):
        found.setdefault(cell.place.spot, []).append((name, cell))
    return found


def stated_in(form: Form) -> Iterator[tuple[str, Stated]]:
    """Every cell of a form by each of its names, those that name persons too."""
    evaluation = form.evaluation
    yield from evaluation.facts.items()
    for table, rows in evaluation.tables.items():
        yield from ((f"{table}.{field}", cell) for row in rows for field, cell in row.cells.items())
    if not isinstance(form, Recognised):
        yield from form.private.items()
        return
    told = {cell.place.spot for cell in evaluation.every_cell()}
    spots = form.placement.spots()
    for name, area in form.placement.names():
        for row in range(area.top, area.bottom + 1):
            place, cell = form.grid.place(row, area.left), form.grid.at(row, area.left)
            if (row, area.left) in spots and place.spot not in told:
                yield name, Stated(cell.text, place, formula=cell.formula)


def _strange(form: Form) -> Iterator[tuple[Place, str]]:
    """What of a form was not understood: tables, rows and labels nobody knows, and texts that fit nowhere."""
    if isinstance(form, Recognised):
        return
    for thing in form.evaluation.unread:
        yield thing.place, one_line(thing.words)
    for stated in form.evaluation.unplaced:
        yield stated.place, short(stated.text)


def line_of(place: Place, words: str) -> str:
    return PLACED.format(place=place_words(place), words=words)


def texts_of(document: Document) -> dict[Where, str]:
    """What every cell and paragraph of a document prints, by where it stands."""
    cells = {
        grid.place(row, column).spot: cell.text for grid in document.grids for (row, column), cell in grid.cells.items()
    }
    lines = enumerate(document.paragraphs, 1)
    return cells | {Place(paragraph=number).spot: text for number, text in lines}
