"""Any attribute of any part may be missing, twice there, or say anything: there is a result, or a refusal that names the file."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest

from jixiao.actions import examine, export, facts, fill, importing, write_report
from jixiao.builder import build
from jixiao.errors import Refusal
from jixiao.grid import Change, Document
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.hosts.word.reading import read_document
from jixiao.hosts.zipped import Archive
from jixiao.places import address
from workbooks import named_cell

SEED = Path(__file__).parents[1] / "seeds" / "wuhua-2024-project.docx"
SHEET = "xl/worksheets/sheet1.xml"
TAG = re.compile(r"<([\w:]+)((?:\s+[\w:.-]+=\"[^\"]*\")+)")
ATTRIBUTE = re.compile(r"\s+([\w:.-]+)=\"([^\"]*)\"")
VALUES = (
    "",
    "x",
    "-1",
    "0",
    "7",
    "1_0",
    "1.5",
    "9" * 30,
    "99999",
    "NaN",
    "A1:",
    "XFE1",
    "A1:XFD1048576",
    "true",
    "９",
    "a&#10;b",
)
PARTS = re.compile(
    r"_rels/\.rels|xl/workbook\.xml|xl/_rels/.*|xl/styles\.xml|xl/sharedStrings\.xml|.*sheet1\.xml|word/document\.xml"
)
PLANS: list[Callable[[Document], object]] = [
    lambda document: examine.plan(document, marking=False),
    facts.plan,
    fill.plan,
    importing.plan,
    export.plan,
    lambda document: export.plan(document, as_word=True),
    write_report.plan,
]


def places(text: str) -> dict[tuple[str, str], list[tuple[int, int]]]:
    """Where each attribute of each kind of element stands in a part: with its name, its sign and its quotes."""
    found: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for tag in TAG.finditer(text):
        for attribute in ATTRIBUTE.finditer(text, *tag.span(2)):
            found.setdefault((tag[1], attribute[1]), []).append(attribute.span())
    return found


def mutated(text: str, start: int, end: int, random: Random) -> str:
    whole = text[start:end]
    name = whole.partition("=")[0]
    new = random.choice(("", whole * 2, *(f'{name}="{value}"' for value in VALUES)))
    return text[:start] + new + text[end:]


def mutants(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A package with one attribute changed, and which: each of each kind of element once, in a place and a way by chance."""
    archive, random = Archive(data, "表"), Random(20260930)
    for part in list(filter(PARTS.fullmatch, archive)):
        content = archive.read(part)
        for (element, attribute), spots in places(content.decode()).items():
            archive.put(part, mutated(content.decode(), *random.choice(spots), random).encode())
            yield f"{part} {element} {attribute}", archive.to_bytes()
        archive.put(part, content)


def outcome(read: Callable[[], Document], plan: Callable[[Document], object]) -> str:
    """Empty for a result, else the sentence."""
    try:
        plan(read())
    except Refusal as refusal:
        return str(refusal)
    return ""


def is_sound(sentence: str) -> bool:
    return not sentence or "\n" not in sentence and "表." in sentence


@pytest.fixture(scope="module")
def book() -> bytes:
    return build(importing.import_document(load_document(str(SEED))))


def test_every_attribute_of_a_workbook(book: bytes) -> None:
    outcomes = []
    for number, (where, data) in enumerate(mutants(book)):
        sentence = outcome(lambda data=data: PackageHost.from_bytes(data, "表.xlsx").read(), PLANS[number % len(PLANS)])
        outcomes.append(sentence)
        assert is_sound(sentence), where
    refused = sum(map(bool, outcomes))
    assert len(outcomes) > 100 and 10 < refused < len(outcomes) - 10


def test_every_attribute_of_a_word_form(tmp_path: Path) -> None:
    path = tmp_path / "表.docx"
    for number, (where, data) in enumerate(mutants(SEED.read_bytes())):
        path.write_bytes(data)
        assert is_sound(outcome(lambda: read_document(str(path)), PLANS[number % 2])), where


def written_and_lost(data: bytes) -> list[Change]:
    """What was to be written to the first sheet and is not read from it again."""
    host = PackageHost.from_bytes(data, "表.xlsx")
    title = host.read().grids[0].title
    changes = [Change(title, 5, 40, Decimal("12.5")), Change(title, 300, 2, "新")]
    host.write(changes)
    again = PackageHost.from_bytes(host.to_bytes(), "表.xlsx").read().grids[0]
    return [change for change in changes if again.at(change.row, change.column).value != change.value]


def test_what_is_written_into_a_mutant_is_read_again(book: bytes) -> None:
    outcomes = []
    for where, data in mutants(book):
        if where.startswith(SHEET) and where.split()[1] in ("dimension", "row", "c", "f", "col", "mergeCell"):
            with suppress(Refusal):
                outcomes.append((where, written_and_lost(data)))
    assert len(outcomes) > 5 and not [where for where, lost in outcomes if lost]


@pytest.mark.parametrize("value", VALUES)
def test_a_dimension_says_nothing_that_matters(book: bytes, value: str) -> None:
    """Other programs open such a file without a word, and so do we: also to write."""
    archive = Archive(book, "表")
    archive.put(SHEET, re.sub(rb'<dimension ref="[^"]*"', f'<dimension ref="{value}"'.encode(), archive.read(SHEET)))
    assert written_and_lost(archive.to_bytes()) == []


def test_a_cell_that_is_no_number_is_found_with_its_place(book: bytes) -> None:
    """Programs that divide by zero write NaN into a cell of numbers."""
    row, column = named_cell(PackageHost.from_bytes(book, "表.xlsx").read(), "funds.total.executed")
    archive, cell = Archive(book, "表"), address(row, column)
    content, made = re.subn(rf'(<c r="{cell}"[^>]*>.*?<v>)[^<]*'.encode(), rb"\1NaN", archive.read(SHEET), count=1)
    assert made == 1
    archive.put(SHEET, content)
    findings = examine.examine(PackageHost.from_bytes(archive.to_bytes(), "表.xlsx").read())
    assert [place.cell for finding in findings if "“NaN”不是数字" in finding.message for place in finding.places] == [
        cell
    ]
