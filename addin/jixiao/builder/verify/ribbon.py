"""The ribbon (customUI14): Excel drops the whole of it, mostly without a word, for one attribute it does not know."""

import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element

from jixiao.builder.verify.code import Procedure, procedures
from jixiao.builder.verify.package import IMAGE, RIBBON, ROOT, Package, repeated

NAMESPACE = "{http://schemas.microsoft.com/office/2009/07/customui}"
LONGEST_LABEL = 10  # of what stands on the ribbon itself
LONGEST_ITEM = 60  # of what a menu lists
_PNG = b"\x89PNG\r\n\x1a\n"
_ID = re.compile(r"[A-Za-z_]\w*")

_SHOWN = "id label getLabel visible getVisible keytip"
_PLACED = f"{_SHOWN} insertBeforeMso insertAfterMso"
_CONTROL = (
    f"{_SHOWN} enabled getEnabled image getImage imageMso showImage showLabel screentip getScreentip supertip"
    " getSupertip description tag size"
)
_ATTRIBUTES = {
    "customUI": "onLoad",
    "ribbon": "startFromScratch",
    "tabs": "",
    "tab": _PLACED,
    "group": f"{_PLACED} autoScale centerVertically",
    "button": f"{_CONTROL} onAction",
    "menu": f"{_CONTROL} itemSize",
    "menuSeparator": "id",
}
_CONTROLS = {"button", "menu"}
_CHILDREN = {
    "customUI": {"ribbon"},
    "ribbon": {"tabs"},
    "tabs": {"tab"},
    "tab": {"group"},
    "group": _CONTROLS,
    "menu": {*_CONTROLS, "menuSeparator"},
}
"""The part of [MS-CUSTOMUI2] that is in use; an element or attribute outside it is a defect until it is added here."""
_EITHER_OR = (("image", "imageMso"), ("image", "getImage"), ("label", "getLabel"), ("screentip", "getScreentip"))

_CONTROL_TYPE = "IRibbonControl"
_SIGNATURES = {
    "onLoad": ("IRibbonUI",),
    "onAction": (_CONTROL_TYPE,),
}
_ANSWER = (_CONTROL_TYPE, "Variant")  # of every getX


def ribbon_defects(package: Package) -> Iterator[str]:
    """The ribbon of an add-in."""
    for part in package.targets(ROOT, RIBBON):
        root = package.roots[part]
        if root.tag != f"{NAMESPACE}customUI":
            yield f"ribbon: {root.tag} is no ribbon of Excel 2010 and later"
            continue
        elements = list(root.iter())
        listed = {item for menu in root.iter(f"{NAMESPACE}menu") for item in menu if _local(item) in _CONTROLS}
        known = procedures(package)
        for element in elements:
            words = _label_defects(element, LONGEST_ITEM) if element in listed else _word_defects(element)
            place = f"ribbon: {_local(element)} {element.get('id', '')}"
            for defect in (*_grammar_defects(element), *_callback_defects(element, known), *words):
                yield f"{place}: {defect}"
        for name in repeated(element.get("id", "") for element in elements if element.get("id")):
            yield f"ribbon: id {name} twice"
        yield from _image_defects(package, part, {element.get("image", "") for element in elements} - {""})


def _local(element: Element) -> str:
    return element.tag.removeprefix(NAMESPACE)


def _grammar_defects(element: Element) -> Iterator[str]:
    kind = _local(element)
    known = _ATTRIBUTES.get(kind, "").split()
    for attribute in set(element.attrib) - set(known):
        yield f"unknown attribute {attribute}"
    for child in {_local(child) for child in element} - _CHILDREN.get(kind, set()):
        yield f"may not hold {child}"
    if "id" in known and not _ID.fullmatch(element.get("id", "")):
        yield "without an id"
    for one, other in _EITHER_OR:
        if one in element.attrib and other in element.attrib:
            yield f"both {one} and {other}"


def _callback_defects(element: Element, known: Mapping[str, Procedure]) -> Iterator[str]:
    for attribute, name in element.items():
        expected = _SIGNATURES.get(attribute, _ANSWER if attribute.startswith("get") else None)
        if expected is None:
            continue
        if name not in known:
            yield f"{attribute}: no procedure {name}"
        elif known[name] != Procedure("sub", expected):
            yield f"{attribute}: {name} takes {known[name].parameters}, expected {expected}"
    if _local(element) == "button" and "onAction" not in element.attrib:
        yield "does nothing"


def _word_defects(element: Element) -> Iterator[str]:
    """What stands on the ribbon says in a few words what it is, and in a sentence what it does."""
    kind = _local(element)
    if kind in {"tab", "group", *_CONTROLS}:
        yield from _label_defects(element, LONGEST_LABEL)
    if kind in _CONTROLS and not (element.get("screentip") or element.get("getScreentip")):
        yield "without a screentip"


def _label_defects(element: Element, longest: int) -> Iterator[str]:
    """An item of a menu is known by its label alone, which may be longer."""
    label = element.get("label") or element.get("getLabel")
    if not label:
        yield "without a label"
    elif len(label) > longest:
        yield f"label longer than {longest}: {label}"


def _image_defects(package: Package, part: str, used: set[str]) -> Iterator[str]:
    images = {relation.id: relation.target for relation in package.relations.get(part, ()) if relation.kind == IMAGE}
    for name in used ^ images.keys():
        yield f"ribbon: no image {name}" if name in used else f"ribbon: image {name} is not in use"
    for name, target in images.items():
        if not package.contents[target].startswith(_PNG):
            yield f"ribbon: image {name} is no PNG"
