"""Write a document of the model as a Word file (GB/T 9704-2012): strings straight into a zip, no clock, no chance."""

from collections.abc import Sequence

from jixiao.hosts.word.charts import chart_parts, drawing
from jixiao.hosts.word.fields import contents, heading
from jixiao.hosts.word.names import (
    CHART_TYPE,
    CORE_RELATION,
    CORE_TYPE,
    DECLARATION,
    MAIN,
    RELATIONS,
    SHEET_TYPE,
    WORD_TYPE,
)
from jixiao.hosts.word.package import content_types, packed, relations
from jixiao.hosts.word.pages import core_part, footer_part, section, settings_part
from jixiao.hosts.word.styles import FIGURE, IDS, SPACER, styles_part
from jixiao.hosts.word.tables import table
from jixiao.hosts.word.text import runs
from jixiao.hosts.word.verify import verify
from jixiao.report.document import Block, Chart, PageBreak, Paragraph, Style, Table, WordDocument

_LEVELS = {Style.HEADING1: 1, Style.HEADING2: 2, Style.HEADING3: 3, Style.HEADING4: 4}
_NEW_PAGE = "<w:pageBreakBefore/>"


def render_verified(document: WordDocument) -> bytes:
    """The document as the bytes of a .docx, opened again and verified."""
    data = render(document)
    verify(data)
    return data


def render(document: WordDocument) -> bytes:
    """The document as the bytes of a .docx; the same document gives the same bytes."""
    charts = [block for block in document.blocks if isinstance(block, Chart)]
    return packed(
        {
            "[Content_Types].xml": _types(len(charts)),
            "_rels/.rels": relations(
                {"rId1": ("officeDocument", "word/document.xml"), "rId2": (CORE_RELATION, "docProps/core.xml")}
            ),
            "docProps/core.xml": core_part(document.title),
            "word/document.xml": _document_part(document),
            "word/_rels/document.xml.rels": _document_relations(len(charts)),
            "word/styles.xml": styles_part(),
            "word/settings.xml": settings_part(),
            "word/footer1.xml": footer_part("right"),
            "word/footer2.xml": footer_part("left"),
            **_chart_parts(charts),
        }
    ).to_bytes()


def _document_part(document: WordDocument) -> str:
    return (
        f'{DECLARATION}<w:document xmlns:w="{MAIN}" xmlns:r="{RELATIONS}"><w:body>'
        f"{''.join(_body(document))}{section(form=document.form, landscape=document.landscape)}</w:body></w:document>"
    )


def _body(document: WordDocument) -> list[str]:
    """The blocks in order, the 目录 before the first heading, which then begins a page of its own."""
    blocks: Sequence[Block] = document.blocks
    headings = [block for block in blocks if isinstance(block, Paragraph) and block.style in _LEVELS]
    entries = [(_LEVELS[block.style], block.text) for block in headings]
    pieces: list[str] = []
    heading_number = chart_number = 0
    new_page = False
    for index, block in enumerate(blocks):
        after = blocks[index + 1] if index + 1 < len(blocks) else None
        if isinstance(block, PageBreak):
            new_page = True
            continue
        page = _NEW_PAGE if new_page else ""
        new_page = False
        if isinstance(block, Table):
            pieces.append(_opening(page) + table(block, document.landscape) + _closing(after))
        elif isinstance(block, Chart):
            chart_number += 1
            pieces.append(_figure(block, chart_number, _keep(block, after) + page))
        elif block.style in _LEVELS:
            heading_number += 1
            if document.contents and heading_number == 1:
                pieces.append(contents(entries, page))
                page = _NEW_PAGE
            pieces.append(heading(IDS[block.style], block.text, heading_number, page))
        else:
            pieces.append(_paragraph(block, _keep(block, after) + page))
    if blocks and isinstance(blocks[-1], Table | PageBreak):
        pieces.append(f'<w:p><w:pPr><w:pStyle w:val="{SPACER}"/></w:pPr></w:p>')  # a document ends with a paragraph
    return pieces


def _paragraph(paragraph: Paragraph, properties: str) -> str:
    style = IDS[paragraph.style]
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs(paragraph.text)}</w:p>'


def _figure(chart: Chart, number: int, properties: str) -> str:
    shown = drawing(chart, number, f"rIdChart{number}")
    return f'<w:p><w:pPr><w:pStyle w:val="{FIGURE}"/>{properties}</w:pPr>{shown}</w:p>'


def _opening(page: str) -> str:
    """A table cannot begin a page by itself: a hair of space before it does."""
    return f'<w:p><w:pPr><w:pStyle w:val="{SPACER}"/>{page}</w:pPr></w:p>' if page else ""


def _closing(after: Block | None) -> str:
    """Some air below a table, which also keeps two tables from growing together."""
    if after is None or isinstance(after, PageBreak):
        return ""
    return f'<w:p><w:pPr><w:pStyle w:val="{SPACER}"/><w:spacing w:before="100"/></w:pPr></w:p>'


def _keep(block: Block, after: Block | None) -> str:
    """The title of a table stands above it, that of a chart below; the two stay on one page.

    Only so: a chain of charts and titles kept together would leave half a page blank.
    """
    together = isinstance(after, Table) if _is_caption(block) else isinstance(block, Chart) and _is_caption(after)
    return "<w:keepNext/>" if together else ""


def _is_caption(block: Block | None) -> bool:
    return isinstance(block, Paragraph) and block.style is Style.CAPTION


def _types(charts: int) -> str:
    overrides = {
        "word/document.xml": f"{WORD_TYPE}.document.main+xml",
        "word/styles.xml": f"{WORD_TYPE}.styles+xml",
        "word/settings.xml": f"{WORD_TYPE}.settings+xml",
        "word/footer1.xml": f"{WORD_TYPE}.footer+xml",
        "word/footer2.xml": f"{WORD_TYPE}.footer+xml",
        "docProps/core.xml": CORE_TYPE,
    }
    overrides.update({f"word/charts/chart{number}.xml": CHART_TYPE for number in range(1, charts + 1)})
    return content_types({"xlsx": f"{SHEET_TYPE}.sheet"} if charts else {}, overrides)


def _document_relations(charts: int) -> str:
    targets = {
        "rIdStyles": ("styles", "styles.xml"),
        "rIdSettings": ("settings", "settings.xml"),
        "rIdOdd": ("footer", "footer1.xml"),
        "rIdEven": ("footer", "footer2.xml"),
    }
    targets.update({f"rIdChart{number}": ("chart", f"charts/chart{number}.xml") for number in range(1, charts + 1)})
    return relations(targets)


def _chart_parts(charts: Sequence[Chart]) -> dict[str, str | bytes]:
    parts: dict[str, str | bytes] = {}
    for number, (space, workbook) in enumerate(chart_parts(charts), 1):
        book = f"Microsoft_Excel_Sheet{number}.xlsx"
        parts[f"word/charts/chart{number}.xml"] = space
        parts[f"word/charts/_rels/chart{number}.xml.rels"] = relations({"rId1": ("package", f"../embeddings/{book}")})
        parts[f"word/embeddings/{book}"] = workbook
    return parts
