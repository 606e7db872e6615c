"""Where the program keeps what is its own: the log of bugs, and the journal of changes."""

import os
import sys
from contextlib import suppress

_FALLBACK = "jixiao-state-"
_kept: set[tuple[str, type[Exception]]] = set()


def state_folder() -> str:
    """The folder of this user's log, journal and, where there is no better place, backups; nobody else can look in."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        parent = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        parent = os.path.join(home, "Library", "Application Support")
    else:
        parent = os.environ.get("XDG_STATE_HOME") or os.path.join(home, ".local", "state")
    folder = os.path.join(parent, "jixiao")
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        os.chmod(folder, 0o700)  # also one of an earlier version
        if os.access(folder, os.W_OK | os.X_OK):
            return folder
    return _temporary_folder()  # a home that cannot be written


def _temporary_folder() -> str:
    """One in the folder that everybody writes to: of this user alone, under a name nobody foresees, and found again."""
    import tempfile

    with os.scandir(tempfile.gettempdir()) as entries:
        for entry in entries:
            if entry.name.startswith(_FALLBACK) and _is_private(entry):
                return entry.path
    return tempfile.mkdtemp(prefix=_FALLBACK)


def _is_private(entry: "os.DirEntry[str]") -> bool:
    if not entry.is_dir(follow_symlinks=False):
        return False
    if sys.platform == "win32":  # the temporary folder is the user's own there
        return True
    found = entry.stat(follow_symlinks=False)
    return found.st_uid == os.getuid() and not found.st_mode & 0o077


def keep_traceback() -> str:
    """Keep the traceback of a bug where maintainers can ask for it; returns the file's path."""
    import traceback

    path = os.path.join(state_folder(), "jixiao.log")
    with open(path, "a", encoding="utf-8", errors="backslashreplace") as log:
        traceback.print_exc(file=log)
    return path


def keep_once(function: str, bug: type[Exception]) -> None:
    """Keep the traceback of a bug in a cell function; once, not for each of thousands of cells."""
    if (function, bug) in _kept:
        return
    _kept.add((function, bug))
    with suppress(OSError, UnicodeError):  # what the log cannot hold is no reason to fail in a cell
        keep_traceback()
