"""Places in words."""

from jixiao.places import Place


def place_words(place: Place) -> str:
    """Where something stood in the document it came from."""
    if place.paragraph is not None:
        return f"正文第{place.paragraph}段"
    if place.table is not None:
        return f"第{place.table}张表 第{place.row}行第{place.column}列"
    return f"{place.sheet} {place.cell}"
