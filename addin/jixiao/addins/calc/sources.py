"""The modules of ours that run inside LibreOffice: found along the imports, and renamed.

There they are the package ``jixiao_cells``: the installed package, which the buttons load, keeps its name for itself.
"""

import ast
import os
import sys
from collections.abc import Iterator

PACKAGE = "jixiao_cells"
_ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_COMPONENT = "jixiao.addins.calc.component"
_OF_LIBREOFFICE = {"uno", "unohelper", "com", "org"}
_DATA = ("law", "schemes")


def component_files() -> dict[str, bytes]:
    """The component and all it needs, by their paths in the add-on.

    A package that is only passed through is empty. Raises ValueError if a module needs something besides the standard library
    and LibreOffice's own modules.
    """
    needed = _needed()
    files = {_target(name): _renamed(_source(name)) for name in needed}
    passed = {parent for name in needed for parent in _parents(name)} - needed
    files |= {_target(name): b"" for name in passed}
    folder = os.path.join(_ROOT, *_DATA)
    for file in os.listdir(folder):
        with open(os.path.join(folder, file), "rb") as data:
            files["/".join(("pythonpath", PACKAGE, *_DATA, file))] = data.read()
    return dict(sorted(files.items()))


def _needed() -> set[str]:
    """The modules that are reached from the component by imports, wherever these stand."""
    needed, waiting = set(), [_COMPONENT]
    while waiting:
        name = waiting.pop()
        if name not in needed:
            needed.add(name)
            waiting += _imported(name)
    return needed


def _imported(name: str) -> Iterator[str]:
    for node in _imports(_source(name)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                _allow(name, alias.name)
        elif node.module and node.module.partition(".")[0] == "jixiao":
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if os.path.exists(_path(inner)) else node.module
        else:
            _allow(name, node.module or ".")


def _allow(name: str, imported: str) -> None:
    top = imported.partition(".")[0]
    if top not in sys.stdlib_module_names and not (name == _COMPONENT and top in _OF_LIBREOFFICE):
        raise ValueError(f"{name} imports {imported}, which LibreOffice's Python does not have")


def _imports(source: str) -> Iterator[ast.Import | ast.ImportFrom]:
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Import | ast.ImportFrom))


def _renamed(source: str) -> bytes:
    """The module with its imports of ours under the other name."""
    lines = source.splitlines(keepends=True)
    for node in _imports(source):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "jixiao":
            lines[node.lineno - 1] = lines[node.lineno - 1].replace("from jixiao", f"from {PACKAGE}", 1)
    return "".join(lines).encode()


def _source(name: str) -> str:
    with open(_path(name), encoding="utf-8") as file:
        return file.read()


def _path(name: str) -> str:
    """The file of a module, whether or not it is there."""
    base = os.path.join(_ROOT, *name.split(".")[1:])
    return os.path.join(base, "__init__.py") if os.path.isdir(base) else f"{base}.py"


def _parents(name: str) -> Iterator[str]:
    while "." in name:
        name = name.rpartition(".")[0]
        yield name


def _target(name: str) -> str:
    """Where a module goes: LibreOffice puts the folder ``pythonpath`` on the path of modules by itself."""
    if name == _COMPONENT:
        return "component.py"
    parts = os.path.relpath(_path(name), _ROOT).split(os.sep)
    return "/".join(("pythonpath", PACKAGE, *parts))
