"""Build workbooks: openpyxl draws, then formulas and their cached values are patched in.

openpyxl can write a formula or a value into a cell, never both; a workbook of ours always carries both.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import NamedTuple

from openpyxl import Workbook

from jixiao.forms.compose import Content, Filled
from jixiao.forms.placement import Spot
from jixiao.grid import Change
from jixiao.hosts.builder.form_sheet import FormSheet
from jixiao.hosts.builder.listing import Listing, draw_listing, draw_results
from jixiao.hosts.package import PackageHost
from jixiao.wording import workbook as words

__all__ = ["Listing", "Sheet", "build", "build_clean"]


class Sheet(NamedTuple):
    """One form sheet to build."""

    title: str
    form: Filled


def build(sheets: Sequence[Sheet], listings: Sequence[Listing] = (), protect: bool = False) -> bytes:
    """A workbook with the given forms, the listings, and the sheet 校验结果. Formulas carry their cached values."""
    book = _workbook()
    for sheet in sheets:
        FormSheet(book.create_sheet(sheet.title), sheet.form).draw(protect)
    for listing in listings:
        draw_listing(book.create_sheet(listing.title), listing)
    draw_results(book.create_sheet(words.RESULTS))
    host = PackageHost.from_bytes(_saved(book), words.NEW_WORKBOOK)
    for sheet in sheets:
        host.write(_formulas(sheet.title, sheet.form.contents))
    for listing in listings:
        host.write(_formulas(listing.title, listing.contents))
    return host.to_bytes()


def build_clean(sheets: Sequence[Sheet]) -> bytes:
    """A workbook for submission: the official forms with their values and nothing else."""
    book = _workbook()
    for sheet in sheets:
        FormSheet(book.create_sheet(sheet.title), sheet.form).draw_clean()
    return PackageHost.from_bytes(_saved(book), words.NEW_WORKBOOK).to_bytes()


def _workbook() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = book.properties.lastModifiedBy = words.NOTE_AUTHOR
    return book


def _saved(book: Workbook) -> bytes:
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _formulas(title: str, contents: Mapping[Spot, Content]) -> list[Change]:
    return [
        Change(title, row, column, content.value, content.formula)
        for (row, column), content in contents.items()
        if content.formula
    ]
