"""Where LibreOffice lies on this machine, and its Python bridge ``uno``."""

import glob
import importlib.util
import os
import re
import shutil
import sys
from collections.abc import Iterator
from types import ModuleType

from jixiao.errors import Refusal
from jixiao.wording import libreoffice as words

PROGRAMS = (
    "/usr/lib/libreoffice/program",  # Debian, UOS, Kylin
    "/usr/lib64/libreoffice/program",  # Fedora, openEuler
    "/opt/libreoffice*/program",  # The Document Foundation's own builds
)
PACKAGES = ("/usr/lib/python3/dist-packages", f"/usr/lib64/python3.{sys.version_info.minor}/site-packages")
"""Where a distribution lays ``uno.py``; the other builds have it beside the program."""


def soffice() -> str:
    """The office's own process ``soffice.bin``: no script and no splash screen in between."""
    for program in _programs():
        return os.path.join(program, "soffice.bin")
    raise Refusal(words.NOT_FOUND)


def load_uno() -> ModuleType:
    """The modules ``uno`` (returned) and ``unohelper``, and nothing else of the folders they lie in."""
    if "uno" in sys.modules:
        return sys.modules["uno"]
    soffice()
    for program in _programs():
        for folder in (program, *PACKAGES):
            if os.path.isfile(os.path.join(folder, "uno.py")):
                return _load(folder, program)
    raise Refusal(words.NO_UNO)


def _programs() -> Iterator[str]:
    commands = filter(None, map(shutil.which, ("soffice", "libreoffice")))
    installed = (os.path.dirname(os.path.realpath(command)) for command in commands)
    known = (path for pattern in PROGRAMS for path in sorted(glob.glob(pattern), key=_version, reverse=True))
    yield from (path for path in (*installed, *known) if os.path.isfile(os.path.join(path, "soffice.bin")))


def _version(path: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path)]


def _load(folder: str, program: str) -> ModuleType:
    _need_same_python(program)
    # The bridge reads this when it is loaded; it is no business of the processes we start.
    os.putenv("URE_BOOTSTRAP", f"vnd.sun.star.pathname:{os.path.join(program, 'fundamentalrc')}")
    before = list(sys.path)
    sys.path.append(program)  # pyuno, the bridge's library, lies there
    try:
        uno = _load_file("uno", folder)
        _load_file("unohelper", folder)
    except ImportError as error:
        sys.modules.pop("uno", None)
        raise Refusal(words.BROKEN_UNO.format(reason=error)) from error
    finally:
        sys.path[:] = before  # uno.py appends to it too
    return uno


def _load_file(name: str, folder: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, os.path.join(folder, f"{name}.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _need_same_python(program: str) -> None:
    """The bridge is compiled for one minor version of Python, whose library it names."""
    for library in ("libpyuno.so", "pyuno.pyd"):
        path = os.path.join(program, library)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                linked = re.search(rb"python3\.?(\d+)\.", file.read())
            if linked and int(linked[1]) != sys.version_info.minor:
                raise Refusal(words.OTHER_PYTHON.format(theirs=int(linked[1]), ours=sys.version_info.minor))
