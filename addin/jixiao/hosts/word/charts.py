"""Native charts: drawn by Word itself and open to 编辑数据. Each has a chart part and a small workbook with its figures.

Values, fills and label switches are all written out: a viewer that gets only references, or no fill, draws nothing,
and one that misses a switch takes it as on.
"""

from collections.abc import Iterable, Iterator, Sequence

from jixiao.hosts.package.markup import coded
from jixiao.hosts.word.names import CHART, DECLARATION, DRAWING, INLINE, RELATIONS, SHEET, SHEET_TYPE
from jixiao.hosts.word.package import content_types, packed, relations
from jixiao.hosts.word.styles import FANG, HEI
from jixiao.hosts.word.text import escaped
from jixiao.places import letters
from jixiao.report.document import Chart

_COLOURS = "4472C4", "ED7D31", "A5A5A5", "FFC000", "5B9BD5", "70AD47"
_WIDTH, _HEIGHT = 140 * 36000, 75 * 36000  # EMU: 140 × 75 mm
_CATEGORIES, _VALUES = 111111111, 222222222  # ids of the axes, private to a chart


def drawing(chart: Chart, number: int, relation: str) -> str:
    """The run that shows chart ``number`` in line with the text."""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0" xmlns:wp="{INLINE}">'
        f'<wp:extent cx="{_WIDTH}" cy="{_HEIGHT}"/><wp:docPr id="{number}" name="图 {number}" descr="{escaped(chart.title)}"/>'
        f'<wp:cNvGraphicFramePr/><a:graphic xmlns:a="{DRAWING}"><a:graphicData uri="{CHART}">'
        f'<c:chart xmlns:c="{CHART}" r:id="{relation}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def chart_parts(charts: Iterable[Chart]) -> Iterator[tuple[str, bytes]]:
    """Of each chart its part, whose relation ``rId1`` is its workbook, and that workbook."""
    book = packed(_WORKBOOK_FRAME)
    for chart in charts:
        drawn = _without_empty_slices(chart) if chart.kind == "pie" else chart
        book.put(_SHEET_PART, _sheet(drawn).encode())
        yield _chart_space(drawn), book.to_bytes()


def _without_empty_slices(pie: Chart) -> Chart:
    """Slices of nothing would only pile up their labels."""
    name, values = pie.series[0]
    shown = [(category, value) for category, value in zip(pie.categories, values, strict=True) if value]
    return pie._replace(categories=[category for category, _ in shown], series=[(name, [value for _, value in shown])])


def _chart_space(chart: Chart) -> str:
    plot = _pie(chart) if chart.kind == "pie" else _columns(chart)
    return (
        f'{DECLARATION}<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}" xmlns:r="{RELATIONS}"><c:date1904 val="0"/>'
        f'<c:lang val="zh-CN"/><c:roundedCorners val="0"/><c:chart>{_title(chart.title)}<c:plotArea><c:layout/>{plot}'
        f'</c:plotArea>{_legend(chart)}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart><c:spPr>'
        '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )


def _sheet(chart: Chart) -> str:
    """The sheet behind 编辑数据: categories down, one series a column."""
    heads = "".join(_text_cell(text) for text in ["项目", *(name for name, _ in chart.series)])
    lines = "".join(
        f"<row>{_text_cell(category)}{''.join(f'<c><v>{values[index]!r}</v></c>' for _, values in chart.series)}</row>"
        for index, category in enumerate(chart.categories)
    )
    return f'{DECLARATION}<worksheet xmlns="{SHEET}"><sheetData><row>{heads}</row>{lines}</sheetData></worksheet>'


def _text_cell(text: str) -> str:
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escaped(coded(text))}</t></is></c>'


_SHEET_PART = "xl/worksheets/sheet1.xml"
_WORKBOOK_FRAME = {
    "[Content_Types].xml": content_types(
        {},
        {
            "xl/workbook.xml": f"{SHEET_TYPE}.sheet.main+xml",
            _SHEET_PART: f"{SHEET_TYPE}.worksheet+xml",
        },
    ),
    "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
    "xl/workbook.xml": (
        f'{DECLARATION}<workbook xmlns="{SHEET}" xmlns:r="{RELATIONS}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": relations({"rId1": ("worksheet", "worksheets/sheet1.xml")}),
}


def _columns(chart: Chart) -> str:
    series = "".join(
        _series(chart, index, f'{_fill(index)}<c:invertIfNegative val="0"/>') for index in range(len(chart.series))
    )
    return (
        '<c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="100"/><c:axId val="{_CATEGORIES}"/><c:axId val="{_VALUES}"/></c:barChart>'
        f"<c:catAx>{_axis(_CATEGORIES, 'b')}{_axis_look()}"
        f'<c:crossAx val="{_VALUES}"/><c:crosses val="autoZero"/><c:auto val="1"/><c:lblAlgn val="ctr"/>'
        '<c:lblOffset val="100"/><c:noMultiLvlLbl val="0"/></c:catAx>'
        f'<c:valAx>{_axis(_VALUES, "l")}<c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill>'
        '<a:srgbClr val="D9D9D9"/></a:solidFill></a:ln></c:spPr></c:majorGridlines>'
        f'<c:numFmt formatCode="General" sourceLinked="0"/>{_axis_look()}'
        f'<c:crossAx val="{_CATEGORIES}"/><c:crosses val="autoZero"/><c:crossBetween val="between"/></c:valAx>'
    )


def _axis(identity: int, position: str) -> str:
    return (
        f'<c:axId val="{identity}"/><c:scaling><c:orientation val="minMax"/></c:scaling><c:delete val="0"/>'
        f'<c:axPos val="{position}"/>'
    )


def _axis_look() -> str:
    return (
        '<c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>'
        '<c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></c:spPr>'
        f"<c:txPr>{_type(900)}</c:txPr>"
    )


def _pie(chart: Chart) -> str:
    """A pie of the first series, one colour a slice."""
    colours = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:bubble3D val="0"/>{_fill(index)}</c:dPt>'
        for index in range(len(chart.categories))
    )
    return f'<c:pieChart><c:varyColors val="1"/>{_series(chart, 0, colours)}<c:firstSliceAng val="0"/></c:pieChart>'


def _series(chart: Chart, index: int, look: str) -> str:
    name, values = chart.series[index]
    column, last = letters(index + 2), len(chart.categories) + 1
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx>{_strings(f"${column}$1", [name])}</c:tx>{look}'
        f"{_labels(pie=chart.kind == 'pie')}<c:cat>{_strings(f'$A$2:$A${last}', chart.categories)}</c:cat>"
        f"<c:val>{_numbers(f'${column}$2:${column}${last}', values)}</c:val></c:ser>"
    )


def _strings(cells: str, texts: Sequence[str]) -> str:
    return f"<c:strRef><c:f>Sheet1!{cells}</c:f><c:strCache>{_points([escaped(coded(text)) for text in texts])}</c:strCache></c:strRef>"


def _numbers(cells: str, values: Sequence[float]) -> str:
    points = _points([repr(value) for value in values])
    return f"<c:numRef><c:f>Sheet1!{cells}</c:f><c:numCache><c:formatCode>General</c:formatCode>{points}</c:numCache></c:numRef>"


def _points(items: Sequence[str]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{item}</c:v></c:pt>' for index, item in enumerate(items))
    return f'<c:ptCount val="{len(items)}"/>{points}'


def _labels(*, pie: bool) -> str:
    number_format = "0.00%" if pie else "General"  # "#.##" would print 10 as 10.
    leader = '<c:showLeaderLines val="1"/>' if pie else ""
    return (
        f'<c:dLbls><c:numFmt formatCode="{number_format}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln>'
        f'</c:spPr><c:txPr>{_type(900)}</c:txPr><c:dLblPos val="outEnd"/><c:showLegendKey val="0"/>'
        f'<c:showVal val="{int(not pie)}"/><c:showCatName val="0"/><c:showSerName val="0"/>'
        f'<c:showPercent val="{int(pie)}"/><c:showBubbleSize val="0"/>{leader}</c:dLbls>'
    )


def _title(text: str) -> str:
    return (
        '<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1200" b="0"/></a:pPr>'
        f'<a:r><a:rPr lang="zh-CN" sz="1200" b="0">{_typeface(HEI)}</a:rPr><a:t>{escaped(text)}</a:t></a:r></a:p>'
        '</c:rich></c:tx><c:overlay val="0"/></c:title><c:autoTitleDeleted val="0"/>'
    )


def _legend(chart: Chart) -> str:
    """A legend where colours mean something: slices, or several series."""
    if chart.kind != "pie" and len(chart.series) == 1:
        return ""
    return f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/><c:txPr>{_type(900)}</c:txPr></c:legend>'


def _fill(index: int) -> str:
    colour = _COLOURS[index % len(_COLOURS)]
    return f'<c:spPr><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></c:spPr>'


def _type(size: int) -> str:
    """Text properties; the size is in hundredths of a point."""
    return (
        f'<a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0">{_typeface(FANG)}</a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p>'
    )


def _typeface(name: str) -> str:
    return f'<a:latin typeface="{name}"/><a:ea typeface="{name}"/>'
