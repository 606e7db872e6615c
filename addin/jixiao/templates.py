"""Build what is generated from the drawings: the empty workbooks and the samples (``make templates``)."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from jixiao.actions.create import new
from jixiao.actions.export import word_form
from jixiao.forms import library
from jixiao.forms.compose import Content, Filled
from jixiao.forms.layout import Layout, first_rows, lay
from jixiao.forms.placement import Spot
from jixiao.forms.reading import slots, ticked
from jixiao.hosts.builder import build
from jixiao.hosts.word.writing import render
from jixiao.report.document import WordDocument


def built() -> Iterator[tuple[Path, bytes]]:
    """Every generated file with its content."""
    folder = Path(library.folder())
    for drawing in library.drawings():
        yield folder / f"{drawing.id}.xlsx", build(new(drawing.id, drawing.since))
    for path in sorted((folder / "samples").glob("*.toml")):
        yield path.with_suffix(".docx"), render(sample(path))


def sample(path: Path) -> WordDocument:
    """A filled Word form from a file of facts; ``row`` counts the rows of a repeated block of the new form."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    drawing = library.drawing(table["form"])
    layout = lay(drawing, first_rows(drawing), lambda row, fact: "")
    known = slots(drawing)
    contents = {
        spot: Content(ticked(table["facts"][fact], known.get(fact)))
        for fact, spot in layout.placement.facts.items()
        if fact in table["facts"]
    }
    rows = {(band, row["row"]): row for band in layout.placement.bands for row in table.get(band, [])}
    band_contents = {spot: Content(text) for spot, text in _band_texts(layout, rows)}
    layout = lay(drawing, first_rows(drawing), lambda row, fact: _text(layout, band_contents, row, fact))
    return WordDocument(drawing.title, word_form(Filled(layout, {**band_contents, **contents}, {})), form=True)


def _band_texts(layout: Layout, rows: Mapping[tuple[str, int], Mapping[str, str]]) -> Iterator[tuple[Spot, str]]:
    for name, band in layout.placement.bands.items():
        for number, row in enumerate(band.rows, 1):
            texts = rows.get((name, number), {})
            for column, slot in layout.drawing.rows[layout.drawn[row - 1]].slots():
                yield (row, column), texts.get(slot.fact.partition(".")[2]) or slot.default


def _text(layout: Layout, contents: Mapping[Spot, Content], row: int, fact: str) -> str:
    prefix, _, field = fact.partition(".")
    column = layout.placement.bands[prefix].columns[field]
    return str(contents.get((row, column), Content("")).value)


if __name__ == "__main__":
    for target, data in built():
        target.write_bytes(data)
        print(target.name)
