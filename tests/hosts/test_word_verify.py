"""Each way a document can be unsound is noticed: one flaw put into a sound file, one refusal."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from jixiao.hosts.word.verify import Broken, verify
from jixiao.hosts.word.writing import render
from jixiao.report.document import Chart, Paragraph, Style, Table, TableCell, TableRow, WordDocument

MERGED = Table(
    [1000, 1000],
    [
        TableRow([(0, TableCell("甲", row_span=2)), (1, TableCell("乙"))]),
        TableRow([(1, TableCell("丙"))]),
        TableRow([(0, TableCell("丁", column_span=2))]),
    ],
)
CHART = Chart("column", "图", ["产出"], [("分值", [10.0])])
SOUND = render(
    WordDocument(
        "题", [Paragraph(Style.HEADING1, "一、"), MERGED, CHART, CHART, Paragraph(Style.HEADING2, "（一）")], True
    )
)


def changed(part: str, old: str, new: str) -> bytes:
    """The sound file with one text in one part replaced, wherever it stands."""

    def replace(content: bytes) -> bytes:
        assert old.encode() in content, f"the flaw no longer fits: {old}"
        return content.replace(old.encode(), new.encode())

    return rebuilt(lambda name, content: replace(content) if name == part else content)


def rebuilt(change: Callable[[str, bytes], bytes | None]) -> bytes:
    buffer = BytesIO()
    with ZipFile(BytesIO(SOUND)) as old, ZipFile(buffer, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return buffer.getvalue()


def test_a_sound_document_passes() -> None:
    verify(SOUND)
    verify(rebuilt(lambda _, content: content))


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        ("word/document.xml", "</w:body>", ""),
        ("word/document.xml", "甲", "\x0b"),
        ("word/document.xml", 'r:id="rIdChart2"', 'r:id="rIdChart9"'),
        ("word/document.xml", '<wp:docPr id="2"', '<wp:docPr id="1"'),
        ("word/document.xml", 'w:name="_Toc97040002"', 'w:name="_Toc97040001"'),
        ("word/document.xml", 'w:anchor="_Toc97040002"', 'w:anchor="_Toc97040003"'),
        ("word/document.xml", '<w:bookmarkEnd w:id="2"/>', ""),
        ("word/document.xml", '<w:gridSpan w:val="2"/>', ""),
        ("word/document.xml", '<w:gridSpan w:val="2"/>', '<w:gridSpan w:val="3"/>'),
        ("word/document.xml", '<w:vMerge w:val="restart"/>', ""),
        ("word/document.xml", '<w:pStyle w:val="Heading2"/>', '<w:pStyle w:val="Heading7"/>'),
        ("word/document.xml", '<w:pStyle w:val="Heading1"/><w:pageBreakBefore/>', '<w:pageBreakBefore/><w:pStyle w:val="Heading1"/>'),
        ("word/document.xml", '<w:gridSpan w:val="2"/><w:vAlign w:val="center"/>', '<w:vAlign w:val="center"/><w:gridSpan w:val="2"/>'),
        ("word/document.xml", '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/>', '<w:tblLayout w:type="fixed"/><w:jc w:val="center"/>'),
        ("word/document.xml", '<w:pgNumType w:start="1"/><w:cols w:space="425"/>', '<w:cols w:space="425"/><w:pgNumType w:start="1"/>'),
        ("word/document.xml", "</w:p></w:tc>", "</w:p><w:tbl/></w:tc>"),
        ("word/settings.xml", "<w:spaceForUL/><w:balance", "<w:useFELayout/><w:balance"),
        ("word/styles.xml", 'w:styleId="Heading2"', 'w:styleId="Heading1"'),
        ("word/_rels/document.xml.rels", 'Target="styles.xml"', 'Target="style.xml"'),
        ("word/_rels/document.xml.rels", 'Id="rIdChart2"', 'Id="rIdChart1"'),
        ("word/charts/_rels/chart1.xml.rels", "Sheet1.xlsx", "Sheet9.xlsx"),
        ("[Content_Types].xml", 'Extension="xlsx"', 'Extension="xls"'),
        ("[Content_Types].xml", "/word/footer2.xml", "/word/footer3.xml"),
        ("[Content_Types].xml", '<Override PartName="/word/charts/chart1.xml"', '<Override PartName="/word/settings.xml"'),
    ],
)  # fmt: skip
def test_a_flaw_is_noticed(part: str, old: str, new: str) -> None:
    with pytest.raises(Broken):
        verify(changed(part, old, new))


def test_a_missing_part_is_noticed() -> None:
    for gone in ("word/styles.xml", "word/footer1.xml", "word/charts/chart2.xml"):
        with pytest.raises(Broken):
            verify(rebuilt(lambda name, content, gone=gone: None if name == gone else content))  # type: ignore[misc]


def test_damaged_bytes_are_noticed() -> None:
    with pytest.raises(Broken):
        verify(SOUND[: len(SOUND) // 2])
    with pytest.raises(Broken):
        verify(SOUND.replace(b"PK\3\4", b"PK\3\5", 1))
