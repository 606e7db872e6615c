"""The VML drawings: notes that belong to comments, and buttons whose macros exist."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from jixiao.builder.verify.code import Procedure, procedures
from jixiao.builder.verify.package import COMMENTS, DRAWING, Package, S, repeated
from jixiao.places import address

_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_SHAPES_A_BLOCK = 1024
_MACRO = re.compile(r"\[0\]!(\w+)")


def shape_defects(package: Package) -> Iterator[str]:
    """The drawings of all sheets."""
    known = procedures(package)
    for sheet in package.worksheets:
        comments = [package.roots[part] for part in package.targets(sheet, COMMENTS)]
        drawings = [package.roots[part] for part in package.targets(sheet, DRAWING)]
        for defect in (*_note_defects(comments, drawings), *_drawing_defects(drawings, known, bool(package.modules))):
            yield f"drawing of {sheet}: {defect}"
        if drawings and package.roots[sheet].find(f"{S}legacyDrawing") is None:
            yield f"{sheet}: has a drawing and does not show it"


def _note_defects(comments: list[Element], drawings: list[Element]) -> Iterator[str]:
    """Each comment has one shape, and each shape of a note a comment."""
    written = Counter(comment.get("ref", "") for root in comments for comment in root.iter(f"{S}comment"))
    drawn = Counter(
        address(int(data.findtext(f"{_X}Row", "0")) + 1, int(data.findtext(f"{_X}Column", "0")) + 1)
        for root in drawings
        for data in root.iter(f"{_X}ClientData")
        if data.get("ObjectType") == "Note"
    )
    for cell in sorted((written - drawn) + (drawn - written)):
        yield f"{written[cell]} comments and {drawn[cell]} notes at {cell}"


def _drawing_defects(drawings: list[Element], known: Mapping[str, Procedure], macros: bool) -> Iterator[str]:
    if len(drawings) > 1:
        yield "more than one"
    for root in drawings:
        shapes = list(root.iter(f"{_V}shape"))
        types = [kind.get("id", "") for kind in root.iter(f"{_V}shapetype")]
        yield from _number_defects(root, shapes, types)
        for shape in shapes:
            name = shape.get("id", "")
            data = shape.find(f"{_X}ClientData")
            kind = data.get("ObjectType") if data is not None else None
            if shape.get("type", "").removeprefix("#") not in types:
                yield f"{name}: no such type of shape"
            if kind == "Button" and data is not None and macros:
                yield from (f"{name}: {defect}" for defect in _button_defects(shape, data, known))
            elif kind != "Note":
                yield f"{name}: a {kind} does not belong here"
            elif data is not None and data.find(f"{_X}FmlaMacro") is not None:
                yield f"{name}: a note with a macro"


def _number_defects(root: Element, shapes: list[Element], types: list[str]) -> Iterator[str]:
    """Shapes are numbered within the blocks the drawing claims."""
    names = [shape.get("id", "") for shape in shapes]
    for name in repeated(names + types):
        yield f"{name} twice"
    claimed = [int(block) for claim in root.iter(f"{_O}idmap") for block in claim.get("data", "").split(",")]
    for name in names:
        number = name.removeprefix("_x0000_s")
        if not number.isdigit() or int(number) // _SHAPES_A_BLOCK not in claimed:
            yield f"{name} is not of the blocks {claimed}"


def _button_defects(shape: Element, data: Element, known: Mapping[str, Procedure]) -> Iterator[str]:
    macro = _MACRO.fullmatch(data.findtext(f"{_X}FmlaMacro", ""))
    if not macro or macro[1] not in known:
        yield f"runs {data.findtext(f'{_X}FmlaMacro')}, which is no macro"
    elif known[macro[1]] != Procedure("sub", ()):
        yield f"runs {macro[1]}, which takes arguments or gives a value"
    if data.findtext(f"{_X}PrintObject") != "False":
        yield "is printed"
    if not _caption(shape):
        yield "without a caption"
    anchor = [int(part) for part in data.findtext(f"{_X}Anchor", "").split(",") if part.strip()]
    if len(anchor) != 8 or anchor[:2] >= anchor[4:6] or anchor[2:4] >= anchor[6:]:
        yield f"stands nowhere: {anchor}"


def _caption(shape: Element) -> str:
    box = shape.find(f"{_V}textbox")
    return "".join(box.itertext()).strip() if box is not None else ""
