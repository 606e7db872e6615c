"""What the operating system lets a name be, and what it means when it refuses."""

import errno
import os

from jixiao.errors import Refusal
from jixiao.wording import files

LONGEST_NAME = 255  # bytes of one file name, on every common file system


def cut(name: str, most: int) -> str:
    """As much of a name as ``most`` bytes hold."""
    while len(os.fsencode(name)) > most:
        name = name[:-1]
    return name


def refusal(error: OSError, name: str) -> Refusal:
    """What a user is told when a file of this name could not be written; nothing has changed then."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Refusal(files.DISK_FULL.format(name=name))
    if error.errno == errno.EROFS:
        return Refusal(files.READ_ONLY_FOLDER.format(name=name))
    if error.errno in (errno.EACCES, errno.EPERM):
        return Refusal(files.IN_USE.format(name=name))
    if error.errno == errno.ENAMETOOLONG:
        return Refusal(files.NAME_TOO_LONG.format(name=name))
    return Refusal(files.NOT_SAVED.format(name=name, reason=error.strerror or error))
