"""The house keeps its order: who imports whom, what start-up costs, and what must never stand in the repository."""

import ast
import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import pytest

import jixiao

PACKAGE = Path(jixiao.__file__).parent
ROOT = PACKAGE.parent.parent

ROOMS = (
    *("figures", "formats", "places", "grid", "ours", "errors", "findings", "logbook", "owned", "outputs", "shelf"),
    *("law", "relations", "functions", "cells", "calculation", "evaluation", "forms"),
    *("checks", "report", "actions"),
    *("vba", "office", "hosts", "builder", "addins", "desks", "installation", "frames", "doctor"),
    *("buttons", "inside", "templates", "demo", "arguments", "cli"),
)
"""A room may import only itself and the rooms before it: actions never see a host, whatever host calls them."""

WORDED = ("figures", "formats", "places", "grid", "errors")
"""Every other room may use wording; wording names only what these rooms define, and they know nothing of it."""

MODELS = {"report": "jixiao.report.document", "actions": "jixiao.actions.book"}
"""Hosts write what reports and actions describe: of these rooms they know only the model, of the checks nothing."""

HEAVY = (
    "openpyxl",
    "pandas",
    "numpy",
    "xlrd",
    "xlwings",
    "docx",
    "docxtpl",
    "lxml",
    "dataclasses",
    "inspect",
    "pathlib",
)
"""What must not be loaded on the way of a cell function or of check, fill and report."""


def modules() -> dict[str, Path]:
    """Every module of the package by its dotted name."""
    return {_name(path): path for path in PACKAGE.rglob("*.py")}


def _name(path: Path) -> str:
    parts = ("jixiao", *path.relative_to(PACKAGE).with_suffix("").parts)
    return ".".join(part for part in parts if part != "__init__")


def imports(path: Path) -> Iterator[str]:
    """What a module imports of ours, at its top or inside functions, as ``module`` or ``module.name``."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("jixiao"))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("jixiao"):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def room(name: str) -> str:
    return name.split(".")[1] if "." in name else ""


def trespass(importer: str, imported: str) -> bool:
    """Whether this import breaks the order of the rooms."""
    here, there = room(importer), room(imported)
    if there in {"", "__version__", "ADDIN", here}:
        return False
    if there == "wording":
        return here in WORDED
    if here == "wording":
        return there not in WORDED
    if here in {"hosts", "builder"} and there in {"checks", *MODELS}:
        return there == "checks" or not imported.startswith(MODELS[there])
    return ROOMS.index(there) > ROOMS.index(here)


def test_every_room_is_in_the_order() -> None:
    assert {room(name) for name in modules()} - {""} == {*ROOMS, "wording"}


def test_rooms_import_only_rooms_above_them() -> None:
    broken = [(name, used) for name, path in modules().items() for used in imports(path) if trespass(name, used)]
    assert broken == []


@pytest.mark.parametrize(
    ("importer", "imported"),
    [
        ("jixiao.law.grades", "jixiao.checks.funds"),
        ("jixiao.checks.funds", "jixiao.hosts.package.PackageHost"),
        ("jixiao.hosts.package", "jixiao.report.sentences"),
        ("jixiao.hosts.package", "jixiao.checks.check"),
        ("jixiao.hosts.word.writing", "jixiao.actions.fill"),
        ("jixiao.actions.fill", "jixiao.hosts.package"),
        ("jixiao.wording.checks", "jixiao.checks.rule"),
        ("jixiao.wording.structure", "jixiao.findings.Finding"),
        ("jixiao.grid", "jixiao.wording.files"),
    ],
)
def test_a_wrong_import_is_noticed(importer: str, imported: str) -> None:
    assert trespass(importer, imported)


def test_modules_import_each_other_in_one_direction_only() -> None:
    known = modules()
    uses = {name: {_module(used, known) for used in imports(path)} - {name, "jixiao"} for name, path in known.items()}
    while leaves := [name for name, used in uses.items() if not used & uses.keys()]:
        for name in leaves:
            del uses[name]
    assert sorted(uses) == [], "these import each other in a circle"


def _module(used: str, known: dict[str, Path]) -> str:
    return used if used in known else used.rpartition(".")[0]


# ---------------------------------------------------------------- start-up


def loaded(imported: str, *folders: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after these imports, from our package and these folders."""
    program = f"import {imported}, sys; print(*sys.modules)"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(PACKAGE.parent), *folders))}
    # -S: what an installed package's start-up file loads is not ours.
    ran = subprocess.run(
        [sys.executable, "-S", "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    return set(ran.stdout.split())


@pytest.mark.parametrize(
    "imported",
    [
        "jixiao.functions",
        "jixiao.cli, jixiao.desks.terminal, jixiao.hosts.files, jixiao.actions.examine",
        "jixiao.cli, jixiao.desks.terminal, jixiao.desks.journal, jixiao.hosts.files, jixiao.actions.fill",
        "jixiao.cli, jixiao.desks.terminal, jixiao.hosts.files, jixiao.hosts.saving, jixiao.actions.write_report, jixiao.hosts.word.writing",
    ],
    ids=["functions", "check", "fill", "report"],
)
def test_nothing_heavy_is_loaded(imported: str) -> None:
    assert loaded(imported) & set(HEAVY) == set()


def test_a_plain_workbook_is_built_without_what_compiles_vba() -> None:
    new = "jixiao.cli, jixiao.hosts.files, jixiao.actions.create, jixiao.addins.excel.files"
    names = loaded(new, sysconfig.get_paths()["purelib"])
    assert "jixiao.builder" in names
    assert not {name for name in names if name.startswith(("jixiao.vba", "jixiao.builder.macros"))}


STAND_IN = (
    "sys; sys.modules['xlwings'] = xlwings = type(sys)('xlwings'); "
    "xlwings.func = xlwings.arg = lambda *_, **options: lambda function: function; import "
)


def test_a_cell_function_loads_nothing_heavy_besides_xlwings() -> None:
    assert loaded(STAND_IN + "jixiao.cells") & set(HEAVY) == {"xlwings"}


def test_the_look_at_loaded_modules_sees_heavy_ones() -> None:
    assert "dataclasses" in loaded("dataclasses")


# ---------------------------------------------------------------- what users see


def test_help_is_chinese() -> None:
    pages = {command: _help(command) for command in ("", *_commands())}
    assert len(pages) > 8
    english = re.compile(
        r"\b(usage|options|positional|arguments|show|default|optional|required)\b(?!\.)", re.IGNORECASE
    )
    assert {command: found for command, page in pages.items() if (found := english.findall(page))} == {}


def _commands() -> list[str]:
    return re.findall(r"^ {4}([a-z]+) ", _help(""), re.MULTILINE)


def _help(command: str) -> str:
    arguments = [command] if command else []
    ran = subprocess.run(
        [sys.executable, "-m", "jixiao.cli", *arguments, "--help"], capture_output=True, text=True, check=True
    )
    return ran.stdout


# ---------------------------------------------------------------- what must not stand here


def tracked_texts() -> dict[str, str]:
    """Every text file of the repository; of a copy without git, every file of the package, tests and docs."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    names = listed.stdout.split("\0")[:-1] if listed.returncode == 0 else _found()
    texts = {}
    for name in names:
        path = ROOT / name
        if path.is_file() and b"\0" not in (data := path.read_bytes()):
            texts[name] = data.decode(encoding="utf-8")
    return texts


def _found() -> list[str]:
    folders = ("addin", "tests", "docs", "bench", "macros", "workbook_templates")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts]


TELEPHONE = re.compile(r"(?<![\d.])1[3-9]\d{9}(?!\d)")
INDEX = re.compile(r"(?:--(?:extra-)?index-url|(?:pypi|files\.pythonhosted|mirrors?)\.[a-z.]+/simple)", re.IGNORECASE)
PLACE = re.compile(r"(?<![\w.])/(?:work|home|root|Users)/(?!\.)")


@pytest.mark.parametrize(
    ("pattern", "example"),
    [
        (TELEPHONE, "电话 1" + "3912345678。"),
        (INDEX, "--index-" + "url x"),
        (INDEX, "//pypi" + ".org/simple"),
        (PLACE, "'/" + "work/main'"),
    ],
    ids=["telephone", "index option", "index address", "machine path"],
)
def test_no_private_matter_in_the_repository(pattern: re.Pattern[str], example: str) -> None:
    assert pattern.search(example)
    assert {name: found for name, text in tracked_texts().items() if (found := pattern.findall(text))} == {}


def test_the_package_names_no_address_of_the_internet() -> None:
    addresses = re.compile(r"https?://[^\s\"'<>{}]+")
    found = {address for path in modules().values() for address in addresses.findall(path.read_text(encoding="utf-8"))}
    namespaces = ("http://schemas.", "http://www.w3.org/", "http://purl.org/", "http://openoffice.org/")
    assert {address for address in found if not address.startswith(namespaces)} == set()
