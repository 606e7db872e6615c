"""The elements of a part as they lie in it, lists among them to which something is added and taken away again.

Whatever is added can be told later from what stood there, until another program saves the file: the white space behind
the name of its tag is one that nobody writes. So what was missing, and what was empty, becomes so again byte for byte.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from jixiao.hosts.package.markup import Attributes, Edit, element_end, new_parser, tag_end, walk_all
from jixiao.hosts.parts import Part

OURS = b" \t"
"""Behind the name of a tag: this element was added by us."""

_WAS_EMPTY = b"\t "
"""At the end of the tag of a list: it held nothing and was closed at once."""


_NAME_END = re.compile(rb"(?=[\s/>])")
_COUNT = re.compile(rb"""(\scount=)(?:"[^"]*"|'[^']*')""")


class Element:
    """An element: where it lies, what is inside, and its children as far as they were asked for."""

    def __init__(self, local: str, attributes: Attributes, start: int, inner_start: int) -> None:
        self.local, self.attributes, self.start, self.inner_start = local, attributes, start, inner_start
        self.inner_end = self.end = inner_start
        self.children: list[Element] = []

    def child(self, local: str) -> "Element | None":
        """The first child of this name."""
        return next((child for child in self.children if child.local == local), None)


class Outline(NamedTuple):
    """The root of a part, its prefix (``x:`` or empty), and the bytes they lie in."""

    root: Element
    prefix: str
    content: bytes

    def tag(self, element: Element) -> bytes:
        """The start tag of an element."""
        return self.content[element.start : element.inner_start]

    def whole(self, element: Element) -> bytes:
        """All of an element."""
        return self.content[element.start : element.end]

    def is_ours(self, element: Element) -> bool:
        """Whether it was added by us, and no other program has saved the part since."""
        return self.content.startswith(OURS, _name_end(self.content, element.start))


def outline(part: Part, depth: int = 1) -> Outline:
    """The elements of a part down to this depth below its root. Extensions are elements like all others."""
    content, parser = part.content, new_parser()
    opened: list[Element] = []
    root: list[Element] = []
    level = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal level
        if level <= depth:
            at = parser.CurrentByteIndex
            element = Element(name.rpartition(":")[2], attributes, at, tag_end(content, at))
            (opened[-1].children if opened else root).append(element)
            opened.append(element)
        level += 1

    def end(_: str) -> None:
        nonlocal level
        level -= 1
        if level <= depth:
            element = opened.pop()
            element.inner_end = parser.CurrentByteIndex
            element.end = element_end(content, element.inner_start, element.inner_end)
            if content.endswith(b"/>", 0, element.inner_start):
                element.inner_end = element.inner_start

    walk_all(part, start, end, parser)
    name = content[root[0].start + 1 : _name_end(content, root[0].start)].decode()
    return Outline(root[0], name[: name.rfind(":") + 1], content)


def marked(element: bytes, more: bytes = b"") -> bytes:
    """An element that will be known as one of ours."""
    at = _name_end(element, 0)
    return element[:at] + OURS + more + element[at:]


def appended(found: Outline, local: str, items: Sequence[bytes], before: Iterable[str]) -> Iterable[Edit]:
    """Items at the end of a list below the root; where it is missing it is made, before the first of those that follow it."""
    if not items:
        return
    inside, held = b"".join(items), found.root.child(local)
    close = f"</{found.prefix}{local}>".encode()
    if held is None:
        following = set(before)
        places = [child.start for child in found.root.children if child.local in following]
        at = min(places, default=found.root.inner_end)
        count = b' count="%d"' % len(items) if local in _COUNTED else b""
        yield Edit(at, at, marked(f"<{found.prefix}{local}".encode() + count + b">") + inside + close)
        return
    head = _COUNT.sub(rb'\1"%d"' % (len(held.children) + len(items)), found.tag(held))
    if head.endswith(b"/>"):
        yield Edit(held.start, held.end, head[:-2] + _WAS_EMPTY + b">" + inside + close)
    else:
        yield Edit(held.start, held.inner_start, head)
        yield Edit(held.inner_end, held.inner_end, inside)


def taken_away(found: Outline, local: str, gone: Sequence[Element]) -> Iterable[Edit]:
    """A list below the root without some of its items; it goes too if it is empty and ours."""
    held = found.root.child(local)
    if held is None or not gone:
        return
    left = len(held.children) - len(gone)
    if not left and found.is_ours(held):
        yield Edit(held.start, held.end)
        return
    head = _COUNT.sub(rb'\1"%d"' % left, found.tag(held))
    if not left and head.endswith(_WAS_EMPTY + b">"):
        yield Edit(held.start, held.end, head[: -len(_WAS_EMPTY) - 1] + b"/>")
        return
    yield Edit(held.start, held.inner_start, head)
    for element in gone:
        yield Edit(element.start, element.end)


_COUNTED = ("fonts", "borders", "cellXfs", "dxfs")


def _name_end(content: bytes, at: int) -> int:
    return _NAME_END.search(content, at + 1).start()  # type: ignore[union-attr]
