"""What xlwings itself would generate for the cell functions. Run as a script, it prints JSON: the VBA, the help texts."""

import importlib
import io
import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any, NamedTuple

from excel_calling import connect


class Generated(NamedTuple):
    """The wrapper module, and of each function what is passed to ``Application.MacroOptions``."""

    vba: str
    options: list[tuple[str, str, str, list[str]]]  # macro, category, description, help of the arguments


def generated() -> Generated:
    """In a process of its own: xlwings is imported as on Windows there."""
    run = subprocess.run([sys.executable, __file__], capture_output=True, encoding="utf-8", check=True)
    vba, options = json.loads(run.stdout)
    return Generated(vba, [tuple(one) for one in options])  # type: ignore[misc]


def _generate() -> Generated:
    udfs, _ = connect()
    cells: Any = importlib.import_module("jixiao.cells")
    text = io.StringIO()
    udfs.generate_vba_wrapper("jixiao.cells", cells, text, SimpleNamespace(Name="jixiao.xlam"))
    options: list[tuple[str, str, str, list[str]]] = []

    def keep(macro: str, Description: str, Category: str, ArgumentDescriptions: list[str], **_: Any) -> None:
        options.append((macro, Category, Description, ArgumentDescriptions))

    components = SimpleNamespace(Import=lambda path: None, Remove=lambda module: None)
    project = SimpleNamespace(VBComponents=_Callable(components))
    application = SimpleNamespace(Version="16.0", MacroOptions=keep)
    udfs.import_udfs("jixiao.cells", SimpleNamespace(Name="jixiao.xlam", VBProject=project, Application=application))
    return Generated(text.getvalue(), options)


class _Callable:
    """A collection of COM: called with a name it gives an item."""

    def __init__(self, collection: SimpleNamespace) -> None:
        self._collection = collection

    def __call__(self, name: str) -> str:
        return name

    def __getattr__(self, name: str) -> Any:
        return getattr(self._collection, name)


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    answer, sys.stdout = sys.stdout, sys.stderr  # xlwings prints
    json.dump(_generate(), answer)
