"""Places in words."""

from jixiao.places import Place

TABLE = "第{table}张表"
ROWS = "第{rows}行"
PARAGRAPH = "正文第{paragraph}段"


def place_words(place: Place) -> str:
    """Where something stood in the document it came from."""
    if place.paragraph is not None:
        return spot(place)
    around = place.sheet if place.table is None else TABLE.format(table=place.table)
    return f"{around} {spot(place)}"


def spot(place: Place) -> str:
    """Where a value stands inside its sheet or document."""
    if place.paragraph is not None:
        return PARAGRAPH.format(paragraph=place.paragraph)
    return place.cell or f"第{place.row}行第{place.column}列"
