"""LibreOffice as an oracle: recalculates workbooks and converts documents, in a private profile, with a time limit."""

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from programs import missing

SECONDS = 120
# Always recalculate on load: cached values must not vouch for themselves.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""


def soffice() -> str:
    """The program. Where there is none the test is skipped; under CI it fails."""
    return shutil.which("soffice") or missing("LibreOffice is not installed")


@cache
def _profile() -> str:
    folder = tempfile.mkdtemp(prefix="jixiao-office-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    user = Path(folder, "user")
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    return Path(folder).as_uri()


def convert(source: Path, to: str, folder: Path) -> Path:
    """Convert a document (``pdf``, ``xlsx``, …) into a folder and return the new file."""
    [result] = convert_all([source], to, folder)
    return result


def convert_all(sources: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Convert several documents by one office: most of the time of a conversion is its start."""
    program = soffice()
    command = [program, f"-env:UserInstallation={_profile()}", "--headless", "--norestore", "--nologo"]
    process = subprocess.Popen(
        [*command, "--convert-to", to, "--outdir", str(folder), *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS + 2 * len(sources))
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        pytest.fail(f"LibreOffice took more than {SECONDS} s for {[source.name for source in sources]}")
    results = [folder / f"{source.stem}.{to.partition(':')[0]}" for source in sources]
    assert all(result.is_file() for result in results), said.decode(errors="replace")
    return results


def recalculated(source: Path, folder: Path) -> dict[str, dict[str, object]]:
    """Every cell of an .xlsx as LibreOffice computes it: sheet -> address -> value (blanks and "" left out).

    ``folder`` takes the recalculated copy; it must not be the folder of the source.
    """
    copy = convert(source, "xlsx", folder)
    book = openpyxl.load_workbook(copy, data_only=True)
    return {
        sheet.title: {cell.coordinate: cell.value for row in sheet for cell in row if cell.value not in (None, "")}
        for sheet in book.worksheets
    }
