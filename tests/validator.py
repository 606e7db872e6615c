"""Microsoft's Open XML SDK as a judge: is a package what Office's schemas and rules ask for?"""

import json
import os
import subprocess
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from programs import missing

SECONDS = 60
INSTALLED = Path(__file__).parent / "checkers" / "node_modules" / "@xarsh"
OFFICE = "Office2010"  # the strictest: whatever a later Office brought has to be marked as such


def program() -> str:
    """The validator for this machine. Where there is none the test is skipped; under CI it fails."""
    found = next(INSTALLED.glob("ooxml-validator-*/ooxml-validator*"), None)
    return str(found or missing("Microsoft's Open XML validator is not installed"))


def errors(path: Path) -> list[str]:
    """What is wrong with a workbook, an add-in or a Word document: ``part: description``."""
    said = subprocess.run(
        [program(), str(path), OFFICE],
        capture_output=True,
        check=True,
        timeout=SECONDS,
        env=os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )
    return [f"{error['path']}: {error['description']}" for error in json.loads(said.stdout)["errors"]]


def all_errors(paths: Iterable[Path]) -> dict[str, list[str]]:
    """The same for many files, those without errors left out. One process a file, two at a time."""
    paths = list(paths)
    with ThreadPoolExecutor(2) as pool:
        found = zip(paths, pool.map(errors, paths), strict=True)
        return {path.name: listed for path, listed in found if listed}
