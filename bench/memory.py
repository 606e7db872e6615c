"""How much one run grows over a thousand files: a workbook of ours, a foreign one and a Word file in turn.

Run ``python bench/memory.py``. Every line is a process of its own; the growth is counted from the thirtieth file on. The second
run of ``check`` has the collector on, as it is inside Excel or LibreOffice. Goal: 10 MiB.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

FILES = 1_000
SAMPLES = Path(__file__).parents[1] / "workbook_templates" / "samples"
PROGRAM = """
import contextlib, gc, io, sys
from jixiao import cli
collecting, count, *command = sys.argv[1:]
command, files = command[:command.index("--")], command[command.index("--") + 1:]
if collecting == "off":
    gc.disable()
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4 / 1024
def serve(rounds):
    with contextlib.redirect_stdout(io.StringIO()):
        cli.main([*command, *files * rounds])
serve(30 // len(files))
before = resident()
serve(int(count) // len(files))
print(f"{before:8.1f}{resident() - before:8.1f}")
"""


def grown(collecting: str, command: list[str], files: list[Path]) -> str:
    """MiB after thirty files, and how many more after a thousand."""
    words = [sys.executable, "-c", PROGRAM, collecting, str(FILES), *command, "--", *map(str, files)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout.rstrip()


def prepared(folder: Path) -> list[Path]:
    """A Word file, and the same form as a workbook of ours and as one without names."""
    sample = next(SAMPLES.glob("大同*.docx"))
    made = {"import": folder / "ours.xlsx", "export": folder / "foreign.xlsx"}
    for command, path in made.items():
        subprocess.run(
            [sys.executable, "-m", "jixiao.cli", command, sample, "-o", path], check=True, capture_output=True
        )
    return [*made.values(), sample]


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        files = prepared(Path(name))
        print(f"{'a thousand files':32}{'MiB':>8}{'grown':>8}")
        for collecting, command, served in (
            ("off", ["check"], files),
            ("on", ["check"], files),
            ("off", ["facts"], files),
            ("off", ["fill", "--dry-run", "--replace-typed"], files[:1]),
        ):
            print(f"{command[0]:12}{'collector ' + collecting:20}{grown(collecting, command, served)}", flush=True)


if __name__ == "__main__":
    main()
