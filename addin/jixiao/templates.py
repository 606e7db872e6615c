"""Build what is generated (``make templates``): the empty workbooks and samples, the Excel add-in with its sources, LibreOffice's add-on."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from jixiao import ADDIN
from jixiao.actions.create import new
from jixiao.addins import macros_folder
from jixiao.addins.calc import ADDON, addon_file
from jixiao.addins.excel.files import addin_file, workbook_file
from jixiao.addins.excel.ribbon import ribbon
from jixiao.addins.excel.wrappers import wrappers
from jixiao.builder.verify import defects
from jixiao.forms import library
from jixiao.forms.compose import Content, Filled
from jixiao.forms.layout import Layout, first_rows, lay
from jixiao.forms.placement import Spot
from jixiao.forms.reading import ticked
from jixiao.hosts.word.writing import render
from jixiao.report.document import WordDocument
from jixiao.report.form_table import word_form


def built() -> Iterator[tuple[Path, bytes]]:
    """Every generated file with its content."""
    yield from _workbooks(Path(library.folder()))
    yield from _macros(Path(macros_folder()))


def _workbooks(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for drawing in library.drawings():
        for ending in (".xlsx", ".xlsm"):
            book = new(drawing.id, drawing.since)
            yield _sound(folder / f"{drawing.id}{ending}", workbook_file(book, ending))
    for path in sorted((folder / "samples").glob("*.toml")):
        yield path.with_suffix(".docx"), render(sample(path))


def _macros(folder: Path) -> Iterator[tuple[Path, bytes]]:
    yield folder / "JixiaoFunctions.bas", wrappers().encode()
    yield folder / "ribbon.xml", ribbon().encode()
    yield _sound(folder / ADDIN, addin_file())
    yield folder / ADDON, addon_file()


def _sound(path: Path, package: bytes) -> tuple[Path, bytes]:
    """A file for Excel, which says only that a file is damaged, never where: so it is looked through before."""
    found = defects(package, path.suffix)
    if found:
        raise AssertionError(f"{path.name}: {'; '.join(found)}")
    return path, package


def sample(path: Path) -> WordDocument:
    """A filled Word form from a file of facts; ``row`` counts the rows of a repeated block of the new form."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    drawing = library.drawing(table["form"])
    layout = lay(drawing, first_rows(drawing), lambda row, fact: "")
    contents = {
        spot: Content(ticked(table["facts"][fact], drawing.slots.get(fact)))
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
