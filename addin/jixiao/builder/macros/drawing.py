"""Buttons on a sheet, as Excel keeps them since 2007: shapes in the VML drawing that also holds the notes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from typing import NamedTuple

from jixiao.hosts.package.markup import Attributes

WIDTH, HEIGHT, GAP, TOP = 58, 22, 4, 2  # pixels: four buttons fit into the widest column, and into the lowest row
DEFAULT_WIDTH = 64  # of a column that says nothing
FONT = "宋体"
_FIRST_SHAPE = 1025  # shape numbers of a sheet's first drawing: 1025 to 2047
_POINTS = 0.75  # a pixel
_SHAPE_NUMBER = re.compile(rb'id="_x0000_s(\d+)"')
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t201" coordsize="21600,21600" o:spt="201"'
    ' path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>'
    '<v:path shadowok="f" o:extrusionok="f" strokeok="f" fillok="f" o:connecttype="rect"/>'
    '<o:lock v:ext="edit" shapetype="t"/></v:shapetype>'
)


Widths = Mapping[int, int]  # of columns, counted from 1, in pixels


class _Place(NamedTuple):
    """The left edge of a button: a column, counted from 1, and pixels into it."""

    column: int
    offset: int


class Button(NamedTuple):
    """A button on a sheet: the macro it runs, what stands on it, and what a screen reader says of it."""

    macro: str
    caption: str
    screentip: str = ""


def column_widths(columns: Iterable[Attributes]) -> Widths:
    """Pixels of the columns that have a width of their own, from the ``col`` elements of a sheet."""
    widths: dict[int, int] = {}
    for column in columns:
        pixels = int(float(column["width"]) * 7 + 0.5)  # 7 pixels a digit of the standard font
        widths |= dict.fromkeys(range(int(column["min"]), int(column["max"]) + 1), pixels)
    return widths


def with_shapes(vml: bytes, buttons: Sequence[Button], first_column: int, widths: Widths) -> bytes:
    """The drawing with a row of buttons along the top edge of the sheet, from ``first_column`` on."""
    taken = [int(number) for number in _SHAPE_NUMBER.findall(vml)]
    first_number = max(taken, default=_FIRST_SHAPE - 1) + 1
    places = _places(first_column, widths)
    shapes = [_shape(button, number, next(places), widths) for number, button in enumerate(buttons, start=first_number)]
    at = vml.rindex(b"</xml>")
    return vml[:at] + "".join([_TYPE, *shapes]).encode() + vml[at:]


def _places(column: int, widths: Widths) -> Iterator[_Place]:
    """Places side by side, each within one column: what a column measures differs from screen to screen."""
    offset = GAP
    while True:
        yield _Place(column, offset)
        offset += WIDTH + GAP
        if offset + WIDTH > widths.get(column, DEFAULT_WIDTH):
            column, offset = column + 1, GAP


def _shape(button: Button, number: int, place: _Place, widths: Widths) -> str:
    column, offset = place.column - 1, place.offset
    anchor = f"{column}, {offset}, 0, {TOP}, {column}, {offset + WIDTH}, 0, {TOP + HEIGHT}"
    left = sum(widths.get(before, DEFAULT_WIDTH) for before in range(1, place.column)) + offset
    style = (
        f"position:absolute;margin-left:{left * _POINTS:g}pt;margin-top:{TOP * _POINTS:g}pt;"
        f"width:{WIDTH * _POINTS:g}pt;height:{HEIGHT * _POINTS:g}pt;z-index:{number - _FIRST_SHAPE + 1};"
        "mso-wrap-style:tight"
    )
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t201" alt="{_ascii(button.screentip)}"'
        f' style="{style}" o:button="t" fillcolor="buttonFace [67]" strokecolor="windowText [64]" o:insetmode="auto">'
        '<v:fill color2="buttonFace [67]" o:detectmouseclick="t"/><o:lock v:ext="edit" rotation="t"/>'
        '<v:textbox style="mso-direction-alt:auto" o:singleclick="f"><div style="text-align:center">'
        f'<font face="{_ascii(FONT)}" size="180" color="#000000">{_ascii(button.caption)}</font></div></v:textbox>'
        f'<x:ClientData ObjectType="Button"><x:Anchor>{anchor}</x:Anchor><x:PrintObject>False</x:PrintObject>'
        f"<x:AutoFill>False</x:AutoFill><x:FmlaMacro>[0]!{button.macro}</x:FmlaMacro>"
        "<x:TextHAlign>Center</x:TextHAlign><x:TextVAlign>Center</x:TextVAlign></x:ClientData></v:shape>"
    )


def _ascii(text: str) -> str:
    """Text as character references: a VML part names no encoding."""
    return escape(text).encode("ascii", "xmlcharrefreplace").decode()
