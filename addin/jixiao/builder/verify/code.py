"""The VBA project: document modules, what no module may do, and the xlwings module that must suit the installed xlwings."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import NamedTuple

from jixiao.builder.verify.package import Package, S
from jixiao.vba import Kind

XLWINGS = "xlwings"
_BASE = re.compile(r'Attribute VB_Base = "([^"]*)"')
_CONTINUED = re.compile(r"[ \t]_\n")
_TEXT_OR_COMMENT = re.compile(r"""("(?:[^"]|"")*")|'.*|^\s*Rem\b.*""", re.IGNORECASE)
_PROCEDURE = re.compile(
    r"\s*(?:(Public|Private|Friend)\s+)?(?:Static\s+)?(Sub|Function)\s+(\w+)\s*\(((?:[^()]|\(\))*)\)", re.IGNORECASE
)
_PARAMETER = re.compile(
    r"\s*(?:(?:Optional|ByVal|ByRef|ParamArray)\s+)*\w+(?:\(\))?(?:\s+As\s+([\w.]+))?(?:\s*=.*)?\s*", re.IGNORECASE
)
_FORBIDDEN = re.compile(r"\b(Shell|Declare|CreateObject|GetObject|ExecuteExcel4Macro)\b", re.IGNORECASE)
_VENDORED = {
    XLWINGS: {"shell", "declare", "createobject", "getobject"},
    "Dictionary": {"createobject"},
}
"""Modules that come from xlwings as they are, and what they do beside ours."""
_VERSION = re.compile(r'Const XLWINGS_VERSION As String = "([^"]*)"')
_LIBRARY = re.compile(r'"(xlwings\d+-[^"]*)\.dll"')


class Procedure(NamedTuple):
    """A public procedure of a standard module: ``sub`` or ``function``, and the types of its parameters."""

    kind: str
    parameters: tuple[str, ...]


def code_defects(package: Package) -> Iterator[str]:
    """The modules of the project, if there is one."""
    modules = package.modules
    if not modules:
        return
    yield from _document_defects(package)
    for name, source in modules.items():
        if not source.isascii():
            yield f"module {name}: not ASCII"
        for line in statements(source):
            for word in _FORBIDDEN.findall(line):
                if word.lower() not in _VENDORED.get(name, ()):
                    yield f"module {name}: {word} in: {line.strip()}"
    for name, count in Counter(name for name, _ in _public(modules)).items():
        if count > 1:
            yield f"two public procedures {name}"
    if XLWINGS in modules:
        yield from _version_defects(modules[XLWINGS])


def procedures(package: Package) -> dict[str, Procedure]:
    """What buttons and ribbon can call, by name."""
    return dict(_public(package.modules))


def statements(source: str) -> Iterator[str]:
    """The lines of a module, continued ones joined, without comments and without what stands in texts."""
    joined = _CONTINUED.sub(" ", source.replace("\r\n", "\n"))
    for line in joined.split("\n"):
        yield _TEXT_OR_COMMENT.sub(lambda match: '""' if match[1] else "", line)


def _public(modules: Mapping[str, str]) -> Iterator[tuple[str, Procedure]]:
    for source in modules.values():
        if _kind(source) is not Kind.MODULE:
            continue
        found: dict[str, Procedure] = {}  # once a module: conditional compilation may hold it twice
        for line in statements(source):
            match = _PROCEDURE.match(line)
            if match and (match[1] or "Public").lower() == "public":
                found[match[3]] = Procedure(match[2].lower(), tuple(_types(match[4])))
        yield from found.items()


def _types(parameters: str) -> Iterator[str]:
    for parameter in parameters.split(",") if parameters.strip() else ():
        match = _PARAMETER.fullmatch(parameter)
        yield (match[1] or "Variant") if match else f"?{parameter}"


def _kind(source: str) -> Kind:
    base = _BASE.search(source)
    return Kind(base[1]) if base else Kind.MODULE


def _document_defects(package: Package) -> Iterator[str]:
    """Each sheet and the workbook have their module, and no module is without."""
    workbook = package.roots[package.main].find(f"{S}workbookPr")
    sheets = [package.roots[part].find(f"{S}sheetPr") for part in package.worksheets]
    named = [(workbook, Kind.WORKBOOK), *((sheet, Kind.WORKSHEET) for sheet in sheets)]
    expected = sorted(
        (element.get("codeName", "") if element is not None else "", kind.name) for element, kind in named
    )
    kinds = ((name, _kind(source)) for name, source in package.modules.items())
    documents = sorted((name, kind.name) for name, kind in kinds if kind.document)
    if documents != expected:
        yield f"document modules {documents}, code names {expected}"


def _version_defects(source: str) -> Iterator[str]:
    installed = version(XLWINGS)
    if _VERSION.findall(source) != [installed]:
        yield f"module {XLWINGS}: version {_VERSION.findall(source)}, installed is {installed}"
    libraries = set(_LIBRARY.findall(source))
    if libraries != {f"xlwings32-{installed}", f"xlwings64-{installed}"}:
        yield f"module {XLWINGS}: libraries {sorted(libraries)}, installed is {installed}"
