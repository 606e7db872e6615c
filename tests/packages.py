"""Workbooks put together by hand, for what no library writes."""

import io
import zipfile

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def relations(*entries: tuple[str, str, str]) -> str:
    body = "".join(f'<Relationship Id="{i}" Type="{LINKS}/{kind}" Target="{target}"/>' for i, kind, target in entries)
    return f'<Relationships xmlns="{PACKAGE}/relationships">{body}</Relationships>'


def workbook(
    sheet: str, *, sheets: str = "", names: str = "", properties: str = "", **parts: str | bytes
) -> dict[str, bytes]:
    """The parts of a workbook; ``sheet`` is the whole XML of its first sheet 表1, ``sheets`` are further <sheet> elements."""
    base = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/calcChain.xml"'
        ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
        "_rels/.rels": relations(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{LINKS}">{properties}'
        f'<sheets><sheet name="表1" sheetId="1" r:id="rId1"/>{sheets}</sheets>{names}</workbook>',
        "xl/_rels/workbook.xml.rels": relations(
            ("rId1", "worksheet", "/xl/worksheets/sheet1.xml"),
            ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"),
            ("rId4", "styles", "../xl/styles.xml"),
            ("rId5", "calcChain", "calcChain.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet,
    }
    contents = {**base, **parts}
    return {name: text.encode() if isinstance(text, str) else text for name, text in contents.items()}


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def worksheet(rows: str, after: str = "", before: str = "") -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
