"""Text with tabs between its columns: what an old platform writes when it writes .xls the easy way."""

import csv
from collections.abc import Iterator

from jixiao.errors import Refusal
from jixiao.grid import Cell, Document, Grid
from jixiao.hosts.legacy.encoding import text_of
from jixiao.hosts.legacy.limits import Counter
from jixiao.wording import files
from jixiao.wording.places import TABLE


def read_tabbed(data: bytes, name: str) -> Document:
    """The one sheet of a text. Raises Refusal for what is no such text."""
    counter = Counter(name)
    try:
        cells = dict(_cells(text_of(data, name), counter))
    except csv.Error:
        raise Refusal(files.DAMAGED.format(name=name)) from None
    return Document(name, [Grid(TABLE.format(table=1), cells)])


def _cells(text: str, counter: Counter) -> Iterator[tuple[tuple[int, int], Cell]]:
    for row, fields in enumerate(csv.reader(text.splitlines(keepends=True), delimiter="\t"), 1):
        for column, field in enumerate(fields, 1):
            shown = _shown(field)
            if shown:
                counter.add()
                yield (row, column), Cell(shown, shown)


def _shown(field: str) -> str:
    """A field as Excel shows it: ``="0012"`` is the usual way to keep the zeros of a number."""
    text = field.strip(" ")
    return text[2:-1] if len(text) > 2 and text.startswith('="') and text.endswith('"') else text
