"""What 检查安装 looks at of Excel or LibreOffice: what was found, a line each, and what to do about it."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module

from jixiao import ADDIN, __version__
from jixiao.errors import Refusal
from jixiao.hosts.saving import read_bytes
from jixiao.installation import configuration, engines, folders, linux, logon, registry, server
from jixiao.installation.policies import defender_rules, office_policies
from jixiao.installation.system import XLWINGS, LibreOffice, System
from jixiao.wording import doctor as words
from jixiao.wording.installation import ODD_PATH

Look = Callable[[System], Iterator[str]]
DLLS = (f"xlwings64-{XLWINGS}.dll", f"xlwings32-{XLWINGS}.dll")
"""Excel of either bitness loads its own; the VBA module names both."""


def inspect(system: System) -> list[str]:
    """The lines about Excel or LibreOffice, the add-in and what may stop it. Nothing raises: what is closed to us is a line."""
    if not (system.windows or system.mac or system.office):
        return [words.NO_EXCEL_SYSTEM]
    looks = WINDOWS if system.windows else MAC if system.mac else LINUX
    return [line for look in looks for line in _guarded(look, system)]


def _guarded(look: Look, system: System) -> Iterator[str]:
    try:
        yield from look(system)
    except (OSError, ImportError, Refusal) as error:
        yield words.UNREADABLE.format(topic=words.TOPICS[look.__name__], reason=error)


# ---------------------------------------------------------------- Python's side


def dlls(system: System) -> Iterator[str]:
    """The DLLs lie beside python.exe, or one level up where that is a virtual environment."""
    folder = os.path.dirname(configuration.console_python(system))
    places = (folder, os.path.dirname(folder))
    missing = [name for name in DLLS if not any(os.path.exists(os.path.join(place, name)) for place in places)]
    if missing:
        yield words.NO_DLLS.format(names="、".join(missing), folder=folder, version=XLWINGS)
    else:
        yield words.DLLS.format(names="、".join(DLLS))


def pywin32(_system: System) -> Iterator[str]:
    """Imported, not only found: its libraries are what is missing most often."""
    try:
        import_module("pythoncom")
        import_module("win32event")
    except ImportError:
        yield words.NO_PYWIN32
    else:
        yield words.PYWIN32


def path_of_python(system: System) -> Iterator[str]:
    """VBA loads the DLL by a path in the machine's code page."""
    if not configuration.in_code_page(system.python, system.code_page):
        yield ODD_PATH.format(path=system.python, code_page=system.code_page)


# ---------------------------------------------------------------- Excel's side


def excel(_system: System) -> Iterator[str]:
    """Whether COM finds Excel, and of which bitness it is."""
    found = engines.registered(engines.EXCEL)
    if found is None:
        yield words.NO_EXCEL
    elif found.name != "excel.exe":
        yield words.EXCEL_ELSEWHERE.format(path=found.path)
    else:
        bits = engines.bits(found.path) or words.UNKNOWN_BITS
        yield words.EXCEL.format(version=found.version, bits=bits, path=found.path)


def wps(_system: System) -> Iterator[str]:
    """Whether WPS is there too."""
    found = engines.registered(engines.WPS)
    if found is not None:
        yield words.WPS.format(path=found.path)


def addin(system: System) -> Iterator[str]:
    """The add-in in the start-up folder: ours, of this version, and not marked as coming from the internet."""
    path = folders.addin(system)
    if not os.path.exists(path):
        yield words.NO_ADDIN
        return
    same = read_bytes(path) == read_bytes(system.addin)
    yield words.ADDIN.format(path=path) if same else words.OTHER_ADDIN
    if system.windows and _marked(path):
        yield words.MARKED


def copies(system: System) -> Iterator[str]:
    """Other copies that Excel may open as well."""
    for folder in _folders_of_addins(system):
        for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else []:
            path = os.path.join(folder, name)
            if _is_copy(name) and os.path.normcase(path) != os.path.normcase(folders.addin(system)):
                yield words.COPY.format(path=path)
    if system.windows:
        for name, value in registry.values(registry.USER, _excel_key("Options")).items():
            if name.upper().startswith("OPEN") and "jixiao" in str(value).lower():
                yield words.LISTED.format(entry=value)


def disabled(_system: System) -> Iterator[str]:
    """Excel keeps what it has disabled after a crash in binary values that hold the path."""
    for value in registry.values(registry.USER, _excel_key(r"Resiliency\DisabledItems")).values():
        if isinstance(value, bytes) and ADDIN in value.decode("utf-16-le", errors="ignore").lower():
            yield words.DISABLED


def script(system: System) -> Iterator[str]:
    """macOS: the AppleScript that buttons call."""
    path = folders.script(system)
    yield (words.SCRIPT if os.path.exists(path) else words.NO_SCRIPT).format(path=path)
    yield words.NO_FUNCTIONS_ON_MAC


def settings(system: System) -> Iterator[str]:
    """The settings name an interpreter that is there, and it is the one that runs now."""
    path = folders.configuration(system)
    if not os.path.exists(path):
        yield words.NO_SETTINGS.format(path=path)
        return
    python = configuration.interpreter(_settings(system), system)
    if not os.path.exists(python):
        yield words.NO_INTERPRETER.format(python=python)
    elif os.path.normcase(python) != os.path.normcase(configuration.console_python(system)):
        yield words.OTHER_INTERPRETER.format(python=python)
    else:
        yield words.SETTINGS.format(path=path)


def function_server(system: System) -> Iterator[str]:
    """Who starts the function server, and whether settings and log-on entry agree about it."""
    wanted = _settings(system).get(configuration.SERVER_AT_LOGON, "").lower() == "true"
    entry, link = logon.registered(), logon.linked(system)
    if wanted and not (entry or link):
        yield words.NO_ENTRY
    elif not wanted:
        yield words.USELESS_ENTRY if entry or link else words.BY_EXCEL
    elif entry and entry != logon.entry_text(system):
        yield words.OTHER_ENTRY.format(command=entry)
    else:
        yield words.AT_LOGON if server.running() else words.NOT_RUNNING


# ---------------------------------------------------------------- LibreOffice's side


def libreoffice(system: System) -> Iterator[str]:
    """Which LibreOffice the add-on is installed into."""
    office = _office(system)
    yield words.LIBREOFFICE.format(version=linux.version(office), path=office.program)


def bridge(system: System) -> Iterator[str]:
    """Buttons run in LibreOffice's Python, which must be of our minor version."""
    office = _office(system)
    try:
        office.load_bridge()
    except Refusal as refusal:
        yield words.NO_BRIDGE.format(reason=refusal)
    else:
        yield words.BRIDGE.format(python=office.python)


def addon(system: System) -> Iterator[str]:
    """The add-on: there, and of this version."""
    found = linux.installed_version(system)
    if found is None:
        yield words.NO_EXTENSION
    elif found != __version__:
        yield words.OTHER_EXTENSION.format(found=found, ours=__version__)
    else:
        yield words.EXTENSION.format(version=found)


def note(system: System) -> Iterator[str]:
    """The note names this package. Its other folders may differ: LibreOffice, which may be asking, has some of its own."""
    office, path, found = _office(system), folders.office_note(system), linux.noted(system)
    if found is None:
        yield words.NO_SETTINGS.format(path=path)
    elif found != (office.python, office.paths[0]):
        yield words.OTHER_NOTE.format(path=path)
    else:
        yield words.SETTINGS.format(path=path)


def _office(system: System) -> LibreOffice:
    assert system.office
    return system.office


def _settings(system: System) -> dict[str, str]:
    path = folders.configuration(system)
    return configuration.decoded(read_bytes(path), system.code_page) if os.path.exists(path) else {}


def _marked(path: str) -> bool:
    try:
        with open(folders.mark_of_the_web(path), "rb"):
            return True
    except OSError:
        return False


def _is_copy(name: str) -> bool:
    return name.lower().startswith("jixiao") and name.lower().endswith((".xlam", ".xla"))


def _folders_of_addins(system: System) -> list[str]:
    if system.mac:
        return [folders.startup(system), folders.addins(system)]
    alternate = registry.read(registry.USER, _excel_key("Options"), "AltStartup")
    known = [folders.startup(system), folders.addins(system), engines.startup_folder(), alternate]
    return [str(folder) for folder in known if folder]


def _excel_key(name: str) -> str:
    return rf"Software\Microsoft\Office\{engines.office_version()}\Excel\{name}"


WINDOWS: tuple[Look, ...] = (
    *(dlls, pywin32, path_of_python, excel, wps, addin, copies, disabled, settings, function_server),
    *(office_policies, defender_rules),
)
MAC: tuple[Look, ...] = (addin, copies, script, settings)
LINUX: tuple[Look, ...] = (libreoffice, bridge, addon, note)
