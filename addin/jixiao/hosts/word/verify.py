"""Open a finished document again before it replaces anything. What fails here is a mistake of the writer, not of the user."""

import posixpath
from collections import Counter, defaultdict
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
        parts = {name: _Part(fromstring(content)) for name, content in contents.items() if not name.endswith(".xlsx")}
    except (Refusal, ParseError) as error:
        raise Broken(str(error)) from error
    _check_types(contents, parts["[Content_Types].xml"])
    for name, part in parts.items():
        _check_relations(name, part, parts, contents)
        _check_order(part)
    document = parts["word/document.xml"]
    _check_ids(document)
    _check_styles(document, parts["word/styles.xml"])
    for table in document.all("tbl"):
        _check_grid(table)


class _Part:
    """The elements of a part by their names: walked through once, asked many times."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.by_tag: defaultdict[str, list[Element]] = defaultdict(list)
        for element in root.iter():
            self.by_tag[element.tag].append(element)

    def all(self, name: str) -> list[Element]:
        """The elements ``w:name``."""
        return self.by_tag[_W + name]

    def values(self, name: str, attribute: str) -> list[str | None]:
        """The attribute ``w:attribute`` of the elements ``w:name``."""
        return [element.get(_W + attribute) for element in self.all(name)]


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise Broken(what)


def _check_types(names: Iterable[str], types: _Part) -> None:
    extensions = {item.get("Extension") for item in types.root if item.tag.endswith("}Default")}
    typed = {str(item.get("PartName"))[1:] for item in types.root if item.tag.endswith("}Override")}
    known = set(names)
    _demand(typed <= known, f"types of parts that do not exist: {typed - known}")
    for part in known - typed - {"[Content_Types].xml"}:
        _demand(part.rpartition(".")[2] in extensions, f"no content type: {part}")
        _demand(not part.endswith(".xml"), f"only the type of any XML: {part}")


def _check_relations(name: str, part: _Part, parts: Mapping[str, _Part], names: Iterable[str]) -> None:
    """Every relation leads to a part, and every id used in a part is one of its relations."""
    if name.endswith(".rels") or name == "[Content_Types].xml":
        return
    folder, _, base = name.rpartition("/")
    held = parts.get(f"{folder}/_rels/{base}.rels")
    relations = [] if held is None else list(held.root)
    targets = {relation.get("Id"): str(relation.get("Target")) for relation in relations}
    _demand(len(targets) == len(relations), f"a relation id twice: {name}")
    for target in targets.values():
        _demand(posixpath.normpath(posixpath.join(folder, target)) in names, f"a relation to nothing: {name} {target}")
    used = {element.get(_RELATION_ID) for element in part.root.iter()} - {None}
    _demand(used <= set(targets), f"ids without a relation: {name} {used - set(targets)}")


def _check_order(part: _Part) -> None:
    """The children of every element of a known kind; each sequence that occurs is looked at once."""
    for parent, order in _ORDER.items():
        for children in {tuple([child.tag for child in element]) for element in part.by_tag.get(parent, ())}:
            unknown = set(children) - set(order)
            _demand(not unknown, f"unknown in {parent}: {unknown}")
            _demand(list(children) == sorted(children, key=order.__getitem__), f"order in {parent}: {children}")


def _check_ids(document: _Part) -> None:
    names = document.values("bookmarkStart", "name")
    begun, ended = document.values("bookmarkStart", "id"), document.values("bookmarkEnd", "id")
    drawings = [drawing.get("id") for drawing in document.by_tag[f"{{{INLINE}}}docPr"]]
    for group in (names, begun, drawings):
        twice = [value for value, count in Counter(group).items() if count > 1]
        _demand(not twice, f"ids used twice: {twice}")
    _demand(begun == ended, "a bookmark without end")
    anchors = set(document.values("hyperlink", "anchor"))
    _demand(anchors <= set(names), f"links to no bookmark: {anchors - set(names)}")


def _check_styles(document: _Part, styles: _Part) -> None:
    known = set(styles.values("style", "styleId"))
    _demand(len(known) == len(styles.all("style")), "a style twice")
    used = {*document.values("pStyle", "val"), *document.values("tblStyle", "val")}
    used |= {*styles.values("basedOn", "val"), *styles.values("next", "val")}
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
