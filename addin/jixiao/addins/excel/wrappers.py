"""The VBA module of the cell functions, generated from the function table: a wrapper and a help text for each."""

import inspect
from collections.abc import Iterator

from jixiao.functions import FUNCTIONS, Function

_HEAD = """\
Attribute VB_Name = "JixiaoFunctions"
Option Explicit

' 由函数表生成（make templates），不要手工修改。
"""

_WRAPPER = """
Public Function {name}({parameters})
    On Error GoTo failed
    {name} = Answer(Server.CallUDF("jixiao.cells", "{name}", Array({arguments})))
    Exit Function
failed:
    {name} = Unavailable()
End Function
"""

_HELP = """
Public Sub DescribeFunctions()
{texts}End Sub
"""


def wrappers() -> str:
    """The text of macros/JixiaoFunctions.bas."""
    functions = FUNCTIONS.values()
    return _HEAD + "".join(map(_wrapper, functions)) + _HELP.format(texts="".join(map(_help, functions)))


def _wrapper(function: Function) -> str:
    names = list(inspect.signature(function.call).parameters)
    return _WRAPPER.format(
        name=function.name,
        parameters=", ".join(_parameters(function, names)),
        arguments=", ".join(f"Plain({name})" for name in names),
    )


def _parameters(function: Function, names: list[str]) -> Iterator[str]:
    for name, argument in zip(names, function.arguments, strict=True):
        yield f"Optional {name}" if argument.optional else name


def _help(function: Function) -> str:
    """One call of ``Describe``, a text a line: escaped Chinese is six times as long, and VBA's lines are short."""
    texts = ", _\n        ".join(_literal(argument.help) for argument in function.arguments)
    head = f'"{function.name}", {_literal(function.category)}, _\n        {_literal(function.description)}'
    return f"    Describe {head}, Array( _\n        {texts})\n"


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
