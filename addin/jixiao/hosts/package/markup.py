"""XML as bytes with positions: parts are read in one pass, and changed by cutting and inserting, never re-written.

Plain expat: importing ElementTree costs more than reading a form, and it would rename every prefix it writes.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple
from xml.parsers.expat import ExpatError, ParserCreate, XMLParserType

from jixiao.hosts.parts import Odd, Part

Attributes = dict[str, str]
Starts = Mapping[str, Callable[[Attributes], object]]
Ends = Mapping[str, Callable[[], object]]

_TAG = re.compile(rb"""<[^\s/>]+(?:[^>"']|"[^"]*"|'[^']*')*>""")
# Texts, which re compiles for the first who asks: reading a file never does.
_CODED = r"_x([0-9A-Fa-f]{4})_"
_LOOKS_CODED = r"_(?=x[0-9A-Fa-f]{4}_)"
_NOT_XML = "[\x00-\x08\x0b-\x1f\ufffe\uffff]"
_SURROGATE = "[\ud800-\udfff]"


class Span(NamedTuple):
    """An element as it lies in a part: its attributes, all of it, and what is inside."""

    attributes: Attributes
    start: int
    end: int
    inner_start: int
    inner_end: int


class Edit(NamedTuple):
    """Bytes to put in place of those from ``start`` to ``end``; nothing is cut where the two are equal."""

    start: int
    end: int
    content: bytes = b""


def new_parser() -> XMLParserType:
    """A parser that joins neighbouring pieces of text."""
    parser = ParserCreate("utf-8")  # whatever the part declares: it was made UTF-8
    parser.buffer_text = True
    parser.buffer_size = 2**16
    return parser


def walk(part: Part, starts: Starts, ends: Ends, parser: XMLParserType | None = None) -> str:
    """Call the handlers of elements by local name, in document order; returns the prefix of the root (``x:`` or empty).

    Only elements with the prefix of the root are meant: extensions have prefixes of their own. Raises Refusal, naming the
    part, if it is not well-formed, and for what a handler finds Odd.
    """
    parser = parser or new_parser()
    prefix = ""

    def root(name: str, attributes: Attributes) -> None:
        nonlocal prefix
        prefix = name[: name.rfind(":") + 1]
        opened = {prefix + local: handler for local, handler in starts.items()}
        closed = {prefix + local: handler for local, handler in ends.items()}

        def start(name: str, attributes: Attributes) -> None:
            if name in opened:
                opened[name](attributes)

        def end(name: str) -> None:
            if name in closed:
                closed[name]()

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        start(name, attributes)

    parser.StartElementHandler = root
    try:
        parser.Parse(part.content, True)
    except ExpatError:
        raise part.not_xml() from None
    except Odd as odd:
        raise part.refusal(odd) from None
    finally:  # who holds the parser is held by its handlers: only the collector would free what was read
        parser.StartElementHandler = parser.EndElementHandler = None
    return prefix


def walk_all(
    part: Part, start: Callable[[str, Attributes], object], end: Callable[[str], object], parser: XMLParserType
) -> None:
    """Call the handlers of all elements, whatever their prefix. Raises Refusal, naming the part, if it is not well-formed."""
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(part.content, True)
    except ExpatError:
        raise part.not_xml() from None
    finally:
        parser.StartElementHandler = parser.EndElementHandler = None


def capture(parser: XMLParserType) -> list[str]:
    """From now on text is collected in the list returned."""
    pieces: list[str] = []
    parser.CharacterDataHandler = pieces.append
    return pieces


def captured(parser: XMLParserType, pieces: list[str]) -> str:
    """The text collected; collecting ends."""
    parser.CharacterDataHandler = None
    return "".join(pieces)


def tag_end(content: bytes, at: int) -> int:
    """Where the start tag at this position ends. The parser has passed it, so there is one."""
    return _TAG.match(content, at).end()  # type: ignore[union-attr]


def element_end(content: bytes, head_end: int, at: int) -> int:
    """Where an element ends, from the position expat reports at its end: before ``</a>``, but behind ``<a/>``."""
    return head_end if content.endswith(b"/>", 0, head_end) else content.index(b">", at) + 1


def spans(part: Part, local: str) -> list[Span]:
    """All elements of one local name that have no child elements."""
    parser, content = new_parser(), part.content
    found: list[Span] = []
    opened: list[tuple[Attributes, int]] = []

    def start(attributes: Attributes) -> None:
        opened.append((attributes, parser.CurrentByteIndex))

    def end() -> None:
        attributes, at = opened.pop()
        inner_start, inner_end = tag_end(content, at), parser.CurrentByteIndex
        found.append(Span(attributes, at, element_end(content, inner_start, inner_end), inner_start, inner_end))

    walk(part, {local: start}, {local: end}, parser)
    return found


def edited(content: bytes, edits: Iterable[Edit]) -> bytes:
    """The content with all edits made; insertions at one place come in their order, before what is replaced there."""
    pieces: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        pieces += (content[position : edit.start], edit.content)
        position = edit.end
    pieces.append(content[position:])
    return b"".join(pieces)


def coded(text: str) -> str:
    """Text as a cell keeps it: characters XML cannot hold become ``_xHHHH_``, and what looks like one is protected."""
    text = re.sub(_SURROGATE, "\ufffd", text)
    text = re.sub(_LOOKS_CODED, "_x005F_", text)
    return re.sub(_NOT_XML, lambda match: f"_x{ord(match[0]):04X}_", text)


def decoded(text: str) -> str:
    """The text a cell shows; the inverse of ``coded``."""
    return re.sub(_CODED, _character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)


def escaped(text: str) -> str:
    """Text for the inside of an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
