"""画表样: every form of a document as the drawing its owner keeps; and what is to be said of drawings that are kept."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from jixiao import shelf
from jixiao.actions.book import Sketch
from jixiao.actions.plan import NewFile, Plan, Remark
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.forms import library
from jixiao.forms.drawing import Drawing, is_for_now
from jixiao.forms.laying import Skeleton
from jixiao.forms.notation import parse
from jixiao.forms.recognise import FEWEST_HEADINGS, Form, forms
from jixiao.forms.recognised import Recognised
from jixiao.forms.writing import written
from jixiao.grid import Document
from jixiao.law import loading
from jixiao.wording import commands
from jixiao.wording import drawings as words
from jixiao.wording.actions import DRAWN_SUFFIX


def plan(document: Document) -> Plan:
    """A text file for every form. Raises Refusal if there is none."""
    found = forms(document)
    if not found:
        raise Refusal(commands.no_form(document.name))
    sketches = [_sketch(form, document.name) for form in found]
    files = [
        NewFile(sketch, (".txt",), DRAWN_SUFFIX, form.grid.title or str(number))
        for number, (form, sketch) in enumerate(zip(found, sketches, strict=True), 1)
    ]
    open_ = sum(line != words.DOUBTFUL for sketch in sketches for line in sketch.tail)
    remarks = [Remark(words.LOOK.format(count=open_))] if open_ else []
    return Plan(document, files=files, remarks=[*remarks, Remark(words.PUT_INTO.format(folder=shelf.own_folder()))])


def _sketch(form: Form, name: str) -> Sketch:
    if isinstance(form, Recognised):
        return Sketch(library.drawing(form.drawing.id), [words.IS_KNOWN.format(name=name, id=form.drawing.id)])
    from jixiao.forms.local.drawn.template import template

    drawn = template(form)
    drawing = drawn.drawing._replace(title=drawn.drawing.title or name)
    head = [words.DRAWN_FROM.format(name=name, folder=shelf.own_folder()), *_told(drawing, form.evaluation)]
    doubts = [words.doubt(*one) for one in drawn.doubted]
    doubts += [words.BEGUN_AGAIN_BLOCK.format(name=band) for band in drawn.begun_again]
    told = {one.place.label for one in drawn.doubted}
    doubts += [words.not_understood(one.place, one.words) for one in form.evaluation.unread if one.words not in told]
    tail = [*_to_mend(drawing), *([words.DOUBTFUL] * bool(doubts)), *doubts]
    return Sketch(drawing, head, tail)


def _told(drawing: Drawing, evaluation: Evaluation) -> Iterator[str]:
    """What is true of the whole form: its money, and its stage."""
    units = [spec.unit for spec in drawing.specs if spec.unit]
    yield words.MONEY.format(unit="、".join(dict.fromkeys(units))) if units else words.NO_MONEY
    yield words.STAGE.format(stage=words.STAGES[evaluation.stage])


def _to_mend(drawing: Drawing) -> list[str]:
    """What still keeps the drawing from being read."""
    try:
        parse(written(drawing))
    except Refusal as refusal:
        return [words.MEND.format(sentence=refusal)]
    return []


# ---------------------------------------------------------------- drawings and schemes that are kept


class Verdict(NamedTuple):
    """What is said of one file, and whether a mistake is in it."""

    sentence: str
    wrong: bool = False


class Own(NamedTuple):
    """The files of one's own folders, and what is to be said of the folders themselves."""

    paths: Sequence[str]
    said: Sequence[str]
    wrong: bool


def own_files() -> Own:
    """Everything that is kept."""
    paths = [file.path for file in shelf.kept()]
    complaints = shelf.complaints()
    empty = [] if paths or complaints else [words.EMPTY.format(folder=shelf.own_folder())]
    return Own(paths, [*complaints, *empty], bool(complaints))


def checked(path: str) -> Verdict:
    """What is to be said of a drawing or a scheme. Raises Refusal for a file that is neither, or cannot be read."""
    file = shelf.at(path)
    if file.ending not in (shelf.DRAWING, shelf.SCHEME):
        raise Refusal(words.NO_DRAWING.format(path=path))
    text = shelf.text(file)
    try:
        return Verdict(_of_scheme(file) if file.ending == shelf.SCHEME else _of_drawing(file, text))
    except Refusal as refusal:
        return Verdict(str(refusal), wrong=True)


def _of_scheme(file: shelf.Kept) -> str:
    scheme = loading.checked(file)
    return f"{words.SOUND_SCHEME.format(name=file.name, title=scheme.title, since=scheme.since)}。"


def _of_drawing(file: shelf.Kept, text: str) -> str:
    drawing = library.checked(file.name, text)
    facts, bands = len(drawing.facts), len(drawing.bands)
    said = words.SOUND.format(name=file.name, facts=facts, tables=bands, scheme=drawing.scheme)
    return f"{said}{''.join(_remarks(drawing))}。"


def _remarks(drawing: Drawing) -> Iterator[str]:
    headings = Skeleton.of(drawing).headings
    if len(headings) < FEWEST_HEADINGS:
        yield words.FEW_HEADINGS
    for other in library.drawings():
        if other.id != drawing.id and Skeleton.of(other).headings == headings:
            own = [one.id for one in library.own_drawings() if one.id in (other.id, drawing.id)]
            yield words.SAME_HEADINGS.format(other=other.id, first=(own or [drawing.id])[0])
    columns = (f"{name}.{field}" for name, band in drawing.bands.items() for field in band.columns)
    if waiting := sum(map(is_for_now, (*drawing.facts, *columns))):
        yield words.FOR_NOW.format(count=waiting)
