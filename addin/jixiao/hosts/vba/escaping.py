r"""VBA text made pure ASCII: the editor knows no Unicode, so a literal ``"绩效"`` becomes ``U("\u7EE9\u6548")``.

Comments with other characters are emptied; line numbers stay. Where a call cannot stand (constants, declarations, defaults of
arguments) or where no literal is (names), such characters are refused.
"""

import re
from collections.abc import Iterator

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
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class SourceError(ValueError):
    """A text that cannot become a module: ``file:line: what is wrong``."""


def escaped(text: str, file: str, first_line: int = 1) -> str:
    """The text (lines end with LF) in ASCII, line for line; raises SourceError with the line of ``file``."""
    lines = [_escaped_line(line, file, number) for number, line in _logical_lines(text, first_line)]
    for number, line in enumerate("\n".join(lines).split("\n"), first_line):
        if len(line) > LONGEST_LINE:
            raise SourceError(f"{file}:{number}: the line has {len(line)} characters, VBA takes {LONGEST_LINE}")
        if _CONTROL.search(line):
            raise SourceError(f"{file}:{number}: control character")
    return "\n".join(lines)


def _logical_lines(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    """Lines joined with their continuations, each with the number of its first line."""
    joined: list[str] = []
    for number, line in enumerate(text.split("\n"), first_line):
        joined.append(line)
        if not _CONTINUED.search(line):
            yield number - len(joined) + 1, "\n".join(joined)
            joined = []
    if joined:
        yield first_line + text.count("\n") - len(joined) + 1, "\n".join(joined)


def _escaped_line(line: str, file: str, number: int) -> str:
    if line.count("\n") > MOST_CONTINUATIONS:
        raise SourceError(f"{file}:{number}: more than {MOST_CONTINUATIONS} line continuations")
    tokens = list(_TOKEN.finditer(line))
    constant = _CONSTANT.search("".join(token[0] for token in tokens if token.lastgroup == "code"))
    pieces = []
    for token in tokens:
        try:
            pieces.append(_escaped_token(token, constant is not None))
        except ValueError as error:
            raise SourceError(f"{file}:{number + line.count(chr(10), 0, token.start())}: {error}") from None
    return "".join(pieces)


def _escaped_token(token: re.Match[str], constant: bool) -> str:
    text = token[0]
    if token["unclosed"]:
        raise ValueError("the string is not closed")
    if text.isascii():
        return text
    if token["comment"]:
        return token["mark"] + "\n" * text.count("\n")
    if not token["string"]:
        raise ValueError(f"{text} stands outside of a string")
    if constant:
        raise ValueError(f"{text} cannot stand in a constant, a declaration or an optional argument: write a function")
    if r"\u" in text:
        raise ValueError(rf"\u would be read as an escape in {text}")
    return f"{FUNCTION}({_units(text)})"


def _units(text: str) -> str:
    r"""``\uXXXX`` for every UTF-16 unit beyond ASCII."""
    encoded = text.encode("utf-16-be")
    units = (int.from_bytes(encoded[i : i + 2]) for i in range(0, len(encoded), 2))
    return "".join(chr(unit) if unit < 128 else rf"\u{unit:04X}" for unit in units)
