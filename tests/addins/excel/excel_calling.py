"""Excel's side of a cell function: values go in as Excel's COM hands them over, and come back as VBA gets them.

The way between is xlwings' own code for Windows (``com_server``, ``udfs``, ``_xlwindows``, the converters), imported over
stand-ins for pywin32. It runs in a process of its own, so that no other code ever sees the stand-ins: ``Excel`` starts it and
asks; run as a script, this file is it.
"""

import ctypes
import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from enum import IntEnum
from types import TracebackType
from typing import Any, NamedTuple
from unittest.mock import MagicMock

MISSING = -2147352572
"""An argument left out (DISP_E_PARAMNOTFOUND)."""


class ErrorCell(IntEnum):
    """An error value as COM carries it."""

    NULL = -2146826288
    DIV0 = -2146826281
    VALUE = -2146826273
    REF = -2146826265
    NAME = -2146826259
    NUM = -2146826252
    NA = -2146826246
    SPILL = -2146826243
    """Newer than VBA's names for error values."""


class Answer(NamedTuple):
    """What call_udf gave, and what VBA gets of it."""

    block: Any
    value: Any


def as_excel_hands_over(value: Any) -> Any:
    """A number of a cell is a float, even a whole one; a range is a tuple of rows."""
    if isinstance(value, list):
        return tuple(map(as_excel_hands_over, value))
    if type(value) is int and value != MISSING:
        return float(value)
    return value


class Excel:
    """A running process that answers like the xlwings function server. Use it in a with statement."""

    def __enter__(self) -> "Excel":
        self._server = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.communicate()

    def call(self, name: str, *arguments: Any) -> Answer:
        """``=NAME(arguments…)``; what is left out is missing. Raises RuntimeError if anything is raised on the way."""
        return Answer(*self._ask("call", name, [as_excel_hands_over(argument) for argument in arguments]))

    def described(self, name: str) -> dict[str, Any]:
        """What xlwings knows of a function: ``name``, ``args``, ``ret``, ``category``, …"""
        found: dict[str, Any] = self._ask("describe", name)
        return found

    def _ask(self, *question: Any) -> Any:
        assert self._server.stdin and self._server.stdout
        print(json.dumps(question), file=self._server.stdin, flush=True)
        answer = json.loads(self._server.stdout.readline())
        if "raised" in answer:
            raise RuntimeError(answer["raised"])
        return answer["answer"]


# ---------------------------------------------------------------- the process with the stand-ins

_PYWIN32 = (
    *("pythoncom", "pywintypes", "win32api", "win32con", "win32event", "win32gui", "win32process", "win32timezone"),
    *("win32com", "win32com.client", "win32com.server", "win32com.server.dispatcher", "win32com.server.policy"),
    "win32com.server.util",
)


def connect() -> tuple[Any, Any]:
    """xlwings' modules ``udfs`` and ``com_server`` as on Windows, in this process, for good.

    Asyncio and pandas ask for the platform too: they are imported before it is disguised.
    """
    import asyncio  # noqa: F401

    import pandas  # noqa: F401

    _stand_in_for_pywin32()
    platform, sys.platform = sys.platform, "win32"
    try:
        import xlwings.com_server
        import xlwings.udfs
    finally:
        sys.platform = platform
    return xlwings.udfs, xlwings.com_server


def _stand_in_for_pywin32() -> None:
    modules = {name: MagicMock(name=name) for name in _PYWIN32}
    for name, module in modules.items():
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(modules[parent], child, module)
    modules["pythoncom"].__file__ = "pythoncom.dll"
    modules["pywintypes"].TimeType = type("TimeType", (datetime,), {})
    modules["pywintypes"].com_error = modules["pywintypes"].error = type("com_error", (Exception,), {})
    modules["pywintypes"].IID = str
    modules["win32com.server.util"].unwrap.side_effect = TypeError("a plain value is no wrapped object")
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(modules["win32com.client"], name, type(name, (), {}))
    sys.modules.update(modules)
    for name in ("oledll", "windll", "PyDLL"):
        setattr(ctypes, name, MagicMock(name=name))


def serve() -> None:
    """Answer questions, one JSON line each, until there are no more."""
    udfs, com_server = connect()
    server = com_server.XLPython()

    def describe(name: str) -> Any:
        return getattr(importlib.import_module("jixiao.cells"), name).__xlfunc__

    def call(name: str, arguments: Sequence[Any]) -> tuple[Any, Any]:
        left_out = len(describe(name)["args"]) - len(arguments)  # VBA hands over every parameter
        values = (*map(_tuples, arguments), *[MISSING] * left_out)
        return udfs.call_udf("jixiao.cells", name, values), server.CallUDF("jixiao.cells", name, values)

    actions: dict[str, Callable[..., Any]] = {"call": call, "describe": describe}
    for line in sys.stdin:
        action, *arguments = json.loads(line)
        try:
            answer = {"answer": actions[action](*arguments)}
        except Exception as error:
            answer = {"raised": repr(error)}
        print(json.dumps(answer, default=repr), flush=True)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


if __name__ == "__main__":
    sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    serve()
