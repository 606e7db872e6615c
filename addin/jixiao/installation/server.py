"""The function server that starts at log-on: ``pythonw -P -m jixiao.installation.server``."""

import sys
from importlib import import_module

from jixiao.logbook import keep_traceback

MUTEX = r"Local\jixiao-function-server"
"""One in a log-on session; Windows drops it with the process."""

_SYNCHRONIZE = 0x00100000


def main() -> None:
    """Serve the add-in until log-off; leave at once if another one does. Raises SystemExit after a bug."""
    try:
        _serve()
    except Exception:  # pythonw has no console
        keep_traceback()
        sys.exit(1)


def running() -> bool:
    """Whether a server runs in this session. Raises ImportError without pywin32."""
    win32event = import_module("win32event")
    try:
        win32event.OpenMutex(_SYNCHRONIZE, False, MUTEX).Close()
    except import_module("pywintypes").error:
        return False
    return True


def _serve() -> None:
    xlwings = import_module("xlwings")  # first of all: it finds the libraries of pywin32 wherever they lie
    win32api, win32event, winerror = map(import_module, ("win32api", "win32event", "winerror"))
    claim = win32event.CreateMutex(None, False, MUTEX)
    if win32api.GetLastError() == winerror.ERROR_ALREADY_EXISTS:  # at once: any other call would change it
        return
    import_module("jixiao.cells")  # the first cell shall not wait for it
    xlwings.serve()
    claim.Close()


if __name__ == "__main__":
    main()
