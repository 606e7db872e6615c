"""Kills a command before each of its real system calls, by strace: ``python tests/strace_kills.py fill`` (or ``all``).

What tests/hosts/test_kills.py does inside the process, from outside and with the command line a user types. Needs strace, and
the right to trace a process. Calls on files that are not ours (modules, libraries) are passed over.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hosts.test_kills import BEFORE, COMMANDS, DATONG
from processes import names, of_ours

CHANGING = (
    *(
        "openat",
        "write",
        "fsync",
        "rename",
        "link",
        "unlink",
        "unlinkat",
        "mkdir",
        "rmdir",
        "chmod",
        "fchmod",
        "fchown",
    ),
    *("flock", "close", "getdents64"),
)
"""The calls a save is made of: what is between two others is between two of these."""


PROGRAM = """
from jixiao.cli import run
from jixiao.desks import putting
putting.new_step = lambda: "2" * 16
run()
"""
"""The command line, with one number for every step: so that every run writes the same file."""


class Ground:
    """A folder with documents, as it was before each run."""

    def __init__(self, folder: Path, name: str) -> None:
        self._start, self.folder = folder / "start", folder / "documents"
        self._environment = os.environ | {
            "XDG_STATE_HOME": str(self.folder / "state"),
            "TMPDIR": str(self.folder / "temporary"),
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": str(folder / "compiled"),
        }
        (self.folder / "temporary").mkdir(parents=True)
        shutil.copyfile(DATONG, self.folder / "表.docx")
        assert self.run(["import", "表.docx", "-o", "表.xlsx"]) == 0
        assert self.run(COMMANDS["fill"]) == 0  # the number that is chance is written the first time
        for arguments in (COMMANDS["undo"], *([BEFORE[name]] if name in BEFORE else [])):
            assert self.run(arguments) in (0, 1)
        shutil.copytree(self.folder, self._start)

    def refresh(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._start, self.folder)

    def run(self, arguments: list[str], *traced: str) -> int:
        program = [*traced, sys.executable, "-c", PROGRAM, *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.run(program, cwd=self.folder, env=self._environment, stdout=quiet, stderr=quiet).returncode


def places(log: Path, folder: Path) -> Iterator[tuple[str, int]]:
    """The calls that have to do with files below the folder, each with its number among the calls of its name."""
    made: Counter[str] = Counter()
    ours: set[str] = set()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        called = re.match(r"(\w+)\((\w+)?.*?(?:= (\d+))?$", line)
        if not called or called[1] not in CHANGING:
            continue
        made[called[1]] += 1
        if str(folder) in line:
            ours |= {called[3]} if called[1] == "openat" else set()
            yield called[1], made[called[1]]
        elif called[2] in ours:
            ours -= {called[2]} if called[1] == "close" else set()
            yield called[1], made[called[1]]


def kills(ground: Ground, arguments: list[str]) -> Iterator[str]:
    """Every call at which the command was killed, after it was."""
    log = ground.folder.parent / "log"
    for _ in range(2):  # the first time it is compiled
        ground.refresh()
        ground.run(arguments, "strace", "-o", str(log), "-e", f"trace={','.join(CHANGING)}")
    for call, number in list(places(log, ground.folder)):
        ground.refresh()
        ground.run(arguments, "strace", "-o", os.devnull, "-e", f"inject={call}:signal=KILL:when={number}")
        yield f"{call} {number}"


def copies(temporary: Path) -> list[Path]:
    """What is left in the temporary folder, but for the file by which Python tries whether it can write there."""
    return [path for path in temporary.iterdir() if path.is_dir() or path.read_bytes() not in (b"", b"blat")]


def judged(ground: Ground, name: str) -> Counter[str]:
    """The states in which the kills of one command have left its file."""
    arguments = COMMANDS[name]
    written = ground.folder / next(part for part in reversed(arguments) if part.endswith((".xlsx", ".docx")))
    again = [*arguments, *["--force"] * ("-o" in arguments)]
    ground.refresh()
    old = written.read_bytes() if written.exists() else None
    ground.run(arguments)
    new = written.read_bytes()
    ground.refresh()
    states: Counter[str] = Counter()
    for place in kills(ground, arguments):
        found = written.read_bytes() if written.exists() else None
        assert found in (old, new), place
        left = names(ground.folder)
        for path in ground.folder.rglob("*.*x"):
            if path.suffix in (".xlsx", ".docx") and not of_ours({path.name}):
                assert zipfile.ZipFile(path).testzip() is None, place
        code = ground.run(again)
        assert code in (0, 1) or (code == 2 and found == new), place
        assert written.read_bytes() == new, place
        if code == 2:  # there was nothing left to take back, so nothing was written
            assert ground.run(COMMANDS["fill"]) == 0, place
        assert of_ours(names(ground.folder)) == set() and not copies(ground.folder / "temporary"), place
        states["kills"] += 1
        states["the old file" if found == old else "the new file"] += 1
        states["with something left for the next run"] += bool(of_ours(left))
    return states


if __name__ == "__main__":
    for chosen in COMMANDS if sys.argv[1] == "all" else sys.argv[1:]:
        with tempfile.TemporaryDirectory() as temporary:
            print(f"{chosen}: {dict(judged(Ground(Path(temporary), chosen), chosen))}", flush=True)
