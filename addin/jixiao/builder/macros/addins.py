"""The add-in: a workbook with one empty sheet, a VBA project and a ribbon, as small as Excel allows."""

from collections.abc import Mapping, Sequence

from openpyxl.writer.theme import theme_xml

from jixiao.builder.macros import projects
from jixiao.hosts.word.names import CORE_RELATION, CORE_TYPE, DECLARATION, RELATIONS, SHEET, SHEET_TYPE
from jixiao.hosts.word.package import content_types, packed, relations
from jixiao.vba import Module
from jixiao.wording.buttons import TAB

PROJECT = "JixiaoAddin"
SHEET_NAME = "jixiao"
MAIN = "application/vnd.ms-excel.addin.macroEnabled.main+xml"
RIBBON = "customUI/customUI14.xml"
RIBBON_RELATION = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"

_CORE = (
    f"{DECLARATION}<cp:coreProperties"
    ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{TAB}</dc:title></cp:coreProperties>'
)
_WORKBOOK = (
    f'{DECLARATION}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><workbookPr codeName="{projects.WORKBOOK}"/>'
    f'<sheets><sheet name="{SHEET_NAME}" sheetId="1" r:id="sheet1"/></sheets></workbook>'
)
_SHEET = (
    f'{DECLARATION}<worksheet xmlns="{SHEET}"><sheetPr codeName="{projects.sheet_code_name(1)}"/>'
    "<sheetData/></worksheet>"
)
_STYLES = (
    f'{DECLARATION}<styleSheet xmlns="{SHEET}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def addin(modules: Sequence[Module], ribbon: bytes, icons: Mapping[str, bytes]) -> bytes:
    """The .xlam of these modules; ``icons`` are PNG files by the names the ribbon calls them.

    Raises ``vba.SourceError`` for modules that cannot be packed.
    """
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": relations(
            {
                "workbook": ("officeDocument", "xl/workbook.xml"),
                "properties": (CORE_RELATION, "docProps/core.xml"),
                "ribbon": (RIBBON_RELATION, RIBBON),
            }
        ),
        "docProps/core.xml": _CORE,
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": relations(
            {
                "sheet1": ("worksheet", "worksheets/sheet1.xml"),
                "styles": ("styles", "styles.xml"),
                "theme": ("theme", "theme/theme1.xml"),
                "vbaProject": (projects.RELATION, "vbaProject.bin"),
            }
        ),
        "xl/worksheets/sheet1.xml": _SHEET,
        "xl/styles.xml": _STYLES,
        "xl/theme/theme1.xml": theme_xml,
        projects.PART: projects.project_of(PROJECT, 1, modules),
        RIBBON: ribbon,
        "customUI/_rels/customUI14.xml.rels": relations({name: ("image", f"images/{name}.png") for name in icons}),
    }
    images = {f"customUI/images/{name}.png": icon for name, icon in icons.items()}
    return packed({**parts, **images}).to_bytes()


def _types() -> str:
    return content_types(
        {"png": "image/png"},
        {
            "xl/workbook.xml": MAIN,
            "xl/worksheets/sheet1.xml": f"{SHEET_TYPE}.worksheet+xml",
            "xl/styles.xml": f"{SHEET_TYPE}.styles+xml",
            "xl/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
            projects.PART: projects.TYPE,
            "docProps/core.xml": CORE_TYPE,
        },
    )
