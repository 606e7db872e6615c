"""What a reader has found, told as an Evaluation: facts, tables, the unit of money, and what was not understood."""

from jixiao.evaluation import Evaluation, Stated
from jixiao.findings import Finding
from jixiao.forms.defects import differing_units
from jixiao.forms.local import money
from jixiao.forms.local.blocks.reader import Reader
from jixiao.forms.local.sections import Section
from jixiao.forms.local.telling.cells import Cells
from jixiao.forms.local.telling.facts import PRIVATE, facts_of
from jixiao.forms.local.telling.left import unplaced_of, unread_of
from jixiao.forms.local.telling.rows import tables_of
from jixiao.ours import LOCAL


def told(reader: Reader, section: Section) -> Evaluation:
    """What a form states."""
    unit = money.of_form(reader, section)
    cells = Cells(unit)
    return Evaluation(
        form=LOCAL,
        scheme=LOCAL,
        title=section.title,
        facts=facts_of(reader.facts, reader.blocks, section.above, reader.words, cells),
        tables=tables_of(reader.blocks, cells),
        unplaced=list(unplaced_of(reader, section)),
        unread=list(unread_of(reader)),
        unit=unit.unit,
        defects=_defects(unit),
    )


def private_of(reader: Reader) -> dict[str, Stated]:
    """The cells that name persons, for who copies the form; what they say is no fact of it."""
    found: dict[str, Stated] = {}
    for entry in reader.facts:
        if entry.field in PRIVATE:
            place = entry.line.grid.place(*entry.piece.spot, entry.label)
            found.setdefault(entry.field, Stated(entry.text, place, sure=entry.sure))
    return found


def _defects(unit: money.Money) -> list[Finding]:
    if not unit.contradictory:
        return []
    return [differing_units([one.place for one in unit.said], [one.words for one in unit.said])]
