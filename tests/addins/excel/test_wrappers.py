"""The generated module of the cell functions, beside what xlwings' own generator makes of the same Python functions."""

import re
from pathlib import Path

import pytest
from engines import Interpreter
from xlwings_generator import Generated, generated

from jixiao.addins.excel.wrappers import wrappers
from jixiao.forms import library
from jixiao.functions import FUNCTIONS

_FUNCTION = re.compile(
    r"^(?:Public )?Function (?P<name>\w+)\((?P<parameters>[^)]*)\)\n(?P<body>.*?)^End Function", re.M | re.S
)
_CALL = re.compile(r'CallUDF\("(?P<module>[\w.]+)", "(?P<name>\w+)", Array\((?P<arguments>(?:[^()]|\([^()]*\))*)\)')


@pytest.fixture(scope="module")
def theirs() -> Generated:
    return generated()


def signatures(vba: str) -> dict[str, str]:
    return {function["name"]: function["parameters"] for function in _FUNCTION.finditer(vba)}


def calls(vba: str) -> dict[str, set[tuple[str, ...]]]:
    """Which Python function each wrapper calls, with what."""
    return {
        function["name"]: {call.group("module", "name", "arguments") for call in _CALL.finditer(function["body"])}
        for function in _FUNCTION.finditer(vba)
    }


def test_names_and_parameters_are_those_xlwings_would_write(theirs: Generated) -> None:
    assert signatures(wrappers()) == signatures(theirs.vba)
    assert signatures(theirs.vba).keys() == FUNCTIONS.keys()
    assert signatures(theirs.vba)["PERF_GRADE"] == "total, Optional scheme"


def test_wrappers_call_the_same_python_functions_with_the_same_arguments(theirs: Generated) -> None:
    ours = {
        name: {(module, function, re.sub(r"Plain\((\w+)\)", r"\1", arguments)) for module, function, arguments in found}
        for name, found in calls(wrappers()).items()
    }
    assert ours == calls(theirs.vba)
    assert ours["PERF_GRADE"] == {("jixiao.cells", "PERF_GRADE", "total, scheme")}


def test_every_argument_goes_through_plain_and_every_answer_through_answer() -> None:
    for function in _FUNCTION.finditer(wrappers()):
        (call,) = _CALL.finditer(function["body"])
        assert re.fullmatch(r"Plain\(\w+\)(, Plain\(\w+\))*", call["arguments"])
        assert f"    {function['name']} = Answer(Server.{call[0]}))\n" in function["body"]
        assert f"failed:\n    {function['name']} = Unavailable()\n" in function["body"]


def test_help_texts_are_those_xlwings_would_register(theirs: Generated) -> None:
    interpreter = Interpreter(Path(library.folder()) / "national-project-2020.xlsx")
    interpreter.run("xlwings.Reset")
    interpreter.run("JixiaoFunctions.DescribeFunctions")
    lines = interpreter.run("Calls.Told").splitlines()
    ours = [(macro, category, text, help_) for macro, category, text, *help_ in (line.split("|") for line in lines)]
    assert sorted(ours) == sorted(theirs.options)
    assert len(ours) == len(FUNCTIONS)
    macro, category, text, help_ = next(one for one in ours if one[0].endswith("!PERF_GRADE"))
    assert (macro, category) == ("'jixiao.xlam'!PERF_GRADE", "绩效")
    assert "评价等次" in text and len(help_) == 2


def test_no_help_text_is_longer_than_excel_takes() -> None:
    texts = [function.description for function in FUNCTIONS.values()]
    texts += [argument.help for function in FUNCTIONS.values() for argument in function.arguments]
    assert max(map(len, texts)) <= 255
