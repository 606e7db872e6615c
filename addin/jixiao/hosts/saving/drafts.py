"""Drafts: the new content of a file is complete on disk, beside its place, before it takes it."""

import os
import re
import stat
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import time_ns

from jixiao.owned import clear, computer, create

_MARK = f".jx{zlib.crc32(computer().encode(errors='replace')):08x}"
_OURS = re.compile(rf"{_MARK}-[0-9a-f]+-[0-9a-f]+")


@contextmanager
def drafted(folder: str, data: bytes, original: os.stat_result | None) -> Iterator[str]:
    """A file in ``folder`` with this content; what is still there of it afterwards is removed.

    It belongs to whom the ``original`` belongs, and is never open to more people; without one the system decides.
    """
    # short: the name of the target may already be as long as names can be
    path = os.path.join(folder, f"{_MARK}-{os.getpid():x}-{time_ns():x}")
    handle = create(path, 0o666 if original is None else 0o600)
    is_open = True
    try:
        _fill(handle, data)
        if original is not None:
            _liken(path, handle, original)
        if sys.platform == "win32":  # what is open cannot be moved there
            os.close(handle)
            is_open = False
        yield path
    finally:
        with suppress(OSError):
            os.unlink(path)
        if is_open:
            os.close(handle)


def place_new(draft: str, target: str) -> None:
    """Give a draft its name. Raises FileExistsError if there is a file of this name, however late it came."""
    if sys.platform == "win32":
        os.rename(draft, target)  # refuses by itself
        return
    try:
        os.link(draft, target)
    except FileExistsError:
        raise
    except OSError:  # a file system where a file has one name only: take the name, then put the draft there
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        os.replace(draft, target)


def clear_drafts(folder: str) -> None:
    """Remove the drafts that killed runs of this user have left on this computer."""
    for name in os.listdir(folder or "."):
        if _OURS.fullmatch(name):
            clear(os.path.join(folder, name))


def sync_folder(folder: str) -> None:
    """Make new names last through a power cut, where the system has a way to."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with suppress(OSError):  # some network folders cannot; the file itself is safe
        handle = os.open(folder or ".", os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _fill(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    os.fsync(handle)


def _liken(path: str, handle: int, original: os.stat_result) -> None:
    """The permissions of the original, and its owner and group as far as the system lets us."""
    mode = stat.S_IMODE(original.st_mode)
    if not hasattr(os, "fchown"):
        os.chmod(path, mode)
        return
    own = os.fstat(handle)
    if (own.st_uid, own.st_gid) != (original.st_uid, original.st_gid) and not _given(handle, original):
        mode &= ~0o070  # what the group might do is not for another group
    os.fchmod(handle, mode)


def _given(handle: int, original: os.stat_result) -> bool:
    """Whether the file has got the group of the original; only an administrator can give it the owner too."""
    for owner in (original.st_uid, -1):
        with suppress(OSError):
            os.fchown(handle, owner, original.st_gid)
            return True
    return False
