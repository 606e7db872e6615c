"""One action at a time on a workbook, and no lock that outlives its owner."""

import os
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from jixiao import owned
from jixiao.errors import Refusal
from jixiao.hosts.saving import drafts, locks

SINCE = 1_796_000_000  # 2026-11-30


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评表.xlsx"
    path.write_bytes(b"old")
    return path


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_PATIENCE", 0)


@pytest.fixture
def no_system_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that knows none."""
    monkeypatch.setattr(owned, "lock", lambda *_, **__: None)
    monkeypatch.setattr(locks, "lock", lambda _: None)


def lock_of(book: Path) -> Path:
    return Path(locks.lock_path(str(book)))


def leave(book: Path, process: int, computer: str | None = None, age: float = 0) -> Path:
    """A lock as a killed run leaves it."""
    lock = lock_of(book)
    lock.write_text(f"{process} {SINCE} {owned.computer() if computer is None else computer}\n")
    os.utime(lock, (time.time() - age, time.time() - age))
    return lock


def ended_process() -> int:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def is_free(book: Path) -> bool:
    with locks.locked(str(book)):
        assert lock_of(book).exists()
    return not lock_of(book).exists()


def refusal(book: Path) -> str:
    with pytest.raises(Refusal) as caught, locks.locked(str(book)):
        pass
    return str(caught.value)


def test_the_lock_names_its_owner(book: Path) -> None:
    start = time.strftime("%Y-%m-%d %H:%M")
    with locks.locked(str(book)):
        sentence = refusal(book)
    assert start <= time.strftime("%Y-%m-%d %H:%M")
    assert sentence == f"自评表.xlsx：正由另一个绩效程序（{start} 起，本机进程 {os.getpid()}）处理，请稍后再试。"
    assert is_free(book)


def test_the_lock_ends_with_the_action_however_that_ends(book: Path) -> None:
    with pytest.raises(KeyboardInterrupt), locks.locked(str(book)):
        raise KeyboardInterrupt
    assert [path.name for path in book.parent.iterdir()] == [book.name]


def test_a_link_has_the_lock_of_its_file(book: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "link.xlsx"
    link.symlink_to(book)
    with locks.locked(str(link)):
        assert "正由另一个绩效程序" in refusal(book)


def test_another_workbook_of_the_folder_is_free(book: Path) -> None:
    with locks.locked(str(book)):
        assert is_free(book.with_name("另一张.xlsx"))
        assert lock_of(book).exists()


def test_what_a_killed_run_has_left_is_not_in_the_way(book: Path) -> None:
    leave(book, os.getpid())  # not even if its number is somebody's again
    assert is_free(book)


def test_a_lock_that_says_nothing_yet(book: Path) -> None:
    lock_of(book).write_bytes(b"")
    assert is_free(book)


def test_locks_left_on_other_workbooks_are_cleared_too(book: Path) -> None:
    left = leave(book.with_name("另一张.xlsx"), ended_process())
    assert is_free(book)
    assert not left.exists()


def test_a_lock_of_another_computer_counts_for_ten_minutes(book: Path) -> None:
    """On some shared folders the system's locks end at the computer."""
    leave(book, 1, "财务科-02", age=500)
    sentence = refusal(book)
    assert "正由计算机“财务科-02”上的绩效程序（" in sentence and "十分钟后自动解除" in sentence
    leave(book, 1, "财务科-02", age=700)
    assert is_free(book)


def test_a_clock_of_the_future_locks_nothing_for_ever(book: Path) -> None:
    leave(book, 1, "财务科-02", age=-7000)
    assert is_free(book)


@pytest.mark.usefixtures("no_system_locks")
class TestWithoutSystemLocks:
    def test_the_file_is_the_lock(self, book: Path) -> None:
        with locks.locked(str(book)):
            assert f"本机进程 {os.getpid()}" in refusal(book)
        assert is_free(book)

    def test_a_dead_owner_is_not_in_the_way(self, book: Path) -> None:
        leave(book, ended_process())
        assert is_free(book)

    def test_a_number_that_is_somebodys_again_is_for_ten_minutes_only(self, book: Path) -> None:
        leave(book, os.getppid(), age=500)
        assert "本机进程" in refusal(book)
        leave(book, os.getppid(), age=700)
        assert is_free(book)

    def test_one_that_is_just_being_written(self, book: Path) -> None:
        lock_of(book).write_bytes(b"")
        assert f"请删除同一文件夹中的锁定文件“{lock_of(book).name}”" in refusal(book)


def test_where_nothing_can_be_written_there_is_no_lock(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(locks, "_made", refused)
    with locks.locked(str(book)), locks.locked(str(book)):
        pass


def test_a_full_disk_is_said(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    assert "磁盘空间不足" in refusal(book)
    assert not lock_of(book).exists()


def test_names_as_long_as_names_can_be(tmp_path: Path) -> None:
    assert is_free(tmp_path / ("绩效" * 41 + ".xlsx"))


class Windows(SimpleNamespace):
    """What Windows does differently: bytes are locked, and what is open cannot be removed."""

    LK_NBLCK = 2

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        assert os.lseek(handle, 0, os.SEEK_CUR) == 2**30  # what is written in the file stays readable
        file = os.fstat(handle).st_ino
        if self.held.get(file, handle) != handle:
            raise PermissionError(13, "Permission denied")
        self.held[file] = handle

    def close(self, handle: int) -> None:
        self.held = {file: owner for file, owner in self.held.items() if owner != handle}
        self.closing(handle)

    def unlink(self, path: str) -> None:
        if Path(path).stat().st_ino in self.held:
            raise PermissionError(13, "The process cannot access the file")
        self.unlinking(path)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> None:
    system = Windows(held={}, closing=os.close, unlinking=os.unlink)
    monkeypatch.setitem(sys.modules, "msvcrt", system)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "close", system.close)
    monkeypatch.setattr(os, "unlink", system.unlink)
    monkeypatch.setenv("COMPUTERNAME", "财务科-01")


@pytest.mark.usefixtures("windows")
class TestWindows:
    def test_a_lock_and_its_end(self, book: Path) -> None:
        with locks.locked(str(book)):
            assert f"本机进程 {os.getpid()}" in refusal(book)
        assert is_free(book)

    def test_what_a_killed_run_has_left(self, book: Path) -> None:
        leave(book, 4321)
        other = leave(book.with_name("另一张.xlsx"), 4321)
        assert is_free(book) and not other.exists()

    def test_a_draft_is_closed_before_it_is_moved(self, book: Path) -> None:
        with drafts.drafted(str(book.parent), b"new", book.stat()) as draft:
            Path(draft).unlink()  # would be refused

    def test_a_new_file_takes_no_name_that_there_is(self, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def rename(_: str, target: str) -> None:
            if Path(target).exists():
                raise FileExistsError(17, "exists")

        monkeypatch.setattr(os, "rename", rename)
        with drafts.drafted(str(book.parent), b"new", None) as draft, pytest.raises(FileExistsError):
            drafts.place_new(draft, str(book))
