"""What an import must keep: every text of the document, on a sheet or in the list, and what is read from it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from building import document
from form_file import FormFile

from jixiao.actions.book import Book
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.evaluation import Evaluation
from jixiao.forms.recognise import forms
from jixiao.grid import Document, Grid
from jixiao.hosts.package import PackageHost
from jixiao.wording import workbook


class Imported:
    """A published form, the workbook it was imported into, and that workbook as it is read again."""

    def __init__(self, form: FormFile, into: str = "") -> None:
        self.before = document(form)
        self.book: Book = import_document(self.before, form=into)
        self.after: Document = PackageHost.from_bytes(build(self.book), f"{form.id}.xlsx").read()

    @property
    def sheets(self) -> Sequence[Grid]:
        """Those with forms."""
        return [grid for grid in self.after.grids if grid.title not in workbook.OWN_SHEETS]

    @property
    def listed(self) -> Sequence[str]:
        """未导入内容, as somebody sees it."""
        lists = [grid for grid in self.after.grids if grid.title == workbook.UNPLACED]
        return [cell.text for grid in lists for (row, column), cell in grid.cells.items() if row > 3 and column == 2]

    def shown(self) -> Counter[str]:
        """Every text of the sheets."""
        return Counter(bare(cell.text) for grid in self.sheets for cell in grid.cells.values() if bare(cell.text))

    def read_again(self) -> list[str]:
        """What is read otherwise from the sheets than from the document; blank facts are none."""
        return read_otherwise(self.before, self.after)


def read_otherwise(former: Document, latter: Document) -> list[str]:
    """What is read otherwise from one document than from another."""
    before, after = ([form.evaluation for form in forms(one)] for one in (former, latter))
    if len(before) != len(after):
        return [f"{len(before)} forms, {len(after)} after"]
    return [line for one, other in zip(before, after, strict=True) for line in _differences(one, other)]


def texts(given: Document) -> Counter[str]:
    """Every text of a document."""
    cells = [cell.text for grid in given.grids if grid.inside is None for cell in grid.cells.values()]
    return Counter(bare(text) for text in (*cells, *given.paragraphs) if bare(text))


def bare(text: str) -> str:
    return "".join(text.split())


def _differences(before: Evaluation, after: Evaluation) -> Iterator[str]:
    for name in ("title", "unit", "stage", "year"):
        if bare(str(getattr(before, name))) != bare(str(getattr(after, name))):
            yield f"{name}: {getattr(before, name)} / {getattr(after, name)}"
    first, second = _facts(before), _facts(after)
    for name in sorted({*first, *second}):
        again = (
            name.rpartition(".")[2].isdecimal() and name not in first
        )  # what the document says twice, in its lines above
        if first.get(name) != second.get(name) and not again:
            yield f"{name}: {first.get(name)} / {second.get(name)}"
    if _tables(before) != _tables(after):
        yield f"tables: {_tables(before)} / {_tables(after)}"


def _facts(evaluation: Evaluation) -> dict[str, tuple[str, float]]:
    return {name: (bare(cell.text), cell.sure) for name, cell in evaluation.facts.items() if not cell.blank}


def _tables(evaluation: Evaluation) -> dict[str, list[dict[str, tuple[str, float]]]]:
    return {
        name: [{f: (bare(c.text), c.sure) for f, c in row.cells.items() if not c.blank} for row in rows]
        for name, rows in evaluation.tables.items()
    }
