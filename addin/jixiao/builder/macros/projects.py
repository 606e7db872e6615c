"""The VBA project of a workbook, with the document modules that Excel wants for the workbook and every sheet."""

from collections.abc import Iterator, Sequence

from jixiao.vba import Kind, Module, module, project

PART = "xl/vbaProject.bin"
TYPE = "application/vnd.ms-office.vbaProject"
RELATION = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
WORKBOOK = "ThisWorkbook"


def sheet_code_name(number: int) -> str:
    """The name by which macros know the sheet at this place, counted from 1."""
    return f"Sheet{number}"


def project_of(name: str, sheets: int, modules: Sequence[Module]) -> bytes:
    """The part ``vbaProject.bin`` of a workbook with so many sheets. Raises ``vba.SourceError``."""
    return project(name, [*_missing_documents(sheets, modules), *modules])


def _missing_documents(sheets: int, modules: Sequence[Module]) -> Iterator[Module]:
    given = {given.name for given in modules}
    documents = {WORKBOOK: Kind.WORKBOOK}
    documents |= {sheet_code_name(number): Kind.WORKSHEET for number in range(1, sheets + 1)}
    return (module(name, "", kind) for name, kind in documents.items() if name not in given)
