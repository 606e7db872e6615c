"""Bind sheets of somebody else's package, and let them go again: whatever is not meant stays byte for byte."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence

from jixiao.errors import Refusal
from jixiao.grid import Binding, Change, Grid
from jixiao.hosts import defined, stated
from jixiao.hosts.marks import FIRST_MARKS_COLUMN, HEADS_ROW, marks_area
from jixiao.hosts.package import sheet_binding as sheets
from jixiao.hosts.package.markup import Edit, edited
from jixiao.hosts.package.names import texts_of, with_names, without_names
from jixiao.hosts.package.outline import Outline, outline
from jixiao.hosts.package.patching import patched
from jixiao.hosts.package.results import is_bare, is_results, results_sheet
from jixiao.hosts.package.styles import EMPTY, Styles, former_styles, trimmed
from jixiao.hosts.package.workbook import CONTENT_TYPES, Sheet, read_workbook, relations_part, xml
from jixiao.hosts.parts import Odd, Part
from jixiao.hosts.zipped import Archive
from jixiao.ours import FORM_NAME, ID_NAME, MARKS_NAME, is_bound
from jixiao.places import address, sheet_name
from jixiao.wording import files
from jixiao.wording.workbook import RESULTS

_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TITLES = "_xlnm.Print_Titles"


class Binder:
    """A package whose sheets are bound or let go; ``grids`` are its sheets as they were read."""

    def __init__(self, archive: Archive, grids: Sequence[Grid]) -> None:
        self._archive = archive
        self._grids = {grid.title: grid for grid in grids}
        self._book = read_workbook(archive)

    def bind(self, bindings: Sequence[Binding]) -> None:
        """Put in the names, and where they make a form of a sheet the marks too."""
        forms = [binding for binding in bindings if FORM_NAME in binding.constants]
        self._refuse_unbindable(bindings, forms)
        if forms:
            self._dress(forms)
        titles = [sheet.title for sheet in self._book.sheets]
        texts = {
            (titles.index(binding.sheet), name): text
            for binding in bindings
            for name, text in texts_of(binding).items()
        }
        free = self._free_column()
        for binding in forms:
            if not self._sheet(binding.sheet).has_marks:
                texts[titles.index(binding.sheet), MARKS_NAME] = marks_area(RESULTS, free)
                free += 1
        self._archive.put(self._book.part, with_names(self._workbook, texts))

    def unbind(self, bindings: Sequence[Binding], rates: Collection[tuple[str, int, int]] = ()) -> None:
        """Take out the names, and from sheets that are no form any more the marks too.

        ``rates`` are the cells that go on printing as a rate.
        """
        titles = [sheet.title for sheet in self._book.sheets]
        there = [binding for binding in bindings if binding.sheet in titles]
        unwanted = {
            (titles.index(binding.sheet), name.lower())
            for binding in there
            for name in (*binding.names, *binding.constants, *([MARKS_NAME] if FORM_NAME in binding.constants else ()))
        }
        forms = [binding.sheet for binding in there if FORM_NAME in binding.constants]
        self._clear_marks(forms)
        left = self._forms_without(forms)
        self._put_workbook(
            without_names(
                self._workbook, lambda at, name: (at, name) in unwanted or (not left and name == ID_NAME.lower())
            )
        )
        self._undress(forms, rates)
        if forms and not left:
            self._drop_results()
        if forms:
            self._trim_styles()

    # ---- what cannot be bound

    def _refuse_unbindable(self, bindings: Sequence[Binding], forms: Sequence[Binding]) -> None:
        name = self._archive.name
        for binding in bindings:
            grid = self._grids.get(binding.sheet)
            if grid is None:
                raise Refusal(files.NO_SHEET.format(name=name, sheet=binding.sheet))
            sheet = outline(xml(self._archive, self._sheet(binding.sheet).part))
            if sheet.root.child("sheetData") is None:
                raise Refusal(files.NO_CELLS.format(name=name, sheet=binding.sheet))
        if not forms:
            return
        results = next((sheet for sheet in self._book.sheets if sheet.title == RESULTS), None)
        if results is not None and not (results.title in self._grids and is_results(self._grids[RESULTS])):
            raise Refusal(files.OTHER_RESULTS.format(name=name, sheet=RESULTS))
        if results is None and _is_locked(self._workbook):
            raise Refusal(files.LOCKED_STRUCTURE.format(name=name, sheet=RESULTS))

    # ---- the sheets and their looks

    def _dress(self, forms: Sequence[Binding]) -> None:
        """The marks and rates of the sheets, and the sheet 校验结果."""
        styles = Styles(self._styles_part())
        if RESULTS not in [sheet.title for sheet in self._book.sheets]:
            self._add_results(styles)
        for binding in forms:
            part = self._sheet(binding.sheet).part
            content = sheets.with_rates(xml(self._archive, part), binding.rates, styles)
            sheet = Part(self._archive.name, part, sheets.without_marks_format(Part(self._archive.name, part, content)))
            area = _used(self._grids[binding.sheet], binding)
            self._archive.put(part, sheets.with_marks_format(sheet, area, styles.mark()))
        self._archive.put(self._related("styles"), styles.content)

    def _undress(self, forms: Iterable[str], rates: Collection[tuple[str, int, int]]) -> None:
        styles = self._book.related("styles")
        former = former_styles(xml(self._archive, styles)) if styles and styles in self._archive else {}
        for title in forms:
            part = self._sheet(title).part
            sheet = xml(self._archive, part) if part else None
            if sheet:
                sheet = sheet._replace(content=sheets.without_marks_format(sheet))
                self._put(
                    part,
                    sheets.without_rates(sheet, former, {(row, column) for at, row, column in rates if at == title}),
                )

    def _trim_styles(self) -> None:
        part = self._book.related("styles")
        if part is None or part not in self._archive:
            return
        styles: set[int] = set()
        formats: set[int] = set()
        for sheet in self._book.sheets:
            if sheet.part and sheet.part in self._archive:
                content = xml(self._archive, sheet.part).content
                styles |= sheets.used_styles(content)
                formats |= sheets.used_formats(content)
        trimmed_styles = trimmed(xml(self._archive, part), styles, formats)
        if trimmed_styles == EMPTY:
            self._remove_part(part)
        else:
            self._put(part, trimmed_styles)

    def _styles_part(self) -> Part:
        part = self._book.related("styles")
        if part is None or part not in self._archive:
            self._add_part("styles", part or self._free_part("styles.xml", "styles{}.xml"), EMPTY)
        return xml(self._archive, self._related("styles"))

    # ---- the sheet 校验结果

    def _add_results(self, styles: Styles) -> None:
        part = self._free_part("worksheets/sheet1.xml", "worksheets/sheet{}.xml")
        relation = self._add_part("worksheet", part, results_sheet(styles.results()))
        found = outline(self._workbook, 2)
        listed = found.root.child("sheets")
        if listed is None:
            raise Odd("sheets")
        taken = [int(sheet.attributes.get("sheetId", "0")) for sheet in listed.children]
        entry = f'<{found.prefix}sheet xmlns:r="{_RELATIONS}" name="{RESULTS}" sheetId="{max(taken) + 1}" r:id="{relation}"/>'
        content = edited(found.content, [Edit(listed.inner_end, listed.inner_end, entry.encode())])
        at = len(listed.children)
        titles = {(at, _TITLES): f"{sheet_name(RESULTS)}!${HEADS_ROW}:${HEADS_ROW}"}
        self._put_workbook(with_names(self._workbook._replace(content=content), titles))

    def _drop_results(self) -> None:
        """The list goes with the last form; what somebody wrote on it stays."""
        grid = self._grids.get(RESULTS)
        at = next((at for at, sheet in enumerate(self._book.sheets) if sheet.title == RESULTS), None)
        if at is None or grid is None or not is_results(grid) or not is_bare(grid) or len(self._book.sheets) == 1:
            return
        if _is_locked(self._workbook):
            return
        part = self._book.sheets[at].part
        self._put_workbook(without_names(self._workbook, lambda sheet, _: sheet == at))
        self._archive.put(self._book.part, _without_sheet(self._workbook, at))
        self._remove_part(part)
        self._archive.remove(relations_part(self._archive, part))

    def _clear_marks(self, forms: Iterable[str]) -> None:
        """What the sheets marked: their columns may serve others."""
        results = self._grids.get(RESULTS)
        if results is None:
            return
        changes = []
        for title in forms:
            column = self._marks_column(title)
            if column is not None:
                changes += [Change(RESULTS, row, at, None) for row, at in results.cells if at == column]
        if changes:
            part = self._sheet(RESULTS).part
            self._put(part, patched(xml(self._archive, part), changes).content)
            gone = {(change.row, change.column) for change in changes}
            left = {at: cell for at, cell in results.cells.items() if at not in gone}
            self._grids[RESULTS] = results._replace(cells=left)

    def _free_column(self) -> int:
        """The column behind those of the sheets that show marks already."""
        taken = [self._marks_column(sheet.title) or 0 for sheet in self._book.sheets]
        return max(FIRST_MARKS_COLUMN - 1, *taken) + 1

    def _marks_column(self, title: str) -> int | None:
        area = defined.area(self._book.names.get((title, MARKS_NAME), ""), RESULTS)
        return area.left if area else None

    def _forms_without(self, gone: Sequence[str]) -> bool:
        """Whether a sheet of ours is left."""
        return any(is_bound(sheet) and sheet.title not in gone for sheet in self._book.sheets)

    # ---- parts

    @property
    def _workbook(self) -> Part:
        return xml(self._archive, self._book.part)

    def _sheet(self, title: str) -> Sheet:
        return next(sheet for sheet in self._book.sheets if sheet.title == title)

    def _related(self, kind: str) -> str:
        part = self._book.related(kind)
        if part is None:
            raise Odd(kind)
        return part

    def _put(self, part: str, content: bytes) -> None:
        if content != xml(self._archive, part).content:
            self._archive.put(part, content)

    def _put_workbook(self, content: bytes) -> None:
        self._put(self._book.part, content)
        self._book = read_workbook(self._archive)

    def _free_part(self, first: str, pattern: str) -> str:
        """A name that no part has, and none is looked for under, in the folder of the workbook."""
        folder = self._book.part.rpartition("/")[0]
        related = (relation.target for relation in self._book.relations.values())  # some lead nowhere
        taken = {part.lower() for part in (*self._archive, *related)}
        prefix = f"{folder}/" if folder else ""
        numbered = (prefix + pattern.format(number) for number in range(1, len(taken) + 2))
        return next(name for name in (prefix + first, *numbered) if name.lower() not in taken)

    def _add_part(self, kind: str, part: str, content: bytes) -> str:
        """A part that the workbook is related to; returns the id of the relation."""
        archive = self._archive
        archive.put(part, content)
        types = outline(xml(archive, archive.named(CONTENT_TYPES)))
        if not any(archive.named(child.attributes.get("PartName", "")) == part for child in types.root.children):
            content_type = f'ContentType="{_TYPE.format(kind=kind)}"'
            self._add_to(types, archive.named(CONTENT_TYPES), f'Override PartName="/{part}" {content_type}')
        listed = relations_part(archive, self._book.part)
        relations = outline(xml(archive, listed))
        taken = {child.attributes.get("Id", "").lower() for child in relations.root.children}
        relation = next(name for number in range(1, len(taken) + 2) if (name := f"rId{number}").lower() not in taken)
        if part not in [known.target for known in self._book.relations.values()]:
            self._add_to(relations, listed, f'Relationship Id="{relation}" Type="{_RELATIONS}/{kind}" Target="/{part}"')
        self._book = read_workbook(archive)
        return relation

    def _add_to(self, found: Outline, part: str, entry: str) -> None:
        end = found.root.inner_end
        element = f"<{found.prefix}{entry}/>".encode()
        self._archive.put(part, edited(found.content, [Edit(end, end, element)]))

    def _remove_part(self, part: str) -> None:
        archive, folder = self._archive, self._book.part.rpartition("/")[0]
        self._cut(relations_part(archive, self._book.part), "Target", lambda name: archive.named(name, folder) == part)
        self._cut(archive.named(CONTENT_TYPES), "PartName", lambda name: archive.named(name) == part)
        archive.remove(part)
        self._book = read_workbook(archive)

    def _cut(self, part: str, attribute: str, gone: Callable[[str], bool]) -> None:
        found = outline(xml(self._archive, part))
        cut = [child for child in found.root.children if gone(child.attributes.get(attribute, ""))]
        self._put(part, edited(found.content, (Edit(child.start, child.end) for child in cut)))


def _is_locked(workbook: Part) -> bool:
    """Whether programs allow no sheet to be added or taken away."""
    protection = outline(workbook).root.child("workbookProtection")
    return protection is not None and stated.truth(protection.attributes, "lockStructure")


def _used(grid: Grid, binding: Binding) -> str:
    """All that the sheet holds, or is named on it, as an address."""
    areas = list(binding.names.values())
    bottom = max([grid.height, 1, *(area.bottom for area in areas)])
    right = max([grid.width, 1, *(area.right for area in areas)])
    return f"A1:{address(bottom, right)}"


_COUNTING = {"workbookView": ("activeTab", "firstSheet"), "definedName": ("localSheetId",)}
"""What says a sheet by its position."""


def _without_sheet(workbook: Part, at: int) -> bytes:
    """The workbook part without a sheet; whatever counts sheets counts those that are left."""
    found = outline(workbook, 2)
    edits: list[Edit] = []
    for listed in found.root.children:
        edits += [Edit(sheet.start, sheet.end) for sheet in listed.children[at : at + 1] if listed.local == "sheets"]
        for child in listed.children:
            head = found.tag(child)
            for attribute in _COUNTING.get(child.local, ()):
                number = child.attributes.get(attribute, "").strip()
                if number.isdecimal() and int(number) >= max(at, 1):
                    stated_number = rb"""(\s%b=)(?:"[^"]*"|'[^']*')""" % attribute.encode()
                    head = re.sub(stated_number, rb'\1"%d"' % (int(number) - 1), head, count=1)
            if head != found.tag(child):
                edits.append(Edit(child.start, child.inner_start, head))
    return edited(found.content, edits)
