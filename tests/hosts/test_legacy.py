"""What a file named .xls really is, text with tabs, and files made to keep a reader busy."""

from pathlib import Path

import pytest

from hosts.children import Reading, read_in_a_child
from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.hosts.files import editing, load_document
from jixiao.hosts.legacy import Kind, kind_of
from jixiao.hosts.legacy.limits import MOST_LETTERS

XML = '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
PAGE = "<html><table><tr><td>绩效目标</td></tr></table></html>"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (PAGE.encode(), Kind.HTML),
        (f"<?xml version='1.0'?><!DOCTYPE html>{PAGE}".encode(), Kind.HTML),
        (("\n" * 50 + PAGE).encode("utf-16"), Kind.HTML),
        (b"<TABLE border=1><tr>", Kind.HTML),
        (
            b'<html xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:o="urn:schemas-microsoft-com:office:office">',
            Kind.HTML,
        ),
        (XML.encode(), Kind.XML),
        (f"\n<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>{XML}".encode("utf-16"), Kind.XML),
        (XML.replace("<Workbook xmlns=", "<ss:Workbook xmlns:o=").encode(), Kind.XML),
        (b"MIME-Version: 1.0\r\nX: Workbook\r\nContent-Type: multipart/related;\r\n\tboundary=b\r\n\r\n", Kind.ARCHIVE),
        ("项目\t金额\n".encode("gbk"), Kind.TABBED),
        ("项目\t金额\n".encode("utf-16"), Kind.TABBED),
        (b"", None),
        ("不是表格".encode(), None),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", None),
        (b"\x89PNG\r\n\x1a\n\0\0\t", None),
        (b"%PDF-1.7\n", None),
    ],
)
def test_a_kind_is_told_by_its_content(data: bytes, kind: Kind | None) -> None:
    assert kind_of(data) is kind


def test_a_workbook_under_an_older_name_is_read_and_filled(tmp_path: Path) -> None:
    path = tmp_path / "表.xls"
    assert main(["new", "--year", "2025", "-o", str(tmp_path / "表.xlsx")]) == 0
    (tmp_path / "表.xlsx").rename(path)
    assert main(["facts", str(path)]) == 0
    assert main(["fill", str(path)]) == 0


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (PAGE, "网页格式的表格"),
        (XML, "XML 2003 格式的表格"),
        ("a\tb", "制表符分隔的文本"),
        ("MIME-Version: 1\nContent-Type: multipart/related", "网页存档格式的表格"),
    ],
)
def test_what_is_only_read_says_so_when_it_shall_be_written(tmp_path: Path, data: str, name: str) -> None:
    path = tmp_path / "表.xls"
    path.write_text(data, encoding="utf-8")
    with pytest.raises(Refusal, match=f"表.xls：这是{name}，只能读取，不能写入"), editing(str(path)):
        pass


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_text_with_tabs_is_one_sheet(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "表.xls"
    path.write_bytes('项目\t金额\r\n"两行\n文字"\t="0012"\r\n\r\n合计\t17.32\r\n'.encode(encoding))
    (grid,) = load_document(str(path)).grids
    assert {spot: cell[:2] for spot, cell in grid.cells.items()} == {
        (1, 1): ("项目", "项目"),
        (1, 2): ("金额", "金额"),
        (2, 1): ("两行\n文字", "两行\n文字"),
        (2, 2): ("0012", "0012"),
        (4, 1): ("合计", "合计"),
        (4, 2): ("17.32", "17.32"),
    }


def test_a_form_as_a_page_is_imported_checked_and_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is written here from the cells and merges of a published form."""
    seed = Path(__file__).parent.parent / "seeds" / "wuhua-2024-project.docx"
    assert main(["import", str(seed), "-o", str(tmp_path / "a.xlsx")]) == 0
    assert main(["export", str(tmp_path / "a.xlsx"), "-o", str(tmp_path / "b.xlsx")]) == 0
    page = tmp_path / "平台.xls"
    page.write_bytes(as_page(tmp_path / "b.xlsx").encode("gb18030"))
    capsys.readouterr()
    said = []
    for path in (tmp_path / "b.xlsx", page):
        assert main(["check", str(path)]) == 0
        said.append([line.partition("·")[2].partition(" ")[2] for line in capsys.readouterr().out.splitlines()])
    assert said[0] == said[1]
    for command in ("facts", "import", "report", "export"):
        assert main([command, str(page)]) == 0


def as_page(path: Path) -> str:
    """A workbook as a platform would write it: text as printed, spans, GB2312."""
    grid = load_document(str(path)).grids[0]
    spans = {area[:2]: area for area in grid.merges}
    inner = {(r, c) for a in grid.merges for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)}
    rows = []
    for row in range(1, grid.height + 1):
        cells = []
        for column in range(1, grid.width + 1):
            span = spans.get((row, column))
            if span:
                size = f" rowspan='{span.bottom - row + 1}' colspan='{span.right - column + 1}'"
            if span or (row, column) not in inner:
                text = grid.at(row, column).text.replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
                cells.append(f"<td{size if span else ''}>{text or '&nbsp;'}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><head><meta charset='gb2312'></head><table>{''.join(rows)}</table></html>"


# ---------------------------------------------------------------- hostile files

START = "<html><table><tr><td>a"
ROWS = f"<?xml version='1.0'?>{XML}<Worksheet ss:Name='a'><Table>"
HOSTILE = {
    "open comments": (START, "<!--"),
    "open tags": (START, "<a "),
    "open quotes": (f'{START}<a x="', "<a x='"),
    "blanks": (START, "<a          "),
    "references": (START, "&#"),
    "one long reference": (f"{START}&#", "9"),
    "cells": (START, "<td>1"),
    "rows": (START, "<tr>"),
    "tables": (START, "<table><td>x</table>"),
    "nested tables": (START, "<table><td>x"),
    "wide and high cells": (START, "<td rowspan=9999 colspan=1000>1"),
    "rows below a high cell": (f"{START}{'<td rowspan=65534>' * 1000}", "<tr><td>"),
    "line breaks": (START, "<br>"),
    "columns": ("<html><table>", "<col span=99999 style=display:none>"),
    "style sheet": (f"{START}<style>", "a{mso-number-format:"),
    "classes": (f"{START}<td class='", "a "),
    "elements": (ROWS, "<a/>"),
    "deep elements": (ROWS, "<a>"),
    "empty rows": (ROWS, "<Row/>"),
    "wide columns": (ROWS, "<Column ss:Span='16000'/>"),
    "numbers": (ROWS, "<Row><Cell><Data ss:Type='Number'>1.5</Data></Cell></Row>"),
    "references of a formula": (f"{ROWS}<Row><Cell ss:Formula='", "RC+"),
    "tabs": ("", "\t"),
    "lines": ("", "\t\n"),
    "quotes": ("", '\t"'),
    "parts": (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n",
        "--a\nContent-Type: text/html\n\n<table><td>1</table>\n",
    ),
    "header lines": ("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n", "A: b\n"),
}


LARGEST = ("cells", "elements")
"""Those that take most; of the others a part shows whether time grows with the square of the size."""


def test_no_file_keeps_a_reader_busy(tmp_path: Path) -> None:
    paths = []
    for name, (start, repeated) in HOSTILE.items():
        size = MOST_LETTERS if name in LARGEST else MOST_LETTERS // 32
        paths.append(tmp_path / f"{name}.xls")
        paths[-1].write_text((start + repeated * (size // len(repeated)))[:size], encoding="ascii")
    readings = read_in_a_child(paths)
    slow = [path.stem for path, reading in zip(paths, readings, strict=True) if not reading.is_moderate]
    assert (slow, len(readings)) == ([], len(HOSTILE))


@pytest.mark.parametrize("start", [START, ROWS, "\t"])
def test_a_text_beyond_all_sizes_is_refused(tmp_path: Path, start: str) -> None:
    path = tmp_path / "大.xls"
    path.write_text(start + " " * MOST_LETTERS, encoding="ascii")
    with pytest.raises(Refusal, match="大.xls：文件或解压后的内容过大"):
        load_document(str(path))


def test_one_far_cell_costs_nothing(tmp_path: Path) -> None:
    far = (
        '<Row ss:Index="1048576"><Cell ss:Index="16384" ss:MergeAcross="1"><Data ss:Type="Number">1</Data></Cell></Row>'
    )
    path = tmp_path / "远.xls"
    path.write_text(f"{ROWS}{far}</Table></Worksheet></Workbook>", encoding="ascii")
    assert read_in_a_child([path]) == [Reading(refused=False, is_moderate=True)]
