"""Strict Office Open XML, and packages that name their parts in their own way: read and patched like all others."""

import re
from pathlib import Path

import pytest

from jixiao.actions.fill import fill
from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.errors import Refusal
from jixiao.grid import Cell, Change, Document, Link
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.hosts.word.reading import read_document
from packages import unzipped, workbook, worksheet, zipped

Parts = dict[str, bytes]
SEEDS = Path(__file__).parents[1] / "seeds"
SEED = SEEDS / "datong-2021-project.docx"
# By part 1 of ISO/IEC 29500: what begins so in the transitional dialect, and how it begins in the strict one.
DIALECTS = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
    b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
}


@pytest.fixture(scope="module")
def form() -> Parts:
    """A published form, imported, with a cell to fill."""
    data = build(import_document(load_document(str(SEED))))
    host = PackageHost.from_bytes(data, "表.xlsx")
    grid = host.read().grids[0]
    rate = grid.names["funds.total.rate"]
    host.write([Change(grid.title, rate.top, rate.left, None)])
    return unzipped(host.to_bytes())


def opened(parts: Parts) -> PackageHost:
    return PackageHost.from_bytes(zipped(parts), "表.xlsx")


def filled_and_marked(parts: Parts) -> Parts:
    """The parts after what ``fill`` and ``check --mark`` write."""
    host = opened(parts)
    document = host.read()
    changes = fill(document).changes
    assert changes
    host.write(changes)
    title = document.grids[0].title
    host.mark({title: ["B3"]}, [["错误", title, Link(title, "B3"), "", "甲"]])
    return unzipped(host.to_bytes())


def strict(parts: Parts) -> Parts:
    return {name: _replaced(content, DIALECTS) for name, content in parts.items()}


def transitional(parts: Parts) -> Parts:
    return {name: _replaced(content, {new: old for old, new in DIALECTS.items()}) for name, content in parts.items()}


def _replaced(content: bytes, names: dict[bytes, bytes]) -> bytes:
    for old, new in names.items():
        content = content.replace(old, new)
    return content


def moved(parts: Parts) -> Parts:
    """The same package in other folders, named in other ways than relations and the list of types name them."""
    names = {
        "xl/workbook.xml": "Daten/Mappe.XML",
        "xl/_rels/workbook.xml.rels": "Daten/_rels/mappe.xml.rels",
        "xl/worksheets/sheet1.xml": "Blatt eins.xml",
        "xl/styles.xml": "Daten/STYLES.xml",
        "_rels/.rels": "_RELS/.rels",
        "[Content_Types].xml": "[content_types].xml",
    }
    found = {names.get(name, name): content for name, content in parts.items()}
    found["_RELS/.rels"] = re.sub(rb'(?<=Target=")/?xl/workbook.xml', b"daten/mappe.xml", found["_RELS/.rels"])
    targets = {b"worksheets/sheet1.xml": b"../Blatt%20eins.xml", b"styles.xml": b"./styles.xml"}
    listed = names["xl/_rels/workbook.xml.rels"]
    found[listed] = re.sub(rb'(?<=Target=")([^"]+)', lambda one: targets.get(one[1], b"../xl/" + one[1]), found[listed])
    assert found.keys() >= set(names.values())
    return found


def test_a_strict_workbook_reads_like_the_other(form: Parts) -> None:
    assert opened(strict(form)).read() == opened(form).read()


def test_a_strict_workbook_is_patched_like_the_other(form: Parts) -> None:
    written = filled_and_marked(strict(form))
    assert not [name for name, content in written.items() if b"schemas.openxmlformats.org/spreadsheetml" in content]
    assert transitional(written) == filled_and_marked(form)


def test_moments_of_strict_workbooks_are_told_like_others() -> None:
    cells = {
        "2024-03-15T00:00:00": "2024-03-15",
        "2024-03-15T08:30:00": "2024-03-15 08:30",
        "2024-03-15T08:30:05.000Z": "2024-03-15 08:30:05",
        "T18:00:00": "18:00",
        "2024-03-15": "2024-03-15",
    }
    rows = "".join(f'<row><c t="d"><v>{raw}</v></c></row>' for raw in cells)
    read = opened(strict(workbook(worksheet(rows)))).read().grids[0]
    assert [read.at(row, 1) for row in range(1, 6)] == [Cell(text, text) for text in cells.values()]


def test_parts_are_found_by_their_relations_whatever_their_names(form: Parts) -> None:
    assert opened(moved(form)).read() == opened(form).read()


def test_parts_of_other_names_are_patched_in_their_places(form: Parts) -> None:
    written, expected = filled_and_marked(moved(form)), filled_and_marked(form)
    assert written.keys() == moved(form).keys()
    assert written["Blatt eins.xml"] == expected["xl/worksheets/sheet1.xml"]
    assert written["Daten/Mappe.XML"] == expected["xl/workbook.xml"]


def test_the_order_of_calculation_goes_whatever_its_name() -> None:
    """It is a part of its own, listed twice, and no program may find it outdated."""
    parts = workbook(
        worksheet('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'), **{"xl/CalcChain.xml": "<calcChain/>"}
    )
    host = opened(parts)
    host.write([Change("表1", 1, 1, "甲")])
    written = unzipped(host.to_bytes())
    assert "xl/CalcChain.xml" not in written
    assert not [name for name, content in written.items() if b"calcchain" in content.lower()]


def test_what_lies_outside_the_package_is_not_looked_for() -> None:
    parts = workbook(worksheet("<row><c><v>1</v></c></row>"))
    listed = "xl/_rels/workbook.xml.rels"
    parts[listed] = parts[listed].replace(b'Target="../xl/styles.xml"', b'Target="http://x/" TargetMode="External"')
    assert opened(parts).read().grids[0].at(1, 1).text == "1"


@pytest.mark.parametrize("name", ["xl/workbook.bin", "word/document.xml"])
def test_a_package_of_another_kind_is_no_workbook(name: str) -> None:
    parts = workbook(worksheet(""))
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"xl/workbook.xml", name.encode())
    parts[name] = b"\x83\x01\0" if name.endswith("bin") else b"<w:document xmlns:w='x'><w:body/></w:document>"
    with pytest.raises(Refusal, match="不是 Excel 工作簿"):
        opened(parts)


def word(parts: Parts, folder: Path) -> Document:
    path = folder / "表.docx"
    path.write_bytes(zipped(parts))
    return read_document(str(path))


@pytest.mark.parametrize("seed", sorted(SEEDS.glob("*.docx")), ids=lambda path: path.stem)
def test_documents_read_alike_in_both_dialects_and_under_any_name(seed: Path, tmp_path: Path) -> None:
    parts = unzipped(seed.read_bytes())
    expected = word(parts, tmp_path)
    assert word(strict(parts), tmp_path) == expected
    odd = {"Text/Haupt teil.XML" if name == "word/document.xml" else name: content for name, content in parts.items()}
    for target in (b"/Text/Haupt%20teil.XML", b"./text/haupt teil.xml"):
        odd["_rels/.rels"] = re.sub(rb'(?<=Target=")/?word/document.xml', target, parts["_rels/.rels"])
        assert word(odd, tmp_path) == expected
