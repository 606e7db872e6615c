"""What files cost: time and memory follow the cells that exist, whatever else a file claims, and a run of many files grows by none.

Every file is served in a child process under a limit of processor time; its peak of memory is what the system says.
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from jixiao.actions.export import export_workbook
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.evaluation import Evaluation
from jixiao.forms.placement import Anchors
from jixiao.forms.recognise import forms
from jixiao.grid import Area, Cell, Document, Grid
from jixiao.hosts.files import load_document
from jixiao.places import letters
from packages import LINKS, unzipped, zipped

SEEDS = Path(__file__).parent / "seeds"
WUHUA = SEEDS / "wuhua-2024-project.docx"
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
SECONDS, MEBIBYTES = 15, 200  # of all commands together; measured they take two or three
LAST_ROW, LAST_COLUMN = 2**20, 2**14

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux for limits and peaks")
Parts = dict[str, bytes]

SERVE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from jixiao import cli
codes = [cli.main(command.split("\\t")) for command in sys.argv[1:]]
peak = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(*codes, int(peak) // 1024, file=sys.stderr)
"""


@pytest.fixture(scope="module")
def foreign() -> Parts:
    """A published form as a workbook without names of ours: found by its labels alone."""
    return unzipped(build(export_workbook(load_document(str(WUHUA)))))


@pytest.fixture(scope="module")
def ours() -> Parts:
    """The same form as a workbook of ours, found by its names."""
    return unzipped(build(import_document(load_document(str(WUHUA)))))


def serve(path: Path, *more: str) -> list[int]:
    """Commands on one file, one after the other; the exit codes. It never takes long, and never breaks."""
    made = {
        "check": [],
        "import": [f"{path}.xlsx"],
        "export": [f"{path}.docx"],
        "report": [f"{path}报告.docx"],
        "fill": [],
    }
    commands = [
        [command, str(path), *(word for output in made[command] for word in ("-o", output))]
        for command in ("check", "import", *more)
    ]
    run = subprocess.run(
        [sys.executable, "-c", SERVE.format(seconds=SECONDS), *map("\t".join, commands)],
        capture_output=True,
        text=True,
        timeout=240,
    )
    assert run.returncode == 0, run.stderr[-400:] or f"took more than {SECONDS} s"
    assert "程序出错" not in run.stderr
    *codes, peak = map(int, run.stderr.splitlines()[-1].split())
    assert peak <= MEBIBYTES
    return codes


def with_rows(rows: str) -> Callable[[Parts], Parts]:
    return lambda parts: {**parts, SHEET: parts[SHEET].replace(b"</sheetData>", rows.encode() + b"</sheetData>")}


def with_merges(*references: str) -> Callable[[Parts], Parts]:
    merges = "".join(f'<mergeCell ref="{reference}"/>' for reference in references).encode()
    return lambda parts: {**parts, SHEET: parts[SHEET].replace(b"</mergeCells>", merges + b"</mergeCells>")}


def with_names(names: str) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        book = re.sub(rb"<definedNames ?/>|</?definedNames>", b"", parts[BOOK])
        kept = b"".join(re.findall(rb"<definedName .*?</definedName>", book, re.S))
        book = re.sub(rb"<definedName .*?</definedName>", b"", book, flags=re.S)
        everything = b"<definedNames>" + kept + names.encode() + b"</definedNames>"
        return {**parts, BOOK: book.replace(b"</sheets>", b"</sheets>" + everything)}

    return changed


def over_whole_columns(parts: Parts) -> Parts:
    book = re.sub(rb"(\$[A-Z]+\$\d+:\$[A-Z]+)\$\d+(?=</definedName>)", rb"\1$1048576", parts[BOOK])
    assert book != parts[BOOK]
    return {**parts, BOOK: book}


def with_hidden_columns(parts: Parts) -> Parts:
    columns = b'<col min="1" max="16384" hidden="1"/>' * 20_000
    sheet = re.sub(rb"<cols>.*?</cols>", b"", parts[SHEET], flags=re.S)
    far = with_rows(text_at(60, "XFD"))({SHEET: sheet})[SHEET]
    return {**parts, SHEET: far.replace(b"<sheetData>", b"<cols>" + columns + b"</cols><sheetData>")}


def with_sheets(count: int) -> Callable[[Parts], Parts]:
    """So many sheets, all on the part of the first."""

    def changed(parts: Parts) -> Parts:
        sheet = re.search(rb"<sheet [^>]*?/>", parts[BOOK])
        assert sheet
        more = [re.sub(rb' name="[^"]*"', f' name="表{at}"'.encode(), sheet[0]) for at in range(count)]
        return {**parts, BOOK: parts[BOOK].replace(sheet[0], sheet[0] + b"".join(more))}

    return changed


SHARED = '<c t="s"><v>0</v></c>'
STYLED = '<c s="1"/>'


def with_shared_text(letters_: int, cells: int) -> Callable[[Parts], Parts]:
    def changed(parts: Parts) -> Parts:
        relations = f'<Relationship Id="rIdText" Type="{LINKS}/sharedStrings" Target="texts.xml"/></Relationships>'
        rows = "".join(f'<row r="{100 + row}">{SHARED * 100}</row>' for row in range(cells // 100))
        links = re.sub(rb"<Relationship [^>]*sharedStrings[^>]*>", b"", parts["xl/_rels/workbook.xml.rels"])
        more = {
            "xl/_rels/workbook.xml.rels": links.replace(b"</Relationships>", relations.encode()),
            "xl/texts.xml": f"<sst><si><t>{'字' * letters_}</t></si></sst>".encode(),
        }
        return {**with_rows(rows)(parts), **more}

    return changed


def with_shared_formula(parts: Parts) -> Parts:
    words = "+".join(["A1"] * 2600)
    followers = '<c><f t="shared" si="0"/><v>1</v></c>' * 10
    rows = f'<row r="100"><c><f t="shared" si="0" ref="A100:Z9999">{words}</f><v>1</v></c></row>'
    return with_rows(rows + f"<row>{followers}</row>" * 3_000)(parts)


def text_at(row: int, column: str) -> str:
    return f'<row r="{row}"><c r="{column}{row}" t="inlineStr"><is><t>附注</t></is></c></row>'


def tall_columns() -> list[str]:
    return [f"{letters(column)}1:{letters(column)}{LAST_ROW}" for column in range(20, 5_020)]


SPRAWLING: dict[str, Callable[[Parts], Parts]] = {
    "far column": with_rows(text_at(60, "XFD")),
    "far row": with_rows(text_at(LAST_ROW, "A")),
    "far label": with_rows(text_at(LAST_ROW, "XFD").replace("附注", "三级指标")),
    "merge over the sheet": with_merges(f"A1:XFD{LAST_ROW}"),
    "overlapping merges": with_merges(
        *[f"{letters(at % 90 + 1)}{at % 97 + 1}:XFA{LAST_ROW - at}" for at in range(5_000)]
    ),
    "merged columns": with_merges(*tall_columns()),
    "merged rows": with_merges(*[f"A{row}:XFD{row}" for row in range(200, 20_200)]),
    "notes a hundred rows apart": with_rows("".join(text_at(row, "A") for row in range(200, LAST_ROW, 100))),
    "empty rows": with_rows('<row s="1" customFormat="1" hidden="1"/>' * 300_000),
    "styled cells": with_rows(f"<row>{STYLED * LAST_COLUMN}</row>" * 20),
    "hidden columns": with_hidden_columns,
    "names": with_names('<definedName name="a.b" localSheetId="0">表!$A$1:$A$1048576</definedName>' * 100_000),
    "sheets on one part": with_sheets(2_000),
    "a long text in thousands of cells": with_shared_text(1_000_000, 12_000),
    "a long formula in thousands of cells": with_shared_formula,
}


@pytest.mark.parametrize("kind", SPRAWLING)
def test_what_is_not_there_costs_nothing(kind: str, foreign: Parts, ours: Parts, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(zipped(SPRAWLING[kind](foreign)))
    serve(path)


@pytest.mark.parametrize("kind", ["far label", "merge over the sheet"])
def test_workbooks_of_ours_are_served_as_ever(kind: str, ours: Parts, tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    path.write_bytes(zipped(SPRAWLING[kind](ours)))
    assert 2 not in serve(path, "export", "report", "fill")


def test_a_name_over_whole_columns_is_no_million_rows(ours: Parts, tmp_path: Path) -> None:
    """What stands below the block then belongs to it: read so, and never filled over what is merged there."""
    path = tmp_path / "表.xlsx"
    path.write_bytes(zipped(over_whole_columns(ours)))
    serve(path, "export", "report", "fill")


@pytest.mark.parametrize("letter", ["1", "（"])
def test_the_longest_texts_a_cell_can_hold_take_no_time(letter: str, ours: Parts, tmp_path: Path) -> None:
    """In every cell that holds a text of some length: no pattern of ours goes over a text again and again."""
    sheet = ours[SHEET].decode()
    cells = re.sub(
        r'<c (r="[A-Z]+\d+")[^>]*? t="s"[^>]*><v>\d+</v></c>|<c (r="[A-Z]+\d+")[^>]*?><v>[^<]*</v></c>',
        lambda cell: (
            f'<c {cell[1] or cell[2]} t="inlineStr"><is><t xml:space="preserve">达标{letter * 32_000}</t></is></c>'
        ),
        sheet,
    )
    path = tmp_path / "表.xlsx"
    path.write_bytes(zipped({**ours, SHEET: cells.encode()}))
    serve(path, "report")


WIDE = '<w:tc><w:tcPr><w:gridSpan w:val="63"/></w:tcPr><w:p/></w:tc>'
FILLED = "<w:tc><w:p><w:r><w:t>字</w:t></w:r></w:p></w:tc>"
WORD: dict[str, Callable[[str], str]] = {
    "blank rows": lambda table: table.replace("</w:tbl>", "<w:tr><w:tc><w:p/></w:tc></w:tr>" * 20_000 + "</w:tbl>"),
    "wide rows": lambda table: table.replace(
        "</w:tbl>",
        f"<w:tr>{WIDE * 20_000}</w:tr></w:tbl>",
    ),
    "filled rows": lambda table: table.replace("</w:tbl>", f"<w:tr>{FILLED * 9}</w:tr>" * 1_500 + "</w:tbl>"),
    "tables": lambda table: table + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>" * 20_000,
    "paragraphs": lambda table: table + "<w:p/>" * 1_000_000,
}


@pytest.mark.parametrize("kind", WORD)
def test_word_tables_cost_what_they_hold(kind: str, tmp_path: Path) -> None:
    parts = unzipped(WUHUA.read_bytes())
    body = parts["word/document.xml"].decode()
    table = re.search(r"<w:tbl>.*?</w:tbl>", body, re.S)
    assert table
    parts["word/document.xml"] = body.replace(table[0], WORD[kind](table[0])).encode()
    path = tmp_path / "表.docx"
    path.write_bytes(zipped(parts))
    serve(path)


BESIDE: dict[str, Callable[[Parts], Parts]] = {
    "in the next column": with_rows(text_at(60, "{next}")),
    "some columns on": with_rows(text_at(60, "{some}")),
    "far right": with_rows(text_at(60, "XFD")),
    "far below": with_rows(text_at(LAST_ROW, "A")),
    "at the end of the sheet": with_rows(text_at(LAST_ROW, "XFD")),
}


def stated(evaluation: Evaluation) -> tuple[object, object]:
    rows = {
        name: [(row.number, [cell.text for cell in row.cells.values()]) for row in rows]
        for name, rows in evaluation.tables.items()
    }
    return {name: (cell.text, cell.place) for name, cell in evaluation.facts.items()}, rows


def read(parts: Parts, path: Path) -> tuple[Document, Evaluation]:
    path.write_bytes(zipped(parts))
    document = load_document(str(path))
    return document, forms(document)[0].evaluation


@pytest.mark.parametrize("kind", BESIDE)
def test_a_note_beside_a_form_changes_nothing_in_it(kind: str, foreign: Parts, tmp_path: Path) -> None:
    """It is told as what it is: a text that belongs to no fact."""
    document, plain = read(foreign, tmp_path / "原.xlsx")
    width = document.grids[0].width
    parts = BESIDE[kind](foreign)
    for word, column in (("{next}", width + 1), ("{some}", width + 6)):
        parts[SHEET] = parts[SHEET].replace(word.encode(), letters(column).encode())
    _, noted = read(parts, tmp_path / "注.xlsx")
    assert stated(noted) == stated(plain)
    assert noted.defects == plain.defects
    assert [cell.text for cell in noted.unplaced] == [*(cell.text for cell in plain.unplaced), "附注"]


def test_a_merge_over_the_whole_sheet_hides_no_form(foreign: Parts, tmp_path: Path) -> None:
    _, plain = read(foreign, tmp_path / "原.xlsx")
    _, merged = read(with_merges(f"A1:XFD{LAST_ROW}")(foreign), tmp_path / "并.xlsx")
    assert stated(merged) == stated(plain)


def test_of_merged_areas_that_overlap_the_smaller_counts() -> None:
    small, large = Area(2, 2, 3, 3), Area(1, 1, 9, 9)
    cells = {(row, 1): Cell("字") for row in range(1, 10)}
    for merges in ([small, large], [large, small]):
        anchors = Anchors(Grid("表", cells, merges))
        assert anchors.of(3, 3) == (2, 2)
        assert anchors.of(5, 5) == (5, 5)


def test_a_text_of_legal_length_in_every_cell_is_read(foreign: Parts, tmp_path: Path) -> None:
    """32,767 letters of a kind pack a thousandfold, as bombs do."""
    long = "字" * 20_000
    rows = "".join(f'<row><c t="inlineStr"><is><t>{long}</t></is></c></row>' for _ in range(120))
    document, _ = read(with_rows(rows)(foreign), tmp_path / "长.xlsx")
    assert sum(cell.text == long for cell in document.grids[0].cells.values()) == 120


GROW = """
import gc, sys, io, contextlib
from jixiao import cli
gc.disable()  # as the command line does
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4 // 1024
def serve(count):
    with contextlib.redirect_stdout(io.StringIO()):
        cli.main([*sys.argv[2:5], *sys.argv[5:] * count])
serve(10)
before = resident()
serve(int(sys.argv[1]))
print(resident() - before)
"""


def growth(rounds: int, command: list[str], files: list[Path]) -> int:
    """How many MiB a run grows after its first files."""
    words = [*command, *["--json"] * (3 - len(command))]
    run = [sys.executable, "-c", GROW, str(rounds), *words, *map(str, files)]
    return int(subprocess.run(run, capture_output=True, text=True, check=True, timeout=300).stdout)


@pytest.fixture
def three(foreign: Parts, ours: Parts, tmp_path: Path) -> Iterator[list[Path]]:
    """A workbook without names of ours, one with them, and a Word file."""
    books = [tmp_path / "外.xlsx", tmp_path / "本.xlsx"]
    for path, parts in zip(books, (foreign, ours), strict=True):
        path.write_bytes(zipped(parts))
    yield [*books, WUHUA]


def test_a_hundred_files_take_no_more_memory_than_thirty(three: list[Path]) -> None:
    """Before files were let go, each left a quarter of a MiB."""
    assert growth(33, ["check"], three) <= 5


def test_filling_a_hundred_files_takes_no_more_memory_than_ten(three: list[Path]) -> None:
    assert growth(100, ["fill", "--dry-run", "--replace-typed"], three[1:2]) <= 5
