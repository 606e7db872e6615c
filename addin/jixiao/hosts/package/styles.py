"""What binding adds to the styles of a workbook: the look of 校验结果 and of marks, and rates in cells without a format."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from jixiao.hosts.package.markup import Edit, edited
from jixiao.hosts.package.outline import Element, Outline, appended, marked, outline, taken_away
from jixiao.hosts.parts import Part

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EMPTY = (
    f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
).encode()
"""The styles of a workbook that has none: all cells plain."""

_ORDER = (
    *("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles"),
    *("dxfs", "tableStyles", "colors", "extLst"),
)
_MARKED = '<dxf><fill><patternFill patternType="solid"><fgColor rgb="FFFFC7CE"/><bgColor rgb="FFFFC7CE"/></patternFill></fill></dxf>'
_FONTS = (
    '<font><sz val="14"/><name val="黑体"/></font>',
    '<font><sz val="9"/><color rgb="FF666666"/><name val="宋体"/></font>',
    '<font><b/><sz val="10.5"/><name val="宋体"/></font>',
    '<font><sz val="10.5"/><name val="宋体"/></font>',
)
_LINE = 'style="thin"><color rgb="FF000000"/>'
_BORDER = (
    f"<border><left {_LINE}</left><right {_LINE}</right><top {_LINE}</top><bottom {_LINE}</bottom><diagonal/></border>"
)
_MADE = b"\n"
_ELEMENT = re.compile(r"(</?)(?=\w)")


class ResultsLook(NamedTuple):
    """The styles of 校验结果: its heading, the hint, the heads of its columns, and its lines."""

    heading: int
    hint: int
    head: int
    line: int


class Styles:
    """The styles part while something is added; ``content`` is the part with it."""

    def __init__(self, part: Part) -> None:
        self._found = outline(part, 2)
        self._added: dict[str, list[bytes]] = {}
        self._rates: dict[tuple[int, bool], int] = {}

    @property
    def content(self) -> bytes:
        edits: list[Edit] = []
        for local, items in self._added.items():
            edits += appended(self._found, local, items, _ORDER[_ORDER.index(local) + 1 :])
        return edited(self._found.content, edits)

    def mark(self) -> int:
        """The look of a marked cell; one for all sheets."""
        item = self._element(_MARKED)
        held = self._held("dxfs")
        for at, element in enumerate(held):
            if self._found.whole(element) == item:
                return at
        return len(held) if self._added.get("dxfs") else self._add("dxfs", item)

    def results(self) -> ResultsLook:
        """What the sheet 校验结果 looks like in workbooks we make."""
        heading, hint, head, line = (self._add("fonts", self._element(font)) for font in _FONTS)
        border = self._add("borders", self._element(_BORDER))
        return ResultsLook(
            self._xf(heading, 0, ""),
            self._xf(hint, 0, ""),
            self._xf(head, border, '<alignment horizontal="center" vertical="center" wrapText="1"/>'),
            self._xf(line, 0, '<alignment horizontal="left" vertical="top" wrapText="1"/>'),
        )

    def rate(self, style: int, made: bool) -> int | None:
        """The style of a cell that shows a rate in place of this one; None if that has a format of its own.

        ``made`` says that the cell was not there before.
        """
        held = self._held("cellXfs")
        if style >= len(held) or held[style].attributes.get("numFmtId", "0") != "0":
            return None
        if (style, made) not in self._rates:
            self._rates[style, made] = self._add_rate(held, style, made)
        return self._rates[style, made]

    def _add_rate(self, held: Sequence[Element], style: int, made: bool) -> int:
        whole = self._found.whole(held[style])
        same = sum(self._found.whole(element) == whole for element in held[:style])
        item = _rate(self._found, held[style], same, made)
        for at, element in enumerate(held):
            if self._found.whole(element) == item:
                return at
        return self._add("cellXfs", item)

    def _xf(self, font: int, border: int, inside: str) -> int:
        aligned = ' applyAlignment="1"' if inside else ""
        text = f'<xf numFmtId="0" fontId="{font}" fillId="0" borderId="{border}" xfId="0" applyFont="1"{aligned}'
        return self._add("cellXfs", self._element(f"{text}>{inside}</xf>" if inside else f"{text}/>"))

    def _add(self, local: str, item: bytes) -> int:
        added = self._added.setdefault(local, [])
        added.append(item)
        return len(self._held(local)) + len(added) - 1

    def _held(self, local: str) -> Sequence[Element]:
        found = self._found.root.child(local)
        return found.children if found else ()

    def _element(self, text: str) -> bytes:
        return marked(_ELEMENT.sub(rf"\g<1>{self._found.prefix}", text).encode())


class Former(NamedTuple):
    """What a cell looked like before it showed a rate; ``made`` says that it was not there."""

    style: int
    made: bool


def former_styles(part: Part) -> dict[int, Former]:
    """By the style of each rate of ours the one it came from."""
    found = outline(part, 2)
    held = found.root.child("cellXfs")
    items = held.children if held else []
    known: dict[bytes, Former] = {}
    seen: dict[bytes, int] = {}
    for at, element in enumerate(items):
        if element.attributes.get("numFmtId", "0") == "0" and not found.is_ours(element):
            whole = found.whole(element)
            for made in (False, True):
                known.setdefault(_rate(found, element, seen.get(whole, 0), made), Former(at, made))
            seen[whole] = seen.get(whole, 0) + 1
    return {at: known[found.whole(item)] for at, item in enumerate(items) if found.whole(item) in known}


def _rate(found: Outline, xf: Element, same: int, made: bool) -> bytes:
    """A style as a rate. Styles that say the same are told apart by how many of them stand before it."""
    head, rest = found.tag(xf), found.content[xf.inner_start : xf.end]
    head = _with(_with(head, b"numFmtId", b"10"), b"applyNumberFormat", b"1")
    return marked(head + rest, b"\t" * same + (_MADE if made else b""))


def _with(head: bytes, name: bytes, value: bytes) -> bytes:
    text, count = re.subn(rb"""(\s%b=)(?:"[^"]*"|'[^']*')""" % name, rb'\1"%b"' % value, head, count=1)
    if count:
        return text
    end = -2 if head.endswith(b"/>") else -1
    return head[:end] + b' %b="%b"' % (name, value) + head[end:]


def trimmed(part: Part, used_styles: AbstractSet[int], used_marks: AbstractSet[int]) -> bytes:
    """The styles without what we added at the ends of their lists, as far as no cell uses it."""
    content = part.content
    for local, used in (("cellXfs", used_styles), ("dxfs", used_marks)):
        content = _trimmed(part._replace(content=content), local, used)
    found = outline(part._replace(content=content), 2)
    formats = [xf for name in ("cellStyleXfs", "cellXfs") if (held := found.root.child(name)) for xf in held.children]
    for local, attribute in (("fonts", "fontId"), ("borders", "borderId")):
        used = {int(number) for xf in formats if (number := xf.attributes.get(attribute, "")).isdecimal()}
        content = _trimmed(part._replace(content=content), local, used)
    return content


def _trimmed(part: Part, local: str, used: AbstractSet[int]) -> bytes:
    found = outline(part, 2)
    held = found.root.child(local)
    items = held.children if held else []
    left = len(items)
    while left and left - 1 not in used and found.is_ours(items[left - 1]):
        left -= 1
    return edited(part.content, taken_away(found, local, items[left:]))


def unlocked_styles(part: Part) -> frozenset[int]:
    """The styles of cells that may be written although their sheet is protected."""
    found = outline(part, 3)
    held = found.root.child("cellXfs")
    return frozenset(at for at, xf in enumerate(held.children if held else ()) if _is_unlocked(xf))


def _is_unlocked(xf: Element) -> bool:
    protection = xf.child("protection")
    return protection is not None and protection.attributes.get("locked") in ("0", "false", "off")
