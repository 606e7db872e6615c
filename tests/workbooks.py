"""Helpers for tests that act on workbooks of ours."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

from generators import FORMS, valid_form
from jixiao.actions.book import Book, Sheet
from jixiao.actions.fill import fill
from jixiao.builder import build
from jixiao.forms import library
from jixiao.forms.compose import Content, blank
from jixiao.grid import Cell, Change, Document, Grid, Value
from jixiao.hosts.package import PackageHost


def named_cell(document: Document, fact: str, sheet: int = 0) -> tuple[int, int]:
    """Where a fact stands in a workbook of ours."""
    area = document.grids[sheet].names[fact]
    return area.top, area.left


def filled(data: bytes, random: Random) -> PackageHost:
    """A workbook of empty forms, every one filled in at random."""
    host = PackageHost.from_bytes(data, "随机.xlsx")
    for grid in host.read().grids:
        form = grid.constants.get("jx.form")
        if form in FORMS:
            host.write(valid_form(form, random).changes(grid))
    host.write(fill(host.read()).changes)
    return host


def large_form(path: Path, rows: int, native: bool = False) -> Path:
    """A 四川 form of so many indicators; the first 900 weigh 0.1 each, the others nothing."""
    drawing = library.drawing("sichuan-project-2023")
    drawing = drawing._replace(rows=[row._replace(repeat=rows) if row.repeat else row for row in drawing.rows])
    form = blank(drawing, 2023, native)
    facts, band = form.layout.placement.facts, form.layout.placement.bands["indicators"]
    contents = dict(form.contents)
    for column in ("initial", "adjusted", "executed"):
        contents[facts[f"funds.fiscal.{column}"]] = Content(Decimal(10))
    for number, row in enumerate(band.rows):
        texts: dict[str, Value] = {
            "level1": "产出指标", "level2": "数量指标", "name": f"第{number + 1}项", "nature": "≥", "target": Decimal(10),
            "unit": "人", "reason": "" if number else "推迟", "actual": Decimal(10 if number else 5), "weight": Decimal("0.1") if number < 900 else Decimal(0),
        }  # fmt: skip
        contents.update({(row, band.columns[field]): Content(value) for field, value in texts.items()})
    path.write_bytes(build(Book([Sheet("大表", form._replace(contents=contents))])))
    return path


def without_formulas(path: Path) -> Path:
    """The same workbook after somebody has deleted every formula."""
    host = PackageHost(path)
    grids = host.read().grids
    host.write(Change(grid.title, *at, None) for grid in grids for at, cell in grid.cells.items() if cell.formula)
    host.save()
    return path


def computed(document: Document) -> Iterator[tuple[Grid, int, int, Cell]]:
    """Every cell with a formula: its sheet, row, column and itself."""
    for grid in document.grids:
        for (row, column), cell in grid.cells.items():
            if cell.formula is not None:
                yield grid, row, column, cell


def same(ours: object, theirs: object) -> bool:
    """Whether our value is what another program computed; ``""`` and blank are one."""
    if isinstance(ours, Decimal) and isinstance(theirs, int | float):
        return abs(float(ours) - theirs) < 1e-9
    return (ours if ours != "" else None) == (theirs if theirs != "" else None)
