"""The tags and texts of a web page in one pass.

``html.parser`` would do, but it looks for the end of an open comment from every ``<!--`` on: a page of 200 kB that holds
nothing else keeps it busy for a minute.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_OPENING = re.compile(r"<(?:(?P<comment>!--)|(?P<aside>[!?]|/(?![A-Za-z]))|(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+))")
_ATTRIBUTE = re.compile(r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+))?""")
_RAW = {
    name: re.compile(f"</{name}(?=[\\s/>])", re.IGNORECASE) for name in ("script", "style", "title", "textarea", "xml")
}


class Tag(NamedTuple):
    """A start tag, ``attributes`` in small letters; an end tag has ``closes``. ``content`` is the raw text of style, xml …"""

    name: str
    attributes: dict[str, str]
    closes: bool = False
    content: str = ""


class Comment(NamedTuple):
    """What stands in ``<!-- -->``."""

    text: str


class Declaration(NamedTuple):
    """``<!DOCTYPE …>`` and the like, without its brackets."""

    text: str


Token = Tag | Comment | Declaration | str


def tokens(page: str) -> Iterator[Token]:
    """Tags, comments, declarations and the texts between them; what never ends is not there, as in every browser."""
    at = 0
    while opening := _OPENING.search(page, at):
        if opening.start() > at:
            yield plain_text(page[at : opening.start()])
        if opening["comment"]:
            end = page.find("-->", opening.end())
            token: Token = Comment(page[opening.end() : end])
            after = end + 3
        elif opening["aside"]:
            end = page.find(">", opening.end())
            token = Declaration(page[opening.end() : end])
            after = end + 1
        else:
            token, after = _tag(page, opening)
            end = after
        if end < 0:
            return
        yield token
        at = after
    if at < len(page):
        yield plain_text(page[at:])


def _tag(page: str, opening: re.Match[str]) -> tuple[Tag, int]:
    """A tag and where it ends; -1 if it never does."""
    name, closes = opening["name"].lower(), bool(opening["slash"])
    attributes: dict[str, str] = {}
    at = opening.end()
    while found := _ATTRIBUTE.match(page, at):
        attributes.setdefault(found[1].lower(), _value(found[2] or ""))
        at = found.end()
    end = page.find(">", at)
    if end < 0:
        return Tag(name, attributes), -1
    if closes or name not in _RAW:
        return Tag(name, attributes, closes), end + 1
    closing = _RAW[name].search(page, end + 1)
    stop = closing.start() if closing else len(page)
    return Tag(name, attributes, content=page[end + 1 : stop]), stop


def _value(written: str) -> str:
    return plain_text(written[1:-1] if written.startswith(("'", '"')) else written)


def plain_text(text: str) -> str:
    """Text with the characters its references stand for."""
    if "&" not in text:
        return text
    try:
        return unescape(text)
    except ValueError:  # a reference with thousands of digits
        return text
