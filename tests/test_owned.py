"""What killed runs leave is cleared; what somebody owns, and what is not ours, is not."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from jixiao import logbook, owned
from jixiao.hosts.saving import drafts
from jixiao.owned import TemporaryFolder

KILLED = """
import os, signal, sys
from jixiao.owned import TemporaryFolder
folder = TemporaryFolder()
os.mkdir(os.path.join(folder.path, "user"))
open(os.path.join(folder.path, "user", "copy"), "w").write("x")
print(folder.path, flush=True)
if sys.argv[1] == "kill":
    os.kill(os.getpid(), signal.SIGKILL)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_a_temporary_folder_is_its_owners_alone_and_goes_with_him(temporary: Path) -> None:
    with TemporaryFolder() as path:
        assert Path(path).stat().st_mode & 0o777 == 0o700
        Path(path, "copy").write_text("x")
    assert list(temporary.iterdir()) == []


def test_the_next_run_clears_what_a_killed_one_has_left(temporary: Path) -> None:
    killed = subprocess.run([sys.executable, "-c", KILLED, "kill"], capture_output=True, text=True)
    left = Path(killed.stdout.strip())
    assert (left / "user" / "copy").exists()
    with TemporaryFolder() as path:
        assert not left.exists()
        assert [folder.name for folder in temporary.iterdir()] == [Path(path).name]


def test_the_folder_of_a_living_process_stays() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, "live"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as living:
        assert living.stdout
        path = Path(living.stdout.readline().strip())
        with TemporaryFolder():
            assert (path / "user" / "copy").exists()
        living.communicate()
    with TemporaryFolder():
        assert not path.exists()


def test_a_folder_of_which_nobody_can_tell_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owned, "lock", lambda *_, **__: None)
    with TemporaryFolder() as path, TemporaryFolder():
        os.utime(Path(path, ".jixiao"), (0, 0))
        with TemporaryFolder():
            assert Path(path).exists()


def test_what_is_not_ours_stays(temporary: Path, tmp_path: Path) -> None:
    for name in ("jixiao-2025", "jixiao-run-mine"):
        (temporary / name).mkdir()
        (temporary / name / "自评表.xlsx").write_text("x")
    (tmp_path / "elsewhere").mkdir()
    (temporary / "jixiao-run-link").symlink_to(tmp_path / "elsewhere")
    (temporary / "jixiao-run-empty").mkdir()
    with TemporaryFolder():
        pass
    assert {path.name for path in temporary.iterdir()} == {"jixiao-2025", "jixiao-run-mine", "jixiao-run-link"}
    assert (tmp_path / "elsewhere").exists()


def test_what_cannot_be_removed_stays_known(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = TemporaryFolder()
    busy = Path(folder.path, "busy")
    busy.write_text("x")
    unlink = os.unlink

    def refusing(path: str, **options: int) -> None:
        if Path(path).name == "busy":
            raise PermissionError
        unlink(path, **options)

    with monkeypatch.context() as context:
        context.setattr(os, "unlink", refusing)
        folder.remove()
    assert busy.exists()
    with TemporaryFolder():
        assert not busy.exists()


# drafts


def left(folder: Path, age: float = 0) -> Path:
    """A draft nobody holds."""
    with drafts.drafted(str(folder), b"x", None) as draft:
        path = Path(draft)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - age, time.time() - age))
    return path


def test_drafts_nobody_holds_are_cleared(tmp_path: Path) -> None:
    mine = tmp_path / ".jxnotes"
    mine.write_text("x")
    killed = left(tmp_path)
    with drafts.drafted(str(tmp_path), b"x", None) as living:
        drafts.clear_drafts(str(tmp_path))
        assert Path(living).exists() and mine.exists() and not killed.exists()


def test_drafts_of_other_users_and_computers_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = tmp_path / ".jx00000000-1fd9-18ece43458e203a5"
    theirs.write_text("x")
    killed = left(tmp_path)
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    drafts.clear_drafts(str(tmp_path))
    assert theirs.exists() and killed.exists()


@pytest.mark.parametrize("system", ["a file system without locks", "Windows"])
def test_where_no_lock_can_tell_ten_minutes_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str) -> None:
    fresh, old = left(tmp_path), left(tmp_path, age=700)
    if system == "Windows":
        monkeypatch.setattr(sys, "platform", "win32")
    else:
        monkeypatch.setattr(owned, "lock", lambda *_, **__: None)
    drafts.clear_drafts(str(tmp_path))
    assert fresh.exists() and not old.exists()


def test_a_draft_that_was_cleared_before_it_was_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = owned.lock

    def late(handle: int, wait: bool = False) -> bool | None:
        monkeypatch.setattr(owned, "lock", lock)
        (tmp_path / "draft").unlink()
        return lock(handle, wait)

    monkeypatch.setattr(owned, "lock", late)
    handle = owned.create(str(tmp_path / "draft"))
    assert owned.names(str(tmp_path / "draft"), handle)
    os.close(handle)


# the state folder


def test_the_state_folder_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "state" / "jixiao").mkdir(parents=True)  # as an earlier version made it
    assert logbook.state_folder() == str(tmp_path / "state" / "jixiao")
    assert Path(logbook.state_folder()).stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_written(tmp_path: Path, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    for name in ("jixiao-state-link", "jixiao-state-open"):  # laid out by somebody else
        (tmp_path / name).mkdir(mode=0o700)
    (temporary / "jixiao-state-link").symlink_to(tmp_path / "jixiao-state-link")
    (temporary / "jixiao-state-open").mkdir(mode=0o777)
    (temporary / "jixiao-state-open").chmod(0o777)
    folder = Path(logbook.state_folder())
    assert folder.parent == temporary and not folder.name.endswith(("link", "open"))
    assert folder.stat().st_mode & 0o777 == 0o700
    assert logbook.state_folder() == str(folder)  # the log is found again
