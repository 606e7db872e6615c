"""Build workbooks: openpyxl draws, then formulas and their cached values are patched in.

openpyxl can write a formula or a value into a cell, never both; a workbook of ours always carries both.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

from openpyxl import Workbook

from jixiao.actions.book import Book
from jixiao.builder.form_sheet import FormSheet
from jixiao.builder.listing import draw_listing, draw_results
from jixiao.builder.part_names import named_as_in_excel
from jixiao.forms.compose import Content
from jixiao.forms.placement import Spot
from jixiao.grid import Change
from jixiao.hosts.package import PackageHost
from jixiao.hosts.package.markup import coded
from jixiao.hosts.zipped import Archive
from jixiao.owned import TemporaryFolder
from jixiao.wording import workbook as words

_PROPERTIES, _STYLES, _WORKBOOK = "docProps/core.xml", "xl/styles.xml", "xl/workbook.xml"
_FONT_ORDER = (b"b", b"i", b"u", b"sz", b"color", b"name", b"family", b"scheme")


def build(book: Book) -> bytes:
    """The workbook file. Formulas carry their cached values; a working copy has the sheet 校验结果."""
    drawn = _workbook()
    for sheet in book.sheets:
        form_sheet = FormSheet(drawn.create_sheet(coded(sheet.title)), sheet.form)
        if book.clean:
            form_sheet.draw_clean()
        else:
            form_sheet.draw(book.protect)
    for listing in book.listings:
        draw_listing(drawn.create_sheet(listing.title), listing)
    if not book.clean:
        draw_results(drawn.create_sheet(words.RESULTS))
    host = PackageHost.from_bytes(_saved(drawn), words.NEW_WORKBOOK)
    for sheet in book.sheets:
        host.write(_formulas(sheet.title, sheet.form.contents))
    for listing in book.listings:
        host.write(_formulas(listing.title, listing.contents))
    return host.to_bytes()


def _workbook() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    book.calculation.fullCalcOnLoad = False  # cached values are right; programs without our functions must keep them
    book.properties.creator = book.properties.lastModifiedBy = words.NOTE_AUTHOR
    return book


def _saved(book: Workbook) -> bytes:
    """The file without openpyxl's dates: the same form built twice is the same bytes. Fonts are told in Excel's order."""
    buffer = BytesIO()
    with TemporaryFolder() as folder, _temporary_files_in(folder):
        book.save(buffer)
    archive = Archive(buffer.getvalue(), words.NEW_WORKBOOK)
    archive.put(_PROPERTIES, re.sub(rb"<dcterms:(created|modified) .*?</dcterms:\1>", b"", archive.read(_PROPERTIES)))
    # Excel keeps our functions as links to the add-in, and would ask on every opening whether to update them
    workbook = archive.read(_WORKBOOK).replace(b"<workbookPr", b'<workbookPr updateLinks="never"', 1)
    archive.put(_WORKBOOK, workbook)
    archive.put(_STYLES, re.sub(rb"(?<=<font>).*?(?=</font>)", _in_order, archive.read(_STYLES)))
    return named_as_in_excel(archive).to_bytes()


@contextmanager
def _temporary_files_in(folder: str) -> Iterator[None]:
    """openpyxl lays every sheet down in a file of its own first: if this run is killed, the next one clears them."""
    before, tempfile.tempdir = tempfile.tempdir, folder
    try:
        yield
    finally:
        tempfile.tempdir = before


def _in_order(font: re.Match[bytes]) -> bytes:
    elements = re.finditer(rb"<(\w+)[^>]*/>", font[0])
    return b"".join(element[0] for element in sorted(elements, key=lambda element: _FONT_ORDER.index(element[1])))


def _formulas(title: str, contents: Mapping[Spot, Content]) -> list[Change]:
    return [
        Change(title, row, column, content.value, content.formula)
        for (row, column), content in contents.items()
        if content.formula
    ]
