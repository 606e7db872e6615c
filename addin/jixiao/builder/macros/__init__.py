"""Macros packed into files: form workbooks with buttons (.xlsm), and the add-in itself (.xlam)."""

from jixiao.builder.macros.addins import addin
from jixiao.builder.macros.drawing import Button
from jixiao.builder.macros.workbooks import with_buttons

__all__ = ["Button", "addin", "with_buttons"]
