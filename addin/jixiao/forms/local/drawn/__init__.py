"""A local form as a drawing of itself: what is understood of it are facts, everything else it prints is a label.

So a form nobody has drawn is filled, exported, copied for next year and printed as a drawing in the same way as ours.
"""

from collections.abc import Callable

from jixiao.evaluation import Evaluation
from jixiao.evaluation.printed import scored_by
from jixiao.forms.drawing import Drawing
from jixiao.forms.local import LocalForm
from jixiao.forms.local.drawn.filling import specs_of
from jixiao.forms.local.drawn.places import bands_of, facts_of
from jixiao.forms.local.drawn.rows import rows_of, widths_of
from jixiao.forms.local.drawn.sheet import gathered
from jixiao.forms.local.drawn.slots import slots_of
from jixiao.forms.placement import Placement
from jixiao.forms.recognised import Recognised
from jixiao.places import Place

REPORT = "project-evaluation"


def drawn(form: LocalForm, least: float = 1) -> Recognised:
    """The form as a drawing, row by row as it stands, and where its facts are: those that are at least so sure.

    The forms of a Word document, which may go on over several tables, stand on one grid, the lines above them first.
    """
    evaluation = form.evaluation.replaced(scheme=scored_by(form.evaluation))
    sheet = gathered(form)
    bands = bands_of(evaluation, sheet, least)
    slots = slots_of(sheet, facts_of(form, sheet, least), bands)
    facts = {slot.fact: spot for spot, slot in slots.items() if not slot.band}
    placement = Placement(facts, bands)
    rows = rows_of(sheet, slots)
    drawing = Drawing(
        id=evaluation.form,
        title=evaluation.title,
        issuer="",
        since=_year(evaluation),
        scheme=evaluation.scheme,
        report=REPORT,
        summary=False,
        widths=widths_of(sheet),
        rows=rows,
        specs=specs_of(evaluation, placement, slots, sheet.grid),
        extras=[],
    )
    return Recognised(sheet.grid, drawing, placement, {row: i for i, row in enumerate(sheet.rows)}, evaluation)


def standing(form: LocalForm) -> Callable[[Place], bool]:
    """Whether what stands at a place of the document stands on the drawing of the form, too."""
    sheet = gathered(form)
    own, rows = form.grid.place(1, 1).sheet, frozenset(sheet.rows)

    def stands(place: Place) -> bool:
        spot = sheet.spot(place) if place.sheet == own else None
        return spot is not None and spot[0] in rows and spot[1] <= sheet.width

    return stands


def _year(evaluation: Evaluation) -> int:
    return int(evaluation.year) if evaluation.year.isdecimal() else 0
