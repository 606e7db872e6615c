"""A local form as a drawing of itself gives the form back: every text, every merged cell, in its order."""

import pytest
from building import document
from form_file import FormFile, every

from jixiao.forms.compose import Filled, carried
from jixiao.forms.local.drawn import drawn
from jixiao.forms.recognise import forms, is_known
from jixiao.forms.recognised import Recognised
from jixiao.grid import Area
from jixiao.report.document import Paragraph, Table
from jixiao.report.form_table import word_form

FORMS = every()


def own_drawings(form: FormFile) -> list[Recognised]:
    """The local forms of a published document, each as a drawing of itself."""
    return [drawn(found) for found in forms(document(form)) if not is_known(found)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_text_is_given_back_in_its_order(form: FormFile) -> None:
    for found in own_drawings(form):
        grid = found.grid
        printed = [
            _bare(cell.text) for (row, column), cell in sorted(grid.cells.items()) if _inside(found, row, column)
        ]
        assert _texts(carried(found)) == [text for text in printed if text]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_merged_cell_is_given_back(form: FormFile) -> None:
    for found in own_drawings(form):
        above = min(found.rows) - 1
        stands = {
            Area(area.top - above, area.left, area.bottom - above, area.right)
            for area in found.grid.merges
            if _inside(found, area.top, area.left)
        }
        cells = carried(found).layout.cells
        areas = (Area(c.row, c.column, c.row + c.row_span - 1, c.column + c.column_span - 1) for c in cells)
        assert {area for area in areas if area[:2] != area[2:]} == stands


def _inside(found: Recognised, row: int, column: int) -> bool:
    return row in found.rows and column <= found.drawing.width


def _texts(form: Filled) -> list[str]:
    """What the form prints as a table of Word, from the top left."""
    texts: list[str] = []
    for block in word_form(form):
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, Table):
            texts += [cell.text for row in block.rows for _, cell in row.cells]
    return [bare for text in texts if (bare := _bare(text))]


def _bare(text: str) -> str:
    return "".join(text.split())
