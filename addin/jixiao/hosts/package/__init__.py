"""An .xlsx or .xlsm file as a host: read in one pass, patched in place, saved whole or not at all."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from os import PathLike, fspath
from typing import TYPE_CHECKING

from jixiao.errors import Refusal
from jixiao.grid import Binding, Change, Document, Grid, Link, Value
from jixiao.hosts.identity import Identity, known_identity, sheets_with_identity
from jixiao.hosts.package.markup import Edit, edited, spans
from jixiao.hosts.package.reading import SheetReader
from jixiao.hosts.package.workbook import (
    CONTENT_TYPES,
    Sheet,
    Workbook,
    read_formats,
    read_texts,
    read_workbook,
    relations_part,
    xml,
)
from jixiao.hosts.saving import base_name, read_bytes, replace_read
from jixiao.hosts.zipped import MOST_BYTES, Archive
from jixiao.ours import is_bound, is_foreign
from jixiao.wording import files
from jixiao.wording.workbook import RESULTS

if TYPE_CHECKING:
    from jixiao.hosts.package.binding import Binder

_PROTECTION = b"sheetProtection"

At = tuple[str, int, int]
"""A cell: its sheet, row and column."""


class PackageHost:
    """A workbook package. Every method raises Refusal, naming the file, for what it cannot serve."""

    def __init__(self, path: str | PathLike[str]) -> None:
        """A workbook that can be saved; whoever only reads takes ``from_bytes``, for this one remembers what it read."""
        self._path: str | None = fspath(path)
        self._content = read_bytes(path, most=MOST_BYTES)
        self._start(Archive(self._content, base_name(self._path)))

    @classmethod
    def from_bytes(cls, data: bytes, name: str) -> "PackageHost":
        """A workbook in memory; ``name`` is what messages call it. It has ``to_bytes`` instead of ``save``."""
        host = cls.__new__(cls)
        host._path = None
        host._start(Archive(data, name))
        return host

    def _start(self, archive: Archive) -> None:
        self._archive = archive
        self._changed = False
        self._workbook: Workbook = read_workbook(archive)

    def read(self) -> Document:
        """All sheets, hidden ones included, as they are now."""
        reader = self._reader()
        sheets = (sheet for sheet in self._workbook.sheets if sheet.part)
        grids = [reader.read(sheet, xml(self._archive, sheet.part)) for sheet in sheets]
        document = Document(self._archive.name, grids, editable=True)
        return self._computed(document, reader) if reader.unsaved else document

    def write(self, changes: Iterable[Change]) -> None:
        """Put in all changes or, if one is refused, none."""
        by_sheet: dict[str, list[Change]] = {}
        for change in changes:
            by_sheet.setdefault(change.sheet, []).append(change)
        if by_sheet:
            self._write(by_sheet)

    def mark(self, marks: Mapping[str, Iterable[str]], lines: Sequence[Sequence[Value | Link]]) -> None:
        """Replace the list on 校验结果 and every form's marks; without marks and lines all are taken away."""
        from jixiao.hosts.marks import mark_changes
        from jixiao.hosts.package.marks import with_marks_names

        results = self._results()
        if results is None:
            if lines or any(list(cells) for cells in marks.values()):
                raise Refusal(files.NO_MARK_SHEET.format(name=self._archive.name))
            return
        sheets, part = self._workbook.sheets, self._workbook.part
        marked = [sheet.title for sheet in sheets if sheet.has_marks]
        self.write(mark_changes(results, marked, marks, lines))
        self._put(part, with_marks_names(xml(self._archive, part), sheets, results.title))

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Make sheets of somebody else's workbook ours, all of them or, if one is refused, none."""
        from jixiao.hosts.package.binding import Binder

        self._rebind(bindings, Binder.bind)

    def unbind(self, bindings: Sequence[Binding], rates: Collection[At] = ()) -> None:
        """Take back what these bindings brought, as far as it is still there; these ``rates`` go on printing as such."""
        from jixiao.hosts.package.binding import Binder

        self._rebind(bindings, partial(Binder.unbind, rates=rates))

    def content(self) -> bytes:
        """The whole package as it is now; nothing is saved."""
        return self.to_bytes()

    def save(self) -> None:
        """Put the file in place at one stroke, after a backup of the old one; nothing happens without changes.

        Raises Refusal if the file is no longer what was read, or saved last.
        """
        if self._path is not None and self._changed:
            content = self.to_bytes()
            replace_read(self._path, content, self._content)
            self._content, self._changed = content, False

    @property
    def place(self) -> str:
        """Its path; of one in memory, its name."""
        return self._path or self._archive.name

    def identity(self, document: Document) -> Identity | None:
        """What tells this workbook from every other, and which step stands in it; None if that was never needed."""
        return known_identity(document)

    def identify(self, document: Document, identity: Identity) -> None:
        """Put its identity into the workbook, as a name of ours; the next save makes it last."""
        from jixiao.hosts.package.numbering import with_identity

        titles, part = [sheet.title for sheet in self._workbook.sheets], self._workbook.part
        at = [titles.index(sheet) for sheet in sheets_with_identity(document)]
        self._put(part, with_identity(xml(self._archive, part), at, identity))
        self._workbook = read_workbook(self._archive)

    def forget(self) -> None:
        """Take its identity out of the workbook: a copy has no steps to take back."""
        from jixiao.hosts.package.numbering import without_identity

        self._put(self._workbook.part, without_identity(xml(self._archive, self._workbook.part)))
        self._workbook = read_workbook(self._archive)

    def to_bytes(self) -> bytes:
        """The whole package; parts that were not changed are the same packed bytes as before."""
        return self._archive.to_bytes()

    def _reader(self) -> SheetReader:
        archive, workbook = self._archive, self._workbook
        return SheetReader(read_texts(archive, workbook), read_formats(archive, workbook), workbook)

    def _computed(self, document: Document, reader: SheetReader) -> Document:
        """The document with the results of the formulas that were saved without one, as far as they can be told."""
        from jixiao.calculation import results  # few files need it

        found = results(document, self._workbook.names)

        def completed(grid: Grid) -> Grid:
            cells = dict(grid.cells)
            for spot, cell in grid.cells.items():
                at = (grid.title, *spot)
                if not cell.saved and at in found:
                    cells[spot] = reader.shown(cell, found[at], reader.unsaved[at])
            return grid._replace(cells=cells)

        return document.with_grids(completed)

    def _rebind(self, bindings: "Sequence[Binding]", change: "Callable[[Binder, Sequence[Binding]], None]") -> None:
        """Change a copy of the package, which takes its place only as a whole."""
        from jixiao.hosts.package.binding import Binder

        if not bindings:
            return
        self._refuse_signed()
        archive = self._archive.copy()
        change(Binder(archive, self.read().grids), bindings)
        self._workbook = read_workbook(archive)
        self._archive, self._changed = archive, True

    def _refuse_signed(self) -> None:
        if any(part.lower().startswith("_xmlsignatures/") for part in self._archive):
            raise Refusal(files.SIGNED.format(name=self._archive.name))

    def _write(self, by_sheet: Mapping[str, Sequence[Change]]) -> None:
        archive = self._archive
        self._refuse_signed()
        from jixiao.hosts.package.patching import patched  # only who writes pays for it

        results = {}
        for sheet, changes in by_sheet.items():
            found = self._sheet(sheet)
            part = xml(archive, found.part)
            unlocked = self._unlocked() if _PROTECTION in part.content and not _is_own(found) else None
            results[found.part] = patched(part, changes, unlocked)
        for name, result in results.items():
            self._put(name, result.content)
        if any(result.formulas_changed for result in results.values()):
            self._drop_calculation_chain()

    def _unlocked(self) -> frozenset[int]:
        """The styles of the cells that whoever protects a sheet leaves open."""
        from jixiao.hosts.package.styles import unlocked_styles

        part = self._workbook.related("styles")
        return unlocked_styles(xml(self._archive, part)) if part and part in self._archive else frozenset()

    def _sheet(self, title: str) -> Sheet:
        for sheet in self._workbook.sheets:
            if sheet.title == title:
                return sheet
        raise Refusal(files.NO_SHEET.format(name=self._archive.name, sheet=title))

    def _put(self, part: str, content: bytes) -> None:
        if content != self._archive.read(part):
            self._archive.put(part, content)
            self._changed = True

    def _results(self) -> Grid | None:
        for sheet in self._workbook.sheets:
            if sheet.title == RESULTS:
                return self._reader().read(sheet, xml(self._archive, sheet.part))
        return None

    def _drop_calculation_chain(self) -> None:
        """The order of calculation names the cells with formulas; Excel makes a new one when it is missing."""
        chain = self._workbook.related("calcChain")
        if chain is None or chain not in self._archive:
            return
        listed, types = relations_part(self._archive, self._workbook.part), self._archive.named(CONTENT_TYPES)
        self._cut(listed, "Relationship", "Type", lambda kind: kind.endswith("/calcChain"))
        self._cut(types, "Override", "PartName", lambda name: self._archive.named(name) == chain)
        self._archive.remove(chain)
        self._workbook = read_workbook(self._archive)

    def _cut(self, part: str, local: str, attribute: str, unwanted: Callable[[str], bool]) -> None:
        listed = xml(self._archive, part)
        found = [span for span in spans(listed, local) if unwanted(span.attributes.get(attribute, ""))]
        self._put(part, edited(listed.content, (Edit(span.start, span.end) for span in found)))


def _is_own(sheet: Sheet) -> bool:
    """Whether we made a sheet: then its protection keeps people from its formulas, not us."""
    return sheet.title == RESULTS or is_bound(sheet) and not is_foreign(sheet)
