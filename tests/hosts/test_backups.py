"""The last ten states of a workbook, under names that tell which and when."""

import os
import re
import time
from pathlib import Path

import pytest

from jixiao.hosts import saving
from jixiao.hosts.saving import backups, drafts
from jixiao.hosts.saving.backups import MOST

NOON = time.mktime((2026, 11, 30, 12, 0, 0, 0, 0, -1))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "表").mkdir()
    path = tmp_path / "表" / "自评表.xlsx"
    path.write_bytes(b"0")
    return path


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time of day, which a test may set."""
    now = [NOON]
    real = time.strftime
    monkeypatch.setattr(time, "strftime", lambda code: real(code, time.localtime(now[0])))
    return now


def save(book: Path, count: int = 1) -> list[Path]:
    """Save new states; returns the backups."""
    kept = []
    for _ in range(count):
        old = book.read_bytes()
        kept.append(Path(saving.replace_read(book, str(int(old) + 1).encode(), old)))
    return kept


def listed(book: Path) -> list[bytes]:
    """The backups in the order of their names."""
    return [path.read_bytes() for path in sorted((book.parent / "备份").iterdir())]


def test_a_name_tells_which_file_and_when(book: Path) -> None:
    [backup] = save(book)
    assert backup.parent == book.parent / "备份" and backup.read_bytes() == b"0"
    assert re.fullmatch(r"自评表-\d{8}-\d{6}-01\.xlsx", backup.name)
    said = time.mktime(time.strptime(backup.name[4:19], "%Y%m%d-%H%M%S"))
    assert abs(said - time.time()) < 60


def test_the_last_ten_are_kept(book: Path, clock: list[float]) -> None:
    for _ in range(13):
        save(book)
        clock[0] += 1
    assert book.read_bytes() == b"13"
    assert listed(book) == [str(state).encode() for state in range(3, 13)]
    assert [Path(path).read_bytes() for path in backups.backups(str(book))] == listed(book)


def test_names_are_in_the_order_of_age_within_a_second(book: Path, clock: list[float]) -> None:
    save(book, 25)
    assert listed(book) == [str(state).encode() for state in range(15, 25)]


def test_and_with_a_clock_that_is_put_back(book: Path, clock: list[float]) -> None:
    save(book, 2)
    clock[0] -= 3600
    save(book)
    clock[0] += 7200
    save(book)
    assert listed(book) == [b"0", b"1", b"2", b"3"]


def test_more_than_a_hundred_of_one_second(book: Path, clock: list[float]) -> None:
    (book.parent / "备份").mkdir()
    (book.parent / "备份" / "自评表-20261130-120000-99.xlsx").write_bytes(b"before")
    kept = save(book, 2)
    assert [path.stem[-4:] for path in kept] == ["-100", "-101"]
    assert [Path(path).read_bytes() for path in backups.backups(str(book))] == [b"before", b"0", b"1"]


def test_ten_of_each_file_and_nothing_of_anybody_else(book: Path) -> None:
    folder = book.parent / "备份"
    folder.mkdir()
    foreign = ["自评表.xlsx", "自评表-定稿.xlsx", "自评表-20261130-174500-01.docx", "自评表-20261130-174500-01-改.xlsx"]
    for name in foreign:
        (folder / name).write_bytes(b"mine")
    other = book.with_name("自评表-20261130-174500-01.xlsx")  # named like a backup
    other.write_bytes(b"0")
    save(book, MOST + 2)
    save(other, MOST + 2)
    assert len(backups.backups(str(book))) == len(backups.backups(str(other))) == MOST
    assert all((folder / name).read_bytes() == b"mine" for name in foreign)
    assert len(list(folder.iterdir())) == 2 * MOST + len(foreign)


def test_backups_of_earlier_versions_stay(book: Path) -> None:
    old = book.with_name("自评表.xlsx.bak")
    old.write_bytes(b"older")
    save(book, 3)
    assert old.read_bytes() == b"older"


def test_long_names_are_cut_and_stay_two_files(tmp_path: Path) -> None:
    books = [tmp_path / ("绩效" * 40 + ending + ".xlsx") for ending in "甲乙"]
    for book in books:
        book.write_bytes(b"0")
        assert len(os.fsencode(book.name)) == 248
        save(book, 2)
    for book in books:
        found = [Path(path) for path in backups.backups(str(book))]
        assert [path.read_bytes() for path in found] == [b"0", b"1"]
        assert all(len(os.fsencode(path.name)) <= 255 and path.suffix == ".xlsx" for path in found)


@pytest.mark.parametrize("obstacle", ["a file", "a folder of somebody else", "a folder that is read only"])
def test_where_the_folder_is_refused(book: Path, monkeypatch: pytest.MonkeyPatch, obstacle: str) -> None:
    beside = book.parent / "备份"
    if obstacle == "a file":
        beside.write_text("mine")
    else:
        beside.mkdir()
        code = 13 if obstacle == "a folder of somebody else" else 30
        create = drafts.create

        def refusing(path: str, mode: int) -> int:
            if Path(path).parent == beside:
                raise OSError(code, os.strerror(code))
            return create(path, mode)

        monkeypatch.setattr(drafts, "create", refusing)
    kept = save(book, 2)
    assert book.read_bytes() == b"2"
    assert [str(path) for path in kept] == backups.backups(str(book))
    assert [path.read_bytes() for path in kept] == [b"0", b"1"]
    state = book.parent.parent / "state" / "jixiao"
    assert all(state in path.parents for path in kept)
    assert state.stat().st_mode & 0o777 == kept[0].parent.stat().st_mode & 0o777 == 0o700


def test_a_backup_is_as_private_as_its_file(book: Path) -> None:
    book.chmod(0o600)
    book.parent.chmod(0o770)
    [backup] = save(book)
    assert backup.stat().st_mode & 0o777 == book.stat().st_mode & 0o777 == 0o600
    assert backup.parent.stat().st_mode & 0o777 == 0o770  # whoever may save here may keep backups here


def test_private_from_the_first_byte(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.chmod(0o600)
    modes = []
    write = os.write

    def watched(handle: int, data: bytes) -> int:
        modes.append(os.fstat(handle).st_mode & 0o777)
        return write(handle, data)

    monkeypatch.setattr(os, "write", watched)
    old_mask = os.umask(0)
    try:
        save(book)
    finally:
        os.umask(old_mask)
    assert modes == [0o600, 0o600]  # the draft and the backup


def test_what_the_group_might_do_is_not_for_another_group(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book.chmod(0o664)

    def refused(*_: int) -> None:
        raise PermissionError

    status = os.fstat

    def foreign(handle: int) -> os.stat_result:
        found = list(status(handle))
        found[5] += 1
        return os.stat_result(found)

    monkeypatch.setattr(os, "fchown", refused)
    monkeypatch.setattr(os, "fstat", foreign)
    with drafts.drafted(str(book.parent), b"", book.stat()) as draft:
        assert Path(draft).stat().st_mode & 0o777 == 0o604


def test_a_file_system_where_a_file_has_one_name(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: str) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    save(book, 2)
    assert listed(book) == [b"0", b"1"]
