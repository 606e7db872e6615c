"""Workbooks as programs save them that do not compute: with formulas, and without what they show."""

import re
from collections.abc import Callable

from packages import unzipped, zipped

_CELL = re.compile(r"<c\b([^>]*)>(<f\b[^>]*(?:/>|>.*?</f>))(?:<v>[^<]*</v>|<v/>)?</c>", re.DOTALL)


def without_results(data: bytes, keep: Callable[[str], bool] = lambda address: False) -> bytes:
    """The same workbook without the results of its formulas, but for the cells to ``keep``."""

    def cleared(match: re.Match[str]) -> str:
        attributes, formula = match[1], match[2]
        if keep(attributes.partition('r="')[2].partition('"')[0]):
            return match[0]
        return f"<c{re.sub(' t=.[a-z]+.', '', attributes)}>{formula}</c>"

    parts = unzipped(data)
    for name, content in parts.items():
        if name.startswith("xl/worksheets/sheet"):
            parts[name] = _CELL.sub(cleared, content.decode()).encode()
    return zipped(parts)
