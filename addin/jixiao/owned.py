"""What a running process owns on disk, told from what a killed one has left behind.

An owner holds the operating system's lock on its file while it works; a lock ends with its process, however that ends.
What nobody holds any more is cleared where such files are made anyway.
"""

import os
import stat
import sys
import time
from contextlib import suppress

SILENT = 600.0
"""Seconds. Where no lock can tell, what was not touched for so long belongs to nobody."""

_OWNER = ".jixiao"
_FOLDERS = "jixiao-run-"
_FAR = 2**30  # Windows lets nobody read what is locked: so a byte far behind the end is
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)


def lock(handle: int, wait: bool = False) -> bool | None:
    """Lock an open file until it is closed. False if another has it, None where the file system knows no locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _FAR, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except (BlockingIOError, PermissionError):  # shared folders of Windows answer with the latter
        return False
    except OSError:
        return None
    return True


def create(path: str, mode: int = 0o600) -> int:
    """Make a file that nobody clears as long as its handle is open. Raises FileExistsError, OSError."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINK | _BINARY, mode)
        lock(handle, wait=True)  # for somebody who clears, and was quicker
        if names(path, handle):
            return handle
        os.close(handle)


def opened(path: str) -> int:
    """The handle of a file that is there already, not of one a link leads to. Raises OSError."""
    try:
        return os.open(path, os.O_RDWR | _NO_LINK | _BINARY)
    except PermissionError:  # of somebody else; most file systems can lock it all the same
        return os.open(path, os.O_RDONLY | _NO_LINK | _BINARY)


def names(path: str, handle: int) -> bool:
    """Whether the path still names this open file. Where open files cannot be removed it always does."""
    if sys.platform == "win32":
        return True
    try:
        return os.path.samestat(os.lstat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def discard(path: str, handle: int) -> None:
    """Remove a file of ours and close it; held until it is gone, so that nobody else can take it for his."""
    if sys.platform == "win32":  # an open file cannot be removed; nor can one that somebody else has opened by then
        os.close(handle)
        os.unlink(path)
        return
    try:
        if names(path, handle):
            os.unlink(path)
    finally:
        os.close(handle)


def clear(path: str) -> None:
    """Remove a file of this user that no living process owns; nothing happens if that cannot be told or done."""
    with suppress(OSError):
        handle = opened(path)
        if _is_mine(os.fstat(handle)) and _is_abandoned(handle):
            discard(path, handle)
        else:
            os.close(handle)


def _is_abandoned(handle: int) -> bool:
    held = None if sys.platform == "win32" else lock(handle)  # there a draft cannot be moved while it is open
    return is_silent(handle) if held is None else held


def is_silent(handle: int) -> bool:
    """Whether a file was not touched for long; one of the future comes from a clock that went wrong."""
    return abs(time.time() - os.fstat(handle).st_mtime) > SILENT


def computer() -> str:
    """The name of this computer."""
    return os.environ.get("COMPUTERNAME", "") if sys.platform == "win32" else os.uname().nodename


def _is_mine(found: os.stat_result) -> bool:
    return sys.platform == "win32" or found.st_uid == os.getuid()


class TemporaryFolder:
    """A folder for copies of documents that only this user may see; if this run is killed the next one clears it."""

    def __init__(self) -> None:
        import tempfile

        _clear_folders(tempfile.gettempdir())
        while True:
            self.path = tempfile.mkdtemp(prefix=_FOLDERS)
            with suppress(FileNotFoundError):  # taken for one that was left empty
                self._handle = create(os.path.join(self.path, _OWNER))
                return

    def __enter__(self) -> str:
        return self.path

    def __exit__(self, *_: object) -> None:
        self.remove()

    def remove(self) -> None:
        """Remove the folder and what is in it, as far as the system lets us; the next run tries again."""
        with suppress(OSError):
            _remove(self.path, self._handle)


def _clear_folders(parent: str) -> None:
    for name in os.listdir(parent):
        if name.startswith(_FOLDERS):
            with suppress(OSError):
                _clear_folder(os.path.join(parent, name))


def _clear_folder(path: str) -> None:
    found = os.lstat(path)
    if not stat.S_ISDIR(found.st_mode) or not _is_mine(found):
        return
    try:
        handle = opened(os.path.join(path, _OWNER))
    except FileNotFoundError:  # its owner ended before it could say so, and put nothing in
        os.rmdir(path)
        return
    if lock(handle):
        _remove(path, handle)
    else:  # somebody's, or nobody can tell: an office may work for hours
        os.close(handle)


def _remove(path: str, handle: int) -> None:
    """The file that names the owner goes last: what is left of a folder stays known as somebody's."""
    import shutil

    try:
        for entry in list(os.scandir(path)):
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            elif entry.name != _OWNER:
                os.unlink(entry.path)
    except OSError:
        os.close(handle)
        raise
    discard(os.path.join(path, _OWNER), handle)
    os.rmdir(path)
