"""Open a finished document again before it replaces anything. What fails here is a mistake of the writer, not of the user."""

import posixpath
from collections import Counter
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, ParseError, fromstring

from jixiao.errors import Refusal
from jixiao.hosts.word.names import INLINE, MAIN, RELATIONS
from jixiao.hosts.zipped import Archive

_W = f"{{{MAIN}}}"
_RELATION_ID = f"{{{RELATIONS}}}id"

# The order the schema (ECMA-376, wml.xsd) demands, of the elements the writer uses.
_ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore widowControl shd tabs snapToGrid spacing ind jc outlineLvl",
    "rPr": "rFonts b spacing kern sz szCs lang",
    "tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar",
    "tcPr": "tcW gridSpan vMerge vAlign",
    "sectPr": "footerReference pgSz pgMar pgNumType cols docGrid",
    "style": "name basedOn next qFormat pPr rPr tblPr",
    "settings": "zoom bordersDoNotSurroundHeader bordersDoNotSurroundFooter defaultTabStop evenAndOddHeaders "
    "drawingGridVerticalSpacing characterSpacingControl compat",
    "compat": "spaceForUL balanceSingleByteDoubleByteWidth doNotLeaveBackslashAlone ulTrailSpace doNotExpandShiftReturn "
    "adjustLineHeightInTable useFELayout compatSetting",
}
_ORDER = {
    _W + parent: {_W + name: position for position, name in enumerate(names.split())}
    for parent, names in _ORDERS.items()
}


class Broken(AssertionError):
    """The writer made a document that is not sound."""


def verify(data: bytes) -> None:
    """Check a finished .docx: parts, relations, ids, styles, table grids, order of elements. Raises Broken."""
    try:
        package = Archive(data, "docx")
        contents = {name: package.read(name) for name in package}
        roots = {name: fromstring(content) for name, content in contents.items() if not name.endswith(".xlsx")}
    except (Refusal, ParseError) as error:
        raise Broken(str(error)) from error
    _check_types(contents, roots["[Content_Types].xml"])
    for name, root in roots.items():
        _check_relations(name, root, roots, contents)
        _check_order(root)
    document = roots["word/document.xml"]
    _check_ids(document)
    _check_styles(document, roots["word/styles.xml"])
    for table in document.iter(_W + "tbl"):
        _check_grid(table)


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def _check_types(parts: Iterable[str], types: Element) -> None:
    extensions = {item.get("Extension") for item in types if item.tag.endswith("}Default")}
    names = {str(item.get("PartName"))[1:] for item in types if item.tag.endswith("}Override")}
    known = set(parts)
    _demand(names <= known, f"types of parts that do not exist: {names - known}")
    for part in known - names - {"[Content_Types].xml"}:
        _demand(part.rpartition(".")[2] in extensions, f"no content type: {part}")
        _demand(not part.endswith(".xml"), f"only the type of any XML: {part}")


def _check_relations(name: str, root: Element, roots: Mapping[str, Element], parts: Iterable[str]) -> None:
    """Every relation leads to a part, and every id used in a part is one of its relations."""
    if name.endswith(".rels") or name == "[Content_Types].xml":
        return
    folder, _, base = name.rpartition("/")
    held = roots.get(f"{folder}/_rels/{base}.rels")
    targets = {} if held is None else {item.get("Id"): str(item.get("Target")) for item in held}
    _demand(held is None or len(targets) == len(held), f"a relation id twice: {name}")
    for target in targets.values():
        _demand(posixpath.normpath(posixpath.join(folder, target)) in parts, f"a relation to nothing: {name} {target}")
    used = {value for element in root.iter() if (value := element.get(_RELATION_ID))}
    _demand(used <= set(targets), f"ids without a relation: {name} {used - set(targets)}")


def _check_order(root: Element) -> None:
    """The children of every element of a known kind; each sequence that occurs is looked at once."""
    for parent, *children in {
        (element.tag, *[child.tag for child in element]) for element in root.iter() if element.tag in _ORDER
    }:
        order = _ORDER[parent]
        unknown = [child for child in children if child not in order]
        _demand(not unknown, f"unknown in {parent}: {unknown}")
        _demand(children == sorted(children, key=order.__getitem__), f"order in {parent}: {children}")


def _check_ids(document: Element) -> None:
    starts = list(document.iter(_W + "bookmarkStart"))
    names = [start.get(_W + "name") for start in starts]
    begun = [start.get(_W + "id") for start in starts]
    ended = [end.get(_W + "id") for end in document.iter(_W + "bookmarkEnd")]
    drawings = [drawing.get("id") for drawing in document.iter(f"{{{INLINE}}}docPr")]
    for group in (names, begun, drawings):
        twice = [value for value, count in Counter(group).items() if count > 1]
        _demand(not twice, f"ids used twice: {twice}")
    _demand(begun == ended, "a bookmark without end")
    anchors = {link.get(_W + "anchor") for link in document.iter(_W + "hyperlink")}
    _demand(anchors <= set(names), f"links to no bookmark: {anchors - set(names)}")


def _check_styles(document: Element, styles: Element) -> None:
    known = {style.get(_W + "styleId") for style in styles.iter(_W + "style")}
    _demand(len(known) == len(styles.findall(_W + "style")), "a style twice")
    tags = "pStyle", "tblStyle"
    used = {style.get(_W + "val") for tag in tags for style in document.iter(_W + tag)}
    used |= {style.get(_W + "val") for tag in ("basedOn", "next") for style in styles.iter(_W + tag)}
    _demand(used <= known, f"styles that do not exist: {used - known}")


def _check_grid(table: Element) -> None:
    """Every row fills the grid, and a merge goes on only below a cell of the same columns that began it."""
    columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
    above: set[tuple[int, int]] = set()
    for row in table.findall(_W + "tr"):
        column = 0
        current = set()
        for cell in row.findall(_W + "tc"):
            properties = cell[0]
            span, merge = properties.find(_W + "gridSpan"), properties.find(_W + "vMerge")
            place = column, int(span.get(_W + "val", "1")) if span is not None else 1
            if merge is not None:
                begins = merge.get(_W + "val") == "restart"
                _demand(begins or place in above, f"a merge that continues nothing: column {column}")
                current.add(place)
            _demand(cell[-1].tag == _W + "p", "a cell that does not end with a paragraph")
            column += place[1]
        _demand(column == columns, f"a row of {column} columns in a grid of {columns}")
        above = current
