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
from processes import Process, command, names, of_ours

DATONG = Path(__file__).parent.parent / "seeds" / "datong-2021-project.docx"
COMMANDS = {
    "new": ["new", "--year", "2025", "-o", "新表.xlsx"],
    "import": ["import", "表.docx", "-o", "新表.xlsx"],
    "fill": ["fill", "表.xlsx", "--replace-typed"],
    "mark": ["check", "--mark", "表.xlsx"],
    "unmark": ["check", "--unmark", "标记.xlsx"],
    "report": ["report", "表.xlsx", "-o", "报告.docx"],
    "export": ["export", "表.xlsx", "-o", "上报.xlsx"],
    "export to Word": ["export", "表.xlsx", "-o", "上报.docx"],
}
"""Every command that writes. The last argument that names a file is what it writes; it may be there already."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sources")
    shutil.copyfile(DATONG, folder / "表.docx")
    assert main(["import", str(DATONG), "-o", str(folder / "表.xlsx")]) == 0
    shutil.copyfile(folder / "表.xlsx", folder / "标记.xlsx")
    assert main(["check", "--mark", str(folder / "标记.xlsx")]) == 1
    shutil.rmtree(folder / "备份")
    return folder


class Desk:
    """A folder with documents in which one command runs again and again, each time from the start."""

    def __init__(self, folder: Path, sources: Path, arguments: list[str]) -> None:
        self.folder, self._sources = folder, sources
        named = [str(folder / part) if part.endswith((".xlsx", ".docx")) else part for part in arguments]
        self.written = Path(next(part for part in reversed(named) if part.startswith(str(folder))))
        self.old = self._refreshed()
        assert main(named) in (0, 1)  # here, so that whatever is loaded for it need not be loaded in every fork
        self.new = self.written.read_bytes()
        self._refreshed()
        self._first, self._next = _held(named), _held(named + ["--force"] * ("-o" in named))

    def _refreshed(self) -> bytes | None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self._sources, self.folder)
        (self.folder / "temporary").mkdir()
        return self.found()

    def found(self) -> bytes | None:
        return self.written.read_bytes() if self.written.exists() else None

    def killed(self) -> Iterator[int]:
        """Run the command, killed ever later, until it comes to its end."""
        for number in range(1, 500):
            self._refreshed()
            if self._first.branch(kill=number) != -signal.SIGKILL:
                return
            yield number

    def run_again(self) -> int:
        """The next run of the same command."""
        return self._next.branch()

    def close(self) -> None:
        self._first.abandon()
        self._next.abandon()


def _held(arguments: list[str]) -> Process:
    process = Process(command(*arguments), hold=1)
    assert process.until_held(), process.ended()
    return process


@pytest.fixture
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "desk" / "temporary"))
    desk = Desk(tmp_path / "desk", sources, request.param)
    yield desk
    desk.close()


@pytest.mark.parametrize("desk", COMMANDS.values(), ids=COMMANDS, indirect=True)
def test_a_command_killed_anywhere(desk: Desk) -> None:
    states = []
    for _ in desk.killed():
        states.append(desk.found())
        assert states[-1] in (desk.old, desk.new)
        for path in desk.folder.rglob("*.*x"):  # backups too
            if not of_ours({path.name}):
                assert zipfile.ZipFile(path).testzip() is None, path.name
        assert desk.run_again() in (0, 1)
        assert desk.found() == desk.new
        assert of_ours(names(desk.folder)) == set()
    assert states[0] == desk.old and states[-1] == desk.new and len(states) > 8
