"""Where Excel and the VBA module of xlwings look for our files."""

import os

from jixiao import ADDIN
from jixiao.installation.system import XLWINGS, System

_MAC_OFFICE = os.path.join("Library", "Group Containers", "UBF8T346G9.Office", "User Content.localized")


def addin(system: System) -> str:
    """The installed add-in."""
    return os.path.join(startup(system), ADDIN)


def startup(system: System) -> str:
    """The folder whose workbooks Excel opens at every start; on Windows a trusted location."""
    if system.mac:
        return os.path.join(system.home, _MAC_OFFICE, "Startup.localized", "Excel")
    return os.path.join(roaming(system), "Microsoft", "Excel", "XLSTART")


def addins(system: System) -> str:
    """The folder of add-ins that users tick in a list."""
    if system.mac:
        return os.path.join(system.home, _MAC_OFFICE, "Add-Ins.localized")
    return os.path.join(roaming(system), "Microsoft", "AddIns")


def configuration(system: System) -> str:
    """The settings of our VBA project (``GetConfigFilePath`` of the xlwings module)."""
    if system.mac:
        return os.path.join(system.home, "Library", "Containers", "com.microsoft.Excel", "Data", "jixiao.conf")
    return os.path.join(system.home, ".jixiao", "jixiao.conf")


def script(system: System) -> str:
    """macOS: the AppleScript that the VBA module calls, in the only folder whose scripts Excel may run."""
    folder = os.path.join(system.home, "Library", "Application Scripts", "com.microsoft.Excel")
    return os.path.join(folder, f"xlwings-{XLWINGS}.applescript")


def roaming(system: System) -> str:
    """Windows: the user's application data."""
    return system.environment.get("APPDATA") or os.path.join(system.home, "AppData", "Roaming")


def logon_links(system: System) -> str:
    """Windows: the folder whose programs start at log-on."""
    return os.path.join(roaming(system), "Microsoft", "Windows", "Start Menu", "Programs", "Startup")


def office_note(system: System) -> str:
    """Linux: where the add-on of LibreOffice reads which Python the buttons need."""
    return os.path.join(system.home, ".config", "jixiao", "libreoffice.json")


def office_extensions(system: System) -> str:
    """Linux: LibreOffice's own list of the extensions of this user."""
    parent = system.environment.get("XDG_CONFIG_HOME") or os.path.join(system.home, ".config")
    return os.path.join(parent, "libreoffice", "4", "user", "uno_packages", "cache", "uno_packages.pmap")


def mark_of_the_web(path: str) -> str:
    """The alternate stream in which Windows notes that a file came from the internet."""
    return f"{path}:Zone.Identifier"
