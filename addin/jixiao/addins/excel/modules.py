"""The VBA modules of the two projects: the add-in, and a form workbook with buttons."""

import os

from jixiao.addins import macros_folder
from jixiao.addins.excel.vendor import dictionary, xlwings_module
from jixiao.addins.excel.wrappers import wrappers
from jixiao.vba import DECODER, Kind, Module, module


def addin_modules() -> list[Module]:
    """The project of jixiao.xlam."""
    return [
        _source("ThisWorkbook.cls", Kind.WORKBOOK),
        Module("Sheet1", Kind.WORKSHEET, ""),
        _source("JixiaoEvents.cls", Kind.CLASS),
        _source("JixiaoRibbon.bas"),
        _source("JixiaoHost.bas"),
        _source("JixiaoBinding.bas"),
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
