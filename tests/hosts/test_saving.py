"""Files are replaced whole or not at all."""

import errno
import os
import socket
from pathlib import Path

import pytest

from jixiao.errors import Refusal
from jixiao.hosts import saving
from jixiao.hosts.saving import backups


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "自评 表.xlsx"
    path.write_bytes(b"old")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refused(path: Path) -> str:
    """The sentence; the original and its folder are as they were."""
    before = contents(path.parent)
    sentences = set()
    for save in (lambda: saving.replace_file(path, b"new"), lambda: saving.replace_read(path, b"new", b"old")):
        with pytest.raises(Refusal) as caught:
            save()
        assert contents(path.parent) == before
        sentences.add(str(caught.value))
    [sentence] = sentences
    assert sentence.startswith(f"{path.name}：")
    return sentence


def test_content_is_replaced_and_nothing_else_is_left(book: Path) -> None:
    saving.replace_file(book, b"new")
    assert contents(book.parent) == {book.name: b"new"}


def test_a_new_file_gets_the_usual_permissions(tmp_path: Path) -> None:
    saving.replace_file(tmp_path / "a.xlsx", b"new")
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    assert (tmp_path / "a.xlsx").stat().st_mode == plain.stat().st_mode


def test_permissions_and_links_stay(book: Path) -> None:
    book.chmod(0o640)
    link = book.parent / "link.xlsx"
    link.symlink_to(book)
    saving.replace_file(link, b"new")
    assert link.is_symlink() and book.read_bytes() == b"new"
    assert book.stat().st_mode & 0o777 == 0o640


def test_names_as_long_as_names_can_be(tmp_path: Path) -> None:
    path = tmp_path / ("绩效 " * 35 + "a" * (255 - 35 * 7 - 5) + ".xlsx")
    assert len(os.fsencode(path.name)) > 250
    path.write_bytes(b"old")
    kept = Path(saving.replace_read(path, b"new", b"old"))
    assert path.read_bytes() == b"new"
    assert kept.parent.parent == tmp_path and kept.read_bytes() == b"old"


def test_two_hundred_characters(tmp_path: Path) -> None:
    path = tmp_path / ("年度 " + "a" * 191 + ".xlsx")
    assert len(path.name) == 199
    saving.replace_file(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.parametrize("lock", ["~${}", ".~lock.{}#"])
def test_open_elsewhere(book: Path, lock: str) -> None:
    (book.parent / lock.format(book.name)).write_bytes(b"")
    assert "正在别的程序中打开" in refused(book)


def test_open_in_word_which_covers_the_first_letters(tmp_path: Path) -> None:
    path = tmp_path / "performance.docx"
    (tmp_path / "~$rformance.docx").write_bytes(b"")
    path.write_bytes(b"old")
    assert "正在别的程序中打开" in refused(path)


def test_disk_full_while_writing(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert "磁盘空间不足" in refused(book)


@pytest.mark.parametrize(
    ("code", "words"), [(errno.EACCES, "占用"), (errno.EROFS, "不允许写入"), (errno.EIO, "未能保存")]
)
def test_the_last_step_fails(book: Path, monkeypatch: pytest.MonkeyPatch, code: int, words: str) -> None:
    def failing(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "replace", failing)
    assert words in refused(book)


@pytest.mark.parametrize(("what", "words"), [("file", "只读"), ("folder", "文件夹不允许写入")])
def test_read_only(book: Path, monkeypatch: pytest.MonkeyPatch, what: str, words: str) -> None:
    # the tests may run as root, whom permissions do not bind
    locked = str(book if what == "file" else book.parent)
    monkeypatch.setattr(os, "access", lambda path, _: str(path) != locked)
    assert words in refused(book)


def test_no_folder_and_a_folder_itself(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="文件夹不存在"):
        saving.replace_file(tmp_path / "none" / "a.xlsx", b"")
    with pytest.raises(Refusal, match="这是文件夹"):
        saving.replace_file(tmp_path, b"")


def test_a_crash_leaves_no_draft(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    with pytest.raises(KeyboardInterrupt):
        saving.replace_file(book, b"new")
    assert [file.name for file in book.parent.iterdir()] == [book.name] and book.read_bytes() == b"old"


CHANGED = "读取之后被别的程序改动或移走了"


def test_what_changed_since_it_was_read_is_not_replaced(book: Path) -> None:
    before = book.stat()
    book.write_bytes(b"odl")  # of the same size, and said to be of the same time
    os.utime(book, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(Refusal, match=CHANGED):
        saving.replace_read(book, b"new", b"old")
    assert contents(book.parent) == {book.name: b"odl"}


def test_what_was_taken_away_is_not_put_back(book: Path) -> None:
    book.unlink()
    with pytest.raises(Refusal, match=CHANGED):
        saving.replace_read(book, b"new", b"old")
    assert contents(book.parent) == {}


@pytest.mark.parametrize("how", ["in place", "by another file"])
def test_the_last_look(book: Path, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
    keep = backups.keep

    def interrupted(target: str, content: bytes, original: os.stat_result) -> str:
        if how == "by another file":
            book.rename(book.with_suffix(".old"))
        book.write_bytes(b"odl")
        return keep(target, content, original)

    monkeypatch.setattr(backups, "keep", interrupted)
    with pytest.raises(Refusal, match=CHANGED):
        saving.replace_read(book, b"new", b"old")
    assert book.read_bytes() == b"odl"


def test_a_new_file_takes_no_name_that_came_meanwhile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: (tmp_path / "a.xlsx").write_bytes(b"theirs"))
    with pytest.raises(Refusal, match="已存在"):
        saving.replace_file(tmp_path / "a.xlsx", b"new", new=True)
    assert contents(tmp_path) == {"a.xlsx": b"theirs"}


def test_nothing_is_overwritten_without_force(book: Path) -> None:
    with pytest.raises(Refusal, match="已存在"):
        saving.ensure_new(book, force=False)
    saving.ensure_new(book, force=True)
    saving.ensure_new(book.parent / "new.xlsx", force=False)


@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_file_is_neither_waited_for_nor_replaced(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.xlsx"
    with socket.socket(socket.AF_UNIX) as end:
        if kind == "pipe":
            os.mkfifo(path)
        elif kind == "socket":
            end.bind(str(path))
        else:
            path.symlink_to("/dev/null")
        for use in (saving.read_bytes, lambda path: saving.replace_file(path, b"new")):
            with pytest.raises(Refusal, match="不是普通文件"):
                use(path)


def test_files_that_cannot_be_read(tmp_path: Path, book: Path) -> None:
    with pytest.raises(Refusal, match="找不到"):
        saving.read_bytes(tmp_path / "none.xlsx", 10)
    with pytest.raises(Refusal, match="这是文件夹"):
        saving.read_bytes(tmp_path, 10)
    with pytest.raises(Refusal, match="过大"):
        saving.read_bytes(book, 2)
    assert saving.read_bytes(book, 3) == b"old"
