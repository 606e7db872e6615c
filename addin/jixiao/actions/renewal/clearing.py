"""Which cells of last year's form are cleared, and which stay because nobody can be sure what they are."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from jixiao.actions.renewal.keeping import Next
from jixiao.evaluation import Stated
from jixiao.evaluation.doubts import sureness
from jixiao.evaluation.stated import filled, one_line
from jixiao.figures import bare
from jixiao.forms.recognise import Form
from jixiao.forms.recognised import Recognised
from jixiao.grid import Document
from jixiao.places import Place
from jixiao.wording.places import place_words
from jixiao.wording.renewal import PLACED

Spot = tuple[object, ...]
_BOX, _TICKED = "□", "☑√✓✔■"
_PLACEHOLDERS = frozenset("*×＊")
_LONGEST = 40


class Cleared(NamedTuple):
    """What the cells that are cleared will print, by where they stand: nothing, or the words of the form around it.

    ``left`` tells of the cells that may be last year's and stay.
    """

    texts: Mapping[Spot, str]
    left: Sequence[str]


def cleared(form: Form, texts: Mapping[Spot, str], becomes: Callable[[str], Next], clear_formulas: bool) -> Cleared:
    """What is cleared of a form. ``texts`` is what the cells of its document print."""
    found: dict[Spot, str] = {}
    doubtful: dict[str, str] = {}
    for spot, names in _by_spot(form).items():
        cell = names[0][1]
        if not filled(cell) or bare(cell.text) in _PLACEHOLDERS or (cell.formula is not None and not clear_formulas):
            continue
        fates = {becomes(name) for name, _ in names}
        if Next.KEPT in fates:
            continue
        rest = emptied(texts.get(spot, cell.text), cell.text)
        if fates == {Next.CLEARED} and rest is not None and all(sureness(*named) == 1 for named in names):
            found[spot] = rest
        else:
            label = one_line(cell.place.label) or short(cell.text)
            doubtful.setdefault(label, line_of(cell.place, label))
    return Cleared(found, [*doubtful.values(), *_strange(form)])


def emptied(text: str, stated: str) -> str | None:
    """What a cell prints without what is stated in it: 总分：92 -> 总分：. None where the two cannot be told apart."""
    if bare(text) == bare(stated):
        return ""
    if any(sign in text for sign in _TICKED):
        return "".join(_BOX if letter in _TICKED else letter for letter in text)
    before, found, after = text.partition(bare(stated))
    return before + after if found and bare(stated) not in after else None


def _by_spot(form: Form) -> dict[Spot, list[tuple[str, Stated]]]:
    """What every cell of a form is called: one may be several facts."""
    found: dict[Spot, list[tuple[str, Stated]]] = {}
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


def _strange(form: Form) -> Iterator[str]:
    """What of a form was not understood: tables, rows and labels nobody knows, and texts that fit nowhere."""
    if isinstance(form, Recognised):
        return
    for thing in form.evaluation.unread:
        yield line_of(thing.place, one_line(thing.words))
    for stated in form.evaluation.unplaced:
        yield line_of(stated.place, short(stated.text))


def line_of(place: Place, words: str) -> str:
    return PLACED.format(place=place_words(place), words=words)


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def texts_of(document: Document) -> dict[Spot, str]:
    """What every cell and paragraph of a document prints, by where it stands."""
    cells = {
        grid.place(row, column).spot: cell.text for grid in document.grids for (row, column), cell in grid.cells.items()
    }
    lines = enumerate(document.paragraphs, 1)
    return cells | {Place(paragraph=number).spot: text for number, text in lines}
