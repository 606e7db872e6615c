"""The function server that starts at log-on: ``pythonw -P -m jixiao.installation.server``."""

import os
import sys
from importlib import import_module

MUTEX = r"Local\jixiao-function-server"
"""One in a log-on session; Windows drops it with the process."""

_SYNCHRONIZE = 0x00100000


def main() -> None:
    """Serve the add-in until log-off; leave at once if another one does."""
    if sys.stderr is None:  # pythonw has no console; a traceback must not be lost
        sys.stdout = sys.stderr = _log()
    xlwings = import_module("xlwings")  # first of all: it finds the libraries of pywin32 wherever they lie
    claim = import_module("win32event").CreateMutex(None, False, MUTEX)
    if import_module("win32api").GetLastError() == import_module("winerror").ERROR_ALREADY_EXISTS:
        return
    import_module("jixiao.cells")  # the first cell shall not wait for it
    xlwings.serve()
    claim.Close()


def running() -> bool:
    """Whether a server runs in this session. Raises ImportError without pywin32."""
    win32event = import_module("win32event")
    try:
        win32event.OpenMutex(_SYNCHRONIZE, False, MUTEX).Close()
    except import_module("pywintypes").error:
        return False
    return True


def _log():  # type: ignore[no-untyped-def]
    import tempfile

    return open(os.path.join(tempfile.gettempdir(), "jixiao.log"), "a", encoding="utf-8", buffering=1)  # noqa: SIM115


if __name__ == "__main__":
    main()
