"""What the Excel add-in is made of: the VBA modules of its two projects, the ribbon, and what of them is generated."""

import os
from functools import cache

from jixiao.excel_addin.functions import wrappers
from jixiao.excel_addin.ribbon import ribbon
from jixiao.excel_addin.vendor import dictionary, xlwings_module
from jixiao.vba import DECODER, Kind, Module, module

__all__ = ["addin_modules", "form_modules", "macros_folder", "ribbon", "wrappers"]


@cache
def macros_folder() -> str:
    """Where the VBA sources, the icons and the built add-in lie: inside the installed package, else in the repository."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "macros")
    return installed if os.path.isdir(installed) else os.path.join(package, "..", "..", "macros")


def addin_modules() -> list[Module]:
    """The project of jixiao.xlam."""
    return [
        _source("ThisWorkbook.cls", Kind.WORKBOOK),
        Module("Sheet1", Kind.WORKSHEET, ""),
        _source("JixiaoEvents.cls", Kind.CLASS),
        _source("JixiaoRibbon.bas"),
        _source("JixiaoHost.bas"),
        _source("JixiaoRebind.bas"),
        _source("JixiaoCells.bas"),
        module("JixiaoFunctions", wrappers(), Kind.MODULE),
        DECODER,
        xlwings_module(),
        dictionary(),
    ]


def form_modules() -> list[Module]:
    """The project of a form workbook, apart from the modules of its workbook and sheets."""
    return [_source("JixiaoButtons.bas"), DECODER]


def _source(file: str, kind: Kind = Kind.MODULE) -> Module:
    with open(os.path.join(macros_folder(), file), encoding="utf-8") as source:
        return module(os.path.splitext(file)[0], source.read(), kind)
