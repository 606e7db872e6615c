"""The page and what belongs to the whole file: size and margins, page numbers, settings, properties."""

from jixiao.hosts.word.fields import field
from jixiao.hosts.word.names import DECLARATION, MAIN, PACKAGE
from jixiao.hosts.word.text import escaped

# 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm (GB/T 9704-2012, 5.2); forms are published with about 19 mm all round.
_REPORT_MARGINS = 'w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1400"'
_FORM_MARGINS = 'w:top="1134" w:right="1077" w:bottom="1134" w:left="1077" w:header="720" w:footer="624"'


def section(*, form: bool, landscape: bool = False) -> str:
    """The page: A4, 22 lines of 28.95 pt on the type area of a report."""
    margins = _FORM_MARGINS if form else _REPORT_MARGINS
    size = 'w:w="16838" w:h="11906" w:orient="landscape"' if landscape else 'w:w="11906" w:h="16838"'
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdOdd"/><w:footerReference w:type="even" r:id="rIdEven"/>'
        f'<w:pgSz {size}/><w:pgMar {margins} w:gutter="0"/><w:pgNumType w:start="1"/>'
        '<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr>'
    )


def footer_part(side: str) -> str:
    """A footer ``— 1 —``, one character in from the outer edge: ``right`` on odd pages, ``left`` on even ones."""
    number = field("PAGE", "<w:r><w:t>1</w:t></w:r>").replace(' w:dirty="true"', "")
    return (
        f'{DECLARATION}<w:ftr xmlns:w="{MAIN}"><w:p><w:pPr><w:pStyle w:val="Footer"/>'
        f'<w:ind w:{side}="280" w:{side}Chars="100"/><w:jc w:val="{side}"/></w:pPr>'
        f'<w:r><w:t xml:space="preserve">— </w:t></w:r>{number}<w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p></w:ftr>'
    )


def settings_part() -> str:
    """The part ``word/settings.xml``. Lines that end with a break are not stretched to the right edge."""
    return (
        f'{DECLARATION}<w:settings xmlns:w="{MAIN}"><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/>'
        '<w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        '<w:drawingGridVerticalSpacing w:val="290"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
        "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
        "<w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat></w:settings>"
    )


def core_part(title: str) -> str:
    """The properties of the file: its title, and nothing about a person or a time."""
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped(title)}</dc:title></cp:coreProperties>'
    )
