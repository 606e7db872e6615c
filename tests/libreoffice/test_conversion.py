"""Files that only an office can read or make: older formats, page numbers, PDF. Macros never run, links are not followed."""

import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

from jixiao.actions.examine import examine
from jixiao.actions.importing import import_document
from jixiao.cli import main
from jixiao.errors import Refusal
from jixiao.findings import Finding
from jixiao.hosts.files import editing, load_document
from jixiao.hosts.libreoffice import conversion
from jixiao.office import finding
from jixiao.office.launcher import Office, file_url, properties

SEEDS = Path(__file__).parent.parent / "seeds"
WUHUA = SEEDS / "wuhua-2024-project.docx"
DATONG = SEEDS / "datong-2021-project.docx"
ANJU = SEEDS / "anju-2023-accounts-and-projects.docx"
FILTERS = {".doc": "MS Word 97", ".xls": "MS Excel 97", ".ods": "calc8"}
ALWAYS = 4  # the mode in which macros run unasked


def saved_as(office: Office, source: Path, target: Path, macros: int = 0) -> Path:
    """A file as LibreOffice itself saves it in an older format."""
    document = office.open(str(source), ReadOnly=True, MacroExecutionMode=macros)
    document.storeToURL(file_url(str(target)), properties(FilterName=FILTERS[target.suffix]))
    document.close(True)
    return target


def findings(path: Path) -> list[Finding]:
    return examine(load_document(str(path)))


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """The published documents as workbooks that every program computes."""
    folder = tmp_path_factory.mktemp("books")
    books = {seed: folder / f"{seed.stem}.xlsx" for seed in (WUHUA, DATONG, ANJU)}
    for seed, book in books.items():
        assert main(["import", "--native", str(seed), "-o", str(book)]) == 0
    return books


# ---------------------------------------------------------------- reading


@pytest.mark.parametrize(
    ("seed", "ending"), [(DATONG, ".doc"), (WUHUA, ".xls"), (ANJU, ".ods")], ids=["doc", "xls", "ods"]
)
def test_an_older_file_says_what_the_newer_one_says(
    office: Office, books: dict[Path, Path], tmp_path: Path, seed: Path, ending: str
) -> None:
    newer = seed if ending == ".doc" else books[seed]
    older = saved_as(office, newer, tmp_path / f"旧 文件{ending}")
    document = load_document(str(older))
    assert document.name == f"旧 文件{ending}"
    assert examine(document) == findings(newer) != []
    assert import_document(document).sheets == import_document(load_document(str(newer))).sheets


def test_the_source_stays_as_it_is_even_when_locked(office: Office, tmp_path: Path) -> None:
    older = saved_as(office, WUHUA, tmp_path / "表.doc").rename(tmp_path / "表.wps")
    (tmp_path / ".~lock.表.wps#").write_text(",乙,别的电脑,21.11.2026 08:00,file:///elsewhere;", encoding="utf-8")
    before = older.read_bytes()
    assert findings(older) == findings(WUHUA) != []
    assert older.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".~lock.表.wps#", "表.wps"]


def test_older_files_are_read_by_the_commands_and_never_written(
    office: Office, books: dict[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    older = str(saved_as(office, books[DATONG], tmp_path / "表.xls").rename(tmp_path / "表.et"))
    assert main(["import", older]) == 0
    assert findings(tmp_path / "表-导入.xlsx") == findings(books[DATONG])
    capsys.readouterr()
    for command in (["fill", older], ["check", "--mark", older]):
        assert main(command) == 2
        assert "旧版 .xls 表格" in capsys.readouterr().err
    with pytest.raises(Refusal, match="旧版"), editing(older):
        pass


@pytest.mark.parametrize("ending", [".doc", ".wps", ".xls", ".et", ".ods"])
@pytest.mark.parametrize("content", [b"", "不是表格".encode(), b"%PDF-1.7\n"], ids=["empty", "text", "pdf"])
def test_what_is_no_such_file_is_refused_without_an_office(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str, content: bytes
) -> None:
    monkeypatch.delattr(conversion, "Office")
    path = tmp_path / f"坏{ending}"
    path.write_bytes(content)
    with pytest.raises(Refusal, match=f"坏{ending}：不是 .*文件"):
        load_document(str(path))


@pytest.mark.parametrize(("ending", "start"), [(".doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), (".ods", b"PK\3\4")])
def test_damaged_files_are_refused(installed: None, tmp_path: Path, ending: str, start: bytes) -> None:
    path = tmp_path / f"坏{ending}"
    path.write_bytes(start + bytes(range(256)) * 8)
    with pytest.raises(Refusal, match=f"坏{ending}：LibreOffice 打不开这个文件"):
        load_document(str(path))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="没有.xls：找不到"):
        load_document(str(tmp_path / "没有.xls"))


def test_a_workbook_under_an_older_name_is_read_as_it_is(
    books: dict[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(conversion, "Office")
    path = Path(shutil.copy(books[DATONG], tmp_path / "其实是新的.xls"))
    assert findings(path) == findings(books[DATONG])


def test_without_an_office_the_sentence_is_as_before(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = saved_as(office, DATONG, tmp_path / "表.doc")
    monkeypatch.setattr(conversion, "is_installed", lambda: False)
    with pytest.raises(Refusal, match="表.doc：这是旧版 .doc 文档，请用 Word 或 WPS 打开，另存为 .docx 后再试"):
        load_document(str(older))


def test_a_conversion_that_takes_too_long_is_ended(
    office: Office, books: dict[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = saved_as(office, books[DATONG], tmp_path / "表.ods")
    monkeypatch.setattr(conversion, "SECONDS", 0.01)
    with pytest.raises(Refusal, match="没有答复"):
        load_document(str(older))


# ---------------------------------------------------------------- hostile files

MARK = 'Function Mark()\nOpen "{path}" For Output As #1\nPrint #1, "ran"\nClose #1\nMark = 7\nEnd Function\n'
ON_LOAD = "vnd.sun.star.script:Standard.Hostile.Mark?language=Basic&location=document"


def hostile_ods(office: Office, source: Path, target: Path, mark: Path) -> Path:
    """Runs its macro when it is opened, and when the formula that calls it is computed."""
    document = office.open(str(source))
    libraries = document.BasicLibraries
    if not libraries.hasByName("Standard"):
        libraries.createLibrary("Standard")
    libraries.getByName("Standard").insertByName("Hostile", MARK.format(path=mark))
    event = finding.load_uno().Any("[]com.sun.star.beans.PropertyValue", properties(EventType="Script", Script=ON_LOAD))
    finding.load_uno().invoke(document.Events, "replaceByName", ("OnLoad", event))
    document.Sheets.getByIndex(0).getCellRangeByName("Z99").Formula = "=MARK()"
    document.storeToURL(file_url(str(target)), properties(FilterName="calc8"))
    document.close(True)
    return target


def test_macros_of_a_file_never_run(office: Office, books: dict[Path, Path], tmp_path: Path) -> None:
    mark = tmp_path / "ran.txt"
    path = hostile_ods(office, books[DATONG], tmp_path / "表.ods", mark)
    mark.unlink(missing_ok=True)
    document = office.open(str(path), MacroExecutionMode=ALWAYS)
    assert document.Sheets.getByIndex(0).getCellRangeByName("Z99").String == "7"
    document.close(True)
    assert mark.exists(), "the macro is no danger where macros may run: this file proves nothing"
    mark.unlink()
    load_document(str(path))
    assert not mark.exists()


class Asked(BaseHTTPRequestHandler):
    """Notes that somebody came, whatever is wanted."""

    def do_GET(self) -> None:
        self.server.visits.append(self.path)  # type: ignore[attr-defined]
        self.send_error(404)

    do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Any]:
    with HTTPServer(("127.0.0.1", 0), Asked) as server:
        server.visits = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


PICTURE = (
    '<table:shapes><draw:frame svg:width="2cm" svg:height="2cm" svg:x="0cm" svg:y="0cm"><draw:image '
    'xlink:href="http://127.0.0.1:{port}/{name}.png" xlink:type="simple"/></draw:frame></table:shapes>'
)


def with_linked_picture(source: Path, target: Path, port: int) -> Path:
    picture = PICTURE.format(port=port, name=target.stem).encode()
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for part in old.infolist():
            new.writestr(part, re.sub(rb"<table:table [^>]*>", rb"\g<0>" + picture, old.read(part), count=1))
    return target


def test_nothing_is_fetched_from_elsewhere(office: Office, tmp_path: Path, server: Any) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "book.xlsx")
    plain = saved_as(office, tmp_path / "book.xlsx", tmp_path / "plain.ods")
    port = server.server_port
    harmful, tried = (with_linked_picture(plain, tmp_path / f"{name}.ods", port) for name in ("harmful", "tried"))
    office.open(str(tried)).close(True)
    assert "/tried.png" in server.visits, "a trusting office does not ask either: this file proves nothing"
    load_document(str(harmful))
    assert "/harmful.png" not in server.visits


def test_nothing_is_fetched_by_the_file_transfer_protocol(office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.save(tmp_path / "book.xlsx")
    plain = saved_as(office, tmp_path / "book.xlsx", tmp_path / "plain.ods")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        harmful = with_linked_picture(plain, tmp_path / "harmful.ods", listening.getsockname()[1])
        parts = {name: ZipFile(harmful).read(name) for name in ZipFile(harmful).namelist()}
        with ZipFile(harmful, "w") as changed:
            for name, content in parts.items():
                changed.writestr(name, content.replace(b"http://127", b"ftp://127"))
        listening.settimeout(0.5)
        load_document(str(harmful))
        with pytest.raises(TimeoutError):  # nobody has knocked
            listening.accept()


# ---------------------------------------------------------------- pages and PDF


def pages(pdf: Path) -> list[str]:
    """The text of every page without blanks."""
    told = subprocess.run(["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True).stdout
    return ["".join(page.split()) for page in told.split("\f")[:-1]]


def test_a_report_is_printed_with_the_right_page_numbers(
    installed: None, books: dict[Path, Path], tmp_path: Path
) -> None:
    report = tmp_path / "报告.docx"
    assert main(["report", "--contents", "--pdf", str(books[WUHUA]), "-o", str(report)]) == 0
    printed = pages(report.with_suffix(".pdf"))
    contents = re.findall(r"((?:[一二三四五六七八]、|（[一二三四]）).+?)\.{5,}(\d+)", printed[0] + printed[1])
    assert len(contents) == 20
    assert contents[0] == ("一、基本情况", "3")
    for title, number in contents:
        assert title in printed[int(number) - 1]
    text = "".join(load_document(str(report)).paragraphs)
    assert all(f"{title}\t{number}" in text for title, number in contents)


def test_without_an_office_the_report_has_no_numbers_and_says_so(
    books: dict[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(conversion, "Office", refusing)
    report = tmp_path / "报告.docx"
    assert main(["report", "--contents", str(books[WUHUA]), "-o", str(report)]) == 0
    assert "目录的页码留待 Word 打开时更新：没有 LibreOffice" in capsys.readouterr().out
    assert "一、基本情况\t" in load_document(str(report)).paragraphs
    assert main(["report", "--pdf", "--force", str(books[WUHUA]), "-o", str(report)]) == 2
    assert not report.with_suffix(".pdf").exists()


def refusing(**_: object) -> Office:
    raise Refusal("没有 LibreOffice")


def test_a_plain_report_needs_no_office(
    books: dict[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(conversion, "Office")
    assert main(["report", str(books[DATONG]), "-o", str(tmp_path / "报告.docx")]) == 0


def test_a_pdf_is_not_overwritten_without_force(
    books: dict[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "报告.docx"
    report.with_suffix(".pdf").write_bytes(b"mine")
    assert main(["report", "--pdf", str(books[DATONG]), "-o", str(report)]) == 2
    assert "已存在" in capsys.readouterr().err
    assert report.with_suffix(".pdf").read_bytes() == b"mine"
    assert not report.exists()
