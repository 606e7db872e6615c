"""The log-on entry: where Office may start no process, the function server starts with Windows."""

import os
import subprocess

from jixiao.installation import folders, registry
from jixiao.installation.system import System

RUN = r"Software\Microsoft\Windows\CurrentVersion\Run"
NAME = "jixiao"


def command(system: System) -> list[str]:
    """What starts the server, without a console. ``-P``: no module of the current folder is taken for ours."""
    folder, name = os.path.split(system.python)
    windowless = os.path.join(folder, "pythonw.exe")
    return [
        windowless if name.lower() == "python.exe" and os.path.exists(windowless) else system.python,
        *("-P", "-m", "jixiao.installation.server"),
    ]


def entry_text(system: System) -> str:
    """The command as Windows writes it."""
    return subprocess.list2cmdline(command(system))


def registered() -> str | None:
    """The command that Windows runs at log-on, if any."""
    found = registry.read(registry.USER, RUN, NAME)
    return None if found is None else str(found)


def linked(system: System) -> str | None:
    """The shortcut that a user has made by hand where the registry is closed to her."""
    path = os.path.join(folders.logon_links(system), f"{NAME}.lnk")
    return path if os.path.exists(path) else None


def register(system: System) -> None:
    """Start the server at every log-on. Raises OSError if a policy forbids it."""
    registry.write(registry.USER, RUN, NAME, entry_text(system))


def unregister(system: System) -> bool:
    """No longer start it. Returns whether there was an entry; raises OSError if a policy forbids it."""
    link = linked(system)
    if link is not None:
        os.remove(link)
    if registered() is None:
        return link is not None
    registry.delete(registry.USER, RUN, NAME)
    return True
