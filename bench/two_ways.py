"""Two ways: does a bureau's form come back as it went in?

``python bench/two_ways.py FOLDER...`` takes every form of the folders (.xlsx, .docx, .form) there and back as a user would,
by whole commands on files, and prints one line a form:

- *back*: bound, filled, checked and exported, it is the document again, read by openpyxl: every text in its cell (of a Word
  form: in its order), every merged cell, every other part of the file; only computed cells are added.
- *said*: binding and filling take away no finding and add none but by what they wrote.
- *kept*: saved by LibreOffice and by openpyxl, a bound form has the same names and is read and checked as the same;
  LibreOffice computes from each formula the value that stands with it.
- *undone*: the bound file, those two included, is taken back to what it was.
- *drawn*: its drawing, put into the own folder, gives a new workbook that says the same once the form's facts are typed in.

Below stands what differed. Scratch files go to a folder that is removed at the end; HOME is another one meanwhile.
"""

import contextlib
import io
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import openpyxl

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "forms" / "local"))

from building import write
from form_file import load
from imported import bare, read_otherwise, texts

from jixiao import shelf
from jixiao.actions.examine import examined
from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.evaluation import Evaluation
from jixiao.forms.placement import Anchors
from jixiao.forms.recognise import as_drawn, forms
from jixiao.forms.recognised import Recognised
from jixiao.grid import Change, Grid, Value
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.wording.workbook import OWN_SHEETS
from office import convert_all

WAYS = ("back", "said", "kept", "undone", "drawn")
TOUCHED = ("xl/worksheets/", "xl/styles.xml")
"""What the export of a bound workbook may have changed."""

Cells = dict[tuple[str, str], Value]


class Form:
    """A document on its way: as it came, as the workbook that is bound, and as it left."""

    def __init__(self, source: Path, folder: Path) -> None:
        self.name, self.source = f"{source.stem}-{source.suffix[1:]}", source
        self.folder = folder / self.name
        self.folder.mkdir()
        self.start, self.bound, self.out = (self.folder / f"{name}.xlsx" for name in ("start", self.name, "out"))
        self.said: Mapping[str, Counter[str]] = {}

    @property
    def is_word(self) -> bool:
        return self.source.suffix == ".docx"

    def there(self) -> None:
        """Import what is no workbook, bind, fill and export."""
        if self.is_word:
            run("import", "--native", self.source, "-o", self.start)  # LibreOffice is to compute it
        else:
            self.start.write_bytes(self.source.read_bytes())
        self.bound.write_bytes(self.start.read_bytes())
        said = {"before": findings(self.source)}
        for command in ("bind", "fill"):
            run(command, self.bound)
            said[command] = findings(self.bound)
        run("export", self.bound, "-o", self.out)
        self.said = said


def run(*arguments: object) -> str:
    """What a command says. Raises RuntimeError if it is refused."""
    said, refused = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(refused):
        code = main([str(argument) for argument in arguments])
    if code == 2:
        raise RuntimeError(f"{arguments[0]}: {refused.getvalue().strip()}")
    return said.getvalue()


def findings(path: Path) -> Counter[str]:
    """What a check says, without the places: those of a Word table are others."""
    found = examined(load_document(str(path)))
    return Counter(f"{one.severity} {one.code} {bare(one.message)}" for form in found for one in form.findings)


# ---------------------------------------------------------------- back, and what is said on the way


def back(form: Form) -> Iterator[str]:
    """What the export says otherwise than the document, but for computed cells that were blank."""
    computed = {at for at, value in cells(form.bound, formulas=True).items() if is_formula(value)}
    if form.is_word:
        yield from _words_lost(form)
    else:
        yield from _cells_lost(form, computed)
        yield from _parts_lost(form)
    if merges(form.start) != merges(form.out):
        yield "merged cells differ"


def _cells_lost(form: Form, computed: set[tuple[str, str]]) -> Iterator[str]:
    before, after = cells(form.start), cells(form.out)
    for at in before.keys() | after.keys():
        stood, stands = before.get(at), after.get(at)
        if at in before and not same(stood, stands):
            yield f"{at}: {stood!r} / {stands!r}"
        if at not in before and at not in computed:
            yield f"{at}: new {stands!r}"
    if left := [
        at for at, value in cells(form.out, formulas=True).items() if is_formula(value) and at not in _theirs(form)
    ]:
        yield f"formulas left: {left}"


def _theirs(form: Form) -> set[tuple[str, str]]:
    return {at for at, value in cells(form.start, formulas=True).items() if is_formula(value)}


def _parts_lost(form: Form) -> Iterator[str]:
    with ZipFile(form.start) as old, ZipFile(form.out) as new:
        if set(old.namelist()) != set(new.namelist()):
            yield f"parts: {set(old.namelist()) ^ set(new.namelist())}"
            return
        for name in old.namelist():
            if not name.startswith(TOUCHED) and old.read(name) != new.read(name):
                yield f"part {name} differs"


def _words_lost(form: Form) -> Iterator[str]:
    """Every text is on a sheet or in the list of the import; as a Word file again each table has its order."""
    document = load_document(str(form.source))
    listed = Counter(bare(text) for text in unplaced(form.bound))
    again = form.out.with_suffix(".docx")
    run("export", form.bound, "-o", again)
    for path in (form.out, again):
        if lost := texts(document) - texts(load_document(str(path))) - listed:
            yield f"{path.name} lost: {dict(lost)}"
    after = [text for grid in load_document(str(again)).grids for text in in_order(grid)]
    for grid in document.grids:
        if not is_within([text for text in in_order(grid) if text in after], after):
            yield f"table {grid.table}: another order"


def in_order(grid: Grid) -> list[str]:
    return [bare(cell.text) for _, cell in sorted(grid.cells.items()) if bare(cell.text)]


def unplaced(path: Path) -> Iterator[str]:
    for grid in load_document(str(path)).grids:
        if grid.title in OWN_SHEETS:
            yield from (cell.text for cell in grid.cells.values())


def is_within(some: Sequence[str], many: Sequence[str]) -> bool:
    """Whether some texts stand among many, in this order."""
    rest = iter(many)
    return all(text in rest for text in some)


def said(form: Form) -> Iterator[str]:
    """What a check said first and says no more, or says only since; the document itself is what it is compared with."""
    for step in ("bind", "fill"):
        before, after = form.said["before"], form.said[step]
        yield from (f"{step}: no more {line}" for line in before - after)
        yield from (f"{step}: new {line}" for line in after - before)


# ---------------------------------------------------------------- kept by others, and taken back


def kept(form: Form, others: Mapping[str, Path]) -> Iterator[str]:
    """What is otherwise in the files another program saved."""
    ours = load_document(str(form.bound))
    for program, path in others.items():
        theirs = load_document(str(path))
        for grid, other in zip(ours.grids, theirs.grids, strict=True):
            if ours_of(grid.names) != ours_of(other.names):
                yield f"{program}: names {ours_of(grid.names).items() ^ ours_of(other.names).items()}"
            if grid.constants != other.constants:
                yield f"{program}: constants {grid.constants} / {other.constants}"
        yield from (f"{program}: {line}" for line in read_otherwise(ours, theirs))
        if findings(form.bound) != findings(path):
            yield f"{program}: {(findings(form.bound) - findings(path)) + (findings(path) - findings(form.bound))}"
        copy = path.with_name(f"again-{path.name}")
        copy.write_bytes(path.read_bytes())
        if "没有要改动" not in (again := run("bind", copy)):
            yield f"{program}: bind says {again.splitlines()[:2]}"
    if "LibreOffice" in others:
        computed, cached, theirs = cells(others["LibreOffice"]), cells(form.bound), _theirs(form)
        for at, value in cells(form.bound, formulas=True).items():
            if is_formula(value) and at not in theirs and not same(cached.get(at), computed.get(at)):
                yield f"LibreOffice computes {at}: {cached.get(at)!r} / {computed.get(at)!r} {value}"


def ours_of(names: Mapping[str, object]) -> dict[str, object]:
    return {name: area for name, area in names.items() if not name.startswith("_xlnm")}


def undone(form: Form, others: Mapping[str, Path]) -> Iterator[str]:
    """What is not taken back."""
    if form.is_word:
        return  # an imported form was never without us
    saved = form.bound.read_bytes()
    for program, path in {"jixiao": form.bound, **others}.items():
        form.bound.write_bytes(path.read_bytes())  # what is remembered of a file is remembered of its place
        with contextlib.suppress(RuntimeError):  # there is nothing more to take back
            while True:
                run("undo", form.bound)
        yield from (f"{program}: {line}" for line in _not_taken_back(form))
        form.bound.write_bytes(saved)


def _not_taken_back(form: Form) -> Iterator[str]:
    """What is otherwise than at the start."""
    before, after = cells(form.start, formulas=True), cells(form.bound, formulas=True)
    for at in before.keys() | after.keys():
        if not same(before.get(at), after.get(at)):
            yield f"{at}: {before.get(at)!r} / {after.get(at)!r}"
    if any("jx.form" in grid.constants for grid in load_document(str(form.bound)).grids):
        yield "still bound"


# ---------------------------------------------------------------- drawn


def drawn(form: Form) -> Iterator[str]:
    """What a workbook made from the form's own drawing says otherwise, once the form's facts are typed into it."""
    document = load_document(str(form.source))
    for number, original in enumerate(forms(document), 1):
        path = drawings_of(form)[number - 1]
        kept_at = Path(shelf.own_folder(), path.name)
        kept_at.write_bytes(path.read_bytes())
        shelf.forget()
        try:
            yield from (f"form {number}: {line}" for line in _as_typed(path.stem, form.folder, as_drawn(original)))
        finally:
            kept_at.unlink()
            shelf.forget()  # the next form may be the same one in another file


def drawings_of(form: Form) -> list[Path]:
    folder = form.folder / "drawings"
    if not folder.exists():
        run("draw", form.source, "-o", folder)
    return sorted(folder.glob("*.txt"), key=lambda path: path.stat().st_mtime_ns)  # as they were written


def _as_typed(name: str, folder: Path, original: Recognised) -> Iterator[str]:
    verdict = run("draw", "--check", Path(shelf.own_folder(), f"{name}.txt"))
    if "没有问题" not in verdict:
        yield f"not sound: {verdict.strip()}"
        return
    path = folder / f"{name}.xlsx"
    run("new", "--form", name, "--year", original.evaluation.year or 2023, "-o", path)
    host = PackageHost(path)
    [blank] = [as_drawn(form) for form in forms(host.read())]
    host.write(list(typing(blank, original)))
    host.save()
    run("fill", path)
    [again] = forms(load_document(str(path)))
    yield from differences(original.evaluation, again.evaluation, computed(blank))


def computed(form: Recognised) -> set[str]:
    """What nobody types."""
    return {spec.name for spec in form.drawing.specs if spec.relation}


def typing(blank: Recognised, original: Recognised) -> Iterator[Change]:
    """The facts of a form, typed where the empty one has their places; blocks row by row."""
    anchors, not_typed = Anchors(blank.grid), computed(blank)

    def typed(row: int, column: int, text: str) -> Iterator[Change]:
        if text and anchors.of(row, column) == (row, column):
            yield Change(blank.grid.title, row, column, number_or(text))

    for fact, spot in blank.placement.facts.items():
        if fact in original.evaluation.facts and fact not in not_typed:
            yield from typed(*spot, original.evaluation.facts[fact].text)
    for name, band in blank.placement.bands.items():
        stood = original.placement.bands.get(name, band._replace(rows=()))
        for row, former in zip(band.rows, stood.rows, strict=False):
            for field in band.columns.keys() & stood.columns.keys():
                if f"{name}.{field}" not in not_typed:
                    yield from typed(row, band.columns[field], original.grid.at(former, stood.columns[field]).text)


def differences(before: Evaluation, after: Evaluation, not_typed: set[str]) -> Iterator[str]:
    """Typed facts that are lost or otherwise; one the document says twice is asked for once."""
    for fact, cell in before.facts.items():
        twice = fact.rpartition(".")[2].isdecimal()
        now = after.facts.get(fact)
        if not (cell.blank or twice or fact in not_typed) and (now is None or not says(cell.text, now.text)):
            yield f"{fact}: {cell.text!r} / {now and now.text!r}"
    for name, rows in before.tables.items():
        others = after.tables.get(name, ())
        if len(rows) != len(others):
            yield f"{name}: {len(rows)} rows / {len(others)}"
            continue
        for number, (row, other) in enumerate(zip(rows, others, strict=True), 1):
            for field, cell in row.cells.items():
                now = other.cells.get(field)
                known = cell.blank or f"{name}.{field}" in not_typed
                if not known and (now is None or not says(cell.text, now.text)):
                    yield f"{name} {number} {field}: {cell.text!r} / {now and now.text!r}"


def says(text: str, other: str) -> bool:
    return bare(text) == bare(other) or same(number_or(text), number_or(other))


def number_or(text: str) -> Value:
    """What a spreadsheet takes from the keyboard."""
    try:
        number = Decimal(text.replace(",", ""))
        return number if number.is_finite() else text
    except ArithmeticError:
        return text


# ---------------------------------------------------------------- files as openpyxl reads them


def cells(path: Path, formulas: bool = False) -> Cells:
    """Every cell that holds something, but those of sheets of our own."""
    book = openpyxl.load_workbook(path, data_only=not formulas)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book.worksheets
        if sheet.title not in OWN_SHEETS
        for row in sheet
        for cell in row
        if cell.value not in (None, "")
    }


def merges(path: Path) -> dict[str, set[str]]:
    book = openpyxl.load_workbook(path)
    return {
        sheet.title: {str(area) for area in sheet.merged_cells.ranges}
        for sheet in book.worksheets
        if sheet.title not in OWN_SHEETS
    }


def is_formula(value: object) -> bool:
    return isinstance(value, str) and value.startswith("=")


def same(value: object, other: object) -> bool:
    """Equal, as far as a double tells; a formula that shows "" shows nothing."""
    if isinstance(value, int | float | Decimal) and isinstance(other, int | float | Decimal):
        return abs(float(value) - float(other)) <= 1e-9 * max(1.0, abs(float(value)))
    return str(value or "").replace("\r\n", "\n") == str(other or "").replace("\r\n", "\n")


# ---------------------------------------------------------------- all of them


class Result(NamedTuple):
    form: str
    differing: Mapping[str, Sequence[str]]


def saved_by_others(form_files: Sequence[Form], folder: Path) -> dict[str, dict[str, Path]]:
    """Every bound workbook as LibreOffice and openpyxl save it; one office for all."""
    by_office = convert_all([form.bound for form in form_files], "xlsx", folder)
    others: dict[str, dict[str, Path]] = {}
    for form, office in zip(form_files, by_office, strict=True):
        plain = form.folder / "openpyxl.xlsx"
        openpyxl.load_workbook(form.bound).save(plain)
        others[form.name] = {"LibreOffice": office, "openpyxl": plain}
    return others


def results(sources: Sequence[Path], folder: Path) -> Iterator[Result]:
    taken: list[Form] = []
    for source in sources:
        form = Form(source, folder)
        try:
            form.there()
            taken.append(form)
        except (RuntimeError, Refusal) as refused:
            yield Result(form.name, {"back": [str(refused)]})
    office = folder / "office"
    office.mkdir()
    others = saved_by_others(taken, office)
    for form in taken:
        ways: dict[str, Callable[[], Iterator[str]]] = {
            "back": lambda form=form: back(form),
            "said": lambda form=form: said(form),
            "kept": lambda form=form: kept(form, others[form.name]),
            "undone": lambda form=form: undone(form, others[form.name]),
            "drawn": lambda form=form: drawn(form),
        }
        yield Result(form.name, {way: _lines(lines) for way, lines in ways.items()})


def _lines(lines: Callable[[], Iterator[str]]) -> list[str]:
    try:
        return list(lines())
    except Exception as broken:  # one form that breaks is a line of the table, not the end of it
        return [f"{type(broken).__name__}: {broken}"]


def sources_in(places: Sequence[Path], folder: Path) -> list[Path]:
    """The documents of some folders; a .form is made into one. Of two with one name the first counts."""
    found: dict[str, Path] = {}
    made = folder / "made"
    made.mkdir()
    for place in places:
        for path in sorted(place.iterdir()):
            if path.suffix == ".form" and path.stem not in found:
                found[path.stem] = write(load(path), made)
            elif path.suffix in (".xlsx", ".docx") and not (path.stem in found and path.suffix == ".docx"):
                found[f"{path.stem}" if path.stem not in found else f"{path.stem}{path.suffix}"] = path
    return list(found.values())


def report(found: Sequence[Result]) -> None:
    print(f"{'':44}{''.join(f'{way:>8}' for way in WAYS)}")
    for result in found:
        marks = (f"{'-' if way not in result.differing else len(result.differing[way]) or '.':>8}" for way in WAYS)
        print(f"{result.form:44}{''.join(marks)}")
    sound = {way: sum(not result.differing.get(way, [""]) for result in found) for way in WAYS}
    print(f"{f'{len(found)} forms, as they were:':44}{''.join(f'{sound[way]:>8}' for way in WAYS)}")
    for result in found:
        for way, lines in result.differing.items():
            for line in lines:
                print(f"{result.form} {way}: {line[:300]}")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["HOME"] = scratch
        Path(shelf.own_folder()).mkdir(parents=True)
        report(list(results(sources_in([Path(place) for place in sys.argv[1:]], Path(scratch)), Path(scratch))))
