"""A text stays the text it is, whatever it looks like to a spreadsheet."""

from decimal import Decimal
from pathlib import Path

import pytest

from jixiao.actions.export import export_word, export_workbook
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.grid import Cell, Document
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.report.document import Table

SEED = Path(__file__).parents[1] / "seeds" / "datong-2021-project.docx"
LOOKS_CODED = ["=_x0041_ZZ_x4E2D_", "_x005F_x0041_ _x000D_\na_x00e9_b 甲\u200b乙"]


def with_text(document: Document, old: str, new: str) -> Document:
    return document.with_grids(
        lambda grid: grid._replace(
            cells={at: Cell(new, new) if cell.text == old else cell for at, cell in grid.cells.items()}
        )
    )


def texts(data: bytes) -> set[str]:
    grids = PackageHost.from_bytes(data, "表.xlsx").read().grids
    return {cell.text for grid in grids for cell in grid.cells.values() if cell.formula is None}


@pytest.mark.parametrize("text", LOOKS_CODED)
def test_a_text_survives_import_and_export(text: str) -> None:
    document = with_text(load_document(str(SEED)), "及时", text)
    imported = build(import_document(document))
    assert text in texts(imported)
    again = PackageHost.from_bytes(imported, "表.xlsx").read()
    assert text in texts(build(export_workbook(again)))
    tables = [block for block in export_word(again).blocks if isinstance(block, Table)]
    assert text in {cell.text for table in tables for row in table.rows for _, cell in row.cells}


def test_a_number_among_signs_nobody_sees_is_imported_as_a_number() -> None:
    document = with_text(load_document(str(SEED)), "135", "\ufeff１３５\u00a0")
    grid = PackageHost.from_bytes(build(import_document(document)), "表.xlsx").read().grids[0]
    executed = grid.names["funds.total.executed"]
    assert grid.at(executed.top, executed.left).value == Decimal(135)
