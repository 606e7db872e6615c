"""The package: a clean zip, well-formed parts, types and relations that lead to one another and nowhere else."""

import posixpath
import re
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple
from xml.etree.ElementTree import Element, ParseError, fromstring

from jixiao.hosts.word.names import CORE_RELATION, CORE_TYPE, PACKAGE, RELATIONS, SHEET, SHEET_TYPE
from jixiao.hosts.zipped import Archive
from jixiao.vba import sources

_XML = (".xml", ".rels", ".vml")
TYPES = "[Content_Types].xml"
ROOT = ""
S = f"{{{SHEET}}}"
_TYPES = f"{{{PACKAGE}/content-types}}"
_MICROSOFT = "http://schemas.microsoft.com/office"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument"

PROJECT = f"{_MICROSOFT}/2006/relationships/vbaProject"
RIBBON = f"{_MICROSOFT}/2007/relationships/ui/extensibility"
MAIN, WORKSHEET, STYLES, THEME, TEXTS, COMMENTS, DRAWING, IMAGE, PROPERTIES = (
    f"{RELATIONS}/{kind}"
    for kind in (
        *("officeDocument", "worksheet", "styles", "theme", "sharedStrings", "comments", "vmlDrawing", "image"),
        "extended-properties",
    )
)

_PLAIN = {
    CORE_RELATION: CORE_TYPE,
    PROPERTIES: f"{_OFFICE_TYPE}.extended-properties+xml",
    WORKSHEET: f"{SHEET_TYPE}.worksheet+xml",
    STYLES: f"{SHEET_TYPE}.styles+xml",
    THEME: f"{_OFFICE_TYPE}.theme+xml",
    TEXTS: f"{SHEET_TYPE}.sharedStrings+xml",
    COMMENTS: f"{SHEET_TYPE}.comments+xml",
    DRAWING: f"{_OFFICE_TYPE}.vmlDrawing",
}
_MACROS = {PROJECT: "application/vnd.ms-office.vbaProject"}
_RIBBON = {RIBBON: "application/xml", IMAGE: "image/png"}
_KINDS = {
    ".xlsx": {MAIN: f"{SHEET_TYPE}.sheet.main+xml", **_PLAIN},
    ".xlsm": {MAIN: "application/vnd.ms-excel.sheet.macroEnabled.main+xml", **_PLAIN, **_MACROS},
    ".xlam": {MAIN: "application/vnd.ms-excel.addin.macroEnabled.main+xml", **_PLAIN, **_MACROS, **_RIBBON},
}
"""What a file may hold, by the type of the relation that leads there, and the content type that must have.

Everything else is a defect: links to other files, embedded objects, controls, macro sheets.
"""
_DEMANDED = {".xlsx": {MAIN}, ".xlsm": {MAIN, PROJECT}, ".xlam": {MAIN, PROJECT, RIBBON}}

_NAMED = {COMMENTS: r"xl/comments\d+\.xml", DRAWING: r"xl/drawings/vmlDrawing\d+\.vml"}
"""The names by which some readers look for a part, whatever its relation says; told from the root they find none."""

_REFERRING = {f"{S}sheet": WORKSHEET, f"{S}legacyDrawing": DRAWING}
"""What refers to a relation, and of which kind that must be."""


class Relation(NamedTuple):
    """One relation of a part; the target is a full part name, whether it was told from the root (``absolute``) or not."""

    id: str
    kind: str
    target: str
    external: bool
    absolute: bool


class Package:
    """A package taken apart: its XML parts as ``roots``, and the ``relations`` of every part that has any.

    Raises ValueError for a part that is not well-formed.
    """

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self.contents = contents
        self.roots = {name: _root(name, content) for name, content in contents.items() if name.endswith(_XML)}
        self.relations = {
            _owner(name): list(_relations(_owner(name), root))
            for name, root in self.roots.items()
            if name.endswith(".rels")
        }

    def targets(self, owner: str, kind: str) -> list[str]:
        """The parts to which a part has relations of one kind."""
        return [relation.target for relation in self.relations.get(owner, ()) if relation.kind == kind]

    @property
    def main(self) -> str:
        """The name of the workbook part."""
        return self.targets(ROOT, MAIN)[0]

    @cached_property
    def modules(self) -> dict[str, str]:
        """The modules of the VBA project by name; none where there is no project. Raises ValueError for a damaged one."""
        return next((sources(self.contents[part]) for part in self.targets(self.main, PROJECT)), {})

    @property
    def worksheets(self) -> list[str]:
        """The parts of the sheets, in their order."""
        targets = {relation.id: relation.target for relation in self.relations[self.main]}
        sheets = self.roots[self.main].iterfind(f"{S}sheets/{S}sheet")
        return [targets[sheet.get(f"{{{RELATIONS}}}id", "")] for sheet in sheets]


def parts_of(package: bytes) -> dict[str, bytes]:
    """The parts by name. Raises Refusal for an unsafe zip, ValueError for one that holds more than its parts."""
    archive = Archive(package, "package")
    contents = {name: archive.read(name) for name in archive}
    if archive.to_bytes() != package:
        raise ValueError("zip: dates, comments, or bytes between the parts")
    return contents


def package_defects(package: Package, ending: str) -> Iterator[str]:
    """Content types and relations; each part is reached, and by a relation that suits it."""
    if TYPES not in package.roots or ROOT not in package.relations:
        yield f"without {TYPES} or _rels/.rels"
        return
    types = yield from _type_defects(package)
    yield from _relation_defects(package, types, ending)
    yield from _reach_defects(package)
    yield from _demand_defects(package, ending)
    yield from _reference_defects(package)
    yield from _project_defects(package)


def repeated(values: Iterable[str]) -> list[str]:
    """The values that occur more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def _root(name: str, content: bytes) -> Element:
    """Archive has refused document types, and with them entities."""
    try:
        return fromstring(content)
    except ParseError as error:
        raise ValueError(f"{name}: {error}") from None


def _owner(name: str) -> str:
    """The part whose relations a part holds: ``xl/_rels/workbook.xml.rels`` -> ``xl/workbook.xml``."""
    folder, _, base = name.rpartition("/")
    return posixpath.join(posixpath.dirname(folder), base.removesuffix(".rels"))


def _relations(owner: str, root: Element) -> Iterator[Relation]:
    for item in root:
        told = item.get("Target", "")
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(owner), told)).lstrip("/")
        external = item.get("TargetMode", "Internal") != "Internal"
        yield Relation(item.get("Id", ""), item.get("Type", ""), target, external, told.startswith("/"))


def _type_defects(package: Package) -> Generator[str, None, dict[str, str]]:
    """Returns the content type of every part."""
    root = package.roots[TYPES]
    by_extension = [(item.get("Extension", ""), item.get("ContentType", "")) for item in root.iter(f"{_TYPES}Default")]
    by_name = [(item.get("PartName", ""), item.get("ContentType", "")) for item in root.iter(f"{_TYPES}Override")]
    for name in repeated(name.lower() for name, _ in by_extension + by_name):
        yield f"{TYPES}: {name} twice"
    defaults, overrides = dict(by_extension), {name.removeprefix("/"): kind for name, kind in by_name}
    for name in overrides.keys() - package.contents.keys():
        yield f"{TYPES}: {name} is no part"
    types = {name: overrides.get(name) or defaults.get(name.rpartition(".")[2], "") for name in package.contents}
    for name in [name for name, kind in types.items() if not kind and name != TYPES]:
        yield f"{name}: without a content type"
    return types


def _relation_defects(package: Package, types: Mapping[str, str], ending: str) -> Iterator[str]:
    kinds = _KINDS[ending]
    for owner, relations in package.relations.items():
        if owner != ROOT and owner not in package.contents:
            yield f"relations of {owner}, which is no part"
        for name in repeated(relation.id for relation in relations):
            yield f"{owner}: relation {name} twice"
        for relation in relations:
            if relation.kind not in kinds:
                yield f"{owner}: a {ending} may not hold {relation.kind}"
            elif relation.external:
                yield f"{owner}: relation {relation.id} leaves the file"
            elif relation.target not in package.contents:
                yield f"{owner}: relation {relation.id} leads to {relation.target}, which is no part"
            elif types[relation.target] != kinds[relation.kind]:
                yield f"{relation.target}: {types[relation.target]}, expected {kinds[relation.kind]}"
            elif relation.absolute or not re.fullmatch(_NAMED.get(relation.kind, ".*"), relation.target):
                yield f"{owner}: relation {relation.id} leads to {relation.target} by a way exceljs and IronCalc cannot go"


def _reach_defects(package: Package) -> Iterator[str]:
    reached, ahead = {ROOT}, [ROOT]
    while ahead:
        targets = {relation.target for relation in package.relations.get(ahead.pop(), ())} - reached
        reached |= targets
        ahead += targets
    for name in package.contents:
        if name != TYPES and not name.endswith(".rels") and name not in reached:
            yield f"{name}: no relation leads here"


def _demand_defects(package: Package, ending: str) -> Iterator[str]:
    kinds = Counter(relation.kind for relations in package.relations.values() for relation in relations)
    for kind in (MAIN, PROJECT, RIBBON, STYLES):
        if kinds[kind] > 1 or (kind in _DEMANDED[ending] and not kinds[kind]):
            yield f"{kinds[kind]} parts of type {kind} in a {ending}"


def _project_defects(package: Package) -> Iterator[str]:
    try:
        _ = package.modules
    except (ValueError, LookupError) as error:
        yield f"vbaProject: {error}"


def _reference_defects(package: Package) -> Iterator[str]:
    """Every reference is to a relation of the same part, of the kind it needs."""
    for name, root in package.roots.items():
        kinds = {relation.id: relation.kind for relation in package.relations.get(name, ())}
        for element in root.iter():
            reference = element.get(f"{{{RELATIONS}}}id")
            expected = _REFERRING.get(element.tag)
            if (reference or expected) and (reference not in kinds or kinds[reference] != expected):
                yield f"{name}: {element.tag.rpartition('}')[2]} refers to relation {reference}"
