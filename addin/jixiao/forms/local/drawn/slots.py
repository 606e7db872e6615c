"""How a cell holds its fact: alone, between words of the form, or as boxes to tick."""

from collections.abc import Mapping

from jixiao.figures import bare
from jixiao.forms.drawing import Slot
from jixiao.forms.local.drawn.sheet import Sheet
from jixiao.forms.placement import Band, Spot
from jixiao.forms.reading import BOX, TICKED, unticked

_LONGEST = 80  # letters around a value, which a number format has to print


def slots_of(sheet: Sheet, facts: Mapping[Spot, tuple[str, str]], bands: Mapping[str, Band]) -> dict[Spot, Slot]:
    """The slots of a form by place; a fact whose words cannot be told from those of the form has none."""
    found: dict[Spot, Slot] = {}
    for spot, (name, stated) in facts.items():
        slot = _slot(name, stated, sheet.grid.at(*spot).text)
        if slot:
            found[spot] = slot
    for name, band in bands.items():
        for row in band.rows:
            for field, column in band.columns.items():
                found[row, column] = Slot(f"{name}.{field}", band=name)
    return found


def _slot(name: str, stated: str, text: str) -> Slot | None:
    if bare(text) == bare(stated):
        return Slot(name)
    if any(box in text for box in (BOX, *TICKED)):
        return _boxes(name, stated, text)
    words = bare(stated)
    before, found, after = text.partition(words) if words else (text, "", "")
    if words and (not found or words in after) or '"' in text or len(before) + len(after) > _LONGEST:
        return None
    return Slot(name, before, after)


def _boxes(name: str, stated: str, text: str) -> Slot | None:
    """Boxes behind their words: 优☑ 良□."""
    ticks = unticked(text)
    return Slot(name, ticks=ticks) if f"{bare(stated)}{BOX}" in ticks else None
