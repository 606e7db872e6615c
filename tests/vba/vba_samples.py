"""VBA projects for the tests: small ones of ours, and those other programs wrote."""

import warnings
import zipfile
from pathlib import Path

import pyopenvba
import xlwings

from jixiao.vba import DECODER, Kind, Module, module

with warnings.catch_warnings(action="ignore"):  # its grammar is written for an older pyparsing
    from oletools.olevba import VBA_Parser, decompress_stream

__all__ = ["BY_EXCEL", "BY_OTHERS", "VBA_Parser", "bin_of", "decompress_stream", "small", "vendored"]

XLWINGS = Path(xlwings.__file__).parent
TEMPLATES = Path(pyopenvba.__file__).parent / "_templates" / "blank_files"

BY_EXCEL = (XLWINGS / "quickstart.xlsm", TEMPLATES / "blank_excel_addin.xlam")
"""Saved by Excel itself: entries with times, compiled code."""

BY_OTHERS = tuple(
    XLWINGS / name for name in ("quickstart_standalone.xlsm", "quickstart_addin.xlam", "quickstart_addin_ribbon.xlam")
)
"""Saved by a library: the directory is a chain, not a tree."""

GREETING = """Option Explicit
' 一句问候
Public Sub Greet()
    MsgBox "绩效" & Chr(10) & "a ""b"" c", vbInformation, "评价" ' 标题
End Sub
"""


def bin_of(package: Path) -> bytes:
    """The vbaProject.bin of a workbook or an add-in."""
    return zipfile.ZipFile(package).read("xl/vbaProject.bin")


def small() -> list[Module]:
    """A project of every kind of module, with Chinese."""
    return [
        Module("ThisWorkbook", Kind.WORKBOOK, ""),
        Module("Sheet1", Kind.WORKSHEET, "Option Explicit\n"),
        Module("Greeting", Kind.MODULE, GREETING),
        Module("Holder", Kind.CLASS, "Public Text As String\n"),
        DECODER,
    ]


def vendored() -> list[Module]:
    """The modules an add-in takes over from xlwings."""
    texts = {
        name: (XLWINGS / name).read_text(encoding="utf-8")
        for name in ("xlwings_custom_addin.bas", "addin/Dictionary.cls")
    }
    return [
        module("xlwings", texts["xlwings_custom_addin.bas"], Kind.MODULE),
        module("Dictionary", texts["addin/Dictionary.cls"], Kind.CLASS),
    ]
