"""The sheets: rows and cells in order, styles and texts that exist, merged areas that do not overlap."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple
from xml.etree.ElementTree import Element

from jixiao.builder.verify.package import STYLES, TEXTS, Package, S
from jixiao.builder.verify.workbook import formula_defects, order_defects
from jixiao.grid import Area
from jixiao.hosts.stated import area_of
from jixiao.places import address, split_address

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_CELL_TYPES = ("b", "e", "n", "s", "str", "inlineStr")
_ORDER = (
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst"
)
"""ECMA-376, sml.xsd, CT_Worksheet."""


class _Known(NamedTuple):
    """How many of each there are to refer to."""

    styles: int
    differences: int
    texts: int


def sheet_defects(package: Package) -> Iterator[str]:
    """Everything on the sheets that refers to something, or must stand in order."""
    styles = package.roots[package.targets(package.main, STYLES)[0]]
    yield from _style_defects(styles)
    texts = [package.roots[part] for part in package.targets(package.main, TEXTS)]
    known = _Known(
        len(styles.findall(f"{S}cellXfs/{S}xf")),
        len(styles.findall(f"{S}dxfs/{S}dxf")),
        sum(len(root.findall(f"{S}si")) for root in texts),
    )
    for part in package.worksheets:
        root = package.roots[part]
        yield from order_defects(part, root, _ORDER, repeatable="conditionalFormatting")
        for defect in (*_column_defects(root, known), *_row_defects(root, known), *_other_defects(root, known)):
            yield f"{part}: {defect}"


def _style_defects(styles: Element) -> Iterator[str]:
    for kind, group in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs")):
        count = len(styles.findall(f"{S}{group}/*"))
        for number, style in enumerate(styles.iterfind(f"{S}cellXfs/{S}xf")):
            if int(style.get(kind, 0)) >= count:
                yield f"style {number}: {kind} is none of {count}"


def _column_defects(root: Element, known: _Known) -> Iterator[str]:
    last = 0
    for column in root.iterfind(f"{S}cols/{S}col"):
        first, until = int(column.get("min", 0)), int(column.get("max", 0))
        if not last < first <= until <= LAST_COLUMN:
            yield f"columns {first} to {until} after {last}"
        if int(column.get("style", 0)) >= known.styles:
            yield f"columns {first} to {until}: no such style"
        last = until


def _row_defects(root: Element, known: _Known) -> Iterator[str]:
    last = 0
    for row in root.iterfind(f"{S}sheetData/{S}row"):
        number = int(row.get("r", 0))
        if not last < number <= LAST_ROW:
            yield f"row {number} after {last}"
        if int(row.get("s", 0)) >= known.styles:
            yield f"row {number}: no such style"
        yield from _cell_defects(row.findall(f"{S}c"), number, known)
        last = number


def _cell_defects(cells: Sequence[Element], row: int, known: _Known) -> Iterator[str]:
    last = 0
    for cell in cells:
        reference = cell.get("r", "A0")
        at, column = split_address(reference)
        if at != row or not last < column <= LAST_COLUMN:
            yield f"cell {reference} in row {row} after column {last}"
        yield from _content_defects(cell, reference, known)
        last = column


def _content_defects(cell: Element, reference: str, known: _Known) -> Iterator[str]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{S}v")
    if int(cell.get("s", 0)) >= known.styles:
        yield f"cell {reference}: no such style"
    if kind not in _CELL_TYPES:
        yield f"cell {reference}: no such type: {kind}"
    if kind == "s" and int(value or -1) not in range(known.texts):
        yield f"cell {reference}: no such text: {value}"
    if kind == "n" and value is not None and not _is_number(value):
        yield f"cell {reference}: no number: {value!r}"
    yield from formula_defects(f"cell {reference}", cell.findtext(f"{S}f") or "")


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False


def _other_defects(root: Element, known: _Known) -> Iterator[str]:
    yield from _merge_defects([area_of(merge.get("ref", "")) for merge in root.iterfind(f"{S}mergeCells/{S}mergeCell")])
    for group in (f"{S}mergeCells", f"{S}dataValidations"):
        for listed in root.iterfind(group):
            if int(listed.get("count", len(listed))) != len(listed):
                yield f"{group.removeprefix(S)} counts {listed.get('count')}, holds {len(listed)}"
    for rule in root.iterfind(f"{S}conditionalFormatting/{S}cfRule"):
        if int(rule.get("dxfId", 0)) >= known.differences:
            yield f"conditional format {rule.get('priority')}: no such style"
        yield from formula_defects("conditional format", rule.findtext(f"{S}formula") or "")
    for validation in root.iterfind(f"{S}dataValidations/{S}dataValidation"):
        yield from formula_defects("drop-down", validation.findtext(f"{S}formula1") or "")


def _merge_defects(areas: Sequence[Area]) -> Iterator[str]:
    for area in areas:
        if area[:2] == area[2:]:
            yield f"a merged area of one cell: {address(area.top, area.left)}"
    for one, other in combinations(areas, 2):
        if _overlap(one, other):
            yield f"merged areas overlap: {address(one.top, one.left)} and {address(other.top, other.left)}"


def _overlap(one: Area, other: Area) -> bool:
    in_rows = one.top <= other.bottom and other.top <= one.bottom
    return in_rows and one.left <= other.right and other.left <= one.right
