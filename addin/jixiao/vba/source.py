"""Modules as text: what the VBA editor exports, and what stands in a project."""

import re
from enum import Enum
from typing import NamedTuple

from jixiao.vba.escaping import SourceError, escaped


class Kind(Enum):
    """What a module is; the value is the class it extends (``VB_Base``)."""

    MODULE = ""
    CLASS = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"
    WORKBOOK = "0{00020819-0000-0000-C000-000000000046}"
    WORKSHEET = "0{00020820-0000-0000-C000-000000000046}"

    @property
    def document(self) -> bool:
        """Whether the module belongs to the workbook or a sheet of it."""
        return self in {Kind.WORKBOOK, Kind.WORKSHEET}


class Module(NamedTuple):
    """One module; ``body`` is its text after the attribute header and may hold Chinese."""

    name: str
    kind: Kind
    body: str
    first_line: int = 1  # of the body in its file: errors name lines as an editor shows them
    exposed: bool = False  # of a class: other projects may use its instances

    @property
    def file(self) -> str:
        """The name of the module's file, for messages."""
        return self.name + (".bas" if self.kind is Kind.MODULE else ".cls")

    def source(self) -> str:
        """The text that stands in a project: attribute header and body in ASCII, lines end with CRLF.

        Raises SourceError where the body cannot be ASCII.
        """
        header = (f"Attribute {name} = {value}" for name, value in _header(self).items())
        body = escaped(_normal(self.body).rstrip("\n"), self.file, self.first_line)
        return "\r\n".join((*header, *body.split("\n"))).rstrip("\r\n") + "\r\n"


def _header(module: Module) -> dict[str, str]:
    """The attributes of the module itself, as Excel writes them."""
    name = {"VB_Name": f'"{module.name}"'}
    if module.kind is Kind.MODULE:
        return name
    document = str(module.kind.document)
    return name | {
        "VB_Base": f'"{module.kind.value}"',
        "VB_GlobalNameSpace": "False",
        "VB_Creatable": "False",
        "VB_PredeclaredId": document,
        "VB_Exposed": str(module.kind.document or module.exposed),
        "VB_TemplateDerived": "False",
        "VB_Customizable": document,
    }


_ATTRIBUTE = re.compile(r"Attribute VB_\w+ = .*")


def module(name: str, text: str, kind: Kind) -> Module:
    """A module from a .bas or .cls as the VBA editor exports it, or from a bare body.

    Raises SourceError if the file's attributes are not those of a module of that name and kind. The description of a module is
    dropped: only the object browser shows it.
    """
    lines = _normal(text.removeprefix("\ufeff")).split("\n")
    start = _end_of_preamble(lines)
    end = next((i for i in range(start, len(lines)) if not _ATTRIBUTE.fullmatch(lines[i])), len(lines))
    exposed = kind is Kind.CLASS and "Attribute VB_Exposed = True" in lines[start:end]
    result = Module(name, kind, "\n".join(lines[end:]), end + 1, exposed)
    allowed = {f"Attribute {attribute} = {value}" for attribute, value in _header(result).items()}
    for number, line in enumerate(lines[start:end], start + 1):
        if line not in allowed and not line.startswith("Attribute VB_Description"):
            raise SourceError(f"{result.file}:{number}: {line!r} is not for a {kind.name.lower()} named {name}")
    return result


def _end_of_preamble(lines: list[str]) -> int:
    """How many lines ``VERSION 1.0 CLASS … END`` takes at the head of an exported class."""
    exported = lines[0].startswith("VERSION ") and "END" in lines
    return lines.index("END") + 1 if exported else 0


def _normal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
