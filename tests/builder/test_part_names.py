"""Parts lie where Excel puts them: other programs look for them there, whatever the relations say."""

import re
from functools import cache
from pathlib import Path

import pytest

from jixiao.actions.importing import import_document
from jixiao.builder import build
from jixiao.forms import library
from jixiao.hosts.files import load_document
from jixiao.hosts.zipped import Archive

SEEDS = Path(__file__).parents[1] / "seeds"
SHIPPED = sorted(path for ending in ("xlsx", "xlsm") for path in Path(library.folder()).glob(f"*.{ending}"))


@cache
def five_projects() -> Archive:
    return Archive(build(import_document(load_document(str(SEEDS / "anju-2023-accounts-and-projects.docx")))), "book")


def packages() -> list[Archive]:
    return [five_projects(), *(Archive.open(str(path)) for path in SHIPPED)]


def test_every_part_has_the_name_excel_gives_it() -> None:
    names = (
        r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core)\.xml|xl/(workbook|styles|sharedStrings)\.xml"
        r"|xl/_rels/workbook\.xml\.rels|xl/theme/theme1\.xml|xl/worksheets/sheet\d+\.xml|xl/vbaProject\.bin"
        r"|xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments\d+\.xml|xl/drawings/vmlDrawing\d+\.vml"
    )
    for package in packages():
        assert [part for part in package if not re.fullmatch(names, part)] == [], package.name


def test_every_relation_is_told_from_where_it_is() -> None:
    for package in packages():
        for part in (part for part in package if part.endswith(".rels")):
            targets = re.findall(r'Target="([^"]*)"', package.read(part).decode())
            assert targets and not any(target.startswith("/") for target in targets), (package.name, part)


@pytest.mark.parametrize("number", range(1, 6))
def test_the_notes_of_a_sheet_are_its_own(number: int) -> None:
    package = five_projects()
    relations = package.read(f"xl/worksheets/_rels/sheet{number}.xml.rels").decode()
    assert f'Target="../comments{number}.xml"' in relations
    assert f'Target="../drawings/vmlDrawing{number}.vml"' in relations
    types = package.read("[Content_Types].xml").decode()
    assert types.count(f'PartName="/xl/comments{number}.xml"') == 1
