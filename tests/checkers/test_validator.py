"""Microsoft's own validator has nothing to say about any file that leaves the house."""

from pathlib import Path

import pytest

from packages import unzipped, zipped
from validator import all_errors, errors

BROKEN = {
    ".xlsx": ("xl/worksheets/sheet1.xml", b"</sheetData>", b"<cell/></sheetData>"),
    ".xlsm": ("xl/workbook.xml", b"<sheets>", b"<sheets/><sheets>"),
    ".xlam": ("customUI/customUI14.xml", b"<tabs>", b"<tabs><button/>"),
    ".docx": ("word/document.xml", b"</w:body>", b"<w:p><w:r><w:b/></w:r></w:p></w:body>"),
}
"""One small mistake for every kind: the part, and what is written there for what."""


def test_it_finds_nothing_in_any_product(products: list[Path]) -> None:
    assert {path.suffix for path in products} == BROKEN.keys()
    assert all_errors(products) == {}


@pytest.mark.parametrize("kind", BROKEN)
def test_it_finds_a_small_mistake(products: list[Path], kind: str, tmp_path: Path) -> None:
    part, right, wrong = BROKEN[kind]
    parts = unzipped(next(path for path in products if path.suffix == kind).read_bytes())
    assert right in parts[part]
    broken = tmp_path / f"broken{kind}"
    broken.write_bytes(zipped(parts | {part: parts[part].replace(right, wrong, 1)}))
    assert [error for error in errors(broken) if part in error] != []
