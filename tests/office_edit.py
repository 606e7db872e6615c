"""LibreOffice Calc as a user's hands: inserts rows, renames and copies sheets, types, and saves as .xlsx.

One office for a whole run, in a private profile, each job with a time limit. The steps are those of
``office_edit_calc.py``: ``("insert_row", sheet, row)``, ``("enter", sheet, cell, text)`` …
"""

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from office import soffice
from programs import missing

SECONDS = 120
PYTHON = "/usr/bin/python3"
_CALC = Path(__file__).with_name("office_edit_calc.py")

Step = tuple[str | int, ...]


class Job(NamedTuple):
    """A workbook to edit and where the edited one goes."""

    source: Path
    target: Path
    steps: Sequence[Step] = ()


class Calc:
    """A running office."""

    def __init__(self, pipe: str) -> None:
        self._pipe = pipe

    def edit(self, *jobs: Job) -> None:
        """Carry out every job; each recalculates the whole workbook before it is saved."""
        told = [
            {"source": job.source.as_uri(), "target": job.target.as_uri(), "steps": list(job.steps)} for job in jobs
        ]
        run = subprocess.run(
            [PYTHON, str(_CALC), self._pipe],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            timeout=SECONDS,
        )
        assert run.returncode == 0, f"exit {run.returncode}: {run.stderr}"


@contextmanager
def calc() -> Iterator[Calc]:
    """An office that listens, ended whatever happens. Without uno the test is skipped; under CI it fails."""
    program = soffice()
    _need_uno()
    with tempfile.TemporaryDirectory(prefix="jixiao-calc-", ignore_cleanup_errors=True) as profile:
        pipe = Path(profile).name
        process = subprocess.Popen(
            [
                program,
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--headless",
                "--norestore",
                "--nologo",
                f"--accept=pipe,name={pipe};urp;",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
            start_new_session=True,
        )
        try:
            yield Calc(pipe)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _need_uno() -> None:
    known = Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", "import uno"], capture_output=True).returncode == 0
    if not known:
        missing("python3-uno is not installed")
