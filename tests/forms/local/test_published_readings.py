"""Published forms of many places are read as an official reads them: every cell against the truth written beside it."""

from collections.abc import Sequence
from pathlib import Path

import building
import first_reading
import pytest
from form_file import FOLDER, every, load
from measure import Reading, total

from jixiao.forms.recognise import forms
from jixiao.grid import Document
from jixiao.hosts.files import load_document

LEAST_RIGHT, MOST_WRONG = 0.98, 0.002


def complaints(readings: Sequence[Reading], kind: str) -> str:
    """What went wrong, form by form."""
    return "\n".join(f"{reading.form.id}：{said}" for reading in readings for said in reading.complaints[kind])


def test_nearly_every_cell_is_read_as_what_it_is(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert told.right >= LEAST_RIGHT * told.cells, complaints(readings, "cells")


def test_hardly_any_cell_is_read_as_something_else(readings: Sequence[Reading]) -> None:
    told = total(readings)
    assert told.wrong <= MOST_WRONG * told.cells, complaints(readings, "cells")


def test_every_form_is_found(readings: Sequence[Reading]) -> None:
    assert complaints(readings, "forms") == ""


def test_no_form_is_lost_behind_one_that_is_drawn() -> None:
    """Two forms on one sheet are two, also where a drawing would identify the first."""
    lost = [form.id for form in every() if len(forms(building.document(form))) != form.forms]
    assert lost == []


def test_every_indicator_is_found_under_its_levels(readings: Sequence[Reading]) -> None:
    assert complaints(readings, "indicators") == ""


def test_no_form_has_another_unit_of_money(readings: Sequence[Reading]) -> None:
    assert complaints(readings, "units") == ""


def test_no_error_is_found_that_is_none(readings: Sequence[Reading]) -> None:
    assert complaints(readings, "errors") == ""


@pytest.mark.parametrize("name", ["puyang-2021", "farmland-rubric", "suixi-2019", "yongde-2022"])
def test_hosts_read_from_the_real_file_what_was_measured(name: str, tmp_path: Path) -> None:
    form = load(FOLDER / f"{name}.form")
    assert _seen(load_document(str(building.write(form, tmp_path)))) == _seen(building.document(form))


def _seen(document: Document) -> list[object]:
    """What the reader can see of a document, whether from a file or from memory; empty paragraphs aside."""
    grids = [
        (
            grid.title,
            {spot: (cell.text, cell.value) for spot, cell in grid.cells.items() if cell.text},
            set(grid.merges),
        )
        for grid in document.grids
    ]
    return [*grids, [text for text in document.paragraphs if text]]


def test_every_form_was_read_once_before_anything_was_learned_from_it() -> None:
    logged = [line.form for line in first_reading.log()]
    assert sorted(logged) == sorted(form.id for form in every())


def test_what_nobody_has_read_yet_is_in_order() -> None:
    """A form waits in ``unread`` until it is read for the first time; a slip in its notation is found before."""
    waiting = {form.id for form in every(first_reading.UNREAD)}
    assert not waiting & {line.form for line in first_reading.log()}
