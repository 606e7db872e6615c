"""Foreign templates: is a sheet bound in place, and let go again, with every other byte as it was?

``python bench/foreign_templates.py [COUNT [FIRST]]`` makes seeded workbooks of all that a bureau's template may carry
(tests/hosts/foreign_templates.py). Of each one sheet is bound and a few of its cells are written; then every other part must
be the same bytes, the changed ones well-formed, the names those that were asked for as openpyxl reads them, and once the
numbers are taken back and the sheet is let go every part but the written sheet must be what it was; where nothing was
written, all of them. Printed are the seeds that broke, and how many there were.
"""

import io
import sys
import traceback
from decimal import Decimal
from pathlib import Path
from random import Random
from xml.etree import ElementTree

import openpyxl
from openpyxl.utils.cell import absolute_coordinate

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from hosts.foreign_templates import binding, template
from jixiao.errors import Refusal
from jixiao.grid import Binding, Change, Grid
from jixiao.hosts.package import PackageHost
from jixiao.places import address
from packages import unzipped

SHARED = {"xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"}
COUNT = 1000


def prove(seed: int) -> bool:
    """Bind, write, take back and let go; whether anything could be written."""
    data = template(seed)
    asked, before = binding(seed, data), unzipped(data)
    host = PackageHost.from_bytes(data, "a.xlsx")
    read = _sheet(host, asked)
    host.bind([asked])
    _same_but(before, host, asked)
    bare = PackageHost.from_bytes(host.content(), "a.xlsx")
    bare.unbind([asked])
    assert unzipped(bare.content()) == before
    return _written(host, asked, read, before, Random(seed))


def _same_but(before: dict[str, bytes], host: PackageHost, asked: Binding) -> None:
    """Everything but the bound sheet and what says of it stays, in its order; the rest is sound."""
    after = unzipped(host.content())
    assert list(after)[: len(before)] == list(before)
    changed = {part for part in before if before[part] != after[part]} - SHARED
    assert len(changed) == 1
    added = after.keys() - before.keys()
    assert len(added) == 1
    for part in changed | added | SHARED:
        ElementTree.fromstring(after[part])
    book = openpyxl.load_workbook(io.BytesIO(host.content()))
    names, title = book[asked.sheet].defined_names, asked.sheet.replace("'", "''")
    for name, area in asked.names.items():
        first, last = absolute_coordinate(address(*area[:2])), absolute_coordinate(address(*area[2:]))
        assert names[name].attr_text == f"'{title}'!{first if first == last else f'{first}:{last}'}"


def _written(host: PackageHost, asked: Binding, grid: Grid, before: dict[str, bytes], chance: Random) -> bool:
    """A few blank cells are written, emptied and let go: the bound sheet reads as it did, all else is what it was."""
    spots = {(chance.randint(1, 40), chance.randint(1, 9)) for _ in range(4)} - grid.cells.keys()
    try:
        host.write(Change(asked.sheet, *spot, Decimal(1), "1+0") for spot in spots)
        host.write(Change(asked.sheet, *spot, None) for spot in spots)
    except Refusal:
        return False  # inside a merged area, or locked
    host.unbind([asked])
    after = unzipped(host.content())
    assert after.keys() == before.keys()
    assert len([part for part in before if before[part] != after[part]]) <= 1
    assert _sheet(host, asked) == grid
    return True


def _sheet(host: PackageHost, asked: Binding) -> Grid:
    return next(grid for grid in host.read().grids if grid.title == asked.sheet)


def main() -> int:
    given = [int(text) for text in sys.argv[1:]]
    count, first = (*given, *(COUNT, 0)[len(given) :])
    broken = written = 0
    for seed in range(first, first + count):
        try:
            written += prove(seed)
        except Exception:
            broken += 1
            print(f"seed {seed}: {traceback.format_exc()}")
    print(f"{count} templates, {written} written to, {broken} broken")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
