"""Whatever a command is killed at, the file is the old one or the new one, and the next run leaves nothing of it."""

import os
import shutil
import signal
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jixiao.cli import main
from jixiao.desks import putting
from processes import Process, command, names, of_ours

DATONG = Path(__file__).parent.parent / "seeds" / "datong-2021-project.docx"
COMMANDS = {
    "new": ["new", "--year", "2025", "-o", "新表.xlsx"],
    "import": ["import", "表.docx", "-o", "新表.xlsx"],
    "fill": ["fill", "表.xlsx", "--replace-typed"],
    "mark": ["check", "--mark", "表.xlsx"],
    "unmark": ["check", "--unmark", "表.xlsx"],
    "undo": ["undo", "表.xlsx"],
    "report": ["report", "表.xlsx", "-o", "报告.docx"],
    "export": ["export", "表.xlsx", "-o", "上报.xlsx"],
    "export to Word": ["export", "表.xlsx", "-o", "上报.docx"],
}
"""Every command that writes. The last argument that names a file is what it writes; it may be there already."""

BEFORE = {"unmark": COMMANDS["mark"], "undo": COMMANDS["fill"]}
"""What must have been done."""

ALIKE = ("mark", "unmark", "undo")
"""What saves as fill does: here every fourth call is enough; tests/strace_kills.py takes every one."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    shutil.copyfile(DATONG, folder / "表.docx")
    assert main(["import", str(DATONG), "-o", str(folder / "表.xlsx")]) == 0
    (folder / "temporary").mkdir()
    return folder


class Desk:
    """A folder with documents in which one command runs again and again, each time from the start."""

    def __init__(self, folder: Path, sources: Path, name: str) -> None:
        self.folder, self._start = folder, folder.with_name("start")
        self._stride = 4 if name in ALIKE else 1
        shutil.copytree(sources, folder)
        if name in BEFORE:
            assert main(self._named(BEFORE[name])) in (0, 1)
        shutil.copytree(folder, self._start)
        arguments = self._named(COMMANDS[name])
        self.written = Path(next(part for part in reversed(arguments) if part.startswith(str(folder))))
        self.old = self.found()
        assert main(arguments) in (0, 1)  # here, so that whatever is loaded for it need not be loaded in every fork
        self.new = self.found()
        self._refresh()
        self._first, self._next = _held(arguments), _held(arguments + ["--force"] * ("-o" in arguments))

    def _named(self, arguments: list[str]) -> list[str]:
        return [str(self.folder / part) if part.endswith((".xlsx", ".docx")) else part for part in arguments]

    def _refresh(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._start, self.folder)

    def found(self) -> bytes | None:
        return self.written.read_bytes() if self.written.exists() else None

    def killed(self) -> Iterator[int]:
        """Run the command, killed ever later, until it comes to its end."""
        for number in range(1, 500, self._stride):
            self._refresh()
            if self._first.branch(kill=number) != -signal.SIGKILL:
                return
            yield number

    def run_again(self) -> int:
        """The next run of the same command."""
        return self._next.branch()

    def fill(self) -> None:
        """Another run, that writes."""
        assert main(self._named(COMMANDS["fill"])) == 0

    def close(self) -> None:
        self._first.abandon()
        self._next.abandon()


def _held(arguments: list[str]) -> Process:
    process = Process(command(*arguments), hold=1)
    assert process.until_held(), process.ended()
    return process


@pytest.fixture(params=COMMANDS)
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "desk" / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "desk" / "temporary"))
    monkeypatch.setattr(putting, "new_number", lambda: "1" * 32)  # so that every run writes the same file
    monkeypatch.setattr(putting, "new_step", lambda: "2" * 16)
    desk = Desk(tmp_path / "desk", sources, request.param)
    yield desk
    desk.close()


def test_a_command_killed_anywhere(desk: Desk) -> None:
    states = []
    for _ in desk.killed():
        states.append(desk.found())
        assert states[-1] in (desk.old, desk.new)
        for path in desk.folder.rglob("*.*x"):  # backups too
            if path.suffix in (".xlsx", ".docx") and not of_ours({path.name}):
                assert zipfile.ZipFile(path).testzip() is None, path.name
        code = desk.run_again()
        assert code in (0, 1) or (code == 2 and states[-1] == desk.new)
        assert desk.found() == desk.new
        if code == 2:  # there was nothing left to take back, so nothing was written
            desk.fill()
        assert of_ours(names(desk.folder)) == set() and not any((desk.folder / "temporary").iterdir())
    assert states[0] == desk.old and states[-1] == desk.new and len(states) > 8
