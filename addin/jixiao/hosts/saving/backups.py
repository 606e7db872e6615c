"""Backups: the last ten states of a workbook, in a folder beside it, each under its own name and the time of its end."""

import errno
import os
import re
import stat
import time
import zlib
from contextlib import suppress
from typing import NamedTuple

from jixiao.hosts.saving.drafts import clear_drafts, drafted, place_new, sync_folder
from jixiao.hosts.saving.system import LONGEST_NAME, cut
from jixiao.logbook import state_folder
from jixiao.wording.files import BACKUPS

MOST = 10
"""Of each file; the oldest of more are removed."""

_REFUSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.EEXIST, errno.ENOTDIR)
_TAIL = len("-20261130-174500-01")
_CHECK = len("~0123abcd")


class _Backup(NamedTuple):
    """In the order of age. Two of one second are numbered, and so are those of a clock that was put back."""

    time: str
    number: int
    path: str


def keep(target: str, content: bytes, original: os.stat_result) -> str:
    """Keep what stands at ``target`` before it is replaced; returns where. Raises OSError where nothing can be kept."""
    folder = _beside(target)
    try:
        _make(folder)
        return _keep(folder, target, content, original)
    except OSError as error:
        if error.errno not in _REFUSED:
            raise
    folder = _of_our_own(target)
    os.makedirs(folder, mode=0o700, exist_ok=True)
    return _keep(folder, target, content, original)


def backups(path: str) -> list[str]:
    """The backups of a file, the oldest first."""
    target = os.path.realpath(path)
    found = _found(_beside(target), target) + _found(_of_our_own(target), target)
    return [backup.path for backup in sorted(found)]


def _beside(target: str) -> str:
    return os.path.join(os.path.dirname(target), BACKUPS)


def _of_our_own(target: str) -> str:
    """Where they go if the folder of the file refuses them: one folder for each."""
    folder = f"{zlib.crc32(os.fsencode(os.path.dirname(target))):08x}"
    return os.path.join(state_folder(), BACKUPS, folder)


def _make(folder: str) -> None:
    """The folder beside a file: whoever may save there may keep a backup."""
    missing = not os.path.isdir(folder)
    os.makedirs(folder, exist_ok=True)
    if missing:
        os.chmod(folder, stat.S_IMODE(os.stat(os.path.dirname(folder)).st_mode))


def _keep(folder: str, target: str, content: bytes, original: os.stat_result) -> str:
    clear_drafts(folder)
    with drafted(folder, content, original) as draft:
        path = _placed(draft, folder, target)
    sync_folder(folder)
    for backup in sorted(_found(folder, target))[:-MOST]:
        with suppress(OSError):  # somebody else's, or being looked at: there is one more, then
            os.unlink(backup.path)
    return path


def _placed(draft: str, folder: str, target: str) -> str:
    stem, ending = _name(target)
    while True:
        second = time.strftime("%Y%m%d-%H%M%S")
        last = max(_found(folder, target), default=_Backup("", 0, ""))
        number = 1
        if last.time >= second:
            second, number = last.time, last.number + 1
        path = os.path.join(folder, f"{stem}-{second}-{number:02}{ending}")
        with suppress(FileExistsError):
            place_new(draft, path)
            return path


def _found(folder: str, target: str) -> list[_Backup]:
    stem, ending = _name(target)
    pattern = re.compile(rf"{re.escape(stem)}-(\d{{8}}-\d{{6}})-(\d{{2,}}){re.escape(ending)}")
    try:
        matches = map(pattern.fullmatch, os.listdir(folder))
    except OSError:
        return []
    return [_Backup(match[1], int(match[2]), os.path.join(folder, match[0])) for match in matches if match]


def _name(target: str) -> tuple[str, str]:
    """The file's name as far as there is room for it, and its ending. Of two long names each keeps its own backups."""
    name = os.path.basename(target)
    stem, ending = os.path.splitext(name)
    room = LONGEST_NAME - _TAIL - len(os.fsencode(ending))
    if len(os.fsencode(stem)) > room:
        stem = f"{cut(stem, room - _CHECK)}~{zlib.crc32(os.fsencode(name)):08x}"
    return stem, ending
