"""Where the program keeps what is its own: the log of bugs, and the journal of changes."""

import os
import sys
from contextlib import suppress

_FALLBACK = "jixiao-state-"
_HEADING = "Traceback (most recent call last):"
_OF_CODE = (AttributeError, ImportError, NameError, NotImplementedError, RecursionError, TypeError)
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


def report_bug(kept: str, lost: str) -> str:
    """Keep where the bug being handled happened, and return what its user hears.

    ``kept`` is said with the ``{path}`` of the log, ``lost`` with the ``{place}`` in the program where nothing can be written.
    """
    path = keep_traceback()
    return kept.format(path=path) if path else lost.format(place=_place(sys.exc_info()[1]))


def keep_traceback() -> str | None:
    """Keep where the bug being handled happened, for maintainers; returns the file's path, or None where nothing can be written.

    The log leaves this computer, so nothing a user typed goes into it: of an error it has the kind, and its words only where
    they speak of code.
    """
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    lines = _lines(sys.exc_info()[1])
    try:
        path = os.path.join(state_folder(), "jixiao.log")
        with open(os.open(path, flags, 0o600), "a", encoding="utf-8", errors="backslashreplace") as log:
            log.writelines(lines)
    except OSError:
        return None
    return path


def _lines(error: BaseException | None) -> list[str]:
    import traceback

    lines: list[str] = []
    while error is not None:
        lines = [*traceback.format_tb(error.__traceback__), f"{_told(error)}\n", *lines]
        error = error.__cause__ or error.__context__
    return [f"{_HEADING}\n", *lines]


def _told(error: BaseException) -> str:
    kind = type(error).__name__
    if isinstance(error, OSError):
        return f"{kind}: {error.strerror}"  # its file names may be names of people
    return f"{kind}: {error}" if isinstance(error, _OF_CODE) else kind


def _place(error: BaseException | None) -> str:
    """``RuntimeError, fill.py:42``: what a user can read out on the telephone."""
    trace = error.__traceback__ if error else None
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f", {os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else ""
    return type(error).__name__ + where


def keep_once(function: str, bug: type[Exception]) -> None:
    """Keep where a cell function failed; once, not for each of thousands of cells."""
    if (function, bug) in _kept:
        return
    _kept.add((function, bug))
    keep_traceback()
