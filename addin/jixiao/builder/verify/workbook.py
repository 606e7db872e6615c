"""The workbook part: order of elements, sheets, defined names."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element

from jixiao.builder.verify.package import Package, S, repeated

LONGEST_TITLE = 31
_BAD_IN_TITLE = re.compile(r"[\\/?*:\[\]]|^'|'$")
_TEXT = re.compile(r'"(?:[^"]|"")*"')
_FOREIGN = re.compile(r"#REF!|[\[|]")
"""A broken reference; ``[1]`` or ``[book]`` of another file; ``|`` of another program (DDE)."""
_ORDER = (
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing fileRecoveryPr "
    "webPublishObjects extLst"
)
"""ECMA-376, sml.xsd, CT_Workbook."""


def workbook_defects(package: Package) -> Iterator[str]:
    """Sheets and names of the workbook."""
    root = package.roots[package.main]
    yield from order_defects(package.main, root, _ORDER)
    sheets = root.findall(f"{S}sheets/{S}sheet")
    yield from _sheet_defects(
        [sheet.get("name", "") for sheet in sheets], [sheet.get("sheetId", "") for sheet in sheets]
    )
    if len(set(package.worksheets)) != len(sheets):
        yield "two sheets are one part"
    for view in root.iterfind(f"{S}bookViews/{S}workbookView"):
        if int(view.get("activeTab", 0)) >= len(sheets):
            yield "the active sheet is none"
    yield from _name_defects(root.findall(f"{S}definedNames/{S}definedName"), len(sheets))


def order_defects(part: str, root: Element, order: str, repeatable: str = "") -> Iterator[str]:
    """Children in the order the schema demands, none unknown, none twice but ``repeatable``."""
    position = {name: place for place, name in enumerate(order.split())}
    children = [child.tag.removeprefix(S) for child in root]
    unknown = [child for child in children if child not in position]
    if unknown:
        yield f"{part}: unknown elements {unknown}"
    elif children != sorted(children, key=position.__getitem__):
        yield f"{part}: elements out of order: {children}"
    for child in repeated(child for child in children if child != repeatable):
        yield f"{part}: {child} twice"


def formula_defects(place: str, formula: str) -> Iterator[str]:
    """A formula reaches only cells of its own file."""
    foreign = _FOREIGN.search(_TEXT.sub("", formula))
    if foreign:
        yield f"{place}: {foreign[0]} in formula {formula}"


def _sheet_defects(titles: Sequence[str], ids: Sequence[str]) -> Iterator[str]:
    if not titles:
        yield "a workbook without sheets"
    for title in repeated(title.casefold() for title in titles):
        yield f"two sheets of one name: {title}"
    for number in repeated(ids):
        yield f"two sheets of one id: {number}"
    for title in titles:
        if not 0 < len(title) <= LONGEST_TITLE or _BAD_IN_TITLE.search(title):
            yield f"no name for a sheet: {title!r}"


def _name_defects(names: Sequence[Element], sheets: int) -> Iterator[str]:
    scopes = [name.get("localSheetId", "workbook") for name in names]
    keys = [f"{name.get('name', '').casefold()} ({scope})" for name, scope in zip(names, scopes, strict=True)]
    for key in repeated(keys):
        yield f"name {key} twice"
    for key, scope, name in zip(keys, scopes, names, strict=True):
        if scope != "workbook" and int(scope) >= sheets:
            yield f"name {key}: no such sheet"
        yield from formula_defects(f"name {key}", name.text or "")
