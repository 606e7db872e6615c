"""The VBA sources as two static analysers see them, and what no analyser knows: rules of our own.

xlwings' own modules are not under test: its two functions stand in. vbalidator does not know document modules and events.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
import pyvbaanalysis
import vbalidator

from jixiao.addins.excel.modules import addin_modules, form_modules
from jixiao.vba import DECODER, Kind, Module, project

VENDORED = {"xlwings", "Dictionary"}
DOCUMENTS = {"ThisWorkbook", "Sheet1", "JixiaoEvents"}

XLWINGS = Module(
    "xlwings",
    Kind.MODULE,
    """Option Explicit
Public Function XLPy() As Object
    Set XLPy = Nothing
End Function
Public Function GetConfig(configKey As String, Optional default As String = "") As Variant
    GetConfig = configKey & default
End Function
Public Function RunPython(command As String) As Long
    RunPython = Len(command)
End Function
""",
)

ADDIN, FORM = addin_modules(), form_modules()


def ours(modules: Sequence[Module]) -> list[Module]:
    return [module for module in modules if module.name not in VENDORED]


def written(modules: Sequence[Module], folder: Path) -> Path:
    """The modules as files, with what they need of xlwings."""
    for module in [*modules, XLWINGS]:
        (folder / module.file).write_text(module.source(), encoding="ascii", newline="")
    return folder


def analysed(modules: Sequence[Module], folder: Path) -> list[str]:
    """What pyvbaanalysis says, hints included."""
    files = sorted(written(ours(modules), folder).iterdir())
    found = pyvbaanalysis.analyze_loose_files(files, only=[module.name for module in ours(modules)])
    return [f"{name}: {one.code}: {one.message}" for name, said in found.items() for one in said]


def validated(modules: Sequence[Module], folder: Path) -> list[str]:
    """What vbalidator says."""
    known = [module for module in ours(modules) if module.name not in DOCUMENTS]
    return [str(issue) for issue in vbalidator.precheck(written(known, folder), host="excel").issues]


def planted(*procedures: str) -> list[Module]:
    """The add-in with more procedures at the end of JixiaoHost."""
    codes = [f"\nPublic Sub Planted{number}()\n{code}\nEnd Sub\n" for number, code in enumerate(procedures)]
    return [
        module._replace(body=module.body + "".join(codes)) if module.name == "JixiaoHost" else module
        for module in ADDIN
    ]


@pytest.mark.parametrize("modules", [ADDIN, FORM], ids=["add-in", "form"])
def test_the_analyser_has_nothing_to_say(modules: Sequence[Module], tmp_path: Path) -> None:
    assert analysed(modules, tmp_path) == []


@pytest.mark.parametrize("modules", [ADDIN, FORM], ids=["add-in", "form"])
def test_the_validator_has_nothing_to_say(modules: Sequence[Module], tmp_path: Path) -> None:
    assert validated(modules, tmp_path) == []


def test_the_analyser_sees_planted_errors(tmp_path: Path) -> None:
    errors = {
        "undeclared-variable": "    undeclared = 1",
        "unknown-call": "    NoSuchProcedure 1",
        "argument-count": "    JixiaoPress 1, 2, 3",
        "member-not-found": "    Dim sheet As Worksheet\n    Set sheet = ActiveSheet\n    sheet.NoSuchMember",
        "set-required": "    Dim sheet As Worksheet\n    sheet = ActiveSheet\n    Debug.Print sheet.Name",
        "undefined-label": "    On Error GoTo nowhere",
        "duplicate-declaration": "    Dim one As Long\n    Dim one As Long",
    }
    said = " ".join(analysed(planted(*errors.values()), tmp_path))
    assert [code for code in errors if code not in said] == []


def test_the_analyser_sees_an_event_that_excel_would_not_call(tmp_path: Path) -> None:
    wrong = [module._replace(body=module.body.replace("ByVal Wb As Workbook", "ByVal Wb As Long")) for module in ADDIN]
    assert "event-handler-signature" in " ".join(analysed(wrong, tmp_path))


@pytest.mark.parametrize(
    "code",
    ["    If True Then\n        Beep", "    Dim i As Long\n    For i = 1 To 2\n        Beep"],
    ids=["End If", "Next"],
)
def test_the_validator_sees_a_block_without_an_end(code: str, tmp_path: Path) -> None:
    assert validated(planted(code), tmp_path) != []


# ---------------------------------------------------------------- rules of our own


@pytest.mark.parametrize("module", [*ours(ADDIN), *FORM], ids=lambda module: module.name)
def test_every_variable_has_to_be_declared(module: Module) -> None:
    assert not module.body.strip() or "Option Explicit" in module.body.splitlines()


def test_our_vba_starts_nothing_and_opens_no_file() -> None:
    starts = re.compile(
        r"\b(CreateObject|GetObject|Shell|Declare|Environ|Kill|FileCopy|MacScript|AppleScriptTask|Open .* For)\b",
        re.IGNORECASE,
    )
    assert starts.search("Open path For Input As #1") and starts.search('CreateObject("WScript.Shell")')
    lines = [line.partition("'")[0] for module in [*ours(ADDIN), *FORM] for line in module.body.splitlines()]
    assert [line for line in lines if starts.search(line)] == []


def test_formulas_of_newer_excels_are_bound_late() -> None:
    typed = [line for module in ours(ADDIN) for line in module.body.splitlines() if ".Formula2" in line]
    assert [line.strip() for line in typed] == ["cell.Formula2 = text", "Formulas = area.Formula2"]
    (rebind,) = (module for module in ADDIN if module.name == "JixiaoRebind")
    assert "Sub Enter(ByVal cell As Object," in rebind.body
    assert "Function Formulas(ByVal area As Object)" in rebind.body


def test_helpers_of_cells_are_no_functions_for_users() -> None:
    """What a standard module makes public, Excel offers in its list of functions, unless the module is private."""
    public = {module.name for module in ours(ADDIN) if module.kind is Kind.MODULE} - {
        module.name for module in ADDIN if "Option Private Module" in module.body
    }
    assert public == {"JixiaoFunctions", "JixiaoRibbon", "JixiaoHost", "JixiaoBinding"}


def test_both_projects_can_be_built() -> None:
    assert project("JixiaoAddin", ADDIN) == project("JixiaoAddin", addin_modules())
    assert [module.name for module in FORM] == ["JixiaoButtons", DECODER.name]
    assert project("JixiaoForm", FORM)
