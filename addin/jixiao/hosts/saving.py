"""Files are written whole or not at all: the original stands untouched at every moment.

Plain ``os`` calls: importing ``pathlib`` or ``shutil`` would cost a tenth of a whole ``check``.
"""

import contextlib
import errno
import os
import stat
from os import PathLike, fspath
from time import time_ns

from jixiao.errors import Refusal
from jixiao.wording import files

_LONGEST_NAME = 255  # bytes of one file name, on every common file system


def base_name(path: str) -> str:
    """The file's own name, as users know it."""
    return os.path.basename(path)


def read_bytes(path: str | PathLike[str], most: int | None = None) -> bytes:
    """The content of a file. Raises Refusal if it cannot be read or has more than ``most`` bytes."""
    name = base_name(fspath(path))
    try:
        with open(path, "rb") as file:
            if most is not None and os.fstat(file.fileno()).st_size > most:
                raise Refusal(files.TOO_LARGE.format(name=name))
            return file.read()
    except FileNotFoundError:
        raise Refusal(files.MISSING.format(name=name)) from None
    except IsADirectoryError:
        raise Refusal(files.FOLDER.format(name=name)) from None
    except OSError:
        raise Refusal((files.FOLDER if os.path.isdir(path) else files.UNREADABLE).format(name=name)) from None


def ensure_new(path: str | PathLike[str], force: bool) -> None:
    """Raise Refusal if ``path`` exists and may not be overwritten."""
    if not force and os.path.lexists(path):
        raise Refusal(files.EXISTS.format(name=base_name(fspath(path))))


def make_folder(path: str) -> None:
    """Make a folder if it is not there. Raises Refusal if it cannot be made or a file has its name."""
    try:
        os.makedirs(path, exist_ok=True)
    except FileExistsError:
        raise Refusal(files.EXISTS.format(name=base_name(path))) from None
    except OSError as error:
        raise _refusal(error, base_name(path)) from error


def replace_file(path: str | PathLike[str], data: bytes, backup: bool = False) -> None:
    """Write ``data`` to ``path`` at one stroke; with ``backup`` the old content stays beside it as ``.bak``.

    Raises Refusal if the file is open elsewhere, protected, or the disk is full; then nothing has changed.
    """
    target = os.path.realpath(path)  # a link stays a link
    ensure_writable(target)
    try:
        if backup and os.path.exists(target):
            _put(backup_path(target), read_bytes(target), _mode(target))
        _put(target, data, _mode(target))
    except OSError as error:
        raise _refusal(error, base_name(target)) from error


def ensure_writable(path: str | PathLike[str]) -> None:
    """Raise Refusal if the file is open in an office program or may not be written."""
    folder, name = os.path.split(fspath(path))
    for lock in _lock_names(name):
        if os.path.lexists(os.path.join(folder, lock)):
            raise Refusal(files.OPEN_ELSEWHERE.format(name=name, lock=lock))
    if os.path.isdir(path):
        raise Refusal(files.FOLDER.format(name=name))
    if not os.path.isdir(folder or "."):
        raise Refusal(files.NO_FOLDER.format(name=name))
    if os.path.exists(path) and not os.access(path, os.W_OK):
        raise Refusal(files.READ_ONLY_FILE.format(name=name))
    if not os.access(folder or ".", os.W_OK):
        raise Refusal(files.READ_ONLY_FOLDER.format(name=name))


def backup_path(path: str) -> str:
    """Where the old content goes: the name and ``.bak``, cut where the file system would not take it."""
    folder, name = os.path.split(path)
    while len(os.fsencode(name)) > _LONGEST_NAME - 4:
        name = name[:-1]
    return os.path.join(folder, name + ".bak")


def _lock_names(name: str) -> tuple[str, ...]:
    """Excel and WPS put ``~$`` before the name, Word puts it over the first letters; LibreOffice has its own."""
    return "~$" + name, "~$" + name[1:], "~$" + name[2:], f".~lock.{name}#"


def _mode(path: str) -> int | None:
    """The permissions to keep; None for a new file."""
    return stat.S_IMODE(os.stat(path).st_mode) if os.path.exists(path) else None


def _put(target: str, data: bytes, mode: int | None) -> None:
    folder = os.path.dirname(target)
    # short: the name of the target may already be as long as names can be
    draft = os.path.join(folder, f".jx{os.getpid():x}-{time_ns():x}")
    try:
        _write_through(draft, data)
        if mode is not None:
            os.chmod(draft, mode)
        os.replace(draft, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(draft)
        raise
    _sync_folder(folder)


def _write_through(path: str, data: bytes) -> None:
    with open(path, "xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: str) -> None:
    """Make the new name last through a power cut, where the system has a way to."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    with contextlib.suppress(OSError):  # some network folders cannot; the file itself is safe
        handle = os.open(folder, os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refusal(error: OSError, name: str) -> Refusal:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(files.DISK_FULL.format(name=name))
    if error.errno == errno.EROFS:
        return Refusal(files.READ_ONLY_FOLDER.format(name=name))
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refusal(files.IN_USE.format(name=name))
    if error.errno == errno.ENAMETOOLONG:
        return Refusal(files.NAME_TOO_LONG.format(name=name))
    return Refusal(files.NOT_SAVED.format(name=name, reason=error.strerror or error))
