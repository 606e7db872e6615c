"""A library that also holds the drawings of the tests, and a hand to fill their workbooks."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from unittest.mock import patch

from jixiao.actions.fill import fill
from jixiao.figures import parse
from jixiao.forms import library
from jixiao.forms.recognise import forms
from jixiao.forms.recognised import Recognised
from jixiao.grid import Change
from jixiao.hosts.package import PackageHost

DRAWINGS = Path(__file__).parents[1] / "drawings"


@contextmanager
def shelf(folder: Path, *drawings: str) -> Iterator[None]:
    """The shipped drawings, those of the tests and these beside them, as if all were shipped."""
    shutil.copytree(Path(library.folder()) / "drawings", folder / "drawings")
    for path in DRAWINGS.glob("*.txt"):
        shutil.copy(path, folder / "drawings")
    for text in drawings:
        (folder / "drawings" / f"{text.split()[2]}.txt").write_text(text, encoding="utf-8")
    with patch.object(library, "folder", lambda: str(folder)):
        _forget()
        yield
    _forget()


def _forget() -> None:
    library.shipped_identifiers.cache_clear()
    library._shipped.cache_clear()
    library._of.cache_clear()


def write(path: Path, facts: Mapping[str, str], tables: Mapping[str, Sequence[Mapping[str, str]]]) -> Recognised:
    """Type facts and rows into a workbook of one form, as a person would, and fill it."""
    host = PackageHost(path)
    [form] = forms(host.read())
    cells = {form.placement.facts[fact]: text for fact, text in facts.items()}
    for name, rows in tables.items():
        band = form.placement.bands[name]
        assert len(rows) <= len(band.rows)
        for row, texts in zip(band.rows, rows, strict=False):
            cells |= {(row, band.columns[field]): text for field, text in texts.items()}
    host.write(Change(form.grid.title, *spot, _typed(text)) for spot, text in cells.items())
    host.write(fill(host.read()).changes)
    host.save()
    [form] = forms(PackageHost(path).read())
    return form


def _typed(text: str) -> Decimal | str:
    figure = parse(text)
    return figure.value if figure else text
