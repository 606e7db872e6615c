"""Kills a command before each of its real system calls, by strace: ``python tests/strace_kills.py fill`` (or ``all``).

What tests/hosts/test_kills.py does inside the process, from outside and with the command line a user types. Needs strace, and
the right to trace a process. Calls before the first one that touches the folder of the documents are passed over.
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

from hosts.test_kills import COMMANDS, DATONG
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


class Ground:
    """A folder with documents, as it was before each run."""

    def __init__(self, folder: Path) -> None:
        self._sources, self.folder = folder / "sources", folder / "documents"
        self.environment = os.environ | {
            "XDG_STATE_HOME": str(folder / "state"),
            "TMPDIR": str(self.folder / "temporary"),
        }
        self._sources.mkdir()
        (self._sources / "temporary").mkdir()
        shutil.copyfile(DATONG, self._sources / "表.docx")
        self.refresh()
        for arguments in (["import", "表.docx", "-o", "表.xlsx"], ["import", "表.docx", "-o", "标记.xlsx"]):
            assert self.run(arguments) == 0
        assert self.run(["check", "--mark", "标记.xlsx"]) == 1
        shutil.rmtree(self.folder / "备份")
        shutil.rmtree(self._sources)
        shutil.copytree(self.folder, self._sources)

    def refresh(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._sources, self.folder)

    def run(self, arguments: list[str], *traced: str) -> int:
        program = [*traced, sys.executable, "-m", "jixiao.cli", *arguments]
        quiet = subprocess.DEVNULL
        return subprocess.run(program, cwd=self.folder, env=self.environment, stdout=quiet, stderr=quiet).returncode


def kills(ground: Ground, arguments: list[str]) -> Iterator[str]:
    """Every call at which the command was killed, after it was."""
    log = ground.folder.parent / "log"
    ground.run(arguments, "strace", "-o", str(log), "-e", f"trace={','.join(CHANGING)}")
    made: Counter[str] = Counter()
    places, saving = [], False
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\w+", line)
        if call and call[0] in CHANGING:
            made[call[0]] += 1
            saving = saving or f'"{ground.folder}"' in line or ".jx" in line
            if saving:
                places.append((call[0], made[call[0]]))
    for call, number in places:
        ground.refresh()
        ground.run(arguments, "strace", "-o", os.devnull, "-e", f"inject={call}:signal=KILL:when={number}")
        yield f"{call} {number}"


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
            if not of_ours({path.name}):
                assert zipfile.ZipFile(path).testzip() is None, place
        assert ground.run(again) in (0, 1), place
        assert written.read_bytes() == new, place
        assert of_ours(names(ground.folder)) == set(), place
        states["the old file" if found == old else "the new file"] += 1
        states["with something left for the next run"] += bool(of_ours(left))
    return states


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as temporary:
        desk = Ground(Path(temporary))
        for chosen in COMMANDS if sys.argv[1] == "all" else sys.argv[1:]:
            print(f"{chosen}: {dict(judged(desk, chosen))}", flush=True)
