"""Word tables as grids: the published forms against python-docx, and the odd tables people make, by hand."""

from pathlib import Path
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from jixiao.errors import Refusal
from jixiao.grid import Area, Document, Grid, Paragraph
from jixiao.hosts.word.reading import read_document

SEEDS = Path(__file__).parents[1] / "seeds"
WUHUA, DATONG, ANJU = "wuhua-2024-project", "datong-2021-project", "anju-2023-accounts-and-projects"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def seed(name: str) -> Document:
    return read_document(str(SEEDS / f"{name}.docx"))


def covered(grid: Grid) -> dict[tuple[int, int], str]:
    """The text shown at every grid position, merged areas filled with the text of their first cell."""
    texts = {position: cell.text for position, cell in grid.cells.items()}
    for area in grid.merges:
        for row in range(area.top, area.bottom + 1):
            for column in range(area.left, area.right + 1):
                texts[row, column] = grid.at(area.top, area.left).text
    return texts


@pytest.mark.parametrize("name", [WUHUA, DATONG, ANJU])
def test_published_forms_read_as_python_docx_reads_them(name: str) -> None:
    ours, theirs = seed(name), docx.Document(str(SEEDS / f"{name}.docx"))
    assert list(ours.paragraphs) == [paragraph.text for paragraph in theirs.paragraphs]
    assert [grid.table for grid in ours.grids] == list(range(1, len(theirs.tables) + 1))
    for grid, table in zip(ours.grids, theirs.tables, strict=True):
        expected = {
            (row, column): cell.text
            for row, line in enumerate(table.rows, 1)
            for column, cell in enumerate(line.cells, 1)
        }
        assert covered(grid) == expected


@pytest.mark.parametrize("name", [WUHUA, DATONG, ANJU])
def test_merged_areas_are_those_of_python_docx(name: str) -> None:
    """python-docx hands out one element for every position of a merged area."""
    theirs = docx.Document(str(SEEDS / f"{name}.docx"))
    for grid, table in zip(seed(name).grids, theirs.tables, strict=True):
        positions: dict[int, list[tuple[int, int]]] = {}
        held = [line.cells for line in table.rows]
        for row, line in enumerate(held, 1):
            for column, cell in enumerate(line, 1):
                positions.setdefault(id(cell._tc), []).append((row, column))
        expected = {Area(*min(spots), *max(spots)) for spots in positions.values() if len(spots) > 1}
        assert set(grid.merges) == expected


def test_wuhua_by_hand() -> None:
    (grid,) = seed(WUHUA).grids
    assert (grid.height, grid.width) == (48, 7)
    assert grid.at(1, 3).text == "\t社会保险保障运行专项经费"
    assert grid.at(8, 4).text == ""
    assert Area(27, 3, 28, 3) in grid.merges and grid.at(27, 3).text == "资金管理"
    assert grid.at(29, 3).text == "资金管理"  # the second group of this name, one row
    assert grid.at(28, 5).text == "预算执行率"
    figure = grid.at(28, 7).figure
    assert figure is not None and str(figure.value) == "2.99"
    assert "优☑" in "".join(cell.text for cell in grid.cells.values())


def test_anju_by_hand() -> None:
    document = seed(ANJU)
    assert [grid.width for grid in document.grids] == [11] * 5
    assert "一、主要职责" in document.paragraphs
    assert [grid.height for grid in document.grids] == [26, 24, 28, 27, 24]
    first = document.grids[0]
    assert first.at(3, 1).text == "部门预算项目支出绩效自评表（2023年度）"
    assert first.at(4, 2).text == "51090423T000007872173-建国初期参加革命工作退休干部困难补助2023"
    assert Area(3, 1, 3, 11) in first.merges


def written(path: Path, body: str, namespace: str = W) -> Document:
    """A document with this body, read."""
    root = (
        f'<w:document xmlns:w="{namespace}" xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    with ZipFile(path / "样本.docx", "w") as package:
        package.writestr("_rels/.rels", relations)
        package.writestr("word/document.xml", root)
    return read_document(str(path / "样本.docx"))


def line(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{line(text)}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def texts(grid: Grid) -> dict[tuple[int, int], str]:
    return {position: found.text for position, found in grid.cells.items()}


def test_rows_that_start_late_keep_their_columns(tmp_path: Path) -> None:
    late = '<w:trPr><w:gridBefore w:val="2"/><w:gridAfter w:val="1"/></w:trPr>' + cell("丙")
    (grid,) = written(tmp_path, table(cell("甲", '<w:gridSpan w:val="3"/>') + cell("乙"), late)).grids
    assert texts(grid) == {(1, 1): "甲", (1, 4): "乙", (2, 3): "丙"}
    assert list(grid.merges) == [Area(1, 1, 1, 3)]


def test_old_horizontal_merges_and_both_directions_at_once(tmp_path: Path) -> None:
    first = cell("甲", '<w:hMerge w:val="restart"/><w:vMerge w:val="restart"/>') + cell("", "<w:hMerge/>") + cell("乙")
    second = cell("", '<w:hMerge w:val="restart"/><w:vMerge/>') + cell("", "<w:hMerge/>") + cell("丙")
    (grid,) = written(tmp_path, table(first, second)).grids
    assert texts(grid) == {(1, 1): "甲", (1, 3): "乙", (2, 3): "丙"}
    assert list(grid.merges) == [Area(1, 1, 2, 2)]


def test_a_merge_that_continues_nothing_loses_no_text(tmp_path: Path) -> None:
    wide = cell("乙", '<w:gridSpan w:val="2"/><w:vMerge/>')
    (grid,) = written(tmp_path, table(cell("甲", '<w:vMerge w:val="restart"/>') + cell("旁"), wide)).grids
    assert texts(grid) == {(1, 1): "甲", (1, 2): "旁", (2, 1): "乙"}
    assert list(grid.merges) == [Area(2, 1, 2, 2)]


def test_two_merges_one_below_the_other_stay_two(tmp_path: Path) -> None:
    restart, on = '<w:vMerge w:val="restart"/>', '<w:vMerge w:val="continue"/>'
    (grid,) = written(tmp_path, table(cell("甲", restart), cell("", on), cell("乙", restart), cell("", on))).grids
    assert list(grid.merges) == [Area(1, 1, 2, 1), Area(3, 1, 4, 1)]
    assert texts(grid) == {(1, 1): "甲", (3, 1): "乙"}


def test_wrappers_are_transparent_and_deleted_text_is_gone(tmp_path: Path) -> None:
    runs = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:ins><w:r><w:t>增</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom>"
        "<w:hyperlink><w:r><w:t xml:space='preserve'>链 </w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>签</w:t></w:r>"
        "</w:smartTag><w:r><w:tab/><w:t>值</w:t><w:br/><w:br w:type='page'/><w:t>尾</w:t></w:r></w:p>"
    )
    assert list(written(tmp_path, runs).paragraphs) == ["增链 签\t值\n尾"]


def test_hidden_text_is_no_part_of_a_number(tmp_path: Path) -> None:
    """Neither shown nor printed: a form once came out as 17.29 beside a hidden 已核对."""
    run = "<w:r><w:rPr><w:vanish{}/></w:rPr><w:t>99</w:t></w:r>"
    shown = "<w:tc><w:tcPr/><w:p><w:r><w:t>17.29</w:t></w:r>{}</w:p></w:tc>"
    body = table(shown.format(run.format("")) + shown.format(run.format(' w:val="0"')))
    (grid,) = written(tmp_path, body).grids
    assert texts(grid) == {(1, 1): "17.29", (1, 2): "17.2999"}


def test_wrapped_rows_cells_and_paragraphs_count(tmp_path: Path) -> None:
    wrap = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + cell("删") + "</w:tr>"
    body = wrap(line("目录")) + wrap(
        f"<w:tbl>{wrap('<w:tr>' + wrap(cell('甲')) + cell('乙') + '</w:tr>')}{gone}</w:tbl>"
    )
    document = written(tmp_path, body)
    assert list(document.paragraphs) == ["目录"]
    assert texts(document.grids[0]) == {(1, 1): "甲", (1, 2): "乙"}


def test_ticks_however_they_were_made(tmp_path: Path) -> None:
    control = (
        "<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='1'/></w14:checkbox></w:sdtPr>"
        "<w:sdtContent><w:r><w:t>☑</w:t></w:r></w:sdtContent></w:sdt>"
    )
    symbols = "<w:r><w:sym w:font='Wingdings 2' w:char='F052'/><w:sym w:font='Wingdings 2' w:char='00A3'/></w:r>"
    field = (
        "<w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>{}</w:checkBox></w:ffData>"
        "</w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
    ).format
    body = f"<w:p>{control}{symbols}{field('<w:checked/>')}{field('')}</w:p>"
    assert list(written(tmp_path, body).paragraphs) == ["☑☑□☑□"]


def test_signs_of_symbol_fonts_are_the_signs_they_show(tmp_path: Path) -> None:
    """By Adobe's encoding of Symbol; with and without the range Word moves such signs to, and as the text of a run."""
    codes = {
        "F0B3": "≥",
        "F0A3": "≤",
        "00B1": "±",
        "F0B4": "×",
        "F0B8": "÷",
        "F0D6": "√",
        "F0B9": "≠",
        "F0A5": "∞",
        "F06D": "μ",
    }
    signs = "".join(f"<w:r><w:sym w:font='symbol' w:char='{code}'/></w:r>" for code in codes)
    typed = "<w:r><w:rPr><w:rFonts w:ascii='Symbol' w:hAnsi='Symbol'/></w:rPr><w:t>\uf0b395\uf025</w:t></w:r>"
    ticks = "".join(
        f"<w:r><w:sym w:font='Wingdings' w:char='{code}'/></w:r>" for code in ("F0FE", "F0A8", "F082", "00FC")
    )
    assert list(written(tmp_path, f"<w:p>{signs}</w:p><w:p>{typed}</w:p><w:p>{ticks}</w:p>").paragraphs) == [
        *("".join(codes.values()), "≥95%", "☑□②√")
    ]


def test_a_sign_that_is_not_known_becomes_no_letter(tmp_path: Path) -> None:
    """Wingdings draws a hand for A; a text font means the letter it says."""
    signs = "<w:sym w:font='Wingdings' w:char='0041'/><w:sym w:font='Arial' w:char='00D7'/><w:sym w:font='Arial' w:char='2265'/>"
    assert list(written(tmp_path, f"<w:p><w:r>{signs}</w:r></w:p>").paragraphs) == ["\uf041×≥"]


def test_symbols_that_are_none_leave_nothing(tmp_path: Path) -> None:
    codes = "2611", "D800", "zz", "FFFFFFFF", ""
    signs = "".join(f"<w:r><w:sym w:font='Arial' w:char='{code}'/></w:r>" for code in codes)
    assert list(written(tmp_path, f"<w:p>{signs}<w:r><w:sym/><w:t>完</w:t></w:r></w:p>").paragraphs) == ["☑完"]


def test_a_table_in_a_cell_and_a_text_box_are_read_once(tmp_path: Path) -> None:
    box = f"<w:txbxContent>{line('框一')}{line('框二')}</w:txbxContent>"
    alternatives = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    inner = table(cell("内一") + cell("内二"))
    document = written(tmp_path, alternatives + table(f"<w:tc>{line('外')}{inner}<w:p/></w:tc>"))
    assert list(document.paragraphs) == ["框一\n框二"]
    outer, within = document.grids
    assert texts(outer) == {(1, 1): "外\n内一\t内二\n"}
    assert texts(within) == {(1, 1): "内一", (1, 2): "内二"}
    assert (outer.table, outer.inside) == (1, None) and (within.table, within.inside) == (2, 1)


HIGH = "<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{}</w:t></w:r>".format


def said(path: Path, *runs: str) -> str:
    """What a cell of these runs says; plain words are runs of their own."""
    made = "".join(run if run.startswith("<") else f"<w:r><w:t>{run}</w:t></w:r>" for run in runs)
    return written(path, table(f"<w:tc><w:tcPr/><w:p>{made}</w:p></w:tc>")).grids[0].at(1, 1).text


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        (("17.32", HIGH("1")), "17.32"),
        (("17.32", HIGH("①")), "17.32"),
        (("99.83%", HIGH("[2]")), "99.83%"),
        (("17.32万元", HIGH("注1")), "17.32万元"),
        (("（１７．", "３２）", HIGH("*")), "（１７．３２）"),
        (("17.32", HIGH("1"), HIGH("2")), "17.32"),
        (("17.32", "<w:r><w:footnoteReference w:customMarkFollows='1' w:id='2'/><w:t>①</w:t></w:r>"), "17.32"),
        (("17.32", "<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='0'/></w:r>"), "17.32"),
        (("120m", HIGH("2")), "120m2"),
        (("120平方米", HIGH("2")), "120平方米2"),
        (("5×10", HIGH("4")), "5×104"),
        (("17.32", HIGH("万元")), "17.32万元"),
        ((HIGH("17.32"),), "17.32"),
        (("见附表", HIGH("1")), "见附表1"),
    ],
)
def test_the_mark_of_a_note_is_no_digit_of_a_figure(tmp_path: Path, runs: tuple[str, ...], text: str) -> None:
    assert said(tmp_path, *runs) == text


BOX = (
    "<w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent>{0}</w:txbxContent></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
).format


def test_a_text_box_over_a_cell_is_text_of_its_own(tmp_path: Path) -> None:
    """It hangs on 17.32, but it is no part of it; in a cell that is empty it is all there is."""
    boxed = f"<w:tc><w:tcPr/><w:p><w:r><w:t>17.32</w:t></w:r>{BOX(line('待核') + line('张'))}</w:p></w:tc>"
    alone = f"<w:tc><w:tcPr/><w:p>{BOX(line('17.29'))}</w:p></w:tc>"
    document = written(tmp_path, line("题") + table(boxed + alone + cell("99.83%")) + line("注"))
    (grid,) = document.grids
    assert texts(grid) == {(1, 1): "17.32", (1, 2): "17.29", (1, 3): "99.83%"}
    assert document.paragraphs == ["题", "注", "待核\n张"]  # the numbers of the page's own paragraphs stay


def test_a_text_box_at_a_paragraph_stands_below_it(tmp_path: Path) -> None:
    assert list(written(tmp_path, f"<w:p><w:r><w:t>2024年度</w:t></w:r>{BOX(line('1'))}</w:p>").paragraphs) == [
        "2024年度\n1"
    ]


def test_boxes_in_boxes_are_read_once_each(tmp_path: Path) -> None:
    """Forty deep, and as quick as one: no level is read twice."""
    inner = line("0")
    for number in range(1, 40):
        inner = f"<w:p><w:r><w:t>{number}</w:t><w:txbxContent>{inner}</w:txbxContent></w:r></w:p>"
    (read,) = written(tmp_path, inner).paragraphs
    assert read.split("\n") == [str(number) for number in reversed(range(40))]


def test_paragraphs_and_tables_come_in_order(tmp_path: Path) -> None:
    """What stands in a wrapper stands where the wrapper stands; paragraphs are counted without those in cells."""
    body = line("题") + table(cell("甲")) + f"<w:sdt><w:sdtContent>{line('')}{table(cell('乙'))}</w:sdtContent></w:sdt>"
    document = written(tmp_path, body + line("注"))
    shown = [block if isinstance(block, Paragraph) else block.at(1, 1).text for block in document.blocks]
    assert shown == [Paragraph(1, "题"), "甲", Paragraph(2, ""), "乙", Paragraph(3, "注")]
    assert [document.above(grid) for grid in document.grids] == [[Paragraph(1, "题")], [Paragraph(2, "")]]


def holding(*blocks: str) -> str:
    """A cell with these paragraphs and tables."""
    return f"<w:tc>{''.join(blocks)}<w:p/></w:tc>"


def test_a_frame_around_one_table_is_that_table(tmp_path: Path) -> None:
    """However many frames there are, and whatever blank cells beside it; so too inside another table."""
    form = table(cell("项目名称") + cell("道路维修", '<w:gridSpan w:val="2"/>'))
    framed = table(cell(" "), holding(table(holding(form))))
    beside = table(cell("附") + holding(framed))
    alone, outer, inner = written(tmp_path, framed + beside).grids
    assert texts(alone) == texts(inner) == {(1, 1): "项目名称", (1, 2): "道路维修"}
    assert list(alone.merges) == list(inner.merges) == [Area(1, 2, 1, 3)]
    assert (alone.table, alone.inside) == (1, None)
    assert (outer.table, outer.inside) == (2, None)
    assert (inner.table, inner.inside) == (3, 2)


def test_inner_tables_follow_their_outer_one_and_are_numbered_after_all_others(tmp_path: Path) -> None:
    deep = table(cell("深"))
    first = table(holding(line("一"), table(holding(line("二"), deep))) + holding(table(cell("三"))))
    document = written(tmp_path, line("题") + first + line("注") + table(cell("四")))
    placed = [(grid.table, grid.inside, grid.at(1, 1).text.split("\n")[0]) for grid in document.grids]
    assert placed == [(1, None, "一"), (3, 1, "二"), (4, 3, "深"), (5, 1, "三"), (2, None, "四")]
    assert [len(document.above(grid)) for grid in document.grids] == [1, 0, 0, 0, 1]


def test_two_tables_in_one_cell_are_no_frame(tmp_path: Path) -> None:
    outer, *inner = written(tmp_path, table(holding(table(cell("甲")), table(cell("乙"))))).grids
    assert texts(outer) == {(1, 1): "甲\n乙\n"}
    assert [(texts(grid), grid.inside) for grid in inner] == [({(1, 1): "甲"}, 1), ({(1, 1): "乙"}, 1)]


def test_a_table_in_a_cell_that_does_not_show_is_not_read(tmp_path: Path) -> None:
    """What Word keeps in the lower cells of a merged area nobody sees."""
    below = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{table(cell('内'))}<w:p/></w:tc>"
    (grid,) = written(tmp_path, table(cell("甲", '<w:vMerge w:val="restart"/>'), below)).grids
    assert texts(grid) == {(1, 1): "甲"}


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    hidden = "<w:trPr><w:hidden{}/></w:trPr>".format
    rows = cell("甲"), hidden("") + cell("乙"), hidden(' w:val="0"') + cell("丙"), hidden(' w:val="true"') + cell("丁")
    (grid,) = written(tmp_path, table(*rows)).grids
    assert [grid.at(row, 1).text for row in range(1, 5)] == ["甲", "乙", "丙", "丁"]
    assert grid.hidden_rows == {2, 4}
    assert grid.hidden_columns == frozenset()


def test_the_strict_dialect_reads_alike(tmp_path: Path) -> None:
    body = line(" 段 ") + table(cell("甲", '<w:gridSpan w:val="2"/>'), cell("乙") + cell("丙"))
    assert written(tmp_path, body, STRICT) == written(tmp_path, body, W)
    assert written(tmp_path, body).name == "样本.docx"


def test_an_empty_cell_has_no_value_and_text_keeps_its_spaces(tmp_path: Path) -> None:
    (grid,) = written(tmp_path, table(cell("") + cell("  优 "))).grids
    assert (grid.at(1, 1).text, grid.at(1, 1).value) == ("", None)
    assert grid.at(1, 2).value == "  优 "


@pytest.mark.parametrize(
    "body",
    [
        "<w:p>",
        "<w:tbl><w:tr><w:tc>" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000,
        f"<w:tbl><w:tr><w:tc>{line('外')}" * 2000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 2000,
    ],
    ids=["not well formed", "two thousand frames deep", "two thousand tables deep"],
)
def test_a_damaged_document_is_refused_by_name(tmp_path: Path, body: str) -> None:
    with pytest.raises(Refusal, match="^样本.docx：文件内容已损坏"):
        written(tmp_path, body)


def test_a_workbook_is_no_document(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "表.xlsx")
    with pytest.raises(Refusal, match="^表.xlsx：不是 Word 文档"):
        read_document(str(tmp_path / "表.xlsx"))


def test_a_document_without_its_main_part_is_refused(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "空.docx", "w") as package:
        package.writestr("_rels/.rels", "<Relationships/>")
    with pytest.raises(Refusal, match="^空.docx："):
        read_document(str(tmp_path / "空.docx"))


def test_a_span_beyond_what_word_allows_is_cut(tmp_path: Path) -> None:
    (grid,) = written(tmp_path, table(cell("甲", '<w:gridSpan w:val="999999999"/>'))).grids
    assert grid.width == 63


def test_tables_state_the_widths_of_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "宽.docx"
    word = docx.Document()
    table = word.add_table(1, 3)
    for column, twips in zip(table.columns, (567, 1077, 4000), strict=True):
        column.width = docx.shared.Twips(twips)
    table.cell(0, 0).text = "甲"
    word.save(str(path))
    [grid] = read_document(str(path)).grids
    assert grid.widths == {1: 567, 2: 1077, 3: 4000}


@pytest.mark.parametrize("width", ["-5", "0", "2.5cm", "99999999999999999999", "nan", "１２", "40000", ""])
def test_what_is_no_width_is_none(tmp_path: Path, width: str) -> None:
    path = tmp_path / "宽.docx"
    word = docx.Document()
    table = word.add_table(1, 2)
    table._tbl.tblGrid.gridCol_lst[0].set(f"{{{W}}}w", width)
    table._tbl.tblGrid.gridCol_lst[1].set(f"{{{W}}}w", "800")
    word.save(str(path))
    [grid] = read_document(str(path)).grids
    assert grid.widths == {2: 800}
