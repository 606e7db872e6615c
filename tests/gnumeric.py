"""Gnumeric as a judge of formulas: a second program, written by others than LibreOffice's, that computes them anew."""

import shutil
import subprocess
from pathlib import Path

import openpyxl

from programs import missing

SECONDS = 60


def ssconvert() -> str:
    """The program. Where there is none the test is skipped; under CI it fails."""
    return shutil.which("ssconvert") or missing("Gnumeric (ssconvert) is not installed")


def recalculated(source: Path, folder: Path) -> dict[str, dict[tuple[int, int], object]]:
    """Every cell as Gnumeric computes it: sheet -> row and column -> value. ``folder`` takes the copy, never the source's."""
    copy = folder / f"{source.stem}.xlsx"
    command = [ssconvert(), "--recalc", str(source), str(copy)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    book = openpyxl.load_workbook(copy, data_only=True)
    return {
        sheet.title: {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row}
        for sheet in book.worksheets
    }
