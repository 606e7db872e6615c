"""A form found in a document, with the drawing that says what stands where."""

from collections.abc import Mapping
from typing import NamedTuple

from jixiao.evaluation import Evaluation
from jixiao.forms.drawing import Drawing
from jixiao.forms.placement import Placement
from jixiao.grid import Grid


class Recognised(NamedTuple):
    """One form of a drawing found in a document."""

    grid: Grid
    drawing: Drawing
    placement: Placement
    rows: Mapping[int, int]  # row of the grid -> row of the drawing; empty where names told the placement
    evaluation: Evaluation
