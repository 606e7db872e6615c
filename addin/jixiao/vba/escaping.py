r"""VBA text made pure ASCII: the editor knows no Unicode, so a literal ``"绩效"`` becomes ``U("\u7EE9\u6548")``.

Comments with other characters are emptied; line numbers stay. Where a call cannot stand (constants, declarations, defaults of
arguments) or where no literal is (names), such characters are refused.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

DECODER_NAME = "JixiaoText"
FUNCTION = "U"
LONGEST_LINE = 1023
MOST_CONTINUATIONS = 24

_CONTINUED = re.compile(r"[ \t]_[ \t]*$")
_TOKEN = re.compile(
    r"""
      (?P<string>   "[^"\n]*(?:""[^"\n]*)*" )
    | (?P<unclosed> " )
    | (?P<comment>  (?P<mark>'|(?<![\w.!])Rem(?!\w)) [\s\S]* )      # to the end of the logical line
    | (?P<code>     \[[^\]\n]*\] | \w+ | [\s\S] )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONSTANT = re.compile(r"^\s*(?:Attribute\b|\#)|\b(?:Const|Declare|Optional)\b", re.IGNORECASE)
_CALL = re.compile(rf'\b{FUNCTION}\("')
_OTHER_USE = re.compile(rf'^[^"\']*(?<!\.)\b{FUNCTION}\b(?!\(")', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class SourceError(ValueError):
    """A text that cannot become a module: ``file:line: what is wrong``."""


def escaped(text: str, file: str, first_line: int = 1) -> str:
    """The text (lines end with LF) in ASCII, line for line; raises SourceError with the line of ``file``."""
    try:
        result = "\n".join(map(_escaped_line, _logical_lines(text)))
        decoding = calls_decoder(result)
        for number, line in enumerate(result.split("\n")):
            _check_line(line, number, decoding)
    except _Defect as defect:
        raise SourceError(f"{file}:{first_line + defect.line}: {defect}") from None
    return result


def calls_decoder(text: str) -> bool:
    """Whether an escaped text needs the decoder."""
    return _CALL.search(text) is not None


class _Defect(Exception):
    """What is wrong in a line, counted from 0."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


class _Line(NamedTuple):
    """A line with its continuations, and how many lines stand before it."""

    number: int
    text: str


def _logical_lines(text: str) -> Iterator[_Line]:
    joined: list[str] = []
    *others, last = text.split("\n")
    for number, line in enumerate(others, 1):
        joined.append(line)
        if not _CONTINUED.search(line):
            yield _Line(number - len(joined), "\n".join(joined))
            joined = []
    yield _Line(len(others) - len(joined), "\n".join([*joined, last]))


def _check_line(line: str, number: int, decoding: bool) -> None:
    if len(line) > LONGEST_LINE:
        raise _Defect(number, f"the line has {len(line)} characters, VBA takes {LONGEST_LINE}")
    if _CONTROL.search(line):
        raise _Defect(number, "the line has a control character")
    if decoding and _OTHER_USE.search(line):
        raise _Defect(number, f"{FUNCTION} is the name of the decoder")


def _escaped_line(line: _Line) -> str:
    if line.text.count("\n") > MOST_CONTINUATIONS:
        raise _Defect(line.number, f"the line has more than {MOST_CONTINUATIONS} continuations")
    tokens = list(_TOKEN.finditer(line.text))
    constant = _CONSTANT.search("".join(token[0] for token in tokens if token.lastgroup == "code"))
    pieces = []
    for token in tokens:
        try:
            pieces.append(_escaped_token(token, constant is not None))
        except ValueError as error:
            raise _Defect(line.number + line.text.count("\n", 0, token.start()), str(error)) from None
    return "".join(pieces)


def _escaped_token(token: re.Match[str], constant: bool) -> str:
    text = token[0]
    if token["unclosed"]:
        raise ValueError("a string does not end")
    if text.isascii():
        return text
    if token["comment"]:
        return token["mark"] + "\n" * text.count("\n")
    if not token["string"]:
        raise ValueError(f"{text} stands outside of strings and comments")
    if constant:
        raise ValueError(f"{text} stands where VBA takes constants only: write a function that returns it")
    if r"\u" in text:
        raise ValueError(rf"\u would be read as an escape in {text}")
    before = token.string[: token.start()][-1:]
    space = " " if before.isalnum() or before == "_" else ""  # MsgBox"…" needs none, a call does
    return f"{space}{FUNCTION}({_units(text)})"


def _units(text: str) -> str:
    r"""``\uXXXX`` for every UTF-16 unit beyond ASCII."""
    encoded = text.encode("utf-16-be")
    units = (int.from_bytes(encoded[i : i + 2]) for i in range(0, len(encoded), 2))
    return "".join(chr(unit) if unit < 128 else rf"\u{unit:04X}" for unit in units)
