"""Files are written whole or not at all: the original stands untouched at every moment.

Plain ``os`` calls: importing ``pathlib`` or ``shutil`` would cost a tenth of a whole ``check``.
"""

import os
import stat
from os import PathLike, fspath

from jixiao.errors import Refusal
from jixiao.hosts.saving.system import refusal
from jixiao.wording import files


def base_name(path: str) -> str:
    """The file's own name, as users know it."""
    return os.path.basename(path)


def read_bytes(path: str | PathLike[str], most: int | None = None) -> bytes:
    """The content of a file. Raises Refusal if it cannot be read or has more than ``most`` bytes."""
    name = base_name(fspath(path))
    try:
        _ensure_regular(path)  # a pipe would be waited for
        with open(path, "rb") as file:
            if most is not None and os.fstat(file.fileno()).st_size > most:
                raise Refusal(files.TOO_LARGE.format(name=name))
            return file.read()
    except FileNotFoundError:
        raise Refusal(files.MISSING.format(name=name)) from None
    except OSError:
        raise Refusal(files.UNREADABLE.format(name=name)) from None


def _ensure_regular(path: str | PathLike[str]) -> None:
    mode = os.stat(path).st_mode
    if not stat.S_ISREG(mode):
        raise Refusal((files.FOLDER if stat.S_ISDIR(mode) else files.NOT_A_FILE).format(name=base_name(fspath(path))))


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
        raise refusal(error, base_name(path)) from error


def replace_file(path: str | PathLike[str], data: bytes, new: bool = False) -> None:
    """Write ``data`` to ``path`` at one stroke; if the file shall be ``new``, never over another one.

    Raises Refusal if the file is open elsewhere, protected, or the disk is full; then nothing has changed.
    """
    from jixiao.hosts.saving.drafts import clear_drafts, drafted, place_new, sync_folder

    ensure_new(path, force=not new)
    target = os.path.realpath(path)  # a link stays a link
    ensure_writable(target)
    folder, name = os.path.split(target)
    try:
        clear_drafts(folder)
        with drafted(folder, data, _status(target)) as draft:
            if new:
                place_new(draft, target)
            else:
                os.replace(draft, target)
        sync_folder(folder)
    except FileExistsError:
        raise Refusal(files.EXISTS.format(name=name)) from None
    except OSError as error:
        raise refusal(error, name) from error


def replace_read(path: str | PathLike[str], data: bytes, read: bytes) -> str:
    """Write ``data`` in the place of what was ``read`` there, which is kept as a backup; returns where.

    Raises Refusal if something else stands there by now, and for what ``replace_file`` refuses.
    """
    from jixiao.hosts.saving.backups import keep
    from jixiao.hosts.saving.drafts import drafted, sync_folder

    target = os.path.realpath(path)
    ensure_writable(target)
    folder, name = os.path.split(target)
    try:
        with drafted(folder, data, os.stat(target)) as draft:
            standing = _standing(target, read)
            backup = keep(target, read, standing)
            _ensure_untouched(target, standing)
            os.replace(draft, target)
        sync_folder(folder)
    except FileNotFoundError:
        raise Refusal(files.CHANGED.format(name=name)) from None
    except OSError as error:
        raise refusal(error, name) from error
    return backup


def _standing(target: str, read: bytes) -> os.stat_result:
    """The status of the file, whose content must be what was read: a copy of the same content may have come there."""
    with open(target, "rb") as file:
        status = os.fstat(file.fileno())
        if status.st_size != len(read) or file.read() != read:
            raise Refusal(files.CHANGED.format(name=base_name(target)))
    return status


def _ensure_untouched(target: str, standing: os.stat_result) -> None:
    """The last look: the same file, of the same size, not written since."""
    now = os.stat(target)
    if not os.path.samestat(now, standing) or (now.st_size, now.st_mtime_ns) != (
        standing.st_size,
        standing.st_mtime_ns,
    ):
        raise Refusal(files.CHANGED.format(name=base_name(target)))


def ensure_writable(path: str | PathLike[str]) -> None:
    """Raise Refusal if the file is open in an office program or may not be written."""
    folder, name = os.path.split(fspath(path))
    for lock in _lock_names(name):
        if os.path.lexists(os.path.join(folder, lock)):
            raise Refusal(files.OPEN_ELSEWHERE.format(name=name, lock=lock))
    if not os.path.isdir(folder or "."):
        raise Refusal(files.NO_FOLDER.format(name=name))
    if os.path.exists(path):
        _ensure_regular(path)
        if not os.access(path, os.W_OK):
            raise Refusal(files.READ_ONLY_FILE.format(name=name))
    if not os.access(folder or ".", os.W_OK):
        raise Refusal(files.READ_ONLY_FOLDER.format(name=name))


def _lock_names(name: str) -> tuple[str, ...]:
    """Excel and WPS put ``~$`` before the name, Word puts it over the first letters; LibreOffice has its own."""
    return "~$" + name, "~$" + name[1:], "~$" + name[2:], f".~lock.{name}#"


def _status(path: str) -> os.stat_result | None:
    """The status of the file that is replaced; None if there is none yet."""
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None
