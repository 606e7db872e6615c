"""The look of an official document (GB/T 9704-2012) as named Word styles.

Type area 156 × 225 mm, 22 lines of 28 characters of 三号仿宋. Lengths are twips, type sizes half points.
"""

from jixiao.hosts.word.names import DECLARATION, MAIN
from jixiao.report.document import Style

# The id of each style in the file. Word knows its built-in headings by name and lists them in the navigation pane.
IDS = {
    Style.TITLE: "GongwenTitle",
    Style.HEADING1: "Heading1",
    Style.HEADING2: "Heading2",
    Style.HEADING3: "Heading3",
    Style.HEADING4: "Heading4",
    Style.BODY: "GongwenBody",
    Style.GAP: "GongwenGap",
    Style.CAPTION: "GongwenCaption",
    Style.ATTACHMENT: "GongwenAttachment",
    Style.FORM_TITLE: "GongwenFormTitle",
    Style.CENTER: "GongwenCenter",
    Style.SIGNATURE: "GongwenSignature",
}
CELL, SMALL_CELL, FIGURE, SPACER = "GongwenCell", "GongwenSmallCell", "GongwenFigure", "GongwenSpacer"
CONTENTS_TITLE, CONTENTS_ENTRY = "GongwenContents", "TOC"
TABLE = "GongwenTable"

SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"

_INDENT = '<w:ind w:firstLine="640" w:firstLineChars="200"/>'
# 28 characters in 442.2 pt: 16 pt type must stand 0.25 pt closer. (A docGrid charSpace does the same in Word only.)
_TIGHT = '<w:spacing w:val="-5"/>'
_OFF_GRID = '<w:snapToGrid w:val="0"/>'
_CENTER = '<w:jc w:val="center"/>'
_TOGETHER = "<w:keepNext/><w:keepLines/>"
_SIDES = "top", "left", "bottom", "right", "insideH", "insideV"


def _fonts(name: str) -> str:
    return f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="Times New Roman"/>'


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _lines(twips: int, rule: str) -> str:
    return f'<w:spacing w:before="0" w:after="0" w:line="{twips}" w:lineRule="{rule}"/>'


def _style(identity: str, name: str, paragraph: str = "", run: str = "", then: str = "") -> str:
    following = f'<w:next w:val="{then}"/>' if then else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _heading(level: int, run: str) -> str:
    outline = f'<w:outlineLvl w:val="{level - 1}"/>'
    return _style(f"Heading{level}", f"heading {level}", _TOGETHER + _INDENT + outline, run, IDS[Style.BODY])


def _entry(level: int) -> str:
    """A line of the 目录: dots up to the page number at the right edge of the type area."""
    tabs = '<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="8834"/></w:tabs>'
    return _style(f"{CONTENTS_ENTRY}{level}", f"toc {level}", f'{tabs}<w:ind w:left="{320 * (level - 1)}"/>')


def _table_style() -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in _SIDES)
    margins = "".join(
        f'<w:{side} w:w="{width}" w:type="dxa"/>'
        for side, width in (("top", 20), ("left", 57), ("bottom", 20), ("right", 57))
    )
    return (
        f'<w:style w:type="table" w:styleId="{TABLE}"><w:name w:val="公文表"/><w:tblPr><w:tblBorders>{borders}'
        f"</w:tblBorders><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr></w:style>"
    )


def _defaults() -> str:
    return (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{_fonts(FANG)}<w:kern w:val="2"/>{_size(32)}'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        '<w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style>'
    )


def _paragraph_styles() -> list[str]:
    title_lines = _OFF_GRID + _lines(660, "exact")
    contents_lines = title_lines.replace('w:before="0"', 'w:before="400"')
    cell_lines = _OFF_GRID + _lines(300, "atLeast") + _CENTER
    small_lines = _OFF_GRID + _lines(250, "atLeast") + _CENTER
    gap_shading = '<w:shd w:val="clear" w:color="auto" w:fill="FFF2CC"/>'
    figure_lines = _OFF_GRID + _lines(240, "auto")
    return [
        _style(IDS[Style.TITLE], "公文标题", "<w:keepNext/>" + title_lines + _CENTER, _fonts(TITLE) + _size(44)),
        _style(IDS[Style.BODY], "公文正文", _INDENT, _TIGHT),
        _style(IDS[Style.GAP], "待补充", gap_shading + _INDENT, _fonts(KAI) + _TIGHT, IDS[Style.BODY]),
        _style(IDS[Style.CENTER], "公文居中", _CENTER, _TIGHT),
        _style(
            IDS[Style.SIGNATURE], "公文署名", '<w:ind w:right="1280" w:rightChars="400"/><w:jc w:val="right"/>', _TIGHT
        ),
        _style(IDS[Style.ATTACHMENT], "公文附件", "<w:keepNext/>", _fonts(HEI)),
        _style(IDS[Style.FORM_TITLE], "公文表题", "<w:keepNext/>" + title_lines + _CENTER, _fonts(TITLE) + _size(36)),
        _style(
            IDS[Style.CAPTION], "公文图表标题", _OFF_GRID + _lines(400, "atLeast") + _CENTER, _fonts(HEI) + _size(24)
        ),
        _heading(1, _fonts(HEI) + _TIGHT),
        _heading(2, _fonts(KAI) + _TIGHT),
        _heading(3, "<w:b/>" + _TIGHT),
        _heading(4, _TIGHT),
        _style(CONTENTS_TITLE, "公文目录标题", "<w:keepNext/>" + contents_lines + _CENTER, _fonts(HEI) + _size(36)),
        *(_entry(level) for level in (1, 2)),
        _style(CELL, "公文表格", cell_lines, '<w:kern w:val="0"/>' + _size(21)),
        _style(SMALL_CELL, "公文表格小字", small_lines, '<w:kern w:val="0"/>' + _size(18)),
        _style(FIGURE, "公文图", figure_lines + _CENTER),
        _style(SPACER, "公文间隔", _OFF_GRID + _lines(20, "exact"), _size(2)),
        _style("Footer", "footer", _OFF_GRID, _fonts(SONG) + _size(28)),
    ]


def styles_part() -> str:
    """The part ``word/styles.xml``."""
    return f'{DECLARATION}<w:styles xmlns:w="{MAIN}">{_defaults()}{_table_style()}{"".join(_paragraph_styles())}</w:styles>'
