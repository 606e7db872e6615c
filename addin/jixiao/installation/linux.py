"""Install and uninstall on Linux: the add-on of LibreOffice, and the note by which it finds Python."""

import contextlib
import json
import os
import re

from jixiao.addins.calc.names import ADDON
from jixiao.errors import Refusal
from jixiao.hosts.saving import make_folder, read_bytes, replace_file
from jixiao.installation import folders
from jixiao.installation.system import LibreOffice, System
from jixiao.wording import installation as words

_FIELDS_END = b"\xff"  # in LibreOffice's list of extensions: no text in UTF-8 has this byte


def install(system: System) -> list[str]:
    """Put the shipped add-on and the note in place. Returns what was done, a line each.

    Raises Refusal if there is no LibreOffice, or if it does not take the add-on; the note is written first, because an
    add-on that LibreOffice has already, from a double-click, needs nothing else.
    """
    office = system.office
    if office is None:
        raise Refusal(words.NO_OFFICE)
    if office.root:
        raise Refusal(words.ROOT)
    if not os.path.isfile(office.addon):
        raise Refusal(words.NO_ADDIN.format(name=os.path.basename(office.addon)))
    path = folders.office_note(system)
    make_folder(os.path.dirname(path))
    replace_file(path, encoded(office))
    if not office.run([_unopkg(office), "add", "-f", office.addon]):
        raise Refusal(words.ADDON_NOT_PLACED.format(path=office.addon))
    return [
        words.ADDON_INSTALLED.format(path=office.addon),
        words.CONFIGURED.format(path=path),
        *_other_python(office),
        words.OPEN_OFFICE,
    ]


def uninstall(system: System) -> list[str]:
    """Remove what ``install`` put in place. Returns what was done; raises Refusal if LibreOffice keeps the add-on."""
    lines = []
    path = folders.office_note(system)
    with contextlib.suppress(FileNotFoundError):
        os.remove(path)
        lines.append(words.REMOVED.format(path=path))
    with contextlib.suppress(OSError):  # others may keep files there
        os.rmdir(os.path.dirname(path))
    if system.office and installed_version(system):
        if not system.office.run([_unopkg(system.office), "remove", ADDON]):
            raise Refusal(words.ADDON_NOT_REMOVED)
        lines.append(words.ADDON_REMOVED)
    return lines or [words.NOTHING_TO_REMOVE]


def encoded(office: LibreOffice) -> bytes:
    """The note."""
    return json.dumps({"python": office.python, "paths": list(office.paths)}, ensure_ascii=False, indent=1).encode()


def noted(system: System) -> tuple[str, str] | None:
    """The Python that the note names, and the folder of the package; None if there is none that can be read."""
    try:
        note = json.loads(read_bytes(folders.office_note(system)))
        return note["python"], note["paths"][0]
    except (Refusal, ValueError, LookupError, TypeError):
        return None


def installed_version(system: System) -> str | None:
    """The version of our add-on that LibreOffice has for this user; None if it has none.

    Its list is read as a file: asked for it, an office that waits for one of our buttons would not answer.
    """
    try:
        listed = read_bytes(folders.office_extensions(system))
    except Refusal:
        return None
    # each entry: identifier, then on the next line folder, file, kind, version
    entry = _FIELDS_END.join((ADDON.encode() + b"\n[^\n]*?", rb"[^\n]*?", rb"[^\n]*?", rb"([^\n]*?)", b""))
    found = re.search(_FIELDS_END + entry, listed)
    return found[1].decode() if found else None


def version(office: LibreOffice) -> str:
    """The version of LibreOffice itself, such as 7.4."""
    settings = read_bytes(os.path.join(office.program, "bootstraprc"))
    found = re.search(rb"ProductKey=\S+ ([\d.]+)", settings)
    return found[1].decode() if found else ""


def _unopkg(office: LibreOffice) -> str:
    return os.path.join(office.program, "unopkg")


def _other_python(office: LibreOffice) -> list[str]:
    try:
        office.load_bridge()
    except Refusal as refusal:
        return [words.ONLY_FUNCTIONS.format(reason=refusal)]
    return []
