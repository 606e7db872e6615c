"""Bureaus' own forms in a live Calc: is each bound, filled, checked, let go by the buttons, and then what it was?

``python bench/live_forms.py FILE …`` takes workbooks and Word forms. Of a workbook also a copy is taken whose computed cells
were emptied first, so that 绑定 has something to write. In one office without a window each goes through

- 绑定, declined: nothing has changed; agreed: names, formulas in blank cells;
- 填写, 校验, 生成报告, 导出上报版: the export opens, and shows what the workbook shows;
- saved by Calc, read by our own package reader: the same names, constants and facts;
- 撤销 until nothing is left: every part of the file that Calc would write is the same bytes as before;
- the same file bound by the command line instead, opened in Calc: filled, checked and taken back there.

A Word form goes through 导入 first and is bound by it. Printed are what was said, the errors that were found (each to be
judged by somebody who knows the form), and what did not hold.
"""

import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl.cell import Cell

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "libreoffice"))

from jixiao.actions import bind
from jixiao.addins.calc import ADDON, addon_file
from jixiao.cli import main as command
from jixiao.desks import opening
from jixiao.evaluation import Evaluation
from jixiao.forms.recognise import forms
from jixiao.grid import Change, Document
from jixiao.hosts.excel import ExcelHost
from jixiao.hosts.files import load_document
from jixiao.hosts.package import PackageHost
from jixiao.office.launcher import Office
from jixiao.wording.workbook import OWN_SHEETS
from live import Desk
from packages import unzipped

MOST_UNDONE = 9
_STYLE = re.compile(rb' s="\d+"')
_BLANK = re.compile(rb'<c r="[A-Z]+\d+"/>')
"""A blank cell, once its style is gone: Calc goes on saving those that had a conditional format for a while."""

_NAME = re.compile(b"(?=<definedName )|(?=</definedNames>)")
"""In what order names are written, is up to the office."""

_NUMBER = re.compile(rb'<definedName [^>]*name="jx[._]id".*?</definedName>')
"""What tells a workbook from every other stays in one that was imported."""


def prove(office: Office, path: Path, folder: Path) -> Iterator[str]:
    """What is to be said of one form; AssertionError where something does not hold."""
    if path.suffix == ".docx":
        yield from _word(office, path, folder)
        return
    yield from _buttons(office, path, folder / "原样")
    emptied = _emptied(path, folder / "空格")
    if emptied:
        yield "computed cells emptied:"
        yield from _buttons(office, emptied, folder / "空格-办")
    yield from _bound_outside(office, emptied or path, folder / "命令行")


def _buttons(office: Office, source: Path, folder: Path) -> Iterator[str]:
    """A form that is not bound, through all buttons and back."""
    folder.mkdir()
    desk = Desk(office, Path(shutil.copy(source, folder)))
    try:
        before, stated = _file(desk), _stated(desk.document())
        desk.user.agrees = False
        desk.press("bind")
        assert _file(desk) == before, "a declined question has changed something"
        yield f"asked: {desk.user.asked[0]!r}" if desk.user.asked else f"said: {desk.user.said}"
        yield f"selected: {_selected(desk)}"
        desk.user.agrees = True
        yield f"bind: {desk.press('bind')}"
        yield from _worked(desk, folder)
        yield from _taken_back(desk)
        assert _stated(desk.document()) == stated, "cells are not what they were"
        yield from _differing(before, _file(desk))
    finally:
        desk.book.close()


def _word(office: Office, source: Path, folder: Path) -> Iterator[str]:
    """A Word form, imported by its button and bound by that, through all others and back to what was imported."""
    holder = Desk(office, _any_workbook(folder))
    holder.user.chosen = str(source)
    holder.user.saves_to = lambda suggested: str(folder / f"{source.stem}.xlsx")
    yield f"import: {holder.press('import')}"
    holder.book.close()
    desk = Desk.__new__(Desk)
    desk.path, desk.user, desk.app = folder / f"{source.stem}.xlsx", holder.user, holder.app
    desk.book = holder.app.books[f"{source.stem}.xlsx"]
    try:
        before = _file(desk)
        yield f"bind: {desk.press('bind')}"
        yield from _worked(desk, folder)
        yield from _taken_back(desk)
        yield from _differing(before, _file(desk))
    finally:
        desk.book.close()


def _worked(desk: Desk, folder: Path) -> Iterator[str]:
    """The buttons on a bound form, and what Calc saves of it."""
    yield f"fill: {desk.press('fill')}"
    yield f"fill again: {desk.press('fill')}"
    yield f"check: {desk.press('check')}"
    document = desk.document()
    yield from (f"  {line}" for line in _findings(document))
    desk.user.saves_to = lambda suggested: str(folder / Path(suggested).name)
    for button in ("report", "export"):
        made = set(folder.rglob("*"))
        yield f"{button}: {desk.press(button) or desk.user.asked[-1]!r}"
        for new in sorted(set(folder.rglob("*")) - made):
            yield f"  {new.name} {new.stat().st_size if new.is_file() else ''}"
            if new.suffix == ".xlsx":
                _same_texts(document, load_document(str(new)))
    desk.book.save()
    _same_reading(desk.document(), PackageHost(desk.book.fullname).read())


def _taken_back(desk: Desk) -> Iterator[str]:
    for _ in range(MOST_UNDONE):
        said = desk.press("undo")
        yield f"undo: {said}"
        if not said.startswith("已"):
            return
    raise AssertionError("there is always more to undo")


def _bound_outside(office: Office, source: Path, folder: Path) -> Iterator[str]:
    """A form bound by the command line, opened in Calc."""
    folder.mkdir()
    path = Path(shutil.copy(source, folder))
    assert command(["bind", str(path)]) == 0
    desk = Desk(office, path)
    try:
        before = _stated(desk.document())
        yield f"bound outside; bind: {desk.press('bind')}; fill: {desk.press('fill')}; check: {desk.press('check')}"
        yield from _taken_back(desk)
        assert not any("jx.form" in grid.constants for grid in desk.document().grids), "still bound"
        yield f"cells: {len(before)} → {len(_stated(desk.document()))}"
    finally:
        desk.book.close()


# ---- what is compared


def _file(desk: Desk) -> Mapping[str, object]:
    """What Calc would write, without its times, and with what cells look like in place of the numbers of their styles."""
    content = ExcelHost(desk.book).content()
    parts: dict[str, object] = {}
    for name, data in unzipped(content).items():
        if not name.startswith(("docProps/", "xl/styles.xml")):
            parts[name] = sorted(_NAME.split(_NUMBER.sub(b"", _BLANK.sub(b"", _STYLE.sub(b"", data)))))
    book = openpyxl.load_workbook(BytesIO(content))
    for sheet in book:
        parts[f"looks of {sheet.title}"] = {
            cell.coordinate: _look(cell) for row in sheet.iter_rows() for cell in row if _is_seen(cell)
        }
    parts["named styles"] = sorted(book.named_styles)
    return parts


def _is_seen(cell: Cell) -> bool:
    lined = any(getattr(cell.border, side).style for side in ("left", "right", "top", "bottom"))
    return cell.value is not None or lined or cell.number_format != "General" or cell.fill.fill_type is not None


def _look(cell: Cell) -> tuple[object, ...]:
    edges = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
    letters = (cell.font.name, cell.font.sz, cell.font.b, cell.font.i, str(cell.font.color))
    placing = (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text)
    lines = tuple(edge.style for edge in edges)
    return cell.number_format, *letters, *placing, *lines, cell.fill.fgColor.rgb, cell.protection.locked


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    names = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    for name in names:
        one, other = str(before.get(name, "")), str(after.get(name, ""))
        at = max(len(os.path.commonprefix([one, other])) - 60, 0)
        yield f"NOT AS BEFORE: {name}: {one[at : at + 200]!r} → {other[at : at + 200]!r}"
    if not names:
        yield "every part and every look as before"


def _stated(document: Document) -> dict[tuple[str, int, int], tuple[object, str | None]]:
    return {
        (grid.title, *at): (cell.value, cell.formula)
        for grid in document.grids
        for at, cell in grid.cells.items()
        if cell.value not in (None, "") or cell.formula
    }


def _same_reading(live: Document, saved: Document) -> None:
    for one, other in zip(live.grids, saved.grids, strict=True):
        assert dict(one.names) == dict(other.names), ("names", one.title)
        assert dict(one.constants) == dict(other.constants), ("constants", one.title)
    assert _facts(live) == _facts(saved), "other facts in the file"


def _facts(document: Document) -> list[object]:
    return [_said(form.evaluation) for form in forms(document)]


def _said(evaluation: Evaluation) -> object:
    return [(cell.place.spot, cell.text, cell.figure and cell.figure.value) for cell in evaluation.every_cell()]


def _same_texts(bound: Document, exported: Document) -> None:
    """The bureau's own file with values: what the bound workbook shows, without anything of ours."""
    own = [grid for grid in bound.grids if grid.title not in OWN_SHEETS]
    assert [grid.title for grid in own] == [grid.title for grid in exported.grids]
    for one, other in zip(own, exported.grids, strict=True):
        width = other.width  # a workbook of ours has more beside the form
        for at in (at for at in one.cells.keys() | other.cells.keys() if at[1] <= width):
            assert one.at(*at).text == other.at(*at).text, (at, one.at(*at), other.at(*at))
        assert sorted(area for area in one.merges if area.right <= width) == sorted(other.merges)
        assert all(name.startswith("_xlnm.") for name in other.names)
        assert not other.constants


def _findings(document: Document) -> Iterator[str]:
    from jixiao.actions.examine import examine

    return (finding.line() for finding in examine(document))


def _selected(desk: Desk) -> str:
    selection = desk.book.impl.api.getCurrentSelection()
    return str(selection.getPropertyValue("AbsoluteName"))


# ---- inputs


def _emptied(path: Path, folder: Path) -> Path | None:
    """A copy without the figures that can be computed; None if there are none."""
    planned = bind.plan(load_document(str(path)), replace_typed=True)
    blanks = [Change(change.sheet, change.row, change.column, None) for change in planned.changes]
    if not blanks:
        return None
    folder.mkdir()
    copy = shutil.copy(path, folder)
    host = PackageHost(copy)
    host.write(blanks)
    host.save()
    return Path(copy)


def _any_workbook(folder: Path) -> Path:
    path = folder / "空白.xlsx"
    openpyxl.Workbook().save(path)
    return path


@contextmanager
def _equipped(folder: Path) -> Iterator[Office]:
    """An office with the functions of the add-on, which comes to life when it starts anew."""
    addon = folder / ADDON
    addon.write_bytes(addon_file())
    with Office(str(folder / "profile"), recalculate=True) as office:
        office.install(str(addon))
    with Office(str(folder / "profile"), recalculate=True) as office:
        yield office


def main() -> None:
    opening.show = lambda path: None
    paths = [Path(name).resolve() for name in sys.argv[1:]]
    broken = []
    with tempfile.TemporaryDirectory() as name, _equipped(Path(name)) as office:
        os.environ["XDG_STATE_HOME"] = name
        for path in paths:
            started = time.perf_counter()
            print(f"== {path.name}", flush=True)
            folder = Path(name, path.name)
            folder.mkdir()
            try:
                for line in prove(office, path, folder):
                    print(f"  {line}", flush=True)
            except Exception:
                broken.append(path.name)
                traceback.print_exc(file=sys.stdout)
            print(f"  {time.perf_counter() - started:.1f} s", flush=True)
    print(f"{len(paths)} forms, broken: {broken}")


if __name__ == "__main__":
    main()
