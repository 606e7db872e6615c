"""Workbooks written by the version before (0.1.0), names as they were: they read as that version read them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from jixiao.actions.fill import fill
from jixiao.checks import check
from jixiao.evaluation import FundRow, Indicator, Stated
from jixiao.forms.reading import private_facts
from jixiao.forms.recognise import forms
from jixiao.forms.recognised import Recognised
from jixiao.grid import Cell
from jixiao.hosts.files import load_document

FOLDER = Path(__file__).parents[1] / "previous"
WORKBOOKS = sorted(FOLDER.glob("*.xlsx"))


def read(form: Recognised) -> dict[str, Any]:
    """What that version noted down of a form."""
    evaluation = form.evaluation
    return {
        "sheet": form.grid.title,
        "form": evaluation.form,
        "scheme": evaluation.scheme,
        "facts": dict(sorted(all_facts(form).items())),
        "funds": {row.key: row.label for row in evaluation.funds},
        "details": list(map(texts, evaluation.details)),
        "indicators": [{"row": row.row} | texts(row) for row in evaluation.indicators],
        "skeleton": [row.row for row in evaluation.skeleton],
        "groups": [[group.level, group.label, group.weight.text, list(group.members)] for group in evaluation.groups],
        "findings": [finding.line() for finding in check(evaluation)],
    }


def all_facts(form: Recognised) -> dict[str, str]:
    """That version read the names of persons, too; they are only copied now."""
    facts = {**form.evaluation.facts, **private_facts(form.grid, form.placement, form.drawing)}
    return {name: cell.text for name, cell in facts.items()}


def texts(row: Indicator | FundRow) -> Mapping[str, str]:
    cells = row._asdict().items()
    return {field: cell.text for field, cell in cells if isinstance(cell, Stated)}


def noted(path: Path) -> Iterable[dict[str, Any]]:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_it_reads_as_before(path: Path) -> None:
    found = forms(load_document(str(path)))
    assert len(found) == len(list(noted(path)))
    for form, before in zip(found, noted(path), strict=True):
        assert read(form) == before


def test_every_form_of_that_version_is_here() -> None:
    known = {before["form"] for path in WORKBOOKS for before in noted(path)}
    assert known == {"national-project-2020", "datong-project-2021", "sichuan-project-2023", "wuhua-project-2024"}


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_no_formula_of_that_version_counts_as_typed(path: Path) -> None:
    """Saved without results by a program that has no PERF_*, every one of them is filled again."""
    document = load_document(str(path))
    held = {(grid.title, *spot) for grid in document.grids for spot, cell in grid.cells.items() if cell.formula}
    emptied = document.with_grids(lambda grid: grid._replace(cells=dict(map(without_result, grid.cells.items()))))
    filling = fill(emptied)
    written = {(change.sheet, change.row, change.column) for change in filling.changes}
    assert held <= written
    assert not any((typed.sheet, typed.row, typed.column) in held for typed in filling.typed)


def without_result(entry: tuple[tuple[int, int], Cell]) -> tuple[tuple[int, int], Cell]:
    spot, cell = entry
    return spot, cell._replace(text="#NAME?", value="#NAME?") if cell.formula else cell
