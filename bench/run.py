"""Print every measured ratio beside its goal (``make bench``). Within one table all candidates take turns in one run."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import processes

PROGRAMS = {
    "cell functions": "cell_functions.py",
    "cell functions in LibreOffice": "calc_functions.py",
    "buttons in LibreOffice": "calc.py",
    "memory over many files": "memory.py",
}
"""What needs a process of its own."""


def main() -> None:
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", None):
        print("PYTHONDONTWRITEBYTECODE was set: unset for this run, start-up counts with byte code in place")
    with tempfile.TemporaryDirectory() as folder:
        processes.measure(Path(folder))
    for title, program in PROGRAMS.items():
        print(f"\n{title}", flush=True)
        subprocess.run([sys.executable, Path(__file__).with_name(program)], check=True)
    inside()


def inside() -> None:
    """Ratios inside one process; the modules load the heavy libraries they compare with, so only after the processes."""
    import readers
    import reports

    print("\none process: reading and writing back a workbook (goals: read 0.08, write back 0.08)")
    readers.main()
    print("\none process: one report (goal: 0.10)")
    reports.main()


if __name__ == "__main__":
    sys.exit(main())
