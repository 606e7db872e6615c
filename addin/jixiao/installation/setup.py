"""Install and uninstall: the add-in where Excel opens it, and the settings by which it finds Python."""

import contextlib
import os
from importlib.util import find_spec

from jixiao import ADDIN
from jixiao.errors import Refusal
from jixiao.hosts.saving import make_folder, read_bytes, replace_file
from jixiao.installation import configuration, folders, linux, logon, server
from jixiao.installation.system import XLWINGS, System
from jixiao.wording import installation as words


def install(system: System, at_logon: bool = False) -> list[str]:
    """Put the shipped add-in and its settings in place; doing it twice changes nothing.

    Returns what was done, a line each. Raises Refusal that names the step which failed: each file is written whole or
    not at all, the add-in first, the log-on entry last.
    """
    if at_logon and not system.windows:
        raise Refusal(words.ONLY_WINDOWS)
    if not (system.windows or system.mac):
        return linux.install(system)
    content = _shipped(system.addin, words.NO_ADDIN.format(name=ADDIN))
    settings = configuration.encoded(configuration.settings(system, at_logon), system)
    _place(folders.addin(system), content)
    _place(folders.configuration(system), settings)
    lines = [
        words.INSTALLED.format(path=folders.addin(system)),
        words.CONFIGURED.format(path=folders.configuration(system)),
    ]
    lines += _for_mac(system) if system.mac else _for_windows(system, at_logon)
    return [*lines, words.OPEN_EXCEL]


def uninstall(system: System) -> list[str]:
    """Remove what ``install`` put in place. Returns what was done; raises Refusal if Excel holds the add-in."""
    if not (system.windows or system.mac):
        return linux.uninstall(system)
    lines = [
        words.REMOVED.format(path=path)
        for path in (folders.addin(system), folders.configuration(system))
        if _remove(path)
    ]
    if system.windows:
        with contextlib.suppress(OSError):  # others may keep files there
            os.rmdir(os.path.dirname(folders.configuration(system)))
        lines += _not_at_logon(system)
    # the script of xlwings stays on macOS: it is the same for every add-in made with xlwings
    return lines or [words.NOTHING_TO_REMOVE]


def _for_windows(system: System, at_logon: bool) -> list[str]:
    with contextlib.suppress(OSError):  # there is none, or the file system knows none
        os.remove(folders.mark_of_the_web(folders.addin(system)))
    lines = _at_logon(system) if at_logon else _not_at_logon(system)
    if not configuration.in_code_page(system.python, system.code_page):
        lines.append(words.ODD_PATH.format(path=system.python, code_page=system.code_page))
    return lines


def _at_logon(system: System) -> list[str]:
    try:
        return [words.AT_LOGON_RUNNING if _running() else _started(system)]
    finally:  # one may fail, the other is done all the same
        _register(system)


def _not_at_logon(system: System) -> list[str]:
    try:
        return [words.NO_LONGER_AT_LOGON] if logon.unregister(system) else []
    except OSError:
        raise Refusal(words.LOGON_STUCK.format(name=logon.NAME)) from None


def _running() -> bool:
    try:
        return server.running()
    except ImportError:  # without pywin32 no server can run; doctor says what to do
        return False


def _started(system: System) -> str:
    try:
        system.start(logon.command(system))
    except OSError as error:
        raise Refusal(words.NOT_STARTED.format(reason=error.strerror or error)) from None
    return words.AT_LOGON


def _register(system: System) -> None:
    try:
        logon.register(system)
    except OSError:
        raise Refusal(words.LOGON_FORBIDDEN.format(command=logon.entry_text(system))) from None


def _for_mac(system: System) -> list[str]:
    package = find_spec("xlwings")
    folder = (package.submodule_search_locations or [""])[0] if package else ""
    path = folders.script(system)
    name = os.path.basename(path)
    _place(path, _shipped(os.path.join(folder, name), words.NO_SCRIPT.format(name=name, version=XLWINGS)))
    return [words.SCRIPT.format(path=path), words.NO_FUNCTIONS_ON_MAC]


def _shipped(path: str, missing: str) -> bytes:
    if not os.path.exists(path):
        raise Refusal(missing)
    return read_bytes(path)


def _place(path: str, content: bytes) -> None:
    """Write only what changes: an Excel that runs is no hindrance to an installation that is up to date."""
    make_folder(os.path.dirname(path))
    if os.path.exists(path) and read_bytes(path) == content:
        return
    try:
        replace_file(path, content)
    except Refusal as refusal:
        raise Refusal(words.NOT_PLACED.format(reason=refusal)) from refusal


def _remove(path: str) -> bool:
    try:
        os.remove(path)
    except FileNotFoundError:
        return False
    except OSError:
        raise Refusal(words.NOT_REMOVED.format(name=os.path.basename(path))) from None
    return True
