"""A workbook as plain values: what the actions make and a host builds."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from jixiao.evaluation import Stated
from jixiao.findings import Finding
from jixiao.forms.compose import Content, Filled
from jixiao.forms.drawing import Drawing
from jixiao.forms.placement import Spot
from jixiao.grid import Binding, Change


class Sheet(NamedTuple):
    """One form on a sheet of its own."""

    title: str
    form: Filled


class Listing(NamedTuple):
    """A plain table on a sheet of its own (项目汇总, 未导入内容): headings in row 3, contents below."""

    title: str
    heading: str
    columns: Sequence[tuple[str, float]]
    contents: Mapping[Spot, Content]
    constants: Mapping[str, str]


class Book(NamedTuple):
    """A workbook to build. ``clean`` ones hold the official forms with their values and nothing else.

    ``unplaced`` is what of the source found no place in a form; it is also listed on a sheet. ``defects`` tell where the
    source does not look like the official form.
    """

    sheets: Sequence[Sheet]
    listings: Sequence[Listing] = ()
    protect: bool = False
    clean: bool = False
    unplaced: Sequence[Stated] = ()
    defects: Sequence[Finding] = ()


class Copy(NamedTuple):
    """The workbook a form stands in, as a file of its own: with these changes, and without these bindings."""

    changes: Sequence[Change]
    unbound: Sequence[Binding] = ()


class Sketch(NamedTuple):
    """A drawing as a text file, which gives it its id; ``head`` and ``tail`` are said in comments."""

    drawing: Drawing
    head: Sequence[str] = ()
    tail: Sequence[str] = ()
