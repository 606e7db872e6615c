"""The two VBA modules of xlwings for add-ins of one's own, from the installed package; the first in our terms.

xlwings' module also takes settings from a sheet of the workbook in front and from a file beside it. A workbook from a
stranger could so name the program that is started as Python. Ours obeys the user's own settings alone, and no file name of a
document reaches a command line.
"""

import os
from importlib.util import find_spec

from jixiao.vba import Kind, Module, module

_CHANGES = {
    'PROJECT_NAME As String = "myaddin"': 'PROJECT_NAME As String = "jixiao"',
    'If source = "" Or source = "sheet" Then': 'If source = "sheet" Then',
    'If source = "" Or source = "directory" Then': 'If source = "directory" Then',
    'PYTHONPATH = AddExcelDir & ";" & ActiveWorkbook.FullName & ";" & ThisWorkbook.FullName': (
        'PYTHONPATH = AddExcelDir & ";" & ThisWorkbook.FullName & ";" & ThisWorkbook.FullName'
    ),
}
"""What is replaced; each old text stands in the module exactly once."""


def xlwings_module() -> Module:
    """The module ``xlwings``. Raises ValueError if xlwings' text is not the one these changes are made for."""
    text = _text("xlwings_custom_addin.bas")
    for old, new in _CHANGES.items():
        if text.count(old) != 1:
            raise ValueError(f"xlwings_custom_addin.bas holds {text.count(old)} times: {old}")
        text = text.replace(old, new)
    return module("xlwings", text, Kind.MODULE)


def dictionary() -> Module:
    """The class ``Dictionary`` as it is: on macOS the module above uses it."""
    return module("Dictionary", _text("addin", "Dictionary.cls"), Kind.CLASS)


def _text(*names: str) -> str:
    spec = find_spec("xlwings")
    assert spec is not None and spec.origin is not None
    with open(os.path.join(os.path.dirname(spec.origin), *names), encoding="ascii", newline="") as file:
        return file.read()
