"""Names of our functions that LibreOffice 7 cannot read from Excel's files, or write to them; later versions can.

Loading shows ``perf_grade(A1)`` and #NAME?; saving writes ``ORG.JIXIAO.FUNCTIONS.PERF_GRADE(A1)``. What Excel puts before the
name of a function of an add-in is taken away too, for every version. Nothing but the names of our functions is touched, and a
second repair finds nothing to do.
"""

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import IO, Any

from jixiao.addins.calc.names import FUNCTIONS as SERVICE
from jixiao.functions import FUNCTIONS
from jixiao.hosts.zipped import MOST_BYTES, Archive

ENDINGS = (".xlsx", ".xlsm")

_NAME = rf"(?:{'|'.join(FUNCTIONS)})(?=\()"
_OF_EXCEL = r"(?:\[\d+\]!|'[^'\"]*jixiao\.xlam'!|jixiao\.xlam!|_xll\.|_xludf\.|_xlfn\.)*"
_READ = re.compile(rf"(?<![\w.!]){_OF_EXCEL}(?P<name>{_NAME})|\"[^\"]*\"|'[^']*'", re.IGNORECASE)
_WRITTEN = re.compile(
    rf"(?<![\w.]){re.escape(SERVICE.upper())}\.(?P<name>{_NAME})|&quot;.*?&quot;|\"[^\"]*\"|&apos;.*?&apos;|'[^']*'"
)
"""Calls of our functions. Texts and names of sheets are matched as well: what looks like a call in them is none."""

_FORMULA_PARTS = re.compile(r"xl/(?:workbook|worksheets/[^/]+)\.xml")
_FORMULAS = re.compile(r"(?<=<)((?:f|formula[12]?|definedName)(?: [^>]*)?>)([^<]*)")
_FORMULA_CELLS = 16  # com.sun.star.sheet.CellFlags.FORMULA
_BLOCK = 500  # formulas at once, from below: a long run of equal formulas grows slowly at its end


# ---------------------------------------------------------------- after loading


def readable(formula: str) -> str:
    """A formula as LibreOffice showed it, with the names of our functions as it takes them."""
    return _READ.sub(lambda match: match["name"].upper() if match["name"] else match[0], formula)


def mend_document(document: Any) -> int:
    """Let every formula that calls one of our functions find it; returns how many formulas did not.

    It is no change of the user's: nothing to undo, nothing to save. A sheet with a password stays as it is, and so do defined
    names: LibreOffice would read every formula it does not know anew, and lose parts of it.
    """
    changed, undo = document.isModified(), document.getUndoManager()
    undo.lock()
    try:
        count = sum(_mend_sheet(document.Sheets.getByIndex(number)) for number in range(document.Sheets.getCount()))
    finally:
        undo.unlock()
    if count:
        document.setModified(changed)
    return count


def _mend_sheet(sheet: Any) -> int:
    runs = list(_broken(sheet))
    if not runs:
        return 0
    with _unprotected(sheet) as writable:
        if not writable:
            return 0
        for cells, formulas in runs:
            _enter(cells, formulas)
    return sum(len(formulas) for _, formulas in runs)


def _broken(sheet: Any) -> Iterator[tuple[Any, Sequence[str]]]:
    """Cells below one another whose formulas change, with the new formulas."""
    for area in sheet.queryContentCells(_FORMULA_CELLS).getRangeAddresses():
        block = sheet.getCellRangeByPosition(area.StartColumn, area.StartRow, area.EndColumn, area.EndRow)
        for column, formulas in enumerate(zip(*block.getFormulaArray(), strict=True)):
            for first, new in _runs(formulas):
                yield block.getCellRangeByPosition(column, first, column, first + len(new) - 1), new


def _runs(formulas: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Neighbours that change: the first one's number, and the new formulas. A cell of an array formula stands alone."""
    changes = [(number, new) for number, old in enumerate(formulas) if (new := readable(old)) != old]
    for _, run in groupby(enumerate(changes), _run):
        neighbours = [change for _, change in run]
        yield neighbours[0][0], [formula for _, formula in neighbours]


def _run(change: tuple[int, tuple[int, str]]) -> tuple[int, int]:
    """Equal for neighbours: their numbers grow as their places in the list do."""
    place, (number, formula) = change
    return number - place, number if formula.startswith("{") else -1


def _enter(cells: Any, formulas: Sequence[str]) -> None:
    if not formulas[0].startswith("{"):
        for top in reversed(range(0, len(formulas), _BLOCK)):
            block = [(formula,) for formula in formulas[top : top + _BLOCK]]
            cells.getCellRangeByPosition(0, top, 0, top + len(block) - 1).setFormulaArray(tuple(block))
        return
    array = cells.getSpreadsheet().createCursorByRange(cells)
    array.collapseToCurrentArray()
    here, whole = cells.getRangeAddress(), array.getRangeAddress()
    if (here.StartColumn, here.StartRow) == (whole.StartColumn, whole.StartRow):
        array.setArrayFormula(formulas[0].strip("{}"))


@contextmanager
def _unprotected(sheet: Any) -> Iterator[bool]:
    """Whether the sheet can be written here; its protection comes back as it was."""
    protected = sheet.isProtected()
    if protected:
        sheet.unprotect("")
    try:
        yield not sheet.isProtected()
    finally:
        if protected and not sheet.isProtected():
            sheet.protect("")


# ---------------------------------------------------------------- after saving


def plain(sheet: str) -> str:
    """The XML of a sheet or workbook as LibreOffice wrote it, with Excel's names of our functions in its formulas."""
    return _FORMULAS.sub(lambda found: found[1] + _excel_names(found[2]), sheet)


def _excel_names(formula: str) -> str:
    return _WRITTEN.sub(lambda match: match["name"] or match[0], formula)


def mend_file(path: str) -> bool:
    """Give a workbook that LibreOffice has saved Excel's names of our functions; returns whether it lacked them.

    The office keeps the file open: so it is written in place, its time stays, and two repairs wait for one another. Raises
    Refusal, before anything is written, for a file that is no sound workbook.
    """
    with open(path, "r+b") as file:
        _lock(file)
        before = file.read(MOST_BYTES + 1)
        if len(before) > MOST_BYTES:
            return False
        archive = Archive(before, os.path.basename(path))
        if not _mend_parts(archive):
            return False
        _overwrite(file, before, archive.to_bytes())
    return True


def _mend_parts(archive: Archive) -> bool:
    changed = False
    for part in filter(_FORMULA_PARTS.fullmatch, archive):
        old = archive.read(part)
        new = plain(old.decode()).encode()
        if new != old:
            archive.put(part, new)
            changed = True
    return changed


def _overwrite(file: IO[bytes], before: bytes, after: bytes) -> None:
    """All of the new content or, if the disk refuses it, all of the old. In place: LibreOffice keeps the file open."""
    stamp = os.fstat(file.fileno())
    try:
        _put(file, after)
    except OSError:
        _put(file, before)
        raise
    finally:
        os.utime(file.name, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))


def _put(file: IO[bytes], content: bytes) -> None:
    file.seek(0)
    file.write(content)
    file.truncate()
    file.flush()
    os.fsync(file.fileno())


def _lock(file: IO[bytes]) -> None:
    """Wait until no other process repairs this file; released when it is closed. LibreOffice's own locks are others."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)
