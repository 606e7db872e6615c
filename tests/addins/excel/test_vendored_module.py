"""xlwings' VBA module in our terms: what differs from xlwings' own, and that all its parts are of one version."""

import difflib
import re
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import xlwings

from jixiao.addins.excel import vendor
from jixiao.addins.excel.modules import addin_modules

ROOT = Path(__file__).parents[3]
XLWINGS = Path(xlwings.__file__).parent


def body(name: str) -> list[str]:
    (module,) = (module for module in addin_modules() if module.name == name)
    return module.source().replace("\r\n", "\n").splitlines()


def theirs(*names: str) -> list[str]:
    return XLWINGS.joinpath(*names).read_text(encoding="ascii").rstrip().splitlines()


def test_only_settings_of_documents_and_the_name_are_taken_out() -> None:
    lines = difflib.ndiff(theirs("xlwings_custom_addin.bas"), body("xlwings"))
    changed = [line for line in lines if line[0] in "-+"]
    removed = [line[2:].strip() for line in changed if line[0] == "-"]
    added = [line[2:].strip() for line in changed if line[0] == "+"]
    assert len(removed) == len(added) == 4

    name, path, sheet, directory = zip(removed, added, strict=True)
    assert name == ('Public Const PROJECT_NAME As String = "myaddin"', 'Public Const PROJECT_NAME As String = "jixiao"')
    # A sheet of the workbook in front and a file beside it are asked only by name, which nothing in the module does.
    assert [old.replace('source = "" Or ', "") for old in (sheet[0], directory[0])] == [sheet[1], directory[1]]
    assert (sheet[1], directory[1]) == ('If source = "sheet" Then', 'If source = "directory" Then')
    # The command line of the function server names no document.
    assert path[0].count("ActiveWorkbook") == 1
    assert path[1] == path[0].replace("ActiveWorkbook", "ThisWorkbook")


def test_nothing_asks_for_the_settings_of_a_document() -> None:
    calls = [line for line in body("xlwings") if re.search(r'GetConfig\([^)]*"(sheet|directory)"', line)]
    assert calls == []


def test_the_class_of_dictionaries_is_as_it_came() -> None:
    def statements(lines: list[str]) -> list[str]:
        return lines[next(number for number, line in enumerate(lines) if line == "''") :]

    assert statements(body("Dictionary")) == statements(theirs("addin", "Dictionary.cls"))


def test_module_dll_package_and_pin_are_of_one_version() -> None:
    text = "\n".join(body("xlwings"))
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    (pinned,) = (re.findall(r"xlwings==(.*)", one) for one in dependencies if one.startswith("xlwings"))
    assert set(re.findall(r'XLWINGS_VERSION As String = "(.*)"', text)) == {*pinned}
    assert set(re.findall(r"xlwings(?:32|64)-(.*?)\.dll", text)) == {*pinned}
    assert [version("xlwings")] == pinned


def test_another_text_of_xlwings_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vendor, "_text", lambda *names: 'If source = "" Or source = "sheet" Then')
    with pytest.raises(ValueError, match="PROJECT_NAME"):
        vendor.xlwings_module()
