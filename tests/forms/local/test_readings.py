"""Published forms of many places are read as an official reads them: every cell against the truth written beside it."""

from collections.abc import Sequence
from pathlib import Path

import building
import pytest
from form_file import FormFile, every

from jixiao.grid import Document
from jixiao.hosts.files import load_document

pytest.importorskip("jixiao.forms.local")

from measure import Reading, total

LEAST_RIGHT, MOST_WRONG = 0.98, 0.002
FORMS = every()


def complaints(readings: Sequence[Reading]) -> str:
    """What went wrong, form by form."""
    return "\n".join(f"{reading.form.id}：{said}" for reading in readings for said in reading.complaints)


def test_nearly_every_cell_is_read_as_what_it_is(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert told.right >= LEAST_RIGHT * told.cells, complaints(readings)


def test_hardly_any_cell_is_read_as_something_else(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert told.wrong <= MOST_WRONG * told.cells, complaints(readings)


def test_every_form_and_every_indicator_is_found(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert (told.forms_right, told.indicators_right) == (told.forms, told.indicators), complaints(readings)


def test_no_form_has_another_unit_of_money(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert told.units_right == told.units, complaints(readings)


def test_no_error_is_found_that_is_none(readings: Sequence[Reading]) -> None:
    assert total(readings).false_errors == 0, complaints(readings)


@pytest.mark.parametrize(
    "form", [FORMS[0], FORMS[-1]] + [form for form in FORMS if form.on_sheets][:2], ids=lambda f: f.id
)
def test_hosts_read_from_the_real_file_what_was_measured(form: FormFile, tmp_path: Path) -> None:
    assert _seen(load_document(str(building.write(form, tmp_path)))) == _seen(building.document(form))


def _seen(document: Document) -> list[object]:
    """What the reader can see of a document, whether from a file or from memory; empty paragraphs aside."""
    grids = [
        (g.title, {spot: (c.text, c.value) for spot, c in g.cells.items() if c.text}, set(g.merges))
        for g in document.grids
    ]
    return [*grids, [text for text in document.paragraphs if text]]
