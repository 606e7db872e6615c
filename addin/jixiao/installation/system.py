"""The machine as a value: every installation can be rehearsed on any other machine."""

import os
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

XLWINGS = "0.37.8"
"""The version whose VBA module is in the add-in. Module, DLL and Python package must agree."""


class System(NamedTuple):
    """What an installation depends on.

    ``python``: the interpreter that runs now. ``code_page``: in which VBA reads text files and names paths.
    ``addin``: the file as it is shipped. ``start``: starts a program and does not wait for it.
    """

    platform: str
    home: str
    environment: Mapping[str, str]
    python: str
    code_page: str
    addin: str
    start: Callable[[Sequence[str]], object]

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

    from jixiao.excel_addin import macros_folder
    from jixiao.hosts.excel import ADDIN

    return System(
        platform=sys.platform,
        home=os.path.expanduser("~"),
        environment=os.environ,
        python=sys.executable,
        # VBA for macOS reads neither UTF-8 nor any page that Python could ask for
        code_page=locale.getencoding() if sys.platform == "win32" else "ascii",
        addin=os.path.join(macros_folder(), ADDIN),
        start=subprocess.Popen,
    )
