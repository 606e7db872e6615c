"""Where the program keeps what is its own: the log of bugs, and the journal of changes."""

import os
import sys
from contextlib import suppress

_kept: set[tuple[str, type[Exception]]] = set()


def state_folder() -> str:
    """The folder of this user's log and journal; it is made if it is not there, and never holds documents."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        parent = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        parent = os.path.join(home, "Library", "Application Support")
    else:
        parent = os.environ.get("XDG_STATE_HOME") or os.path.join(home, ".local", "state")
    folder = os.path.join(parent, "jixiao")
    try:
        os.makedirs(folder, exist_ok=True)
    except OSError:  # a home that cannot be written
        import tempfile

        return tempfile.gettempdir()
    return folder


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
