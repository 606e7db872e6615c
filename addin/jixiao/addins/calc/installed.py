"""The way from LibreOffice's own Python to the installed package, which does the work of the buttons.

``jixiao install`` notes where the package lies; it can be loaded only into the same minor version of Python, because the
libraries it needs are compiled for one.
"""

import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any, NamedTuple

from jixiao import __version__
from jixiao.errors import Refusal
from jixiao.logbook import keep_traceback
from jixiao.wording import calc_addon as words

PYTHON = f"{sys.version_info[0]}.{sys.version_info[1]}"
_MODULE = "jixiao.inside"


class Place(NamedTuple):
    """Where the package is installed: the version of Python, and the folders of modules."""

    python: str
    paths: Sequence[str]


def installed_press() -> Callable[[Any, Any, str, str], None]:
    """``press`` of the installed package. Raises Refusal if there is none, or none that fits."""
    place = _place()
    if place is None:
        raise Refusal(words.NOT_INSTALLED)
    if place.python != PYTHON:
        raise Refusal(words.OTHER_PYTHON.format(here=PYTHON, there=place.python))
    sys.path += [path for path in place.paths if path not in sys.path]
    try:
        found = import_module("jixiao").__version__
        if found != __version__:
            raise Refusal(words.OTHER_VERSION.format(here=__version__, there=found))
        press: Callable[[Any, Any, str, str], None] = import_module(_MODULE).press
    except ImportError:
        keep_traceback()
        raise Refusal(words.NOT_INSTALLED) from None
    return press


def _place() -> Place | None:
    """What ``jixiao install`` noted; None if it noted nothing that can be read."""
    named = os.environ.get("JIXIAO_SITE")
    if named:
        return Place(PYTHON, named.split(os.pathsep))
    try:
        with open(_note(), encoding="utf-8") as file:
            note = json.load(file)
        return Place(note["python"], note["paths"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _note() -> str:
    return os.path.join(os.path.expanduser("~"), ".config", "jixiao", "libreoffice.json")
