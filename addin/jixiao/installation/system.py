"""The machine as a value: every installation can be rehearsed on any other machine."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jixiao.errors import Refusal

XLWINGS = "0.37.8"
"""The version whose VBA module is in the add-in. Module, DLL and Python package must agree."""
_SECONDS = 120
"""For a program that takes about one: the first start of LibreOffice on an old machine."""


class LibreOffice(NamedTuple):
    """What an installation into LibreOffice depends on.

    ``program``: the folder of its programs. ``addon``: the file as it is shipped. ``python``: the minor version that runs
    now, such as 3.11, ``paths`` the folders it has this package and its libraries from. ``run``: runs a program and
    returns whether it succeeded. ``load_bridge``: raises Refusal if LibreOffice's Python is none that can run this package.
    """

    program: str
    addon: str
    root: bool
    python: str
    paths: Sequence[str]
    run: Callable[[Sequence[str]], bool]
    load_bridge: Callable[[], object]


class System(NamedTuple):
    """What an installation depends on.

    ``python``: the interpreter that runs now. ``code_page``: in which VBA reads text files and names paths.
    ``addin``: the file as it is shipped. ``start``: starts a program and does not wait for it. ``office``: LibreOffice,
    on Linux, if it is there.
    """

    platform: str
    home: str
    environment: Mapping[str, str]
    python: str
    code_page: str
    addin: str
    start: Callable[[Sequence[str]], object]
    office: LibreOffice | None = None

    @property
    def windows(self) -> bool:
        return self.platform == "win32"

    @property
    def mac(self) -> bool:
        return self.platform == "darwin"


def this_machine() -> System:
    """The machine this program runs on."""
    import locale
    import subprocess
    import sys

    from jixiao import ADDIN
    from jixiao.addins import macros_folder

    return System(
        platform=sys.platform,
        home=os.path.expanduser("~"),
        environment=os.environ,
        python=sys.executable,
        # VBA for macOS reads neither UTF-8 nor any page that Python could ask for
        code_page=locale.getencoding() if sys.platform == "win32" else "ascii",
        addin=os.path.join(macros_folder(), ADDIN),
        start=subprocess.Popen,
        office=_libreoffice() if sys.platform == "linux" else None,
    )


def _libreoffice() -> LibreOffice | None:
    import sys

    from jixiao.addins import macros_folder
    from jixiao.addins.calc import ADDON
    from jixiao.office.finding import load_uno, soffice

    try:
        program = os.path.dirname(soffice())
    except Refusal:
        return None
    return LibreOffice(
        program=program,
        addon=os.path.join(macros_folder(), ADDON),
        root=os.geteuid() == 0,
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        paths=_module_folders(),
        run=_succeeds,
        load_bridge=load_uno,
    )


def _module_folders() -> list[str]:
    """The folder of this package, which an editable installation has elsewhere, then those of the libraries."""
    import sys

    own = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    libraries = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    return list(dict.fromkeys([own, *libraries]))


def _succeeds(command: Sequence[str]) -> bool:
    """LibreOffice takes its Python's home from the first python3 it finds: that must be the system's, not ours."""
    import subprocess

    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    environment = kept | {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}  # UTF-8: file names may be Chinese
    try:
        return subprocess.run(command, env=environment, capture_output=True, timeout=_SECONDS).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False
