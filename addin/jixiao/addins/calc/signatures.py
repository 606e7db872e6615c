"""The cell functions for LibreOffice, generated from the function table: their types, and their help."""

import inspect
import xml.etree.ElementTree as ET

from jixiao.addins.calc import names
from jixiao.addins.calc.configuration import Texts, component, group, member, texts, value, written
from jixiao.functions import FUNCTIONS, Function
from jixiao.wording import calc_addon as english

_IDL = """\
module org {{ module jixiao {{
    interface XFunctions {{
{methods}    }};
}}; }};
"""


def types() -> str:
    """The type library: an interface with a method for every function. LibreOffice reads the plain text.

    A single cell is ``string``: Calc hands over a number with its 15 digits, and a blank cell as "". As ``any`` a blank cell
    would be 0; but only an ``any`` may be left out or be a range.
    """
    return _IDL.format(methods="".join(map(_method, FUNCTIONS.values())))


def _method(function: Function) -> str:
    parameters = (
        f"[in] {'any' if argument.optional or argument.range else 'string'} {name}"
        for name, argument in zip(_parameters(function), function.arguments, strict=True)
    )
    return f"        any {function.name}({', '.join(parameters)});\n"


def help_texts() -> str:
    """CalcAddIns.xcu: names, help and Excel's names of the functions. With it the component describes nothing itself."""
    root = component("CalcAddIns")
    addin = member(group(root, "AddInInfo"), names.FUNCTIONS)
    entries = group(addin, "AddInFunctions")
    for function in FUNCTIONS.values():
        _describe(member(entries, function.name), function)
    return written(root)


def _describe(node: ET.Element, function: Function) -> None:
    same = Texts(function.name, function.name)
    texts(node, "DisplayName", same)
    texts(node, "Description", Texts(function.description, english.DESCRIPTIONS[function.name]))
    value(node, "Category", "Add-In")
    texts(node, "CategoryDisplayName", Texts(function.category, english.CATEGORY))
    texts(node, "CompatibilityName", same)
    parameters = group(node, "Parameters")
    for name, argument in zip(_parameters(function), function.arguments, strict=True):
        parameter = member(parameters, name)
        texts(parameter, "DisplayName", Texts(argument.name, name))
        texts(parameter, "Description", Texts(argument.help, english.HELP[argument.name]))


def _parameters(function: Function) -> list[str]:
    """The names of the parameters; the language of types takes ``thisYear``, but not ``this_year``."""
    return [_joined(*name.split("_")) for name in inspect.signature(function.call).parameters]


def _joined(first: str, *others: str) -> str:
    return first + "".join(map(str.capitalize, others))
