"""检查安装: what is there, and what to do about what is not."""

import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version

from jixiao import __version__, shelf
from jixiao.forms import library
from jixiao.installation.fonts import missing_fonts
from jixiao.installation.inspection import inspect
from jixiao.installation.system import XLWINGS, System, this_machine
from jixiao.law.loading import mistakes
from jixiao.wording import doctor as words

PACKAGES = ("openpyxl", "pandas", "xlrd", "xlwings")
BITS = 64 if sys.maxsize > 2**32 else 32


def doctor(system: System | None = None) -> list[str]:
    """One line for each thing that was looked at; each says what to do if anything is missing."""
    lines = [
        words.PYTHON.format(version=platform.python_version(), bits=BITS, path=sys.executable),
        words.JIXIAO.format(version=__version__, forms=len(library.identifiers())),
    ]
    lines += _own_drawings()
    lines += [_package(name) for name in PACKAGES]
    lines += inspect(system or this_machine())
    lines.append(words.OFFICE if shutil.which("soffice") else words.NO_OFFICE)
    missing = missing_fonts()
    lines.append(words.NO_FONTS.format(fonts="、".join(missing)) if missing else words.FONTS)
    return lines


def _own_drawings() -> list[str]:
    """One's own drawings and schemes, where there are any, and what keeps one of them from being used."""
    own = len(library.own_drawings())
    wrong = [*shelf.complaints(), *library.left_out().values(), *mistakes().values()]
    found = [words.OWN.format(count=own, folder=shelf.own_folder())] if own else []
    return found + [words.WRONG.format(sentence=sentence) for sentence in wrong]


def _package(name: str) -> str:
    try:
        found = version(name)
    except PackageNotFoundError:
        return words.NO_PACKAGE.format(name=name)
    if name == "xlwings" and found != XLWINGS:
        return words.OTHER_XLWINGS.format(version=found, wanted=XLWINGS)
    return words.PACKAGE.format(name=name, version=found)
