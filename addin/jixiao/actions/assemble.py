"""Forms put together to one workbook, with 项目汇总 and 未导入内容 where they are needed."""

from collections import Counter
from collections.abc import Sequence, Set
from itertools import count

from jixiao.actions.book import Book, Listing, Sheet
from jixiao.actions.summary import Line, summary_contents
from jixiao.evaluation import Stated
from jixiao.evaluation.stated import one_line
from jixiao.forms.compose import Content, Filled
from jixiao.forms.layout import areas
from jixiao.forms.placement import Spot
from jixiao.forms.workings import Operand, Workings, operand
from jixiao.ours import FORM_NAME, SUMMARY_FORM
from jixiao.wording import workbook
from jixiao.wording.places import place_words

_LONGEST_NAME = 31
_ILLEGAL = str.maketrans("[]:*?/\\", "（）：＊？／＼")


def assemble(filled: Sequence[Filled], unplaced: Sequence[Stated], protect: bool) -> Book:
    """The book of these forms, a sheet each."""
    sheets = [Sheet(title, form) for title, form in zip(_titles(filled), filled, strict=True)]
    listings = []
    if any(form.layout.drawing.summary for form in filled):
        listings.append(_summary([sheet for sheet in sheets if sheet.form.layout.drawing.summary]))
    if unplaced:
        listings.append(_unplaced(unplaced))
    return Book(sheets, listings, protect, unplaced=unplaced)


def _summary(sheets: Sequence[Sheet]) -> Listing:
    contents = summary_contents([Line(sheet.title, settled(sheet.form)) for sheet in sheets])
    constants = {FORM_NAME: SUMMARY_FORM}
    return Listing(workbook.SUMMARY, workbook.SUMMARY_HEADING, workbook.SUMMARY_COLUMNS, contents, constants)


def _unplaced(unplaced: Sequence[Stated]) -> Listing:
    contents: dict[Spot, Content] = {}
    for row, stated in enumerate(unplaced, 4):
        contents[row, 1] = Content(place_words(stated.place))
        contents[row, 2] = Content(stated.text.strip())
    return Listing(workbook.UNPLACED, workbook.UNPLACED_HEADING, workbook.UNPLACED_COLUMNS, contents, {})


def settled(form: Filled) -> Workings:
    """A form whose contents are final: every cell is what it holds."""

    def given(spot: Spot) -> Operand:
        return operand(form.contents[spot].value) if spot in form.contents else None

    drawing = form.layout.drawing
    return Workings(drawing, form.layout.placement, drawing.scheme, given, areas(form.layout), lambda *_: False)


def _titles(filled: Sequence[Filled]) -> list[str]:
    """The names the sheets had; else the titles of the forms, or 项目1, 项目2 … for those with the same or none."""
    titles = [form.title or _legal(form.layout.drawing.title) for form in filled]
    counts = Counter(titles)
    taken: set[str] = {title.casefold() for title in workbook.OWN_SHEETS}
    found: list[str] = []
    for form, title in zip(filled, titles, strict=True):
        own = title if form.title or (title and counts[title] == 1) else ""
        found.append(_free(own, taken))
        taken.add(found[-1].casefold())
    return found


def _legal(title: str) -> str:
    """A title as a sheet may be called: without the signs of addresses."""
    return one_line(title.translate(_ILLEGAL))[:_LONGEST_NAME].strip("' ")


def _free(title: str, taken: Set[str]) -> str:
    """A name no other sheet has."""
    names = (workbook.PROJECT_SHEET.format(number=number) for number in count(1))
    if title:
        endings = ("", *(f" ({number})" for number in range(2, len(taken) + 3)))
        names = (title[: _LONGEST_NAME - len(ending)] + ending for ending in endings)
    return next(name for name in names if name.casefold() not in taken)
