"""Defined names put into the workbook part and taken out of it; those of others stay as they are, in their order."""

from collections.abc import Callable, Mapping

from jixiao.grid import Binding
from jixiao.hosts.defined import quoted, reference
from jixiao.hosts.package.markup import Edit, edited, escaped
from jixiao.hosts.package.outline import Element, appended, outline, taken_away
from jixiao.hosts.parts import Part

FOLLOWING = (
    *("calcPr", "oleSize", "customWorkbookViews", "pivotCaches", "smartTagPr", "smartTagTypes", "webPublishing"),
    *("fileRecoveryPr", "webPublishObjects", "extLst"),
)
"""What stands behind the names of a workbook."""


def texts_of(binding: Binding) -> dict[str, str]:
    """What the names of a binding say, by name."""
    areas = {name: reference(area, binding.sheet) for name, area in binding.names.items()}
    return areas | {name: quoted(text) for name, text in binding.constants.items()}


def with_names(workbook: Part, texts: Mapping[tuple[int, str], str]) -> bytes:
    """The workbook part with these names of sheets, told by their positions, in the place of those of the same name."""
    found = outline(workbook, 2)
    held = found.root.child("definedNames")
    wanted = {(str(at), name.lower()): (at, name) for at, name in texts}
    edits: list[Edit] = []
    for element in held.children if held else ():
        key = element.attributes.get("localSheetId", "").strip(), element.attributes.get("name", "").lower()
        if key in wanted:
            at, name = wanted.pop(key)
            edits.append(Edit(element.start, element.end, _element(found.prefix, at, name, texts[at, name])))
    new = [_element(found.prefix, at, name, texts[at, name]) for at, name in wanted.values()]
    return edited(workbook.content, [*edits, *appended(found, "definedNames", new, FOLLOWING)])


def without_names(workbook: Part, unwanted: Callable[[int | None, str], bool]) -> bytes:
    """The workbook part without the names that are unwanted, by the position of their sheet and in small letters."""
    found = outline(workbook, 2)
    held = found.root.child("definedNames")
    gone = [element for element in (held.children if held else ()) if unwanted(*_key(element))]
    return edited(workbook.content, taken_away(found, "definedNames", gone))


def _key(element: Element) -> tuple[int | None, str]:
    at = element.attributes.get("localSheetId", "").strip()
    return int(at) if at.isdecimal() else None, element.attributes.get("name", "").lower()


def _element(prefix: str, sheet: int, name: str, text: str) -> bytes:
    tag = f"{prefix}definedName"
    return f'<{tag} name="{name}" localSheetId="{sheet}">{escaped(text)}</{tag}>'.encode()
