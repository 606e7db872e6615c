"""Headings and the 目录 that lists them, as Word fields whose results stand there already."""

import re
from collections.abc import Mapping, Sequence

from jixiao.hosts.word.styles import CONTENTS_ENTRY, CONTENTS_TITLE
from jixiao.hosts.word.text import runs

_DEEPEST = 2  # the 目录 lists 一、 and （一）
_TITLE = "目　录"
# Marked as out of date: Word brings it up to date when it opens the file, without asking.
_BEGIN = '<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_EMPTY_PAGE = re.compile(rf"(PAGEREF (\w+) \\h </w:instrText></w:r>{_SEPARATE})(?={_END})")


def field(instruction: str, result: str) -> str:
    """A field: what it computes, and the runs it shows until it is computed anew."""
    return f"{_opening(instruction)}{result}{_END}"


def _opening(instruction: str) -> str:
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{_BEGIN}{code}{_SEPARATE}"


def heading(style: str, text: str, number: int, properties: str = "") -> str:
    """A heading, bookmarked for the 目录 by its number in the document."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr><w:bookmarkStart w:id="{number}" '
        f'w:name="{_bookmark(number)}"/>{runs(text)}<w:bookmarkEnd w:id="{number}"/></w:p>'
    )


def contents(headings: Sequence[tuple[int, str]], properties: str = "") -> str:
    """The 目录 of all headings, given as level and text in order; ``properties`` are those of its title paragraph."""
    listed = [(level, text, number) for number, (level, text) in enumerate(headings, 1) if level <= _DEEPEST]
    opening = _opening(rf'TOC \o "1-{_DEEPEST}" \h \z \u')
    lines = [
        _entry(level, text, number, opening if (level, text, number) == listed[0] else "")
        for level, text, number in listed
    ]
    title = f'<w:p><w:pPr><w:pStyle w:val="{CONTENTS_TITLE}"/>{properties}</w:pPr>{runs(_TITLE)}</w:p>'
    return title + "".join(lines).removesuffix("</w:p>") + f"{_END}</w:p>" if listed else ""


def with_page_numbers(markup: str, pages: Mapping[str, int]) -> str:
    """The markup of a document with the 目录's page numbers filled in, given by bookmark. Word still updates them."""
    return _EMPTY_PAGE.sub(lambda found: f"{found[1]}{runs(str(pages[found[2]]))}", markup)


def _entry(level: int, text: str, number: int, opening: str) -> str:
    page = field(rf"PAGEREF {_bookmark(number)} \h", "")  # only a program that lays out pages knows the number
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{CONTENTS_ENTRY}{level}"/></w:pPr>{opening}<w:hyperlink '
        f'w:anchor="{_bookmark(number)}" w:history="1">{runs(text)}<w:r><w:tab/></w:r>{page}</w:hyperlink></w:p>'
    )


def _bookmark(number: int) -> str:
    return f"_Toc9704{number:04}"
