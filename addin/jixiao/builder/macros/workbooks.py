"""A form workbook with macros: the .xlsx as it was built, and beside its parts a VBA project and buttons."""

import posixpath
from collections.abc import Sequence

from jixiao.builder.macros import projects
from jixiao.builder.macros.drawing import Button, column_widths, with_shapes
from jixiao.hosts.package.markup import spans
from jixiao.hosts.package.workbook import CONTENT_TYPES, Sheet, read_relations, read_workbook, relations_part, xml
from jixiao.hosts.zipped import Archive
from jixiao.ours import is_bound
from jixiao.vba import Module
from jixiao.wording import workbook as words

PROJECT = "JixiaoForm"
PRINT_AREA = "_xlnm.Print_Area"
MAIN_PLAIN = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MAIN_WITH_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def with_buttons(workbook: bytes, modules: Sequence[Module], buttons: Sequence[Button]) -> bytes:
    """The .xlsm of a form workbook (.xlsx as ``build`` makes it) with a row of buttons on every form sheet.

    Raises ``vba.SourceError`` for modules that cannot be packed.
    """
    archive = Archive(workbook, words.NEW_WORKBOOK)
    book = read_workbook(archive)
    for number, sheet in enumerate(book.sheets, 1):
        if is_bound(sheet) and PRINT_AREA in sheet.names:  # the summary of several forms has nothing beside it
            _draw(archive, sheet, buttons)
        _name(archive, sheet.part, "sheetPr", projects.sheet_code_name(number))
    _name(archive, book.part, "workbookPr", projects.WORKBOOK)
    archive.put(projects.PART, projects.project_of(PROJECT, len(book.sheets), modules))
    _relate(archive, book.part)
    _declare(archive)
    return archive.to_bytes()


def _draw(archive: Archive, sheet: Sheet, buttons: Sequence[Button]) -> None:
    """Buttons go behind the heading of the facts for the report, which stands two columns right of the form."""
    relations = read_relations(archive, sheet.part).values()
    drawing = next(relation.target for relation in relations if relation.kind == "vmlDrawing")
    widths = column_widths(span.attributes for span in spans(xml(archive, sheet.part), "col"))
    first_column = sheet.names[PRINT_AREA].right + 3
    archive.put(drawing, with_shapes(archive.read(drawing), buttons, first_column, widths))


def _name(archive: Archive, part: str, element: str, code_name: str) -> None:
    """Give the part the name its document module has."""
    content = archive.read(part)
    at = spans(xml(archive, part), element)[0].start + len(f"<{element}")
    archive.put(part, content[:at] + f' codeName="{code_name}"'.encode() + content[at:])


def _relate(archive: Archive, part: str) -> None:
    target = posixpath.relpath(projects.PART, posixpath.dirname(part))
    relation = f'<Relationship Type="{projects.RELATION}" Target="{target}" Id="vbaProject"/>'
    _append(archive, relations_part(archive, part), b"</Relationships>", relation.encode())


def _declare(archive: Archive) -> None:
    override = f'<Override PartName="/{projects.PART}" ContentType="{projects.TYPE}"/>'
    _append(archive, CONTENT_TYPES, b"</Types>", override.encode())
    archive.put(CONTENT_TYPES, archive.read(CONTENT_TYPES).replace(MAIN_PLAIN, MAIN_WITH_MACROS))


def _append(archive: Archive, part: str, closing: bytes, content: bytes) -> None:
    whole = archive.read(part)
    at = whole.rindex(closing)
    archive.put(part, whole[:at] + content + whole[at:])
