"""One action at a time on a workbook: a lock beside the file, from before it is read until it is saved.

The operating system ends a lock with its process. Where a file system knows no locks, that the file is there counts, as
long as its owner lives; of an owner on another computer nobody knows, so the lock counts for ten minutes.
"""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NamedTuple

from jixiao.errors import Refusal
from jixiao.hosts.saving.drafts import clear_drafts
from jixiao.hosts.saving.system import LONGEST_NAME, cut, refusal
from jixiao.owned import computer, discard, is_silent, lock, names, opened
from jixiao.wording import files

_PREFIX = ".jxlock-"
_PATIENCE = 0.3  # seconds; who only clears what is left holds a lock for less than one of them has thousandths
_PAUSE = 0.01
_CANNOT_WRITE = (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.EPERM, errno.EROFS)


class _Owner(NamedTuple):
    process: int
    since: int
    computer: str


_SOMEBODY = _Owner(0, 0, "")


@contextmanager
def locked(path: str) -> Iterator[None]:
    """Keep other programs of ours from changing this file. Raises Refusal, naming who does already.

    In a folder where nothing can be written there is no lock: saving is refused there as well.
    """
    target = os.path.realpath(path)
    own = lock_path(target)
    _clear(os.path.dirname(target), own)
    handle = _acquired(own, os.path.basename(target))
    try:
        yield
    finally:
        if handle is not None:
            with suppress(OSError):
                discard(own, handle)


def lock_path(target: str) -> str:
    """Where the lock of a file is."""
    folder, name = os.path.split(target)
    return os.path.join(folder, _PREFIX + cut(name, LONGEST_NAME - len(_PREFIX)))


def _clear(folder: str, own: str) -> None:
    """What killed runs have left in this folder."""
    with suppress(OSError):
        clear_drafts(folder)
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if name.startswith(_PREFIX) and path != own:
                _owner_left(path)


def _acquired(path: str, name: str) -> int | None:
    """The handle of the lock; None in a folder where nothing can be written."""
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return _made(path)
        except FileExistsError:
            owner = _owner_left(path)
        except OSError as error:
            if error.errno in _CANNOT_WRITE:
                return None
            raise refusal(error, name) from error
        if owner and time.monotonic() > end:
            raise Refusal(_sentence(name, owner, os.path.basename(path)))
        time.sleep(_PAUSE)


def _made(path: str) -> int:
    """The handle of a new lock. Raises FileExistsError if there is one."""
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
    except PermissionError:
        if sys.platform == "win32" and os.path.lexists(path):  # it is just being removed
            raise FileExistsError from None
        raise
    if lock(handle) is False or not names(path, handle):  # somebody who clears was quicker
        os.close(handle)
        raise FileExistsError
    try:
        os.write(handle, f"{os.getpid()} {int(time.time())} {computer()}\n".encode())
    except OSError:
        discard(path, handle)
        raise
    return handle


def _owner_left(path: str) -> _Owner | None:
    """Who holds a lock; None if it is gone by now, for one that nobody holds is removed."""
    try:
        handle = opened(path)
    except FileNotFoundError:
        return None
    except OSError:
        return _SOMEBODY
    held = lock(handle)
    owner = _read(handle)
    if held is False or _counts(owner, handle, held):
        os.close(handle)
        return owner or _SOMEBODY
    try:
        discard(path, handle)
    except OSError:
        return _SOMEBODY
    return None


def _read(handle: int) -> _Owner | None:
    """What a lock says; None if that is nothing yet."""
    try:
        process, since, name = os.read(handle, 1000).decode().split(None, 2)
        return _Owner(int(process), int(since), name.strip())
    except (OSError, ValueError):
        return None


def _counts(owner: _Owner | None, handle: int, held: bool | None) -> bool:
    """Whether a lock that the system does not refuse to us is somebody's all the same."""
    here = owner is None or owner.computer == computer()
    if here and held:
        return False
    if owner and here and not _lives(owner.process):
        return False
    return not is_silent(handle)


def _lives(process: int) -> bool:
    if sys.platform == "win32":  # to ask by a signal would end it
        return True
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _sentence(name: str, owner: _Owner, lock_name: str) -> str:
    if owner is _SOMEBODY:
        return files.BUSY.format(name=name, lock=lock_name)
    since = time.strftime("%Y-%m-%d %H:%M", time.localtime(owner.since))
    if owner.computer == computer():
        return files.BUSY_HERE.format(name=name, since=since, process=owner.process)
    return files.BUSY_ELSEWHERE.format(name=name, since=since, computer=owner.computer)
